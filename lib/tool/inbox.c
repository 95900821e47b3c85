/* inbox - the addresses mail arrives on: sluis inbox list */

#include "nouns.h"

#include "print.h"

static const Column in_list[] = {
	{ "ADDRESS", "address", PRINT_TEXT },
	{ "PREFIX", "prefix", PRINT_TEXT },
	{ NULL }
};

static bool
inbox_list(const Order *order, GError **error)
{
	g_autoptr(Json) array = json_new_array();

	for (guint i = 0; i < order->settings->inboxes->len; i++) {
		const Inbox *inbox = order->settings->inboxes->pdata[i];
		Json *json = json_new_object();

		json_put_text(json, "address", inbox->address);
		json_put_text(json, "prefix", inbox->prefix);
		json_add(array, json);
	}
	return print_list(order, array, in_list, error);
}

const Verb inbox_verbs[] = {
	{ .noun = "inbox", .name = "list", .has_json = true, .run = inbox_list,
	  .summary = "the addresses mail arrives on, as the settings say" },
	{ 0 }
};
