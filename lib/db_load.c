/* db_load - a stream of records into a table of PostgreSQL. */
#include <libpq-fe.h>
#include <stdlib.h>

#include "db_loading.h"
#include "json.h"
#include "mh.h"

/*
 * What is to be said of which table if the program ends now, wherever that
 * happens: whoever reads a failure shall know what became of the rows.
 */
static const char *table, *last_words;

static void
say_last_words(void)
{
	if (last_words != NULL)
		mh_warn("%s: %s", table, last_words);
	last_words = NULL;
}

/*
 * Each statement must see what was committed while this load waited for its
 * lock, whatever the database's default is.
 */
static void
begin(struct load *l)
{
	buf_text(
	    &l->db.sql, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;");
	buf_text(&l->db.sql, db_sql("session.sql"));
	buf_text(&l->db.sql, db_sql("session-load.sql"));
	buf_fmt(&l->db.sql, "SET LOCAL lock_timeout = '%us'",
	    l->form->lock_timeout);
	db_exec(&l->db, buf_cstr(&l->db.sql));
	l->db.sql.n = 0;
}

/* The columns to load: those asked for, or all that are the data's. */
static void
choose_columns(struct load *l)
{
	const struct db_table *t = &l->table;
	size_t i;

	if (l->form->columns != NULL) {
		l->col = db_columns(
		    &l->db, t, "--columns", l->form->columns, &l->ncol);
	} else {
		l->col = mem_zero(t->n, sizeof(const void *));
		for (i = 0; i < t->n; i++) {
			if (t->col[i].writable && !t->col[i].own)
				l->col[l->ncol++] = &t->col[i];
		}
	}
	for (i = 0; i < l->ncol; i++) {
		struct slice name = slice_of(l->col[i]->name);

		if (!l->col[i]->writable)
			mh_die(MH_CONFIG,
			    "%s: column %s: the database "
			    "computes it",
			    t->label, l->col[i]->name);
		names_add(&l->members, t->label, name, name);
	}
}

/* Which of the columns are the key's; all of the key must be there. */
static void
choose_key(struct load *l)
{
	const struct db_table *t = &l->table;
	size_t i, n = 0;

	l->by_key = l->form->mode == DB_UPSERT ||
		    (l->form->mode == DB_REPLACE && t->nkey != 0);
	l->is_key = mem_zero(l->ncol, sizeof(*l->is_key));
	if (!l->by_key)
		return;
	if (t->unsure)
		mh_die(MH_CONFIG,
		    "%s: others inherit from it, and its primary key does not "
		    "hold for them; --mode append adds rows without looking",
		    t->label);
	if (t->nkey == 0)
		mh_die(MH_CONFIG,
		    "%s: no primary key to tell old rows from "
		    "new ones; --mode append adds rows without looking",
		    t->label);
	for (i = 0; i < l->ncol; i++) {
		l->is_key[i] = l->col[i]->key != 0;
		n += l->is_key[i];
	}
	if (n != t->nkey)
		mh_die(MH_CONFIG,
		    "%s: the columns to load lack some of the "
		    "primary key's",
		    t->label);
}

/* One process_id a load, from the sequence unless MH_PROCESS_ID has it. */
static const char *
process_literal(struct load *l)
{
	const char *id = mh_env("MH_PROCESS_ID");
	PGresult *res = NULL;

	if (id == NULL) {
		res = db_query(&l->db, db_sql("process-id.sql"), 0, NULL);
		if (!PQgetisnull(res, 0, 0))
			id = PQgetvalue(res, 0, 0);
	}
	if (id != NULL)
		db_literal(&l->db, &l->process, slice_of(id));
	PQclear(res);
	return l->process.n != 0 ? buf_cstr(&l->process) : NULL;
}

/* How the columns that are the load's own get their values. */
static void
choose_own(struct load *l)
{
	static const char now[] = "transaction_timestamp()";
	size_t i, j;

	for (i = 0; i < l->table.n; i++) {
		const struct db_column *c = &l->table.col[i];
		struct load_own *own = &l->own[l->nown];

		for (j = 0; j < l->ncol && l->col[j] != c; j++)
			;
		if (j < l->ncol || !c->writable || !c->own)
			continue;
		*own =
		    (struct load_own){ .col = c, .insert = now, .update = now };
		if (strcmp(c->name, "row_version") == 0) {
			own->insert = "1";
			own->update = "coalesce(t.row_version, 1) + 1";
		} else if (strcmp(c->name, "process_id") == 0) {
			own->insert = process_literal(l);
			own->update =
			    own->insert != NULL ? own->insert : "DEFAULT";
		}
		l->nown++;
	}
}

static void
open_load(struct load *l)
{
	const struct db_load *form = l->form;

	db_open(&l->db, DB_LAKEHOUSE);
	begin(l);
	db_table_find(&l->db, &l->table, form->table);
	table = l->table.label;
	last_words = "nothing was loaded";
	atexit(say_last_words);
	stage_account_text(l->s, "table", slice_of(table));
	choose_columns(l);
	choose_key(l);
	PQclear(db_query(&l->db, db_sql("lock.sql"), 1, &l->table.oid));
	load_ledger_find(l);
	choose_own(l);
	load_sql_stage(l);
	db_exec(&l->db, buf_cstr(&l->db.sql));
	l->db.sql.n = 0;
	load_ways_find(l);
	spool_open(&l->spool);
	load_batch_open(l);
}

/*
 * A commit whose answer is lost may have happened or not: that must be said
 * plainly.
 */
static void
commit(struct load *l)
{
	PGresult *res = PQexec(l->db.conn, "COMMIT");

	if (db_failed(res) && PQstatus(l->db.conn) == CONNECTION_BAD)
		last_words =
		    l->form->mode == DB_APPEND
			? "nobody knows whether the commit happened; look for the "
			  "rows before you load them again"
			: "nobody knows whether the commit happened; to load the "
			  "same stream again is safe";
	if (db_failed(res))
		db_die(&l->db, res);
	last_words = "the rows were loaded all the same";
	PQclear(res);
}

static void
close_load(struct load *l)
{
	db_close(&l->db);
	db_table_free(&l->table);
	load_batch_free(l);
	spool_close(&l->spool);
	names_free(&l->members);
	arena_free(&l->kept);
	load_ways_free(&l->ways);
	buf_free(&l->keys.now);
	buf_free(&l->keys.last);
	buf_free(&l->process);
	buf_free(&l->text);
	free(l->dropped);
	free(l->drop);
	free(l->is_key);
	free(l->col);
}

int
db_load(struct stage *s, const struct db_load *form)
{
	struct load l = { .s = s, .form = form };
	struct rec *r;
	uint64_t done;
	int status;

	open_load(&l);
	while ((r = stage_next(s)) != NULL)
		load_row(&l, r);
	load_batch_flush(&l);
	load_merge(&l);
	done = l.inserted + l.updated + l.unchanged;
	status = stage_verdict(s, s->in.records == done + s->rejects.records);
	if (status == MH_OK) {
		stage_count(s, "inserted", l.inserted);
		stage_count(s, "updated", l.updated);
		stage_count(s, "unchanged", l.unchanged);
		stage_count(s, "deleted", l.deleted);
		if (l.ledger)
			load_ledger_enter(&l);
		commit(&l);
	}
	load_note_dropped(&l);
	if (status != MH_BUG)
		status = stage_finish(s, true);
	if (status == MH_OK)
		last_words = NULL;
	say_last_words();
	close_load(&l);
	return status;
}
