/* in - lines come out whole, whatever pieces they come in. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "in.h"
#include "mh.h"
#include "tap.h"

#define BLOCK ((size_t)256 << 10) /* what in.c reads at once */

/* A pipe that a child fills with the text, `piece` bytes a time. */
static int
in_pieces(struct slice text, size_t piece, pid_t *writer)
{
	int ends[2];
	size_t n;

	if (pipe(ends) != 0 || (*writer = fork()) < 0)
		exit(1);
	if (*writer != 0) {
		close(ends[1]);
		return ends[0];
	}
	close(ends[0]);
	for (; text.n > 0; text.p += n, text.n -= n) {
		n = text.n < piece ? text.n : piece;
		if (write(ends[1], text.p, n) != (ssize_t)n)
			_exit(1);
	}
	_exit(0);
}

/* {"n":I,"x":"....."}, `size` bytes long. */
static void
put_line(struct buf *b, size_t i, size_t size)
{
	size_t start = b->n;

	buf_fmt(b, "{\"n\":%zu,\"x\":\"", i);
	while (b->n - start < size - 2)
		buf_byte(b, (char)('a' + (b->n - start) % 26));
	buf_text(b, "\"}");
}

/* Is the text read as these lines, of these sizes, in these pieces? */
static bool
reads(struct slice text, const size_t *sizes, size_t n, size_t piece)
{
	struct buf want = { 0 };
	struct in in;
	struct rec *r;
	bool good = true;
	size_t i = 0;
	pid_t writer;
	int fd = in_pieces(text, piece, &writer);

	in_open_fd(&in, fd, "a pipe");
	for (; (r = in_next(&in)) != NULL; i++) {
		if (i >= n)
			break;
		want.n = 0;
		put_line(&want, i, sizes[i]);
		good = good && r->fault == NULL && r->lineno == i + 1 &&
		       r->n == 2 && slice_eq(r->line, buf_view(&want));
	}
	good = good && r == NULL && i == n && in.records == n &&
	       in.bytes == text.n;
	in_close(&in);
	close(fd);
	waitpid(writer, NULL, 0);
	buf_free(&want);
	return good;
}

static void
test_pieces(void)
{
	static const size_t pieces[] = { 1, 7, 1000, 4096, 65537 };
	struct buf text = { 0 };
	size_t sizes[400], i, n = 0;

	for (n = 0; n < 400; n++) {
		sizes[n] = 20 + n * 37 % 301;
		put_line(&text, n, sizes[n]);
		buf_text(&text, n % 3 == 0 ? "\r\n" : "\n");
	}
	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
		OK(reads(buf_view(&text), sizes, n, pieces[i]));
	/* the last line without its end */
	text.n--;
	OK(reads(buf_view(&text), sizes, n, 1000));
	buf_free(&text);
}

/* A first line that ends just before, at and behind the end of a block. */
static void
test_blocks(void)
{
	static const char *const ends[] = { "\n", "\r\n" };
	struct buf text = { 0 };
	size_t blocks, e;
	int off;

	mh.max_line = 3 * BLOCK;
	for (blocks = 1; blocks <= 2; blocks++) {
		for (off = -3; off <= 3; off++) {
			for (e = 0; e < 2; e++) {
				size_t sizes[2] = {
					(size_t)((int)(blocks * BLOCK) + off),
					40
				};

				text.n = 0;
				put_line(&text, 0, sizes[0]);
				buf_text(&text, ends[e]);
				put_line(&text, 1, sizes[1]);
				buf_text(&text, ends[e]);
				OK(reads(buf_view(&text), sizes, 2, BLOCK));
			}
		}
	}
	buf_free(&text);
}

