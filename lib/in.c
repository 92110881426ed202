/* in - records out of files, one after another, and their seals. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "block.h"
#include "in.h"
#include "json.h"
#include "key.h"
#include "mh.h"
#include "seal.h"
#include "utf8.h"

#define BLOCK      ((size_t)256 << 10)
#define LONG_SHOWN 1024 /* bytes of a line too long that a reject shows */
#define MARKS      4    /* a byte order mark and a CR: no part of a line */
#define LONG_KEPT  (LONG_SHOWN + MARKS)

static void
add_size(struct in *in, const char *file, bool *known)
{
	struct stat st;
	int e =
	    strcmp(file, "-") == 0 ? fstat(STDIN_FILENO, &st) : stat(file, &st);

	if (e != 0 || !S_ISREG(st.st_mode))
		*known = false;
	else
		in->size += (uint64_t)st.st_size;
}

void
in_open(struct in *in, char *const *files)
{
	static char *const standard_input[] = { "-", NULL };
	bool known = true;
	size_t i;

	*in = (struct in){ .fd = -1, .must_seal = mh.run != NULL };
	in->files = files[0] != NULL ? files : standard_input;
	for (i = 0; in->files[i] != NULL; i++)
		add_size(in, in->files[i], &known);
	if (!known)
		in->size = 0;
}

static void
begin(struct in *in, int fd, const char *name)
{
	in->fd = fd;
	in->file = name;
	in->lineno = in->since = 0;
	in->must_end = in->must_seal && !in->raw;
	in->sealed = in->eof = false;
	in->begun = true;
	in->b.n = in->at = in->searched = 0;
}

void
in_open_fd(struct in *in, int fd, const char *name)
{
	static char *const none[] = { NULL };

	*in = (struct in){ .raw = true, .files = none };
	begin(in, fd, name);
}

