/* db_load_sql - the statements of a load, built into db.sql. */
#include "db_loading.h"

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
 * Do the values of one column differ? Byte by byte, as 1.5 and 1.50 are equal
 * but not the same. False if that cannot be said of this type in this way.
 */
static bool
put_column_differs(struct load *l, size_t i)
{
	const char *name = l->col[i]->quoted;

	switch (l->ways.type[i]) {
	case LOAD_BOOL:
	case LOAD_INT2:
	case LOAD_INT4:
	case LOAD_INT8:
	case LOAD_DATE:
	case LOAD_TIMESTAMP:
	case LOAD_TIMESTAMPTZ:
	case LOAD_UUID:
		buf_fmt(&l->db.sql, " OR t.%s IS DISTINCT FROM s.c%zu", name,
		    i + 1);
		return true;
	case LOAD_TEXT:
	case LOAD_VARCHAR:
		/* to other collations different texts may be equal */
		buf_fmt(&l->db.sql,
		    " OR t.%s COLLATE \"C\" IS DISTINCT FROM s.c%zu", name,
		    i + 1);
		return true;
	case LOAD_NUMERIC:
		buf_fmt(&l->db.sql,
		    " OR t.%s IS DISTINCT FROM s.c%zu "
		    "OR scale(t.%s) <> scale(s.c%zu)",
		    name, i + 1, name, i + 1);
		return true;
	default: return false;
	}
}

/*
 * Do the rows differ? " OR ...", to stand behind another condition. Images of
 * rows (*<>) serve for every type, even for json, which knows no equality,
 * but take three times as long. The casts keep the parser from comparing
 * column with column.
 */
