/* audit_directory - a lakehouse that is a directory. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "auditing.h"
#include "mh.h"

/* The lock that a run at work holds; ours goes with the program. */
void
audit_lock(const struct audit *a)
{
	struct buf path = { 0 };
	int fd;

	buf_fmt(&path, "%s/.lock", a->dir);
	fd = open(buf_cstr(&path), O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0)
		mh_die(MH_TEMP, "%s: a run is at work", a->dir);
	buf_free(&path);
}

/* The last run that was published; NULL if none was. */
static const char *
last_published(const struct audit *a, const struct list *runs)
{
	size_t i = runs->n;

	while (i-- > 0) {
		if (run_published(a, runs->v[i]))
			return runs->v[i];
	}
	return NULL;
}

static const char *
choose(struct audit *a, const struct list *runs, const char *last)
{
	if (runs->n == 0)
		mh_die(MH_CONFIG, "%s: no lakehouse: there are no runs in it",
		    a->dir);
	if (a->wanted != NULL && !list_has(runs, a->wanted))
		mh_die(MH_CONFIG, "%s: no run %s", a->dir, a->wanted);
	if (a->wanted == NULL && !a->all && last == NULL)
		mh_die(MH_CONFIG,
		    "%s: no run was published; --all audits what there is",
		    a->dir);
	return a->wanted != NULL ? a->wanted : last;
}

/* What the data of silver and gold must be is what its last run made. */
static void
check_newest(struct lake *l, const char *chosen)
{
	struct buf path = { 0 };
	size_t i;

	for (i = 0; i < l->targets.n; i++) {
		const struct made *m = &l->newest[i];
		struct slice name = m->target, layer = { NULL, 0 };

		if (!l->a->all && !slice_is(m->run, chosen))
			continue;
		slice_split(&name, '.', &layer);
		path.n = 0;
		buf_fmt(&path, "%s/%.*s/%.*s.ndjson", l->a->dir, (int)layer.n,
		    layer.p, (int)name.n, name.p);
		target_check(l->a, buf_cstr(&path), m);
	}
	buf_free(&path);
}

static void
find_unknown(
    struct audit *a, const char *folder, const char *name, const char *what)
{
	struct slice none = { NULL, 0 };
	struct buf target = { 0 };

	buf_fmt(&target, "%s/%s", folder, name);
	a->run.p = NULL;
	a->target = buf_view(&target);
	audit_find(a, "unknown", none, none, "%s", what);
	a->target.p = NULL;
	buf_free(&target);
}

/* Files of silver and gold that no run has made. */
static void
check_layer(struct lake *l, const char *layer)
{
	struct list files = list_under(l->a, layer);
	struct slice name;
	struct buf target = { 0 };
	size_t i;

	for (i = 0; i < files.n; i++) {
		target.n = 0;
		buf_fmt(&target, "%s.%s", layer, files.v[i]);
		name = buf_view(&target);
		if (!list_cut_ending(&name) ||
		    table_find(&l->targets, name) == TABLE_NONE)
			find_unknown(l->a, layer, files.v[i],
			    "a file that no run has made");
	}
	buf_free(&target);
	list_free(&files);
}

static void
check_bronze(struct lake *l)
{
	struct list names = list_under(l->a, "bronze");
	struct buf folder = { 0 }, file = { 0 };
	size_t i, j;

	for (i = 0; i < names.n; i++) {
		struct list files;

		folder.n = 0;
		buf_fmt(&folder, "bronze/%s", names.v[i]);
		files = list_under(l->a, buf_cstr(&folder));
		for (j = 0; j < files.n; j++) {
			file.n = 0;
			buf_fmt(&file, "%s/%s", folder.p, files.v[j]);
			if (table_find(&l->files, buf_view(&file)) ==
			    TABLE_NONE)
				find_unknown(l->a, folder.p, files.v[j],
				    "a file that no published run has made");
		}
		list_free(&files);
	}
	buf_free(&folder);
	buf_free(&file);
	list_free(&names);
}

