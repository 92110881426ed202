/*
 * clean - contract x record -> a clean record, or the reasons why not.
 *
 * The rules are those of mh-clean(1). Failures point into the record, the
 * contract and the cleaner's own buffers: they are good until the next call.
 */
#ifndef CLEAN_H
#define CLEAN_H

#include "contract.h"
#include "fast.h"
#include "ids.h"
#include "rec.h"
#include "reject.h"
#include "unknown.h"

/* The keys that one entity has, for the columns that refer to it. */
struct reference_set {
	struct slice entity;
	struct ids keys;
};

/* Where a column is: in the record that comes, in the one that goes. */
struct column_place {
	struct fast fast;
	struct slice head;      /* what stands before its value: ,"nome": */
	size_t member;          /* n of members: missing */
	size_t begin, end;      /* its value in the output */
	const struct ids *keys; /* where that will be looked for, or NULL */
	bool text;              /* ... without its quotes */
};

struct clean {
	const struct contract *contract;
	bool rescue;  /* unknown members go to _rescued_data */
	bool recount; /* a second pass: count nothing again */
	struct reference_set *sets;
	size_t nsets;

	struct failure *failures; /* of the last record, the head first */
	size_t nfailures;
	struct slice key; /* of the last good record, in it; p NULL: none */

	uint32_t shape; /* of the record that members and unknown are for */
	struct column_place *place; /* of each column */
	size_t *references;         /* the columns that have a set, in order */
	size_t nreferences;
	size_t room; /* for the names, and what values may grow by */
	size_t uses; /* how many columns take one member, at most */
	struct unknown unknown;

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

/* The caller will look for each record's key in `keys`. */
void clean_unique(struct clean *cl, const struct ids *keys);

/*
 * Appends the clean record to `out`, without a line feed. True: cl->failures
 * holds its warnings, cl->key its key. False: `out` is as it was, and the
 * first failure is why.
 */
bool clean_record(struct clean *cl, const struct rec *r, struct buf *out);

/*
 * Appends the value that clean_record() would give a column of this record;
 * null where that fails.
 */
void clean_look(
    struct clean *cl, const struct rec *r, size_t column, struct buf *out);

/*
 * Makes the key of the last record the head of its failures, for a record
 * that is refused as a whole: reason "duplicate".
 */
void clean_refuse_key(struct clean *cl, const char *reason);

/* The unknown members that were dropped, as a JSON object of counts; false
 * if there were none. */
bool clean_dropped(const struct clean *cl, struct buf *out);

#endif
