/*
 * agg - records into groups, and measures over each group.
 *
 * A group's state is one block of fixed size that holds a state for each
 * measure; all zeros is the state before the first record. What does not
 * fit (tokens, distinct values) lies beside it. Nothing is allocated for a
 * record unless it brings a new group or a new distinct value.
 *
 *	agg_keys(), agg_measure() for the options; agg_begin();
 *	agg_step() for each record; agg_end(); agg_put() for 0..groups.n - 1
 */
#ifndef AGG_H
#define AGG_H

#include "dec.h"
#include "expr.h"
#include "names.h"
#include "reject.h"
#include "table.h"

struct agg;
struct measure;

/* What a function asks of a value that is not null. */
enum {
	AGG_NUMBER = 1, /* a number, or a string that holds one */
	AGG_ORDER = 2,  /* a number or a string, always of one kind */
	AGG_SCALAR = 4, /* anything but an object or an array */
};

struct agg_func {
	const char *name;
	size_t size; /* of its state; a multiple of 16 is aligned so, else 8 */
	unsigned needs;
	bool bare; /* func() and func(*) look at no member */
	/* takes the record's value, which is not null */
	void (*step)(
	    struct agg *a, struct measure *m, void *state, uint32_t group);
	/* appends the result, one JSON value */
	void (*final)(struct agg *a, struct measure *m, const void *state,
	    uint32_t group, struct buf *out);
};

/* All functions; ends with one whose name is NULL. */
extern const struct agg_func agg_funcs[];

/* A key or input that is no member but computed; expr is NULL if it is one. */
struct agg_expr {
	bool wanted;
	struct expr *expr;
	struct buf made; /* the value of this record, as JSON */
};

/* What measures look at, a member or an expression: read and checked once a
 * record. */
struct agg_input {
	struct agg_expr computed;
	unsigned needs;
	bool null;
	struct slice token;
	struct dec num; /* the value, for AGG_NUMBER and numbers in order */
	char kind;      /* of all values so far, for AGG_ORDER: 'n', 's', 0 */
};

/* The distinct values of a measure, of all groups together. */
struct agg_set {
	struct table values;
	struct table pairs; /* group and value, 32 bits each */
	/* once gathered: */
	uint32_t *lists;   /* ranks of values, a group's all together */
	size_t *starts;    /* where each group's begin */
	uint32_t *by_rank; /* the values in order */
};

struct measure {
	struct slice name;
	const struct agg_func *func;
	size_t input; /* SIZE_MAX: none, as in count(*) */
	bool truths;  /* passes over false: the count of a condition */
	size_t at;    /* of its state in the group's */
	int scale;    /* the largest so far, of sums */
	struct agg_set set;
	struct buf head; /* ,"name": */
};

struct agg {
	struct date today; /* to be set before agg_begin() */
	struct names keys;
	struct agg_expr *key_exprs; /* of each key */
	struct names members; /* of the inputs; of a computed one, its text */
	struct agg_input *inputs;
	struct measure *measures;
	size_t n;               /* measures */
	struct slice separator; /* between the items of a list */

	struct table groups; /* by their keys, see agg.c */
	char *states;
	size_t stride, cap;
	struct arena tokens;
	const struct rec *rec; /* the record at work */
	struct buf key, text, other;
	uint32_t *order; /* groups in the order of their keys */
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
 * Takes a record into its group. False if it cannot be used: *f says why,
 * and nothing has changed. A sum that does not fit ends the program, 65.
 */
bool agg_step(struct agg *a, const struct rec *r, struct failure *f);

/* Goes behind the last record. */
void agg_end(struct agg *a);

/* Appends the i-th group in key order as a record. */
void agg_put(struct agg *a, uint32_t i, struct buf *out);

/* The records of all groups together. */
uint64_t agg_counted(const struct agg *a);

void agg_free(struct agg *a);

/* What agg_begin() does first: the names are checked, expressions parsed. */
void agg_read_options(struct agg *a);

/* Appends a value so that equal ones, and only they, give equal bytes, and
 * the bytes' order is that of the texts, null last. */
void agg_put_key(struct buf *key, struct slice token, struct buf *scratch);

#endif
