#include "personal.h"

#include <string.h>

/* One kind of thing, in a text that has nothing of another. */
typedef struct {
	const char *text;
	guint count;
} Row;

static void
check(const Row *rows, gsize count, PersonalKind kind)
{
	guint found = 0, meant = 0;

	for (gsize i = 0; i < count; i++) {
		Personal personal = { 0 };

		personal_count(&personal, rows[i].text, strlen(rows[i].text));
		if (personal.count[kind] != rows[i].count)
			g_test_message("%s", rows[i].text);
		g_assert_cmpuint(personal.count[kind], ==, rows[i].count);
		for (guint other = 0; other < PERSONAL_KINDS; other++)
			g_assert_true(other == kind || personal.count[other] == 0);
		g_assert_true(personal_any(&personal) == (rows[i].count > 0));
		found += personal.count[kind];
		meant += rows[i].count;
	}
	g_test_message("%" G_GSIZE_FORMAT " texts, %u of %u found", count, found, meant);
}

static void
test_bsn(void)
{
	static const Row rows[] = {
		{ "123456782", 1 }, { "BSN: 111222333.", 1 }, { "123.456.782", 1 }, { "123 456 782", 1 },
		{ "1234.56.782", 1 }, { "bsn=999990019&x=1", 1 }, { "(010464554)", 1 },
		{ "111222333, 123456782", 2 }, { "111222333\n123456782\n", 2 },
		{ "123456783", 0 }, { "111222334", 0 }, { "12345678", 0 }, { "1234567820", 0 },
		{ "0123456782", 0 }, { "x123456782", 0 }, { "123456782x", 0 }, { "_123456782", 0 },
		{ "+123456782", 0 }, { "+31 123456782", 0 }, { "06-123456782", 0 },
		{ "123.456.782.1", 0 }, { "1.123.456.782", 0 }, { "123.456 782", 0 },
		{ "123456782-1", 0 }, { "000000000", 0 }, { "001234564", 0 }, { "", 0 }, { "12345678", 0 },
	};

	check(rows, G_N_ELEMENTS(rows), PERSONAL_BSN);
}

/* Of all numbers about one in eleven passes. */
static void
test_eleven(void)
{
	Personal personal = { 0 };

	for (guint i = 0; i < 11000; i++) {
		g_autofree char *text = g_strdup_printf("%u", 100000000 + i * 7919);

		personal_count(&personal, text, strlen(text));
	}
	g_test_message("%u of 11000 pass", personal.count[PERSONAL_BSN]);
	g_assert_cmpuint(personal.count[PERSONAL_BSN], >, 950);
	g_assert_cmpuint(personal.count[PERSONAL_BSN], <, 1050);
}

static void
test_iban(void)
{
	static const Row rows[] = {
		{ "NL91ABNA0417164300", 1 }, { "NL91 ABNA 0417 1643 00 is mine", 1 },
		{ "nl91abna0417164300", 1 }, { "DE89370400440532013000", 1 },
		{ "GB82 WEST 1234 5698 7654 32", 1 }, { "BE68539007547034,", 1 },
		{ "NL91ABNA0417164300 NL91ABNA0417164300", 2 },
		{ "NL91ABNA0417164301", 0 }, { "NL90ABNA0417164300", 0 }, { "XX91ABNA0417164300", 0 },
		{ "NL91ABNA041716430", 0 }, { "NL91ABNA04171643000", 0 }, { "xNL91ABNA0417164300", 0 },
		{ "NL91-ABNA-0417-1643-00", 0 }, { "NL91", 0 },
	};

	check(rows, G_N_ELEMENTS(rows), PERSONAL_IBAN);
}

static void
test_births(void)
{
	static const Row rows[] = {
		{ "name;born;ward\nA;12-03-1951;3\nB;01-11-1987;4\nC;30-06-2011;1\n", 3 },
		{ "1,A,1951-03-12\n2,B,1987-11-01\n3,C,2011-06-30\n4,D,1990-01-01", 4 },
		{ "id\tgeboortedatum\tx\n1\t19900101\t\n2\t19900202\t\n3\t19910303\t\n", 3 },
		{ "a|b|1951/03/12\na|b|1987/11/01\na|b|2011/06/30\n", 3 },
		{ "A;12-03-1951;3\nB;01-11-1987;4\n", 0 },
		{ "2026-11-24,GET,200\n2026-11-24,GET,404\n2026-11-25,POST,200\n", 0 },
		{ "I was born on 12-03-1951,\nshe on 01-11-1987\nand he on 30-06-2011.\n", 0 },
		{ "1,A,1951-13-12\n2,B,1987-11-41\n3,C,0011-06-30\n", 0 },
	};

	check(rows, G_N_ELEMENTS(rows), PERSONAL_BIRTHS);
}

static void
test_records(void)
{
	static const Row hl7[] = {
		{ "MSH|^~\\&|LAB|X\rPID|1\r", 1 }, { "\vMSH|^~\\&|A\r\nMSH|^~\\&|B", 2 },
		{ "the segment MSH|^~\\& begins it", 0 }, { "MSH|", 0 },
	};
	static const Row fhir[] = {
		{ "{\"resourceType\": \"Patient\"}", 1 }, { "{\"resourceType\":\"Bundle\",\n"
		"\"entry\":[{\"resourceType\" : \"Observation\"}]}", 2 },
		{ "{\"resourceType\":\"CapabilityStatement\"}", 0 }, { "resourceType: Patient", 0 },
		{ "\"resourceType\"", 0 },
	};

	check(hl7, G_N_ELEMENTS(hl7), PERSONAL_HL7);
	check(fhir, G_N_ELEMENTS(fhir), PERSONAL_FHIR);
}

static void
test_dicom(void)
{
	char picture[200] = { 0 };
	Personal personal = { 0 };

	personal_count(&personal, picture, sizeof picture);
	g_assert_false(personal_any(&personal));
	memcpy(picture + 128, "DICM", 4);
	personal_count(&personal, picture, sizeof picture);
	g_assert_cmpuint(personal.count[PERSONAL_DICOM], ==, 1);
	personal_count(&personal, picture, 131);
	g_assert_cmpuint(personal.count[PERSONAL_DICOM], ==, 1);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/personal/bsn", test_bsn);
	g_test_add_func("/personal/eleven", test_eleven);
	g_test_add_func("/personal/iban", test_iban);
	g_test_add_func("/personal/births", test_births);
	g_test_add_func("/personal/records", test_records);
	g_test_add_func("/personal/dicom", test_dicom);
	return g_test_run();
}
