/* fast_number - integers and decimals as most people and programs write them.
 */
#include "block.h"
#include "fast_types.h"

/* Is it a decimal mark with one zero or two? */
static inline bool
is_zero_fraction(const char *p, const char *end)
{
	return (p[0] == '.' || p[0] == ',') && p[1] == '0' &&
	       (p + 2 == end || (p[2] == '0' && p + 3 == end));
}

char *
fast_int(struct fast *f, struct slice token, char *at)
{
	struct slice text = fast_inside(token);
	const char *p = text.p, *end = p + text.n;
	int64_t v = 0;
	size_t n;

	if (text.n > FAST_DIGITS)
		return NULL;
	while (ascii_digit(*p))
		v = v * 10 + (*p++ - '0');
	n = (size_t)(p - text.p);
	if (n == 0 || (n > 1 && text.p[0] == '0') ||
	    (p < end && !is_zero_fraction(p, end)) || v < f->min || v > f->max)
		return NULL;
	block_copy(at, text.p, n);
	return at + n;
}

/* A number on its way from p to `at`. */
struct digits {
	const char *p;
	char *at;
	int64_t v;
};

/* Takes the digits at d->p; how many. */
static inline size_t
take_digits(struct digits *d)
{
	const char *p = d->p;
	char *at = d->at;
	int64_t v = d->v;
	size_t n;

	for (; ascii_digit(*p); p++) {
		v = v * 10 + (*p - '0');
		*at++ = *p;
	}
	n = (size_t)(p - d->p);
	*d = (struct digits){ p, at, v };
	return n;
}

/*
 * Takes groups of thousands: digits have been taken, and a mark and three
 * more stand at d->p. Only with a decimal mark of another kind behind them
 * is it sure what the mark means.
 */
static inline bool
take_groups(struct digits *d, size_t first)
{
	char mark = *d->p;

	if (first > 3 || d->at[-(ptrdiff_t)first] == '0')
		return false;
	while (*d->p == mark) {
		d->p++;
		if (take_digits(d) != 3)
			return false;
	}
	return *d->p == '.' || *d->p == ',';
}

/* Takes what follows the integer, up to `end`, and fills up to the scale. */
static inline bool
take_fraction(struct digits *d, const char *end, int scale, bool grouped)
{
	size_t n = 0;

	if (scale > 0)
		*d->at++ = '.';
	if (d->p < end) {
		d->p++;
		n = take_digits(d);
		/* three digits behind a single mark can be a group */
		if (d->p != end || n == 0 || n > (size_t)scale ||
		    (n == 3 && !grouped))
			return false;
	}
	for (; n < (size_t)scale; n++) {
		d->v *= 10;
		*d->at++ = '0';
	}
	return true;
}

/* The size of the currency mark at p, and of one space behind it. */
static inline size_t
mark_size(const char *p)
{
	size_t n;

	if (ascii_digit(*p))
		return 0;
	n = p[0] == 'R' && p[1] == '$' ? 2 : memcmp(p, "BRL", 3) == 0 ? 3 : 0;
	if (n != 0 && p[n] == ' ')
		return n + 1;
	return n != 0 && memcmp(p + n, "\xc2\xa0", 2) == 0 ? n + 2 : n;
}

char *
fast_decimal(struct fast *f, struct slice token, char *at)
{
	struct slice text = fast_inside(token);
	struct digits d = { text.p, at, 0 };
	const char *end = text.p + text.n;
	bool grouped = false;
	size_t first;

	d.p += mark_size(d.p);
	if (end - d.p > FAST_DIGITS - f->scale)
		return NULL;
	first = take_digits(&d);
	if (first == 0 || (first > 1 && d.at[-(ptrdiff_t)first] == '0') ||
	    (d.p < end && *d.p != '.' && *d.p != ','))
		return NULL;
	if (end - d.p > 4) {
		if (!take_groups(&d, first))
			return NULL;
		grouped = true;
	}
	if (!take_fraction(&d, end, f->scale, grouped) || d.v < f->min ||
	    d.v > f->max)
		return NULL;
	return d.at;
}

/* A limit in units of 10^-scale; false if it does not fit them. */
static bool
take_limit(int64_t *limit, const struct bound *b, int scale)
{
	struct dec d = b->number;

	if (!b->set)
		return true;
	if (!dec_rescale(&d, scale))
		return false;
	d.scale = 0;
	return dec_to_i64(limit, d);
}

bool
fast_number_limits(struct fast *f, int scale, int digits)
{
	int64_t most = 1;

	for (; digits > 0; digits--)
		most *= 10;
	f->scale = scale;
	f->max = INT64_MAX;
	if (!take_limit(&f->min, &f->column->min, scale) ||
	    !take_limit(&f->max, &f->column->max, scale))
		return false;
	if (f->max > most - 1)
		f->max = most - 1;
	return true;
}
