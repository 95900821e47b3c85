/* key - the team's own keys: sluis key ...; the verbs of the year are key_year.h's */

#include "nouns.h"

#include "account.h"
#include "escrow.h"
#include "key_check.h"
#include "key_quarantine.h"
#include "key_year.h"
#include "print.h"

static GBytes *
team_key(const Order *order, Pgp **pgp, GError **error)
{
	const Settings *settings = order->settings;

	*pgp = pgp_new(settings->gnupg_home, settings->run_folder, settings->team_key, error);
	return *pgp != NULL ? pgp_export(*pgp, pgp_signer(*pgp), error) : NULL;
}

static bool
key_export(const Order *order, GError **error)
{
	g_autoptr(Pgp) pgp = NULL;
	g_autoptr(GBytes) bytes = team_key(order, &pgp, error);

	return bytes != NULL && print_bytes(bytes, error);
}

static bool
key_check(const Order *order, GError **error)
{
	return order_flag(order, "published") ? key_published(order, error) :
	    key_check_reach(order, error);
}

static const OrderOption check_options[] = {
	{ "days", "N" }, { "published", "FILE|DIR" }, { NULL }
};

const Verb key_verbs[] = {
	{ .noun = "key", .name = "list", .user = ACCOUNT_WORK, .has_json = true,
	  .run = key_list,
	  .summary = "the key we sign with and are written to, and those before and behind it" },
	{ .noun = "key", .name = "export", .user = ACCOUNT_WORK, .run = key_export,
	  .summary = "the first of them, public, as people exchange it" },
	{ .noun = "key", .name = "escrow", .options = escrow_options, .without_settings = true,
	  .run = escrow_run, .summary = "the recovery sheet: print it, see that it is right, use it" },
	{ .noun = "key", .name = "rotate", .options = rotate_options, .user = ACCOUNT_WORK,
	  .run = key_rotate, .summary = "make the key for a year, and ask the master key to certify it" },
	{ .noun = "key", .name = "certify", .words = "FILE", .least = 1, .most = 1,
	  .user = ACCOUNT_WORK, .brings_file = true, .run = key_certify,
	  .summary = "take the master key's certification in" },
	{ .noun = "key", .name = "switch", .user = ACCOUNT_WORK, .run = key_switch,
	  .summary = "sign with the new key from now on" },
	{ .noun = "key", .name = "retire", .words = "FINGERPRINT", .least = 1, .most = 1,
	  .user = ACCOUNT_WORK, .run = key_retire,
	  .summary = "revoke a key after its three years, and forget its secret half" },
	{ .noun = "key", .name = "announce", .options = announce_options, .user = ACCOUNT_WORK,
	  .wants_session = true, .has_json = true, .run = key_announce,
	  .summary = "tell everybody of the new key, once" },
	{ .noun = "key", .name = "subscriber", .words = "[add|list|remove] [ADDRESS]", .least = 1,
	  .most = 2, .options = subscriber_options, .has_json = true, .run = key_subscriber,
	  .summary = "who is told as well, because they asked for it" },
	{ .noun = "key", .name = "publish", .words = "DIR", .least = 1, .most = 1,
	  .user = ACCOUNT_WORK, .makes_folder = true, .run = key_publish,
	  .summary = "write what is to be brought out, and say where it goes" },
	{ .noun = "key", .name = "check", .options = check_options, .user = ACCOUNT_WORK,
	  .wants_session = true, .has_json = true, .run = key_check,
	  .summary = "who cannot be reached, and from when on; or whether our keys are published right" },
	{ .noun = "key", .name = "quarantine", .words = "[list|show] [ID]", .most = 2,
	  .has_json = true, .run = key_quarantine,
	  .summary = "keys that came in mails, or one of them with what speaks for it" },
	{ .noun = "key", .name = "accept", .words = "ID", .least = 1, .most = 1,
	  .options = key_accept_options, .run = key_accept,
	  .summary = "pin a key that came in a mail, on somebody's word" },
	{ .noun = "key", .name = "revoke", .words = "FILE", .least = 1, .most = 1,
	  .brings_file = true, .run = key_revoke,
	  .summary = "a key was taken back by its owner" },
	{ .noun = "key", .name = "refuse", .words = "ID", .least = 1, .most = 1, .run = key_refuse,
	  .summary = "do not pin it, and be asked no more" },
	{ 0 }
};
