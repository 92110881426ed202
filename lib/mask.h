/*
 * mask - personal data out of records: pseudonyms, or what may be shown.
 *
 *	mask_contract() for each contract; then mask_field(), mask_show()
 *	if (mask_ready(&m)) mask_key(&m, key)
 *	mask_record() for each record, or mask_reject() for each reject
 *
 * The rules are those of mh-mask(1). Failures point into the record, the
 * contracts and the mask's own buffers: they are good until the next call.
 */
#ifndef MASK_H
#define MASK_H

#include "clean.h"

struct hmac;

enum mask_form {
	MASK_PSEUDONYM,
	MASK_PARTIAL, /* enough to know it again, not to use it */
	MASK_YEAR,    /* the first day of the year */
	MASK_NULL,
};

/* One column that is masked, under each name that it may have. */
struct mask_column {
	const struct contract *contract; /* whose words mean null */
	struct column column;
	enum mask_form form;
	bool known; /* a contract has it: the name is no slip */
	bool shown; /* its form was asked for */
	bool seen;  /* some record had it */
	bool lost;  /* the reject at hand is for its value's form */
};

/* What becomes of one member of records of this shape. */
struct mask_place {
	struct mask_column *column; /* NULL: it stays as it is */
	bool drop;
	bool empty; /* it is null, whatever it is */
};

struct mask {
	const struct contract **contracts;
	size_t ncontracts;
	struct mask_column *columns;
	size_t n;
	bool allow_only;  /* members that no contract has go */
	bool rejects;     /* the records are those of rejects */
	uint64_t masked;  /* values that were replaced */
	struct hmac *key; /* NULL: none is needed */
	unsigned char *key_id;

	struct failure *failures; /* of the last record, the head first */
	size_t nfailures;

	uint32_t shape; /* of the record that place is for; 0: none yet */
	struct mask_place *place;
	size_t cap;
	bool touched; /* records of this shape change */
	struct unknown unknown;
	struct buf clean, text, value, field;

	struct rec record, failure; /* what is inside a reject */
	struct buf record_copy, failure_copy;
};

/* Masks the columns of a contract that are personal data. Of columns that
 * have one name the first counts. */
void mask_contract(struct mask *m, const struct contract *c);

/* Masks the columns of a list, A,B: text, where no contract knows better. */
void mask_fields(struct mask *m, const char *list);

/* NAME=FORM: how a column is to be shown, which may be one more. A form that
 * its type does not have is a usage error. */
void mask_show(struct mask *m, const char *text);

/*
 * To be called when all columns are named; nothing to do is a usage error.
 * True if there are pseudonyms to be made: mask_key() must follow.
 */
bool mask_ready(struct mask *m);

/* The key of the pseudonyms; the caller wipes its own. */
void mask_key(struct mask *m, struct slice key);

/*
 * Appends the masked record, without a line feed. True: m->failures holds
 * its warnings. False: `out` is as it was, and the first failure is why.
 */
bool mask_record(struct mask *m, const struct rec *r, struct buf *out);

/* The same for a line of rejects; false, and nothing appended, if it is
 * none. There are no failures: what cannot be masked becomes null. */
bool mask_reject(struct mask *m, const struct rec *r, struct buf *out);

/* Appends the partial form of a canonical text to be. */
void mask_partial(struct buf *out, const struct column *col, struct slice text);

/* Ends the program, status 65, if no record had a column that was named and
 * that no contract knows: the name is likely to be mistyped. */
void mask_end(const struct mask *m);

/* For mask_reject(): the column that is masked under this name, or NULL; its
 * masked value appended; is the name one of a contract? */
struct mask_column *mask_find(struct mask *m, struct slice name);
enum clean_result mask_value(struct mask *m, struct mask_column *mc,
    struct slice token, struct buf *out);
bool mask_knows(const struct mask *m, struct slice name);

#endif
