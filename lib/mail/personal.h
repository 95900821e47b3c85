/*
 * personal - data of persons that somebody put into a report
 *
 * Whoever shows that files lie open tends to show one. Numbers that pass the
 * test of the Dutch citizen service number (BSN, the eleven-test) or of a bank
 * account (IBAN, modulo 97), tables with dates of birth, and the marks of
 * medical records (DICOM, HL7 version 2, FHIR) are counted; their values are
 * never kept or shown. One of eleven numbers of nine digits passes by chance:
 * what is found here makes people careful, and is no proof.
 */

#ifndef SLUIS_MAIL_PERSONAL_H
#define SLUIS_MAIL_PERSONAL_H

#include <stdbool.h>
#include <glib.h>

typedef enum {
	PERSONAL_BSN,		/* numbers */
	PERSONAL_IBAN,		/* accounts */
	PERSONAL_BIRTHS,	/* lines of a table with a date of birth */
	PERSONAL_DICOM,		/* pictures */
	PERSONAL_HL7,		/* messages */
	PERSONAL_FHIR,		/* records */
	PERSONAL_KINDS
} PersonalKind;

typedef struct {
	guint count[PERSONAL_KINDS];
} Personal;

/* "bsn", "iban", "births", "dicom", "hl7", "fhir". */
const char *personal_word(PersonalKind kind);

/* Adds what is found in a text, or in the bytes of an attachment. */
void personal_count(Personal *personal, const char *data, gsize length);
bool personal_any(const Personal *personal);

#endif
