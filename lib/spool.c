/* spool - records put aside in a temporary file. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "json.h"
#include "mh.h"
#include "spool.h"

#define BLOCK ((size_t)256 << 10)

/* Read again by the same process alone: a pointer keeps its meaning. */
struct head {
	uint64_t tag, lineno, n;
	const char *file;
};

static const char *
folder(void)
{
	const char *dir = mh_env("TMPDIR");

	return dir != NULL ? dir : "/tmp";
}

static _Noreturn void
failed(void)
{
	mh_die(MH_IO, "%s: temporary file: %s", folder(), strerror(errno));
}

void
spool_open(struct spool *sp)
{
	struct buf name = { 0 };
	sigset_t all, before;

	*sp = (struct spool){ 0 };
	buf_fmt(&name, "%s/mh-XXXXXX", folder());
	/* no signal ends us while it has a name */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	sp->fd = mkstemp((char *)(uintptr_t)buf_cstr(&name));
	if (sp->fd < 0 || unlink(name.p) != 0)
		mh_die(MH_IO, "%s: %s", name.p, strerror(errno));
	sigprocmask(SIG_SETMASK, &before, NULL);
	buf_free(&name);
}

static void
write_out(struct spool *sp)
{
	size_t done = 0;
	ssize_t n;

	for (; done < sp->b.n; done += (size_t)n) {
		n = write(sp->fd, sp->b.p + done, sp->b.n - done);
		if (n < 0 && errno != EINTR)
			failed();
		n = n < 0 ? 0 : n;
	}
	sp->b.n = 0;
}

uint64_t
spool_add(struct spool *sp, const struct rec *r, uint64_t tag)
{
	struct head h = { tag, r->lineno, r->line.n, r->file };
	uint64_t place = sp->size;

	buf_add(&sp->b, &h, sizeof(h));
	buf_slice(&sp->b, r->line);
	buf_byte(&sp->b, '\n'); /* the scanner's sentinel */
	sp->size += sizeof(h) + r->line.n + 1;
	if (sp->b.n >= BLOCK)
		write_out(sp);
	return place;
}

static void
read_at(const struct spool *sp, char *p, size_t n, uint64_t place)
{
	size_t done = 0;
	ssize_t got;

	for (; done < n; done += (size_t)got) {
		got = pread(sp->fd, p + done, n - done, (off_t)(place + done));
		if (got < 0 && errno == EINTR)
			got = 0;
		else if (got <= 0)
			failed();
	}
}

struct rec *
spool_at(struct spool *sp, uint64_t place)
{
	struct rec *r = &sp->rec;
	struct head h;

	write_out(sp);
	read_at(sp, (char *)&h, sizeof(h), place);
	sp->one.n = 0;
	buf_room(&sp->one, h.n + 1 + JSON_SLACK);
	read_at(sp, sp->one.p, h.n + 1, place + sizeof(h));
	r->line = (struct slice){ sp->one.p, h.n };
	r->file = h.file;
	r->lineno = h.lineno;
	rec_parse(r);
	return r;
}

struct rec *
spool_walk(struct spool *sp, uint64_t *place)
{
	struct rec *r;

	if (*place == sp->size)
		return NULL;
	r = spool_at(sp, *place);
	*place += sizeof(struct head) + r->line.n + 1;
	return r;
}

void
spool_rewind(struct spool *sp)
{
	if (!sp->reading)
		write_out(sp);
	sp->reading = true;
	buf_free(&sp->b);
	spool_seek(sp, 0);
}

void
spool_seek(struct spool *sp, uint64_t place)
{
	sp->at = sp->b.n = 0;
	if (lseek(sp->fd, (off_t)place, SEEK_SET) != (off_t)place)
		failed();
}

/* Has at least n bytes at sp->at; false at the end of the file. */
static bool
fill(struct spool *sp, size_t n)
{
	ssize_t got;

	if (sp->b.n - sp->at >= n)
		return true;
	if (sp->at > 0) {
		sp->b.n -= sp->at;
		memmove(sp->b.p, sp->b.p + sp->at, sp->b.n);
		sp->at = 0;
	}
	while (sp->b.n < n) {
		buf_room(&sp->b, BLOCK + n + JSON_SLACK);
		got = read(sp->fd, sp->b.p + sp->b.n, BLOCK);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			failed();
		if (got == 0)
			return false;
		sp->b.n += (size_t)got;
	}
	return true;
}

static bool
next_line(struct spool *sp, struct head *h, struct slice *line)
{
	if (!fill(sp, sizeof(*h)))
		return false;
	memcpy(h, sp->b.p + sp->at, sizeof(*h));
	sp->at += sizeof(*h);
	if (!fill(sp, h->n + 1))
		failed();
	*line = (struct slice){ sp->b.p + sp->at, h->n };
	sp->at += h->n + 1;
	return true;
}

struct rec *
spool_next(struct spool *sp, uint64_t *tag)
{
	struct rec *r = &sp->rec;
	struct head h;

	if (!next_line(sp, &h, &r->line))
		return NULL;
	r->file = h.file;
	r->lineno = h.lineno;
	*tag = h.tag;
	rec_parse(r);
	return r;
}

bool
spool_next_line(struct spool *sp, struct slice *line, uint64_t *tag)
{
	struct head h;

	if (!next_line(sp, &h, line))
		return false;
	*tag = h.tag;
	return true;
}

void
spool_close(struct spool *sp)
{
	close(sp->fd);
	buf_free(&sp->b);
	buf_free(&sp->one);
	rec_free(&sp->rec);
}
