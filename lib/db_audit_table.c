/* db_audit_table - the tables as they are now. */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>

#include "db_auditing.h"
#include "json.h"

/* The columns of audit-targets.sql. */
enum {
	TARGET,
	RUN,
	ROWS,
	HASH,
	BOOKS,
	QUOTED,
};

static const struct db_column *
find_column(const struct db_table *t, struct slice name)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		if (slice_is(name, t->col[i].name))
			return &t->col[i];
	}
	return NULL;
}

/* The columns that the load hashed, *n of them. One that is not there any
 * more is a finding; then *all is false. */
static void
choose_columns(struct audit *a, const struct db_table *t, struct slice names,
    const struct db_column **col, size_t *n, bool *all)
{
	struct buf text = { 0 };
	struct slice token;

	*n = 0;
	*all = true;
	while (json_next(&names, &token) && *n < t->n) {
		col[*n] = find_column(t, json_text(token, &text));
		if (col[*n] != NULL) {
			++*n;
			continue;
		}
		*all = false;
		audit_find(a, "columns", token, (struct slice){ NULL, 0 },
		    "the table lacks a column that its last load left");
	}
	buf_free(&text);
}

/* Loads that did not say so hashed all columns but those of their own. */
static void
choose_usual_columns(
    const struct db_table *t, const struct db_column **col, size_t *n)
{
	size_t i;

	*n = 0;
	for (i = 0; i < t->n; i++) {
		if (!t->col[i].own)
			col[(*n)++] = &t->col[i];
	}
}

/* Counts and hashes the rows, as mh-load did behind its load; *all as
 * above. */
static PGresult *
read_table(struct audit *a, struct db *db, const char *quoted,
    const struct book *b, bool *all)
{
	const struct slice *names = rec_get(&b->rec, SLICE("columns"));
	struct db_table t = { 0 };
	const struct db_column **col;
	PGresult *res;
	size_t n;

	db_table_find(db, &t, quoted);
	col = mem_zero(t.n + 1, sizeof(const void *));
	*all = true;
	if (names != NULL)
		choose_columns(a, &t, *names, col, &n, all);
	else
		choose_usual_columns(&t, col, &n);
	res = db_table_content(db, &t, col, n);
	free(col);
	db_table_free(&t);
	return res;
}

static void
check_content(struct audit *a, struct db *db, const PGresult *load, int row)
{
	char expected[32], found[32];
	struct book b = { 0 };
	PGresult *now;
	bool all;

	/* one that cannot be read was found where its run was audited */
	book_read(&b, slice_of(PQgetvalue(load, row, BOOKS)));
	now = read_table(a, db, PQgetvalue(load, row, QUOTED), &b, &all);
	a->s.in.records += db_count(now, 0, 0);
	snprintf(expected, sizeof(expected), "\"%.16s\"",
	    PQgetvalue(load, row, HASH));
	snprintf(found, sizeof(found), "\"%.16s\"", PQgetvalue(now, 0, 1));
	if (audit_equal(a, "rows", db_count(load, row, ROWS),
		db_count(now, 0, 0),
		"the table has not as many rows as its last load left") &&
	    all && strcmp(expected, found) != 0)
		audit_find(a, "hash", slice_of(expected), slice_of(found),
		    "the table has not the rows that its last load left");
	book_free(&b);
	PQclear(now);
}

static void
check_table(struct audit *a, struct db *db, const PGresult *load, int row)
{
	a->run = slice_of(PQgetvalue(load, row, RUN));
	a->target = slice_of(PQgetvalue(load, row, TARGET));
	a->targets++;
	if (db_value(load, row, QUOTED) != NULL)
		check_content(a, db, load, row);
	else
		audit_find(a, "missing", (struct slice){ NULL, 0 },
		    (struct slice){ NULL, 0 }, "there is no such table");
}

void
ledger_check_tables(struct audit *a, struct db *db, const char *run)
{
	const char *const only[] = { run };
	PGresult *res = db_query(db, db_sql("audit-targets.sql"), 1, only);
	int i;

	for (i = 0; i < PQntuples(res); i++) {
		stage_progress(&a->s);
		check_table(a, db, res, i);
	}
	a->run.p = a->target.p = NULL;
	PQclear(res);
}
