/* sluis-decrypt - open an encrypted mail and say what it was; see sluis-decrypt(8) */

#include "filter.h"
#include "graft.h"
#include "program.h"

static void
mark(Marks *marks, const Opened *opened)
{
	if (opened->decryption_key != NULL)
		marks_add(marks, MARK_ENCRYPTION, "%s; key=%s",
		    encryption_word(opened->encryption), opened->decryption_key);
	else
		marks_add(marks, MARK_ENCRYPTION, "%s", encryption_word(opened->encryption));
	if (opened->signer != NULL)
		marks_add(marks, MARK_SIGNATURE, "%s; key=%s", signed_word(opened->is_signed),
		    opened->signer);
	else
		marks_add(marks, MARK_SIGNATURE, "%s", signed_word(opened->is_signed));
	for (guint i = 0; i < opened->layers->len; i++)
		marks_add(marks, MARK_LAYER, "%s", (const char *)opened->layers->pdata[i]);
	if (opened->because != NULL)
		marks_add(marks, MARK_BECAUSE, "%s", opened->because);
}

/* The opened entity in its place. What is over a limit, or does not stand for
 * the whole mail, stays closed. */
static GBytes *
opened_mail(const Run *run)
{
	const Opened *opened = run->opened;
	Slice subject = { NULL, 0 };

	if (opened == NULL || run->parked != NULL || opened->entity == NULL)
		return g_bytes_ref(run->raw);
	if (run->mail->subject_protected)
		subject = mime_entity(run->mail->protected->fields).header;
	return graft_entity(run->raw, split_entity(slice_bytes(opened->entity)), subject);
}

static bool
decrypt(const Call *call, GError **error)
{
	static const Stage stages[] = { stage_open, NULL };
	g_autoptr(Filter) filter = filter_open(call->settings, TOOLS_PGP, error);
	g_autoptr(Run) run = filter != NULL ?
	    filter_look(filter, filter->mail, NULL, stages, error) : NULL;
	g_autoptr(GBytes) mail = NULL;

	if (run == NULL)
		return false;
	if (run->opened != NULL)
		mark(filter->marks, run->opened);
	mail = opened_mail(run);
	return filter_write(filter, mail, true, error);
}

int
main(int argc, char *argv[])
{
	static const Program program = {
		.name = "sluis-decrypt",
		.summary = "open an encrypted mail and say what it was",
		.kind = PROGRAM_FILTER,
		.deadline = 120,
		.run = decrypt,
	};

	return program_main(&program, argc, argv);
}
