/* db_load_merge - from mh_stage into the table. */
#include <libpq-fe.h>
#include <stdlib.h>

#include "db_loading.h"
#include "json.h"
#include "mh.h"

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

/* Brings all rows into the table; NULL, or the failure. */
static PGresult *
apply(struct load *l)
{
	PGresult *res = NULL;

	db_exec(&l->db, LOAD_PART);
	if (l->by_key && load_has_content(l)) {
		load_sql_update(l);
		res = run_counting(l, &l->updated);
	}
	if (res != NULL)
		return res;
	/*
	 * The lock makes ON CONFLICT DO NOTHING needless; and without it a
	 * row that meets another unique key is refused, not lost.
	 */
	load_sql_insert(l);
	return run_counting(l, &l->inserted);
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

void
load_send(struct load *l)
{
	if (PQsendQuery(l->db.conn, buf_cstr(&l->db.sql)) != 1 ||
	    PQsetSingleRowMode(l->db.conn) != 1)
		db_die(&l->db, NULL);
	l->db.sql.n = 0;
}

PGresult *
load_next(struct load *l)
{
	PGresult *res;

	while ((res = PQgetResult(l->db.conn)) != NULL) {
		if (db_failed(res))
			db_die(&l->db, res);
		if (PQntuples(res) == 1)
			return res;
		PQclear(res);
	}
	return NULL;
}

/* Of the records of one key the last stays in mh_stage. */
static void
supersede(struct load *l)
{
	PGresult *res;

	load_sql_supersede(l);
	load_send(l);
	while ((res = load_next(l)) != NULL) {
		reject_superseded(l, strtoull(PQgetvalue(res, 0, 0), NULL, 10));
		l->staged--;
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
load_lock(struct load *l)
{
	/* readers may go on; ours are the only writes until the end */
	buf_fmt(&l->db.sql, "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE",
	    l->table.quoted);
	PQclear(must_run(l));
}

/* Chooses the rows that are to be written, and gives how many they are. */
static uint64_t
choose_rows(struct load *l)
{
	uint64_t todo = l->staged;
	PGresult *res;

	if (!l->by_key)
		return todo;
	load_sql_todo(l);
	res = must_run(l);
	todo = db_touched(res);
	l->unchanged = l->staged - todo;
	PQclear(res);
	return todo;
}

void
load_merge(struct load *l)
{
	uint64_t todo, refused;
	PGresult *why = NULL;

	if (l->direct)
		return;
	if (l->form->mode != DB_APPEND)
		load_lock(l);
	if (l->by_key && !load_keys_rise(l))
		supersede(l);
	if (l->form->mode == DB_REPLACE)
		delete_others(l);
	todo = choose_rows(l);
	refused = l->s->rejects.records;
	if (todo != 0 && (why = apply(l)) != NULL) {
		PQclear(why);
		load_undo(l);
		load_each(l);
	}
	refused = l->s->rejects.records - refused;
	if (l->inserted + l->updated + refused != todo)
		mh_die(MH_BUG,
		    "%s: %llu rows were to be written and %llu were; is there "
		    "a trigger that keeps rows out?",
		    l->table.label, (unsigned long long)(todo - refused),
		    (unsigned long long)(l->inserted + l->updated));
	/* of what was refused the old rows must go too */
	if (refused != 0 && l->form->mode == DB_REPLACE && l->by_key)
		delete_others(l);
}
