/* db_books - what mh-load and mh-audit both ask of the ledger. */
#include <libpq-fe.h>

#include "db.h"
#include "mh.h"

bool
db_has_ledger(struct db *db)
{
	PGresult *res = db_query(db, db_sql("ledger-there.sql"), 0, NULL);
	const char *much = PQgetvalue(res, 0, 0);
	bool all = strcmp(much, "all") == 0;

	if (strcmp(much, "part") == 0)
		mh_die(MH_CONFIG,
		    "%s: the ledger lacks tables: the schema mh has only some "
		    "of them; pipelines.sh init makes the others",
		    db->object);
	PQclear(res);
	return all;
}

struct pg_result *
db_table_content(struct db *db, const struct db_table *t,
    const struct db_column *const *col, size_t n)
{
	PGresult *res;
	size_t i;

	/* what a value's text may depend on, and only as long as that */
	db_exec(db, "SAVEPOINT mh_content; "
		    "SET LOCAL search_path = pg_catalog; "
		    "SET LOCAL quote_all_identifiers = off");
	/* each value's hash begins with that of the one before: half of what
	 * the text of the whole row would take */
	buf_text(&db->sql, "SELECT count(*), mh.sum64(sum(");
	for (i = n; i-- > 0;)
		buf_fmt(&db->sql,
		    "hashtextextended(coalesce(%s::text, E'\\x01') "
		    "COLLATE \"C\", ",
		    col[i]->quoted);
	buf_text(&db->sql, "0::bigint");
	for (i = 0; i < n; i++)
		buf_byte(&db->sql, ')');
	buf_fmt(&db->sql, ")) FROM %s", t->quoted);
	res = db_try(db);
	if (db_failed(res))
		db_die(db, res);
	db_exec(db, "ROLLBACK TO SAVEPOINT mh_content; "
		    "RELEASE SAVEPOINT mh_content");
	return res;
}
