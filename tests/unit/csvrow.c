/* csvrow: where rows begin and end. */
#include <stdlib.h>
#include <unistd.h>

#include "csvrow.h"
#include "mh.h"
#include "tap.h"

#define BLOCK ((size_t)256 << 10) /* what is read at once */

static char path[] = "/tmp/mh-csvrow-XXXXXX";

static void
put_file(const char *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL || fwrite(p, 1, n, f) != n || fclose(f) != 0)
		exit(1);
}

/* All rows as LINE:ROW and a | behind each; marks for what is said of them. */
static struct slice
rows_of(struct buf *said)
{
	char *const files[] = { path, NULL };
	struct csvrow c;
	struct in in;

	said->n = 0;
	in_open(&in, files);
	csvrow_open(&c, &in);
	while (csvrow_file(&c)) {
		while (csvrow_next(&c)) {
			buf_u64(said, c.line);
			buf_byte(said, ':');
			buf_slice(said, c.row);
			buf_text(said, c.quotes ? "(q)" : "");
			buf_text(said, c.open ? "(open)" : "");
			buf_text(said, c.too_long ? "(long)" : "");
			buf_byte(said, '|');
		}
	}
	csvrow_close(&c);
	in_close(&in);
	return buf_view(said);
}

static const struct {
	const char *name, *text, *want;
} cases[] = {
	{ "an empty file", "", "" },
	{ "LF", "a\nb\n", "1:a|2:b|" },
	{ "CR LF", "a\r\nb\r\n", "1:a|2:b|" },
	{ "CR", "a\rb\r", "1:a|2:b|" },
	{ "no end", "a\nb", "1:a|2:b|" },
	{ "empty rows", "\n\na\n\r\nb", "1:|2:|3:a|4:|5:b|" },
	{ "one line end", "\n", "1:|" },
	{ "quotes hold line ends", "\"a\nb\r\nc\rd\"\ne\n",
	    "1:\"a\nb\r\nc\rd\"(q)|4:e|" },
	{ "doubled quotes", "\"a\"\"\n\"\nb\n", "1:\"a\"\"\n\"(q)|3:b|" },
	{ "quotes are of one row", "\"a\"\nb\n", "1:\"a\"(q)|2:b|" },
	{ "never closed", "a\n\"b\nc\n", "1:a|2:\"b\nc\n(q)(open)|" },
};

/* The same rows wherever a block ends. */
static void
test_blocks(struct buf *said)
{
	const char tail[] = "\r\n\"y\nz\"\r\nw\r";
	const char want[] = "\"y\nz\"(q)|4:w|";
	struct buf text = { 0 };
	size_t pad, wrong = 0;

	for (pad = BLOCK - sizeof(tail) - 2; pad < BLOCK + 2; pad++) {
		struct slice got;

		text.n = 0;
		buf_room(&text, pad);
		memset(text.p, 'x', pad);
		text.n = pad;
		buf_text(&text, tail);
		put_file(text.p, text.n);
		got = rows_of(said);
		wrong += got.n != 2 + pad + 3 + strlen(want) ||
			 memcmp(got.p + pad + 5, want, strlen(want)) != 0;
	}
	OK_NAMED(wrong == 0, "rows across the ends of blocks");
	buf_free(&text);
}

/* A row past the limit goes by, and the next one is whole. */
static void
test_long(struct buf *said)
{
	struct buf text = { 0 };
	struct slice got;

	mh.max_line = 100;
	buf_room(&text, 3 * BLOCK);
	memset(text.p, 'x', 3 * BLOCK);
	text.n = 3 * BLOCK;
	buf_text(&text, "\nnext\n");
	put_file(text.p, text.n);
	got = rows_of(said);
	OK_NAMED(got.n < 2 * BLOCK, "no more than a block is held");
	OK_NAMED(
	    got.n > 14 && memcmp(got.p + got.n - 14, "(long)|2:next|", 14) == 0,
	    "the row behind one too long");

	text.n = 0;
	buf_text(&text, "1234567890\n\"234\n6789\"\n1234\n");
	put_file(text.p, text.n);
	mh.max_line = 9;
	got = rows_of(said);
	IS(got.p, got.n, "1:1234567890(long)|2:\"234\n6789\"(q)(long)|4:1234|",
	    "the limit is that of rows, not of lines");
	buf_free(&text);
}

int
main(void)
{
	struct buf said = { 0 };
	struct slice got;
	size_t i;
	int fd = mkstemp(path);

	if (fd < 0)
		return 1;
	close(fd);
	mh_init("csvrow", "", 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		put_file(cases[i].text, strlen(cases[i].text));
		got = rows_of(&said);
		IS(got.n != 0 ? got.p : "", got.n, cases[i].want,
		    cases[i].name);
	}
	test_blocks(&said);
	test_long(&said);
	unlink(path);
	buf_free(&said);
	return tap_done();
}
