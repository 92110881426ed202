/* expr_time - dates and timestamps in expressions: ISO texts, and no other. */
#include "expr_ops.h"

/* A point in time, as far as it was written. */
struct moment {
	int32_t days;
	int32_t seconds; /* since midnight */
	int32_t nanos;
	int32_t offset; /* of its zone from UTC, in seconds */
	bool zoned;
};

static bool
take_byte(struct slice *s, const char *set)
{
	if (s->n == 0 || *s->p == '\0' || strchr(set, *s->p) == NULL)
		return false;
	s->p++;
	s->n--;
	return true;
}

/* Exactly n digits, as a number of at most `max`. */
static bool
take_digits(struct slice *s, size_t n, int max, int *v)
{
	size_t i;

	if (s->n < n)
		return false;
	*v = 0;
	for (i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		*v = *v * 10 + (s->p[i] - '0');
	}
	s->p += n;
	s->n -= n;
	return *v <= max;
}

static bool
take_day(struct slice *s, int32_t *days)
{
	struct date d;

	if (!take_digits(s, 4, 9999, &d.year) || !take_byte(s, "-") ||
	    !take_digits(s, 2, 12, &d.month) || !take_byte(s, "-") ||
	    !take_digits(s, 2, 31, &d.day) || !date_exists(d))
		return false;
	*days = date_days(d);
	return true;
}

/* .5, .123456789: up to nine digits behind the point. */
static bool
take_fraction(struct slice *s, int32_t *nanos)
{
	int32_t unit = 100000000;
	int digit;

	*nanos = 0;
	if (!take_byte(s, "."))
		return true;
	if (!take_digits(s, 1, 9, &digit))
		return false;
	do {
		*nanos += digit * unit;
		unit /= 10;
	} while (unit != 0 && take_digits(s, 1, 9, &digit));
	return true;
}

/* Z, +03, +03:00, or nothing. */
static bool
take_zone(struct slice *s, struct moment *m)
{
	bool west = s->n != 0 && *s->p == '-';
	int hours, minutes = 0;

	m->offset = 0;
	m->zoned = s->n != 0;
	if (!m->zoned || take_byte(s, "Z"))
		return true;
	if (!take_byte(s, "+-") || !take_digits(s, 2, 15, &hours))
		return false;
	if (s->n != 0 &&
	    (!take_byte(s, ":") || !take_digits(s, 2, 59, &minutes)))
		return false;
	m->offset = (hours * 60 + minutes) * (west ? -60 : 60);
	return true;
}

static bool
take_time(struct slice *s, struct moment *m)
{
	int hour, minute, second;

	if (!take_byte(s, "T ") || !take_digits(s, 2, 23, &hour) ||
	    !take_byte(s, ":") || !take_digits(s, 2, 59, &minute) ||
	    !take_byte(s, ":") || !take_digits(s, 2, 60, &second) ||
	    !take_fraction(s, &m->nanos) || !take_zone(s, m))
		return false;
	m->seconds = hour * 3600 + minute * 60 + second;
	return true;
}

static bool
read_moment(struct slice s, struct moment *m)
{
	*m = (struct moment){ 0 };
	return take_day(&s, &m->days) &&
	       (s.n == 0 || (take_time(&s, m) && s.n == 0));
}

bool
expr_iso_date(struct slice text, int32_t *days)
{
	return take_day(&text, days) && text.n == 0;
}

bool
expr_iso_timestamp(struct slice text)
{
	struct moment m;

	return text.n > strlen("YYYY-MM-DD") && read_moment(text, &m);
}

static bool
moment_of(struct expr *e, const struct expr_op *op, const struct expr_value *v,
    struct moment *m)
{
	if (v->type == EXPR_DATE) {
		*m = (struct moment){ .days = v->days };
		return true;
	}
	if ((v->type == EXPR_TEXT || v->type == EXPR_TIMESTAMP) &&
	    read_moment(v->text, m))
		return true;
	return expr_refuse(e, op, v, "is no date (YYYY-MM-DD)");
}

bool
expr_day(struct expr *e, const struct expr_op *op, const struct expr_value *v,
    int32_t *days)
{
	struct moment m;

	if (!moment_of(e, op, v, &m))
		return false;
	*days = m.days;
	return true;
}

/* Seconds since 1970, in UTC if `shift`, else by the clock on the wall. */
static int64_t
seconds_of(const struct moment *m, bool shift)
{
	return (int64_t)m->days * 86400 + m->seconds - (shift ? m->offset : 0);
}

