/* entry - see entry.h */

#include "entry.h"

#include <string.h>

#include "admin.h"
#include "canonical.h"
#include "error.h"

#define OF(member) offsetof(ParticipantRecord, member)

const Field participant_fields[] = {
	{ "name", FIELD_TEXT, OF(name), canonical_handle,
	  "letters, digits and '-', at most 32", false },
	{ "title", FIELD_TEXT, OF(title), canonical_line, NULL, false },
	{ "kind", FIELD_TEXT, OF(kind), canonical_kind,
	  "member, sector, self, supplier, partner or counsel", false },
	{ "size", FIELD_TEXT, OF(size), canonical_line, NULL, false },
	{ "umbrella", FIELD_TEXT, OF(umbrella), canonical_line, NULL, false },
	{ "aliases", FIELD_TEXTS, OF(aliases), canonical_line, NULL, false },
	{ "languages", FIELD_TEXTS, OF(languages), canonical_language, "a code such as nl or en", true },
	{ "policy", FIELD_TEXT, OF(policy), canonical_line, NULL, false },
	{ "out_of_scope", FIELD_TEXTS, OF(out_of_scope), canonical_line, NULL, false },
	{ "agreement", FIELD_TEXT, OF(agreement), canonical_line, NULL, false },
	{ "tlp_default", FIELD_TEXT, OF(tlp_default), canonical_tlp,
	  "CLEAR, GREEN, AMBER, AMBER+STRICT or RED", false },
	{ "fallback", FIELD_TEXT, OF(fallback), canonical_fallback, "phone or content", false },
	{ "digest", FIELD_FLAG, OF(digest), NULL, "yes or no", false },
	{ "domains", FIELD_TEXTS, OF(domains), canonical_domain,
	  "a domain that is no public suffix", false },
	{ "networks", FIELD_TEXTS, OF(networks), canonical_network,
	  "a network such as 192.0.2.0/24, without bits behind its mask", false },
	{ "products", FIELD_TEXTS, OF(products), canonical_line, NULL, false },
	{ 0 }
};

#undef OF
#define OF(member) offsetof(ContactRecord, member)

const Field contact_fields[] = {
	{ "address", FIELD_TEXT, OF(address), canonical_address, "a mail address", false },
	{ "name", FIELD_TEXT, OF(name), canonical_line, NULL, false },
	{ "role", FIELD_TEXT, OF(role), canonical_line, NULL, false },
	{ "phone", FIELD_TEXT, OF(phone), canonical_line, NULL, false },
	{ "hours", FIELD_TEXT, OF(hours), canonical_line, NULL, false },
	{ "deputy_of", FIELD_TEXT, OF(deputy_of), canonical_address, "a mail address", false },
	{ "language", FIELD_TEXT, OF(language), canonical_language, "a code such as nl or en", false },
	{ "receives", FIELD_TEXTS, OF(receives), canonical_receives,
	  "cases, digest or advisories", false },
	{ 0 }
};

#undef OF
#define OF(member) offsetof(CertificateRecord, member)

const Field key_fields[] = {
	{ "vouched_by", FIELD_TEXT, OF(vouched_by), canonical_line, NULL, false },
	{ "vouched_how", FIELD_TEXT, OF(vouched_how), canonical_vouching,
	  "operator, call-back, meeting, old-key, wkd, website or umbrella", false },
	{ "vouched", FIELD_TEXT, OF(vouched), canonical_time, "a day or a time in UTC", false },
	{ 0 }
};

const Field *
field_find(const Field *fields, const char *name)
{
	for (; fields->name != NULL; fields++)
		if (strcmp(fields->name, name) == 0)
			return fields;
	return NULL;
}

