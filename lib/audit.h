/*
 * audit - proves from the outside that a lakehouse lost nothing and doubled
 * nothing: what the programs said of their work against what is there now.
 *
 * Every check that fails is a finding, a record of the output; mh-audit(1)
 * has the words that name them. What keeps the audit from its work (no
 * lakehouse, no such run, a run at work) ends the program.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include "stage.h"

struct audit {
	const char *dir;    /* the lakehouse's directory */
	const char *wanted; /* a run; NULL: the last that was published */
	bool all;           /* every run */
	bool records_only;  /* the data is in a database */
	bool loaded;        /* ... and nobody said so: a run has loaded one */
	struct buf current; /* the run that the switch shows; empty: none */
	struct stage s;     /* where the findings go, and what was read */
	uint64_t runs, targets;
	struct slice run, target; /* of the next finding; p NULL: of none */
};

/* Adds a finding. The values are JSON tokens; p NULL: null. */
void audit_find(struct audit *a, const char *check, struct slice expected,
    struct slice found, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* Adds one if two counts are not the same; true if they are. */
bool audit_equal(struct audit *a, const char *check, uint64_t expected,
    uint64_t found, const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Audits the directory a->dir. */
void audit_directory(struct audit *a);

/* Audits the database at LAKEHOUSE_URL. */
void audit_database(struct audit *a);

#endif
