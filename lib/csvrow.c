/* csvrow - the rows of CSV files, as bytes. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

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
	buf_room(&c->b, BLOCK + 1);
	do
		n = read(c->fd, c->b.p + c->b.n, BLOCK);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		mh_die(MH_IO, "%s: %s", c->file, strerror(errno));
	c->eof = n == 0;
	c->b.n += (size_t)n;
	c->in->bytes += (uint64_t)n;
	/* where the scan stops at the latest */
	c->b.p[c->b.n] = '\n';
}

/*
 * Moves c->scan to the row's end. False if it is not there yet; the scan
 * goes on from where it stopped.
 */
static bool
find_end(struct csvrow *c)
{
	static const bool stops[256] = {
		['"'] = true, ['\n'] = true, ['\r'] = true
	};
	const char *p, *end = c->b.p + c->b.n;
	bool found = false;

	for (p = c->b.p + c->scan;; p++) {
		while (!stops[(unsigned char)*p])
			p++;
		if (p == end)
			break;
		if (*p == '"') {
			c->open = !c->open;
			c->quotes = true;
		} else if (c->open) {
			c->next_line += *p == '\n';
		} else {
			/* a CR may want its LF, which is not there yet */
			found = *p == '\n' || p + 1 < end || c->eof;
			break;
		}
	}
	c->scan = (size_t)(p - c->b.p);
	return found;
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