bool
expr_compare_times(struct expr *e, const struct expr_op *op,
    const struct expr_value *a, const struct expr_value *b, int *order)
{
	struct moment x, y;
	int64_t at, other;
	bool zoned;

	if (!moment_of(e, op, a, &x) || !moment_of(e, op, b, &y))
		return false;
	zoned = x.zoned && y.zoned;
	at = seconds_of(&x, zoned);
	other = seconds_of(&y, zoned);
	*order = (at > other) - (at < other);
	if (*order == 0)
		*order = (x.nanos > y.nanos) - (x.nanos < y.nanos);
	return true;
}

/* The calendar date of a value. */
static bool
date_of(struct expr *e, const struct expr_op *op, const struct expr_value *v,
    struct date *d)
{
	int32_t days;

	if (!expr_day(e, op, v, &days))
		return false;
	*d = date_of_days(days);
	return true;
}

static bool
put_int(struct expr_value *v, int n)
{
	return expr_dec(v, dec_from_i64(n));
}

static bool
put_day(struct expr_value *v, int32_t days)
{
	v->type = EXPR_DATE;
	v->days = days;
	return true;
}

static bool
run_year(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct date d;

	return date_of(e, op, v, &d) && put_int(v, d.year);
}

static bool
run_quarter(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct date d;

	return date_of(e, op, v, &d) && put_int(v, (d.month + 2) / 3);
}

static bool
run_month(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct date d;

	return date_of(e, op, v, &d) && put_int(v, d.month);
}

static bool
run_day(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	struct date d;

	return date_of(e, op, v, &d) && put_int(v, d.day);
}

/* 0 is Monday, as was 1969-12-29. */
static int
weekday(int32_t days)
{
	int n = (days + 3) % 7;

	return n < 0 ? n + 7 : n;
}

static bool
run_weekday(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int32_t days;

	return expr_day(e, op, v, &days) && put_int(v, weekday(days) + 1);
}

/* ISO 8601: a week belongs to the year of its Thursday. */
static bool
run_week(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int32_t days, thursday;
	struct date d;

	if (!expr_day(e, op, v, &days))
		return false;
	thursday = days - weekday(days) + 3;
	d = date_of_days(thursday);
	d.month = d.day = 1;
	return put_int(v, (thursday - date_days(d)) / 7 + 1);
}

/* What date_trunc cuts off, least to most. */
static const char *const units[] = { "day", "week", "month", "quarter",
	"year" };

static const char *
prepare_trunc(struct expr_op *op, const struct expr_value *const *arg)
{
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (arg[0] != NULL && arg[0]->type == EXPR_TEXT &&
		    slice_is(arg[0]->text, units[i])) {
			op->state = (void *)&units[i];
			return NULL;
		}
	}
	return "the first value is 'year', 'quarter', 'month', 'week' or 'day'";
}

static bool
run_trunc(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	const char *const *unit = op->state;
	int32_t days;
	struct date d;

	if (!expr_day(e, op, &v[1], &days))
		return false;
	d = date_of_days(days);
	if (unit == &units[1])
		return put_day(v, days - weekday(days));
	if (unit > &units[1])
		d.day = 1;
	if (unit == &units[3])
		d.month -= (d.month - 1) % 3;
	if (unit == &units[4])
		d.month = 1;
	return put_day(v, date_days(d));
}

static bool
run_days_between(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int32_t from, to;

	return expr_day(e, op, &v[0], &from) && expr_day(e, op, &v[1], &to) &&
	       put_int(v, to - from);
}

static bool
run_add_days(struct expr *e, struct expr_op *op, struct expr_value *v)
{
	int32_t days;
	int64_t n;

	if (!expr_day(e, op, &v[0], &days) || !expr_integer(e, op, &v[1], &n))
		return false;
	if (n < -200000 || n > 200000 ||
	    !date_exists(date_of_days(days + (int32_t)n)))
		return expr_fail(
		    e, op, "the day is not in the years 1900 to 2199");
	return put_day(v, days + (int32_t)n);
}

const struct expr_func expr_times[] = {
	{ "year", 1, 1, true, true, EXPR_NUMBER, run_year, NULL },
	{ "quarter", 1, 1, true, true, EXPR_NUMBER, run_quarter, NULL },
	{ "month", 1, 1, true, true, EXPR_NUMBER, run_month, NULL },
	{ "week", 1, 1, true, true, EXPR_NUMBER, run_week, NULL },
	{ "day", 1, 1, true, true, EXPR_NUMBER, run_day, NULL },
	{ "weekday", 1, 1, true, true, EXPR_NUMBER, run_weekday, NULL },
	{ "date_trunc", 2, 2, true, true, EXPR_DATE, run_trunc, prepare_trunc },
	{ "days_between", 2, 2, true, true, EXPR_NUMBER, run_days_between,
	    NULL },
	{ "add_days", 2, 2, true, true, EXPR_DATE, run_add_days, NULL },
	{ NULL, 0, 0, false, false, EXPR_NULL, NULL, NULL },
};
