/* image - see image.h */

#include "image.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define MOST_PIXELS (64 * 1024 * 1024)

static const struct {
	const char *type, *format;
	const char *option, *value;	/* how it is written */
} formats[] = {
	{ "image/png",  "png",  "compression", "6" },
	{ "image/jpeg", "jpeg", "quality",     "92" },
};

static int
format_of(const char *type)
{
	for (guint i = 0; i < G_N_ELEMENTS(formats); i++)
		if (g_str_equal(formats[i].type, type))
			return (int)i;
	return -1;
}

/* A picture that claims too much is not decoded at all. */
static void
refuse_large(GdkPixbufLoader *loader, int width, int height, gpointer data)
{
	(void)data;
	if ((gint64)width * height > MOST_PIXELS)
		gdk_pixbuf_loader_set_size(loader, 0, 0);
}

static GdkPixbuf *
decode(GBytes *bytes, const char *type)
{
	g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type(type, NULL);
	bool complete;

	if (loader == NULL)
		return NULL;
	g_signal_connect(loader, "size-prepared", G_CALLBACK(refuse_large), NULL);
	complete = gdk_pixbuf_loader_write_bytes(loader, bytes, NULL);
	complete = gdk_pixbuf_loader_close(loader, NULL) && complete;
	if (!complete || gdk_pixbuf_loader_get_pixbuf(loader) == NULL)
		return NULL;
	return gdk_pixbuf_apply_embedded_orientation(gdk_pixbuf_loader_get_pixbuf(loader));
}

GBytes *
image_clean(GBytes *bytes, const char *type)
{
	g_autoptr(GdkPixbuf) decoded = NULL, bare = NULL;
	int format = format_of(type);
	char *written = NULL;
	gsize length;

	if (format < 0)
		return NULL;
	decoded = decode(bytes, type);
	bare = decoded != NULL ? gdk_pixbuf_copy(decoded) : NULL;	/* without its options */
	if (bare == NULL || !gdk_pixbuf_save_to_buffer(bare, &written, &length,
	    formats[format].format, NULL, formats[format].option, formats[format].value, NULL))
		return NULL;
	return g_bytes_new_take(written, length);
}

GBytes *
image_words(GBytes *bytes, const char *type)
{
	g_autoptr(GdkPixbuf) decoded = format_of(type) >= 0 ? decode(bytes, type) : NULL;

	return decoded != NULL ? g_bytes_new_static("", 0) : NULL;
}
