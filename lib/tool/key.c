/* key - the team's own keys: sluis key list, export, escrow */

#include "nouns.h"

#include "account.h"
#include "escrow.h"
#include "keyfile.h"
#include "print.h"

static const Column in_list[] = {
	{ "KEY", "fingerprint", PRINT_TEXT },
	{ "ALGORITHM", "algorithm", PRINT_TEXT },
	{ "EXPIRES", "expires", PRINT_TEXT },
	{ "UNUSABLE", "unusable", PRINT_TEXT },
	{ "USER IDS", "user_ids", PRINT_TEXTS },
	{ NULL }
};

static GBytes *
team_key(const Order *order, Pgp **pgp, GError **error)
{
	const Settings *settings = order->settings;

	*pgp = pgp_new(settings->gnupg_home, settings->run_folder, settings->team_key, error);
	return *pgp != NULL ? pgp_export(*pgp, pgp_signer(*pgp), error) : NULL;
}

static bool
key_list(const Order *order, GError **error)
{
	g_autoptr(Pgp) pgp = NULL;
	g_autoptr(GBytes) bytes = team_key(order, &pgp, error);
	g_autoptr(Certificate) certificate = bytes != NULL ?
	    pgp_certificate(pgp, bytes, error) : NULL;
	g_autoptr(Json) array = json_new_array();

	if (certificate == NULL)
		return false;
	json_add(array, keyfile_json(certificate));
	return print_list(order, array, in_list, error);
}

static bool
key_export(const Order *order, GError **error)
{
	g_autoptr(Pgp) pgp = NULL;
	g_autoptr(GBytes) bytes = team_key(order, &pgp, error);

	return bytes != NULL && print_bytes(bytes, error);
}

const Verb key_verbs[] = {
	{ .noun = "key", .name = "list", .user = ACCOUNT_WORK, .has_json = true,
	  .run = key_list,
	  .summary = "the key we sign with and are written to" },
	{ .noun = "key", .name = "export", .user = ACCOUNT_WORK, .run = key_export,
	  .summary = "the same, public, as people exchange it" },
	{ .noun = "key", .name = "escrow", .options = escrow_options, .without_settings = true,
	  .run = escrow_run, .summary = "the recovery sheet: print it, see that it is right, use it" },
	{ 0 }
};
