/*
 * expr_parse - the text of an expression into steps, by recursive descent:
 * one function for each level of precedence, which are those of PostgreSQL.
 */
#include <stdlib.h>

#include "expr_parser.h"
#include "mh.h"
#include "utf8.h"

/* Levels of the text, three to a parenthesis: keeps our own stack small. */
#define NESTING_MAX 600

bool
expr_at(const struct expr_parser *p, const char *word)
{
	const struct expr_token *t = &p->lx.tok;

	if (t->kind == EXPR_WORD)
		return utf8_is_word(t->raw, word);
	return t->kind == EXPR_MARK && slice_is(t->raw, word);
}

bool
expr_accept(struct expr_parser *p, const char *word)
{
	if (!expr_at(p, word))
		return false;
	expr_next(&p->lx);
	return true;
}

void
expr_missing(struct expr_parser *p, const char *wanted)
{
	struct slice at = p->lx.tok.raw, found = expr_shown(at);

	if (p->lx.tok.kind == EXPR_END)
		expr_complain(&p->lx, at, "%s is missing", wanted);
	else
		expr_complain(&p->lx, at, "%s is missing before %.*s", wanted,
		    (int)found.n, found.p);
}

void
expr_expect(struct expr_parser *p, const char *word)
{
	if (!expr_accept(p, word))
		expr_missing(p, word);
}

struct expr_op *
expr_emit(struct expr_parser *p, enum expr_code code, size_t n)
{
	struct expr *e = p->e;

	/* full at every power of two, and then doubled */
	if ((e->n & (e->n - 1)) == 0)
		e->ops = mem_resize(
		    e->ops, e->n == 0 ? 1 : e->n * 2, sizeof(*e->ops));
	e->ops[e->n] = (struct expr_op){ .code = code, .n = n };
	return &e->ops[e->n++];
}

void
expr_pushed(struct expr_parser *p)
{
	if (++p->depth > p->e->depth)
		p->e->depth = p->depth;
}

struct expr_op *
expr_emit_call(struct expr_parser *p, const struct expr_func *f, size_t n,
    struct slice word)
{
	struct expr_op *op = expr_emit(p, EXPR_CALL, n);

	op->func = f;
	op->word = word;
	p->depth -= n;
	expr_pushed(p);
	return op;
}

size_t
expr_emit_jump(struct expr_parser *p, enum expr_code code, struct slice word)
{
	expr_emit(p, code, 0)->word = word;
	return p->e->n - 1;
}

void
expr_land(struct expr_parser *p, size_t jump)
{
	p->e->ops[jump].n = p->e->n;
}

/* A call of the operator that bears this name. */
static void
apply(struct expr_parser *p, const char *name, size_t n, struct slice word)
{
	expr_emit_call(p, expr_find(slice_of(name)), n, word);
}

/* Goes one deeper into the text; false if that is too deep. */
static bool
enter(struct expr_parser *p)
{
	if (++p->nesting <= NESTING_MAX)
		return true;
	expr_complain(&p->lx, p->lx.tok.raw, "nested too deeply");
	return false;
}

static void
parse_unary(struct expr_parser *p)
{
	struct slice word = p->lx.tok.raw;

	if (!enter(p))
		return;
	if (expr_accept(p, "-")) {
		parse_unary(p);
		apply(p, "neg", 1, word);
	} else {
		expr_parse_primary(p);
	}
	p->nesting--;
}

/* One level of operators that take the values on their left first. */
static void
parse_left(struct expr_parser *p, const char *const *marks,
    void (*operand)(struct expr_parser *))
{
	const char *const *mark;
	struct slice word;

	operand(p);
	for (mark = marks; *mark != NULL;) {
		word = p->lx.tok.raw;
		if (!expr_accept(p, *mark)) {
			mark++;
			continue;
		}
		operand(p);
		apply(p, *mark, 2, word);
		mark = marks;
	}
}

static void
parse_product(struct expr_parser *p)
{
	static const char *const marks[] = { "*", "/", "%", NULL };

	parse_left(p, marks, parse_unary);
}

static void
parse_sum(struct expr_parser *p)
{
	static const char *const marks[] = { "+", "-", NULL };

	parse_left(p, marks, parse_product);
}

