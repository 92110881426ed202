/*
 * mh-derive - add members to records, or replace them, by expressions.
 */
#include "derive.h"
#include "mh.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-derive [options] NAME=EXPR ... [file ...]\n"
    "      --today DATE     the run's day (default MH_TODAY, else today)\n";

enum {
	OPT_TODAY = 256,
};

static const struct option longs[] = {
	{ "today", required_argument, NULL, OPT_TODAY },
	{ 0 },
};

int
main(int argc, char **argv)
{
	struct derive d = { 0 };
	const char *option = NULL;
	struct failure f;
	struct stage s;
	struct rec *r;
	struct date today;

	mh_init("mh-derive", usage, MH_FILTER);
	while (mh_getopt(argc, argv, "", longs) != -1)
		option = optarg;
	today = date_today(option);
	for (argv += optind; *argv != NULL && strchr(*argv, '=') != NULL;
	     argv++)
		derive_add(&d, *argv, today);
	if (d.names.n == 0)
		mh_die_usage("NAME=EXPR is missing");
	stage_open(&s, argv);
	while ((r = stage_next(&s)) != NULL) {
		if (derive_record(&d, r, &f, &s.out.b))
			out_end(&s.out);
		else
			rejects_add(&s.rejects, r, &f, 1);
	}
	return stage_finish(
	    &s, s.in.records == s.out.records + s.rejects.records);
}
