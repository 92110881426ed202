/* audit_content - what the files hold: records, their hash, rejects. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "auditing.h"
#include "mh.h"
#include "seal.h"

/* Begins to read a file; false if it is not there. */
static bool
open_file(struct in *in, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return false;
	if (fd < 0)
		mh_die(MH_IO, "%s: %s", path, strerror(errno));
	in_open_fd(in, fd, path);
	in->close_fd = true;
	return true;
}

/* The next line, faulty ones too; the audit's progress goes on. */
static struct rec *
next(struct audit *a, struct in *in)
{
	uint64_t before = in->bytes;
	struct rec *r = in_next(in);

	a->s.in.bytes += in->bytes - before;
	if (r != NULL && (++a->s.in.records & 0xfff) == 0)
		stage_progress(&a->s);
	return r;
}

static bool
is_seal(const struct rec *r, uint64_t *count)
{
	struct slice stages;

	return r->fault != NULL && strcmp(r->fault, "reserved") == 0 &&
	       seal_read(r, count, &stages);
}

/* Is there a last line without an end? */
static bool
is_cut(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char last = '\n';
	off_t size;

	if (fd < 0)
		return true;
	size = lseek(fd, 0, SEEK_END);
	if (size > 0 && pread(fd, &last, 1, size - 1) != 1)
		last = '\0';
	close(fd);
	return last != '\n';
}

bool
content_read(struct audit *a, const char *path, struct content *c)
{
	uint64_t count, since = 0;
	bool good = true, last = false;
	struct in in;
	struct rec *r;

	*c = (struct content){ 0 };
	if (!open_file(&in, path))
		return false;
	while ((r = next(a, &in)) != NULL) {
		last = is_seal(r, &count);
		if (last) {
			c->seals++;
			a->s.in.records--;
			good = good && count == since;
			since = 0;
			continue;
		}
		since++;
		if (r->fault != NULL) {
			c->faults++;
			continue;
		}
		c->records++;
		c->hash += table_hash(r->line.p, r->line.n);
	}
	in_close(&in);
	c->sealed = good && last && !is_cut(path);
	return true;
}

void
target_check(struct audit *a, const char *path, const struct made *m)
{
	struct slice none = { NULL, 0 };
	char expected[32], found[32];
	struct content c;

	a->run = m->run;
	a->target = m->target;
	a->targets++;
	if (!content_read(a, path, &c)) {
		audit_find(a, "missing", none, none, "there is no such file");
		return;
	}
	/* gold is plain */
	if (!c.sealed &&
	    (c.seals > 0 || !slice_starts(m->target, SLICE("gold."))))
		audit_find(a, "seal", none, none,
		    "the file does not end with a seal that vouches for it");
	audit_equal(
	    a, "rows", 0, c.faults, "the file has lines that are no records");
	if (!audit_equal(a, "rows", m->rows, c.records,
		"the file has not as many records as were saved") ||
	    m->hash.p == NULL)
		return;
	snprintf(
	    found, sizeof(found), "\"%016llx\"", (unsigned long long)c.hash);
	snprintf(
	    expected, sizeof(expected), "\"%.*s\"", (int)m->hash.n, m->hash.p);
	if (strcmp(expected, found) != 0)
		audit_find(a, "hash", slice_of(expected), slice_of(found),
		    "the file has not the records that were saved");
}

static uint64_t
count_lines(struct audit *a, const char *path)
{
	struct slice severity;
	uint64_t n = 0;
	struct in in;
	struct rec *r;

	if (!open_file(&in, path))
		return 0;
	while ((r = next(a, &in)) != NULL) {
		if (r->fault == NULL && (!rec_text(r, "_severity", &severity) ||
					    !slice_is(severity, "warn")))
			n++;
	}
	in_close(&in);
	return n;
}

/* silver.pedidos.ndjson, silver.pedidos.load.ndjson of silver.pedidos */
static bool
is_rejects_of(const char *file, struct slice target)
{
	struct slice name = slice_of(file), tail = SLICE(".ndjson");

	return slice_starts(name, target) && name.n >= target.n + tail.n &&
	       name.p[target.n] == '.' &&
	       slice_is(
		   (struct slice){ name.p + name.n - tail.n, tail.n }, tail.p);
}

bool
rejects_count(
    struct audit *a, struct slice run, struct slice target, uint64_t *n)
{
	struct buf path = { 0 };
	struct dirent *d;
	size_t head;
	DIR *dir;

	*n = 0;
	buf_fmt(&path, "%s/runs/%.*s/", a->dir, (int)run.n, run.p);
	head = path.n;
	dir = opendir(buf_cstr(&path));
	while (dir != NULL && (d = readdir(dir)) != NULL) {
		if (!is_rejects_of(d->d_name, target))
			continue;
		path.n = head;
		buf_text(&path, d->d_name);
		*n += count_lines(a, buf_cstr(&path));
	}
	if (dir != NULL)
		closedir(dir);
	buf_free(&path);
	return dir != NULL;
}

void
rejects_check(struct audit *a, const struct entry *e)
{
	uint64_t said = 0, kept;
	size_t i;

	/* without a file for its rejects a program ends with another status */
	for (i = 0; i < e->n; i++) {
		if (e->books[i].status == 0)
			said += e->books[i].rejected;
	}
	rejects_count(a, a->run, a->target, &kept);
	/* a program that was killed has said nothing of its rejects */
	if (e->ok || kept < said)
		audit_equal(a, "rejects", said, kept,
		    "the files of its rejects have not as many lines as "
		    "were rejected");
}
