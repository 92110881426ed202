/* db_load_merge - from mh_stage into the table. */
#include <libpq-fe.h>
#include <stdlib.h>

#include "db_loading.h"
#include "json.h"
#include "mh.h"

/* Rows of mh_stage by what they do to the table. */
struct effect {
	uint64_t new, changed, same;
};

/* Runs db.sql; a failure that is no row's fault ends the program. */
static PGresult *
run(struct load *l)
{
	PGresult *res = db_try(&l->db);

	if (db_failed(res) && !db_row_fault(res))
		db_die(&l->db, res);
	return res;
}

/* Runs db.sql, which must go well. */
static PGresult *
must_run(struct load *l)
{
	PGresult *res = db_try(&l->db);

	if (db_failed(res))
		db_die(&l->db, res);
	return res;
}

/*
 * Asked before, under the lock that keeps others from writing, because the
 * answer of MERGE gives one number for inserts and updates together.
 */
static struct effect
foresee(struct load *l, uint64_t lo, uint64_t hi)
{
	struct effect e;
	PGresult *res;

	load_sql_foresee(l, lo, hi);
	res = must_run(l);
	e.new = strtoull(PQgetvalue(res, 0, 0), NULL, 10);
	e.changed = strtoull(PQgetvalue(res, 0, 1), NULL, 10);
	e.same = strtoull(PQgetvalue(res, 0, 2), NULL, 10);
	PQclear(res);
	return e;
}

/* Runs db.sql and adds the rows it touched to *n; NULL, or the failure. */
static PGresult *
run_counting(struct load *l, uint64_t *n)
{
	PGresult *res = run(l);

	if (db_failed(res))
		return res;
	*n += db_touched(res);
	PQclear(res);
	return NULL;
}

/* Both halves of a MERGE one after another, for servers without it. */
static PGresult *
update_and_insert(struct load *l, uint64_t lo, uint64_t hi, uint64_t *n)
{
	PGresult *res;

	if (load_has_content(l)) {
		load_sql_update(l, lo, hi);
		if ((res = run_counting(l, n)) != NULL)
			return res;
	}
	/*
	 * The lock makes ON CONFLICT DO NOTHING needless; and without it a
	 * row that meets another unique key is refused, not lost.
	 */
	load_sql_insert(l, lo, hi, true);
	return run_counting(l, n);
}

/* Brings rows lo..hi into the table by key; NULL, or the failure. */
static PGresult *
upsert(struct load *l, uint64_t lo, uint64_t hi)
{
	struct effect e = foresee(l, lo, hi);
	uint64_t n = 0;
	PGresult *res = NULL;

	if (e.new + e.changed != 0 && l->merge) {
		load_sql_merge(l, lo, hi);
		res = run_counting(l, &n);
	} else if (e.new + e.changed != 0) {
		res = update_and_insert(l, lo, hi, &n);
	}
	if (res != NULL)
		return res;
	if (n != e.new + e.changed)
		mh_die(MH_BUG,
		    "%s: %llu rows were to be written and %llu "
		    "were; is there a trigger that keeps rows out?",
		    l->table.label, (unsigned long long)(e.new + e.changed),
		    (unsigned long long)n);
	l->inserted += e.new;
	l->updated += e.changed;
	l->unchanged += e.same;
	return NULL;
}

static PGresult *
append(struct load *l, uint64_t lo, uint64_t hi)
{
	load_sql_insert(l, lo, hi, false);
	return run_counting(l, &l->inserted);
}

static PGresult *
apply(struct load *l, uint64_t lo, uint64_t hi)
{
	db_exec(&l->db, LOAD_PART);
	if (l->by_key)
		return upsert(l, lo, hi);
	return append(l, lo, hi);
}

/* Rejects row n of mh_stage. */
static void
refuse_row(struct load *l, uint64_t n, const PGresult *why)
{
	PGresult *res;

	buf_fmt(&l->db.sql, "SELECT place FROM pg_temp.mh_stage WHERE n = %llu",
	    (unsigned long long)n);
	res = must_run(l);
	load_refuse(l, strtoull(PQgetvalue(res, 0, 0), NULL, 10), why);
	PQclear(res);
	/* whether a value or a constraint is to blame: it was not loaded */
	buf_fmt(&l->db.sql, "DELETE FROM pg_temp.mh_stage WHERE n = %llu",
	    (unsigned long long)n);
	PQclear(must_run(l));
}

