/*
 * auditing - the parts of the audit; only lib/audit_*.c and lib/db_audit*.c
 * know them.
 */
#ifndef AUDITING_H
#define AUDITING_H

#include "audit.h"
#include "table.h"

/* Appends a text as a JSON string, whatever its bytes are. */
void audit_quote(struct buf *b, struct slice text);

/* What one program said of its work: a line of its summary, a stage of a
 * seal, a row of the ledger. */
struct book {
	struct rec rec;
	struct buf copy;
	struct slice tool;     /* mh-join */
	struct slice upstream; /* the lists of what is in front of it */
	struct slice hash;     /* of the records; p NULL: not said */
	uint64_t in, out, rejected, status;
};

/* Reads one; false if it is no object or lacks what all of them have. */
bool book_read(struct book *b, struct slice object);

/* One of its counts; 0 where it has none of that name. */
uint64_t book_count(const struct book *b, const char *name);

/* Holds the program to its law and to the sums of its reasons. */
void book_check(struct audit *a, const struct book *b);

/* What came in is what those in front of it have given. */
void book_check_handed(struct audit *a, const struct book *b);

/* A member that is a plain text (names need no escapes) or a count. */
bool rec_text(const struct rec *r, const char *name, struct slice *text);
bool rec_count(const struct rec *r, const char *name, uint64_t *n);

/* The last element of a JSON array; p NULL if there is none. */
struct slice array_last(struct slice array);

/* A stage: its line in the record of a run. */
struct entry {
	struct slice layer, name; /* bronze, silver or gold; pedidos */
	struct slice state;       /* ok, failed or skipped */
	bool ok, replay;
	uint64_t in, out, rejected;
	struct book *books; /* in the order of the pipe */
	size_t n, cap;
};

/* Reads one; false if it is no such line. */
bool entry_read(struct entry *e, const struct rec *r);

/* The laws of all its books, how they hang together, and its own sums. */
void entry_check(struct audit *a, struct entry *e);

/* Something that a run has made; the texts live as long as the lake. */
struct made {
	struct slice target; /* silver.pedidos */
	struct slice run;
	struct slice hash; /* p NULL: an older record, without one */
	uint64_t rows;
};

/* The directory, as far as its records tell. */
struct lake {
	struct audit *a;
	struct arena kept;
	struct table targets; /* of silver and gold; their numbers are those */
	struct made *newest;  /* ... of these, each from its last run */
	struct table hashes;  /* "bronze.pedidos HASH", of all runs */
	struct table files;   /* "bronze/pedidos/RUN.ndjson", of all runs */

	/* the run that is being read */
	bool checking; /* it is one to audit */
	bool began, ended;
	uint64_t end; /* its exit status */
	struct entry e;
	struct table seen; /* its stages */
	struct made *now;  /* what it has made */
	size_t n, cap;
};

/* The files that a silver or gold stage read are those that were made. */
void lineage_check(const struct lake *l, const struct entry *e);

/* Reads the record of the run `name`. False if there is none. */
bool lake_read(struct lake *l, const char *name);

void lake_free(struct lake *l);

/* Is `name` a run that was published? Looks at the end of its record. */
bool run_published(const struct audit *a, const char *name);

/* The lines of a target's rejects (warnings are none) that the directory has
 * of a run. False if it has no files of that run's rejects. */
bool rejects_count(
    struct audit *a, struct slice run, struct slice target, uint64_t *n);

/* They are as many as the stage's programs said. */
void rejects_check(struct audit *a, const struct entry *e);

/* What a file of records holds. */
struct content {
	uint64_t records, hash;
	uint64_t faults; /* lines that are none */
	uint64_t seals;
	bool sealed; /* every record is vouched for, the last line too */
};

/* Reads one; false if there is none. */
bool content_read(struct audit *a, const char *path, struct content *c);

/* Is the file what was made? */
void target_check(struct audit *a, const char *path, const struct made *m);

#endif
