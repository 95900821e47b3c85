/* signer - is somebody who signed also who they say they are; see signer.h */

#include "signer.h"

bool
signer_sure(const Run *run)
{
	return run->opened->is_signed == SIGNED_GOOD && !run->mail->malformed;
}

bool
signer_participant(const Run *run, int *participant, GError **error)
{
	int analyst;

	*participant = 0;
	if (signer_sure(run))
		return directory_owner_of_key(run->db, run->opened->signer, participant,
		    &analyst, error);
	if (run->mail->from == NULL)
		return true;
	*participant = directory_participant_of(run->db, run->mail->from->address, error);
	return *participant >= 0;
}

bool
signer_is(const Run *run, const char *address, bool *so, GError **error)
{
	int participant = 0, analyst = 0, writes_for, is;

	*so = false;
	if (!signer_sure(run))
		return true;
	if (!directory_owner_of_key(run->db, run->opened->signer, &participant, &analyst, error))
		return false;
	writes_for = directory_participant_of(run->db, address, error);
	is = writes_for >= 0 ? directory_analyst_of(run->db, address, error) : -1;
	*so = (participant != 0 && participant == writes_for) || (analyst != 0 && analyst == is);
	return writes_for >= 0 && is >= 0;
}

/* Of an unknown key only that is known which its mail brought along itself. */
bool
signer_compare_from(Run *run, GError **error)
{
	const char *address = run->mail->from != NULL ? run->mail->from->address : NULL;

	run->from_fits = address != NULL && !run->opened->other_sender;
	return address == NULL || run->opened->is_signed != SIGNED_GOOD ||
	    signer_is(run, address, &run->from_fits, error);
}