/* Applies rows lo..hi, in halves where one of them is refused. */
static void
settle(struct load *l, uint64_t lo, uint64_t hi)
{
	uint64_t mid = lo + (hi - lo) / 2;
	PGresult *why = apply(l, lo, hi);

	if (why == NULL)
		return;
	load_undo(l);
	if (lo == hi)
		refuse_row(l, lo, why);
	PQclear(why);
	if (lo == hi)
		return;
	settle(l, lo, mid);
	settle(l, mid + 1, hi);
}

/* Where all at once will not do: batch by batch, found by an index. */
static void
settle_batches(struct load *l)
{
	uint64_t lo, step = l->form->batch;

	db_exec(&l->db, "CREATE INDEX ON pg_temp.mh_stage (n);"
			"ANALYZE pg_temp.mh_stage");
	for (lo = 1; lo <= l->n; lo += step)
		settle(l, lo, l->n - lo < step ? l->n : lo + step - 1);
}

/* The names and the values of the key: a and 1, or a,b and [1,2]. */
static void
reject_superseded(struct load *l, uint64_t place)
{
	const struct rec *r = spool_at(&l->spool, place);
	struct buf names = { 0 }, values = { 0 };
	const struct db_column **key = db_key(&l->table);
	size_t i;

	for (i = 0; i < l->table.nkey; i++) {
		const struct slice *v = rec_get(r, slice_of(key[i]->name));

		buf_text(&names, i == 0 ? "" : ",");
		buf_text(&names, key[i]->name);
		buf_byte(&values, i == 0 ? '[' : ',');
		buf_slice(&values, *v);
	}
	buf_byte(&values, ']');
	stage_reject(l->s, r, "superseded", buf_view(&names),
	    l->table.nkey > 1 ? buf_view(&values)
			      : (struct slice){ values.p + 1, values.n - 2 });
	buf_free(&names);
	buf_free(&values);
	free(key);
}

/* Of the records of one key the last stays in mh_stage. */
static void
supersede(struct load *l)
{
	PGresult *res;

	load_sql_supersede(l);
	if (PQsendQuery(l->db.conn, buf_cstr(&l->db.sql)) != 1 ||
	    PQsetSingleRowMode(l->db.conn) != 1)
		db_die(&l->db, NULL);
	l->db.sql.n = 0;
	while ((res = PQgetResult(l->db.conn)) != NULL) {
		if (db_failed(res))
			db_die(&l->db, res);
		if (PQntuples(res) == 1)
			reject_superseded(
			    l, strtoull(PQgetvalue(res, 0, 0), NULL, 10));
		PQclear(res);
	}
}

/* Rows that the stream has not; without a key, all of them. */
static void
delete_others(struct load *l)
{
	const char *words;
	PGresult *res;

	load_sql_delete(l);
	res = db_try(&l->db);
	if (db_failed(res) && db_row_fault(res)) {
		words = db_words(&l->db, res);
		PQclear(res);
		mh_die(MH_DATA,
		    "%s: rows that are not in the stream cannot be deleted: %s",
		    l->table.label, words);
	}
	if (db_failed(res))
		db_die(&l->db, res);
	l->deleted += db_touched(res);
	PQclear(res);
}

void
load_merge(struct load *l)
{
	PGresult *why;

	if (l->form->mode != DB_APPEND) {
		/* readers may go on; ours are the only writes until the end */
		buf_fmt(&l->db.sql, "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE",
		    l->table.quoted);
		PQclear(must_run(l));
	}
	if (l->by_key)
		supersede(l);
	if (l->form->mode == DB_REPLACE)
		delete_others(l);
	if (l->n == 0 || (why = apply(l, 1, l->n)) == NULL)
		return;
	PQclear(why);
	load_undo(l);
	settle_batches(l);
	/* of what was refused the old rows must go too */
	if (l->form->mode == DB_REPLACE && l->by_key)
		delete_others(l);
}
