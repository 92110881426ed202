/*
 * mh-mask - pseudonyms in place of personal data.
 */
#include <limits.h>

#include "mask.h"
#include "mask_key.h"
#include "mh.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-mask [options] [file ...]\n"
    "  -c, --contract FILE  mask the columns that are pii in this contract\n"
    "  -f, --fields A,B     mask these\n"
    "  -k, --key FILE       the secret key, mode 0600 (default MH_MASK_KEY)\n"
    "      --key-fd N       the key from an open descriptor\n"
    "      --show NAME=FORM  no pseudonym there, but: partial, year or null\n"
    "      --allow-only     drop the members that no contract names\n"
    "      --reject-lines   the input is a file of rejects, see mh-record(5)\n";

enum {
	OPT_KEY_FD = 256,
	OPT_SHOW,
	OPT_ALLOW_ONLY,
	OPT_REJECT_LINES,
};

static const struct option longs[] = {
	{ "contract", required_argument, NULL, 'c' },
	{ "fields", required_argument, NULL, 'f' },
	{ "key", required_argument, NULL, 'k' },
	{ "key-fd", required_argument, NULL, OPT_KEY_FD },
	{ "show", required_argument, NULL, OPT_SHOW },
	{ "allow-only", no_argument, NULL, OPT_ALLOW_ONLY },
	{ "reject-lines", no_argument, NULL, OPT_REJECT_LINES },
	{ 0 },
};

/* Where the key is; file NULL and fd -1: nobody has said. */
struct place {
	const char *file;
	int fd;
};

static void
read_key(struct mask *m, const struct place *place)
{
	const char *file = place->file;
	struct buf key = { 0 };

	if (file == NULL && place->fd < 0)
		file = mh_env("MH_MASK_KEY");
	if (file == NULL && place->fd < 0)
		mh_die_usage("a key is needed: -k FILE, --key-fd N or "
			     "MH_MASK_KEY");
	if (file != NULL)
		rejects_spare(file);
	mask_key_read(&key, file, place->fd);
	mask_key(m, buf_view(&key));
	mask_key_wipe(&key);
}

/* Contracts come first, wherever they stand: they know the columns that the
 * other options name. */
static void
take_contracts(struct mask *m, int argc, char **argv)
{
	struct date today = date_today(NULL);
	int c;

	while ((c = mh_getopt(argc, argv, "c:f:k:", longs)) != -1) {
		if (c == 'c')
			mask_contract(m, contract_read(optarg, today));
	}
	optind = 1;
}

static void
take_options(struct mask *m, int argc, char **argv)
{
	struct place place = { .fd = -1 };
	int c;

	take_contracts(m, argc, argv);
	while ((c = mh_getopt(argc, argv, "c:f:k:", longs)) != -1) {
		switch (c) {
		case 'f': mask_fields(m, optarg); break;
		case 'k': place.file = optarg; break;
		case OPT_KEY_FD:
			/* those below have their uses */
			place.fd = (int)mh_number(
			    "--key-fd", optarg, 3, INT_MAX, false);
			break;
		case OPT_SHOW: mask_show(m, optarg); break;
		case OPT_ALLOW_ONLY: m->allow_only = true; break;
		case OPT_REJECT_LINES: m->rejects = true; break;
		default: break;
		}
	}
	if (place.file != NULL && place.fd >= 0)
		mh_die_usage("-k and --key-fd: there is one key");
	if (mask_ready(m))
		read_key(m, &place);
}

static void
mask_one(struct mask *m, struct stage *s, const struct rec *r)
{
	bool good = m->rejects ? mask_reject(m, r, &s->out.b)
			       : mask_record(m, r, &s->out.b);

	if (good)
		out_end(&s->out);
	if (!good && m->rejects)
		stage_reject(
		    s, r, "reject", (struct slice){ 0 }, (struct slice){ 0 });
	else if (m->nfailures > 0)
		rejects_add(&s->rejects, r, m->failures, m->nfailures);
}

int
main(int argc, char **argv)
{
	struct mask m = { 0 };
	struct buf dropped = { 0 };
	struct stage s;
	struct rec *r;

	mh_init("mh-mask", usage, MH_READS | MH_WRITES | MH_REJECTS);
	take_options(&m, argc, argv);
	stage_open(&s, argv + optind);
	/* a file of rejects has no seal, before and behind us */
	if (m.rejects) {
		s.in.must_seal = false;
		s.silent = true;
	}
	while ((r = stage_next(&s)) != NULL)
		mask_one(&m, &s, r);
	mask_end(&m);
	stage_count(&s, "masked", m.masked);
	if (unknown_counts(&m.unknown, &dropped))
		stage_note(&s, "dropped_members", buf_view(&dropped));
	return stage_finish(
	    &s, s.in.records == s.out.records + s.rejects.records);
}
