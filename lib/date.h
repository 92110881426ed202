/*
 * date - calendar dates and timestamps, as text people write and as ISO.
 *
 * The proleptic Gregorian calendar, days counted from 1970-01-01. Years run
 * from 1900 to 2199. No time zone is ever applied to a value.
 */
#ifndef DATE_H
#define DATE_H

#include "str.h"

/* What a contract says about the reading of dates. */
struct date_form {
	bool mdy;   /* 03/04/2024 is 4 March: the month comes first */
	bool epoch; /* bare numbers are seconds or milliseconds, UTC */
};

struct date {
	int year, month, day;
};

/*
 * Reads a date in any form of mh-clean(1), "Dates"; a time behind it is
 * checked and dropped. `s` is trimmed, valid UTF-8; `number` says it came
 * as a JSON number, which may end in .0. False if it is no day of the
 * calendar.
 */
bool date_from_text(
    struct date *d, struct slice s, const struct date_form *form, bool number);

/*
 * Reads a timestamp and appends YYYY-MM-DDTHH:MM:SS, the fraction's digits
 * as given and the offset (nothing, Z or +HH:MM); an epoch has Z, and three
 * digits if it counts milliseconds. `*day` is the day as written. False, and
 * `out` and `*day` as they were, if it is none.
 */
bool date_timestamp(struct buf *out, struct date *day, struct slice s,
    const struct date_form *form, bool number);

/* Appends YYYY-MM-DD; for years 0..9999. */
void date_put(struct buf *out, struct date d);

/*
 * Days since 1970-01-01, negative before; and back. The date must exist; a
 * number of days may lead to any year.
 */
int32_t date_days(struct date d);
struct date date_of_days(int32_t days);

/*
 * The size of the name of a month in Portuguese that the text begins with,
 * its three letters with or without a dot, or all of them, without case; 0 if
 * there is none. *month is 1 to 12.
 */
size_t date_month(struct slice s, int *month);

/* Is it a day of the calendar, years 1900..2199? */
bool date_exists(struct date d);

/*
 * The run's day: `option` (from --today) if not NULL, else MH_TODAY, else
 * the day of the clock in the time zone TZ. A wrong text is a usage error
 * (option) or a configuration error (MH_TODAY) that ends the program.
 */
struct date date_today(const char *option);

#endif
