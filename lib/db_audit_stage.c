/* db_audit_stage - the ledger's rows against the laws, once more: somebody
 * may have dropped the constraints. */
#include <libpq-fe.h>

#include "db_auditing.h"
#include "json.h"

/* The columns of audit-stages.sql. */
enum {
	TARGET,
	PLACE,
	TOOL,
	IN,
	OUT,
	REJECTED,
	BOOKS,
	ROWS,
	HASH,
	ROWS_BEFORE,
	ROWS_THERE,
	REFUSED,
	WARNED,
	UNTESTED,
	STRANGE,
	ALTERED,
};

struct pipe {
	uint64_t place, out; /* of the program before */
	struct book book;
};

/* Of a load the ledger says what it wrote; its own books have no out. */
static uint64_t
books_out(const struct book *b)
{
	if (slice_is(b->tool, "mh-load"))
		return book_count(b, "inserted") + book_count(b, "updated") +
		       book_count(b, "unchanged");
	return b->out;
}

static void
check_columns(
    struct audit *a, const PGresult *res, int row, const struct book *b)
{
	const char *tool = PQgetvalue(res, row, TOOL);

	if (!slice_is(b->tool, tool))
		audit_find(a, "ledger", (struct slice){ NULL, 0 },
		    (struct slice){ NULL, 0 },
		    "%s: the books are those of %.*s", tool, (int)b->tool.n,
		    b->tool.p);
	audit_equal(a, "ledger", b->in, db_count(res, row, IN),
	    "%s: records_in is not that of its books", tool);
	audit_equal(a, "ledger", books_out(b), db_count(res, row, OUT),
	    "%s: records_out is not that of its books", tool);
	audit_equal(a, "ledger", b->rejected, db_count(res, row, REJECTED),
	    "%s: rejected is not that of its books", tool);
	if (db_value(res, row, ROWS) == NULL)
		return;
	audit_equal(a, "ledger", book_count(b, "rows"),
	    db_count(res, row, ROWS), "%s: rows is not that of its books",
	    tool);
	if (!slice_is(b->hash, PQgetvalue(res, row, HASH)))
		audit_find(a, "ledger", (struct slice){ NULL, 0 },
		    (struct slice){ NULL, 0 },
		    "%s: hash is not that of its books", tool);
}

/* What several streams gave that were read as one. */
static void
check_inputs(struct audit *a, struct book *b)
{
	const struct slice *inputs = rec_get(&b->rec, SLICE("inputs"));

	if (!slice_is(b->tool, "cat"))
		return;
	b->upstream = inputs != NULL ? *inputs : SLICE("[]");
	book_check_handed(a, b);
}

static void
check_place(struct audit *a, const PGresult *res, int row, struct pipe *p)
{
	const char *tool = PQgetvalue(res, row, TOOL);
	uint64_t place = db_count(res, row, PLACE);

	if (audit_equal(a, "chain", p->place + 1, place,
		"%s: the program in front of it is missing", tool) &&
	    place > 1)
		audit_equal(a, "chain", p->out, db_count(res, row, IN),
		    "%s: records_in is not what the one in front of it gave",
		    tool);
	p->place = place;
	p->out = db_count(res, row, OUT);
}

static void
check_rejects(
    struct audit *a, const PGresult *res, int row, const struct book *b)
{
	const char *tool = PQgetvalue(res, row, TOOL);
	bool sums;

	sums = audit_equal(a, "reasons", db_count(res, row, REJECTED),
	    db_count(res, row, REFUSED),
	    "%s: mh.reject has not as many records as were rejected", tool);
	sums = audit_equal(a, "reasons", book_count(b, "warned"),
		   db_count(res, row, WARNED),
		   "%s: mh.reject has not as many records as were warned of",
		   tool) &&
	       sums;
	if (sums)
		audit_equal(a, "reasons", 0, db_count(res, row, STRANGE),
		    "%s: mh.reject is not what the books have", tool);
	audit_equal(a, "expectations", 0, db_count(res, row, UNTESTED),
	    "%s: expectations were not asked about every record", tool);
	audit_equal(a, "expectations", 0, db_count(res, row, ALTERED),
	    "%s: mh.expectation is not what the books have", tool);
}

static void
check_rows(struct audit *a, const PGresult *res, int row, const struct book *b)
{
	const char *tool = PQgetvalue(res, row, TOOL);
	const char *before = db_value(res, row, ROWS_BEFORE);
	const char *there = db_value(res, row, ROWS_THERE);

	if (before != NULL)
		audit_equal(a, "continuity",
		    db_count(res, row, ROWS_BEFORE) +
			book_count(b, "inserted") - book_count(b, "deleted"),
		    db_count(res, row, ROWS),
		    "%s: rows is not that of the load before + inserted - "
		    "deleted",
		    tool);
	if (there != NULL)
		audit_equal(a, "lineage", db_count(res, row, ROWS_THERE),
		    db_count(res, row, OUT),
		    "%s: did not read as many rows as the last load left",
		    tool);
}

static void
check_stage(struct audit *a, const PGresult *res, int row, struct pipe *p)
{
	struct book *b = &p->book;

	check_place(a, res, row, p);
	if (!book_read(b, slice_of(PQgetvalue(res, row, BOOKS)))) {
		audit_find(a, "ledger", (struct slice){ NULL, 0 },
		    (struct slice){ NULL, 0 }, "%s: these are no books",
		    PQgetvalue(res, row, TOOL));
		return;
	}
	check_columns(a, res, row, b);
	book_check(a, b);
	check_inputs(a, b);
	check_rejects(a, res, row, b);
	check_rows(a, res, row, b);
}

/* The last program of a pipe is its load. */
static void
check_last(struct audit *a, const PGresult *res, int row)
{
	const char *tool = PQgetvalue(res, row, TOOL);

	if (strcmp(tool, "mh-load") != 0)
		audit_find(a, "chain", (struct slice){ NULL, 0 },
		    (struct slice){ NULL, 0 },
		    "the last program is no mh-load: %s", tool);
}

void
ledger_check_stages(struct audit *a, struct db *db)
{
	const char *const run[] = { a->run.p };
	PGresult *res = db_query(db, db_sql("audit-stages.sql"), 1, run);
	int i, n = PQntuples(res);
	struct pipe p = { 0 };

	for (i = 0; i < n; i++) {
		a->target = slice_of(PQgetvalue(res, i, TARGET));
		check_stage(a, res, i, &p);
		if (i + 1 < n &&
		    slice_is(a->target, PQgetvalue(res, i + 1, TARGET)))
			continue;
		check_last(a, res, i);
		p.place = 0;
	}
	a->target.p = NULL;
	book_free(&p.book);
	PQclear(res);
}
