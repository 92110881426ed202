/* db_ledger - a load's books into the schema mh, with the data. */
#include <libpq-fe.h>

#include "db_loading.h"
#include "mh.h"
#include "seal.h"

/* Asks a question of lib/sql with these parameters: is the answer true? */
static bool
holds(struct load *l, const char *question, int n, const char *const *params)
{
	PGresult *res = db_query(&l->db, db_sql(question), n, params);
	bool answer = *PQgetvalue(res, 0, 0) == 't';

	PQclear(res);
	return answer;
}

void
load_ledger_find(struct load *l)
{
	const char *const names[] = { mh.run, l->table.label };

	if (mh.run == NULL)
		return;
	l->ledger = holds(l, "ledger-there.sql", 0, NULL);
	if (l->ledger && holds(l, "ledger-loaded.sql", 2, names))
		mh_die(MH_CONFIG,
		    "%s: run %s has loaded it already; a run loads a table "
		    "once",
		    l->table.label, mh.run);
}

static void
account_rows(struct load *l)
{
	PGresult *res;

	db_table_content(&l->db, &l->table);
	res = db_query(&l->db, buf_cstr(&l->db.sql), 0, NULL);
	l->db.sql.n = 0;
	stage_account(l->s, "rows", slice_of(PQgetvalue(res, 0, 0)));
	stage_account_text(l->s, "hash", slice_of(PQgetvalue(res, 0, 1)));
	PQclear(res);
}

/* The books of the pipe's stages, ours at the end: a JSON array. */
static void
put_pipe(const struct stage *s, struct buf *out)
{
	struct buf own = { 0 };

	stage_books(s, &own);
	seal_put_stages(
	    out, buf_view(&s->in.stages), s->in.records, buf_view(&own));
	buf_free(&own);
}

void
load_ledger_enter(struct load *l)
{
	bool whole = l->form->whole || l->form->mode == DB_REPLACE;
	struct buf pipe = { 0 };
	const char *params[4];
	PGresult *res;

	account_rows(l);
	put_pipe(l->s, &pipe);
	params[0] = mh.run;
	params[1] = l->table.label;
	params[2] = buf_cstr(&pipe);
	params[3] = whole ? "true" : "false";
	res = PQexecParams(
	    l->db.conn, db_sql("ledger.sql"), 4, NULL, params, NULL, NULL, 0);
	if (db_failed(res) && db_row_fault(res))
		mh_die(MH_BUG, "%s: the ledger refuses the books: %s",
		    l->table.label, db_words(&l->db, res));
	if (db_failed(res))
		db_die(&l->db, res);
	PQclear(res);
	buf_free(&pipe);
}
