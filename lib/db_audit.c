/* db_audit - a lakehouse that is a database. */
#include <libpq-fe.h>
#include <stdio.h>
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
	PGresult *res;
	bool there;

	db_open(db, DB_LAKEHOUSE);
	db_exec(db, "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, "
		    "READ ONLY");
	db_exec(db, db_sql("session.sql"));
	res = db_query(db, db_sql("ledger-there.sql"), 0, NULL);
	there = *PQgetvalue(res, 0, 0) == 't';
	PQclear(res);
	if (!there)
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
		    "these rejects were closed by %s, which is no run",
		    PQgetvalue(res, i, 1));
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
		audit_find(a, "unknown", none, none,
		    "the ledger has a load of a run that it does not have");
	}
	a->run.p = a->target.p = NULL;
	PQclear(res);
}

static bool
is_loaded(struct db *db, struct slice run, struct slice target)
{
	struct buf one = { 0 }, other = { 0 };
	const char *params[2];
	PGresult *res;
	bool there;

	buf_slice(&one, run);
	buf_slice(&other, target);
	params[0] = buf_cstr(&one);
	params[1] = buf_cstr(&other);
	res = db_query(db, db_sql("ledger-loaded.sql"), 2, params);
	there = *PQgetvalue(res, 0, 0) == 't';
	PQclear(res);
	buf_free(&one);
	buf_free(&other);
	return there;
}

/* The run's record in the directory says the same as the ledger. */
static void
check_record(
    struct audit *a, struct db *db, const char *run, const char *status)
{
	struct lake l = { .a = a, .checking = true };
	struct slice none = { NULL, 0 };
	char end[24] = "";
	size_t i;

	if (lake_read(&l, run)) {
		if (l.ended)
			snprintf(end, sizeof(end), "%llu",
			    (unsigned long long)l.end);
		a->run = slice_of(run);
		a->target.p = NULL;
		/* the ledger's word is the last: one that died before has
		 * not written it */
		if (status != NULL && strcmp(end, status) != 0)
			audit_find(a, "ledger",
			    *end != '\0' ? slice_of(end) : none,
			    slice_of(status),
			    "the run did not end as its record says");
		for (i = 0; i < l.n; i++) {
			a->target = l.now[i].target;
			if (!is_loaded(db, a->run, a->target))
				audit_find(a, "ledger", none, none,
				    "the ledger does not have this load");
		}
	}
	lake_free(&l);
}

void
audit_database(struct audit *a)
{
	struct db db;
	PGresult *runs;
	int i;

	begin(a, &db);
	runs = find_runs(a, &db);
	for (i = 0; i < PQntuples(runs); i++) {
		const char *run = PQgetvalue(runs, i, 0);

		check_record(a, &db, run, db_value(runs, i, 1));
		a->run = slice_of(run);
		a->target.p = NULL;
		a->runs++;
		ledger_check_stages(a, &db);
		check_closed(a, &db);
		check_lines(a, &db);
	}
	ledger_check_tables(a, &db, a->all ? NULL : PQgetvalue(runs, 0, 0));
	/* what is asked of one run is no question about others */
	if (a->wanted == NULL)
		check_orphans(a, &db);
	PQclear(runs);
	db_exec(&db, "COMMIT");
	db_close(&db);
}