static bool
open_next(struct in *in)
{
	const char *file = *in->files;
	int fd;

	if (file == NULL)
		return false;
	in->files++;
	in->close_fd = strcmp(file, "-") != 0;
	fd = in->close_fd ? open(file, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	if (fd < 0)
		mh_die(MH_IO, "%s: %s", file, strerror(errno));
	begin(in, fd, file);
	return true;
}

/* Reads one more block behind what is there; sets eof at the end. */
static void
read_block(struct in *in)
{
	ssize_t n;

	if (in->at > 0) {
		in->b.n -= in->at;
		in->searched -= in->at;
		memmove(in->b.p, in->b.p + in->at, in->b.n);
		in->at = 0;
	}
	/* room for the block, a sentinel and what the scanner may overread */
	buf_room(&in->b, BLOCK + 1 + JSON_SLACK);
	do
		n = read(in->fd, in->b.p + in->b.n, BLOCK);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		mh_die(MH_IO, "%s: %s", in->file, strerror(errno));
	in->eof = n == 0;
	in->b.n += (size_t)n;
	in->bytes += (uint64_t)n;
	memset(in->b.p + in->b.n, '\n', 1 + JSON_SLACK);
}

/*
 * A line past the limit goes by a block at a time; its beginning stays at
 * in->at for the reject.
 */
static void
skip_long(struct in *in)
{
	if (in->b.n - in->at > LONG_KEPT) {
		in->skipped += in->b.n - in->at - LONG_KEPT;
		in->b.n = in->at + LONG_KEPT;
	}
	in->searched = in->b.n;
}

/*
 * The first line feed at or behind p; what was read has one behind it. *wide
 * gets bits if the bytes before it are not all ASCII.
 */
static const char *
find_feed(const char *p, unsigned *wide)
{
	unsigned feeds;
	struct block x;
	size_t n;

	for (;; p += BLOCK_SIZE) {
		x = block_at(p);
		if ((feeds = block_is(x, '\n')) != 0)
			break;
		*wide |= block_wide(x);
	}
	n = block_place(feeds);
	*wide |= block_wide(x) & block_first(n);
	return p + n;
}

/*
 * The next line into in->rec.line, without its end; *cut says that it had
 * none. False at the end of the file.
 */
static bool
next_line(struct in *in, bool *cut)
{
	unsigned wide = 0;
	const char *lf;

	in->skipped = 0;
	for (;;) {
		if (in->searched < in->b.n) {
			lf = find_feed(in->b.p + in->searched, &wide);
			if (lf < in->b.p + in->b.n)
				break;
		}
		in->searched = in->b.n;
		if (in->skipped > 0 || in->b.n - in->at > mh.max_line + MARKS)
			skip_long(in);
		if (in->eof) {
			if (in->b.n == in->at)
				return false;
			lf = in->b.p + in->b.n;
			break;
		}
		read_block(in);
	}
	*cut = lf == in->b.p + in->b.n;
	in->rec.ascii = wide == 0;
	in->rec.line.p = in->b.p + in->at;
	in->rec.line.n = (size_t)(lf - in->rec.line.p);
	if (in->skipped > 0 && in->rec.line.n > LONG_KEPT) {
		in->skipped += in->rec.line.n - LONG_KEPT;
		in->rec.line.n = LONG_KEPT;
	}
	in->at = (size_t)(lf - in->b.p) + !*cut;
	in->searched = in->at;
	in->lineno++;
	return true;
}

static bool
is_blank(struct slice line)
{
	size_t i;

	if (line.n != 0 && line.p[0] == '{')
		return false;
	for (i = 0; i < line.n; i++) {
		if (strchr(" \t\r\v\f", line.p[i]) == NULL || line.p[i] == '\0')
			return false;
	}
	return true;
}

/* Takes a mark at the start of the file and a CR at the line's end off. */
static void
trim_line(struct in *in)
{
	struct slice *line = &in->rec.line;

	if (in->lineno == 1 && slice_starts(*line, SLICE("\xef\xbb\xbf"))) {
		line->p += 3;
		line->n -= 3;
	}
	if (line->n > 0 && line->p[line->n - 1] == '\r') {
		line->n--;
		/* the line still needs its sentinel right behind it */
		in->b.p[line->p + line->n - in->b.p] = '\n';
	}
}

static void
check_line(struct in *in)
{
	struct rec *r = &in->rec;

	if (in->skipped > 0 || r->line.n > mh.max_line) {
		r->fault = "too_long";
		r->n = 0;
		if (r->line.n > LONG_SHOWN)
			r->line.n = LONG_SHOWN;
		return;
	}
	/* without a tab it is no record yet */
	if (in->keyed && !key_take_off(&r->line)) {
		r->fault = "json";
		r->n = 0;
		return;
	}
	rec_parse(r);
}

/* A control line: checks its promise, keeps its stages. */
static bool
take_seal(struct in *in)
{
	struct slice stages;
	uint64_t count;

	if (in->raw || in->keyed || in->rec.fault == NULL ||
	    strcmp(in->rec.fault, "reserved") != 0 ||
	    !seal_read(&in->rec, &count, &stages))
		return false;
	if (count != in->since)
		mh_die(MH_DATA,
		    "%s: line %llu: the seal speaks of %llu records, "
		    "but %llu came",
		    in->file, (unsigned long long)in->lineno,
		    (unsigned long long)count, (unsigned long long)in->since);
	in->since = 0;
	/* one seal makes the whole file a sealed stream */
	in->sealed = in->must_end = true;
	if (in->seals++ > 0)
		buf_byte(&in->stages, ',');
	buf_slice(&in->stages, stages);
	return true;
}

static void
end_file(struct in *in)
{
	if (in->must_end && !in->sealed)
		mh_die(MH_DATA,
		    "%s: line %llu: the stream ends without a seal: "
		    "whoever wrote it did not finish, or is no mh program "
		    "and goes through mh-wrap",
		    in->file, (unsigned long long)in->lineno);
	if (in->close_fd)
		close(in->fd);
	in->begun = false;
}

struct rec *
in_next(struct in *in)
{
	struct rec *r = &in->rec;
	bool cut;

	for (;;) {
		if (!in->begun && !open_next(in))
			return NULL;
		if (!next_line(in, &cut)) {
			end_file(in);
			continue;
		}
		trim_line(in);
		if (in->skipped == 0 && is_blank(r->line)) {
			in->blank++;
			continue;
		}
		r->file = in->file;
		r->lineno = in->lineno;
		check_line(in);
		if (r->fault != NULL && !cut && take_seal(in))
			continue;
		/* a cut line is no proof of anything but a broken writer */
		if (cut && (in->must_end || in->whole))
			mh_die(MH_DATA, "%s: line %llu: the last line is cut",
			    in->file, (unsigned long long)in->lineno);
		in->sealed = false;
		in->since++;
		in->records++;
		return r;
	}
}

struct rec *
in_next_good(struct in *in)
{
	struct rec *r = in_next(in);

	if (r != NULL && r->fault != NULL)
		mh_die(MH_DATA, "%s: line %llu: %s", r->file,
		    (unsigned long long)r->lineno, r->fault);
	return r;
}

void
in_close(struct in *in)
{
	if (in->begun && in->close_fd)
		close(in->fd);
	buf_free(&in->b);
	buf_free(&in->stages);
	rec_free(&in->rec);
}
