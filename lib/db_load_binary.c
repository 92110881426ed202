/*
 * db_load_binary - values as fields of COPY's binary form.
 *
 * The server reads them in half the time that it takes for text. Only forms
 * with one meaning are made here; whatever else a type may take (ten ways to
 * write a date, an exponent, an infinity) is left to the server. The forms
 * are those of the types' receive functions, and COPY's own are described in
 * the manual of PostgreSQL, under COPY, "Binary Format".
 */
#include "date.h"
#include "db_loading.h"

#define NUMERIC_DIGITS ((size_t)100)
#define NUMERIC_MINUS  0x4000
#define DAY_2000       10957 /* 2000-01-01, from 1970-01-01 */
#define SECOND         INT64_C(1000000)

static bool
put_number(struct buf *out, int64_t v, size_t n)
{
	load_put_big(out, n, 4);
	load_put_big(out, (uint64_t)v, n);
	return true;
}

static bool
put_bytes(struct buf *out, struct slice text)
{
	load_put_big(out, text.n, 4);
	buf_slice(out, text);
	return true;
}

static bool
put_int(struct buf *out, struct slice text, size_t n)
{
	bool minus = text.n != 0 && text.p[0] == '-';
	int64_t v = 0;
	size_t i;

	/* 18 digits fit 64 bits whatever they are */
	if (text.n - minus == 0 || text.n - minus > 18)
		return false;
	for (i = minus; i < text.n; i++) {
		if (!ascii_digit(text.p[i]))
			return false;
		v = v * 10 + (text.p[i] - '0');
	}
	if (n < 8 && v >= INT64_C(1) << (n * 8 - 1))
		return false;
	return put_number(out, minus ? -v : v, n);
}

static bool
put_bool(struct buf *out, struct slice text)
{
	bool yes = slice_is(text, "true");

	if (!yes && !slice_is(text, "false"))
		return false;
	return put_number(out, yes, 1);
}

/*
 * A numeric is a row of numbers below 10000, aligned at the decimal point,
 * without those at both ends that are 0, and the digits that are to be shown.
 */
static bool
put_numeric(struct buf *out, struct slice s)
{
	uint16_t group[NUMERIC_DIGITS / 4 + 2] = { 0 };
	bool minus = s.n != 0 && s.p[0] == '-';
	size_t whole, digits, begin, at, i, lo = 0, hi;
	const char *point;

	s = (struct slice){ s.p + minus, s.n - minus };
	point = memchr(s.p, '.', s.n);
	whole = point != NULL ? (size_t)(point - s.p) : s.n;
	digits = s.n - (point != NULL);
	if (whole == 0 || whole + 1 == s.n || digits > NUMERIC_DIGITS)
		return false;
	begin = at = (4 - whole % 4) % 4;
	for (i = 0; i < s.n; i++) {
		if (i == whole)
			continue;
		if (!ascii_digit(s.p[i]))
			return false;
		group[at / 4] = (uint16_t)(group[at / 4] * 10 + (s.p[i] - '0'));
		at++;
	}
	for (; at % 4 != 0; at++)
		group[at / 4] = (uint16_t)(group[at / 4] * 10);
	for (hi = at / 4; hi > 0 && group[hi - 1] == 0; hi--)
		;
	for (; lo < hi && group[lo] == 0; lo++)
		;
	load_put_big(out, 8 + 2 * (hi - lo), 4);
	load_put_big(out, hi - lo, 2);
	load_put_big(out, hi != 0 ? (begin + whole) / 4 - 1 - lo : 0, 2);
	load_put_big(out, minus && hi != 0 ? NUMERIC_MINUS : 0, 2);
	load_put_big(out, digits - whole, 2);
	for (i = lo; i < hi; i++)
		load_put_big(out, group[i], 2);
	return true;
}

/* Cuts a number of n digits off; false if there is none, or one > most. */
static bool
cut_number(struct slice *s, size_t n, int most, int *v)
{
	size_t i;

	if (s->n < n)
		return false;
	for (*v = 0, i = 0; i < n; i++) {
		if (!ascii_digit(s->p[i]))
			return false;
		*v = *v * 10 + (s->p[i] - '0');
	}
	*s = (struct slice){ s->p + n, s->n - n };
	return *v <= most;
}

static bool
cut_byte(struct slice *s, char c)
{
	if (s->n == 0 || *s->p != c)
		return false;
	*s = (struct slice){ s->p + 1, s->n - 1 };
	return true;
}

