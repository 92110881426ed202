/*
 * db - PostgreSQL, through libpq: the connection, the catalogue, failures.
 *
 * Names reach a statement only as the catalogue quotes them, values only as
 * parameters or as literals that libpq quotes. A failure that no caller can
 * repair ends the program: with 75 where a retry may help (the server went
 * away, a lock, a deadlock), with 78 where something must be set right.
 */
#ifndef DB_H
#define DB_H

#include "str.h"

struct pg_conn;
struct pg_result;

enum db_place {
	DB_SOURCE,    /* SUPABASE_URL, SUPABASE_KEY */
	DB_LAKEHOUSE, /* LAKEHOUSE_URL, LAKEHOUSE_KEY */
};

struct db {
	struct pg_conn *conn;
	const char *object; /* what messages speak of: a variable, a table */
	struct buf words;   /* db_words() */
	struct buf sql;     /* for the statement that is being built */
};

/*
 * Connects to the database that the place's variables name; without them to
 * the one that libpq's own (PGHOST, PGSERVICE, ...) do.
 */
void db_open(struct db *db, enum db_place place);

void db_close(struct db *db);

/* Runs statements without parameters; the result of the last is cleared. */
void db_exec(struct db *db, const char *sql);

/*
 * Runs one statement with `n` text parameters (NULL is null) and gives its
 * result, rows or none; the caller clears it.
 */
struct pg_result *db_query(
    struct db *db, const char *sql, int n, const char *const *params);

/* The statement in db->sql, which is emptied; the result may be a failure. */
struct pg_result *db_try(struct db *db);

/* Takes the end of a COPY to the client; ends the program if it failed. */
void db_end(struct db *db);

/* The text of lib/sql/NAME. */
const char *db_sql(const char *name);

/* Appends text as a literal, quoted for this connection. */
void db_literal(struct db *db, struct buf *out, struct slice text);

/* The rows that a command says it touched. */
uint64_t db_touched(const struct pg_result *res);

bool db_failed(const struct pg_result *res);

/*
 * Is the failure the fault of a row (a value that its type or a constraint
 * refuses), so that the others may be good?
 */
bool db_row_fault(const struct pg_result *res);

/* What the server, or libpq, said, in one line; valid until the next call. */
const char *db_words(struct db *db, const struct pg_result *res);

/* The same of a message and its detail, or NULL. */
const char *db_words_of(struct db *db, const char *message, const char *detail);

/*
 * Ends the program with these words and the status that they deserve. NULL
 * is the connection itself.
 */
_Noreturn void db_die(struct db *db, struct pg_result *res);

/* How the values of a column stand in JSON. */
enum db_kind {
	DB_TEXT = 's',
	DB_NUMBER = 'n',
	DB_BOOL = 'b',
	DB_JSON = 'j',
	DB_TIME = 't',  /* a timestamp without a time zone */
	DB_TIMEZ = 'z', /* with one; the session's is UTC */
};

struct db_column {
	const char *name;   /* as it is */
	const char *quoted; /* for statements */
	const char *type;   /* for casts */
	enum db_kind kind;
	size_t key;    /* its place in the primary key from 1, or 0 */
	bool writable; /* not computed by the database */
	bool own;      /* mh-load fills it: process_id, row_version, ... */
};

struct db_table {
	const char *label;  /* silver.pedidos, for messages */
	const char *quoted; /* for statements */
	const char *oid;
	bool unsure; /* has children: its key is not one over all */
	struct db_column *col;
	size_t n, nkey;
	struct pg_result *texts;
};

/*
 * Finds a table, a view or the like by its name as SQL writes it: with or
 * without its schema, in double quotes where capitals count. One that is not
 * there ends the program (78). Messages then speak of the table.
 */
void db_table_find(struct db *db, struct db_table *t, const char *name);

void db_table_free(struct db_table *t);

/*
 * Does the database have a ledger, the schema mh? A part of one ends the
 * program (78).
 */
bool db_has_ledger(struct db *db);

/*
 * Gives, in one row and as text, the count of the table's rows and the sum
 * of the hashes of these columns of theirs: the same in any order, and
 * whatever the session's settings are. Needs the ledger, and a transaction.
 * The caller clears it.
 */
struct pg_result *db_table_content(struct db *db, const struct db_table *t,
    const struct db_column *const *col, size_t n);

/*
 * The columns that `list` names (A,B,"Odd ""name"""), in its order; `what`
 * is the option it came with. One that is not there ends the program (78),
 * one named twice is a usage error. The caller frees the row.
 */
const struct db_column **db_columns(struct db *db, const struct db_table *t,
    const char *what, const char *list, size_t *n);

/* The columns of the primary key, in its order (t->nkey of them). */
const struct db_column **db_key(const struct db_table *t);

/* Refuses a connection string among the arguments: a usage error. */
void db_refuse_url(const char *arg);

#endif
