/* packet_walk - see packet_walk.h */

#include "packet_walk.h"

/* n bytes as a number, moving on; false at the end. */
static bool
walk_number(Walk *walk, guint n, gsize *number)
{
	if ((gsize)(walk->end - walk->at) < n)
		return false;
	for (*number = 0; n > 0; n--)
		*number = *number << 8 | *walk->at++;
	return true;
}

/* A new-format length; *partial if more pieces follow. */
bool
walk_length(Walk *walk, gsize *length, bool *partial)
{
	gsize first, second;

	*partial = false;
	if (!walk_number(walk, 1, &first))
		return false;
	if (first == 255)
		return walk_number(walk, 4, length);
	if (first >= 224) {
		*partial = true;
		*length = (gsize)1 << (first & 31);
		return true;
	}
	*length = first;
	if (first < 192)
		return true;
	if (!walk_number(walk, 1, &second))
		return false;
	*length = ((first - 192) << 8) + second + 192;
	return true;
}

/* Steps over a piece of a body, or to the end if there is less of it; gives
 * how much there was. */
static gsize
walk_skip(Walk *walk, gsize length)
{
	gsize left = (gsize)(walk->end - walk->at);

	walk->cut = length > left;
	walk->at += MIN(length, left);
	return MIN(length, left);
}

static bool
walk_old(Walk *walk, guint8 first)
{
	gsize length = 0;

	walk->tag = (first >> 2) & 15;
	if ((first & 3) == 3)
		length = (gsize)(walk->end - walk->at);
	else if (!walk_number(walk, 1U << (first & 3), &length))
		return false;
	walk->body = walk->at;
	walk->length = walk_skip(walk, length);
	return true;
}

static bool
walk_new(Walk *walk, guint8 first)
{
	gsize length;
	bool partial;

	walk->tag = first & 63;
	if (!walk_length(walk, &length, &partial))
		return false;
	walk->body = walk->at;
	walk->length = walk_skip(walk, length);
	while (partial && !walk->cut) {
		if (!walk_length(walk, &length, &partial))
			return false;
		walk_skip(walk, length);
	}
	return true;
}

/* The next packet; false at the end and where no packet can be. */
bool
walk_next(Walk *walk)
{
	guint8 first;

	walk->cut = false;
	if (walk->at == walk->end || (*walk->at & 0x80) == 0)
		return false;
	first = *walk->at++;
	if ((first & 0x40) != 0 ? walk_new(walk, first) : walk_old(walk, first))
		return true;
	walk->cut = true;
	return false;
}

/* Where an empty GBytes lies is NULL, to which C adds nothing, not even zero. */
Walk
walk_start(const void *bytes, gsize length)
{
	const guint8 *at = bytes;

	return (Walk){ .at = at, .end = length > 0 ? at + length : at };
}
