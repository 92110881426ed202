/*
 * clean - contract x record -> a clean record, or the reasons why not.
 *
 * The rules are those of mh-clean(1). Failures point into the record, the
 * contract and the cleaner's own buffers: they are good until the next call.
 */
#ifndef CLEAN_H
#define CLEAN_H

#include "contract.h"
#include "rec.h"
#include "reject.h"
#include "table.h"
#include "unknown.h"

/* The keys that one entity has, for the columns that refer to it. */
struct reference_set {
	struct slice entity;
	struct table keys;
};

struct clean {
	const struct contract *contract;
	bool rescue;  /* unknown members go to _rescued_data */
	bool recount; /* a second pass: count nothing again */
	struct reference_set *sets;
	size_t nsets;

	struct failure *failures; /* of the last record, the head first */
	size_t nfailures;
	struct slice key; /* of the last good record; p NULL: none */

	uint32_t shape; /* of the record that place and unknown are for */
	size_t *place;  /* of each column, n of members: missing */
	struct unknown unknown;

	size_t *begin, *end; /* the columns' values in the output */
	struct buf text, keybuf;
};

/* What a column makes of one value. */
enum clean_result {
	CLEAN_GOOD,
	CLEAN_NULL, /* it is missing, null or one of the words for it */
	CLEAN_BAD,  /* it fails; the reason is the name of the type */
};

/*
 * Appends the canonical form of a token (p NULL: missing), as JSON, for a
 * column of `c`; nothing but for CLEAN_GOOD. Neither `required` nor `default`
 * is looked at.
 */
enum clean_result clean_column(const struct contract *c,
    const struct column *col, struct slice token, struct buf *out);

void clean_open(struct clean *cl, const struct contract *c, bool rescue);

/*
 * Reads the keys of `entity` from `file` (records of its silver stream): the
 * members named `column`; its p NULL: the key of the built-in contract of
 * that entity, else the name of the column that refers to it. An entity that
 * no column refers to is a usage error.
 */
void clean_reference(struct clean *cl, struct slice entity, struct slice column,
    const char *file);

/*
 * Appends the clean record to `out`, without a line feed. True: cl->failures
 * holds its warnings, cl->key its key. False: `out` is as it was, and the
 * first failure is why.
 */
bool clean_record(struct clean *cl, const struct rec *r, struct buf *out);

/*
 * Makes the key of the last record the head of its failures, for a record
 * that is refused as a whole: reason "duplicate".
 */
void clean_refuse_key(struct clean *cl, const char *reason);

/* The unknown members that were dropped, as a JSON object of counts; false
 * if there were none. */
bool clean_dropped(const struct clean *cl, struct buf *out);

#endif
