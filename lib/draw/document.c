/* document - see document.h */

#include "document.h"

#include <stdbool.h>
#include <cairo-pdf.h>
#include <poppler.h>

#define MOST_PAGES 100
#define MOST_POINTS 2000.0	/* a side; A2 is 1684 */
#define DOTS_A_POINT 2.0	/* 144 an inch: small print can be read */

typedef cairo_surface_t Surface;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Surface, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PopplerPage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(cairo_t, cairo_destroy)

static PopplerDocument *
document_open(GBytes *bytes, const char *type)
{
	g_autoptr(PopplerDocument) document = g_str_equal(type, "application/pdf") ?
	    poppler_document_new_from_bytes(bytes, NULL, NULL) : NULL;
	int pages = document != NULL ? poppler_document_get_n_pages(document) : 0;

	return pages > 0 && pages <= MOST_PAGES ? g_steal_pointer(&document) : NULL;
}

static cairo_status_t
append(void *all, const unsigned char *data, unsigned int length)
{
	g_byte_array_append(all, data, length);
	return CAIRO_STATUS_SUCCESS;
}

/* What is printed: without notes people left on the page. */
static Surface *
draw(PopplerPage *page, double width, double height)
{
	Surface *picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(width * DOTS_A_POINT),
	    (int)(height * DOTS_A_POINT));
	g_autoptr(cairo_t) pen = cairo_create(picture);

	cairo_set_source_rgb(pen, 1, 1, 1);
	cairo_paint(pen);
	cairo_scale(pen, DOTS_A_POINT, DOTS_A_POINT);
	poppler_page_render_for_printing_with_options(page, pen, POPPLER_PRINT_DOCUMENT);
	return picture;
}

static bool
add_page(Surface *paper, cairo_t *pen, PopplerPage *page)
{
	g_autoptr(Surface) picture = NULL;
	double width, height;

	poppler_page_get_size(page, &width, &height);
	if (width < 1 || height < 1 || width > MOST_POINTS || height > MOST_POINTS)
		return false;
	picture = draw(page, width, height);
	cairo_pdf_surface_set_size(paper, width, height);
	cairo_save(pen);
	cairo_scale(pen, 1 / DOTS_A_POINT, 1 / DOTS_A_POINT);
	cairo_set_source_surface(pen, picture, 0, 0);
	cairo_paint(pen);
	cairo_restore(pen);
	cairo_show_page(pen);
	return cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS;
}

/* When it was made is the only thing cairo says of itself; let it be always the
 * same, so that the same release has the same bytes. */
GBytes *
document_clean(GBytes *bytes, const char *type)
{
	g_autoptr(PopplerDocument) document = document_open(bytes, type);
	g_autoptr(GByteArray) all = g_byte_array_new();
	g_autoptr(Surface) paper = cairo_pdf_surface_create_for_stream(append, all, 1, 1);
	g_autoptr(cairo_t) pen = cairo_create(paper);
	int pages = document != NULL ? poppler_document_get_n_pages(document) : 0;

	cairo_pdf_surface_set_metadata(paper, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
	for (int i = 0; i < pages; i++) {
		g_autoptr(PopplerPage) page = poppler_document_get_page(document, i);

		if (page == NULL || !add_page(paper, pen, page))
			return NULL;
	}
	cairo_surface_finish(paper);
	return pages > 0 && cairo_surface_status(paper) == CAIRO_STATUS_SUCCESS ?
	    g_bytes_new(all->data, all->len) : NULL;
}

GBytes *
document_words(GBytes *bytes, const char *type)
{
	g_autoptr(PopplerDocument) document = document_open(bytes, type);
	g_autoptr(GString) all = g_string_new(NULL);
	int pages = document != NULL ? poppler_document_get_n_pages(document) : 0;

	for (int i = 0; i < pages; i++) {
		g_autoptr(PopplerPage) page = poppler_document_get_page(document, i);
		g_autofree char *text = page != NULL ? poppler_page_get_text(page) : NULL;

		g_string_append_printf(all, "%s\n", text != NULL ? text : "");
	}
	return pages > 0 ? g_bytes_new(all->str, all->len) : NULL;
}
