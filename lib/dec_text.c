/* dec_text - decimals as JSON and people write them. */
#include "dec.h"

/* So many characters, a point among them or not, are less than 2^63. */
#define SHORT 18

/* Digits as they are read, whatever marks stand between them. */
struct digits {
	dec_int coef;  /* without the zeros at its end */
	int64_t used;  /* the digits of coef; past DEC_DIGITS it is too long */
	int64_t zeros; /* held back: 1.000... needs no more room than 1 */
};

static dec_int
grown(dec_int v, int64_t zeros)
{
	while (zeros-- > 0)
		v *= 10;
	return v;
}

static void
add_digit(struct digits *d, char c)
{
	if (c == '0') {
		d->zeros += d->used != 0;
		return;
	}
	d->used += d->zeros + 1;
	if (d->used <= DEC_DIGITS)
		d->coef = grown(d->coef, d->zeros + 1) + (c - '0');
	d->zeros = 0;
}

/* Takes the digits in front; how many they were. */
static int64_t
take_digits(struct digits *d, struct slice *s)
{
	const char *start = s->p;

	for (; s->n != 0 && ascii_digit(*s->p); s->p++, s->n--)
		add_digit(d, *s->p);
	return s->p - start;
}

/*
 * The number whose last digit stands `scale` places behind the decimal mark
 * (before it where negative). Zeros at the end of the fraction that have no
 * room are let go.
 */
static bool
finish(struct dec *out, const struct digits *d, int64_t scale, bool negative)
{
	/* the value is coef * 10^up */
	int64_t up = d->coef == 0 ? 0 : d->zeros - scale;
	int64_t most = DEC_DIGITS - d->used - up;

	if (most > DEC_DIGITS)
		most = DEC_DIGITS;
	if (d->used > DEC_DIGITS || most < 0 || most < -up)
		return false;
	if (scale < 0)
		scale = 0;
	out->scale = (int)(scale < most ? scale : most);
	out->coef = grown(negative ? -d->coef : d->coef, up + out->scale);
	return true;
}

static bool
take_byte(struct slice *s, char c)
{
	if (s->n == 0 || *s->p != c)
		return false;
	s->p++;
	s->n--;
	return true;
}

/* The exponent behind the letter; larger ones than matter stay large. */
static int64_t
take_exponent(struct slice *s)
{
	const int64_t enough = (int64_t)1 << 50;
	bool negative = take_byte(s, '-');
	int64_t v = 0;

	if (!negative)
		take_byte(s, '+');
	for (; s->n != 0 && ascii_digit(*s->p); s->p++, s->n--) {
		if (v < enough)
			v = v * 10 + (*s->p - '0');
	}
	return negative ? -v : v;
}

/*
 * The same for what nearly all numbers are: a few digits, perhaps a point
 * among them. False if it is anything else.
 */
static bool
from_short(struct dec *d, struct slice token)
{
	const char *p = token.p, *end = p + token.n, *point = end;
	int64_t v = 0;

	p += token.n != 0 && *p == '-';
	if (end - p > SHORT || p == end || !ascii_digit(*p) ||
	    !ascii_digit(end[-1]))
		return false;
	for (; p < end; p++) {
		if (ascii_digit(*p))
			v = v * 10 + (*p - '0');
		else if (*p == '.' && point == end)
			point = p;
		else
			return false;
	}
	d->coef = *token.p == '-' ? -v : v;
	d->scale = point == end ? 0 : (int)(end - point) - 1;
	return true;
}

bool
dec_from_json(struct dec *d, struct slice token)
{
	struct digits digits = { 0 };
	int64_t scale = 0;
	bool negative;

	if (from_short(d, token))
		return true;
	negative = take_byte(&token, '-');
	if (take_digits(&digits, &token) == 0)
		return false;
	if (take_byte(&token, '.'))
		scale = take_digits(&digits, &token);
	if (take_byte(&token, 'e') || take_byte(&token, 'E'))
		scale -= take_exponent(&token);
	return token.n == 0 && finish(d, &digits, scale, negative);
}

/* Cuts a mark off the front or the back, ASCII letters without case. */
static bool
cut_head(struct slice *s, const char *mark)
{
	size_t n = ascii_head(s->p, s->n, mark);

	s->p += n;
	s->n -= n;
	return n != 0;
}

static bool
cut_tail(struct slice *s, const char *mark)
{
	size_t n = strlen(mark);

	if (s->n < n || ascii_head(s->p + s->n - n, n, mark) == 0)
		return false;
	s->n -= n;
	return n != 0;
}

/* U+0020, U+00A0 or U+202F. */
static bool
cut_head_space(struct slice *s)
{
	return cut_head(s, " ") || cut_head(s, "\xc2\xa0") ||
	       cut_head(s, "\xe2\x80\xaf");
}

static bool
cut_space(struct slice *s)
{
	return cut_head_space(s) || cut_tail(s, " ") ||
	       cut_tail(s, "\xc2\xa0") || cut_tail(s, "\xe2\x80\xaf");
}

