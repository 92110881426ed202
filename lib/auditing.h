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

/* Takes the lock that a run at work holds; ours goes with the program. */
void audit_lock(const struct audit *a);

/* Sees which run the switch shows. */
void audit_find_current(struct audit *a);

/* Names, sorted by their bytes. */
struct list {
	char **v;
	size_t n;
};

/* Those in a folder of the lakehouse that do not begin with a point; none if
 * there is no such folder. */
struct list list_under(const struct audit *a, const char *folder);

/* The runs that have a record, as they came: their names sort so. */
struct list list_runs(const struct audit *a);

bool list_has(const struct list *list, const char *name);

/* Takes .ndjson off a name; false if the name has another end. */
bool list_cut_ending(struct slice *name);

void list_free(struct list *list);

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

void book_free(struct book *b);

/* One of its counts; 0 where it has none of that name. */
uint64_t book_count(const struct book *b, const char *name);

/* Is this stage of a seal what that program said of itself? The book says
 * more: how long it took, its status. */
bool book_same(const struct rec *sealed, const struct book *b);

/* Holds the program to its law, to the sums of its reasons, and to having
 * tested what it expects of every record. */
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
	struct slice replays;     /* a run; p NULL: it is no replay */
	bool ok;
	uint64_t in, out, rejected, status;
	struct slice all;   /* the books as they came, a JSON array */
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
	struct slice hash;    /* p NULL: an older record, without one */
	struct slice book;    /* what the program said that kept it */
	struct slice books;   /* ... and all of the pipe's, a JSON array */
	struct slice replays; /* as of the entry */
	uint64_t rows;
	uint64_t skipped; /* rejects that the replay has left as they were */
};

/* Whose rejects of a target are the open ones. */
struct opened {
	struct slice run; /* p NULL: of none */
	uint64_t rest;    /* lines that were open before it, and still are */
};

/* The directory, as far as its records tell. */
struct lake {
	struct audit *a;
	struct arena kept;
	struct table targets; /* of silver and gold; their numbers are those */
	struct made *newest;  /* ... of these, each from its last run */
	struct table hashes;  /* "bronze.pedidos HASH", of all runs */
	struct table files;   /* "bronze/pedidos/RUN.ndjson", of all runs */
	struct table opens;   /* targets, of bronze too */
	struct opened *open;  /* theirs */

	/* the run that is being read */
	bool checking; /* it is one to audit */
	bool ended;
	struct slice began; /* when; p NULL: it does not say */
	bool failed;        /* a stage is not ok */
	uint64_t end;       /* its exit status */
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

/* Is `name` a run that was published? Looks at the end of its record, and at
 * the switch for one that died behind it. */
bool run_published(const struct audit *a, const char *name);

/* Lines of rejects may be so much longer than those of records: they have the
 * record, and its values once more. */
#define LINE_FACTOR 4

/* The names of the target's files in a folder of rejects. */
struct list list_rejects(
    const struct audit *a, const char *folder, struct slice target);

/* From the load or the file `m` on, its run's rejects are the open ones. */
void rejects_open_by(struct lake *l, const struct made *m);

/* The files of the open rejects of the targets whose last run is this one (p
 * NULL: of all) are those of that run. */
void rejects_check_open(struct lake *l, struct slice run);

/* The same of one target. */
void rejects_check_opened(
    struct audit *a, struct slice target, const struct opened *o);

/* The lines of a target's rejects (warnings are none) that the directory has
 * of a run. False if it has no files of that run's rejects. */
bool rejects_count(
    struct audit *a, struct slice run, struct slice target, uint64_t *n);

/* They are those that the stage's programs said, reason by reason. */
void rejects_check(struct audit *a, const struct entry *e);

/* What a file of records holds. */
struct content {
	uint64_t records, hash;
	uint64_t faults; /* lines that are none */
	uint64_t seals;
	bool sealed; /* every record is vouched for, the last line too */
};

/* Begins to read a file; false if it is not there. */
bool content_open(struct in *in, const char *path);

/* The next line, faulty ones too; the audit's progress goes on. */
struct rec *content_next(struct audit *a, struct in *in);

/* Reads one; false if there is none. Its last seal goes to `seal`, if that is
 * not NULL. */
bool content_read(
    struct audit *a, const char *path, struct content *c, struct buf *seal);

/* Is the file what was made? */
void target_check(struct audit *a, const char *path, const struct made *m);

#endif
