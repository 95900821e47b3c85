/* html - HTML as text; nothing is fetched, run or rendered; see html.h */

#include "html.h"

#include <stdbool.h>
#include <string.h>
#include <glib.h>
#include <libxml/HTMLparser.h>

#include "text.h"

#define INPUT_MOST (2 * 1024 * 1024)
#define LINK_MOST 2000
#define QUOTE_MOST 8

/* The parser only calls back, no tree is built, so that neither depth nor
 * size of a mail's HTML costs more than its text. */
typedef struct {
	GString *out;
	guint hidden;		/* elements open since a hidden one, itself included */
	guint pre, quote;
	guint breaks;		/* line ends owed before the next word */
	bool blank;		/* a blank owed */
	GPtrArray *links;	/* addresses of the open <a>, "" for none */
	GArray *link_starts;	/* where in out their words begin */
} Html;

/* What an element does to the lines around it. */
typedef enum { INLINE, BLOCK, PARAGRAPH, CELL, ITEM, QUOTE, PRE, BREAK, RULE, LINK, IMAGE, UNSEEN } Effect;

static const struct { const char *name; Effect effect; } elements[] = {
	{ "a", LINK }, { "address", BLOCK }, { "applet", UNSEEN }, { "article", BLOCK },
	{ "blockquote", QUOTE }, { "br", BREAK }, { "caption", BLOCK }, { "dd", BLOCK },
	{ "div", BLOCK }, { "dl", PARAGRAPH }, { "dt", BLOCK }, { "embed", UNSEEN },
	{ "fieldset", BLOCK }, { "footer", BLOCK }, { "form", BLOCK }, { "frameset", UNSEEN },
	{ "h1", PARAGRAPH }, { "h2", PARAGRAPH }, { "h3", PARAGRAPH }, { "h4", PARAGRAPH },
	{ "h5", PARAGRAPH }, { "h6", PARAGRAPH }, { "head", UNSEEN }, { "header", BLOCK },
	{ "hr", RULE }, { "iframe", UNSEEN }, { "img", IMAGE }, { "li", ITEM },
	{ "noframes", UNSEEN }, { "object", UNSEEN }, { "ol", PARAGRAPH }, { "p", PARAGRAPH },
	{ "pre", PRE }, { "script", UNSEEN }, { "section", BLOCK }, { "style", UNSEEN },
	{ "svg", UNSEEN }, { "table", BLOCK }, { "td", CELL }, { "template", UNSEEN },
	{ "textarea", BLOCK }, { "th", CELL }, { "title", UNSEEN }, { "tr", BLOCK },
	{ "ul", PARAGRAPH },
};

static Effect
effect_of(const char *name)
{
	for (gsize i = 0; i < G_N_ELEMENTS(elements); i++)
		if (g_ascii_strcasecmp(elements[i].name, name) == 0)
			return elements[i].effect;
	return INLINE;
}

static const char *
attribute(const xmlChar **attributes, const char *name)
{
	for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
		if (g_ascii_strcasecmp((const char *)attributes[0], name) == 0)
			return attributes[1] != NULL ? (const char *)attributes[1] : "";
	return NULL;
}

/* Does a style say that nobody shall see this? Blanks do not matter in it. */
static bool
style_hides(const char *style)
{
	static const char *const hiding[] = {
		"display:none", "visibility:hidden", "mso-hide:all", "font-size:0;", "font-size:0p",
		"font-size:0e", "font-size:0%", "opacity:0;",
	};
	g_autoptr(GString) tight = g_string_new(NULL);

	for (; *style != '\0' && tight->len < LINK_MOST; style++)
		if (!g_ascii_isspace(*style))
			g_string_append_c(tight, g_ascii_tolower(*style));
	g_string_append_c(tight, ';');
	for (gsize i = 0; i < G_N_ELEMENTS(hiding); i++)
		if (strstr(tight->str, hiding[i]) != NULL)
			return true;
	return false;
}

static bool
is_hidden(Effect effect, const xmlChar **attributes)
{
	const char *style = attribute(attributes, "style");

	return effect == UNSEEN || attribute(attributes, "hidden") != NULL ||
	    (style != NULL && style_hides(style));
}

/* Line ends owed are paid only when a word comes, so that empty elements
 * leave no empty lines. */
static void
pay(Html *html)
{
	if (html->out->len == 0)
		html->breaks = 0;
	for (guint i = 0; i < html->breaks; i++)
		g_string_append_c(html->out, '\n');
	if (html->breaks > 0 || html->out->len == 0) {
		for (guint i = 0; i < MIN(html->quote, QUOTE_MOST); i++)
			g_string_append_c(html->out, '>');
		if (html->quote > 0)
			g_string_append_c(html->out, ' ');
	} else if (html->blank) {
		g_string_append_c(html->out, ' ');
	}
	html->breaks = 0;
	html->blank = false;
}

static void
owe(Html *html, guint breaks)
{
	html->breaks = MAX(html->breaks, breaks);
	html->blank = false;
}

