/* out - a stream of records on its way out. */
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "mh.h"
#include "out.h"

#define PIPE_ROOM (1 << 20)

void
out_open(struct out *o, int fd, const char *name)
{
	*o = (struct out){ .fd = fd, .name = name };
	/* or the next file or socket to be opened would be written to */
	if (fcntl(fd, F_GETFD) < 0)
		mh_die(MH_IO, "%s: %s", name, strerror(errno));
#ifdef F_SETPIPE_SZ
	/* fewer switches between the two ends; refused for other files */
	if (fcntl(fd, F_SETPIPE_SZ, PIPE_ROOM) < 0)
		errno = 0;
#endif
	buf_room(&o->b, OUT_BLOCK + (OUT_BLOCK >> 2));
}

void
out_create(struct out *o, const char *file)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	if (fd < 0)
		mh_die(MH_IO, "%s: %s", file, strerror(errno));
	out_open(o, fd, file);
}

static void
write_all(struct out *o, size_t n)
{
	size_t done = 0;
	ssize_t w;

	while (done < n) {
		w = write(o->fd, o->b.p + done, n - done);
		if (w < 0 && errno == EINTR)
			continue;
		if (w < 0)
			mh_die(MH_IO, "%s: %s", o->name, strerror(errno));
		done += (size_t)w;
	}
}

static void
put_key(struct out *o)
{
	size_t n = o->b.n - o->line;
	struct slice key =
	    key_read_line(o->key, (struct slice){ o->b.p + o->line, n });
	char *line;

	buf_room(&o->b, key.n + 2);
	line = o->b.p + o->line;
	memmove(line + key.n + 1, line, n);
	memcpy(line, key.p, key.n);
	line[key.n] = '\t';
	o->b.n += key.n + 1;
	o->line = o->b.n + 1;
}

void
out_end(struct out *o)
{
	if (o->key != NULL)
		put_key(o);
	buf_byte(&o->b, '\n');
	o->records++;
	if (o->b.n >= OUT_BLOCK || o->unbuffered)
		out_flush(o);
}

void
out_rec(struct out *o, const struct rec *r)
{
	rec_put(&o->b, r);
	out_end(o);
}

void
out_flush(struct out *o)
{
	write_all(o, o->b.n);
	o->b.n = o->line = 0;
}

void
out_close(struct out *o)
{
	out_flush(o);
	/* a file system may speak of a full disk only now */
	if (close(o->fd) != 0 && errno != EINTR)
		mh_die(MH_IO, "%s: %s", o->name, strerror(errno));
	buf_free(&o->b);
}