static void
put_differ(struct load *l)
{
	struct buf ours = { 0 }, theirs = { 0 };
	size_t i;

	for (i = 0; i < l->ncol; i++) {
		if (l->is_key[i] || put_column_differs(l, i))
			continue;
		buf_fmt(&theirs, "%st.%s", theirs.n == 0 ? "" : ", ",
		    l->col[i]->quoted);
		buf_fmt(&ours, "%ss.c%zu", ours.n == 0 ? "" : ", ", i + 1);
	}
	if (ours.n != 0)
		buf_fmt(&l->db.sql, " OR ROW(%s)::record *<> ROW(%s)::record",
		    buf_cstr(&theirs), buf_cstr(&ours));
	buf_free(&ours);
	buf_free(&theirs);
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

/* Where the rows are that are to be written: as s. */
static const char *
source(const struct load *l)
{
	return l->by_key ? "pg_temp.mh_todo" : "pg_temp.mh_stage";
}

/*
 * A row goes in here only if it is new or differs, so that one join gives all
 * the counts and the rest touches no row in vain.
 */
void
load_sql_todo(struct load *l)
{
	const char *key = key_column(l);

	buf_fmt(&l->db.sql,
	    "CREATE TEMP TABLE mh_todo ON COMMIT DROP AS "
	    "SELECT s.*, t.%s IS NULL AS fresh FROM pg_temp.mh_stage s "
	    "LEFT JOIN %s t ON ",
	    key, l->table.quoted);
	put_match(l);
	buf_fmt(&l->db.sql, " WHERE t.%s IS NULL", key);
	put_differ(l);
}

void
load_sql_update(struct load *l)
{
	buf_fmt(&l->db.sql, "UPDATE %s t SET ", l->table.quoted);
	put_set(l);
	buf_fmt(&l->db.sql, " FROM %s s WHERE NOT s.fresh AND ", source(l));
	put_match(l);
}

void
load_sql_insert(struct load *l)
{
	buf_fmt(&l->db.sql, "INSERT INTO %s ", l->table.quoted);
	put_targets(l);
	buf_text(&l->db.sql, " SELECT ");
	put_values(l);
	buf_fmt(&l->db.sql, " FROM %s s WHERE %s", source(l),
	    l->by_key ? "s.fresh" : "true");
}

static void
put_step(struct load *l, const char *counter)
{
	buf_fmt(&l->db.sql,
	    " AND s.n BETWEEN mh.o_from AND mh.o_to; "
	    "GET DIAGNOSTICS %s = ROW_COUNT; ",
	    counter);
}

/*
 * Steps through the rows: shorter steps after one that failed, until it is
 * one row that does, longer ones as long as all goes well. So it takes little
 * more than their number of tries to find the rows that are refused, be they
 * few or many. The conditions are the classes that db_row_fault() knows.
 */
static void
put_each_body(struct load *l)
{
	buf_text(&l->db.sql,
	    "#variable_conflict use_column\n"
	    "<<mh>> DECLARE o_from bigint := 1; o_to bigint; "
	    "o_step bigint := 1024; BEGIN o_updated := 0; "
	    "WHILE o_from <= o_last LOOP "
	    "o_to := least(o_from + o_step - 1, o_last); o_place := NULL; "
	    "BEGIN ");
	if (l->by_key && load_has_content(l)) {
		load_sql_update(l);
		put_step(l, "o_updated");
	}
	load_sql_insert(l);
	put_step(l, "o_inserted");
	buf_text(&l->db.sql,
	    "RETURN NEXT; o_from := o_to + 1; "
	    "o_step := least(o_step * 2, 1024); "
	    "EXCEPTION WHEN cardinality_violation OR data_exception "
	    "OR integrity_constraint_violation OR with_check_option_violation "
	    "OR program_limit_exceeded OR plpgsql_error THEN "
	    "IF o_to > o_from THEN "
	    "o_step := greatest((o_to - o_from + 1) / 8, 1); "
	    "ELSE GET STACKED DIAGNOSTICS o_column = COLUMN_NAME, "
	    "o_message = MESSAGE_TEXT, o_detail = PG_EXCEPTION_DETAIL; ");
	buf_fmt(&l->db.sql,
	    "SELECT place FROM %s WHERE n = mh.o_from INTO o_place; "
	    "RETURN NEXT; ",
	    source(l));
	/* whether a value or a constraint is to blame: it was not loaded */
	buf_text(&l->db.sql,
	    "DELETE FROM pg_temp.mh_stage WHERE n = mh.o_from; "
	    "o_from := o_from + 1; END IF; END; END LOOP; END");
}

void
load_sql_each(struct load *l)
{
	struct buf head = { 0 }, body;

	put_each_body(l);
	body = l->db.sql;
	l->db.sql = head;
	buf_text(&l->db.sql,
	    "CREATE FUNCTION pg_temp.mh_each(o_last bigint) RETURNS TABLE "
	    "(o_inserted bigint, o_updated bigint, o_place bigint, "
	    "o_column text, o_message text, o_detail text) "
	    "LANGUAGE plpgsql AS ");
	db_literal(&l->db, &l->db.sql, buf_view(&body));
	buf_free(&body);
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

void
load_sql_own(struct load *l)
{
	const char *comma = "";
	size_t i;

	buf_text(
	    &l->db.sql, "CREATE TEMP TABLE mh_own ON COMMIT DROP AS SELECT ");
	for (i = 0; i < l->nown; i++) {
		if (l->own[i].insert == NULL)
			continue;
		buf_fmt(&l->db.sql, "%s%s", comma, l->own[i].col->quoted);
		comma = ", ";
	}
	buf_fmt(&l->db.sql,
	    " FROM %s WITH NO DATA; INSERT INTO pg_temp.mh_own SELECT ",
	    l->table.quoted);
	for (i = 0, comma = ""; i < l->nown; i++) {
		if (l->own[i].insert == NULL)
			continue;
		buf_fmt(&l->db.sql, "%s%s", comma, l->own[i].insert);
		comma = ", ";
	}
}

void
load_sql_copy(struct load *l)
{
	buf_text(&l->db.sql, "COPY ");
	if (l->direct) {
		buf_text(&l->db.sql, l->table.quoted);
		put_targets(l);
	} else {
		buf_text(&l->db.sql, "pg_temp.mh_stage");
	}
	buf_text(&l->db.sql, " FROM STDIN");
	if (l->batch.binary)
		buf_text(&l->db.sql, " BINARY");
}
