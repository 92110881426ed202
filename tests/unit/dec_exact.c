/* dec - decimals, at random, against an arithmetic of another kind. */
#include <stdio.h>

#include "dec.h"
#include "shown.h"
#include "tap.h"

static struct dec
dec_of(const char *text)
{
	struct dec d = { 0 };

	if (!dec_from_json(&d, slice_of(text)))
		OK_NAMED(false, text);
	return d;
}

/*
 * The other arithmetic: numbers of many digits, lowest first, as one learns
 * it at school. 160 digits are more than any of the operations needs.
 */
#define PLACES 160

struct big {
	int d[PLACES];
};

static struct big
big_of(const char *digits)
{
	struct big b = { 0 };
	size_t i, n = strlen(digits);

	for (i = 0; i < n; i++)
		b.d[i] = digits[n - 1 - i] - '0';
	return b;
}

/* With k zeros more at its end, or -k digits less. */
static struct big
big_shift(struct big a, int k)
{
	struct big b = { 0 };
	int i;

	for (i = 0; i < PLACES; i++) {
		if (i - k >= 0 && i - k < PLACES)
			b.d[i] = a.d[i - k];
	}
	return b;
}

static int
big_cmp(struct big a, struct big b)
{
	int i;

	for (i = PLACES - 1; i > 0 && a.d[i] == b.d[i];)
		i--;
	return a.d[i] - b.d[i];
}

/* a + b, or a - b where a is not less. */
static struct big
big_add(struct big a, struct big b, int sign)
{
	int i, carry = 0;

	for (i = 0; i < PLACES; i++) {
		int v = a.d[i] + sign * b.d[i] + carry;

		carry = v > 9 ? 1 : v < 0 ? -1 : 0;
		a.d[i] = v - 10 * carry;
	}
	return a;
}

static struct big
big_mul(struct big a, struct big b)
{
	struct big sum = { 0 };
	int i, k;

	for (i = 0; i < PLACES; i++) {
		for (k = 0; k < b.d[i]; k++)
			sum = big_add(sum, big_shift(a, i), 1);
	}
	return sum;
}

/* a / b to the nearest integer, halves up. */
static struct big
big_div(struct big a, struct big b)
{
	struct big q = { 0 }, rest = { 0 };
	int i;

	for (i = PLACES - 1; i >= 0; i--) {
		rest = big_shift(rest, 1);
		rest.d[0] = a.d[i];
		for (; big_cmp(rest, b) >= 0; q.d[i]++)
			rest = big_add(rest, b, -1);
	}
	if (big_cmp(big_add(rest, rest, 1), b) >= 0)
		q = big_add(q, big_of("1"), 1);
	return q;
}

/* A number of the other arithmetic, and how it is written. */
struct other {
	struct big v;
	bool negative;
	int scale;
	char text[2 * PLACES]; /* "none" if it has more than 38 digits */
};

static void
other_write(struct other *o)
{
	char *p = o->text;
	int i, top = PLACES - 1;

	while (top >= 0 && o->v.d[top] == 0)
		top--;
	if (top >= DEC_DIGITS || o->scale > DEC_DIGITS) {
		strcpy(o->text, "none");
		return;
	}
	if (o->negative && top >= 0)
		*p++ = '-';
	for (i = top > o->scale ? top : o->scale; i >= 0; i--) {
		*p++ = (char)('0' + o->v.d[i]);
		if (i == o->scale && i != 0)
			*p++ = '.';
	}
	*p = '\0';
}

static unsigned
any(unsigned below)
{
	static uint64_t state = 88172645463325252u;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 32) % below;
}

/* Any number, but those with many equal digits more often than others. */
static struct other
other_any(void)
{
	static const char *const favourites = "0123456789059";
	struct other o = { .negative = any(2), .scale = (int)any(39) };
	char digits[DEC_DIGITS + 1];
	unsigned i, n = any(DEC_DIGITS + 1), same = any(3);
	char c = favourites[any(13)];

	if (any(2) != 0)
		o.scale = (int)any(5);
	for (i = 0; i < n; i++) {
		if (same == 0 || any(8) == 0)
			c = favourites[any(13)];
		digits[i] = c;
	}
	digits[n] = '\0';
	o.v = big_of(digits);
	other_write(&o);
	return o;
}

