/* audit_lake - the record of a run, and what all of them have made. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "auditing.h"
#include "mh.h"

static void
fault(struct lake *l, uint64_t line, const char *what)
{
	struct slice none = { NULL, 0 };

	if (l->checking)
		audit_find(l->a, "record", none, none, "line %llu: %s",
		    (unsigned long long)line, what);
}

/* What the last program kept in its place: a table, or a file. */
static void
note_made(struct lake *l, const struct entry *e)
{
	const struct book *last = e->n > 0 ? &e->books[e->n - 1] : NULL;
	struct made *m;
	size_t i;

	if (e->ok && last != NULL && l->checking && !l->a->records_only)
		l->a->loaded |= slice_is(last->tool, "mh-load");
	if (!e->ok || last == NULL ||
	    !slice_is(last->tool, l->a->records_only ? "mh-load" : "mh-save"))
		return;
	if (l->n == l->cap) {
		l->cap += 16;
		l->now = mem_resize(l->now, l->cap, sizeof(*l->now));
	}
	m = &l->now[l->n++];
	*m = (struct made){ .target = l->a->target, .run = l->a->run };
	m->rows = last->out;
	m->book = arena_keep(&l->kept, last->rec.line);
	m->books = arena_keep(&l->kept, e->all);
	if (e->replays.p != NULL) {
		m->replays = arena_keep(&l->kept, e->replays);
		/* others may have finished first: readers of references */
		for (i = 0; i < e->n; i++) {
			if (slice_is(e->books[i].tool, "mh-rejects"))
				m->skipped =
				    book_count(&e->books[i], "skipped");
		}
	}
	if (last->hash.p != NULL)
		m->hash = arena_keep(&l->kept, last->hash);
}

static void
take_stage(struct lake *l, const struct rec *r)
{
	struct buf name = { 0 };
	struct entry *e = &l->e;
	bool added;

	if (!entry_read(e, r)) {
		fault(
		    l, r->lineno, "the stage lacks members, or they are wrong");
		return;
	}
	buf_fmt(&name, "%.*s.%.*s", (int)e->layer.n, e->layer.p, (int)e->name.n,
	    e->name.p);
	l->a->target = arena_keep(&l->kept, buf_view(&name));
	table_put(&l->seen, l->a->target, &added);
	buf_free(&name);
	if (!added)
		fault(l, r->lineno, "the stage is there twice");
	if (l->checking) {
		entry_check(l->a, e);
		rejects_check(l->a, e);
		if (!l->a->records_only)
			lineage_check(l, e);
	}
	l->failed |= !e->ok;
	note_made(l, e);
	l->a->target.p = NULL;
}

static void
take_line(struct lake *l, const struct rec *r)
{
	struct slice run, began;

	if (!rec_text(r, "run", &run) || !slice_eq(run, l->a->run))
		fault(l, r->lineno, "not of this run");
	if (l->ended)
		fault(l, r->lineno, "the run has ended before");
	if (rec_find(r, SLICE("began")) < r->n) {
		if (l->began.p != NULL || r->lineno != 1)
			fault(l, r->lineno, "the run has begun before");
		if (rec_text(r, "began", &began))
			l->began = arena_keep(&l->kept, began);
	} else if (rec_find(r, SLICE("end")) < r->n) {
		l->ended = rec_count(r, "end", &l->end);
		if (!l->ended)
			fault(l, r->lineno, "the end is no exit status");
	} else if (rec_find(r, SLICE("stage")) < r->n) {
		take_stage(l, r);
	} else {
		fault(l, r->lineno,
		    "neither the begin nor the end of a run, nor a stage");
	}
}

/* Does the switch show this run? */
static bool
is_current(const struct audit *a, struct slice run)
{
	return run.n > 0 && slice_eq(buf_view(&a->current), run);
}

/* A bronze file is there for ever, and silver may be made of it later. Before
 * it gets its name, it lies beside what the run has made. */
static void
publish_bronze(struct lake *l, const struct made *m, struct slice name)
{
	struct buf key = { 0 };
	size_t dir;
	bool added;

	buf_fmt(&key, "%.*s ", (int)m->target.n, m->target.p);
	buf_slice(&key, m->hash);
	table_put(&l->hashes, buf_view(&key), &added);
	key.n = 0;
	buf_fmt(&key, "%s/", l->a->dir);
	dir = key.n;
	buf_fmt(&key, "bronze/%.*s/%.*s.ndjson", (int)name.n, name.p,
	    (int)m->run.n, m->run.p);
	table_put(
	    &l->files, (struct slice){ key.p + dir, key.n - dir }, &added);
	if (!l->ended && access(buf_cstr(&key), F_OK) != 0) {
		key.n = dir;
		buf_fmt(
		    &key, "current/bronze/%.*s.ndjson", (int)name.n, name.p);
	}
	if (l->checking)
		target_check(l->a, buf_cstr(&key), m);
	buf_free(&key);
}

