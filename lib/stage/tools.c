/* tools - see tools.h */

#include "tools.h"

#include <string.h>

#include "language.h"
#include "log.h"
#include "mime.h"
#include "scan.h"

#define KEY_ID_LENGTH 16	/* the end of a fingerprint */

static bool
keys_load(Tools *tools, const char *folder, guint parts, GError **error)
{
	const struct {
		const char *name;
		ToolsPart part;
		SealKey **key;
	} files[] = {
		{ "storage.pub", TOOLS_KEYS,    &tools->storage_public },
		{ "storage.key", TOOLS_KEYS,    &tools->storage_secret },
		{ "send.pub",    TOOLS_KEYS,    &tools->send_public },
		{ "index.key",   TOOLS_KEYS | TOOLS_INDEX, &tools->index },
		{ "receipt.key", TOOLS_RECEIPT, &tools->receipt },
	};

	for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
		bool needed = (parts & files[i].part & ~TOOLS_INDEX) != 0;

		if ((parts & files[i].part) == 0)
			continue;
		*files[i].key = seal_key_load(folder, files[i].name, needed ? error : NULL);
		if (*files[i].key == NULL && needed)
			return false;
	}
	if ((parts & TOOLS_KEYS) != 0)
		tools->tokens = token_keys_load(folder, error);
	return (parts & TOOLS_KEYS) == 0 || tools->tokens != NULL;
}

static bool
rest_load(Tools *tools, guint parts, GError **error)
{
	const Settings *settings = tools->settings;

	if ((parts & TOOLS_RULES) != 0) {
		tools->rules = rules_load(settings->rules_file, error);
		if (tools->rules == NULL)
			return false;
	}
	if ((parts & TOOLS_PGP) != 0)
		tools->pgp = pgp_new(settings->gnupg_home, settings->run_folder,
		    settings->team_key, error);
	return (parts & TOOLS_PGP) == 0 || tools->pgp != NULL;
}

Tools *
tools_open(const Settings *settings, guint parts, GError **error)
{
	g_autoptr(Tools) tools = g_new0(Tools, 1);

	tools->settings = settings;
	tools->zone = g_time_zone_new_identifier(settings->team_zone);
	mime_init();
	if (!seal_init(error) || !keys_load(tools, settings->key_folder, parts, error) ||
	    !rest_load(tools, parts, error))
		return NULL;
	return g_steal_pointer(&tools);
}

void
tools_hasten(Tools *tools)
{
	g_autoptr(GError) error = NULL;

	if (tools->rules != NULL)
		rules_hasten(tools->rules);
	language_hasten();
	if (tools->pgp != NULL && !pgp_hasten(tools->pgp, &error))
		log_error(error);
}

void
tools_free(Tools *tools)
{
	if (tools == NULL)
		return;
	pgp_free(tools->pgp);
	rules_free(tools->rules);
	g_clear_pointer(&tools->zone, g_time_zone_unref);
	token_keys_free(tools->tokens);
	seal_key_free(tools->receipt);
	seal_key_free(tools->index);
	seal_key_free(tools->send_public);
	seal_key_free(tools->storage_secret);
	seal_key_free(tools->storage_public);
	g_free(tools);
}

GBytes *
tools_hash_address(const Tools *tools, const char *address)
{
	g_autofree char *lower = g_ascii_strdown(address, -1);

	return seal_mac(tools->index, "address", lower, strlen(lower));
}

GBytes *
tools_hash_id(const Tools *tools, const char *message_id)
{
	return seal_mac(tools->index, "message-id", message_id, strlen(message_id));
}

GBytes *
tools_hash_nonce(const Tools *tools, const char *nonce)
{
	return seal_mac(tools->index, "nonce", nonce, strlen(nonce));
}

GBytes *
tools_hash_session_key(const Tools *tools, const char *session_key)
{
	return seal_mac(tools->index, "session-key", session_key, strlen(session_key));
}

GBytes *
tools_hash_signer(const Tools *tools, const char *key)
{
	gsize length = strlen(key);
	g_autofree char *upper = g_ascii_strup(key + length - MIN(length, KEY_ID_LENGTH), -1);

	return seal_mac(tools->index, "signer", upper, strlen(upper));
}

GBytes *
tools_hash_identifier(const Tools *tools, const Identifier *identifier)
{
	g_autofree char *text = g_strdup_printf("%s %s", identifier_word(identifier->kind),
	    identifier->value);

	return seal_mac(tools->index, "identifier", text, strlen(text));
}

const char *
tools_over_limits(const Tools *tools, GBytes *mail)
{
	const Settings *settings = tools->settings;
	const Limits limits = {
		.size = settings->most_size,
		.boundaries = settings->most_boundaries,
		.headers = settings->most_headers,
		.header_size = settings->most_header_size,
		.addresses = settings->most_addresses,
		.depth = settings->most_depth,
		.attachments = settings->most_attachments,
	};

	return scan_limits(slice_bytes(mail), &limits);
}

const Inbox *
tools_inbox(const Tools *tools, const char *address)
{
	const Inbox *inbox = address != NULL ? settings_inbox(tools->settings, address) : NULL;

	return inbox != NULL ? inbox : g_ptr_array_index(tools->settings->inboxes, 0);
}

const char *
tools_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at != NULL ? at + 1 : address;
}

GBytes *
tools_seal_text(const Tools *tools, const char *text, const char *purpose, GBytes **wrapped)
{
	g_autoptr(SealKey) key = seal_data_key();
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

	*wrapped = seal_wrap(key, tools->storage_public);
	return seal_small(key, purpose, bytes);
}

char *
tools_unseal_text(const Tools *tools, GBytes *wrapped, GBytes *sealed, const char *purpose,
    GError **error)
{
	g_autoptr(SealKey) key = NULL;
	g_autoptr(GBytes) bytes = NULL;

	if (wrapped == NULL || sealed == NULL)
		return NULL;
	key = seal_unwrap(wrapped, tools->storage_public, tools->storage_secret, error);
	bytes = key != NULL ? unseal_small(key, purpose, sealed, error) : NULL;
	return bytes != NULL ? g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
}