/* The faults of the lines of a text that comes in pieces, "-" for none. */
static void
faults(struct buf *out, struct slice text, size_t piece)
{
	struct in in;
	struct rec *r;
	pid_t writer;
	int fd = in_pieces(text, piece, &writer);

	out->n = 0;
	in_open_fd(&in, fd, "a pipe");
	while ((r = in_next(&in)) != NULL)
		buf_fmt(out, "%s %zu ", r->fault != NULL ? r->fault : "-",
		    r->line.n);
	in_close(&in);
	close(fd);
	waitpid(writer, NULL, 0);
}

/*
 * The limit is that of the line itself: a mark at the file's start and a CR
 * at the line's end do not count, wherever a piece ends.
 */
static void
test_limit(void)
{
	static const char *const heads[] = { "", "\xef\xbb\xbf" };
	static const char *const ends[] = { "\n", "\r\n", "" };
	struct buf text = { 0 }, got = { 0 };
	size_t h, e, size, piece;

	mh.max_line = 2000;
	for (size = 2000; size <= 2001; size++) {
		for (h = 0; h < 2; h++) {
			for (e = 0; e < 3; e++) {
				text.n = 0;
				buf_text(&text, heads[h]);
				put_line(&text, 0, size);
				buf_text(&text, ends[e]);
				for (piece = 1999; piece < 2006; piece++) {
					faults(&got, buf_view(&text), piece);
					IS(got.p, got.n,
					    size == 2000 ? "- 2000 "
							 : "too_long 1024 ",
					    "the limit");
				}
			}
		}
	}
	buf_free(&text);
	buf_free(&got);
}

/* Lines far too long go by; those between them are not touched. */
static void
test_skipping(void)
{
	struct buf text = { 0 }, got = { 0 };
	size_t i;

	mh.max_line = 100;
	for (i = 0; i < 3; i++) {
		put_line(&text, i, 100);
		buf_byte(&text, '\n');
		put_line(&text, i, 101 + i * 3 * BLOCK);
		buf_text(&text, "\r\n");
	}
	put_line(&text, i, 2000);
	faults(&got, buf_view(&text), 5000);
	IS(got.p, got.n,
	    "- 100 too_long 101 - 100 too_long 1024 - 100 too_long 1024 "
	    "too_long 1024 ",
	    "skipped");
	buf_free(&text);
	buf_free(&got);
}

static void
test_blank(void)
{
	struct in in;
	pid_t writer;
	int fd = in_pieces(SLICE("\n \t\r\n{}\n\n\n{}\n  "), 1, &writer);

	in_open_fd(&in, fd, "a pipe");
	OK(in_next(&in) != NULL && in.rec.lineno == 3);
	OK(in_next(&in) != NULL && in.rec.lineno == 6);
	OK(in_next(&in) == NULL && in.blank == 5 && in.records == 2);
	in_close(&in);
	close(fd);
	waitpid(writer, NULL, 0);
}

/* A byte that is no UTF-8, wherever it stands, is of its own line alone. */
static void
test_wide(void)
{
	struct buf text = { 0 }, want = { 0 }, got = { 0 };
	size_t i;

	for (i = 0; i < 200; i++) {
		size_t size = 17 + i, start = text.n;
		bool bad = i % 3 == 1;

		put_line(&text, i, size);
		/* of the letters between the quotes */
		if (i % 3 != 0)
			memcpy(text.p + text.n - 4 - i % (size - 17),
			    bad ? "\xc3x" : "\xc3\xa9", 2);
		buf_byte(&text, '\n');
		buf_fmt(
		    &want, "%s %zu ", bad ? "utf8" : "-", text.n - 1 - start);
	}
	faults(&got, buf_view(&text), 1000);
	OK(slice_eq(buf_view(&got), buf_view(&want)));
	faults(&got, buf_view(&text), 17);
	OK(slice_eq(buf_view(&got), buf_view(&want)));
	buf_free(&text);
	buf_free(&want);
	buf_free(&got);
}

int
main(void)
{
	mh_init("in.t", "", 0);
	mh.run = NULL;
	test_pieces();
	test_wide();
	test_blocks();
	test_limit();
	test_skipping();
	test_blank();
	return tap_done();
}
