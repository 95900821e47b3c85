/* personal - see personal.h */

#include "personal.h"

#include <string.h>

#define BSN_DIGITS 9
#define DICOM_MARK 128		/* where "DICM" stands in such a file */
#define LEAST_ROWS 3		/* of a table: fewer are an example */
#define LEAST_CELLS 3
#define OLDEST 1900
#define YOUNGEST 2099

/* What is looked at, and how far one has come. */
typedef struct {
	const char *at, *end, *start;
} Reader;

const char *
personal_word(PersonalKind kind)
{
	static const char *const words[] = {
		[PERSONAL_BSN] = "bsn",
		[PERSONAL_IBAN] = "iban",
		[PERSONAL_BIRTHS] = "births",
		[PERSONAL_DICOM] = "dicom",
		[PERSONAL_HL7] = "hl7",
		[PERSONAL_FHIR] = "fhir",
	};

	return words[kind];
}

bool
personal_any(const Personal *personal)
{
	for (guint kind = 0; kind < PERSONAL_KINDS; kind++)
		if (personal->count[kind] > 0)
			return true;
	return false;
}

static bool
is_separator(char c)
{
	return c == '.' || c == ' ' || c == '-';
}

static bool
is_digit_at(const Reader *reader, const char *at)
{
	return at >= reader->start && at < reader->end && g_ascii_isdigit(*at);
}

static bool
is_word_at(const Reader *reader, const char *at)
{
	return at >= reader->start && at < reader->end && (g_ascii_isalnum(*at) || *at == '_');
}

/* Part of a longer number, such as a telephone's or an address? */
static bool
is_cut(const Reader *reader, const char *from, const char *to)
{
	if (is_word_at(reader, from - 1) || is_word_at(reader, to))
		return true;
	if (from > reader->start && (from[-1] == '+' || (is_separator(from[-1]) &&
	    is_digit_at(reader, from - 2))))
		return true;
	return to < reader->end && is_separator(*to) && is_digit_at(reader, to + 1);
}

/* Nine digits as they are grouped: 123456782, 123.456.782, 1234.56.782. NULL
 * if they do not stand here, else behind the last. */
static const char *
nine_digits(const Reader *reader, const char *form, char *digits)
{
	const char *at = reader->at;
	char separator = '\0';

	for (; *form != '\0'; form++, at++) {
		if (at >= reader->end)
			return NULL;
		if (*form == '9' && !g_ascii_isdigit(*at))
			return NULL;
		if (*form == '9') {
			*digits++ = *at;
			continue;
		}
		if ((*at != '.' && *at != ' ') || (separator != '\0' && *at != separator))
			return NULL;
		separator = *at;
	}
	return at;
}

/* The sum of the digits, times 9 down to 2 and -1 the last, is a multiple of 11. */
static bool
passes_eleven_test(const char *digits)
{
	int sum = -(digits[BSN_DIGITS - 1] - '0');
	bool zeros = digits[0] == '0' && digits[1] == '0';

	for (int i = 0; i < BSN_DIGITS - 1; i++)
		sum += (BSN_DIGITS - i) * (digits[i] - '0');
	return !zeros && sum % 11 == 0;
}

static void
look_for_bsn(Reader *reader, Personal *personal)
{
	static const char *const forms[] = { "999999999", "999.999.999", "9999.99.999" };

	for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
		char digits[BSN_DIGITS];
		const char *behind = nine_digits(reader, forms[i], digits);

		if (behind == NULL || is_cut(reader, reader->at, behind))
			continue;
		if (passes_eleven_test(digits))
			personal->count[PERSONAL_BSN]++;
		reader->at = behind;
		return;
	}
}