static void
add_text(Html *html, const char *text, gsize length)
{
	for (gsize i = 0; i < length; i++) {
		char c = text[i];

		if (html->pre > 0 && c == '\n') {
			html->breaks = MIN(html->breaks + 1, 3);
		} else if (html->pre == 0 && g_ascii_isspace(c)) {
			html->blank = true;
		} else if (c != '\r') {
			pay(html);
			g_string_append_c(html->out, c);
		}
	}
}

static void
on_text(void *data, const xmlChar *text, int length)
{
	Html *html = data;

	if (html->hidden == 0 && length > 0)
		add_text(html, (const char *)text, (gsize)length);
}

static void
open_link(Html *html, const char *address)
{
	bool known = address != NULL && strlen(address) <= LINK_MOST &&
	    (g_ascii_strncasecmp(address, "http", 4) == 0 ||
	     g_ascii_strncasecmp(address, "ftp:", 4) == 0 ||
	     g_ascii_strncasecmp(address, "mailto:", 7) == 0);
	gsize start = html->out->len;

	g_ptr_array_add(html->links, g_strdup(known ? address : ""));
	g_array_append_val(html->link_starts, start);
}

/* An address that is its own words is not said twice. */
static void
close_link(Html *html)
{
	g_autofree char *address = NULL;
	const char *bare;
	gsize start;

	if (html->links->len == 0)
		return;
	address = g_ptr_array_steal_index(html->links, html->links->len - 1);
	start = g_array_index(html->link_starts, gsize, html->link_starts->len - 1);
	g_array_set_size(html->link_starts, html->link_starts->len - 1);
	bare = g_ascii_strncasecmp(address, "mailto:", 7) == 0 ? address + 7 : address;
	if (bare[0] == '\0' || strstr(html->out->str + MIN(start, html->out->len), bare) != NULL)
		return;
	if (html->out->len > start)
		html->blank = true;
	pay(html);
	g_string_append_printf(html->out, "<%s>", bare);
}

/* Line ends before and behind an element; LINK and the like have none. */
static guint
breaks_around(Effect effect)
{
	switch (effect) {
	case BLOCK:
	case ITEM:
	case QUOTE:
		return 1;
	case PARAGRAPH:
	case PRE:
	case RULE:
		return 2;
	default:
		return 0;
	}
}

static void
open_element(Html *html, Effect effect, const xmlChar **attributes)
{
	const char *words = effect == IMAGE ? attribute(attributes, "alt") : NULL;

	if (words != NULL)
		add_text(html, words, strlen(words));
	if (effect == ITEM)
		add_text(html, "-", 1);
	if (effect == ITEM || effect == CELL)
		html->blank = true;
	if (effect == BREAK)
		html->breaks = MIN(html->breaks + 1, 3);
	if (effect == LINK)
		open_link(html, attribute(attributes, "href"));
	html->pre += effect == PRE;
	html->quote += effect == QUOTE;
}

static void
on_start(void *data, const xmlChar *name, const xmlChar **attributes)
{
	Html *html = data;
	Effect effect = effect_of((const char *)name);

	if (html->hidden > 0 || is_hidden(effect, attributes)) {
		html->hidden++;
		return;
	}
	if (breaks_around(effect) > 0)
		owe(html, breaks_around(effect));
	open_element(html, effect, attributes);
}

static void
on_end(void *data, const xmlChar *name)
{
	Html *html = data;
	Effect effect = effect_of((const char *)name);

	if (html->hidden > 0) {
		html->hidden--;
		return;
	}
	if (effect == LINK)
		close_link(html);
	if (breaks_around(effect) > 0)
		owe(html, breaks_around(effect));
	if (effect == PRE && html->pre > 0)
		html->pre--;
	if (effect == QUOTE && html->quote > 0)
		html->quote--;
}

static void
parse(Html *html, const char *text)
{
	static const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
	    HTML_PARSE_NONET | HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC;
	htmlParserCtxtPtr parser = htmlNewParserCtxt();
	xmlDocPtr document;

	memset(parser->sax, 0, sizeof(*parser->sax));
	parser->sax->startElement = on_start;
	parser->sax->endElement = on_end;
	parser->sax->characters = on_text;
	parser->sax->ignorableWhitespace = on_text;
	parser->userData = html;
	document = htmlCtxtReadMemory(parser, text, (int)MIN(strlen(text), INPUT_MOST), NULL, "UTF-8", options);
	xmlFreeDoc(document);
	htmlFreeParserCtxt(parser);
}

char *
html_text(const char *text)
{
	Html html = {
		.out = g_string_new(NULL),
		.links = g_ptr_array_new_with_free_func(g_free),
		.link_starts = g_array_new(FALSE, FALSE, sizeof(gsize)),
	};
	char *clean;

	if (text[0] != '\0')
		parse(&html, text);
	clean = text_clean(html.out->str, (gssize)html.out->len, NULL);
	g_string_free(html.out, TRUE);
	g_ptr_array_unref(html.links);
	g_array_unref(html.link_starts);
	return clean;
}
