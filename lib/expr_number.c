/* expr_number - arithmetic of exact decimals in expressions. */
#include "expr_ops.h"

#define DIV_DIGITS 12 /* behind the decimal mark of a quotient */

static bool
overflow(struct expr *e, const struct expr_op *op)
{
	return expr_fail(
	    e, op, "the result has more than %d digits", DEC_DIGITS);
}

static bool
numbers_of(struct expr *e, const struct expr_op *op, const struct expr_value *v,
    struct dec *a, struct dec *b)
{
	return expr_number(e, op, &v[0], a) && expr_number(e, op, &v[1], b);
}

static bool
run_add(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct dec a, b;

	if (!numbers_of(e, op, v, &a, &b))
		return false;
	return dec_add(&a, b) ? expr_dec(v, a) : overflow(e, op);
}

static bool
run_subtract(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct dec a, b;

	if (!numbers_of(e, op, v, &a, &b))
		return false;
	b.coef = -b.coef;
	return dec_add(&a, b) ? expr_dec(v, a) : overflow(e, op);
}

static bool
run_multiply(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct dec a, b;

	if (!numbers_of(e, op, v, &a, &b))
		return false;
	return dec_mul(&a, b) ? expr_dec(v, a) : overflow(e, op);
}

/* Zeros at the end go, but for those that the values have too. */
static bool
run_divide(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct dec a, b, q;
	int keep;

	if (!numbers_of(e, op, v, &a, &b))
		return false;
	if (b.coef == 0)
		return expr_null(v);
	if (!dec_div(&q, a, b, DIV_DIGITS))
		return overflow(e, op);
	for (keep = a.scale > b.scale ? a.scale : b.scale;
	     q.scale > keep && q.coef % 10 == 0; q.scale--)
		q.coef /= 10;
	return expr_dec(v, q);
}

/* What is left has the sign of the first. */
static bool
run_modulo(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct dec a, b;

	if (!numbers_of(e, op, v, &a, &b))
		return false;
	if (b.coef == 0)
		return expr_null(v);
	if (!dec_rescale(&a, a.scale > b.scale ? a.scale : b.scale) ||
	    !dec_rescale(&b, a.scale))
		return overflow(e, op);
	a.coef %= b.coef;
	return expr_dec(v, a);
}

static bool
run_negate(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct dec d;

	if (!expr_number(e, op, v, &d))
		return false;
	d.coef = -d.coef;
	return expr_dec(v, d);
}

static bool
run_abs(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct dec d;

	if (!expr_number(e, op, v, &d))
		return false;
	d.coef = d.coef < 0 ? -d.coef : d.coef;
	return expr_dec(v, d);
}

/* To whole tens, hundreds, ...: `zeros` of them at the end. */
static bool
round_up_front(struct dec *d, int zeros)
{
	/* then it is less than half of one */
	if (zeros > DEC_DIGITS - d->scale) {
		*d = (struct dec){ 0, 0 };
		return true;
	}
	d->scale += zeros;
	if (!dec_round(d, 0))
		return false;
	while (zeros-- > 0) {
		if (!dec_mul(d, dec_from_i64(10)))
			return false;
	}
	return true;
}

static bool
run_round(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int64_t places = 0;
	struct dec d;

	if (!expr_number(e, op, v, &d) ||
	    (op->n == 2 && !expr_integer(e, op, &v[1], &places)))
		return false;
	if (places < -DEC_DIGITS)
		places = -DEC_DIGITS;
	if (places > DEC_DIGITS)
		return overflow(e, op);
	if (places < 0 ? round_up_front(&d, (int)-places)
		       : dec_round(&d, (int)places))
		return expr_dec(v, d);
	return overflow(e, op);
}

/* The whole number next to a number, on this side of it. */
static bool
run_whole(struct expr *e, struct expr_op *op, struct expr_value *v, int side)
{
	struct dec d, whole;

	if (!expr_number(e, op, v, &d))
		return false;
	whole = d;
	if (!dec_round(&whole, 0) || (dec_cmp(whole, d) * side < 0 &&
					 !dec_add(&whole, dec_from_i64(side))))
		return overflow(e, op);
	return expr_dec(v, whole);
}

static bool
run_floor(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	return run_whole(e, op, v, -1);
}

static bool
run_ceil(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	return run_whole(e, op, v, 1);
}

const struct expr_func expr_arithmetic[] = {
	{ "+", 2, 2, false, true, EXPR_NUMBER, run_add, NULL },
	{ "-", 2, 2, false, true, EXPR_NUMBER, run_subtract, NULL },
	{ "*", 2, 2, false, true, EXPR_NUMBER, run_multiply, NULL },
	{ "/", 2, 2, false, true, EXPR_NUMBER, run_divide, NULL },
	{ "%", 2, 2, false, true, EXPR_NUMBER, run_modulo, NULL },
	{ "neg", 1, 1, false, true, EXPR_NUMBER, run_negate, NULL },
	{ "abs", 1, 1, true, true, EXPR_NUMBER, run_abs, NULL },
	{ "round", 1, 2, true, true, EXPR_NUMBER, run_round, NULL },
	{ "floor", 1, 1, true, true, EXPR_NUMBER, run_floor, NULL },
	{ "ceil", 1, 1, true, true, EXPR_NUMBER, run_ceil, NULL },
	{ NULL, 0, 0, false, false, EXPR_NULL, NULL, NULL },
};
