/* db_table - what the catalogue knows about a table. */
#include <libpq-fe.h>
#include <stdlib.h>

#include "db.h"
#include "mh.h"

/* The columns of lib/sql/table.sql's answer. */
enum {
	OID,
	LABEL,
	QUOTED,
	UNSURE,
	NAME,
	NAME_QUOTED,
	TYPE,
	KIND,
	KEY,
	WRITABLE,
};

/* Columns that mh-load fills itself, where a table has them. */
static bool
is_own(const char *name)
{
	static const char *const names[] = { "process_id", "load_timestamp",
		"row_version", "data_ingestao" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

void
db_table_find(struct db *db, struct db_table *t, const char *name)
{
	PGresult *res;
	int i, n;

	db->object = name;
	res = db_query(db, db_sql("table.sql"), 1, &name);
	n = PQntuples(res);

	if (n == 0)
		mh_die(MH_CONFIG,
		    "%s: no such table in the database; a name "
		    "with capitals stands in double quotes, one outside the "
		    "search path behind its schema",
		    name);
	*t = (struct db_table){
		.oid = PQgetvalue(res, 0, OID),
		.label = PQgetvalue(res, 0, LABEL),
		.quoted = PQgetvalue(res, 0, QUOTED),
		.unsure = *PQgetvalue(res, 0, UNSURE) == 't',
		.col = mem_zero((size_t)n, sizeof(*t->col)),
		.n = (size_t)n,
		.texts = res,
	};
	for (i = 0; i < n; i++) {
		t->col[i] = (struct db_column){
			.name = PQgetvalue(res, i, NAME),
			.quoted = PQgetvalue(res, i, NAME_QUOTED),
			.type = PQgetvalue(res, i, TYPE),
			.kind = (enum db_kind) * PQgetvalue(res, i, KIND),
			.key = (size_t)atoi(PQgetvalue(res, i, KEY)),
			.writable = *PQgetvalue(res, i, WRITABLE) == 't',
			.own = is_own(PQgetvalue(res, i, NAME)),
		};
		t->nkey += t->col[i].key != 0;
	}
	db->object = t->label;
}

void
db_table_free(struct db_table *t)
{
	free(t->col);
	PQclear(t->texts);
}

/*
 * Cuts the next name off a list as SQL reads names: in double quotes as it
 * is, without them in lower case. False at the end; the list is empty then.
 */
static bool
next_name(const char **list, struct buf *name, const char *what)
{
	const char *p = *list;

	if (*p == '\0')
		return false;
	name->n = 0;
	p += strspn(p, " ");
	if (*p == '"') {
		for (p++; *p != '\0' && (*p != '"' || *++p == '"'); p++)
			buf_byte(name, *p);
		p += strspn(p, " ");
	} else {
		for (; *p != '\0' && *p != ',' && *p != ' '; p++)
			buf_byte(name, *p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
		p += strspn(p, " ");
	}
	if ((*p != ',' && *p != '\0') || name->n == 0)
		mh_die_usage("%s: not a list of names: %s", what, *list);
	*list = *p == ',' ? p + 1 : p;
	return true;
}

static const struct db_column *
column_named(const struct db_table *t, const char *name)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		if (strcmp(t->col[i].name, name) == 0)
			return &t->col[i];
	}
	mh_die(MH_CONFIG,
	    "%s: no column %s; a name with capitals stands in "
	    "double quotes",
	    t->label, name);
}

const struct db_column **
db_columns(struct db *db, const struct db_table *t, const char *what,
    const char *list, size_t *n)
{
	const struct db_column **row = mem_zero(t->n, sizeof(const void *));
	size_t i;

	*n = 0;
	while (next_name(&list, &db->words, what)) {
		const char *name = buf_cstr(&db->words);
		const struct db_column *c = column_named(t, name);

		for (i = 0; i < *n; i++) {
			if (row[i] == c)
				mh_die_usage("%s: %s twice", what, name);
		}
		row[(*n)++] = c;
	}
	if (*n == 0)
		mh_die_usage("%s: names no column", what);
	return row;
}

const struct db_column **
db_key(const struct db_table *t)
{
	const struct db_column **row = mem_zero(t->nkey, sizeof(const void *));
	size_t i;

	for (i = 0; i < t->n; i++) {
		if (t->col[i].key != 0)
			row[t->col[i].key - 1] = &t->col[i];
	}
	return row;
}
