/* mh-rejects - what was rejected: a report, or the records once more. */
#include "atomic.h"
#include "mh.h"
#include "reject_report.h"
#include "replay.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-rejects [options] [file ...]\n"
    "  -j, --json           the report as NDJSON\n"
    "      --records        instead, the records that were rejected\n"
    "      --raw            instead, the lines that were no records\n"
    "      --rest FILE      write the lines that are left out there, as they are\n"
    "      --reason A,...   only what was rejected for these reasons\n"
    "      --not-reason A,...  not what was rejected for these\n"
    "      --field NAME     only what was rejected for this field\n"
    "      --run RUN        only what was rejected in this run\n";

enum {
	OPT_RECORDS = 256,
	OPT_RAW,
	OPT_REST,
	OPT_REASON,
	OPT_NOT_REASON,
	OPT_FIELD,
	OPT_RUN,
};

static const struct option longs[] = {
	{ "json", 0, NULL, 'j' },
	{ "records", 0, NULL, OPT_RECORDS },
	{ "raw", 0, NULL, OPT_RAW },
	{ "rest", 1, NULL, OPT_REST },
	{ "reason", 1, NULL, OPT_REASON },
	{ "not-reason", 1, NULL, OPT_NOT_REASON },
	{ "field", 1, NULL, OPT_FIELD },
	{ "run", 1, NULL, OPT_RUN },
	{ 0 },
};

/* --max-line speaks of the record, and its line has the values twice. */
#define LINE_FACTOR 4

struct job {
	int form; /* 'j', OPT_RECORDS or OPT_RAW; 0: a report as text */
	struct reject_filter filter;
	struct reject_line line;
	struct reject_report report;
	struct replay replay;
	const char *rest_file; /* of what is left out; or NULL */
	struct out rest;
};

static void
take_options(struct job *j, int argc, char **argv)
{
	struct reject_filter *f = &j->filter;
	int c;

	while ((c = mh_getopt(argc, argv, "j", longs)) != -1) {
		switch (c) {
		case OPT_REASON:
			reject_filter_add(&f->reasons, &f->nreasons, optarg);
			break;
		case OPT_NOT_REASON:
			reject_filter_add(&f->others, &f->nothers, optarg);
			break;
		case OPT_REST: j->rest_file = optarg; break;
		case OPT_FIELD: f->field = optarg; break;
		case OPT_RUN: f->run = optarg; break;
		default:
			if (j->form != 0 && j->form != c)
				mh_die_usage("one of --json, --records, --raw");
			j->form = c;
		}
	}
	j->report.named = argc - optind > 1;
}

/* False: the line is left out. */
static bool
use(struct job *j, struct stage *s, const struct rec *r)
{
	reject_line_read(&j->line, r);
	if (!reject_filter_wants(&j->filter, &j->line))
		return false;
	switch (j->form) {
	case OPT_RECORDS:
		return replay_record(&j->replay, &j->line, r, &s->out);
	case OPT_RAW: return replay_raw(&j->replay, &j->line, r, &s->out);
	default:
		reject_report_add(&j->report, &j->line, r->file);
		s->out.records++;
		return true;
	}
}

static void
close_job(struct job *j, struct stage *s)
{
	struct buf reasons = { 0 };

	switch (j->form) {
	case OPT_RECORDS:
		replay_reasons(&j->replay, &reasons);
		stage_account(s, "replays", buf_view(&reasons));
		buf_free(&reasons);
		break;
	case OPT_RAW: break;
	case 'j': reject_report_json(&j->report, &s->out.b); break;
	default: reject_report_text(&j->report, &s->out.b);
	}
	replay_say(&j->replay);
}

int
main(int argc, char **argv)
{
	struct job j = { 0 };
	struct stage s;
	struct rec *r;
	uint64_t skipped = 0;
	int status;

	mh_init("mh-rejects", usage, MH_READS | MH_WRITES);
	take_options(&j, argc, argv);
	mh.max_line *= LINE_FACTOR;
	stage_open(&s, argv + optind);
	s.in.must_seal = false; /* rejects have none */
	s.in.whole = true;
	s.silent = j.form != OPT_RECORDS;
	if (j.rest_file != NULL)
		out_open(&j.rest, atomic_create(j.rest_file), j.rest_file);
	while ((r = in_next_good(&s.in)) != NULL) {
		if (!use(&j, &s, r)) {
			skipped++;
			if (j.rest_file != NULL)
				out_rec(&j.rest, r);
		}
		if (s.in.records % 4096 == 0)
			stage_progress(&s);
	}
	stage_count(&s, "skipped", skipped);
	close_job(&j, &s);
	out_flush(&j.rest);
	status = stage_finish(&s, s.in.records == s.out.records + skipped);
	if (status == MH_OK && j.rest_file != NULL)
		atomic_publish(j.rest.fd, j.rest_file);
	return status;
}
