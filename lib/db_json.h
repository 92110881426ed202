/*
 * db_json - rows in the text form of COPY as JSON objects.
 *
 * The form: fields between tabs, a line feed at the end, \N for null, and
 * backslashes before what would be taken for any of these (PostgreSQL, COPY,
 * "Text Format"). Whatever it escapes, JSON escapes almost alike.
 */
#ifndef DB_JSON_H
#define DB_JSON_H

#include "db.h"

struct db_json {
	const struct db_column *const *col;
	size_t n;
	struct buf names; /* {"id":,"nome": one after another */
	size_t *name_ends;
	struct buf text; /* a field without its escapes */
};

/* For rows that begin with these columns, n >= 1 of them; more may follow. */
void db_json_open(
    struct db_json *j, const struct db_column *const *col, size_t n);

/* Appends the row, which ends with a line feed, as an object. */
void db_json_put(struct db_json *j, struct buf *out, const char *row);

/* Appends the text of the field `at` of a row, unescaped. */
void db_json_field(struct buf *out, const char *row, size_t at);

void db_json_free(struct db_json *j);

#endif
