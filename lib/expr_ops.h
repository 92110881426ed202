/*
 * expr_ops - what the parser, the machine and the functions of expressions
 * share; nobody else's business.
 *
 * The machine is a stack. A step pushes a value, calls a function with the
 * topmost values, which it replaces by its result, or jumps forward.
 */
#ifndef EXPR_OPS_H
#define EXPR_OPS_H

#include "expr.h"
#include "names.h"

enum expr_code {
	EXPR_PUSH,   /* op->value */
	EXPR_MEMBER, /* number op->n of e->members */
	EXPR_CALL,   /* op->func with op->n values */
	/* jumps to the step op->n ... */
	EXPR_JUMP,
	EXPR_JUMP_TRUE,   /* if the top is true; it must be a bool or null */
	EXPR_JUMP_FALSE,  /* if the top is false; it must be ... */
	EXPR_JUMP_SOME,   /* if the top is not null; else pops it */
	EXPR_JUMP_UNLESS, /* pops a bool or null; if it was not true */
};

#define EXPR_ARGS 3 /* values that a function may want as texts */

struct expr_op;

struct expr_func {
	const char *name; /* or the mark of an operator */
	size_t min, max;  /* how many values it takes */
	bool callable;    /* NAME(...) may stand in a text */
	bool strict;      /* null if any of them is null */
	/* what it gives if not null; EXPR_NULL: that depends on the values */
	enum expr_type gives;
	/* v[0] .. v[op->n - 1] are the values, v[0] becomes the result; false
	 * if there is none: expr_fail() has said why */
	bool (*run)(struct expr *e, struct expr_op *op, struct expr_value *v);
	/* looks at the literals among the values, when the call is parsed:
	 * NULL, or what is wrong with them; arg[i] is NULL if it is none */
	const char *(*prepare)(
	    struct expr_op *op, const struct expr_value *const *arg);
};

struct expr_op {
	enum expr_code code;
	size_t n;
	const struct expr_func *func;
	const struct expr_rule *rule; /* of a function that was brought */
	void *state;                  /* what was prepared */
	struct slice word;            /* in the text, for messages */
	struct expr_value value;
	struct buf arg[EXPR_ARGS], out; /* the texts that it makes */
};

struct expr {
	struct slice text;
	struct names members;
	struct expr_op *ops;
	size_t n;
	struct expr_value *stack;
	size_t depth;
	struct arena arena; /* texts of literals */
	struct buf why;
};

/* "WORD: message": why there is no value. Always false. */
bool expr_fail(struct expr *e, const struct expr_op *op, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same about a value: `message` goes behind it. */
void expr_blame(struct expr *e, const struct expr_op *op,
    const struct expr_value *v, const char *message);

static inline bool
expr_refuse(struct expr *e, const struct expr_op *op,
    const struct expr_value *v, const char *message)
{
	expr_blame(e, op, v, message);
	return false;
}

/* The value as a number: it is one, or a text that holds one as JSON would
 * write it. */
bool expr_number(struct expr *e, const struct expr_op *op,
    const struct expr_value *v, struct dec *d);

/* The value as a whole number. */
bool expr_integer(struct expr *e, const struct expr_op *op,
    const struct expr_value *v, int64_t *n);

/* The i-th value, which is v, as text: any scalar has one. Good as long as
 * op->arg[i] and the value's own text. */
bool expr_text(struct expr *e, struct expr_op *op, size_t i,
    const struct expr_value *v, struct slice *text);

/* The day of a date, of a timestamp as it is written, or of an ISO text. */
bool expr_day(struct expr *e, const struct expr_op *op,
    const struct expr_value *v, int32_t *days);

/* Less than, equal to or greater than 0; neither is null. */
bool expr_compare(struct expr *e, const struct expr_op *op,
    const struct expr_value *a, const struct expr_value *b, int *order);

/* The order of two moments, at least one of which is no text. */
bool expr_compare_times(struct expr *e, const struct expr_op *op,
    const struct expr_value *a, const struct expr_value *b, int *order);

/* Reads YYYY-MM-DD, and with `timed` a time behind it. */
bool expr_iso_date(struct slice text, int32_t *days);
bool expr_iso_timestamp(struct slice text);

/* Results. */
static inline bool
expr_null(struct expr_value *v)
{
	v->type = EXPR_NULL;
	return true;
}

static inline bool
expr_bool(struct expr_value *v, bool truth)
{
	v->type = EXPR_BOOL;
	v->truth = truth;
	return true;
}

static inline bool
expr_dec(struct expr_value *v, struct dec d)
{
	v->type = EXPR_NUMBER;
	v->text.p = NULL;
	v->num = d;
	return true;
}

static inline bool
expr_string(struct expr_value *v, struct slice text)
{
	v->type = EXPR_TEXT;
	v->text = text;
	return true;
}

/* What was written to op->out, which has no address before the first byte. */
static inline bool
expr_made(struct expr_value *v, const struct expr_op *op)
{
	return expr_string(v, op->out.n == 0 ? SLICE("") : buf_view(&op->out));
}

/* The functions of one file each; all end with a name that is NULL. */
extern const struct expr_func expr_logic[], expr_arithmetic[], expr_texts[],
    expr_times[];

/* The function or operator of this name, without regard to case; NULL. */
const struct expr_func *expr_find(struct slice name);

#endif