static bool
is_published(const struct lake *l)
{
	return l->ended ? l->end == 0 : is_current(l->a, l->a->run);
}

/* What the run made is there now. */
static void
publish(struct lake *l)
{
	uint32_t number;
	bool added;
	size_t i;

	for (i = 0; i < l->n; i++) {
		const struct made *m = &l->now[i];
		struct slice name = m->target, layer = { NULL, 0 };

		rejects_open_by(l, m);
		slice_split(&name, '.', &layer);
		if (slice_is(layer, "bronze")) {
			publish_bronze(l, m, name);
			continue;
		}
		number = table_put(&l->targets, m->target, &added);
		if (added)
			l->newest = mem_resize(
			    l->newest, l->targets.n, sizeof(*l->newest));
		l->newest[number] = *m;
	}
}

static bool
ends_cut(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char last;

	return size > 0 && pread(fd, &last, 1, size - 1) == 1 && last != '\n';
}

bool
run_published(const struct audit *a, const char *name)
{
	char tail[4096 + 1];
	struct buf path = { 0 }, copy = { 0 };
	struct rec r = { 0 };
	uint64_t end;
	const char *lf;
	bool published;
	ssize_t n = 0;
	off_t size;
	int fd;

	buf_fmt(&path, "%s/runs/%s.ndjson", a->dir, name);
	fd = open(buf_cstr(&path), O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && (size = lseek(fd, 0, SEEK_END)) > 0)
		n = pread(fd, tail, 4096, size > 4096 ? size - 4096 : 0);
	if (fd >= 0)
		close(fd);
	if (n > 0 && tail[n - 1] == '\n')
		n--;
	tail[n > 0 ? n : 0] = '\0';
	lf = strrchr(tail, '\n');
	/* one that died behind the switch has not said how it ended */
	if (rec_from(&r, &copy, slice_of(lf != NULL ? lf + 1 : tail)) &&
	    rec_find(&r, SLICE("end")) < r.n)
		published = rec_count(&r, "end", &end) && end == 0;
	else
		published = is_current(a, slice_of(name));
	rec_free(&r);
	buf_free(&copy);
	buf_free(&path);
	return published;
}

static void
forget_run(struct lake *l)
{
	table_free(&l->seen);
	l->seen = (struct table){ 0 };
	l->n = 0;
	l->ended = l->failed = false;
	l->began.p = NULL;
	l->end = 0;
}

/* A line that is no record stops nothing. The last one of a run that was
 * killed, or of a disk that was full, may be cut: nobody relied on it. */
static void
read_lines(struct lake *l, int fd, const char *path)
{
	uint64_t bad = 0;
	struct in in;
	struct rec *r;

	in_open_fd(&in, fd, path);
	while ((r = in_next(&in)) != NULL) {
		if (bad != 0)
			fault(l, bad, "this is no record");
		bad = r->fault != NULL ? r->lineno : 0;
		if (bad == 0)
			take_line(l, r);
	}
	if (bad != 0 && !l->ended && ends_cut(fd)) {
		if (l->checking && !mh.quiet)
			mh_warn("%s: line %llu: the last line is cut, the "
				"run was killed",
			    path, (unsigned long long)bad);
	} else if (bad != 0) {
		fault(l, bad, "this is no record");
	}
	in_close(&in);
}

bool
lake_read(struct lake *l, const char *name)
{
	struct buf path = { 0 };
	int fd;

	buf_fmt(&path, "%s/runs/%s.ndjson", l->a->dir, name);
	fd = open(buf_cstr(&path), O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno != ENOENT && errno != ENOTDIR)
		mh_die(MH_IO, "%s: %s", path.p, strerror(errno));
	if (fd >= 0) {
		forget_run(l);
		l->a->run = arena_keep(&l->kept, slice_of(name));
		l->a->target.p = NULL;
		read_lines(l, fd, path.p);
		close(fd);
		if (l->checking && l->failed && l->ended && l->end == 0)
			audit_find(l->a, "record", (struct slice){ NULL, 0 },
			    (struct slice){ NULL, 0 },
			    "the run ended well, but not all of its stages");
		if (l->began.p == NULL)
			fault(
			    l, 1, "the record does not say when the run began");
		if (!l->a->records_only && is_published(l))
			publish(l);
	}
	buf_free(&path);
	return fd >= 0;
}

void
lake_free(struct lake *l)
{
	size_t i;

	for (i = 0; i < l->e.cap; i++)
		book_free(&l->e.books[i]);
	free(l->e.books);
	free(l->now);
	free(l->newest);
	free(l->open);
	table_free(&l->seen);
	table_free(&l->targets);
	table_free(&l->hashes);
	table_free(&l->files);
	table_free(&l->opens);
	arena_free(&l->kept);
}
