/* db_load_sql - the statements of a load, built into db.sql. */
#include "db_loading.h"

/* Rows lo..hi of mh_stage as s; all of them need no condition. */
static void
put_source(struct load *l, uint64_t lo, uint64_t hi)
{
	if (lo == 1 && hi == l->n)
		buf_text(&l->db.sql, "pg_temp.mh_stage s");
	else
		buf_fmt(&l->db.sql,
		    "(SELECT * FROM pg_temp.mh_stage WHERE n BETWEEN %llu "
		    "AND %llu) s",
		    (unsigned long long)lo, (unsigned long long)hi);
}

/* t.id = s.c1 AND ... */
static void
put_match(struct load *l)
{
	size_t i;
	bool more = false;

	for (i = 0; i < l->ncol; i++) {
		if (!l->is_key[i])
			continue;
		buf_fmt(&l->db.sql, "%st.%s = s.c%zu", more ? " AND " : "",
		    l->col[i]->quoted, i + 1);
		more = true;
	}
}

bool
load_has_content(const struct load *l)
{
	return l->ncol > l->table.nkey;
}

/*
 * Do the rows differ? Byte by byte (*<>), because 1.5 and 1.50 are equal but
 * not the same, and because some types (json) know no equality at all. The
 * casts keep the parser from comparing column with column.
 */
static void
put_differ(struct load *l)
{
	size_t i, side;

	if (!load_has_content(l)) {
		buf_text(&l->db.sql, "false");
		return;
	}
	for (side = 0; side < 2; side++) {
		bool more = false;

		buf_text(&l->db.sql, side == 0 ? "ROW(" : " *<> ROW(");
		for (i = 0; i < l->ncol; i++) {
			if (l->is_key[i])
				continue;
			if (more)
				buf_byte(&l->db.sql, ',');
			more = true;
			if (side == 0)
				buf_fmt(&l->db.sql, "t.%s", l->col[i]->quoted);
			else
				buf_fmt(&l->db.sql, "s.c%zu", i + 1);
		}
		buf_text(&l->db.sql, ")::record");
	}
}

/* The names of all columns that an insert writes, in brackets. */
static void
put_targets(struct load *l)
{
	size_t i;

	for (i = 0; i < l->ncol; i++)
		buf_fmt(
		    &l->db.sql, "%s%s", i == 0 ? "(" : ", ", l->col[i]->quoted);
	for (i = 0; i < l->nown; i++) {
		if (l->own[i].insert != NULL)
			buf_fmt(&l->db.sql, ", %s", l->own[i].col->quoted);
	}
	buf_byte(&l->db.sql, ')');
}

/* Their values. */
static void
put_values(struct load *l)
{
	size_t i;

	for (i = 0; i < l->ncol; i++)
		buf_fmt(&l->db.sql, "%ss.c%zu", i == 0 ? "" : ", ", i + 1);
	for (i = 0; i < l->nown; i++) {
		if (l->own[i].insert != NULL)
			buf_fmt(&l->db.sql, ", %s", l->own[i].insert);
	}
}

static void
put_set(struct load *l)
{
	const char *comma = "";
	size_t i;

	for (i = 0; i < l->ncol; i++) {
		if (l->is_key[i])
			continue;
		buf_fmt(&l->db.sql, "%s%s = s.c%zu", comma, l->col[i]->quoted,
		    i + 1);
		comma = ", ";
	}
	for (i = 0; i < l->nown; i++)
		buf_fmt(&l->db.sql, ", %s = %s", l->own[i].col->quoted,
		    l->own[i].update);
}

/* Any column of the key: it is null where a left join found no row. */
static const char *
key_column(const struct load *l)
{
	size_t i;

	for (i = 0; !l->is_key[i]; i++)
		;
	return l->col[i]->quoted;
}

void
load_sql_foresee(struct load *l, uint64_t lo, uint64_t hi)
{
	const char *key = key_column(l);

	buf_fmt(&l->db.sql,
	    "SELECT count(*) FILTER (WHERE t.%s IS NULL), "
	    "count(*) FILTER (WHERE t.%s IS NOT NULL AND ",
	    key, key);
	put_differ(l);
	buf_fmt(&l->db.sql,
	    "), count(*) FILTER (WHERE t.%s IS NOT NULL "
	    "AND NOT (",
	    key);
	put_differ(l);
	buf_text(&l->db.sql, ")) FROM ");
	put_source(l, lo, hi);
	buf_fmt(&l->db.sql, " LEFT JOIN %s t ON ", l->table.quoted);
	put_match(l);
}