static struct other
other_sum(struct other a, struct other b)
{
	struct other o = { .scale = a.scale > b.scale ? a.scale : b.scale };

	a.v = big_shift(a.v, o.scale - a.scale);
	b.v = big_shift(b.v, o.scale - b.scale);
	o.negative = big_cmp(a.v, b.v) >= 0 ? a.negative : b.negative;
	if (a.negative == b.negative)
		o.v = big_add(a.v, b.v, 1);
	else if (big_cmp(a.v, b.v) >= 0)
		o.v = big_add(a.v, b.v, -1);
	else
		o.v = big_add(b.v, a.v, -1);
	/* an operand must fit the scale too */
	a.scale = b.scale = o.scale;
	other_write(&a);
	other_write(&b);
	other_write(&o);
	if (strcmp(a.text, "none") == 0 || strcmp(b.text, "none") == 0)
		strcpy(o.text, "none");
	return o;
}

static struct other
other_quotient(struct other a, struct other b, int scale)
{
	struct other o = { .negative = a.negative != b.negative };
	int up = scale + b.scale - a.scale;

	o.scale = scale;
	strcpy(o.text, "none");
	if (big_cmp(b.v, big_of("")) == 0)
		return o;
	o.v = big_div(
	    big_shift(a.v, up > 0 ? up : 0), big_shift(b.v, up < 0 ? -up : 0));
	other_write(&o);
	return o;
}

static struct other
other_product(struct other a, struct other b)
{
	struct other o = { .negative = a.negative != b.negative };

	o.scale = a.scale + b.scale;
	o.v = big_mul(a.v, b.v);
	other_write(&o);
	return o;
}

static int
other_cmp(struct other a, struct other b)
{
	struct big zero = { 0 };
	int scale = a.scale > b.scale ? a.scale : b.scale, c;

	a.v = big_shift(a.v, scale - a.scale);
	b.v = big_shift(b.v, scale - b.scale);
	a.negative = a.negative && big_cmp(a.v, zero) != 0;
	b.negative = b.negative && big_cmp(b.v, zero) != 0;
	if (a.negative != b.negative)
		return a.negative ? -1 : 1;
	c = big_cmp(a.v, b.v);
	c = (c > 0) - (c < 0);
	return a.negative ? -c : c;
}

/* One of the operations did what the other arithmetic did. */
static bool
agree(const char *op, struct other a, struct other b, int scale,
    const char *got, const char *want)
{
	if (strcmp(got, want) == 0)
		return true;
	printf("# %s %s %s (%d): got %s want %s\n", a.text, op, b.text, scale,
	    got, want);
	return false;
}

static bool
one_round(void)
{
	struct other a = other_any(), b = other_any(), one = { 0 };
	struct dec x = dec_of(a.text), y = dec_of(b.text), z = x;
	int scale = (int)any(any(2) != 0 ? 39 : 6);
	bool good;

	one.v = big_of("1");
	good = agree("put", a, b, 0, shown(true, x), a.text);
	good &=
	    agree("+", a, b, 0, shown(dec_add(&z, y), z), other_sum(a, b).text);
	z = x;
	good &= agree(
	    "*", a, b, 0, shown(dec_mul(&z, y), z), other_product(a, b).text);
	good &= agree("/", a, b, scale, shown(dec_div(&z, x, y, scale), z),
	    other_quotient(a, b, scale).text);
	z = x;
	good &= agree("round", a, b, scale, shown(dec_round(&z, scale), z),
	    other_quotient(a, one, scale).text);
	if (dec_rescale(&z, scale) && dec_rescale(&x, scale))
		good &= dec_cmp(x, dec_of(a.text)) == 0;
	x = dec_of(a.text);
	good &= dec_cmp(x, y) == other_cmp(a, b);
	good &= dec_cmp(y, x) == -other_cmp(a, b) && dec_cmp(x, x) == 0;
	return good;
}

int
main(void)
{
	int i, bad = 0;

	for (i = 0; i < 4000; i++)
		bad += !one_round();
	OK_NAMED(bad == 0, "4000 random pairs agree with school arithmetic");
	return tap_done();
}
