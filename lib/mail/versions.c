/* versions - see versions.h */

#include "versions.h"

#include <string.h>

#define NUMBERS 8		/* of a version */
#define BOUNDS 32		/* of a range */

/* "13.1-55.34": its numbers. */
typedef struct {
	guint64 numbers[NUMBERS];
	guint count;
	bool rest;			/* letters follow, or more numbers than that */
} Version;

typedef enum { BOUND_IS, BOUND_NOT, BOUND_BELOW, BOUND_UP_TO, BOUND_ABOVE, BOUND_FROM } BoundKind;

typedef struct {
	BoundKind kind;
	Version version;
} Bound;

static const char *
skip_blanks(const char *at)
{
	return at + strspn(at, " \t");
}

/* False: it does not begin with a number. */
static bool
read_version(const char *text, Version *version)
{
	const char *at = skip_blanks(text);

	memset(version, 0, sizeof(*version));
	if ((*at == 'v' || *at == 'V') && g_ascii_isdigit(at[1]))
		at++;
	while (g_ascii_isdigit(*at) && version->count < NUMBERS) {
		char *end;

		version->numbers[version->count++] = g_ascii_strtoull(at, &end, 10);
		at = end;
		if (*at != '\0' && strchr(".-_:+ ", *at) != NULL && g_ascii_isdigit(at[1]))
			at++;
		else
			break;
	}
	version->rest = *skip_blanks(at) != '\0';
	return version->count > 0;
}

/* Less than, equal to, greater than 0, as far as both say: *open if one goes on where the
 * other ended, so that it may still be either. */
static int
compare(const Version *a, const Version *b, bool *open)
{
	guint both = MIN(a->count, b->count);

	*open = false;
	for (guint i = 0; i < both; i++)
		if (a->numbers[i] != b->numbers[i])
			return a->numbers[i] < b->numbers[i] ? -1 : 1;
	*open = a->count != b->count || a->rest || b->rest;
	return a->count == b->count ? 0 : a->count < b->count ? -1 : 1;
}

/* A listed version that is not as exact as the bound could lie on either side of it. One
 * that is more exact is above what it begins with: "13.1.2" is above "13.1". */
static Versions
meets_bound(const Version *listed, const Bound *bound)
{
	bool open;
	int order = compare(listed, &bound->version, &open);

	if (bound->kind == BOUND_IS)
		return order != 0 && !open ? VERSIONS_OTHER : bound->version.rest ? VERSIONS_MAYBE : VERSIONS_MEANT;
	if (open && listed->count <= bound->version.count)
		return VERSIONS_MAYBE;
	switch (bound->kind) {
	case BOUND_IS:
	case BOUND_NOT:
		return order == 0 ? VERSIONS_OTHER : VERSIONS_MEANT;
	case BOUND_BELOW:
		return order < 0 ? VERSIONS_MEANT : VERSIONS_OTHER;
	case BOUND_UP_TO:		/* "13.1" may mean all that begins so */
		return open ? VERSIONS_MAYBE : order <= 0 ? VERSIONS_MEANT : VERSIONS_OTHER;
	case BOUND_ABOVE:
		return open ? VERSIONS_MAYBE : order > 0 ? VERSIONS_MEANT : VERSIONS_OTHER;
	case BOUND_FROM:
		return order >= 0 ? VERSIONS_MEANT : VERSIONS_OTHER;
	}
	g_assert_not_reached();
}

/* --- how ranges are written --- */

/* ">=", "<", "before ", "t/m ": longer ones first. */
static const struct {
	const char *word;
	BoundKind kind;
} signs[] = {
	{ ">=", BOUND_FROM }, { "<=", BOUND_UP_TO }, { "!=", BOUND_NOT }, { "=<", BOUND_UP_TO },
	{ "=>", BOUND_FROM }, { ">", BOUND_ABOVE }, { "<", BOUND_BELOW }, { "==", BOUND_IS },
	{ "=", BOUND_IS }, { "prior to ", BOUND_BELOW }, { "before ", BOUND_BELOW },
	{ "older than ", BOUND_BELOW }, { "below ", BOUND_BELOW }, { "up to and including ", BOUND_UP_TO },
	{ "through ", BOUND_UP_TO }, { "up to ", BOUND_UP_TO }, { "until ", BOUND_BELOW },
	{ "since ", BOUND_FROM }, { "from ", BOUND_FROM },
};

static BoundKind
read_sign(const char **at)
{
	for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
		if (g_ascii_strncasecmp(*at, signs[i].word, strlen(signs[i].word)) == 0) {
			*at = skip_blanks(*at + strlen(signs[i].word));
			return signs[i].kind;
		}
	return BOUND_IS;
}

