/*
 * export - the directory as a file that import reads
 */

#ifndef SLUIS_TOOL_EXPORT_H
#define SLUIS_TOOL_EXPORT_H

#include "json.h"

char *export_yaml(const Json *roll);
char *export_csv(const Json *roll);

#endif
