/* date_text - dates and timestamps as people write them. */
#include "date.h"
#include "utf8.h"

#define DAY_SECONDS 86400

/* A date, and the time behind it as far as it was written. */
struct moment {
	struct date day;
	int hour, minute, second;
	struct slice fraction; /* digits, none if empty */
	char zone;             /* 'Z', '+', '-', or 0 for none */
	int zone_hour, zone_minute;
};

static size_t
digit_run(struct slice s)
{
	size_t n = 0;

	while (n < s.n && ascii_digit(s.p[n]))
		n++;
	return n;
}

static void
skip(struct slice *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

/* Takes `word` off the front, ASCII letters without case. */
static bool
take(struct slice *s, const char *word)
{
	size_t n = ascii_head(s->p, s->n, word);

	skip(s, n);
	return n != 0;
}

/* Takes the byte in front if it is one of `set`; 0 if it is none. */
static char
take_one_of(struct slice *s, const char *set)
{
	char c = s->n == 0 ? '\0' : *s->p;

	if (c == '\0' || strchr(set, c) == NULL)
		return '\0';
	skip(s, 1);
	return c;
}

/* Takes up to `max` digits, which must be `min` at least. */
static bool
take_int(struct slice *s, size_t min, size_t max, int *v)
{
	size_t i, n = digit_run(*s);

	if (n < min)
		return false;
	if (n > max)
		n = max;
	*v = 0;
	for (i = 0; i < n; i++)
		*v = *v * 10 + (s->p[i] - '0');
	skip(s, n);
	return true;
}

/* Takes white space of any kind; false if there is none. */
static bool
take_space(struct slice *s)
{
	size_t before = s->n;
	const char *p = s->p;

	while (s->n != 0 && utf8_is_space(utf8_next(&p)))
		skip(s, (size_t)(p - s->p));
	return s->n < before;
}

/* The number of the month that begins with these three letters, else 0. */
static int
month_of(const char *p)
{
	static const char letters[] = "janfevmarabrmaijunjulagosetoutnovdez";
	char lower[3];
	int i;

	/* what is a letter in lower case was one before */
	for (i = 0; i < 3; i++)
		lower[i] = (char)(p[i] | 0x20);
	for (i = 0; i < 12 && memcmp(letters + 3 * i, lower, 3) != 0; i++)
		;
	return i < 12 ? i + 1 : 0;
}

size_t
date_month(struct slice s, int *month)
{
	static const char *const rest[12] = { "eiro", "ereiro", "co", "il", "o",
		"ho", "ho", "sto", "embro", "ubro", "embro", "embro" };
	size_t n;

	if (s.n < 3 || (*month = month_of(s.p)) == 0)
		return 0;
	skip(&s, 3);
	/* the only letter with a mark in any name is that of março */
	if (*month == 3 && (ascii_head(s.p, s.n, "\xc3\xa7o") != 0 ||
			       ascii_head(s.p, s.n, "\xc3\x87o") != 0))
		return 6;
	n = ascii_head(s.p, s.n, rest[*month - 1]);
	return 3 + (n != 0 ? n : ascii_head(s.p, s.n, "."));
}

static bool
take_month(struct slice *s, int *month)
{
	size_t n = date_month(*s, month);

	skip(s, n);
	return n != 0;
}

/* Takes what stands between day, month and year: a byte, 'd' for " de ". */
static char
take_separator(struct slice *s)
{
	return take(s, " de ") ? 'd' : take_one_of(s, "/-. ");
}

/* Takes 2024-03-12, 2024/03/12 or, with `plain`, 20240312. */
static bool
take_year_first(struct date *d, struct slice *s, bool plain)
{
	char mark;

	if (!take_int(s, 4, 4, &d->year))
		return false;
	if (plain)
		return take_int(s, 2, 2, &d->month) &&
		       take_int(s, 2, 2, &d->day);
	mark = take_one_of(s, "-/");
	return mark != '\0' && take_int(s, 1, 2, &d->month) &&
	       take_one_of(s, "-/") == mark && take_int(s, 1, 2, &d->day);
}

/* Takes 12/03/2024 and its like, and dates with a month's name. */
static bool
take_year_last(struct date *d, struct slice *s, bool mdy)
{
	bool ordinal, named;
	char mark;

	if (!take_int(s, 1, 2, &d->day))
		return false;
	ordinal = take(s, "\xc2\xba"); /* 1º */
	mark = take_separator(s);
	named = take_month(s, &d->month);
	if (mark == '\0' || strchr(named ? "/- d" : "/-.", mark) == NULL)
		return false;
	if (!named && (ordinal || !take_int(s, 1, 2, &d->month)))
		return false;
	if (!named && mdy) {
		int month = d->day;

		d->day = d->month;
		d->month = month;
	}
	return take_separator(s) == mark && take_int(s, 4, 4, &d->year);
}

/* Takes what may stand between a date and a time. */
static bool
take_gap(struct slice *s)
{
	if (take(s, "T"))
		return true;
	if (!take_space(s))
		return false;
	if (take(s, "\xc3\xa0s") || take(s, "\xc3\x80s")) /* às */
		return take_space(s);
	return true;
}

/* Takes Z, +03, +0300 or +03:00, or nothing where nothing is left. */
static bool
take_zone(struct moment *m, struct slice *s)
{
	if (s->n == 0)
		return true;
	take(s, " ");
	if (take(s, "Z")) {
		m->zone = 'Z';
		return true;
	}
	m->zone = take_one_of(s, "+-");
	if (m->zone == '\0' || !take_int(s, 2, 2, &m->zone_hour))
		return false;
	if ((take(s, ":") || s->n != 0) && !take_int(s, 2, 2, &m->zone_minute))
		return false;
	return m->zone_hour <= 15 && m->zone_minute <= 59;
}

static bool
take_time(struct moment *m, struct slice *s)
{
	if (!take_int(s, 2, 2, &m->hour) || !take(s, ":") ||
	    !take_int(s, 2, 2, &m->minute))
		return false;
	if (take(s, ":")) {
		if (!take_int(s, 2, 2, &m->second))
			return false;
		if (take_one_of(s, ".,") != '\0') {
			m->fraction = (struct slice){ s->p, digit_run(*s) };
			if (m->fraction.n < 1 || m->fraction.n > 9)
				return false;
			skip(s, m->fraction.n);
		}
	}
	if (m->hour > 23 || m->minute > 59 || m->second > 60)
		return false;
	/* a leap second ends a day */
	if (m->second == 60 && (m->hour != 23 || m->minute != 59))
		return false;
	return take_zone(m, s);
}

/* Seconds or milliseconds since 1970: how many digits tells which. */
static bool
read_epoch(struct moment *m, struct slice s)
{
	bool milli = s.n == 12 || s.n == 13;
	int64_t v = 0;
	size_t i;

	if ((s.n != 9 && s.n != 10 && !milli) || digit_run(s) != s.n)
		return false;
	if (milli) {
		s.n -= 3;
		m->fraction = (struct slice){ s.p + s.n, 3 };
	}
	for (i = 0; i < s.n; i++)
		v = v * 10 + (s.p[i] - '0');
	m->day = date_of_days((int32_t)(v / DAY_SECONDS));
	m->hour = (int)(v % DAY_SECONDS / 3600);
	m->minute = (int)(v % 3600 / 60);
	m->second = (int)(v % 60);
	m->zone = 'Z';
	return date_exists(m->day);
}

/* 20240312.0 is what comes of a whole number that went through a float. */
static struct slice
drop_zero_fraction(struct slice s)
{
	size_t n = s.n;

	while (n != 0 && s.p[n - 1] == '0')
		n--;
	if (n != 0 && n < s.n && s.p[n - 1] == '.')
		s.n = n - 1;
	return s;
}

static bool
read_moment(
    struct moment *m, struct slice s, const struct date_form *form, bool number)
{
	size_t run;

	*m = (struct moment){ 0 };
	if (number)
		s = drop_zero_fraction(s);
	run = digit_run(s);
	if (form->epoch && run == s.n && run > 8)
		return read_epoch(m, s);
	if (run == 4 || run == 8) {
		if (!take_year_first(&m->day, &s, run == 8))
			return false;
	} else if (!take_year_last(&m->day, &s, form->mdy)) {
		return false;
	}
	if (!date_exists(m->day))
		return false;
	return s.n == 0 || (take_gap(&s) && take_time(m, &s) && s.n == 0);
}

bool
date_from_text(
    struct date *d, struct slice s, const struct date_form *form, bool number)
{
	struct moment m;

	if (!read_moment(&m, s, form, number))
		return false;
	*d = m.day;
	return true;
}

/* A mark and two digits. */
static void
put_pair(struct buf *out, char mark, int v)
{
	char text[] = { mark, (char)('0' + v / 10), (char)('0' + v % 10) };

	buf_add(out, text, sizeof(text));
}

bool
date_timestamp(struct buf *out, struct date *day, struct slice s,
    const struct date_form *form, bool number)
{
	struct moment m;

	if (!read_moment(&m, s, form, number))
		return false;
	*day = m.day;
	date_put(out, m.day);
	put_pair(out, 'T', m.hour);
	put_pair(out, ':', m.minute);
	put_pair(out, ':', m.second);
	if (m.fraction.n != 0)
		buf_byte(out, '.');
	buf_slice(out, m.fraction);
	if (m.zone == 'Z')
		buf_byte(out, 'Z');
	if (m.zone == '+' || m.zone == '-') {
		put_pair(out, m.zone, m.zone_hour);
		put_pair(out, ':', m.zone_minute);
	}
	return true;
}
