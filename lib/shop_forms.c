/* shop_forms - one value in the many forms in which it is written down. */
#include "shop_forms.h"
#include "shop_words.h"
#include "utf8.h"

/* A day and a time of it, for the patterns below. */
struct moment {
	struct date d;
	unsigned hour, minute, second, milli;
};

/* Exactly `width` digits. */
static void
put_digits(struct buf *b, unsigned n, unsigned width)
{
	char digits[10];
	unsigned i;

	for (i = width; i > 0; i--) {
		digits[i - 1] = (char)('0' + n % 10);
		n /= 10;
	}
	buf_add(b, digits, width);
}

static void
put_month_name(struct buf *b, int month, bool full)
{
	static const char *const names[] = { "janeiro", "fevereiro", "março",
		"abril", "maio", "junho", "julho", "agosto", "setembro",
		"outubro", "novembro", "dezembro" };
	const char *name = names[month - 1];

	/* no three-letter form reaches the ç of março */
	buf_add(b, name, full ? strlen(name) : 3);
}

static void
put_time_part(struct buf *b, char what, const struct moment *m)
{
	switch (what) {
	case 'Y': put_digits(b, (unsigned)m->d.year, 4); break;
	case 'm': put_digits(b, (unsigned)m->d.month, 2); break;
	case 'd': put_digits(b, (unsigned)m->d.day, 2); break;
	case 'n': buf_i64(b, m->d.month); break;
	case 'e': buf_i64(b, m->d.day); break;
	case 'b': put_month_name(b, m->d.month, false); break;
	case 'B': put_month_name(b, m->d.month, true); break;
	case 'H': put_digits(b, m->hour, 2); break;
	case 'M': put_digits(b, m->minute, 2); break;
	case 'S': put_digits(b, m->second, 2); break;
	case 'f': put_digits(b, m->milli, 3); break;
	default: break;
	}
}

static void
put_moment(struct buf *b, const char *pattern, const struct moment *m)
{
	for (; *pattern != '\0'; pattern++) {
		if (*pattern == '%')
			put_time_part(b, *++pattern, m);
		else
			buf_byte(b, *pattern);
	}
}

static struct moment
draw_moment(struct rng *r, struct date d)
{
	return (struct moment){ d, 7 + rng_below(r, 16), rng_below(r, 60),
		rng_below(r, 60), rng_below(r, 1000) };
}

void
form_date(struct buf *b, struct rng *r, struct date d)
{
	/* the usual ones more than once */
	static const char *const patterns[] = { "%Y-%m-%d", "%Y-%m-%d",
		"%Y-%m-%d", "%Y-%m-%d", "%d/%m/%Y", "%d/%m/%Y", "%d/%m/%Y",
		"%d/%m/%Y", "%e/%n/%Y", "%Y/%m/%d", "%Y%m%d", "%d-%m-%Y",
		"%d.%m.%Y", "%e %b %Y", "%d/%b/%Y", "%e de %B de %Y",
		"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ", "%d/%m/%Y %H:%M" };
	struct moment m = draw_moment(r, d);

	put_moment(b, patterns[rng_below(r, SHOP_COUNT(patterns))], &m);
}

void
form_timestamp(struct buf *b, struct rng *r, struct date d)
{
	static const char *const patterns[] = { "%Y-%m-%d %H:%M:%S",
		"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ",
		"%Y-%m-%dT%H:%M:%S-03:00", "%Y-%m-%d %H:%M:%S.%f",
		"%Y-%m-%dT%H:%M:%S.%fZ", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M",
		"%d/%m/%Y às %H:%M", "%Y-%m-%d %H:%M:%S-03", "%d/%m/%Y" };
	struct moment m = draw_moment(r, d);

	put_moment(b, patterns[rng_below(r, SHOP_COUNT(patterns))], &m);
}

/* Whole numbers with a mark between thousands; '\0': none. */
static void
put_grouped(struct buf *b, uint64_t n, char mark)
{
	if (mark == '\0' || n < 1000) {
		buf_u64(b, n);
		return;
	}
	put_grouped(b, n / 1000, mark);
	buf_byte(b, mark);
	put_digits(b, (unsigned)(n % 1000), 3);
}

/* One way to write money. */
struct money {
	const char *before;
	char group, mark;
	bool shortest; /* without the zeros that a program leaves out */
};

static void
put_money(struct buf *b, const struct money *f, uint64_t cents)
{
	unsigned rest = (unsigned)(cents % 100);

	buf_text(b, f->before);
	put_grouped(b, cents / 100, f->group);
	if (f->shortest && rest == 0)
		return;
	buf_byte(b, f->mark);
	if (f->shortest && rest % 10 == 0)
		put_digits(b, rest / 10, 1);
	else
		put_digits(b, rest, 2);
}

void
form_money(struct buf *b, struct rng *r, uint64_t cents)
{
	/* only with R$ may a point group and no cents follow: see the rules */
	static const struct money forms[] = { { "", 0, '.', false },
		{ "", 0, '.', false }, { "", 0, '.', false },
		{ "", 0, '.', true }, { "", 0, ',', false },
		{ "", '.', ',', false }, { "", '.', ',', false },
		{ "R$ ", '.', ',', false }, { "R$ ", '.', ',', false },
		{ "R$", '.', ',', false }, { "R$ ", '.', ',', true },
		{ "R$\u00a0", '.', ',', false }, { "R$ ", 0, ',', false },
		{ "BRL ", 0, '.', false }, { "", ',', '.', false } };

	put_money(b, &forms[rng_below(r, SHOP_COUNT(forms))], cents);
}

void
form_int(struct buf *b, struct rng *r, uint64_t n)
{
	static const char *const tails[] = { "", "", "", "", "", "", "", "",
		".0", ",00" };

	buf_u64(b, n);
	buf_text(b, tails[rng_below(r, SHOP_COUNT(tails))]);
}

void
form_phone(struct buf *b, struct rng *r, unsigned area)
{
	/* a: the area, h: the first digits, t: the last four */
	static const char *const patterns[] = { "(%a) %h-%t", "(%a) %h-%t",
		"(%a) %h-%t", "%a%h%t", "%a%h%t", "+55 %a %h-%t", "+55%a%h%t",
		"55%a%h%t", "(%a)%h-%t", "%a %h-%t", "0%a %h-%t",
		"(0xx%a) %h-%t", "+55 (0%a) %h-%t", "%a.%h.%t", "%a %h %t",
		"%a%h%t.0", "(%a) %h-%t ramal 23", "0 15 %a %h-%t" };
	const char *p = patterns[rng_below(r, SHOP_COUNT(patterns))];
	bool mobile = rng_chance(r, 85);
	/* fixed ones below 4000: the 4004 numbers are no one's telephone */
	unsigned head =
	    mobile ? 96000 + rng_below(r, 4000) : 2000 + rng_below(r, 2000);

	for (; *p != '\0'; p++) {
		if (*p != '%')
			buf_byte(b, *p);
		else if (*++p == 'a')
			put_digits(b, area, 2);
		else if (*p == 'h')
			put_digits(b, head, mobile ? 5 : 4);
		else
			put_digits(b, rng_below(r, 10000), 4);
	}
}

void
form_case(struct buf *b, struct rng *r, struct slice text)
{
	uint32_t draw = rng_below(r, 100);

	if (draw < 65)
		buf_slice(b, text);
	else if (draw < 90)
		utf8_upper(b, text);
	else
		utf8_lower(b, text);
}
