/*
 * db_extract - a table of PostgreSQL as a stream of records.
 *
 * All pages come out of one snapshot (REPEATABLE READ, READ ONLY). The rows
 * come by COPY in text form, and the JSON is built here, straight into the
 * stage's output.
 */
#ifndef DB_EXTRACT_H
#define DB_EXTRACT_H

#include "stage.h"

struct db_extract {
	const char *table;   /* as SQL writes it */
	const char *columns; /* NULL: all; of the lakehouse the data's */
	const char *where;   /* SQL, or NULL */
	const char *key;     /* columns, or NULL: the primary key */
	uint64_t page;       /* rows, 0: all at once */
	struct shard shard;
	const char *shard_key; /* columns, or NULL: those of `key` */
	bool lakehouse;        /* LAKEHOUSE_URL, not SUPABASE_URL */
};

/*
 * Writes all the rows, or those of the shard. A table, column or condition that
 * is not right ends the program with 78, a server that goes away with 75.
 */
void db_extract(struct stage *s, const struct db_extract *x);

#endif
