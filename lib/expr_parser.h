/*
 * expr_parser - what the files of the parser share; nobody else's business.
 *
 * The first thing that is wrong is kept, and from then on the text is at its
 * end: so nobody looks for errors, and everybody comes back soon.
 */
#ifndef EXPR_PARSER_H
#define EXPR_PARSER_H

#include "expr_ops.h"

enum expr_kind {
	EXPR_END,
	EXPR_LITERAL, /* a number */
	EXPR_STRING,  /* '...' */
	EXPR_WORD,    /* a name, or a word of the language */
	EXPR_QUOTED,  /* "..." */
	EXPR_MARK,    /* <=, (, ... */
};

struct expr_token {
	enum expr_kind kind;
	struct slice raw;  /* in the text */
	struct slice text; /* of strings and quoted names: what they hold */
};

struct expr_lexer {
	struct slice text;
	size_t at; /* behind the token */
	struct expr_token tok;
	struct arena *arena;
	struct buf *why; /* not empty: nothing but ends comes any more */
};

/* Goes to the next token. */
void expr_next(struct expr_lexer *lx);

/* Keeps the first complaint, about the word `at`, and ends the text. */
void expr_complain(struct expr_lexer *lx, struct slice at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Appends the text in a line of its own, and in the next a caret under the
 * word. */
void expr_show(struct buf *out, struct slice text, struct slice word);

/* As much of a word as a message has room for. */
struct slice expr_shown(struct slice word);

struct expr_parser {
	struct expr_lexer lx;
	struct expr *e;
	struct date today;
	const struct expr_rule *rules;
	size_t depth; /* values on the stack at this step */
	int nesting;
};

/* Appends a step. */
struct expr_op *expr_emit(struct expr_parser *p, enum expr_code code, size_t n);

/* Appends a call with the n topmost values. */
struct expr_op *expr_emit_call(struct expr_parser *p, const struct expr_func *f,
    size_t n, struct slice word);

/* Appends a jump, which goes to where expr_land() is called with it. */
size_t expr_emit_jump(
    struct expr_parser *p, enum expr_code code, struct slice word);
void expr_land(struct expr_parser *p, size_t jump);

/* One more value is on the stack. */
void expr_pushed(struct expr_parser *p);

/* Is the next word this one of the language's, or this mark? */
bool expr_at(const struct expr_parser *p, const char *word);

/* The same, and goes past it; or complains if it is not. */
bool expr_accept(struct expr_parser *p, const char *word);
void expr_expect(struct expr_parser *p, const char *word);

/* "WANTED is missing", at the next word. */
void expr_missing(struct expr_parser *p, const char *wanted);

/* Complains if what the last step leaves is plainly no condition. */
void expr_want_condition(struct expr_parser *p);

/* Appends the run's day. */
void expr_push_today(struct expr_parser *p, struct slice word);

/* A whole expression. */
void expr_parse_any(struct expr_parser *p);

/* A literal, a member, a call, or an expression in parentheses. */
void expr_parse_primary(struct expr_parser *p);

/* The values of a function, from behind the opening parenthesis. */
void expr_parse_call(struct expr_parser *p, struct slice name);

/* The list of an in; the value on its left is on the stack. */
void expr_parse_in(struct expr_parser *p, struct slice word);

#endif
