/* buffer - bytes that grow, have a bound, and are wiped when they go; see buffer.h */

#include "buffer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "error.h"

/* From here on a block is a mapping of its own, which the kernel moves by
 * its page table when it grows: no second copy, and none left behind. */
#define MAPPED_FROM (256 * 1024)

/* A block of memory that knows its size; one more byte is kept for a NUL. */
typedef struct {
	gsize room;
	char bytes[];
} Block;

struct Buffer {
	Block *block;
	gsize length, most;
};

static gsize
block_size(gsize room)
{
	return sizeof(Block) + room + 1;
}

static Block *
block_new(gsize room)
{
	Block *block;

	if (room < MAPPED_FROM) {
		block = g_malloc(block_size(room));
	} else {
		block = mmap(NULL, block_size(room), PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (block == MAP_FAILED)
			g_error("out of memory");
	}
	block->room = room;
	return block;
}

static void
block_free(void *data)
{
	Block *block = data;

	if (block == NULL)
		return;
	if (block->room < MAPPED_FROM) {
		explicit_bzero(block->bytes, block->room + 1);
		g_free(block);
	} else {
		munmap(block, block_size(block->room));	/* the kernel zeroes pages */
	}
}

static Block *
block_grow(Block *block, gsize room, gsize used)
{
	Block *grown;

	if (block->room < MAPPED_FROM) {
		grown = block_new(room);
		memcpy(grown->bytes, block->bytes, used);
		block_free(block);
		return grown;
	}
	grown = mremap(block, block_size(block->room), block_size(room), MREMAP_MAYMOVE);
	if (grown == MAP_FAILED)
		g_error("out of memory");
	grown->room = room;
	return grown;
}

Buffer *
buffer_new(gsize most)
{
	Buffer *buffer = g_new0(Buffer, 1);

	buffer->most = most;
	return buffer;
}

void
buffer_free(Buffer *buffer)
{
	if (buffer == NULL)
		return;
	block_free(buffer->block);
	g_free(buffer);
}

/* Makes room for that many bytes more, and their NUL. */
static bool
make_room(Buffer *buffer, gsize more)
{
	gsize wanted;

	if (more > G_MAXSSIZE - buffer->length)
		return false;
	wanted = buffer->length + more;
	if (buffer->most != 0 && wanted > buffer->most)
		return false;
	if (buffer->block == NULL)
		buffer->block = block_new(MAX(wanted, 512));
	else if (wanted > buffer->block->room)
		buffer->block = block_grow(buffer->block,
		    MAX(wanted, buffer->block->room * 2), buffer->length);
	return true;
}

bool
buffer_add(Buffer *buffer, const void *bytes, gsize length)
{
	if (!make_room(buffer, length))
		return false;
	if (length > 0)
		memcpy(buffer->block->bytes + buffer->length, bytes, length);
	buffer->length += length;
	buffer->block->bytes[buffer->length] = '\0';
	return true;
}

bool
buffer_add_text(Buffer *buffer, const char *text)
{
	return buffer_add(buffer, text, strlen(text));
}

gsize
buffer_length(const Buffer *buffer)
{
	return buffer->length;
}

const char *
buffer_data(const Buffer *buffer)
{
	return buffer->block != NULL ? buffer->block->bytes : "";
}

bool
buffer_read(Buffer *buffer, int fd, GError **error)
{
	char bytes[64 * 1024];
	ssize_t got;

	while ((got = read(fd, bytes, sizeof(bytes))) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			error_errno(error, SLUIS_ERROR_RETRY, "cannot read");
			break;
		}
		if (!buffer_add(buffer, bytes, (gsize)got)) {
			error_set(error, SLUIS_ERROR_REFUSED,
			    "longer than %" G_GSIZE_FORMAT " bytes", buffer->most);
			break;
		}
	}
	explicit_bzero(bytes, sizeof(bytes));
	return got == 0;
}

GBytes *
buffer_steal(Buffer *buffer)
{
	Block *block = g_steal_pointer(&buffer->block);
	gsize length = buffer->length;

	buffer->length = 0;
	if (block == NULL)
		return g_bytes_new_static("", 0);
	return g_bytes_new_with_free_func(block->bytes, length, block_free, block);
}

GBytes *
bytes_secret(const void *bytes, gsize length)
{
	g_autoptr(Buffer) buffer = buffer_new(0);

	buffer_add(buffer, bytes, length);
	return buffer_steal(buffer);
}

GBytes *
bytes_text(const char *text)
{
	return bytes_secret(text, strlen(text));
}

void
text_wipe(char *text)
{
	if (text == NULL)
		return;
	explicit_bzero(text, strlen(text));
	g_free(text);
}