static void
parse_joined(struct expr_parser *p)
{
	static const char *const marks[] = { "||", NULL };

	parse_left(p, marks, parse_sum);
}

/* [not] between, in, like: one of them, they do not chain. */
static void
parse_predicate(struct expr_parser *p)
{
	struct slice first, word;
	bool negated;

	parse_joined(p);
	first = p->lx.tok.raw;
	negated = expr_accept(p, "not");
	word = p->lx.tok.raw;
	if (expr_accept(p, "between")) {
		parse_joined(p);
		expr_expect(p, "and");
		parse_joined(p);
		apply(p, "between", 3, word);
	} else if (expr_accept(p, "in")) {
		expr_parse_in(p, word);
	} else if (expr_accept(p, "like")) {
		parse_joined(p);
		apply(p, "like", 2, word);
	} else if (negated) {
		expr_missing(p, "between, in or like");
	}
	if (negated)
		apply(p, "not", 1, first);
}

static void
parse_comparison(struct expr_parser *p)
{
	static const char *const marks[] = { "=", "<>", "!=", "<", "<=", ">",
		">=", NULL };
	struct slice word;
	size_t i;

	parse_predicate(p);
	for (i = 0; marks[i] != NULL; i++) {
		word = p->lx.tok.raw;
		if (!expr_accept(p, marks[i]))
			continue;
		parse_predicate(p);
		apply(p, marks[i], 2, word);
		return;
	}
}

static void
parse_is(struct expr_parser *p)
{
	struct slice word;
	bool negated;

	parse_comparison(p);
	word = p->lx.tok.raw;
	if (!expr_accept(p, "is"))
		return;
	negated = expr_accept(p, "not");
	expr_expect(p, "null");
	apply(p, "not_null", 1, word);
	if (!negated)
		apply(p, "not", 1, word);
}

static void
parse_not(struct expr_parser *p)
{
	struct slice word = p->lx.tok.raw;

	if (!enter(p))
		return;
	if (expr_accept(p, "not")) {
		parse_not(p);
		expr_want_condition(p);
		apply(p, "not", 1, word);
	} else {
		parse_is(p);
	}
	p->nesting--;
}

/* The right side is looked at only where the left one does not decide. */
static void
parse_decided(struct expr_parser *p, const char *name, enum expr_code jump,
    void (*operand)(struct expr_parser *))
{
	struct slice word;
	size_t at;

	operand(p);
	for (word = p->lx.tok.raw; expr_accept(p, name); word = p->lx.tok.raw) {
		expr_want_condition(p);
		at = expr_emit_jump(p, jump, word);
		operand(p);
		expr_want_condition(p);
		apply(p, name, 2, word);
		expr_land(p, at);
	}
}

static void
parse_and(struct expr_parser *p)
{
	parse_decided(p, "and", EXPR_JUMP_FALSE, parse_not);
}

void
expr_parse_any(struct expr_parser *p)
{
	if (!enter(p))
		return;
	parse_decided(p, "or", EXPR_JUMP_TRUE, parse_and);
	p->nesting--;
}

struct expr *
expr_parse(struct slice text, struct date today, const struct expr_rule *rules,
    struct buf *why)
{
	struct expr *e = mem_zero(1, sizeof(*e));
	struct expr_parser p = { .e = e, .today = today, .rules = rules };

	why->n = 0;
	e->text = text;
	p.lx.text = text;
	p.lx.arena = &e->arena;
	p.lx.why = why;
	expr_next(&p.lx);
	expr_parse_any(&p);
	if (p.lx.tok.kind != EXPR_END)
		expr_complain(&p.lx, p.lx.tok.raw, "an operator is missing");
	if (why->n != 0)
		return NULL;
	e->stack = mem_zero(e->depth, sizeof(*e->stack));
	return e;
}

struct expr *
expr_need(const char *where, struct slice text, struct date today,
    const struct expr_rule *rules)
{
	struct buf why = { 0 };
	struct expr *e = expr_parse(text, today, rules, &why);

	if (e == NULL)
		mh_die(MH_CONFIG, "%s: %s", where, buf_cstr(&why));
	buf_free(&why);
	return e;
}
