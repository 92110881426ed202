/*
 * mh-expect - test every record against expectations: warn, drop or fail.
 */
#include "expect.h"
#include "mh.h"
#include "names.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-expect [options] [file ...]\n"
    "  -c, --contract FILE  the expectations of this contract\n"
    "      --warn NAME=EXPR  count the records for which EXPR is not true\n"
    "      --drop NAME=EXPR  ... and reject them\n"
    "      --fail NAME=EXPR  ... and refuse the whole run: status 1, no seal\n"
    "      --mostly P%      refuse it only if fewer records pass the --fail before\n"
    "      --dataset NAME   what the event log calls the records\n"
    "      --no-samples     no records in the summary: they may be personal\n"
    "      --event-log FILE  append the counts there, as Delta Live Tables does\n"
    "      --today DATE     the run's day (default MH_TODAY, else today)\n";

enum {
	OPT_WARN = 256,
	OPT_DROP,
	OPT_FAIL,
	OPT_MOSTLY,
	OPT_DATASET,
	OPT_LOG,
	OPT_NO_SAMPLES,
	OPT_TODAY,
};

static const struct option longs[] = {
	{ "contract", required_argument, NULL, 'c' },
	{ "warn", required_argument, NULL, OPT_WARN },
	{ "drop", required_argument, NULL, OPT_DROP },
	{ "fail", required_argument, NULL, OPT_FAIL },
	{ "mostly", required_argument, NULL, OPT_MOSTLY },
	{ "dataset", required_argument, NULL, OPT_DATASET },
	{ "event-log", required_argument, NULL, OPT_LOG },
	{ "no-samples", no_argument, NULL, OPT_NO_SAMPLES },
	{ "today", required_argument, NULL, OPT_TODAY },
	{ 0 },
};

/* NAME=EXPR of the option `where`. */
static void
add(struct expect *x, const char *where, enum severity severity,
    const char *text)
{
	struct slice rest = slice_of(text), name;

	names_check_utf8(where, text);
	if (!slice_split(&rest, '=', &name) || rest.p == NULL || name.n == 0)
		mh_die_usage("%s: not of the form NAME=EXPR: %s", where, text);
	expect_add(x, where, severity, name, rest);
}

/* Expressions need the day: --today is looked for first. */
static void
find_today(struct expect *x, int argc, char **argv)
{
	const char *option = NULL;
	int c;

	while ((c = mh_getopt(argc, argv, "c:", longs)) != -1) {
		if (c == OPT_TODAY)
			option = optarg;
	}
	x->today = date_today(option);
	optind = 1;
}

static const char *
read_options(struct expect *x, int argc, char **argv)
{
	const char *log = NULL;
	bool contract = false;
	int c;

	find_today(x, argc, argv);
	while ((c = mh_getopt(argc, argv, "c:", longs)) != -1) {
		switch (c) {
		case 'c':
			contract = true;
			expect_contract(x, contract_read(optarg, x->today));
			break;
		case OPT_WARN: add(x, "--warn", SEVERITY_WARN, optarg); break;
		case OPT_DROP: add(x, "--drop", SEVERITY_DROP, optarg); break;
		case OPT_FAIL: add(x, "--fail", SEVERITY_FAIL, optarg); break;
		case OPT_MOSTLY:
			if (!expect_mostly(x, slice_of(optarg)))
				mh_die_usage("--mostly: a percentage behind "
					     "--fail, not %s",
				    optarg);
			break;
		case OPT_DATASET:
			names_check_utf8("--dataset", optarg);
			x->dataset = slice_of(optarg);
			break;
		case OPT_LOG: log = optarg; break;
		case OPT_NO_SAMPLES: x->no_samples = true; break;
		}
	}
	/* a contract may expect nothing */
	if (x->n == 0 && !contract)
		mh_die_usage("there must be an expectation: -c, --warn, "
			     "--drop or --fail");
	return log;
}

static void
close_books(struct stage *s, const struct expect *x, const char *log)
{
	struct buf counts = { 0 }, samples = { 0 };

	expect_put(x, &counts);
	stage_account(s, "expectations", buf_view(&counts));
	expect_put_samples(x, &samples);
	stage_note(s, "samples", buf_view(&samples));
	s->refused = expect_refused(x);
	if (log != NULL)
		expect_log(x, log, s->out.records);
	buf_free(&counts);
	buf_free(&samples);
}

int
main(int argc, char **argv)
{
	struct expect x = { 0 };
	struct stage s;
	struct rec *r;
	const char *log;
	int status;

	mh_init("mh-expect", usage, MH_FILTER);
	log = read_options(&x, argc, argv);
	stage_open(&s, argv + optind);
	while ((r = stage_next(&s)) != NULL) {
		if (expect_test(&x, r))
			stage_write(&s, r);
		else
			rejects_add(&s.rejects, r, x.failures, x.nfailures);
	}
	close_books(&s, &x, log);
	status =
	    stage_finish(&s, s.in.records == s.out.records + s.rejects.records);
	expect_say(&x);
	return status;
}
