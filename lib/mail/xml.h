/*
 * xml - an XML document as it flows, element by element
 *
 * With html.c the fence around libxml2. Nothing is fetched and nothing expanded: a
 * document that declares a type or entities of its own is refused, and so is one
 * whose elements are deeper than 32 (T-14, T-18).
 */

#ifndef SLUIS_MAIL_XML_H
#define SLUIS_MAIL_XML_H

#include <stdbool.h>
#include <glib.h>

#define XML_DEPTH 32
#define XML_TEXT 1024		/* bytes of an element's text; more are left out */

/* end has the text right before it, with blanks around it cut; names are without
 * prefixes. */
typedef struct {
	void (*begin)(gpointer data, const char *name);
	void (*end)(gpointer data, const char *name, const char *text, guint line);
	gpointer data;
} XmlSink;

typedef struct Xml Xml;

Xml *xml_new(const XmlSink *sink);	/* borrowed */
/* False: it is no such document, and nothing more is heard of it. */
bool xml_put(Xml *xml, const char *bytes, gsize length);
bool xml_end(Xml *xml);
void xml_free(Xml *xml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Xml, xml_free)

#endif
