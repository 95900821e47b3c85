/* xml - see xml.h */

#include "xml.h"

#include <string.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>

struct Xml {
	const XmlSink *sink;
	xmlParserCtxtPtr parser;
	GString *text;
	guint depth;
	bool refused;
};

static void
refuse(Xml *xml)
{
	xml->refused = true;
	xmlStopParser(xml->parser);
}

static void
on_type(void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void)name;
	(void)external;
	(void)system;
	refuse(data);
}

static void
on_begin(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int spaces,
    const xmlChar **space, int attributes, int defaults, const xmlChar **attribute)
{
	Xml *xml = data;

	(void)prefix, (void)uri, (void)spaces, (void)space, (void)attributes, (void)defaults, (void)attribute;
	g_string_truncate(xml->text, 0);
	if (++xml->depth > XML_DEPTH)
		refuse(xml);
	else
		xml->sink->begin(xml->sink->data, (const char *)name);
}

static void
on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	Xml *xml = data;

	(void)prefix, (void)uri;
	xml->depth--;
	xml->sink->end(xml->sink->data, (const char *)name, g_strstrip(xml->text->str),
	    (guint)MAX(xmlSAX2GetLineNumber(xml->parser), 0));
	g_string_truncate(xml->text, 0);
}

static void
on_text(void *data, const xmlChar *bytes, int length)
{
	Xml *xml = data;
	gsize room = XML_TEXT - MIN(xml->text->len, XML_TEXT);

	g_string_append_len(xml->text, (const char *)bytes, (gssize)MIN((gsize)length, room));
}

/* Its words would go to standard error. */
static void
on_fault(void *data, const xmlError *fault)
{
	(void)data;
	(void)fault;
}

Xml *
xml_new(const XmlSink *sink)
{
	Xml *xml = g_new0(Xml, 1);
	xmlSAXHandler handler = {
		.initialized = XML_SAX2_MAGIC,
		.internalSubset = on_type,
		.startElementNs = on_begin,
		.endElementNs = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.serror = (xmlStructuredErrorFunc)on_fault,
	};

	xml->sink = sink;
	xml->text = g_string_new(NULL);
	xml->parser = xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL);
	if (xml->parser == NULL)
		g_error("out of memory");
	xml->parser->userData = xml;
	xmlCtxtUseOptions(xml->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	return xml;
}

bool
xml_put(Xml *xml, const char *bytes, gsize length)
{
	return !xml->refused && xmlParseChunk(xml->parser, bytes, (int)length, 0) == 0 && !xml->refused;
}

bool
xml_end(Xml *xml)
{
	return !xml->refused && xmlParseChunk(xml->parser, "", 0, 1) == 0 && xml->parser->wellFormed;
}

void
xml_free(Xml *xml)
{
	if (xml == NULL)
		return;
	xmlFreeParserCtxt(xml->parser);
	g_string_free(xml->text, TRUE);
	g_free(xml);
}
