/*
 * overview - sections of a few lines each, as text and as a page
 *
 * A digest says the same twice: as text, and as HTML that needs nothing from
 * anywhere. What is put in is words for people, on one line; the page escapes
 * them.
 */

#ifndef SLUIS_MAIL_OVERVIEW_H
#define SLUIS_MAIL_OVERVIEW_H

#include <glib.h>

typedef struct Overview Overview;

Overview *overview_new(void);
void overview_free(Overview *overview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Overview, overview_free)

/* Begins a section; the rows after it are its own. A section may have none. */
void overview_section(Overview *overview, const char *title);
/* "RD-2026-7K3QX", "high, repair before 23 January". */
void overview_row(Overview *overview, const char *name, const char *text);

/* Lines under 76 columns, a section after the other. */
char *overview_text(const Overview *overview);
/* What stands in the body of a page: headings and tables. */
char *overview_page(const Overview *overview);

#endif
