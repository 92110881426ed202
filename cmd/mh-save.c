/* mh-save - put a stream at rest: a file that is whole or not there. */
#include <stdio.h>
#include <unistd.h>

#include "atomic.h"
#include "mh.h"
#include "stage.h"
#include "table.h"

static const char usage[] =
    "usage: mh-save [options] FILE [input ...]\n"
    "  -p, --plain          leave out the seal: for those who read the file\n"
    "                       with other programs\n"
    "      --min-records N  status 1, and no file, if fewer came (default 0)\n";

enum {
	OPT_MIN_RECORDS = 256,
};

static const struct option longs[] = {
	{ "plain", 0, NULL, 'p' },
	{ "min-records", 1, NULL, OPT_MIN_RECORDS },
	{ NULL, 0, NULL, 0 },
};

/* Writes a record; the hash of the line that it became. */
static uint64_t
save(struct stage *s, const struct rec *r)
{
	size_t from = s->out.b.n;
	uint64_t hash;

	rec_put(&s->out.b, r);
	hash = table_hash(s->out.b.p + from, s->out.b.n - from);
	out_end(&s->out);
	return hash;
}

/* The sum of all the lines' hashes: what the file holds, in any order. */
static void
account_hash(struct stage *s, uint64_t hash)
{
	char text[19];
	int n = snprintf(
	    text, sizeof(text), "\"%016llx\"", (unsigned long long)hash);

	stage_account(s, "hash", (struct slice){ text, (size_t)n });
}

int
main(int argc, char **argv)
{
	bool plain = false;
	const char *file;
	uint64_t least = 0, hash = 0;
	struct stage s;
	struct rec *r;
	int c, fd, status;

	mh_init("mh-save", usage, MH_READS | MH_REJECTS | MH_TAKES_KEYS);
	while ((c = mh_getopt(argc, argv, "p", longs)) != -1) {
		if (c == 'p')
			plain = true;
		else
			least = mh_number(
			    "--min-records", optarg, 0, UINT64_MAX, false);
	}
	if (argv[optind] == NULL)
		mh_die_usage("FILE is needed: where to?");
	file = argv[optind++];
	rejects_spare(file);
	fd = atomic_create(file);
	stage_open(&s, argv + optind);
	out_open(&s.out, dup(fd), file);
	s.silent = plain;
	while ((r = stage_next(&s)) != NULL)
		hash += save(&s, r);
	account_hash(&s, hash);
	status =
	    stage_finish(&s, s.in.records == s.out.records + s.rejects.records);
	if (status == MH_OK && s.out.records < least) {
		mh_warn("%s: %llu records came, and at least %llu must", file,
		    (unsigned long long)s.out.records,
		    (unsigned long long)least);
		status = MH_NO;
	}
	if (status == MH_OK)
		atomic_publish(fd, file);
	return status;
}