/* Is it the name of a file of rejects that could be open? */
static bool
is_open(const struct lake *l, const char *file)
{
	struct slice rest = slice_of(file), piece, target = rest;

	if (!slice_split(&rest, '.', &piece) ||
	    !slice_split(&rest, '.', &piece) || rest.p == NULL)
		return false;
	target.n = (size_t)(piece.p + piece.n - target.p);
	return table_find(&l->opens, target) != TABLE_NONE;
}

/* Rejects whose run has no record, and open ones of no run. */
static void
check_rejects(struct lake *l, const struct list *runs)
{
	struct list names = list_under(l->a, "runs");
	size_t i;

	for (i = 0; i < names.n; i++) {
		struct slice name = slice_of(names.v[i]);

		if (!list_cut_ending(&name) && !list_has(runs, names.v[i]))
			find_unknown(l->a, "runs", names.v[i],
			    "rejects of a run without a record");
	}
	list_free(&names);
	names = list_under(l->a, "rejects");
	for (i = 0; i < names.n; i++) {
		if (!is_open(l, names.v[i]))
			find_unknown(l->a, "rejects", names.v[i],
			    "rejects of a stage that no run has made");
	}
	list_free(&names);
}

/* The last part of the path that the switch holds; none if it is no link. */
void
audit_find_current(struct audit *a)
{
	struct buf path = { 0 };
	char to[4096];
	const char *slash;
	ssize_t n;

	buf_fmt(&path, "%s/current", a->dir);
	n = readlink(buf_cstr(&path), to, sizeof(to) - 1);
	to[n > 0 ? n : 0] = '\0';
	slash = strrchr(to, '/');
	buf_text(&a->current, slash != NULL ? slash + 1 : to);
	buf_free(&path);
}

/* The switch shows the last run that was published. */
static void
check_current(struct audit *a, const char *last)
{
	struct buf want = { 0 }, have = { 0 };
	const char *run = buf_cstr(&a->current);

	if (strcmp(run, last != NULL ? last : "") == 0)
		return;
	/* what is asked of one run is no question about others */
	if (a->wanted != NULL && strcmp(run, a->wanted) != 0 &&
	    (last == NULL || strcmp(last, a->wanted) != 0))
		return;
	audit_quote(&want, slice_of(last != NULL ? last : ""));
	audit_quote(&have, slice_of(run));
	a->run.p = a->target.p = NULL;
	audit_find(a, "current", last != NULL ? buf_view(&want) : SLICE("null"),
	    *run != '\0' ? buf_view(&have) : SLICE("null"),
	    "current does not lead to the last run that was published");
	buf_free(&want);
	buf_free(&have);
}

/* Is there data elsewhere? */
static void
check_loaded(const struct audit *a)
{
	if (a->loaded && a->targets == 0 && a->s.out.records == 0)
		mh_die(MH_CONFIG,
		    "%s: its runs loaded a database; LAKEHOUSE_URL says which",
		    a->dir);
	if (a->loaded && !mh.quiet)
		mh_warn("%s: some of its runs loaded a database, which is not "
			"audited without LAKEHOUSE_URL",
		    a->dir);
}

void
audit_directory(struct audit *a)
{
	struct lake l = { .a = a };
	const char *last, *chosen;
	struct list runs;
	size_t i;

	audit_lock(a);
	audit_find_current(a);
	runs = list_runs(a);
	last = last_published(a, &runs);
	chosen = choose(a, &runs, last);
	for (i = 0; i < runs.n; i++) {
		l.checking = a->all || strcmp(runs.v[i], chosen) == 0;
		a->runs += l.checking;
		lake_read(&l, runs.v[i]);
	}
	check_newest(&l, chosen);
	rejects_check_open(
	    &l, a->all ? (struct slice){ NULL, 0 } : slice_of(chosen));
	check_loaded(a);
	check_current(a, last);
	if (a->wanted == NULL) {
		check_layer(&l, "silver");
		check_layer(&l, "gold");
		check_bronze(&l);
		check_rejects(&l, &runs);
	}
	a->run.p = a->target.p = NULL;
	lake_free(&l);
	list_free(&runs);
	buf_free(&a->current);
}
