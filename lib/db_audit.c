/* db_audit - a lakehouse that is a database. */
#include <libpq-fe.h>
#include <stdlib.h>

#include "db_auditing.h"
#include "mh.h"

const char *
db_value(const struct pg_result *res, int row, int column)
{
	return PQgetisnull(res, row, column) ? NULL
					     : PQgetvalue(res, row, column);
}

uint64_t
db_count(const struct pg_result *res, int row, int column)
{
	const char *text = db_value(res, row, column);

	return text != NULL ? strtoull(text, NULL, 10) : 0;
}

/* One moment of the whole database, and texts of values as mh-load sees
 * them. */
static void
begin(struct audit *a, struct db *db)
{
	db_open(db, DB_LAKEHOUSE);
	db_exec(db, "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, "
		    "READ ONLY");
	db_exec(db, db_sql("session.sql"));
	if (!db_has_ledger(db))
		mh_die(MH_CONFIG,
		    "%s: no ledger: the schema mh is missing; "
		    "pipelines.sh init makes it",
		    db->object);
	a->records_only = true;
}

static PGresult *
find_runs(const struct audit *a, struct db *db)
{
	const char *const which[] = { a->wanted, a->all ? "true" : "false" };
	PGresult *res = db_query(db, db_sql("audit-runs.sql"), 2, which);

	if (PQntuples(res) > 0)
		return res;
	if (a->wanted != NULL)
		mh_die(MH_CONFIG, "%s: the ledger has no run %s", db->object,
		    a->wanted);
	mh_die(MH_CONFIG, "%s: the ledger has no run%s", db->object,
	    a->all ? "" : " that ended well; --all audits what there is");
}

static void
check_closed(struct audit *a, struct db *db)
{
	const char *const run[] = { a->run.p };
	PGresult *res = db_query(db, db_sql("audit-closed.sql"), 1, run);
	int i;

	for (i = 0; i < PQntuples(res); i++) {
		a->target = slice_of(PQgetvalue(res, i, 0));
		audit_find(a, "closed", (struct slice){ NULL, 0 },
		    slice_of(PQgetvalue(res, i, 2)),
		    "these rejects were closed by %s, which %s",
		    PQgetvalue(res, i, 1), PQgetvalue(res, i, 3));
	}
	a->target.p = NULL;
	PQclear(res);
}

/* The lines of the rejects, where the directory has those of the run. */
static void
check_lines(struct audit *a, struct db *db)
{
	const char *const run[] = { a->run.p };
	PGresult *res = db_query(db, db_sql("audit-rejects.sql"), 1, run);
	uint64_t kept;
	int i;

	for (i = 0; i < PQntuples(res); i++) {
		a->target = slice_of(PQgetvalue(res, i, 0));
		if (rejects_count(a, a->run, a->target, &kept))
			audit_equal(a, "rejects", db_count(res, i, 1), kept,
			    "the files of its rejects have not as many lines "
			    "as mh.reject has records");
	}
	a->target.p = NULL;
	PQclear(res);
}

static void
check_orphans(struct audit *a, struct db *db)
{
	PGresult *res = db_query(db, db_sql("audit-orphans.sql"), 0, NULL);
	struct slice none = { NULL, 0 };
	int i;

	for (i = 0; i < PQntuples(res); i++) {
		a->run = slice_of(PQgetvalue(res, i, 0));
		a->target = slice_of(PQgetvalue(res, i, 1));
		audit_find(
		    a, "unknown", none, none, "%s", PQgetvalue(res, i, 2));
	}
	a->run.p = a->target.p = NULL;
	PQclear(res);
}

void
audit_database(struct audit *a)
{
	struct db db;
	PGresult *runs;
	int i;

	audit_lock(a);
	audit_find_current(a);
	begin(a, &db);
	runs = find_runs(a, &db);
	for (i = 0; i < PQntuples(runs); i++) {
		const char *run = PQgetvalue(runs, i, 0);

		ledger_check_record(a, &db, run, db_value(runs, i, 1));
		a->run = slice_of(run);
		a->target.p = NULL;
		a->runs++;
		ledger_check_stages(a, &db);
		check_closed(a, &db);
		check_lines(a, &db);
	}
	ledger_check_tables(a, &db, a->wanted);
	/* what is asked of one run is no question about others */
	if (a->wanted == NULL) {
		check_orphans(a, &db);
		ledger_check_directory(a, &db);
	}
	PQclear(runs);
	db_exec(&db, "COMMIT");
	db_close(&db);
	buf_free(&a->current);
}