/* How many letters and digits an account has, by its country. */
static guint
iban_length(const char *country)
{
	static const struct {
		char country[3];
		guint length;
	} rows[] = {
		{ "AD", 24 }, { "AT", 20 }, { "BE", 16 }, { "BG", 22 }, { "CH", 21 }, { "CY", 28 },
		{ "CZ", 24 }, { "DE", 22 }, { "DK", 18 }, { "EE", 20 }, { "ES", 24 }, { "FI", 18 },
		{ "FR", 27 }, { "GB", 22 }, { "GI", 23 }, { "GR", 27 }, { "HR", 21 }, { "HU", 28 },
		{ "IE", 22 }, { "IS", 26 }, { "IT", 27 }, { "LI", 21 }, { "LT", 20 }, { "LU", 20 },
		{ "LV", 21 }, { "MC", 27 }, { "MT", 31 }, { "NL", 18 }, { "NO", 15 }, { "PL", 28 },
		{ "PT", 25 }, { "RO", 24 }, { "SE", 24 }, { "SI", 19 }, { "SK", 24 }, { "SM", 27 },
		{ "TR", 26 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		if (g_ascii_strncasecmp(rows[i].country, country, 2) == 0)
			return rows[i].length;
	return 0;
}

/* Country and check digits go behind the rest; a letter is two digits. */
static bool
passes_modulo_97(const char *iban, guint length)
{
	guint rest = 0;

	for (guint i = 0; i < length; i++) {
		char c = g_ascii_toupper(iban[(i + 4) % length]);

		rest = g_ascii_isdigit(c) ? (rest * 10 + (guint)(c - '0')) % 97 :
		    (rest * 100 + (guint)(c - 'A') + 10) % 97;
	}
	return rest == 1;
}

/* In one piece, or with a blank here and there. */
static void
look_for_iban(Reader *reader, Personal *personal)
{
	const char *at = reader->at;
	char iban[32];
	guint count = 0, length;

	if (reader->end - at < 4 || is_word_at(reader, at - 1) || !g_ascii_isdigit(at[2]) ||
	    !g_ascii_isdigit(at[3]))
		return;
	length = iban_length(at);
	for (; at < reader->end && count < length; at++) {
		if (g_ascii_isalnum(*at))
			iban[count++] = *at;
		else if (*at != ' ')
			return;
	}
	if (length == 0 || count < length || is_word_at(reader, at) ||
	    !passes_modulo_97(iban, length))
		return;
	personal->count[PERSONAL_IBAN]++;
	reader->at = at;
}

static bool
stands_here(const Reader *reader, const char *text)
{
	gsize length = strlen(text);

	return (gsize)(reader->end - reader->at) >= length &&
	    memcmp(reader->at, text, length) == 0;
}

/* A segment that begins every message: MSH, and what separates its fields. */
static void
look_for_hl7(Reader *reader, Personal *personal)
{
	bool begins = reader->at == reader->start || strchr("\n\r\v", reader->at[-1]) != NULL;

	if (begins && stands_here(reader, "MSH|^~\\&"))
		personal->count[PERSONAL_HL7]++;
}

/* "resourceType": "Patient", of those that say something about a person. */
static void
look_for_fhir(Reader *reader, Personal *personal)
{
	static const char mark[] = "\"resourceType\"";
	static const char *const types[] = {
		"\"AllergyIntolerance\"", "\"Bundle\"", "\"Condition\"", "\"DiagnosticReport\"",
		"\"DocumentReference\"", "\"Encounter\"", "\"Immunization\"", "\"MedicationRequest\"",
		"\"Observation\"", "\"Patient\"", "\"Procedure\"",
	};
	Reader behind = *reader;

	if (!stands_here(reader, mark))
		return;
	behind.at += strlen(mark);
	while (behind.at < behind.end && strchr(" \t\r\n:", *behind.at) != NULL && *behind.at != '\0')
		behind.at++;
	for (guint i = 0; i < G_N_ELEMENTS(types); i++)
		if (stands_here(&behind, types[i]))
			personal->count[PERSONAL_FHIR]++;
}

static guint
number_of(const char *digits, guint count)
{
	guint number = 0;

	for (guint i = 0; i < count; i++)
		number = number * 10 + (guint)(digits[i] - '0');
	return number;
}

/* The year of a day that is written at this place, day or year first; 0: none. */
static guint
year_at(const Reader *reader, const char *at)
{
	static const struct {
		const char *form;
		guint year, month, day;		/* where each begins */
	} forms[] = {
		{ "9999-99-99", 0, 5, 8 }, { "99-99-9999", 6, 3, 0 }, { "99999999", 0, 4, 6 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
		const char *form = forms[i].form;
		gsize length = strlen(form);
		bool fits = (gsize)(reader->end - at) >= length && !is_word_at(reader, at - 1) &&
		    !is_word_at(reader, at + length);
		guint year, month, day;

		for (gsize c = 0; fits && c < length; c++)
			fits = form[c] == '9' ? g_ascii_isdigit(at[c]) : strchr("-/.", at[c]) != NULL &&
			    at[c] != '\0';
		if (!fits)
			continue;
		year = number_of(at + forms[i].year, 4);
		month = number_of(at + forms[i].month, 2);
		day = number_of(at + forms[i].day, 2);
		if (year >= OLDEST && year <= YOUNGEST && month >= 1 && month <= 12 && day >= 1 && day <= 31)
			return year;
	}
	return 0;
}

/* The year of the first day in a line that has cells; 0: it is no line of a table. */
static guint
row_year(const Reader *reader, const char *line, const char *end)
{
	guint cells = 1, year = 0;

	for (const char *at = line; at < end; at++) {
		if (strchr(",;\t|", *at) != NULL && *at != '\0')
			cells++;
		else if (year == 0 && g_ascii_isdigit(*at))
			year = year_at(reader, at);
	}
	return cells >= LEAST_CELLS ? year : 0;
}

static bool
has_word(const char *line, const char *end, const char *word)
{
	gsize length = strlen(word);

	for (const char *at = line; (gsize)(end - at) >= length; at++)
		if (g_ascii_tolower(*at) == *word && g_ascii_strncasecmp(at, word, length) == 0)
			return true;
	return false;
}

/* Does a line, such as the heading of a table, speak of birth? */
static bool
speaks_of_birth(const char *line, const char *end)
{
	static const char *const words[] = { "geboorte", "geboren", "birth", "geburt" };

	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (has_word(line, end, words[i]))
			return true;
	return false;
}

/* A log has dates in its lines, too, but of one year or the next: what spreads
 * over a generation, or says so, are births. */
static void
look_for_births(const Reader *reader, Personal *personal)
{
	guint rows = 0, oldest = YOUNGEST, youngest = OLDEST;
	bool said = false;

	for (const char *line = reader->start, *end; line < reader->end; line = end + 1) {
		guint year;

		end = memchr(line, '\n', (gsize)(reader->end - line));
		end = end != NULL ? end : reader->end;
		year = row_year(reader, line, end);
		said = said || speaks_of_birth(line, end);
		if (year == 0)
			continue;
		rows++;
		oldest = MIN(oldest, year);
		youngest = MAX(youngest, year);
	}
	if (rows >= LEAST_ROWS && (said || youngest - oldest >= 15))
		personal->count[PERSONAL_BIRTHS] += rows;
}

void
personal_count(Personal *personal, const char *data, gsize length)
{
	Reader reader = { data, data + length, data };

	if (length == 0)
		return;
	if (length >= DICOM_MARK + 4 && memcmp(data + DICOM_MARK, "DICM", 4) == 0) {
		personal->count[PERSONAL_DICOM]++;
		return;
	}
	for (; reader.at < reader.end; reader.at++) {
		const char *at = reader.at;

		if (g_ascii_isdigit(*at))
			look_for_bsn(&reader, personal);
		else if (*at == 'M')
			look_for_hl7(&reader, personal);
		else if (*at == '"')
			look_for_fhir(&reader, personal);
		if (g_ascii_isalpha(*at))
			look_for_iban(&reader, personal);
		if (reader.at > at)		/* behind what was found there */
			reader.at--;
	}
	if (memchr(data, '\0', length) == NULL)	/* a text */
		look_for_births(&reader, personal);
}
