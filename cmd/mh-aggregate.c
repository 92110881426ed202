/*
 * mh-aggregate - group records by a key and write one record for each group.
 */
#include "agg.h"
#include "memory.h"
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
    "      --today DATE         the run's day (default MH_TODAY, else today)\n"
    "      --partial            write states for --merge, not results\n"
    "      --part N             the place of this part among the parts (default 0)\n"
    "      --merge              read states, of any parts in any order\n"
    "      --sorted             the input is in the order of the key: write each\n"
    "                           group when the next one begins\n"
    "      --shard I/N          only the groups of shard I of N, from 0 on\n"
    "      --memory SIZE        for groups, before temporary files are used\n"
    "                           (default a quarter of the machine's)\n";

enum {
	SEPARATOR = 256,
	TODAY,
	PARTIAL,
	PART,
	MERGE,
	SORTED,
	SHARD,
	MEMORY,
};

static const struct option longs[] = {
	{ "key", required_argument, NULL, 'k' },
	{ "agg", required_argument, NULL, 'a' },
	{ "separator", required_argument, NULL, SEPARATOR },
	{ "today", required_argument, NULL, TODAY },
	{ "partial", no_argument, NULL, PARTIAL },
	{ "part", required_argument, NULL, PART },
	{ "merge", no_argument, NULL, MERGE },
	{ "sorted", no_argument, NULL, SORTED },
	{ "shard", required_argument, NULL, SHARD },
	{ "memory", required_argument, NULL, MEMORY },
	{ 0 },
};

static void
read_options(struct agg *a, int argc, char **argv)
{
	const char *today = NULL, *part = NULL, *memory = NULL;
	int c;

	a->separator = SLICE(", ");
	while ((c = mh_getopt(argc, argv, "k:a:", longs)) != -1) {
		switch (c) {
		case 'k': agg_keys(a, optarg); break;
		case 'a': agg_measure(a, optarg); break;
		case TODAY: today = optarg; break;
		case PARTIAL: a->partial = true; break;
		case PART: part = optarg; break;
		case MERGE: a->merge = true; break;
		case SORTED: a->sorted = true; break;
		case SHARD: a->shard = shard_parse(optarg); break;
		case MEMORY: memory = optarg; break;
		default:
			names_check_utf8("--separator", optarg);
			a->separator = slice_of(optarg);
		}
	}
	if (a->keys.n == 0 && a->n == 0)
		mh_die_usage("there must be -k or -a");
	if (part != NULL && (!a->partial || a->merge))
		mh_die_usage("--part: only records that are read with "
			     "--partial have a part");
	if (a->shard.n != 0 && (a->merge || a->keys.n == 0))
		mh_die_usage("--shard: only records with a key have one, "
			     "neither states nor records in one group");
	if (part != NULL)
		a->part = mh_number("--part", part, 0, AGG_PART_MAX, false);
	a->memory = memory_limit("--memory", memory);
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

	mh_init("mh-aggregate", usage, MH_FILTER);
	read_options(&a, argc, argv);
	stage_open(&s, argv + optind);
	a.out = &s.out;
	s.shard = a.shard.n != 0 ? &a.shard : NULL;
	while ((r = stage_next(&s)) != NULL) {
		if (agg_step(&a, r, &f))
			continue;
		if (f.reason == NULL)
			s.elsewhere++;
		else
			rejects_add(&s.rejects, r, &f, 1);
	}
	agg_end(&a);
	stage_count(&s, "groups", a.groups);
	if (a.merge)
		stage_count(&s, "records", a.records);
	return stage_finish(
	    &s, agg_closed(&a, s.in.records, s.rejects.records + s.elsewhere));
}
