/* expr_call - calls of functions in the text of an expression. */
#include <stdlib.h>

#include "expr_parser.h"
#include "utf8.h"

/* What the parser calls in places of their own is not for everybody. */
static const struct expr_func *
find_callable(struct slice name)
{
	const struct expr_func *f = expr_find(name);

	return f != NULL && f->callable ? f : NULL;
}

/* Is it parsed here, for it looks at its values one by one? */
static bool
is_lazy(struct slice name)
{
	return utf8_is_word(name, "coalesce") || utf8_is_word(name, "if");
}

bool
expr_is_function(struct slice name)
{
	return is_lazy(name) || find_callable(name) != NULL;
}

/* coalesce stops at the first that is not null. */
static void
parse_coalesce(struct expr_parser *p, struct slice word)
{
	size_t *jumps = NULL, n = 0, i;

	for (;;) {
		expr_parse_any(p);
		if (!expr_accept(p, ","))
			break;
		jumps = mem_resize(jumps, n + 1, sizeof(*jumps));
		jumps[n++] = expr_emit_jump(p, EXPR_JUMP_SOME, word);
		p->depth--;
	}
	for (i = 0; i < n; i++)
		expr_land(p, jumps[i]);
	free(jumps);
	expr_expect(p, ")");
}

/* if(condition, a, b) looks at one of a and b only. */
static void
parse_if(struct expr_parser *p, struct slice word)
{
	size_t unless, out;

	expr_parse_any(p);
	expr_want_condition(p);
	expr_expect(p, ",");
	unless = expr_emit_jump(p, EXPR_JUMP_UNLESS, word);
	p->depth--;
	expr_parse_any(p);
	expr_expect(p, ",");
	out = expr_emit_jump(p, EXPR_JUMP, word);
	expr_land(p, unless);
	p->depth--;
	expr_parse_any(p);
	expr_land(p, out);
	expr_expect(p, ")");
}

/* What stands up to the next , or ), spaces around it apart. */
static struct slice
take_file(struct expr_parser *p)
{
	struct expr_lexer *lx = &p->lx;
	const char *start = lx->tok.raw.p, *end = lx->text.p + lx->text.n;
	const char *stop = start;
	struct slice file = lx->tok.text;

	if (lx->tok.kind == EXPR_STRING) {
		expr_next(lx);
		return file;
	}
	while (stop < end && *stop != ',' && *stop != ')')
		stop++;
	file = utf8_trim((struct slice){ start, (size_t)(stop - start) });
	lx->at = (size_t)(stop - lx->text.p);
	expr_next(lx);
	return file;
}

/* A member's name, in quotes or not. */
static struct slice
take_name(struct expr_parser *p)
{
	const struct expr_token t = p->lx.tok;

	if (t.kind == EXPR_WORD || t.kind == EXPR_QUOTED)
		expr_next(&p->lx);
	else
		expr_missing(p, "a member");
	return t.kind == EXPR_QUOTED ? t.text : t.raw;
}

/* , FILE[, MEMBER] behind the value; *member is the value's own. */
static void
parse_file(struct expr_parser *p, struct slice word, struct slice *file,
    struct slice *member)
{
	struct expr_lexer *lx = &p->lx;

	/* a path is no expression: the lexer must not see it */
	if (lx->tok.kind != EXPR_MARK || !slice_is(lx->tok.raw, ",")) {
		expr_missing(p, ", and a file");
		return;
	}
	while (lx->at < lx->text.n && lx->text.p[lx->at] == ' ')
		lx->at++;
	if (lx->at < lx->text.n && lx->text.p[lx->at] == '\'')
		expr_next(lx);
	else
		lx->tok = (struct expr_token){ .kind = EXPR_MARK,
			.raw = { lx->text.p + lx->at, 0 } };
	*file = take_file(p);
	if (file->n == 0)
		expr_missing(p, "a file");
	if (expr_accept(p, ","))
		*member = take_name(p);
	if (member->n == 0)
		expr_complain(lx, word,
		    "the member of the file is missing behind its name");
}

