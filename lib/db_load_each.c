/*
 * db_load_each - rows into the table, and the refused ones out.
 *
 * The server looks for them by itself, in one statement: each has its words
 * as if it had come alone.
 */
#include <libpq-fe.h>
#include <stdlib.h>

#include "db_loading.h"
#include "mh.h"

/* The columns of an answer: of a step that went well, or of a refused row. */
enum {
	INSERTED,
	UPDATED,
	PLACE,
	COLUMN,
	MESSAGE,
	DETAIL,
};

static void
prepare(struct load *l)
{
	db_exec(&l->db, "CREATE INDEX ON pg_temp.mh_stage (n);"
			"ANALYZE pg_temp.mh_stage");
	if (l->by_key)
		db_exec(&l->db, "CREATE INDEX ON pg_temp.mh_todo (n);"
				"ANALYZE pg_temp.mh_todo");
	load_sql_each(l);
	db_exec(&l->db, buf_cstr(&l->db.sql));
	l->db.sql.n = 0;
}

static uint64_t
number(const PGresult *res, int column)
{
	return strtoull(PQgetvalue(res, 0, column), NULL, 10);
}

static void
take_answer(struct load *l, const PGresult *res)
{
	const char *detail = PQgetvalue(res, 0, DETAIL);
	const char *words;

	if (PQgetisnull(res, 0, PLACE)) {
		l->inserted += number(res, INSERTED);
		l->updated += number(res, UPDATED);
		return;
	}
	words = db_words_of(&l->db, PQgetvalue(res, 0, MESSAGE),
	    *detail != '\0' ? detail : NULL);
	load_refuse(l, number(res, PLACE),
	    load_column(l, PQgetvalue(res, 0, COLUMN)), words);
}

void
load_each(struct load *l)
{
	PGresult *res;

	prepare(l);
	buf_fmt(&l->db.sql, "SELECT * FROM pg_temp.mh_each(%llu)",
	    (unsigned long long)l->n);
	load_send(l);
	while ((res = load_next(l)) != NULL) {
		take_answer(l, res);
		PQclear(res);
	}
	/* tables go with the transaction, functions with the session */
	db_exec(&l->db, "DROP FUNCTION pg_temp.mh_each(bigint)");
}
