/* date - the calendar, and the run's day. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "date.h"
#include "mh.h"
#include "tap.h"

/* Walks from day to day by the rules of the calendar, and counts. */
static void
test_calendar(void)
{
	struct date d = { 1900, 1, 1 };
	int32_t days = -25567, wrong = 0;

	for (; d.year < 2200; days++) {
		struct date back = date_of_days(days);

		wrong += date_days(d) != days || back.year != d.year ||
			 back.month != d.month || back.day != d.day;
		d.day++;
		if (!date_exists(d))
			d = (struct date){ d.year, d.month + 1, 1 };
		if (d.month > 12)
			d = (struct date){ d.year + 1, 1, 1 };
	}
	OK_NAMED(wrong == 0, "every day from 1900 to 2199, there and back");
	OK(days == 84006);
	OK(date_days((struct date){ 1970, 1, 1 }) == 0);
	OK(date_days((struct date){ 2000, 3, 1 }) == 11017);
	OK(!date_exists(date_of_days(84006)));
	OK(!date_exists(date_of_days(-25568)));
	d = date_of_days(-719469);
	OK(d.year == 0 && d.month == 2 && d.day == 29);
	d = date_of_days(INT32_MAX);
	OK(d.year == 5881580 && d.month == 7 && d.day == 11);
	d = date_of_days(INT32_MIN);
	OK(d.year == -5877641 && d.month == 6 && d.day == 23);
}

/* The status a program ends with that asks for its day. */
static int
today_status(const char *option)
{
	int status = -1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		if (freopen("/dev/null", "w", stderr) != NULL)
			date_today(option);
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool
is_day(struct date d, int year, int month, int day)
{
	return d.year == year && d.month == month && d.day == day;
}

static void
test_today(void)
{
	int32_t east, west;

	setenv("MH_TODAY", "2026-11-22", 1);
	OK(is_day(date_today(NULL), 2026, 11, 22));
	OK(is_day(date_today("2024-02-29"), 2024, 2, 29));
	OK(is_day(date_today("29/02/2024"), 2024, 2, 29));
	OK(today_status("2023-02-29") == MH_USAGE);
	OK(today_status("") == MH_USAGE);
	OK(today_status("2024-02-29\xe2") == MH_USAGE);
	setenv("MH_TODAY", "tomorrow", 1);
	OK(today_status(NULL) == MH_CONFIG);
	OK(today_status("2024-02-29") == MH_OK);

	/* no moment is the same day 14 hours east and 12 hours west */
	setenv("MH_TODAY", "", 1);
	setenv("TZ", "EAST-14", 1);
	east = date_days(date_today(NULL));
	setenv("TZ", "WEST12", 1);
	west = date_days(date_today(NULL));
	OK(east - west == 1 || east - west == 2);
	OK(date_exists(date_today(NULL)));
}

int
main(void)
{
	mh_init("date", "usage: date\n", 0);
	test_calendar();
	test_today();
	return tap_done();
}
