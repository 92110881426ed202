/*
 * reject - what could not be used, kept with the reason.
 *
 * One NDJSON line for a record that failed (mh-record(5) has the form), to
 * the file of -r; without one, the first ten go to standard error. A line
 * whose first failure is only a warning belongs to a record that was
 * written: it is counted apart.
 */
#ifndef REJECT_H
#define REJECT_H

#include "out.h"
#include "reason.h"

struct failure {
	const char *reason;  /* "decimal", "orphan", ... */
	struct slice field;  /* p NULL: the whole record */
	struct slice value;  /* a JSON token; p NULL: null */
	const char *message; /* further words, the database's; or NULL */
	bool warn;           /* the record was written all the same */
	bool fail;           /* one such record refuses the whole run */
};

struct rejects {
	struct out out;
	bool filed;       /* there is a file */
	uint64_t records; /* rejected */
	uint64_t faults;  /* of these: lines that were no records */
	uint64_t warned;
	struct reasons reasons; /* both, by the head of their failures */
	uint64_t limit;         /* --max-rejects N; UINT64_MAX: none */
	double percent;         /* --max-rejects N%; negative: none */
	unsigned shown;
};

/*
 * A usage error if mh.rejects is this file ("-": standard input): opening the
 * rejects would empty it. For whatever the program reads or writes besides.
 */
void rejects_spare(const char *file);

/* Opens mh.rejects, reads mh.max_rejects. */
void rejects_open(struct rejects *rj);

/*
 * Keeps one record. `f` has n >= 1 failures, the head first. Ends the
 * program with status 1 when --max-rejects N is passed.
 */
void rejects_add(
    struct rejects *rj, const struct rec *r, const struct failure *f, size_t n);

/* The first failure that rejects comes to the front; the others keep their
 * order behind it. Nothing moves where all of them only warn. */
void failures_head_first(struct failure *f, size_t n);

/* Writes all out and says how many there were where no file has them. */
void rejects_close(struct rejects *rj);

/* Says so if a limit in percent was passed; see rejects_status(). */
void rejects_explain(const struct rejects *rj, uint64_t in);

/*
 * The exit status that the rejects ask for, of `in` records read: 0; 1 when
 * there were too many; 65 when lines were no records and nothing keeps them.
 */
int rejects_status(const struct rejects *rj, uint64_t in);

#endif
