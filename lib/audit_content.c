/* audit_content - what the files hold: records, their hash, their seal. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "auditing.h"
#include "mh.h"
#include "seal.h"

bool
content_open(struct in *in, const char *path)
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

struct rec *
content_next(struct audit *a, struct in *in)
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
content_read(
    struct audit *a, const char *path, struct content *c, struct buf *seal)
{
	uint64_t count, since = 0;
	bool good = true, last = false;
	struct in in;
	struct rec *r;

	*c = (struct content){ 0 };
	if (!content_open(&in, path))
		return false;
	while ((r = content_next(a, &in)) != NULL) {
		last = is_seal(r, &count);
		if (last) {
			c->seals++;
			if (seal != NULL) {
				seal->n = 0;
				buf_slice(seal, r->line);
			}
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

/* The seal of `m` says what mh-save said of itself and of those before it. */
static bool
seal_is(const struct made *m, struct slice line)
{
	struct book b = { 0 };
	struct rec r = { 0 }, last = { 0 };
	struct buf copy = { 0 }, other = { 0 }, want = { 0 };
	struct slice run, stages, lists;
	uint64_t n;
	bool good;

	rec_from(&r, &copy, line);
	good = seal_read(&r, &n, &stages) && rec_text(&r, "run", &run) &&
	       slice_eq(run, m->run) && book_read(&b, m->book) &&
	       rec_from(&last, &other, array_last(stages)) &&
	       book_same(&last, &b) && b.upstream.p[0] == '[';
	if (good) {
		lists = b.upstream;
		lists.p++;
		lists.n -= 2;
		seal_put_stages(&want, lists, b.in, last.line);
		good = slice_eq(stages, buf_view(&want));
	}
	book_free(&b);
	rec_free(&r);
	rec_free(&last);
	buf_free(&copy);
	buf_free(&other);
	buf_free(&want);
	return good;
}

static void
check_seal(struct audit *a, const struct made *m, const struct content *c,
    struct slice seal)
{
	struct slice none = { NULL, 0 };

	/* gold is plain */
	if (c->seals == 0 && slice_starts(m->target, SLICE("gold.")))
		return;
	if (!c->sealed)
		audit_find(a, "seal", none, none,
		    "the file does not end with a seal that vouches for it");
	else if (!seal_is(m, seal))
		audit_find(a, "seal", none, none,
		    "the file's seal is not what its run's record says");
}

static void
check_hash(struct audit *a, const struct made *m, const struct content *c)
{
	char expected[32], found[32];

	snprintf(
	    found, sizeof(found), "\"%016llx\"", (unsigned long long)c->hash);
	snprintf(
	    expected, sizeof(expected), "\"%.*s\"", (int)m->hash.n, m->hash.p);
	if (strcmp(expected, found) != 0)
		audit_find(a, "hash", slice_of(expected), slice_of(found),
		    "the file has not the records that were saved");
}

void
target_check(struct audit *a, const char *path, const struct made *m)
{
	struct slice none = { NULL, 0 };
	struct buf seal = { 0 };
	struct content c;

	a->run = m->run;
	a->target = m->target;
	a->targets++;
	if (!content_read(a, path, &c, &seal)) {
		audit_find(a, "missing", none, none, "there is no such file");
		return;
	}
	check_seal(a, m, &c, buf_view(&seal));
	audit_equal(
	    a, "rows", 0, c.faults, "the file has lines that are no records");
	if (audit_equal(a, "rows", m->rows, c.records,
		"the file has not as many records as were saved") &&
	    m->hash.p != NULL)
		check_hash(a, m, &c);
	buf_free(&seal);
}