static bool
cut_sign(struct slice *s, bool *negative)
{
	if (cut_head(s, "+"))
		return true;
	/* U+2212 is the minus sign of typesetters */
	if (cut_head(s, "-") || cut_head(s, "\xe2\x88\x92") ||
	    cut_tail(s, "-")) {
		*negative = true;
		return true;
	}
	if (s->n < 2 || s->p[0] != '(' || s->p[s->n - 1] != ')')
		return false;
	*s = (struct slice){ s->p + 1, s->n - 2 };
	*negative = true;
	return true;
}

/* A currency mark at either end; the end of AR$ is no R$. */
static bool
cut_mark(struct slice *s, const char *mark)
{
	struct slice rest = *s;

	if (cut_head(s, mark))
		return true;
	if (!cut_tail(&rest, mark) ||
	    (rest.n != 0 && ascii_letter(rest.p[rest.n - 1])))
		return false;
	*s = rest;
	return true;
}

static bool
cut_currency(struct slice *s, const char *currency, bool *reais)
{
	*reais = cut_mark(s, "R$") || cut_mark(s, "BRL");
	return *reais || (currency != NULL && cut_mark(s, currency));
}

/* What is left without spaces, one sign and one currency mark around it. */
static struct slice
peel(struct slice s, const char *currency, bool *negative, bool *reais)
{
	bool sign = false, mark = false, more = true;

	*negative = *reais = false;
	while (more && s.n != 0) {
		/* most values are bare */
		if (ascii_digit(s.p[0]) && ascii_digit(s.p[s.n - 1]))
			break;
		more = cut_space(&s);
		if (!sign && cut_sign(&s, negative))
			more = sign = true;
		if (!mark && cut_currency(&s, currency, reais))
			more = mark = true;
	}
	return s;
}

/*
 * Takes digits that `mark` may group (a space stands for all three): the
 * first group has one to three and no 0 in front, every other three.
 */
static bool
take_groups(struct digits *d, struct slice s, char mark)
{
	bool zero = s.n != 0 && *s.p == '0';
	int64_t run = take_digits(d, &s);

	if (s.n != 0 && (zero || run < 1 || run > 3))
		return false;
	while (s.n != 0) {
		if (mark == ' ' ? !cut_head_space(&s) : !take_byte(&s, mark))
			return false;
		if (take_digits(d, &s) != 3)
			return false;
	}
	return true;
}

/* The part each mark plays. */
struct marks {
	size_t decimal; /* where the decimal mark stands, else the length */
	char group;     /* what groups thousands */
};

/* False if one mark could play both parts. */
static bool
single_mark(struct marks *m, struct slice s, const struct dec_form *form,
    bool reais, size_t at)
{
	struct digits unused = { 0 };

	if (!take_groups(&unused, s, s.p[at])) {
		m->decimal = at;
		return true;
	}
	if (form->grouped || (reais && s.p[at] == '.')) {
		m->group = s.p[at];
		return true;
	}
	m->decimal = at;
	return form->scale >= 3;
}

static bool
find_marks(
    struct marks *m, struct slice s, const struct dec_form *form, bool reais)
{
	size_t i, last = 0, points = 0, commas = 0;

	for (i = 0; i < s.n; i++) {
		points += s.p[i] == '.';
		commas += s.p[i] == ',';
		if (s.p[i] == '.' || s.p[i] == ',')
			last = i;
	}
	*m = (struct marks){ s.n, ' ' };
	if (points + commas == 0)
		return true;
	if (points != 0 && commas != 0) {
		/* if it stands in front too, that is no group */
		m->decimal = last;
		m->group = s.p[last] == '.' ? ',' : '.';
		return true;
	}
	if (points + commas == 1)
		return single_mark(m, s, form, reais, last);
	m->group = s.p[last];
	return true;
}

bool
dec_from_text(struct dec *d, struct slice s, const struct dec_form *form)
{
	struct digits digits = { 0 };
	struct slice whole, fraction = { NULL, 0 };
	struct marks marks;
	bool negative, reais;
	int64_t scale;

	s = peel(s, form->currency, &negative, &reais);
	if (!find_marks(&marks, s, form, reais))
		return false;
	whole = (struct slice){ s.p, marks.decimal };
	if (marks.decimal < s.n) {
		fraction.p = s.p + marks.decimal + 1;
		fraction.n = s.n - marks.decimal - 1;
		/* 5. and .5 are decimals, but nobody writes an integer so */
		if (form->scale == 0 && (whole.n == 0 || fraction.n == 0))
			return false;
	}
	if (whole.n == 0 && fraction.n == 0)
		return false;
	if (!take_groups(&digits, whole, marks.group))
		return false;
	scale = take_digits(&digits, &fraction);
	return fraction.n == 0 && finish(d, &digits, scale, negative);
}
