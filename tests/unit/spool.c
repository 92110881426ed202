/* spool - what was put aside comes back in its order, or by its place. */
#include <stdlib.h>

#include "json.h"
#include "mh.h"
#include "spool.h"
#include "tap.h"

#define RECORDS 3000

/* A record of its own size: some are longer than the spool's block. */
static void
make(struct buf *line, size_t i)
{
	size_t n = i == 1000 ? 600000 : i * 7 % 900;

	line->n = 0;
	buf_fmt(line, "{\"i\":%zu,\"x\":\"", i);
	while (n-- > 0)
		buf_byte(line, 'x');
	buf_text(line, "\"}");
	buf_room(line, 1 + JSON_SLACK);
	memset(line->p + line->n, '\n', 1 + JSON_SLACK);
}

static bool
is_record(const struct rec *r, struct buf *line, size_t i)
{
	make(line, i);
	return r != NULL && r->fault == NULL && r->lineno == i + 1 &&
	       strcmp(r->file, "file") == 0 && r->n == 2 &&
	       slice_eq(r->line, buf_view(line));
}

static void
test_order(void)
{
	static uint64_t places[RECORDS];
	struct spool sp;
	struct rec r = { 0 };
	struct buf line = { 0 };
	bool good = true;
	uint64_t tag;
	size_t i;

	spool_open(&sp);
	for (i = 0; i < RECORDS; i++) {
		make(&line, i);
		r.line = buf_view(&line);
		r.file = "file";
		r.lineno = i + 1;
		rec_parse(&r);
		places[i] = spool_add(&sp, &r, i * 3);
		/* while the writing goes on */
		if (i % 100 == 0)
			good = good && is_record(spool_at(&sp, places[i / 2]),
					   &line, i / 2);
	}
	OK_NAMED(good, "by their places");
	spool_rewind(&sp);
	for (i = 0, good = true; i < RECORDS && good; i++)
		good =
		    is_record(spool_next(&sp, &tag), &line, i) && tag == i * 3;
	OK_NAMED(good, "in their order");
	OK(spool_next(&sp, &tag) == NULL);
	rec_free(&r);
	buf_free(&line);
}

static void
test_empty(void)
{
	struct spool sp;
	uint64_t tag;

	spool_open(&sp);
	spool_rewind(&sp);
	OK(spool_next(&sp, &tag) == NULL);
}

int
main(void)
{
	mh_init("spool.t", "", 0);
	test_order();
	test_empty();
	return tap_done();
}
