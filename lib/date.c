/* date - the calendar, and the run's day. */
#include <time.h>

#include "date.h"
#include "mh.h"
#include "utf8.h"

static void
put_digits(char *p, int width, int v)
{
	for (; width > 0; v /= 10)
		p[--width] = (char)('0' + v % 10);
}

void
date_put(struct buf *out, struct date d)
{
	char text[] = "YYYY-MM-DD";

	put_digits(text, 4, d.year);
	put_digits(text + 5, 2, d.month);
	put_digits(text + 8, 2, d.day);
	buf_add(out, text, sizeof(text) - 1);
}

bool
date_exists(struct date d)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap;

	if (d.year < 1900 || d.year > 2199 || d.month < 1 || d.month > 12)
		return false;
	leap = d.year % 4 == 0 && (d.year % 100 != 0 || d.year % 400 == 0);
	return d.day >= 1 &&
	       d.day <= lengths[d.month - 1] + (leap && d.month == 2);
}

/*
 * Days are counted in years that begin in March: the odd day is then the
 * last one of its year, and the months before any month follow one formula.
 */
#define CYCLE 146097 /* days of 400 years */
#define EPOCH 719468 /* 1970-01-01, counted from 1 March of the year 0 */

/* The first day of a year, 0 and later. */
static int32_t
march_first(int year)
{
	return year * 365 + year / 4 - year / 100 + year / 400;
}

/* The first day of a month in its year; 0 is March. */
static int32_t
month_first(int month)
{
	return (month * 153 + 2) / 5;
}

int32_t
date_days(struct date d)
{
	int month = (d.month + 9) % 12;

	return march_first(d.year - (month >= 10)) + month_first(month) +
	       d.day - 1 - EPOCH;
}

struct date
date_of_days(int32_t days)
{
	int64_t count = (int64_t)days + EPOCH;
	int64_t cycles = (count < 0 ? count - CYCLE + 1 : count) / CYCLE;
	int32_t rest = (int32_t)(count - cycles * CYCLE);
	int year = rest / 365, month;

	if (march_first(year) > rest)
		year--;
	rest -= march_first(year);
	month = (rest * 5 + 2) / 153;
	return (struct date){
		.year = (int)cycles * 400 + year + (month >= 10),
		.month = (month + 2) % 12 + 1,
		.day = rest - month_first(month) + 1,
	};
}

/* A day that was given from outside: its bytes may be anything. */
static bool
read_today(struct date *d, const char *text)
{
	const struct date_form form = { 0 };

	return utf8_valid(text, strlen(text)) &&
	       date_from_text(d, slice_of(text), &form, false);
}

struct date
date_today(const char *option)
{
	const char *text = mh_env("MH_TODAY");
	time_t now = time(NULL);
	struct date d;
	struct tm tm;

	if (option != NULL) {
		if (!read_today(&d, option))
			mh_die_usage("--today: not a date: %s", option);
		return d;
	}
	if (text != NULL) {
		if (!read_today(&d, text))
			mh_die(MH_CONFIG, "MH_TODAY: not a date: %s", text);
		return d;
	}
	tzset();
	if (localtime_r(&now, &tm) == NULL)
		mh_die(MH_CONFIG, "clock: its day cannot be told");
	return (struct date){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
}
