/* db_load_ways - how rows may go to the server: in which form, and where. */
#include <libpq-fe.h>
#include <stdlib.h>

#include "db_loading.h"
#include "mh.h"

static void
find_types(struct load *l)
{
	struct load_ways *w = &l->ways;
	PGresult *res =
	    db_query(&l->db, "SELECT * FROM pg_temp.mh_stage", 0, NULL);
	size_t i;

	w->binary = true;
	w->type = mem_zero(l->ncol, sizeof(*w->type));
	for (i = 0; i < l->ncol; i++) {
		/* behind n and place; a domain shows as what it is made of */
		w->type[i] = PQftype(res, (int)i + 2);
		w->binary = w->binary && load_has_binary(w->type[i]);
	}
	PQclear(res);
}

static void
find_table(struct load *l)
{
	PGresult *res =
	    db_query(&l->db, db_sql("load-ways.sql"), 1, &l->table.oid);

	l->ways.copy = *PQgetvalue(res, 0, 0) == 't';
	l->ways.plain_key = *PQgetvalue(res, 0, 1) == 't';
	PQclear(res);
}

/* Appends the one row of mh_own in a form of COPY. */
static void
put_own(struct load *l, bool binary, struct buf *out)
{
	PGresult *res = PQexecParams(l->db.conn, "SELECT * FROM pg_temp.mh_own",
	    0, NULL, NULL, NULL, NULL, binary);
	int i;

	if (db_failed(res))
		db_die(&l->db, res);
	for (i = 0; i < PQnfields(res); i++) {
		struct slice v = { PQgetvalue(res, 0, i),
			(size_t)PQgetlength(res, 0, i) };

		if (binary)
			load_put_big(out, v.n, 4);
		else
			buf_byte(out, '\t');
		if (binary)
			buf_slice(out, v);
		else
			load_put_escaped(out, v);
	}
	l->ways.nown = (size_t)PQnfields(res);
	PQclear(res);
}

/*
 * The values of the load's own columns are the same in all rows: an INSERT
 * makes of them what the columns hold. False if it cannot.
 */
static bool
make_own(struct load *l)
{
	PGresult *res;
	bool failed;
	size_t i;

	for (i = 0; i < l->nown && l->own[i].insert == NULL; i++)
		;
	if (i == l->nown)
		return true; /* there are none */
	load_sql_own(l);
	res = db_try(&l->db);
	failed = db_failed(res);
	if (failed && !db_row_fault(res))
		db_die(&l->db, res);
	PQclear(res);
	if (failed)
		return false;
	put_own(l, false, &l->ways.own_text);
	put_own(l, true, &l->ways.own_binary);
	return true;
}

static bool
is_empty(struct load *l)
{
	PGresult *res;
	bool empty;

	buf_fmt(&l->db.sql, "SELECT FROM %s LIMIT 1", l->table.quoted);
	res = db_try(&l->db);
	if (db_failed(res))
		db_die(&l->db, res);
	empty = PQntuples(res) == 0;
	PQclear(res);
	return empty;
}

/* Is there nothing that the rows could meet, nor will there be? */
static bool
is_free(struct load *l)
{
	if (l->form->mode == DB_APPEND)
		return true;
	if (!is_empty(l))
		return false;
	load_lock(l);
	return is_empty(l);
}

void
load_ways_find(struct load *l)
{
	bool one = l->table.nkey == 1;

	find_types(l);
	find_table(l);
	l->keys.by_length = l->by_key && l->ways.plain_key;
	l->keys.by_bytes = l->keys.by_length && one;
	db_exec(&l->db, "SAVEPOINT mh");
	l->direct = l->ncol != 0 && l->ways.copy && is_free(l) && make_own(l);
	if (l->direct)
		db_exec(&l->db, LOAD_PART);
	else
		load_undo(l);
}

void
load_ways_free(struct load_ways *w)
{
	free(w->type);
	buf_free(&w->own_text);
	buf_free(&w->own_binary);
}
