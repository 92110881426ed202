/*
 * mh-audit - prove that a lakehouse lost nothing and doubled nothing.
 */
#include <stdio.h>

#include "audit.h"
#include "mh.h"

static const char usage[] =
    "usage: mh-audit [options] [RUN]\n"
    "  -a, --all            every run (default: the last that was published)\n"
    "  -d, --directory DIR  of the lakehouse (default MH_LAKEHOUSE, else\n"
    "                       lakehouse); with LAKEHOUSE_URL: of its books\n";

static const struct option longs[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "directory", required_argument, NULL, 'd' },
	{ 0 },
};

static void
take_options(struct audit *a, int argc, char **argv)
{
	int c;

	a->dir = mh_env("MH_LAKEHOUSE");
	if (a->dir == NULL)
		a->dir = "lakehouse";
	while ((c = mh_getopt(argc, argv, "ad:", longs)) != -1) {
		if (c == 'a')
			a->all = true;
		else
			a->dir = optarg;
	}
	a->wanted = argv[optind];
	if (a->wanted != NULL && argv[optind + 1] != NULL)
		mh_die_usage("one run, or --all of them");
	if (a->wanted != NULL && a->all)
		mh_die_usage("--all leaves no choice of a run: %s", a->wanted);
}

static void
put_number(struct buf *b, uint64_t n, const char *of)
{
	buf_fmt(b, "%llu %s%s", (unsigned long long)n, of, n == 1 ? "" : "s");
}

/* The books of the audit itself, and its closing line. */
static int
finish(struct audit *a)
{
	struct stage *s = &a->s;
	uint64_t findings = s->out.records;
	bool shown = s->progress != 0;
	struct buf b = { 0 };
	int status;

	s->progress = 0; /* the closing line is ours */
	stage_count(s, "runs", a->runs);
	stage_count(s, "targets", a->targets);
	status = stage_finish(s, true);
	if (shown)
		fputs("\r\033[K", stderr);
	if (mh.quiet)
		return status;
	put_number(&b, a->runs, "run");
	buf_text(&b, ", ");
	put_number(&b, a->targets, "target");
	buf_text(&b, " audited: ");
	if (findings == 0)
		buf_text(&b, "all good");
	else
		put_number(&b, findings, "finding");
	mh_warn("%s", buf_cstr(&b));
	buf_free(&b);
	return status;
}

int
main(int argc, char **argv)
{
	static struct audit a;

	mh_init("mh-audit", usage, MH_READS | MH_WRITES);
	take_options(&a, argc, argv);
	stage_open_source(&a.s);
	if (mh_env("LAKEHOUSE_URL") != NULL)
		audit_database(&a);
	else
		audit_directory(&a);
	return finish(&a);
}