/* YYYY-MM-DD, as days since 2000-01-01. */
static bool
cut_date(struct slice *s, int32_t *days)
{
	struct date d;

	if (!cut_number(s, 4, 9999, &d.year) || !cut_byte(s, '-') ||
	    !cut_number(s, 2, 12, &d.month) || !cut_byte(s, '-') ||
	    !cut_number(s, 2, 31, &d.day) || !date_exists(d))
		return false;
	*days = date_days(d) - DAY_2000;
	return true;
}

/* HH:MM:SS, with up to six digits of a fraction, as microseconds. */
static bool
cut_time(struct slice *s, int64_t *micros)
{
	int h, m, sec, digit;
	int64_t unit = SECOND;

	if (!cut_number(s, 2, 23, &h) || !cut_byte(s, ':') ||
	    !cut_number(s, 2, 59, &m) || !cut_byte(s, ':') ||
	    !cut_number(s, 2, 59, &sec))
		return false;
	*micros = (INT64_C(3600) * h + INT64_C(60) * m + sec) * SECOND;
	if (!cut_byte(s, '.'))
		return true;
	while (unit > 1 && cut_number(s, 1, 9, &digit)) {
		unit /= 10;
		*micros += digit * unit;
	}
	return unit < SECOND;
}

/* Z or +HH:MM, as microseconds to the east. */
static bool
cut_zone(struct slice *s, int64_t *east)
{
	bool west = s->n != 0 && *s->p == '-';
	int h, m;

	*east = 0;
	if (cut_byte(s, 'Z'))
		return true;
	if ((!west && !cut_byte(s, '+')) || (west && !cut_byte(s, '-')) ||
	    !cut_number(s, 2, 14, &h) || !cut_byte(s, ':') ||
	    !cut_number(s, 2, 59, &m))
		return false;
	*east = (INT64_C(60) * h + m) * 60 * SECOND * (west ? -1 : 1);
	return true;
}

static bool
put_date(struct buf *out, struct slice s)
{
	int32_t days;

	return cut_date(&s, &days) && s.n == 0 && put_number(out, days, 4);
}

static bool
put_timestamp(struct buf *out, struct slice s, bool zoned)
{
	int32_t days;
	int64_t micros, east = 0;

	if (!cut_date(&s, &days) || (!cut_byte(&s, 'T') && !cut_byte(&s, ' ')))
		return false;
	if (!cut_time(&s, &micros) || (zoned && !cut_zone(&s, &east)) ||
	    s.n != 0)
		return false;
	return put_number(out, days * (86400 * SECOND) + micros - east, 8);
}

static int
hex_digit(char c)
{
	if (ascii_digit(c))
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
put_uuid(struct buf *out, struct slice s)
{
	char bytes[16];
	size_t i = 0, n = 0;
	int high, low;

	if (s.n != 36)
		return false;
	while (i < s.n) {
		if (i == 8 || i == 13 || i == 18 || i == 23) {
			if (s.p[i++] != '-')
				return false;
			continue;
		}
		high = hex_digit(s.p[i++]);
		low = hex_digit(s.p[i++]);
		if (high < 0 || low < 0)
			return false;
		bytes[n++] = (char)(high << 4 | low);
	}
	return put_bytes(out, (struct slice){ bytes, n });
}

bool
load_put_binary(struct buf *out, unsigned type, struct slice text)
{
	switch (type) {
	case LOAD_TEXT:
	case LOAD_VARCHAR:
	case LOAD_BPCHAR:
	case LOAD_JSON: return put_bytes(out, text);
	case LOAD_JSONB:
		load_put_big(out, text.n + 1, 4);
		buf_byte(out, 1); /* the form's version */
		buf_slice(out, text);
		return true;
	case LOAD_INT2: return put_int(out, text, 2);
	case LOAD_INT4: return put_int(out, text, 4);
	case LOAD_INT8: return put_int(out, text, 8);
	case LOAD_BOOL: return put_bool(out, text);
	case LOAD_NUMERIC: return put_numeric(out, text);
	case LOAD_DATE: return put_date(out, text);
	case LOAD_TIMESTAMP: return put_timestamp(out, text, false);
	case LOAD_TIMESTAMPTZ: return put_timestamp(out, text, true);
	case LOAD_UUID: return put_uuid(out, text);
	default: return false;
	}
}

bool
load_has_binary(unsigned type)
{
	static const unsigned types[] = { LOAD_BOOL, LOAD_INT8, LOAD_INT2,
		LOAD_INT4, LOAD_TEXT, LOAD_JSON, LOAD_BPCHAR, LOAD_VARCHAR,
		LOAD_DATE, LOAD_TIMESTAMP, LOAD_TIMESTAMPTZ, LOAD_NUMERIC,
		LOAD_UUID, LOAD_JSONB };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i] == type)
			return true;
	}
	return false;
}
