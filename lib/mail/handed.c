/* handed - see handed.h */

#include "handed.h"

#include <string.h>

#include "address.h"
#include "quote.h"

void
handed_free(Handed *handed)
{
	if (handed == NULL)
		return;
	mail_free(handed->mail);
	mime_free(handed->mime);
	g_free(handed);
}

/* NULL for one that names nobody. */
static Handed *
handed_new(GBytes *bytes, bool attached)
{
	g_autoptr(Handed) handed = g_new0(Handed, 1);

	handed->mime = mime_parse(bytes);
	handed->mail = mail_read(handed->mime, NULL, NULL, NULL);
	handed->attached = attached;
	if (handed->mail->from == NULL || !address_is_plain(handed->mail->from->address))
		return NULL;
	return g_steal_pointer(&handed);
}

static Handed *
find_attached(const Mail *mail)
{
	for (guint i = 0; i < mail->attachments->len; i++) {
		const Part *part = g_ptr_array_index(mail->attachments, i);
		g_autoptr(GBytes) bytes = NULL;

		if (strcmp(part->type, "message/rfc822") != 0)
			continue;
		bytes = mime_part_bytes(mail->content, part->n);
		return handed_new(bytes, true);
	}
	return NULL;
}

/* Some programs put a mark of quotation before each line they forward. */
static char **
lines_of(const char *text)
{
	char **lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		if ((*line)[0] == '>')
			memmove(*line, *line + 1 + ((*line)[1] == ' '), strlen(*line) - ((*line)[1] == ' '));
	return lines;
}

/* What stands behind one of these names in a block of header lines; NULL. */
static const char *
field(char **block, guint length, const char *const *names)
{
	for (guint i = 0; i < length; i++)
		for (const char *const *name = names; *name != NULL; name++) {
			const char *line = block[i] + strspn(block[i], "* ");
			gsize n = strlen(*name);

			if (g_ascii_strncasecmp(line, *name, n) == 0 && line[n] == ':')
				return line + n + 1 + strspn(line + n + 1, "* \t");
		}
	return NULL;
}

/* The address among the words of a line: in brackets, behind "mailto:", alone. */
static char *
address_in(const char *words)
{
	g_auto(GStrv) all = g_strsplit_set(words, " <>[]()\"';,\t*", -1);

	for (char **word = all; *word != NULL; word++) {
		const char *bare = g_str_has_prefix(*word, "mailto:") ? *word + 7 : *word;

		if (address_is_plain(bare))
			return g_strdup(bare);
	}
	return NULL;
}

/* The lines of the block and what is below it, as a mail. */
static Handed *
read_block(char **block, guint length)
{
	static const char *const from[] = { "From", "Van", "Von", NULL };
	static const char *const subject[] = { "Subject", "Onderwerp", "Betreff", NULL };
	const char *who = field(block, length, from), *what = field(block, length, subject);
	g_autofree char *address = who != NULL ? address_in(who) : NULL;
	g_autofree char *below = g_strjoinv("\n", block + length);
	g_autofree char *coded = what != NULL ? g_base64_encode((const guchar *)what, strlen(what)) : NULL;
	g_autoptr(GBytes) bytes = NULL;
	char *whole;

	if (address == NULL)
		return NULL;
	whole = g_strdup_printf("From: %s\nSubject: =?utf-8?B?%s?=\n"
	    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s",
	    address, coded != NULL ? coded : "", below);
	bytes = g_bytes_new_take(whole, strlen(whole));
	return handed_new(bytes, false);
}

/* Below a dividing line the fields stand in any order, up to an empty line. */
static Handed *
read_below(char **lines)
{
	guint length = 0;

	while (*lines != NULL && (*lines)[0] == '\0')
		lines++;
	while (lines[length] != NULL && lines[length][0] != '\0')
		length++;
	return length > 0 ? read_block(lines, length) : NULL;
}

/* In an answer such a block stands above what is old. */
static Handed *
find_written(const Mail *mail)
{
	g_auto(GStrv) lines = lines_of(mail->text);

	if (quote_manner(mail->subject, mail->references->len > 0) == QUOTE_ANSWER)
		return NULL;
	for (char **line = lines; *line != NULL; line++) {
		guint length = quote_block(line);
		Handed *handed = NULL;

		if (length == 1)
			handed = read_below(line + 1);
		else if (length > 1)
			handed = read_block(line, length);
		if (handed != NULL)
			return handed;
	}
	return NULL;
}

Handed *
handed_find(const Mail *mail)
{
	Handed *handed = find_attached(mail);

	return handed != NULL ? handed : find_written(mail);
}
