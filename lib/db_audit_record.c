/* db_audit_record - the ledger beside what the directory has of its runs. */
#include <libpq-fe.h>
#include <stdio.h>

#include "db_auditing.h"
#include "json.h"

/* Is all that the ledger has of a program what it said of itself? Lists that
 * the server has written anew are looked at elsewhere. */
static bool
same_books(const struct book *ledger, const struct book *said)
{
	size_t i;

	for (i = 0; i < ledger->rec.n; i++) {
		const struct member *m = &ledger->rec.m[i];
		const struct slice *other = rec_get(&said->rec, m->name);

		if (other == NULL ||
		    (!json_is_nested(m->value) && !slice_eq(*other, m->value)))
			return false;
	}
	return true;
}

/* Do these books of a pipe have those? */
static bool
have_books(struct slice books, const struct book *ledger)
{
	struct book b = { 0 };
	struct slice one;
	bool found = false;

	while (!found && json_next(&books, &one))
		found = book_read(&b, one) && same_books(ledger, &b);
	book_free(&b);
	return found;
}

/* The programs of a load are those of the run's record. */
static void
check_load(struct audit *a, struct db *db, const struct made *m)
{
	struct buf run = { 0 }, target = { 0 };
	struct slice none = { NULL, 0 };
	struct book b = { 0 };
	const char *params[2];
	PGresult *res;
	int i;

	buf_slice(&run, m->run);
	buf_slice(&target, m->target);
	params[0] = buf_cstr(&run);
	params[1] = buf_cstr(&target);
	res = db_query(db, db_sql("audit-books.sql"), 2, params);
	if (PQntuples(res) == 0)
		audit_find(a, "ledger", none, none,
		    "the ledger does not have this load");
	for (i = 0; i < PQntuples(res); i++) {
		if (book_read(&b, slice_of(PQgetvalue(res, i, 1))) &&
		    !have_books(m->books, &b))
			audit_find(a, "ledger", none, none,
			    "%s: the books are not in the run's record",
			    PQgetvalue(res, i, 0));
	}
	book_free(&b);
	buf_free(&run);
	buf_free(&target);
	PQclear(res);
}

void
ledger_check_record(
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
			check_load(a, db, &l.now[i]);
		}
	}
	lake_free(&l);
}

/* The ledger knows of every run that loaded something. */
static void
check_known(struct lake *l, struct db *db)
{
	struct buf run = { 0 }, began = { 0 };
	struct slice none = { NULL, 0 };
	const char *params[2];
	PGresult *res;

	buf_slice(&run, l->a->run);
	buf_slice(&began, l->began);
	params[0] = buf_cstr(&run);
	params[1] = buf_cstr(&began);
	res = db_query(db, db_sql("audit-later.sql"), 2, params);
	if (*PQgetvalue(res, 0, 0) == 't')
		audit_find(l->a, "ledger", none, none,
		    "the run's record has loads, and the ledger has no such "
		    "run");
	buf_free(&run);
	buf_free(&began);
	PQclear(res);
}

/* The run whose load of the table was the last, by the ledger. */
static bool
is_newest(struct db *db, struct slice target, struct slice run)
{
	struct buf text = { 0 };
	const char *params[1];
	PGresult *res;
	bool newest;

	buf_slice(&text, target);
	params[0] = buf_cstr(&text);
	res = db_query(db, db_sql("audit-newest.sql"), 1, params);
	newest = PQntuples(res) > 0 && slice_is(run, PQgetvalue(res, 0, 0));
	buf_free(&text);
	PQclear(res);
	return newest;
}

/* The switch leads to the open rejects. Whose they are is sure where the
 * directory and the ledger name the same run. */
static void
check_open(struct lake *l, struct db *db)
{
	uint32_t i;

	for (i = 0; i < l->opens.n; i++) {
		struct slice target = table_key(&l->opens, i);

		if (l->open[i].run.p != NULL &&
		    is_newest(db, target, l->open[i].run))
			rejects_check_opened(l->a, target, &l->open[i]);
	}
}

void
ledger_check_directory(struct audit *a, struct db *db)
{
	struct lake l = { .a = a };
	struct list runs = list_runs(a);
	const char *current = buf_cstr(&a->current);
	size_t i, j;

	for (i = 0; i < runs.n; i++) {
		lake_read(&l, runs.v[i]);
		a->target.p = NULL;
		if (l.n > 0)
			check_known(&l, db);
		/* those of a run that died later are not in rejects/ yet */
		for (j = 0; j < l.n && strcmp(runs.v[i], current) <= 0; j++)
			rejects_open_by(&l, &l.now[j]);
	}
	check_open(&l, db);
	a->run.p = a->target.p = NULL;
	lake_free(&l);
	list_free(&runs);
}
