/* expr_logic - comparisons and SQL's three-valued logic in expressions. */
#include "expr_ops.h"
#include "utf8.h"

/* a and b, a or b where neither has decided: the machine has seen to that a
 * is a condition and no false (and), no true (or). */
static bool
run_and_or(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	bool conjunction = op->func == &expr_logic[0];

	if (v[1].type != EXPR_BOOL && v[1].type != EXPR_NULL)
		return expr_refuse(e, op, &v[1], "is no condition");
	if (v[0].type == EXPR_NULL &&
	    (v[1].type == EXPR_NULL || v[1].truth == conjunction))
		return true;
	v[0] = v[1];
	return true;
}

static bool
run_not(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	if (v->type != EXPR_BOOL)
		return expr_refuse(e, op, v, "is no condition");
	return expr_bool(v, !v->truth);
}

static bool
run_not_null(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	(void)e, (void)op;
	return expr_bool(v, v->type != EXPR_NULL);
}

static bool
run_equal(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int order;

	return expr_compare(e, op, &v[0], &v[1], &order) &&
	       expr_bool(v, order == 0);
}

static bool
run_unequal(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int order;

	return expr_compare(e, op, &v[0], &v[1], &order) &&
	       expr_bool(v, order != 0);
}

static bool
run_less(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int order;

	return expr_compare(e, op, &v[0], &v[1], &order) &&
	       expr_bool(v, order < 0);
}

static bool
run_at_most(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int order;

	return expr_compare(e, op, &v[0], &v[1], &order) &&
	       expr_bool(v, order <= 0);
}

static bool
run_more(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int order;

	return expr_compare(e, op, &v[0], &v[1], &order) &&
	       expr_bool(v, order > 0);
}

static bool
run_at_least(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int order;

	return expr_compare(e, op, &v[0], &v[1], &order) &&
	       expr_bool(v, order >= 0);
}

/* One limit of a between: 1 if the value keeps to it, 0 if not, -1 if nobody
 * knows. */
static bool
keeps(struct expr *e, struct expr_op *op, const struct expr_value *v,
    const struct expr_value *limit, int side, int *answer)
{
	int order;

	*answer = -1;
	if (v->type == EXPR_NULL || limit->type == EXPR_NULL)
		return true;
	if (!expr_compare(e, op, v, limit, &order))
		return false;
	*answer = order * side >= 0;
	return true;
}

static bool
run_between(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int low, high;

	if (!keeps(e, op, &v[0], &v[1], 1, &low) ||
	    !keeps(e, op, &v[0], &v[2], -1, &high))
		return false;
	if (low == 0 || high == 0)
		return expr_bool(v, false);
	return low < 0 || high < 0 ? expr_null(v) : expr_bool(v, true);
}

static bool
run_in(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	bool unknown = false;
	int order;
	size_t i;

	if (v->type == EXPR_NULL)
		return true;
	for (i = 1; i < op->n; i++) {
		if (v[i].type == EXPR_NULL) {
			unknown = true;
			continue;
		}
		if (!expr_compare(e, op, v, &v[i], &order))
			return false;
		if (order == 0)
			return expr_bool(v, true);
	}
	return unknown ? expr_null(v) : expr_bool(v, false);
}

static bool
run_nullif(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int order;

	if (v[0].type == EXPR_NULL || v[1].type == EXPR_NULL)
		return true;
	if (!expr_compare(e, op, &v[0], &v[1], &order))
		return false;
	return order == 0 ? expr_null(v) : true;
}

/* The first of the least or greatest; nulls are passed over. */
static bool
pick(struct expr *e, struct expr_op *op, struct expr_value *v, int side)
{
	size_t i, best = 0;
	int order;

	for (i = 1; i < op->n; i++) {
		if (v[i].type == EXPR_NULL)
			continue;
		if (v[best].type == EXPR_NULL) {
			best = i;
			continue;
		}
		if (!expr_compare(e, op, &v[i], &v[best], &order))
			return false;
		if (order * side > 0)
			best = i;
	}
	v[0] = v[best];
	return true;
}

static bool
run_min(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	return pick(e, op, v, -1);
}

static bool
run_max(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	return pick(e, op, v, 1);
}

const struct expr_func expr_logic[] = {
	{ "and", 2, 2, false, false, EXPR_BOOL, run_and_or, NULL },
	{ "or", 2, 2, false, false, EXPR_BOOL, run_and_or, NULL },
	{ "not", 1, 1, false, true, EXPR_BOOL, run_not, NULL },
	{ "=", 2, 2, false, true, EXPR_BOOL, run_equal, NULL },
	{ "<>", 2, 2, false, true, EXPR_BOOL, run_unequal, NULL },
	{ "!=", 2, 2, false, true, EXPR_BOOL, run_unequal, NULL },
	{ "<", 2, 2, false, true, EXPR_BOOL, run_less, NULL },
	{ "<=", 2, 2, false, true, EXPR_BOOL, run_at_most, NULL },
	{ ">", 2, 2, false, true, EXPR_BOOL, run_more, NULL },
	{ ">=", 2, 2, false, true, EXPR_BOOL, run_at_least, NULL },
	{ "not_null", 1, 1, true, false, EXPR_BOOL, run_not_null, NULL },
	{ "between", 3, 3, true, false, EXPR_BOOL, run_between, NULL },
	{ "accepted_values", 2, SIZE_MAX, true, false, EXPR_BOOL, run_in,
	    NULL },
	{ "nullif", 2, 2, true, false, EXPR_NULL, run_nullif, NULL },
	{ "min", 1, SIZE_MAX, true, false, EXPR_NULL, run_min, NULL },
	{ "max", 1, SIZE_MAX, true, false, EXPR_NULL, run_max, NULL },
	{ NULL, 0, 0, false, false, EXPR_NULL, NULL, NULL },
};

const struct expr_func *
expr_find(struct slice name)
{
	static const struct expr_func *const files[] = { expr_logic,
		expr_arithmetic, expr_texts, expr_times };
	const struct expr_func *f;
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		for (f = files[i]; f->name != NULL; f++) {
			if (utf8_is_word(name, f->name))
				return f;
		}
	}
	return NULL;
}
