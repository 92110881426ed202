/* dec - exact decimals: arithmetic, rounding, order, writing. */
#include "dec.h"

/* A coefficient without its sign: has room for twice the limit. */
__extension__ typedef unsigned __int128 dec_mag;

/* 10^38, in two halves: the language has no literals of 128 bits. */
#define HALF  10000000000000000000u
#define LIMIT ((dec_mag)HALF * HALF)

#define HALF_DIGITS 19

/* 10^k, k in 0..DEC_DIGITS. */
static dec_mag
power(int k)
{
	dec_mag p = 1;

	while (k-- > 0)
		p *= 10;
	return p;
}

static dec_mag
magnitude(dec_int v)
{
	return v < 0 ? -(dec_mag)v : (dec_mag)v;
}

static dec_int
with_sign(dec_mag m, bool negative)
{
	return negative ? -(dec_int)m : (dec_int)m;
}

/* m *= 10^k; false if it does not fit. */
static bool
grow(dec_mag *m, int k)
{
	for (; k > 0 && *m != 0; k--) {
		if (*m >= LIMIT / 10)
			return false;
		*m *= 10;
	}
	return true;
}

/* The value with `scale` fraction digits, half away from zero. */
static bool
change_scale(struct dec *d, int scale, bool exact)
{
	dec_mag m = magnitude(d->coef);

	if (scale < 0 || scale > DEC_DIGITS)
		return false;
	if (scale < d->scale) {
		dec_mag by = power(d->scale - scale), rest = m % by;

		if (exact && rest != 0)
			return false;
		m = m / by + (rest >= by - rest);
	} else if (!grow(&m, scale - d->scale)) {
		return false;
	}
	*d = (struct dec){ with_sign(m, d->coef < 0), scale };
	return true;
}

bool
dec_rescale(struct dec *d, int scale)
{
	return change_scale(d, scale, true);
}

bool
dec_round(struct dec *d, int scale)
{
	return change_scale(d, scale, false);
}

bool
dec_add(struct dec *a, struct dec b)
{
	struct dec sum = *a;

	if (!dec_rescale(&sum, sum.scale > b.scale ? sum.scale : b.scale) ||
	    !dec_rescale(&b, sum.scale) ||
	    __builtin_add_overflow(sum.coef, b.coef, &sum.coef) ||
	    magnitude(sum.coef) >= LIMIT)
		return false;
	*a = sum;
	return true;
}

bool
dec_mul(struct dec *a, struct dec b)
{
	bool negative = (a->coef < 0) != (b.coef < 0);
	dec_mag m;

	if (a->scale + b.scale > DEC_DIGITS ||
	    __builtin_mul_overflow(magnitude(a->coef), magnitude(b.coef), &m) ||
	    m >= LIMIT)
		return false;
	a->coef = with_sign(m, negative);
	a->scale += b.scale;
	return true;
}

/*
 * One more digit of rest / by; what is left stays in rest. By adding, for
 * ten times the rest may have no room.
 */
static unsigned
next_digit(dec_mag *rest, dec_mag by)
{
	unsigned i, digit = 0;
	dec_mag sum = 0;

	for (i = 0; i < 10; i++) {
		sum += *rest;
		if (sum >= by) {
			sum -= by;
			digit++;
		}
	}
	*rest = sum;
	return digit;
}

bool
dec_div(struct dec *q, struct dec a, struct dec b, int scale)
{
	bool negative = (a.coef < 0) != (b.coef < 0);
	dec_mag by = magnitude(b.coef), m, rest;
	/* digits wanted behind those of the integers' quotient */
	int more = scale - (a.scale - b.scale);

	if (by == 0 || scale < 0 || scale > DEC_DIGITS)
		return false;
	m = magnitude(a.coef) / by;
	rest = magnitude(a.coef) % by;
	if (more < 0) {
		/* 10^-more is even, so that the rest cannot change a half */
		by = power(-more);
		rest = m % by;
		m /= by;
	}
	for (; more > 0; more--) {
		if (!grow(&m, 1))
			return false;
		m += next_digit(&rest, by);
	}
	/* never up to 10^38: with by < 10^38, m keeps more than 1 away */
	m += rest >= by - rest;
	*q = (struct dec){ with_sign(m, negative), scale };
	return true;
}

static int
order(dec_int a, dec_int b)
{
	return (a > b) - (a < b);
}

int
dec_cmp(struct dec a, struct dec b)
{
	dec_int by_a = (dec_int)power(a.scale), by_b = (dec_int)power(b.scale);
	int whole = order(a.coef / by_a, b.coef / by_b);

	if (a.scale == b.scale)
		return order(a.coef, b.coef);
	if (whole != 0)
		return whole;
	/* unlike the numbers themselves, fractions fit any scale */
	return order(a.coef % by_a * (dec_int)power(DEC_DIGITS - a.scale),
	    b.coef % by_b * (dec_int)power(DEC_DIGITS - b.scale));
}

void
dec_put(struct buf *b, struct dec d)
{
	/* sign, decimal mark and the 0 before 38 fraction digits */
	char text[DEC_DIGITS + 3];
	size_t at = sizeof(text);
	/* halves of 64 bits: dividing 128 takes many times as long */
	uint64_t low = (uint64_t)(magnitude(d.coef) % HALF);
	uint64_t high = (uint64_t)(magnitude(d.coef) / HALF);
	int i;

	for (i = 0; i <= d.scale || low != 0 || high != 0; i++) {
		if (i == HALF_DIGITS) {
			low = high;
			high = 0;
		}
		if (i != 0 && i == d.scale)
			text[--at] = '.';
		text[--at] = (char)('0' + low % 10);
		low /= 10;
	}
	if (d.coef < 0)
		text[--at] = '-';
	buf_add(b, text + at, sizeof(text) - at);
}

int
dec_int_digits(struct dec d)
{
	dec_mag whole = magnitude(d.coef) / power(d.scale), p = 1;
	int n = 0;

	for (; p <= whole; p *= 10)
		n++;
	return n;
}

bool
dec_to_i64(int64_t *v, struct dec d)
{
	if (!dec_rescale(&d, 0) || d.coef < INT64_MIN || d.coef > INT64_MAX)
		return false;
	*v = (int64_t)d.coef;
	return true;
}

struct dec
dec_from_i64(int64_t v)
{
	return (struct dec){ v, 0 };
}
