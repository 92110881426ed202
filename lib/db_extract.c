/* db_extract - a table of PostgreSQL as a stream of records. */
#include <libpq-fe.h>
#include <stdlib.h>

#include "db.h"
#include "db_extract.h"
#include "db_json.h"
#include "json.h"
#include "mh.h"

#define PROGRESS_ROWS 4096

struct extract {
	struct stage *s;
	const struct db_extract *form;
	struct db db;
	struct db_table table;
	const struct db_column **col; /* those to write, then key columns */
	size_t ncol;                  /* those to write */
	size_t nall;
	const struct db_column **key;
	size_t nkey;
	size_t *key_at; /* their places among col */
	struct db_json json;
	struct key shard_key;
	char *last; /* the newest row, libpq's; or NULL */
};

static void
begin(struct extract *x)
{
	buf_text(
	    &x->db.sql, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;");
	buf_text(&x->db.sql, db_sql("session.sql"));
	db_exec(&x->db, buf_cstr(&x->db.sql));
	x->db.sql.n = 0;
}

/*
 * The columns to write: those asked for, or all. Of the lakehouse's tables
 * those that mh-load fills itself are left out, so that what comes out is
 * what went in.
 */
static void
choose_columns(struct extract *x)
{
	const struct db_table *t = &x->table;
	size_t i;

	if (x->form->columns != NULL) {
		x->col = db_columns(
		    &x->db, t, "--columns", x->form->columns, &x->ncol);
	} else {
		x->col = mem_zero(t->n, sizeof(const void *));
		for (i = 0; i < t->n; i++) {
			if (!x->form->lakehouse || !t->col[i].own)
				x->col[x->ncol++] = &t->col[i];
		}
	}
	for (i = 0; i < x->ncol; i++) {
		if (strcmp(x->col[i]->name, "$mh") == 0)
			mh_die(MH_CONFIG,
			    "%s: column $mh: the name is "
			    "reserved for seals; leave it out with --columns",
			    t->label);
	}
	if (x->ncol == 0)
		mh_die(MH_CONFIG,
		    "%s: it has no columns of its own; --columns names those "
		    "that mh-load fills",
		    t->label);
	x->nall = x->ncol;
}

/* The key to page by, if any; its columns come along, written or not. */
static void
choose_key(struct extract *x)
{
	const struct db_table *t = &x->table;
	size_t i, j;

	if (x->form->page == 0)
		return;
	if (x->form->key != NULL) {
		x->key = db_columns(&x->db, t, "--key", x->form->key, &x->nkey);
	} else if (!t->unsure) {
		x->key = db_key(t);
		x->nkey = t->nkey;
	}
	x->key_at = mem_zero(x->nkey, sizeof(*x->key_at));
	x->col = mem_resize(x->col, x->ncol + x->nkey, sizeof(*x->col));
	for (i = 0; i < x->nkey; i++) {
		for (j = 0; j < x->nall && x->col[j] != x->key[i]; j++)
			;
		if (j == x->nall)
			x->col[x->nall++] = x->key[i];
		x->key_at[i] = j;
	}
}

/* The columns that say the shard: they must be among those to write, as who
 * reads them must be able to tell the shard too. */
static void
choose_shard_key(struct extract *x)
{
	const struct db_table *t = &x->table;
	const char *option = "--shard-key", *list = x->form->shard_key;
	const struct db_column **key;
	size_t i, j, n = t->nkey;

	if (list == NULL && x->form->key != NULL) {
		option = "--key";
		list = x->form->key;
	}
	key =
	    list != NULL ? db_columns(&x->db, t, option, list, &n) : db_key(t);
	if (n == 0)
		mh_die(MH_CONFIG,
		    "%s: it has no primary key; --shard-key says by which "
		    "columns",
		    t->label);
	for (i = 0; i < n; i++) {
		struct slice name = slice_of(key[i]->name);

		for (j = 0; j < x->ncol && x->col[j] != key[i]; j++)
			;
		if (j == x->ncol)
			mh_die(MH_CONFIG,
			    "%s: --shard goes by column %s, which is not "
			    "written",
			    t->label, key[i]->name);
		names_add(&x->shard_key.names, option, name, name);
	}
	free(key);
}

static void
put_names(struct buf *sql, const struct db_column *const *col, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		buf_fmt(sql, "%s%s", i == 0 ? "" : ", ", col[i]->quoted);
}

/* The line feed ends a comment that the condition may end with. */
static void
put_where(struct extract *x)
{
	buf_fmt(&x->db.sql, " FROM %s", x->table.quoted);
	if (x->form->where != NULL)
		buf_fmt(&x->db.sql, " WHERE (%s\n)", x->form->where);
}

/*
 * A key that is given by hand must be one, or rows that share a value at
 * the end of a page, and rows without a value, would be lost.
 */
static void
check_key(struct extract *x)
{
	PGresult *res;
	bool wanting;
	size_t i;

	buf_text(&x->db.sql, "SELECT EXISTS (SELECT");
	put_where(x);
	buf_text(&x->db.sql, " GROUP BY ");
	put_names(&x->db.sql, x->key, x->nkey);
	buf_text(&x->db.sql, " HAVING count(*) > 1");
	for (i = 0; i < x->nkey; i++)
		buf_fmt(&x->db.sql, " OR %s IS NULL", x->key[i]->quoted);
	buf_text(&x->db.sql, ")");
	res = db_query(&x->db, buf_cstr(&x->db.sql), 0, NULL);
	wanting = *PQgetvalue(res, 0, 0) == 't';
	PQclear(res);
	x->db.sql.n = 0;
	if (wanting)
		mh_die(MH_CONFIG,
		    "%s: --key %s: some rows have no value or "
		    "the same one; give a key that tells all rows apart, or "
		    "--page 0",
		    x->table.label, x->form->key);
}

/* ... AND (key) > (the key of the last row), each as its column's type. */
static void
put_after(struct extract *x)
{
	struct buf text = { 0 };
	size_t i;

	buf_text(&x->db.sql, x->form->where == NULL ? " WHERE (" : " AND (");
	put_names(&x->db.sql, x->key, x->nkey);
	buf_text(&x->db.sql, ") > (");
	for (i = 0; i < x->nkey; i++) {
		text.n = 0;
		db_json_field(&text, x->last, x->key_at[i]);
		buf_text(&x->db.sql, i == 0 ? "" : ", ");
		db_literal(&x->db, &x->db.sql, buf_view(&text));
		buf_fmt(&x->db.sql, "::%s", x->key[i]->type);
	}
	buf_text(&x->db.sql, ")");
	buf_free(&text);
}

static void
put_copy(struct extract *x)
{
	buf_text(&x->db.sql, "COPY (SELECT ");
	put_names(&x->db.sql, x->col, x->nall);
	put_where(x);
	if (x->nkey != 0) {
		if (x->last != NULL)
			put_after(x);
		buf_text(&x->db.sql, " ORDER BY ");
		put_names(&x->db.sql, x->key, x->nkey);
		buf_text(&x->db.sql, " LIMIT ");
		buf_u64(&x->db.sql, x->form->page);
	}
	buf_text(&x->db.sql, ") TO STDOUT");
}

/* Appends a row, unless it is of another shard. */
static void
put_row(struct extract *x, const char *row)
{
	struct out *out = &x->s->out;
	size_t from = out->b.n;

	x->s->in.records++;
	db_json_put(&x->json, &out->b, row);
	if (x->form->shard.n != 0) {
		key_read_line(&x->shard_key,
		    (struct slice){ out->b.p + from, out->b.n - from });
		if (!shard_has(&x->form->shard, &x->shard_key)) {
			x->s->elsewhere++;
			out->b.n = from;
			return;
		}
	}
	out_end(out);
}

/* Writes what one COPY gives; the number of its rows. */
static uint64_t
take_page(struct extract *x)
{
	uint64_t rows = 0;
	char *row;
	int n;

	put_copy(x);
	/* as one statement, so that a condition cannot bring another */
	PQclear(db_query(&x->db, buf_cstr(&x->db.sql), 0, NULL));
	x->db.sql.n = 0;
	while ((n = PQgetCopyData(x->db.conn, &row, 0)) > 0) {
		put_row(x, row);
		if (++rows % PROGRESS_ROWS == 0)
			stage_progress(x->s);
		PQfreemem(x->last);
		x->last = row;
	}
	if (n == -2)
		db_die(&x->db, NULL);
	db_end(&x->db);
	return rows;
}

void
db_extract(struct stage *s, const struct db_extract *form)
{
	struct extract x = { .s = s, .form = form };

	db_open(&x.db, form->lakehouse ? DB_LAKEHOUSE : DB_SOURCE);
	begin(&x);
	db_table_find(&x.db, &x.table, form->table);
	/* of a part of it, nobody can ask that it be all */
	if (form->where == NULL && form->shard.n == 0)
		stage_account_text(s, "table", slice_of(x.table.label));
	choose_columns(&x);
	choose_key(&x);
	if (form->shard.n != 0)
		choose_shard_key(&x);
	if (x.nkey != 0 && form->key != NULL)
		check_key(&x);
	db_json_open(&x.json, x.col, x.ncol);
	while (take_page(&x) == form->page && x.nkey != 0)
		;
	db_exec(&x.db, "COMMIT");
	PQfreemem(x.last);
	db_json_free(&x.json);
	key_free(&x.shard_key);
	free(x.key_at);
	free(x.key);
	free(x.col);
	db_table_free(&x.table);
	db_close(&x.db);
}
