/* mh-wrap - carry a foreign program inside a run. */
#include <stdio.h>
#include <stdlib.h>

#include "child.h"
#include "json.h"
#include "mh.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-wrap [options] -- COMMAND [argument ...]\n"
    "  -n, --no-input       the command reads nothing: it is a source\n"
    "  -o, --ok-exit N,...  exit statuses that mean success (default 0)\n"
    "  -e, --early-exit     the command may stop reading before the end\n"
    "      --name TEXT      what messages and rejects call its output\n"
    "                       (default: COMMAND)\n";

enum {
	OPT_NAME = 256,
};

static const struct option longs[] = {
	{ "no-input", 0, NULL, 'n' },
	{ "ok-exit", 1, NULL, 'o' },
	{ "early-exit", 0, NULL, 'e' },
	{ "name", 1, NULL, OPT_NAME },
	{ NULL, 0, NULL, 0 },
};

static void
take_statuses(bool ok[256], const char *list)
{
	struct slice rest = slice_of(list), one;
	struct buf number = { 0 };

	while (slice_split(&rest, ',', &one)) {
		number.n = 0;
		buf_slice(&number, one);
		ok[mh_number("--ok-exit", buf_cstr(&number), 0, 255, false)] =
		    true;
	}
	buf_free(&number);
}

static void
judge(const char *command, int status, const bool ok[256])
{
	if (status < 256 && ok[status])
		return;
	if (status > 128)
		mh_die(MH_IO, "%s: ended by signal %d", command, status - 128);
	/* 126 and 127: it could not be started, and has said why */
	mh_die(status == 126 || status == 127 ? MH_CONFIG : MH_IO,
	    "%s: exit status %d; --ok-exit allows others than 0", command,
	    status);
}

/*
 * The books speak of what went in; what the command made of it stands beside
 * that. A command without input is a source: what it gives is what went in.
 */
static void
enter_input(struct stage *s, const struct fed *fed)
{
	stage_count(s, "produced", s->in.records);
	s->in.records = fed->records;
	s->in.blank = fed->blank;
	s->in.stages = fed->stages;
}

int
main(int argc, char **argv)
{
	bool input = true, early = false, ok[256] = { false };
	const char *statuses = "0", *name = NULL;
	struct child child;
	struct fed fed;
	struct stage s;
	struct rec *r;
	uint64_t produced;
	int c;

	mh_init("mh-wrap", usage, MH_READS | MH_WRITES | MH_REJECTS);
	while ((c = mh_getopt(argc, argv, "+no:e", longs)) != -1) {
		switch (c) {
		case 'n': input = false; break;
		case 'o': statuses = optarg; break;
		case 'e': early = true; break;
		case OPT_NAME: name = optarg; break;
		}
	}
	take_statuses(ok, statuses);
	if (argv[optind] == NULL)
		mh_die_usage("a command is needed behind --");
	child_start(&child, argv + optind, input);
	stage_open_source(&s);
	in_open_fd(&s.in, child.from, name != NULL ? name : argv[optind]);
	while ((r = stage_next(&s)) != NULL)
		stage_write(&s, r);
	produced = s.in.records;
	judge(argv[optind], child_wait(&child, &fed), ok);
	if (fed.unread && !early)
		mh_die(MH_IO,
		    "%s: did not read all of its input; "
		    "--early-exit allows that",
		    argv[optind]);
	if (input)
		enter_input(&s, &fed);
	return stage_finish(&s, produced == s.out.records + s.rejects.records);
}