/* A function that the caller brought. */
static void
parse_rule(
    struct expr_parser *p, const struct expr_rule *rule, struct slice word)
{
	struct slice file = { NULL, 0 }, member = { NULL, 0 };
	const struct expr *e = p->e;
	size_t begin = e->n;
	struct expr_op *op;

	expr_parse_any(p);
	if (e->n == begin + 1 && e->ops[begin].code == EXPR_MEMBER)
		member = e->members.v[e->ops[begin].n].to;
	if (rule->file)
		parse_file(p, word, &file, &member);
	expr_expect(p, ")");
	if (p->lx.why->n != 0)
		return;
	op = expr_emit_call(p, NULL, 1, word);
	op->rule = rule;
	op->state = rule->open(file, member);
}

/*
 * The values up to the closing parenthesis: how many, and where the steps of
 * the first ones begin; begins[EXPR_ARGS] is where those of the rest do.
 */
static size_t
parse_values(struct expr_parser *p, size_t n, size_t begins[EXPR_ARGS + 1])
{
	if (expr_accept(p, ")"))
		return n;
	do {
		if (n <= EXPR_ARGS)
			begins[n] = p->e->n;
		expr_parse_any(p);
		n++;
	} while (expr_accept(p, ","));
	if (n <= EXPR_ARGS)
		begins[n] = p->e->n;
	expr_expect(p, ")");
	return n;
}

static void
check_count(struct expr_parser *p, const struct expr_op *op)
{
	const struct expr_func *f = op->func;

	if (op->n >= f->min && op->n <= f->max)
		return;
	if (f->min == f->max)
		expr_complain(&p->lx, op->word, "%s takes %zu value%s, not %zu",
		    f->name, f->min, f->min == 1 ? "" : "s", op->n);
	else if (f->max == SIZE_MAX)
		expr_complain(&p->lx, op->word,
		    "%s takes %zu values or more, not %zu", f->name, f->min,
		    op->n);
	else
		expr_complain(&p->lx, op->word,
		    "%s takes %zu to %zu values, not %zu", f->name, f->min,
		    f->max, op->n);
}

static void
prepare(struct expr_parser *p, struct expr_op *op, const size_t *begins)
{
	const struct expr_value *args[EXPR_ARGS] = { NULL };
	const char *wrong;
	size_t i;

	for (i = 0; i < op->n && i < EXPR_ARGS; i++) {
		const struct expr_op *from = &p->e->ops[begins[i]];

		if (begins[i + 1] == begins[i] + 1 && from->code == EXPR_PUSH)
			args[i] = &from->value;
	}
	if ((wrong = op->func->prepare(op, args)) != NULL)
		expr_complain(
		    &p->lx, op->word, "%s: %s", op->func->name, wrong);
}

void
expr_parse_in(struct expr_parser *p, struct slice word)
{
	size_t n, begins[EXPR_ARGS + 1] = { 0 };

	expr_expect(p, "(");
	n = parse_values(p, 1, begins);
	if (n == 1)
		expr_complain(&p->lx, word, "the list of values is empty");
	expr_emit_call(p, expr_find(SLICE("accepted_values")), n, word);
}

void
expr_parse_call(struct expr_parser *p, struct slice name)
{
	const struct expr_rule *rule = p->rules;
	const struct expr_func *f = find_callable(name);
	size_t n, begins[EXPR_ARGS + 1] = { 0 };
	struct slice shown = expr_shown(name);
	struct expr_op *op;

	for (; rule != NULL && rule->name != NULL; rule++) {
		if (utf8_is_word(name, rule->name)) {
			parse_rule(p, rule, name);
			return;
		}
	}
	if (utf8_is_word(name, "coalesce")) {
		parse_coalesce(p, name);
	} else if (utf8_is_word(name, "if")) {
		parse_if(p, name);
	} else if (utf8_is_word(name, "today")) {
		expr_push_today(p, name);
		expr_expect(p, ")");
	} else if (f == NULL) {
		expr_complain(&p->lx, name, "there is no function %.*s",
		    (int)shown.n, shown.p);
	} else {
		n = parse_values(p, 0, begins);
		op = expr_emit_call(p, f, n, name);
		check_count(p, op);
		if (f->prepare != NULL && p->lx.why->n == 0)
			prepare(p, op, begins);
	}
}
