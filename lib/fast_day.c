/* fast_day - days and times as most people and programs write them. */
#include "fast_types.h"

/* Two digits at p as a number; more than 99 if they are none. */
static inline unsigned
pair(const char *p)
{
	unsigned tens = (unsigned char)p[0] - (unsigned)'0';
	unsigned ones = (unsigned char)p[1] - (unsigned)'0';

	return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

/* Is it a day within the limits? Its parts are 100 and more if they are no
 * digits. */
static bool
is_day(const struct fast *f, unsigned century, unsigned rest, unsigned month,
    unsigned day)
{
	int64_t number = century * 1000000 + rest * 10000 + month * 100 + day;
	struct date d = { (int)(century * 100 + rest), (int)month, (int)day };

	if (century < 19 || century > 21 || rest > 99 || month < 1 ||
	    month > 12 || day < 1 || day > 31)
		return false;
	return (day <= 28 || date_exists(d)) && number >= f->min &&
	       number <= f->max;
}

/* One digit or two at p as a number; more than 99 if they are none. */
static inline unsigned
one_or_two(const char *p, size_t n)
{
	return n == 2 ? pair(p) : (unsigned char)*p - (unsigned)'0';
}

/* The size of the day, or month, at p. */
static inline size_t
part_size(const char *p)
{
	return ascii_digit(p[1]) ? 2 : 1;
}

static inline void
put_pair(char *at, char mark, const char *p, size_t n)
{
	at[0] = mark;
	at[1] = n == 2 ? *p : '0';
	at[2] = p[n - 1];
}

/* Where the parts of a day stand; `named`: the month has this number. */
struct day {
	const char *year, *month, *day;
	size_t nmonth, nday;
	int named;
};

/* 12 mar 2024, 12/mar/2024, 12 de março de 2024: the day has been taken. */
static bool
find_named(struct day *d, const char *end)
{
	const char *p = d->day + d->nday;
	size_t gap = memcmp(p, " de ", 4) == 0 ? 4 : 1;
	struct slice rest = { p + gap, (size_t)(end - p) - gap };
	size_t n;

	if ((gap == 1 && *p != ' ' && *p != '/' && *p != '-') ||
	    end - p < (ptrdiff_t)gap || (n = date_month(rest, &d->named)) == 0)
		return false;
	d->year = rest.p + n + gap;
	return d->year + 4 == end && memcmp(rest.p + n, p, gap) == 0;
}

/* 31/12/2024, 31-12-2024, 31.12.2024, 1/2/2024. */
static bool
find_year_last(struct day *d, const char *p, const char *end)
{
	char mark;

	d->day = p;
	d->nday = part_size(p);
	mark = p[d->nday];
	d->month = p + d->nday + 1;
	if (!ascii_digit(*d->month))
		return find_named(d, end);
	d->nmonth = part_size(d->month);
	d->year = d->month + d->nmonth + 1;
	return d->year + 4 == end && d->month[d->nmonth] == mark &&
	       (mark == '/' || mark == '-' || mark == '.');
}

/*
 * Puts the day of n bytes at p to `at`, as YYYY-MM-DD: of 2024-12-31,
 * 2024/12/31, 20241231, and those above.
 */
static bool
take_day(const struct fast *f, const char *p, size_t n, char *at)
{
	struct day d = { p, p + 5, p + 8, 2, 2, 0 };
	char name[2];

	if (n == 8 && ascii_digit(p[1])) {
		d.month = p + 4;
		d.day = p + 6;
	} else if (n != 10 || p[4] != p[7] || (p[4] != '-' && p[4] != '/')) {
		if (!find_year_last(&d, p, p + n))
			return false;
	}
	if (d.named != 0) {
		name[0] = (char)('0' + d.named / 10);
		name[1] = (char)('0' + d.named % 10);
		d.month = name;
		d.nmonth = 2;
	}
	if (!is_day(f, pair(d.year), pair(d.year + 2),
		one_or_two(d.month, d.nmonth), one_or_two(d.day, d.nday)))
		return false;
	memcpy(at, d.year, 4);
	put_pair(at + 4, '-', d.month, d.nmonth);
	put_pair(at + 7, '-', d.day, d.nday);
	return true;
}

/* What stands for minutes and seconds that are not said. */
static const char none[] = { ':', '0', '0' };
static const char midnight[] = { 'T', '0', '0', ':', '0', '0', ':', '0', '0' };

/* Puts Z or an offset, +03 or +03:00, or nothing; NULL if it is none. */
static char *
put_zone(const char *p, const char *end, char *at)
{
	if (p == end)
		return at;
	if (*p == 'Z' && p + 1 == end) {
		*at = 'Z';
		return at + 1;
	}
	if ((*p != '+' && *p != '-') || pair(p + 1) > 15)
		return NULL;
	memcpy(at, p, 3);
	memcpy(at + 3, none, sizeof(none));
	if (p + 3 == end)
		return at + 6;
	if (p[3] != ':' || pair(p + 4) > 59 || p + 6 != end)
		return NULL;
	memcpy(at + 3, p + 3, 3);
	return at + 6;
}

/* Puts HH:MM:SS, of that or HH:MM, the digits of a fraction and the zone;
 * NULL if it is none, or a leap second. */
static char *
put_time(const char *p, const char *end, char *at)
{
	const char *fraction;

	if (p[2] != ':' || pair(p) > 23 || pair(p + 3) > 59)
		return NULL;
	memcpy(at, p, 5);
	memcpy(at + 5, none, sizeof(none));
	p += 5;
	if (*p == ':') {
		if (pair(p + 1) > 59)
			return NULL;
		memcpy(at + 5, p, 3);
		p += 3;
		fraction = p;
		if (*p == '.') {
			while (ascii_digit(*++p))
				;
			if (p - fraction < 2 || p - fraction > 10)
				return NULL;
			memcpy(at + 8, fraction, 10);
			at += p - fraction;
		}
	}
	return put_zone(p, end, at + 8);
}

/* The bytes of the day that the text begins with; a blank or T, and a time,
 * are behind it if there is more. */
static size_t
day_size(struct slice text)
{
	if (text.n > 10 && (text.p[10] == ' ' || text.p[10] == 'T') &&
	    ascii_digit(text.p[9]))
		return 10;
	return text.n;
}

char *
fast_date(struct fast *f, struct slice token, char *at)
{
	struct slice text = fast_inside(token);
	size_t n = day_size(text);

	/* the time is of no use, but must be one */
	if (token.p[0] != '"' || !take_day(f, text.p, n, at + 1) ||
	    (n < text.n &&
		put_time(text.p + n + 1, text.p + text.n, at + 12) == NULL))
		return NULL;
	at[0] = at[11] = '"';
	return at + 12;
}

char *
fast_timestamp(struct fast *f, struct slice token, char *at)
{
	struct slice text = fast_inside(token);
	size_t n = day_size(text);
	char *end = at + 20;

	if (token.p[0] != '"' || !take_day(f, text.p, n, at + 1))
		return NULL;
	memcpy(at + 11, midnight, sizeof(midnight));
	if (n < text.n)
		end = put_time(text.p + n + 1, text.p + text.n, at + 12);
	if (end == NULL)
		return NULL;
	*at = *end = '"';
	return end + 1;
}

/* The day as a number whose digits are the date's. */
static int64_t
day_number(int32_t day)
{
	struct date d = date_of_days(day);

	return (int64_t)d.year * 10000 + d.month * 100 + d.day;
}

void
fast_day_limits(struct fast *f)
{
	f->max = INT64_MAX;
	if (f->column->min.set)
		f->min = day_number(f->column->min.day);
	if (f->column->max.set)
		f->max = day_number(f->column->max.day);
}
