/*
 * db_loading - what the parts of db_load share: one load at work.
 *
 * Rows that nothing can meet go straight into the table: into an empty one,
 * or with --mode append. All is taken back if one is refused, and the stream
 * starts over from the spool, as all other rows go: into pg_temp.mh_stage.
 *
 * mh_stage has the columns n (the record's number from 1), place (in the
 * spool) and c1, c2, ...: the loaded columns with the target's types, so that
 * no name can collide with one of ours. By key, mh_todo has those rows of it
 * that are to be written, and the column fresh: the table has no such key.
 */
#ifndef DB_LOADING_H
#define DB_LOADING_H

#include "db.h"
#include "db_load.h"
#include "names.h"
#include "spool.h"

/* Rows on their way to the server, kept until it has taken them. */
struct load_batch {
	struct buf text;  /* in one of COPY's forms */
	bool binary;      /* which one */
	size_t *ends;     /* of each row */
	uint64_t *places; /* of its record in the spool */
	size_t n;
	size_t sent; /* bytes that are with the server */
};

/* A column that the load fills by itself: row_version and the like. */
struct load_own {
	const struct db_column *col;
	const char *insert; /* SQL; NULL: the column's default */
	const char *update;
};

#define LOAD_OWN 4

/* A member that is left out, and of how many records. */
struct load_dropped {
	struct slice name;
	uint64_t n;
};

/* As PostgreSQL numbers its types, the same for ever (its pg_type.dat). */
enum load_type {
	LOAD_BOOL = 16,
	LOAD_INT8 = 20,
	LOAD_INT2 = 21,
	LOAD_INT4 = 23,
	LOAD_TEXT = 25,
	LOAD_JSON = 114,
	LOAD_BPCHAR = 1042,
	LOAD_VARCHAR = 1043,
	LOAD_DATE = 1082,
	LOAD_TIMESTAMP = 1114,
	LOAD_TIMESTAMPTZ = 1184,
	LOAD_NUMERIC = 1700,
	LOAD_UUID = 2950,
	LOAD_JSONB = 3802,
};

/* How rows may go to the server. */
struct load_ways {
	bool copy;      /* the table takes COPY as it takes INSERT */
	bool plain_key; /* keys are equal only if their bytes are */
	bool binary;    /* all columns have types with a binary form */
	unsigned *type; /* of col[i], a domain's being what it is made of */
	size_t nown;    /* the load's own columns, where it says their values */
	struct buf own_text, own_binary; /* these values, behind every row */
};

/* Have all keys so far been higher than the one before? */
struct load_keys {
	bool by_bytes, by_length;
	struct buf now, last; /* with their lengths, as COPY has them */
};

struct load {
	struct stage *s;
	const struct db_load *form;
	struct db db;
	struct db_table table;
	const struct db_column **col; /* the columns loaded: c1, c2, ... */
	size_t ncol;
	struct names members; /* theirs */
	bool *is_key;         /* must col[i] have a value? */
	struct load_own own[LOAD_OWN];
	size_t nown;
	struct buf process; /* the process_id, as a literal */
	bool by_key;        /* upsert, or replace by key */
	bool ledger; /* inside a run, and the database has the schema mh */
	bool direct; /* the rows go straight into the table */
	struct load_ways ways;
	struct load_keys keys;

	struct load_dropped *dropped;
	size_t ndropped;
	size_t *drop; /* which of them this shape has */
	size_t ndrop;
	struct arena kept;
	struct buf text; /* a string of the record, decoded */

	struct spool spool;
	struct load_batch batch;
	uint64_t n;      /* the number of the last row */
	uint64_t staged; /* rows in mh_stage */
	uint64_t inserted, updated, unchanged, deleted;
};

/* db_load_ways: looks how this load's rows may go to the server. */
void load_ways_find(struct load *l);

void load_ways_free(struct load_ways *w);

/* db_load_row: adds the record to the batch, or rejects it. */
void load_row(struct load *l, const struct rec *r);

/* Adds the records in the spool once more, into mh_stage. */
void load_rows_again(struct load *l);

/*
 * Appends row n to the batch in COPY's text form; NULL, or the reason of a
 * reject and its column.
 */
const char *load_put_text(struct load *l, const struct rec *r, uint64_t n,
    uint64_t place, size_t *at);

/* Can one still say that no key came twice? */
static inline bool
load_keys_rise(const struct load *l)
{
	return l->keys.by_bytes || l->keys.by_length;
}

/* Appends text with the escapes of COPY's text form. */
void load_put_escaped(struct buf *out, struct slice s);

/* Appends a number of n bytes, the highest first. */
static inline void
load_put_big(struct buf *out, uint64_t v, size_t n)
{
	buf_room(out, n);
	while (n-- != 0)
		out->p[out->n++] = (char)(v >> n * 8);
}

/*
 * db_load_binary: appends what the server would read from the text for a column
 * of this type, as a field of COPY's binary form; false, and nothing, if only
 * the server can tell.
 */
bool load_put_binary(struct buf *out, unsigned type, struct slice text);

bool load_has_binary(unsigned type);

/* Notes the members that were left out, with their counts. */
void load_note_dropped(struct load *l);

/* db_load_batch: a row stands complete at the end of batch.text. */
void load_batch_open(struct load *l);
void load_batch_row(struct load *l, uint64_t place);
void load_batch_flush(struct load *l);
/* Sends the batch, if it is not of the text form; the next will be. */
void load_batch_as_text(struct load *l);
void load_batch_free(struct load *l);

/*
 * Starts a part that load_undo() can take back. Parts follow each other and
 * never nest: a stack of savepoints would slow the server down.
 */
#define LOAD_PART "RELEASE SAVEPOINT mh; SAVEPOINT mh;"
void load_undo(struct load *l);

/* Rejects the record at a place of the spool in the server's words about a
 * column, or none. */
void load_refuse(struct load *l, uint64_t place, const struct db_column *c,
    const char *words);

/* The column of this name among those loaded; NULL: none. */
const struct db_column *load_column(const struct load *l, const char *name);

/* db_load_sql: statements, appended to db.sql. */
void load_sql_stage(struct load *l);
void load_sql_own(struct load *l);
void load_sql_copy(struct load *l);
void load_sql_supersede(struct load *l);
void load_sql_todo(struct load *l);
void load_sql_delete(struct load *l);
void load_sql_update(struct load *l);
void load_sql_insert(struct load *l);
void load_sql_each(struct load *l);

/* Are there columns besides the key? */
bool load_has_content(const struct load *l);

/* db_load_merge: from mh_stage into the table. */
void load_merge(struct load *l);

/*
 * Sends db.sql, whose answer may have any number of rows: load_next() gives
 * them one by one, for the caller to clear, and NULL at the end. A failure
 * ends the program.
 */
void load_send(struct load *l);
struct pg_result *load_next(struct load *l);

/* Keeps all others from writing to the table until the end. */
void load_lock(struct load *l);

/*
 * db_load_each: brings the rows into the table that it takes, and rejects the
 * others.
 */
void load_each(struct load *l);

/*
 * db_ledger: looks whether there is a ledger to write to. Ends the program
 * (78) if the run has loaded the table before.
 */
void load_ledger_find(struct load *l);

/*
 * Adds to the books what the table holds now, its rows and their hash, and
 * enters the books of the whole pipe. A ledger that refuses them is a bug of
 * ours: it ends the program (70).
 */
void load_ledger_enter(struct load *l);

#endif
