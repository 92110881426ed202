/* csvrow - the rows of CSV files, as bytes. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "block.h"
#include "csvrow.h"
#include "mh.h"

#define BLOCK ((size_t)256 << 10)

void
csvrow_open(struct csvrow *c, struct in *in)
{
	*c = (struct csvrow){ .in = in, .fd = -1, .eof = true };
}

static void
close_file(struct csvrow *c)
{
	if (c->fd > STDIN_FILENO)
		close(c->fd);
	c->fd = -1;
}

bool
csvrow_file(struct csvrow *c)
{
	const char *file = *c->in->files;

	close_file(c);
	if (file == NULL)
		return false;
	c->in->files++;
	c->fd = strcmp(file, "-") == 0 ? STDIN_FILENO
				       : open(file, O_RDONLY | O_CLOEXEC);
	if (c->fd < 0)
		mh_die(MH_IO, "%s: %s", file, strerror(errno));
	c->file = file;
	c->eof = false;
	c->next_line = 1;
	c->b.n = c->at = c->scan = 0;
	return true;
}

/* Reads one more block behind what is there; sets eof at the end. */
static void
read_block(struct csvrow *c)
{
	ssize_t n;

	if (c->at > 0) {
		c->b.n -= c->at;
		c->scan -= c->at;
		memmove(c->b.p, c->b.p + c->at, c->b.n);
		c->at = 0;
	}
	/* room for the block, a sentinel and what the scan may overread */
	buf_room(&c->b, BLOCK + 1 + BLOCK_SIZE);
	do
		n = read(c->fd, c->b.p + c->b.n, BLOCK);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		mh_die(MH_IO, "%s: %s", c->file, strerror(errno));
	c->eof = n == 0;
	c->b.n += (size_t)n;
	c->in->bytes += (uint64_t)n;
	memset(c->b.p + c->b.n, '\n', 1 + BLOCK_SIZE);
}

/* Takes a quote or an end of line into account; true at the row's end. */
static bool
pass_stop(struct csvrow *c, const char *p)
{
	if (*p == '"') {
		c->open = !c->open;
		c->quotes = true;
		return false;
	}
	if (c->open)
		c->next_line += *p == '\n';
	return !c->open;
}

/*
 * Moves c->scan to the row's end. False if it is not there yet; the scan
 * goes on from where it stopped.
 */
static bool
find_end(struct csvrow *c)
{
	const char *p = c->b.p + c->scan, *end = c->b.p + c->b.n, *stop;

	for (;; p += BLOCK_SIZE) {
		struct block x = block_at(p);
		unsigned stops =
		    block_is(x, '"') | block_is(x, '\n') | block_is(x, '\r');

		/* the sentinel is the last of them */
		for (; stops != 0; stops &= stops - 1) {
			stop = p + block_place(stops);
			if (stop >= end) {
				c->scan = c->b.n;
				return false;
			}
			if (!pass_stop(c, stop))
				continue;
			c->scan = (size_t)(stop - c->b.p);
			/* a CR may want its LF, which is not there yet */
			return *stop == '\n' || stop + 1 < end || c->eof;
		}
	}
}

/* Lets the row go by, but for what is there when it first is too long. */
static void
skip_long(struct csvrow *c)
{
	if (!c->too_long) {
		c->head.n = 0;
		buf_add(&c->head, c->b.p + c->at, c->scan - c->at);
	}
	c->too_long = true;
	c->at = c->scan;
}

/* The end of line at c->scan goes too. */
static void
pass_end(struct csvrow *c)
{
	const char *p = c->b.p + c->scan;

	if (c->scan < c->b.n) {
		c->scan++;
		if (*p == '\r' && c->scan < c->b.n && p[1] == '\n')
			c->scan++;
	}
	c->at = c->scan;
	c->next_line++;
}

bool
csvrow_next(struct csvrow *c)
{
	c->quotes = c->open = c->too_long = false;
	c->line = c->next_line;
	while (c->b.n == 0 || !find_end(c)) {
		if (c->too_long || c->scan - c->at > mh.max_line)
			skip_long(c);
		if (c->eof)
			break;
		read_block(c);
	}
	if (c->at == c->b.n && !c->too_long)
		return false;
	if (c->scan - c->at > mh.max_line)
		skip_long(c);
	c->row = c->too_long
		     ? buf_view(&c->head)
		     : (struct slice){ c->b.p + c->at, c->scan - c->at };
	pass_end(c);
	return true;
}

void
csvrow_close(struct csvrow *c)
{
	close_file(c);
	buf_free(&c->b);
	buf_free(&c->head);
}
