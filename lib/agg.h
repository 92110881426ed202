/*
 * agg - records into groups, and measures over each group.
 *
 * A group's state is one block of fixed size that holds a state for each
 * measure; all zeros is the state before the first record. What does not
 * fit (long tokens, distinct values) lies beside it. Nothing is allocated
 * for a record unless it brings a new group or a new distinct value.
 *
 * States can leave the program and come back, as records (see agg_state.c):
 * that is what parts of a whole are merged by, and how a memory too small
 * for all groups is made do with. Whatever depends on the order of the
 * records depends on their positions, which are part of a state.
 *
 *	agg_keys(), agg_measure() for the options, the members of the first
 *	part of struct agg; agg_begin(); agg_step() for each record; agg_end()
 */
#ifndef AGG_H
#define AGG_H

#include "dec.h"
#include "expr.h"
#include "names.h"
#include "out.h"
#include "reject.h"
#include "shard.h"
#include "table.h"

struct agg;
struct measure;

/* What a function asks of a value that is not null. */
enum {
	AGG_NUMBER = 1, /* a number, or a string that holds one */
	AGG_ORDER = 2,  /* a number or a string */
	AGG_SCALAR = 4, /* anything but an object or an array */
	AGG_TOKEN = 8,  /* whatever it is */
};

/* What a measure in order has seen. */
enum {
	AGG_NUMBERS = 1,
	AGG_STRINGS = 2,
};

/*
 * Where a record stands in the whole: the number of its part, which is in the
 * order of the parts, and its own in the part, in one number.
 */
#define AGG_RECORD_BITS 40
#define AGG_RECORD_MAX  (((uint64_t)1 << AGG_RECORD_BITS) - 1)
#define AGG_PART_MAX    (((uint64_t)1 << (64 - AGG_RECORD_BITS)) - 1)

/* What a record has for an input. */
struct agg_value {
	struct dec num; /* for AGG_NUMBER, and numbers for AGG_ORDER */
	struct slice token;
	bool null;
};

struct agg_func {
	const char *name;
	size_t size; /* of its state; a multiple of 16 is aligned so, else 8 */
	unsigned needs;
	bool bare; /* func() and func(*) look at no member */
	/* takes a value that is not null; NULL if it looks at no member */
	void (*step)(struct agg *a, struct measure *m, void *state,
	    uint32_t group, const struct agg_value *v);
	/* appends the result, one JSON value */
	void (*final)(struct agg *a, struct measure *m, const void *state,
	    uint32_t group, struct buf *out);
	/* appends the state, one JSON value */
	void (*put)(struct agg *a, struct measure *m, const void *state,
	    uint32_t group, struct buf *out);
	/* merges what put() wrote; false if it is nothing of the kind */
	bool (*take)(struct agg *a, struct measure *m, void *state,
	    uint32_t group, struct slice token);
};

/* All functions; ends with NULL. */
extern const struct agg_func *const agg_funcs[];

/* A key or input: a member, or if expr is not NULL, computed. */
struct agg_expr {
	bool wanted;
	bool seen; /* some record had it, or none needs to */
	struct expr *expr;
	struct buf made; /* the value of this record, as JSON */
};

/* What measures look at: read and checked once a record. */
struct agg_input {
	struct agg_expr computed;
	unsigned needs;
	unsigned kinds; /* for AGG_ORDER: AGG_NUMBERS | AGG_STRINGS */
};

/* The distinct values of a measure, of all groups together: see agg_set.c. */
struct agg_set {
	struct table values;
	struct agg_pair *log;
	size_t n, cap;
	size_t dense; /* the log's length when it has to be made dense */
	/* once gathered: */
	uint32_t *lists; /* values by rank, a group's all together */
	size_t *starts;  /* where each group's begin, and the last one's end */
	uint32_t *by_rank;
	struct slice *texts; /* by rank, too */
};

struct measure {
	struct slice name;
	const struct agg_func *func;
	size_t input;       /* SIZE_MAX: none, as in count(*) */
	bool truths;        /* passes over false: the count of a condition */
	size_t at;          /* of its state in the group's */
	int scale;          /* the largest so far, of sums */
	bool written;       /* a sum has been written with it */
	struct wide *wides; /* sums that are too large for their states */
	uint32_t nwides;
	struct agg_set set;
	struct buf head; /* ,"name": */
};

struct agg {
	/* to be set before agg_begin() */
	struct date today;
	struct slice separator; /* between the items of a list */
	struct out *out;        /* where the groups are written */
	size_t memory;          /* for groups, bytes; 0: without a limit */
	uint64_t part;          /* where we stand among the parts */
	bool partial;           /* write states, not results */
	bool merge;             /* read states, not records */
	bool sorted;            /* the records are in the order of the keys */
	struct shard shard;     /* groups of others are passed over */

	struct names keys;
	struct agg_expr *key_exprs; /* of each key */
	struct names members; /* of the inputs; of a computed one, its text */
	struct agg_input *inputs;
	struct measure *measures;
	size_t n; /* measures */

	/* the books */
	uint64_t states;  /* taken */
	uint64_t records; /* taken, or those of the states taken */
	uint64_t counted; /* in the groups written */
	uint64_t groups;  /* written */

	struct table table; /* groups by their keys, see agg_key.c */
	char *block;        /* their states */
	size_t stride, cap;
	struct arena tokens;
	struct buf *heads;     /* ,"key": of each key */
	struct agg_runs *runs; /* of temporary files, or NULL */
	struct spool *aside;   /* where groups are written instead of out */

	const struct rec *rec; /* the record at work, for messages */
	uint64_t position;     /* its own, among all records of all parts */
	struct key shard_key;
	uint32_t shape; /* whose members are marked as seen */
	struct agg_value *values;
	struct agg_batch *batch;
	size_t unchecked; /* bytes of records since memory was measured */
	struct buf key, text, other;
	struct slice *items; /* of a list that is written */
	size_t nitems;

	/* where a group ends before the next begins: */
	bool single, open;
	struct buf current; /* its key */

	/* where states are taken: */
	struct buf mark; /* the token that says whose states they are */
	struct names own, state_keys, state_values;
	struct slice *row; /* the tokens of a state */
	bool all_seen;
};

/*
 * Takes an option's text, which must outlive `a`; usage errors end the
 * program. A key is NEW=MEMBER, MEMBER or NEW=EXPR, a measure
 * NAME=FUNC(MEMBER) or NAME=FUNC(EXPR); mh-aggregate(1) says what makes an
 * expression.
 */
void agg_keys(struct agg *a, const char *text);
void agg_measure(struct agg *a, const char *text);

/* Goes behind the options. Without keys, there is one group from now on. A
 * wrong expression ends the program, status 78. */
void agg_begin(struct agg *a);

/*
 * Takes a record into its group, or a state into its group's. False if it
 * cannot be used: *f says why, and nothing has changed; where it gives no
 * reason, the group is of another shard. A state of other
 * measures, or a record that is not in order where all must be, ends the
 * program, status 65.
 */
bool agg_step(struct agg *a, const struct rec *r, struct failure *f);

/*
 * Goes behind the last record: all groups have been written to a->out then,
 * in the order of their keys. A result that does not fit ends the program,
 * status 65.
 */
void agg_end(struct agg *a);

/* Do the books close, with so many records read, and so many of them that are
 * in no group? */
bool agg_closed(const struct agg *a, uint64_t in, uint64_t others);

void agg_free(struct agg *a);

#endif
