/*
 * db_loading - what the parts of db_load share: one load at work.
 *
 * The temporary table pg_temp.mh_stage has the columns n (the record's
 * number from 1), place (in the spool) and c1, c2, ...: the loaded columns
 * with the target's types, so that no name can collide with one of ours.
 */
#ifndef DB_LOADING_H
#define DB_LOADING_H

#include "db.h"
#include "db_load.h"
#include "names.h"
#include "spool.h"

/* Rows on their way into mh_stage, kept until the server has taken them. */
struct load_batch {
	struct buf text;  /* in COPY's text form */
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
	bool merge;         /* the server has MERGE */
	bool ledger; /* inside a run, and the database has the schema mh */

	struct load_dropped *dropped;
	size_t ndropped;
	size_t *drop; /* which of them this shape has */
	size_t ndrop;
	struct arena kept;
	struct buf text; /* a string of the record, decoded */

	struct spool spool;
	struct load_batch batch;
	uint64_t n; /* the number of the last row */
	uint64_t inserted, updated, unchanged, deleted;
};

/* db_load_row: adds the record to the batch, or rejects it. */
void load_row(struct load *l, const struct rec *r);

/* Notes the members that were left out, with their counts. */
void load_note_dropped(struct load *l);

/* db_load_batch: a row stands complete at the end of batch.text. */
void load_batch_open(struct load *l);
void load_batch_row(struct load *l, uint64_t place);
void load_batch_flush(struct load *l);
void load_batch_free(struct load *l);

/*
 * Starts a part that load_undo() can take back. Parts follow each other and
 * never nest: a stack of savepoints would slow the server down.
 */
#define LOAD_PART "RELEASE SAVEPOINT mh; SAVEPOINT mh;"
void load_undo(struct load *l);

/* Rejects the record at a place of the spool in the server's words. */
void load_refuse(struct load *l, uint64_t place, const struct pg_result *res);

/*
 * db_load_sql: statements, appended to db.sql; lo and hi are the first and
 * the last number of the rows of mh_stage that they mean.
 */
void load_sql_stage(struct load *l);
void load_sql_foresee(struct load *l, uint64_t lo, uint64_t hi);
void load_sql_merge(struct load *l, uint64_t lo, uint64_t hi);
void load_sql_update(struct load *l, uint64_t lo, uint64_t hi);
/* All rows, or those alone whose key the table has not. */
void load_sql_insert(struct load *l, uint64_t lo, uint64_t hi, bool missing);
void load_sql_supersede(struct load *l);
void load_sql_delete(struct load *l);

/* Are there columns besides the key? */
bool load_has_content(const struct load *l);

/* db_load_merge: from mh_stage into the table. */
void load_merge(struct load *l);

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