void
load_sql_merge(struct load *l, uint64_t lo, uint64_t hi)
{
	buf_fmt(&l->db.sql, "MERGE INTO %s t USING ", l->table.quoted);
	put_source(l, lo, hi);
	buf_text(&l->db.sql, " ON ");
	put_match(l);
	if (load_has_content(l)) {
		buf_text(&l->db.sql, " WHEN MATCHED AND ");
		put_differ(l);
		buf_text(&l->db.sql, " THEN UPDATE SET ");
		put_set(l);
	}
	buf_text(&l->db.sql, " WHEN NOT MATCHED THEN INSERT ");
	put_targets(l);
	buf_text(&l->db.sql, " VALUES (");
	put_values(l);
	buf_byte(&l->db.sql, ')');
}

void
load_sql_update(struct load *l, uint64_t lo, uint64_t hi)
{
	buf_fmt(&l->db.sql, "UPDATE %s t SET ", l->table.quoted);
	put_set(l);
	buf_text(&l->db.sql, " FROM ");
	put_source(l, lo, hi);
	buf_text(&l->db.sql, " WHERE ");
	put_match(l);
	buf_text(&l->db.sql, " AND ");
	put_differ(l);
}

void
load_sql_insert(struct load *l, uint64_t lo, uint64_t hi, bool missing)
{
	buf_fmt(&l->db.sql, "INSERT INTO %s ", l->table.quoted);
	put_targets(l);
	buf_text(&l->db.sql, " SELECT ");
	put_values(l);
	buf_text(&l->db.sql, " FROM ");
	put_source(l, lo, hi);
	if (!missing)
		return;
	buf_fmt(&l->db.sql, " WHERE NOT EXISTS (SELECT FROM %s t WHERE ",
	    l->table.quoted);
	put_match(l);
	buf_byte(&l->db.sql, ')');
}

static void
put_key(struct load *l, const char *before)
{
	size_t i;

	for (i = 0; i < l->ncol; i++) {
		if (!l->is_key[i])
			continue;
		buf_fmt(&l->db.sql, "%sc%zu", before, i + 1);
		before = ", ";
	}
}

void
load_sql_supersede(struct load *l)
{
	size_t i;

	buf_text(&l->db.sql, "WITH last AS (SELECT max(n) AS n");
	put_key(l, ", ");
	buf_text(&l->db.sql, " FROM pg_temp.mh_stage GROUP BY ");
	put_key(l, "");
	buf_text(&l->db.sql,
	    " HAVING count(*) > 1), gone AS (DELETE FROM "
	    "pg_temp.mh_stage s USING last WHERE s.n < last.n");
	for (i = 0; i < l->ncol; i++) {
		if (l->is_key[i])
			buf_fmt(&l->db.sql, " AND s.c%zu = last.c%zu", i + 1,
			    i + 1);
	}
	buf_text(&l->db.sql,
	    " RETURNING s.n, s.place) SELECT place FROM gone ORDER BY n");
}

void
load_sql_delete(struct load *l)
{
	buf_fmt(&l->db.sql, "DELETE FROM %s t", l->table.quoted);
	if (!l->by_key)
		return;
	buf_text(&l->db.sql, " WHERE NOT EXISTS "
			     "(SELECT FROM pg_temp.mh_stage s WHERE ");
	put_match(l);
	buf_byte(&l->db.sql, ')');
}

void
load_sql_stage(struct load *l)
{
	size_t i;

	buf_text(&l->db.sql, "CREATE TEMP TABLE mh_stage (n, place");
	for (i = 0; i < l->ncol; i++)
		buf_fmt(&l->db.sql, ", c%zu", i + 1);
	buf_text(&l->db.sql, ") ON COMMIT DROP AS SELECT 0::bigint, 0::bigint");
	for (i = 0; i < l->ncol; i++)
		buf_fmt(&l->db.sql, ", %s", l->col[i]->quoted);
	buf_fmt(&l->db.sql, " FROM %s WITH NO DATA", l->table.quoted);
}
