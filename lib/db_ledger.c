/* db_ledger - a load's books into the schema mh, with the data. */
#include <libpq-fe.h>
#include <stdlib.h>

#include "db_loading.h"
#include "json.h"
#include "mh.h"
#include "seal.h"

/* A right that is missing is said before the work, and not behind it. */
static void
check_rights(struct load *l)
{
	PGresult *res = db_query(&l->db, db_sql("ledger-rights.sql"), 0, NULL);

	if (PQntuples(res) > 0)
		mh_die(MH_CONFIG,
		    "%s: no right to enter the load in the ledger: %s",
		    l->table.label, PQgetvalue(res, 0, 0));
	PQclear(res);
}

void
load_ledger_find(struct load *l)
{
	const char *const names[] = { mh.run, l->table.label };
	PGresult *res;

	l->ledger = mh.run != NULL && db_has_ledger(&l->db);
	if (!l->ledger)
		return;
	check_rights(l);
	res = db_query(&l->db, db_sql("ledger-loaded.sql"), 2, names);
	if (*PQgetvalue(res, 0, 0) == 't')
		mh_die(MH_CONFIG,
		    "%s: run %s has loaded it already; a run loads a table "
		    "once",
		    l->table.label, mh.run);
	PQclear(res);
}

/* Is it data, and not what a load fills itself? */
static bool
is_data(const struct load *l, const struct db_column *c)
{
	size_t i;

	for (i = 0; i < l->ncol && l->col[i] != c; i++)
		;
	return !c->own || i < l->ncol;
}

/* The columns that are hashed, in their order; gives how many. Their names
 * go into the books: whoever looks again must look at the same ones. */
static size_t
account_columns(struct load *l, const struct db_column **col)
{
	struct buf names = { 0 };
	size_t i, n = 0;

	for (i = 0; i < l->table.n; i++) {
		if (!is_data(l, &l->table.col[i]))
			continue;
		buf_byte(&names, n == 0 ? '[' : ',');
		json_quote(&names, slice_of(l->table.col[i].name));
		col[n++] = &l->table.col[i];
	}
	buf_text(&names, n == 0 ? "[]" : "]");
	stage_account(l->s, "columns", buf_view(&names));
	buf_free(&names);
	return n;
}

static void
account_rows(struct load *l)
{
	const struct db_column **col =
	    mem_zero(l->table.n + 1, sizeof(const void *));
	size_t n = account_columns(l, col);
	PGresult *res = db_table_content(&l->db, &l->table, col, n);

	stage_account(l->s, "rows", slice_of(PQgetvalue(res, 0, 0)));
	stage_account_text(l->s, "hash", slice_of(PQgetvalue(res, 0, 1)));
	PQclear(res);
	free(col);
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
