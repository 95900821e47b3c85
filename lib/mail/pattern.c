/* pattern - regular expressions with a budget; see pattern.h */

#include "pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "error.h"

/* Steps, depth and KiB one attempt may take. Ours need some hundreds. */
#define MATCH_MOST 50000
#define DEPTH_MOST 5000
#define HEAP_MOST 4096

struct Pattern {
	pcre2_code *code;
	pcre2_match_context *limits;
};

static bool
complain(int number, PCRE2_SIZE offset, GError **error)
{
	PCRE2_UCHAR words[160];

	pcre2_get_error_message(number, words, sizeof(words));
	return error_set(error, SLUIS_ERROR_SETUP, "bad pattern at its character %zu: %s",
	    offset + 1, (const char *)words);
}

Pattern *
pattern_new(const char *expression, GError **error)
{
	static const uint32_t options = PCRE2_UTF | PCRE2_CASELESS | PCRE2_MULTILINE |
	    PCRE2_NEVER_BACKSLASH_C;
	PCRE2_SIZE offset = 0;
	int number = 0;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)expression, PCRE2_ZERO_TERMINATED, options,
	    &number, &offset, NULL);
	Pattern *pattern;

	if (code == NULL) {
		complain(number, offset, error);
		return NULL;
	}
	pattern = g_new0(Pattern, 1);
	pattern->code = code;
	pattern->limits = pcre2_match_context_create(NULL);
	pcre2_set_match_limit(pattern->limits, MATCH_MOST);
	pcre2_set_depth_limit(pattern->limits, DEPTH_MOST);
	pcre2_set_heap_limit(pattern->limits, HEAP_MOST);
	return pattern;
}

void
pattern_hasten(Pattern *pattern)
{
	pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
}

void
pattern_free(Pattern *pattern)
{
	if (pattern == NULL)
		return;
	pcre2_code_free(pattern->code);
	pcre2_match_context_free(pattern->limits);
	g_free(pattern);
}

/* Behind the match; an empty one must not be found for ever. */
static gsize
behind(const char *text, gsize length, const PCRE2_SIZE *range)
{
	if (range[1] > range[0] || range[1] >= length)
		return range[1] + (range[1] == range[0]);
	return (gsize)(g_utf8_next_char(text + range[1]) - text);
}

PatternResult
pattern_match(const Pattern *pattern, const char *text, gsize length, gsize *at, gsize *start, gsize *end)
{
	gsize from = at != NULL ? *at : 0;
	pcre2_match_data *data;
	const PCRE2_SIZE *range;
	int found;

	if (from > length)
		return PATTERN_NO;
	data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
	found = pcre2_match(pattern->code, (PCRE2_SPTR)text, length, from, PCRE2_NO_UTF_CHECK, data,
	    pattern->limits);
	range = pcre2_get_ovector_pointer(data);
	if (found >= 0) {
		if (start != NULL)
			*start = range[0];
		if (end != NULL)
			*end = range[1];
		if (at != NULL)
			*at = behind(text, length, range);
	}
	pcre2_match_data_free(data);
	if (found == PCRE2_ERROR_NOMATCH)
		return PATTERN_NO;
	return found >= 0 ? PATTERN_YES : PATTERN_OVER_BUDGET;
}
