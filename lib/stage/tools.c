/* tools - see tools.h */

#include "tools.h"

#include <string.h>

#include "mime.h"
#include "scan.h"

static bool
keys_load(Tools *tools, const char *folder, GError **error)
{
	const struct {
		const char *name;
		SealKey **key;
	} files[] = {
		{ "storage.pub", &tools->storage_public },
		{ "storage.key", &tools->storage_secret },
		{ "send.pub",    &tools->send_public },
		{ "index.key",   &tools->index },
	};

	for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
		*files[i].key = seal_key_load(folder, files[i].name, error);
		if (*files[i].key == NULL)
			return false;
	}
	tools->tokens = token_keys_load(folder, error);
	return tools->tokens != NULL;
}

Tools *
tools_open(const Settings *settings, GError **error)
{
	g_autoptr(Tools) tools = g_new0(Tools, 1);

	tools->settings = settings;
	mime_init();
	if (!seal_init(error) || !keys_load(tools, settings->key_folder, error))
		return NULL;
	tools->rules = rules_load(settings->rules_file, error);
	if (tools->rules == NULL)
		return NULL;
	tools->pgp = pgp_new(settings->gnupg_home, settings->run_folder,
	    settings->team_key, error);
	return tools->pgp != NULL ? g_steal_pointer(&tools) : NULL;
}

void
tools_free(Tools *tools)
{
	if (tools == NULL)
		return;
	pgp_free(tools->pgp);
	rules_free(tools->rules);
	token_keys_free(tools->tokens);
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

const char *
tools_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at != NULL ? at + 1 : address;
}
