/*
 * mh-aggregate - group records by a key and write one record for each group.
 */
#include "agg.h"
#include "mh.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-aggregate [options] [-k KEY,...] [-a NAME=FUNC(VALUE)] [file ...]\n"
    "  -k, --key KEY,...        group by these (none: one group); a key is a\n"
    "                           member, NEW=MEMBER or NEW=EXPRESSION\n"
    "  -a, --agg NAME=FUNC(VALUE)  a member of the result; FUNC is count, sum,\n"
    "                           total, avg, min, max, first, last, list or\n"
    "                           count_distinct, VALUE a member or an expression;\n"
    "                           count() counts records\n"
    "      --separator TEXT     between the items of a list (default \", \")\n"
    "      --today DATE         the run's day (default MH_TODAY, else today)\n";

enum {
	SEPARATOR = 256,
	TODAY
};

static const struct option longs[] = {
	{ "key", required_argument, NULL, 'k' },
	{ "agg", required_argument, NULL, 'a' },
	{ "separator", required_argument, NULL, SEPARATOR },
	{ "today", required_argument, NULL, TODAY },
	{ 0 },
};

static void
read_options(struct agg *a, int argc, char **argv)
{
	const char *today = NULL;
	int c;

	a->separator = SLICE(", ");
	while ((c = mh_getopt(argc, argv, "k:a:", longs)) != -1) {
		switch (c) {
		case 'k': agg_keys(a, optarg); break;
		case 'a': agg_measure(a, optarg); break;
		case TODAY: today = optarg; break;
		default:
			names_check_utf8("--separator", optarg);
			a->separator = slice_of(optarg);
		}
	}
	if (a->keys.n == 0 && a->n == 0)
		mh_die_usage("there must be -k or -a");
	a->today = date_today(today);
	agg_begin(a);
}

int
main(int argc, char **argv)
{
	struct agg a = { 0 };
	struct failure f;
	struct stage s;
	struct rec *r;
	uint32_t i;

	mh_init("mh-aggregate", usage, MH_READS | MH_WRITES | MH_REJECTS);
	read_options(&a, argc, argv);
	stage_open(&s, argv + optind);
	while ((r = stage_next(&s)) != NULL) {
		if (!agg_step(&a, r, &f))
			rejects_add(&s.rejects, r, &f, 1);
	}
	agg_end(&a);
	for (i = 0; i < a.groups.n; i++) {
		agg_put(&a, i, &s.out.b);
		out_end(&s.out);
	}
	stage_count(&s, "groups", a.groups.n);
	return stage_finish(
	    &s, s.in.records == agg_counted(&a) + s.rejects.records);
}