static bool
add_bound(GArray *bounds, BoundKind kind, const char *text)
{
	Bound bound = { .kind = kind };

	if (bounds->len >= BOUNDS || !read_version(text, &bound.version))
		return false;
	g_array_append_val(bounds, bound);
	return true;
}

/* "vers:deb/>=1.0|<2.0|!=1.5"; what is %-coded is no number. False: it is none we can
 * read. */
static bool
read_vers(const char *text, GArray *bounds)
{
	const char *slash = strchr(text, '/');
	g_auto(GStrv) all = slash != NULL ? g_strsplit(slash + 1, "|", BOUNDS + 1) : NULL;

	for (guint i = 0; all != NULL && all[i] != NULL; i++) {
		const char *at = skip_blanks(all[i]);
		BoundKind kind = read_sign(&at);

		if (!add_bound(bounds, kind, at))
			return false;
	}
	return bounds->len > 0;
}

/* Where the next sign begins; the end if there is none. */
static const char *
next_sign(const char *at)
{
	for (; *at != '\0'; at++)
		if (strchr("<>=!", *at) != NULL || (at[-1] == ' ' &&
		    (g_ascii_strncasecmp(at, "before ", 7) == 0 || g_ascii_strncasecmp(at, "prior to ", 9) == 0 ||
		     g_ascii_strncasecmp(at, "through ", 8) == 0 || g_ascii_strncasecmp(at, "up to ", 6) == 0 ||
		     g_ascii_strncasecmp(at, "until ", 6) == 0)))
			break;
	return at;
}

/* ">= 13.0, < 13.1"; "13.0 - 13.1"; "13.0 through 13.1". */
static bool
read_written(const char *text, GArray *bounds)
{
	const char *dash = strstr(text, " - ");
	const char *at = skip_blanks(text);

	if (dash != NULL) {
		g_autofree char *first = g_strndup(text, (gsize)(dash - text));

		return add_bound(bounds, BOUND_FROM, first) && add_bound(bounds, BOUND_UP_TO, dash + 3);
	}
	while (*at != '\0') {
		BoundKind kind = read_sign(&at);
		const char *end = *at == '\0' ? at : next_sign(at + 1);
		g_autofree char *one = g_strndup(at, (gsize)(end - at));

		g_strdelimit(one, ",;&|", ' ');
		if (g_str_has_suffix(g_strchomp(one), " and"))
			one[strlen(one) - 4] = '\0';
		if (bounds->len == 0 && kind == BOUND_IS && *end != '\0')
			kind = BOUND_FROM;	/* "13.0 through 13.1" */
		if (!add_bound(bounds, kind, one))
			return false;
		at = end;
	}
	return bounds->len > 0;
}

static bool
is_all(const char *asked)
{
	static const char *const words[] = { "", "*", "all", "all versions", "any", "vers:all/*", NULL };
	g_autofree char *lower = g_ascii_strdown(asked, -1);

	g_strstrip(lower);
	return g_strv_contains(words, lower) || (g_str_has_prefix(lower, "vers:") && g_str_has_suffix(lower, "/*"));
}

/* --- together --- */

/* What is named by "=" is meant by itself; of the others all must hold, but for "<" that
 * is followed by ">": vers has several intervals in one range, one behind the other. */
static Versions
within(const Version *listed, const GArray *bounds)
{
	Versions best = VERSIONS_OTHER, now = VERSIONS_MEANT;
	bool any = false;

	for (guint i = 0; i < bounds->len; i++) {
		const Bound *bound = &g_array_index(bounds, Bound, i);
		Versions met = meets_bound(listed, bound);
		bool begins = bound->kind == BOUND_FROM || bound->kind == BOUND_ABOVE;

		if (bound->kind == BOUND_NOT) {
			if (met == VERSIONS_OTHER)
				return VERSIONS_OTHER;
			continue;
		}
		if (bound->kind == BOUND_IS) {
			best = MAX(best, met);
			continue;
		}
		if (begins && any) {
			best = MAX(best, now);
			now = VERSIONS_MEANT;
		}
		now = MIN(now, met);
		any = true;
	}
	return any ? MAX(best, now) : best;
}

Versions
versions_meet(const char *listed, const char *asked)
{
	g_autoptr(GArray) bounds = g_array_new(FALSE, FALSE, sizeof(Bound));
	Version version;
	bool read;

	if (is_all(asked) || listed[strspn(listed, " \t")] == '\0')
		return VERSIONS_MEANT;
	if (g_ascii_strcasecmp(listed, asked) == 0)
		return VERSIONS_MEANT;
	read = g_str_has_prefix(asked, "vers:") ? read_vers(asked, bounds) : read_written(asked, bounds);
	return read && read_version(listed, &version) ? within(&version, bounds) : VERSIONS_MAYBE;
}
