/* db_audit_table - the tables as they are now. */
#include <libpq-fe.h>
#include <stdio.h>

#include "db_auditing.h"

/* The columns of audit-targets.sql. */
enum {
	TARGET,
	RUN,
	ROWS,
	HASH,
	QUOTED,
};

/* Counts and hashes the rows, as mh-load did behind its load. */
static PGresult *
read_table(struct db *db, const char *quoted)
{
	struct db_table t = { 0 };
	PGresult *res;

	db_table_find(db, &t, quoted);
	db_table_content(db, &t);
	res = db_try(db);
	if (db_failed(res))
		db_die(db, res);
	db_table_free(&t);
	return res;
}

static void
check_table(struct audit *a, struct db *db, const PGresult *load, int row)
{
	const char *quoted = db_value(load, row, QUOTED);
	char expected[32], found[32];
	PGresult *now;

	a->run = slice_of(PQgetvalue(load, row, RUN));
	a->target = slice_of(PQgetvalue(load, row, TARGET));
	a->targets++;
	if (quoted == NULL) {
		audit_find(a, "missing", (struct slice){ NULL, 0 },
		    (struct slice){ NULL, 0 }, "there is no such table");
		return;
	}
	now = read_table(db, quoted);
	a->s.in.records += db_count(now, 0, 0);
	snprintf(expected, sizeof(expected), "\"%.16s\"",
	    PQgetvalue(load, row, HASH));
	snprintf(found, sizeof(found), "\"%.16s\"", PQgetvalue(now, 0, 1));
	if (audit_equal(a, "rows", db_count(load, row, ROWS),
		db_count(now, 0, 0),
		"the table has not as many rows as its last load left") &&
	    strcmp(expected, found) != 0)
		audit_find(a, "hash", slice_of(expected), slice_of(found),
		    "the table has not the rows that its last load left");
	PQclear(now);
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
