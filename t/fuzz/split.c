/* Cutting and scanning any bytes: no crash, and no slice outside of them. */

#include "scan.h"
#include "split.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void
inside(Slice part, Slice whole)
{
	g_assert(part.start >= whole.start);
	g_assert(part.start + part.length <= whole.start + whole.length);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	static const Limits limits = { 1 << 20, 2000, 1000, 65536, 500, 16, 100 };
	Slice raw = { (const char *)data, size };
	Entity entity = split_entity(raw);
	g_autofree char *boundary = split_boundary(entity.header);
	g_autoptr(Multipart) parts = split_multipart(entity.body, boundary == NULL ? "b" : boundary);
	g_autoptr(GBytes) canonical = split_canonical(raw);

	inside(entity.header, raw);
	inside(entity.body, raw);
	inside(parts->preamble, raw);
	inside(parts->epilogue, raw);
	inside(split_origin(raw), raw);
	for (guint i = 0; i < parts->children->len; i++)
		inside(g_array_index(parts->children, Slice, i), entity.body);
	g_assert(g_bytes_get_size(canonical) >= size);
	scan_limits(raw, &limits);
	return 0;
}
