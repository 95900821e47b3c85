/* order - see order.h */

#include "order.h"

#include <string.h>

#include "options.h"

void
order_free(Order *order)
{
	if (order == NULL)
		return;
	g_clear_pointer(&order->settings, settings_free);
	g_ptr_array_unref(order->words);
	g_array_unref(order->typed);
	g_ptr_array_unref(order->brought);
	g_clear_pointer(&order->session, db_close);
	g_free(order->file);
	g_free(order);
}

static const OrderOption *
option_find(const Verb *verb, const char *name, gsize length)
{
	static const OrderOption json = { "json", NULL };
	const OrderOption *option = verb->options;

	for (; option != NULL && option->name != NULL; option++)
		if (strlen(option->name) == length && strncmp(option->name, name, length) == 0)
			return option;
	if (verb->has_json && length == 4 && strncmp(name, "json", 4) == 0)
		return &json;
	return NULL;
}

/* One option at **at, which is left on its last word. */
static bool
take_option(Order *order, char *const **at, GError **error)
{
	const char *word = **at;
	const char *name = word + strspn(word, "-");
	gsize length = strcspn(name, "=");
	const OrderOption *option = option_find(order->verb, name, length);
	Typed typed = { .value = NULL };

	if (option == NULL)
		return program_usage(error, "unknown option %.*s",
		    (int)(length + (gsize)(name - word)), word);
	typed.name = option->name;
	if (option->argument == NULL && name[length] == '=')
		return program_usage(error, "--%s takes no value", option->name);
	if (name[length] == '=')
		typed.value = name + length + 1;
	else if (option->argument != NULL)
		typed.value = *++*at;
	if (option->argument != NULL && typed.value == NULL)
		return program_usage(error, "%s needs %s", word, option->argument);
	g_array_append_val(order->typed, typed);
	return true;
}

static bool
take_all(Order *order, char *const *at, GError **error)
{
	bool options = true;

	for (; *at != NULL; at++) {
		if (options && strcmp(*at, "--") == 0)
			options = false;
		else if (!options || **at != '-' || (*at)[1] == '\0')
			g_ptr_array_add(order->words, *at);
		else if (!take_option(order, &at, error))
			return false;
	}
	if (order->words->len < order->verb->least)
		return program_usage(error, "wanted: %s", order->verb->words);
	if (order->words->len > order->verb->most)
		return program_usage(error, "\"%s\" is too much",
		    order_word(order, order->verb->most));
	order->json = order_flag(order, "json");
	return true;
}

Order *
order_new(const Verb *verb, char *const *arguments, const char *file, GError **error)
{
	g_autoptr(Order) order = g_new0(Order, 1);

	order->verb = verb;
	order->file = g_strdup(file);
	order->words = g_ptr_array_new();
	order->typed = g_array_new(FALSE, FALSE, sizeof(Typed));
	order->brought = g_ptr_array_new_with_free_func(g_free);
	if (!take_all(order, arguments, error))
		return NULL;
	if (verb->without_settings)
		return g_steal_pointer(&order);
	order->settings = settings_load(file, error);
	return order->settings != NULL ? g_steal_pointer(&order) : NULL;
}

const char *
order_word(const Order *order, guint n)
{
	return n < order->words->len ? g_ptr_array_index(order->words, n) : NULL;
}

GPtrArray *
order_texts(const Order *order, const char *name)
{
	GPtrArray *texts = NULL;

	for (guint i = 0; i < order->typed->len; i++) {
		const Typed *typed = &g_array_index(order->typed, Typed, i);

		if (strcmp(typed->name, name) != 0)
			continue;
		if (texts == NULL)
			texts = g_ptr_array_new_with_free_func(g_free);
		g_ptr_array_add(texts, g_strdup(typed->value));
	}
	return texts;
}

const char *
order_text(const Order *order, const char *name)
{
	const char *text = NULL;

	for (guint i = 0; i < order->typed->len; i++) {
		const Typed *typed = &g_array_index(order->typed, Typed, i);

		if (strcmp(typed->name, name) == 0)
			text = typed->value != NULL ? typed->value : "";
	}
	return text;
}

bool
order_flag(const Order *order, const char *name)
{
	return order_text(order, name) != NULL;
}

gint64
order_number(const Order *order, guint n, GError **error)
{
	const char *word = order_word(order, n);
	guint64 number = 0;

	if (word == NULL) {
		program_usage(error, "wanted: %s", order->verb->words);
		return 0;
	}
	if (g_ascii_string_to_unsigned(word, 10, 1, G_MAXINT64, &number, NULL))
		return (gint64)number;
	program_usage(error, "\"%s\" is no number of a row: see the list", word);
	return 0;
}
