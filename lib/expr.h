/*
 * expr - expressions over the members of one record: SQL's words, precedence
 * and three-valued logic. mh-expr(7) is the language.
 *
 * An expression is parsed once into a row of small steps and run for each
 * record without allocation. What is wrong with its text is found by the
 * parser; what is wrong with a value ("abc" > 3) is an answer of the run.
 * Values point into the record and into the expression: they are good until
 * either is used again. An expression lives as long as the program.
 */
#ifndef EXPR_H
#define EXPR_H

#include "date.h"
#include "dec.h"
#include "rec.h"

enum expr_type {
	EXPR_NULL,
	EXPR_BOOL,
	EXPR_NUMBER,
	EXPR_TEXT,
	EXPR_DATE,
	EXPR_TIMESTAMP,
	EXPR_NESTED, /* an object or an array: may only be passed on */
};

struct expr_value {
	enum expr_type type;
	bool truth;        /* of EXPR_BOOL */
	int32_t days;      /* of EXPR_DATE, since 1970-01-01 */
	struct slice text; /* TEXT and TIMESTAMP: decoded; NESTED: the token;
			    * NUMBER: the token as it came, or p NULL: num */
	struct dec num;
};

struct expr;

/*
 * A function that the caller brings because it needs more than the record:
 * NAME(expression), and with `file` NAME(expression, FILE[, MEMBER]), where
 * FILE is a literal text or stands bare. Without a MEMBER the expression
 * must be one, and its name is taken. A null value gives null.
 */
struct expr_rule {
	const char *name;
	bool file;
	/* once for each place where the expression calls it */
	void *(*open)(struct slice file, struct slice member);
	/* for each record: does it hold for this value, which is not null? */
	bool (*holds)(void *state, struct slice text);
};

/*
 * Parses `text`, which must outlive the expression, as valid UTF-8. `today`
 * is the run's day; `rules` ends with one whose name is NULL, or is NULL.
 * NULL if the text is wrong: `why` then says what, where, with the text and
 * a caret in lines of their own.
 */
struct expr *expr_parse(struct slice text, struct date today,
    const struct expr_rule *rules, struct buf *why);

/* The same, but what is wrong ends the program, status 78; `where` stands
 * before the message: "--drop: barato". */
struct expr *expr_need(const char *where, struct slice text, struct date today,
    const struct expr_rule *rules);

/* The value for this record. False if it has none: expr_why() has the
 * reason, good until the next run. */
bool expr_run(struct expr *e, const struct rec *r, struct expr_value *v);

/* The same for a condition: *truth is a bool or null. */
bool expr_holds(struct expr *e, const struct rec *r, struct expr_value *truth);

const char *expr_why(struct expr *e);

/* Appends the value as JSON: dates as ISO text; a number and what is nested,
 * straight from a member, as they came. */
void expr_put(struct buf *out, const struct expr_value *v);

/*
 * Can it be a condition, as far as its text tells? False if it is plainly
 * something else (a + 1): `why` then says so as expr_parse() does.
 */
bool expr_is_condition(const struct expr *e, struct buf *why);

/* The i-th of the members that it names, each once; p NULL: it has no more. */
struct slice expr_member(const struct expr *e, size_t i);

/* Appends its name, and in lines of their own the text and a caret under it. */
void expr_show_member(const struct expr *e, size_t i, struct buf *out);

/* Is it one of the language's functions? */
bool expr_is_function(struct slice name);

#endif