static bool
flag_read(const char *text, bool *value)
{
	static const struct {
		const char *word;
		bool value;
	} words[] = {
		{ "yes", true }, { "true", true }, { "no", false }, { "false", false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		*value = words[i].value;
		if (g_ascii_strcasecmp(text, words[i].word) == 0)
			return true;
	}
	return false;
}

static bool
unexpected(const Field *field, const char *text, GError **error)
{
	return error_set(error, SLUIS_ERROR_REFUSED, "%s: expected %s, not \"%s\"",
	    field->name, field->expected, text);
}

static bool
entry_set_list(Json *entry, const Field *field, const GPtrArray *texts, GError **error)
{
	g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < texts->len; i++) {
		const char *text = g_ptr_array_index(texts, i);
		g_autofree char *value = field->canonical(text);

		if (value == NULL)
			return unexpected(field, text, error);
		if (*value != '\0' && !g_ptr_array_find_with_equal_func(values, value,
		    g_str_equal, NULL))
			g_ptr_array_add(values, g_steal_pointer(&value));
	}
	json_put_texts(entry, field->name, values);
	return true;
}

bool
entry_set_text(Json *entry, const Field *field, const char *text, GError **error)
{
	g_autofree char *value = NULL;
	bool flag;

	if (*text == '\0')
		return true;
	if (field->kind == FIELD_FLAG) {
		if (!flag_read(text, &flag))
			return unexpected(field, text, error);
		json_put_bool(entry, field->name, flag);
		return true;
	}
	value = field->canonical(text);
	if (value == NULL)
		return unexpected(field, text, error);
	json_put_text(entry, field->name, value);
	return true;
}

bool
entry_set(Json *entry, const Field *field, const GPtrArray *texts, GError **error)
{
	if (field->kind == FIELD_TEXTS)
		return entry_set_list(entry, field, texts, error);
	if (texts->len > 1)
		return error_set(error, SLUIS_ERROR_REFUSED, "%s: expected one value, not %u",
		    field->name, texts->len);
	return texts->len == 0 ||
	    entry_set_text(entry, field, g_ptr_array_index(texts, 0), error);
}

static char *
joined(const Json *array)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < json_length(array); i++)
		g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", json_text_at(array, i));
	return g_string_free(text, FALSE);
}

char *
entry_show(const Json *entry, const Field *field)
{
	const Json *value = json_get(entry, field->name);

	if (value == NULL)
		return NULL;
	switch (field->kind) {
	case FIELD_TEXTS:
		return joined(value);
	case FIELD_FLAG:
		return g_strdup(json_bool(entry, field->name) ? "yes" : "no");
	case FIELD_TEXT:
		break;
	}
	return g_strdup(json_text(entry, field->name));
}

static GPtrArray *
list_of(const Json *array)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < json_length(array); i++)
		g_ptr_array_add(list, g_strdup(json_text_at(array, i)));
	return list;
}

void
entry_fill(const Json *entry, const Field *fields, void *record, GPtrArray *lists)
{
	for (; fields->name != NULL; fields++) {
		const Json *value = json_get(entry, fields->name);
		void *member = G_STRUCT_MEMBER_P(record, fields->offset);

		if (fields->kind == FIELD_FLAG) {
			*(int *)member = value == NULL ? -1 : json_bool(entry, fields->name);
		} else if (fields->kind == FIELD_TEXT) {
			*(const char **)member = json_text(entry, fields->name);
		} else if (value != NULL) {
			GPtrArray *list = list_of(value);

			g_ptr_array_add(lists, list);
			*(const GPtrArray **)member = list;
		}
	}
}

const Json *
entry_contact(const Json *entry, const char *address)
{
	const Json *contacts = json_get(entry, "contacts");

	for (guint i = 0; i < json_length(contacts); i++) {
		const Json *contact = json_at(contacts, i);

		if (g_ascii_strcasecmp(json_text(contact, "address"), address) == 0)
			return contact;
	}
	return NULL;
}

const Json *
contact_key(const Json *contact, const char *fingerprint)
{
	const Json *keys = json_get(contact, "keys");

	for (guint i = 0; i < json_length(keys); i++)
		if (g_str_equal(json_text(json_at(keys, i), "fingerprint"), fingerprint))
			return json_at(keys, i);
	return NULL;
}
