/* Any bytes, searched for data of persons. */

#include "personal.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	Personal personal = { 0 };

	personal_count(&personal, (const char *)data, size);
	for (guint kind = 0; kind < PERSONAL_KINDS; kind++)
		g_assert_cmpuint(personal.count[kind], <=, size);
	return 0;
}
