/* audit_open - the open rejects: those of the last run that ran a stage. */
#include <stdio.h>
#include <sys/stat.h>

#include "auditing.h"
#include "mh.h"

static struct opened *
find_open(struct lake *l, struct slice target, bool *added)
{
	uint32_t number = table_put(&l->opens, target, added);

	if (*added) {
		l->open = mem_resize(l->open, l->opens.n, sizeof(*l->open));
		l->open[number] = (struct opened){ 0 };
	}
	return &l->open[number];
}

/* All lines of the target's files in a folder of rejects. */
static uint64_t
count_lines(struct audit *a, const char *folder, struct slice target)
{
	struct list files = list_rejects(a, folder, target);
	struct buf path = { 0 };
	struct content c;
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < files.n; i++) {
		path.n = 0;
		buf_fmt(&path, "%s/%s/%s", a->dir, folder, files.v[i]);
		content_read(a, buf_cstr(&path), &c, NULL);
		n += c.records + c.faults;
	}
	buf_free(&path);
	list_free(&files);
	return n;
}

/* All lines that were open before a run. */
static uint64_t
lines_before(struct lake *l, struct slice target, const struct opened *before)
{
	struct buf folder = { 0 };
	uint64_t n;

	buf_fmt(&folder, "runs/%.*s", (int)before->run.n, before->run.p);
	n = before->rest + count_lines(l->a, buf_cstr(&folder), target);
	buf_free(&folder);
	return n;
}

void
rejects_open_by(struct lake *l, const struct made *m)
{
	bool added;
	struct opened *o = find_open(l, m->target, &added);

	if (m->replays.p == NULL)
		*o = (struct opened){ m->run, 0 };
	else if (slice_eq(m->replays, o->run) || slice_is(m->replays, "none"))
		*o = (struct opened){ m->run, m->skipped };
	else if (o->run.p != NULL)
		/* of older ones: all that were open still are */
		*o = (struct opened){ m->run, lines_before(l, m->target, o) };
}

/* What a file of rejects holds; nothing where there is none. One that is the
 * same file under both names needs no reading. */
static void
check_file(struct audit *a, const struct opened *o, const char *name)
{
	struct buf kept = { 0 }, open = { 0 };
	struct content want, have;
	struct stat one, other;

	buf_fmt(
	    &kept, "%s/runs/%.*s/%s", a->dir, (int)o->run.n, o->run.p, name);
	buf_fmt(&open, "%s/rejects/%s", a->dir, name);
	if (stat(buf_cstr(&kept), &one) != 0 ||
	    stat(buf_cstr(&open), &other) != 0 || one.st_dev != other.st_dev ||
	    one.st_ino != other.st_ino) {
		content_read(a, kept.p, &want, NULL);
		content_read(a, open.p, &have, NULL);
		if (audit_equal(a, "open", want.records + want.faults,
			have.records + have.faults,
			"rejects/%s has not as many lines as that of the run",
			name) &&
		    want.hash != have.hash)
			audit_find(a, "open", (struct slice){ NULL, 0 },
			    (struct slice){ NULL, 0 },
			    "rejects/%s has not the lines of that of the run",
			    name);
	}
	buf_free(&kept);
	buf_free(&open);
}

/* What lies in rejects/ under a name that the run's own files do not have. */
static uint64_t
check_others(struct audit *a, const struct list *own, const char *rest,
    struct slice target)
{
	struct list open = list_rejects(a, "rejects", target);
	struct buf path = { 0 };
	struct content c;
	uint64_t left = 0;
	size_t i;

	for (i = 0; i < open.n; i++) {
		if (list_has(own, open.v[i]))
			continue;
		path.n = 0;
		buf_fmt(&path, "%s/rejects/%s", a->dir, open.v[i]);
		content_read(a, buf_cstr(&path), &c, NULL);
		if (strcmp(open.v[i], rest) == 0)
			left = c.records + c.faults;
		else
			audit_equal(a, "open", 0, c.records + c.faults,
			    "rejects/%s has lines, and the run has none there",
			    open.v[i]);
	}
	buf_free(&path);
	list_free(&open);
	return left;
}

void
rejects_check_opened(
    struct audit *a, struct slice target, const struct opened *o)
{
	struct buf folder = { 0 }, rest = { 0 };
	struct list own;
	size_t i, usual = mh.max_line;

	a->run = o->run;
	a->target = target;
	mh.max_line *= LINE_FACTOR;
	buf_fmt(&folder, "runs/%.*s", (int)o->run.n, o->run.p);
	buf_fmt(&rest, "%.*s.rest.ndjson", (int)target.n, target.p);
	own = list_rejects(a, buf_cstr(&folder), target);
	for (i = 0; i < own.n; i++)
		check_file(a, o, own.v[i]);
	audit_equal(a, "open", o->rest,
	    check_others(a, &own, buf_cstr(&rest), target),
	    "rejects/%s has not as many lines as the replay has left", rest.p);
	mh.max_line = usual;
	list_free(&own);
	buf_free(&folder);
	buf_free(&rest);
}

void
rejects_check_open(struct lake *l, struct slice run)
{
	uint32_t i;

	for (i = 0; i < l->opens.n; i++) {
		const struct opened *o = &l->open[i];

		if (o->run.p != NULL &&
		    (run.p == NULL || slice_eq(o->run, run)))
			rejects_check_opened(l->a, table_key(&l->opens, i), o);
	}
}
