/*
 * html - HTML as text; nothing is fetched, run or rendered (T-18)
 *
 * The one fence around libxml2. Scripts, styles and what is hidden are left
 * out; links keep their address behind their words: "words <https://...>".
 */

#ifndef SLUIS_MAIL_HTML_H
#define SLUIS_MAIL_HTML_H

char *html_text(const char *text);	/* UTF-8 in, UTF-8 out; never NULL */

#endif
