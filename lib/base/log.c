/* log - one line a matter, to syslog(3); see log.h */

#include "log.h"

#include <syslog.h>

#include "error.h"

/* Longer lines are cut by most syslog daemons anyway. */
#define LINE_MOST 900

static void
log_line(int priority, const char *text)
{
	g_autofree char *line = g_strndup(text, LINE_MOST);

	for (char *p = line; *p != '\0'; p++)
		if (!g_ascii_isprint(*p))
			*p = '?';
	syslog(priority, "%s", line);
}

static void G_GNUC_PRINTF(2, 0)
log_valist(int priority, const char *format, va_list args)
{
	g_autofree char *text = g_strdup_vprintf(format, args);

	log_line(priority, text);
}

static int
priority_of(GLogLevelFlags level)
{
	return (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) != 0 ?
	    LOG_WARNING : LOG_DEBUG;
}

static void
from_glib(const char *domain, GLogLevelFlags level, const char *message, void *data)
{
	(void)domain;
	(void)data;
	log_line(priority_of(level), message);
}

static GLogWriterOutput
from_glib_fields(GLogLevelFlags level, const GLogField *fields, gsize count, void *data)
{
	(void)data;
	for (gsize i = 0; i < count; i++)
		if (g_str_equal(fields[i].key, "MESSAGE") && fields[i].length < 0)
			log_line(priority_of(level), fields[i].value);
	return G_LOG_WRITER_HANDLED;
}

static void
from_print(const char *text)
{
	log_line(LOG_DEBUG, text);
}

void
log_open(const char *program)
{
	openlog(program, LOG_PID, LOG_MAIL);
	g_log_set_default_handler(from_glib, NULL);
	g_log_set_writer_func(from_glib_fields, NULL, NULL);
	g_set_print_handler(from_print);
	g_set_printerr_handler(from_print);
}

void
log_info(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_valist(LOG_INFO, format, args);
	va_end(args);
}

void
log_warning(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_valist(LOG_WARNING, format, args);
	va_end(args);
}

void
log_error(const GError *error)
{
	g_autofree char *text = g_strdup_printf("%s %s", error_enhanced_status(error),
	    error != NULL ? error->message : "no error");

	log_line(LOG_ERR, text);
}
