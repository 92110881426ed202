/* expr_look - what the steps of an expression tell before they are run. */
#include "expr_parser.h"

/* What the steps leave, as far as it is plain; EXPR_NULL: it is not. */
static enum expr_type
type_left(const struct expr *e)
{
	const struct expr_op *last = &e->ops[e->n - 1];

	switch (last->code) {
	case EXPR_PUSH: return last->value.type;
	case EXPR_CALL:
		return last->func != NULL ? last->func->gives : EXPR_BOOL;
	default: return EXPR_NULL;
	}
}

/* What stands in place of a condition; NULL if nothing plainly does. */
static const char *
no_condition(const struct expr *e)
{
	switch (type_left(e)) {
	case EXPR_NUMBER: return "number";
	case EXPR_TEXT: return "text";
	case EXPR_DATE: return "date";
	case EXPR_TIMESTAMP: return "timestamp";
	default: return NULL;
	}
}

void
expr_want_condition(struct expr_parser *p)
{
	const char *type;

	if (p->lx.why->n == 0 && (type = no_condition(p->e)) != NULL)
		expr_complain(&p->lx, p->e->ops[p->e->n - 1].word,
		    "a condition is wanted, not a %s", type);
}

bool
expr_is_condition(const struct expr *e, struct buf *why)
{
	const char *type = no_condition(e);

	if (type == NULL)
		return true;
	why->n = 0;
	buf_fmt(why, "a condition is wanted, not a %s", type);
	expr_show(why, e->text, e->ops[e->n - 1].word);
	return false;
}

struct slice
expr_member(const struct expr *e, size_t i)
{
	return i < e->members.n ? e->members.v[i].from
				: (struct slice){ NULL, 0 };
}

void
expr_show_member(const struct expr *e, size_t i, struct buf *out)
{
	const struct expr_op *op = e->ops;

	buf_slice(out, expr_shown(expr_member(e, i)));
	while (op->code != EXPR_MEMBER || op->n != i)
		op++;
	expr_show(out, e->text, op->word);
}
