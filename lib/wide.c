/* wide - exact sums that no order of adding makes overflow. */
#include "wide.h"

/* The integer digits of 2^64 numbers below 10^38. */
#define INT_DIGITS (DEC_DIGITS + 20)

/* The digits of 2^383. */
#define ALL_DIGITS 116

__extension__ typedef unsigned __int128 pair;

/* w = w * by + more, as numbers without a sign. */
static void
times(struct wide *w, uint64_t by, uint64_t more)
{
	pair carry = more;
	int i;

	for (i = 0; i < WIDE_LIMBS; i++) {
		carry += (pair)w->limb[i] * by;
		w->limb[i] = (uint64_t)carry;
		carry >>= 64;
	}
}

/* w /= 10, as a number without a sign; gives the digit that is left. */
static unsigned
tenth(struct wide *w)
{
	pair rest = 0;
	int i;

	for (i = WIDE_LIMBS - 1; i >= 0; i--) {
		rest = rest << 64 | w->limb[i];
		w->limb[i] = (uint64_t)(rest / 10);
		rest %= 10;
	}
	return (unsigned)rest;
}

static void
negate(struct wide *w)
{
	int i;

	for (i = 0; i < WIDE_LIMBS; i++)
		w->limb[i] = ~w->limb[i];
	times(w, 1, 1);
}

static bool
is_negative(const struct wide *w)
{
	return w->limb[WIDE_LIMBS - 1] >> 63 != 0;
}

static struct wide
magnitude(const struct wide *w)
{
	struct wide m = *w;

	if (is_negative(w))
		negate(&m);
	return m;
}

/* w += m / 10^scale, or -= */
static void
add(struct wide *w, struct wide m, int scale, bool negative)
{
	pair carry = 0;
	int i;

	for (i = scale; i < DEC_DIGITS; i++)
		times(&m, 10, 0);
	if (negative)
		negate(&m);
	for (i = 0; i < WIDE_LIMBS; i++) {
		carry += (pair)w->limb[i] + m.limb[i];
		w->limb[i] = (uint64_t)carry;
		carry >>= 64;
	}
}

void
wide_add(struct wide *w, struct dec d)
{
	pair m = d.coef < 0 ? -(pair)d.coef : (pair)d.coef;
	struct wide v = { { (uint64_t)m, (uint64_t)(m >> 64) } };

	add(w, v, d.scale, d.coef < 0);
}

/* Takes digits off the front; how many they were. */
static size_t
take_digits(struct wide *v, struct slice *s, size_t most)
{
	size_t n;

	for (n = 0; n < s->n && n <= most && ascii_digit(s->p[n]); n++)
		times(v, 10, (uint64_t)(s->p[n] - '0'));
	*s = (struct slice){ s->p + n, s->n - n };
	return n;
}

bool
wide_add_text(struct wide *w, struct slice text, int *scale)
{
	struct slice minus = SLICE("-"), point = SLICE(".");
	bool negative = slice_starts(text, minus);
	struct wide v = { { 0 } };
	size_t n, fraction = 0;

	if (negative)
		text = (struct slice){ text.p + 1, text.n - 1 };
	n = take_digits(&v, &text, INT_DIGITS);
	if (n == 0 || n > INT_DIGITS)
		return false;
	if (slice_starts(text, point)) {
		text = (struct slice){ text.p + 1, text.n - 1 };
		fraction = take_digits(&v, &text, DEC_DIGITS);
		if (fraction == 0 || fraction > DEC_DIGITS)
			return false;
	}
	if (text.n != 0)
		return false;
	*scale = (int)fraction;
	add(w, v, *scale, negative);
	return true;
}

bool
wide_to_dec(struct dec *d, const struct wide *w, int scale)
{
	struct dec sum = { 0, scale }, all = { 0, scale };
	struct wide m = magnitude(w);
	uint64_t above;
	int i;

	for (i = scale; i < DEC_DIGITS; i++) {
		if (tenth(&m) != 0)
			return false;
	}
	for (above = m.limb[1] >> 63, i = 2; i < WIDE_LIMBS; i++)
		above |= m.limb[i];
	if (above != 0)
		return false;
	all.coef = (dec_int)((pair)m.limb[1] << 64 | m.limb[0]);
	if (is_negative(w))
		all.coef = -all.coef;
	/* between equal scales, it is the sum's digits that are judged */
	if (!dec_add(&sum, all))
		return false;
	*d = sum;
	return true;
}

void
wide_put(struct buf *out, const struct wide *w, int scale)
{
	char text[ALL_DIGITS + 2]; /* a sign and a decimal mark */
	struct wide m = magnitude(w), none = { { 0 } };
	size_t at = sizeof(text);
	int i;

	for (i = scale; i < DEC_DIGITS; i++)
		tenth(&m);
	for (i = 0; i <= scale || memcmp(&m, &none, sizeof(m)) != 0; i++) {
		if (i != 0 && i == scale)
			text[--at] = '.';
		text[--at] = (char)('0' + tenth(&m));
	}
	if (is_negative(w))
		text[--at] = '-';
	buf_add(out, text + at, sizeof(text) - at);
}
