/*
 * db_load - a stream of records into a table of PostgreSQL.
 *
 * Everything happens in one transaction, which commits only when the whole
 * stream was read, its seals were good and the books close. Records go by
 * COPY into a temporary table, from there in one statement into the table.
 */
#ifndef DB_LOAD_H
#define DB_LOAD_H

#include "stage.h"

enum db_mode {
	DB_UPSERT,  /* by primary key: insert, or update what differs */
	DB_APPEND,  /* insert, whatever is there */
	DB_REPLACE, /* upsert, and delete what the stream has not */
};

struct db_load {
	const char *table; /* as SQL writes it */
	enum db_mode mode;
	const char *columns;   /* NULL: all but those that the load fills */
	bool ignore_unknown;   /* members without a column may go */
	bool whole;            /* the stream is all that the table is made of */
	size_t batch;          /* rows of one round trip */
	unsigned lock_timeout; /* seconds */
};

/*
 * Loads the records of an open stage; gives the exit status for main to
 * return. What the database refuses becomes a reject, reason `database`;
 * other failures end the program, and then nothing was loaded.
 */
int db_load(struct stage *s, const struct db_load *form);

#endif
