/* mh-join - put what other records say behind those of the same key. */
#include "join.h"
#include "json.h"
#include "mh.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-join [options] -k NAME[=RIGHTNAME],... RIGHT [file ...]\n"
    "  -k, --key NAME[=RIGHTNAME],...  members whose values must be equal\n"
    "      --inner              write the records that match (the default)\n"
    "      --left               ... and those that don't, with nulls\n"
    "      --semi               write the records that match, as they are\n"
    "      --anti               write the records that don't match\n"
    "  -f, --fields [NEW=]NAME,...  take these members of RIGHT, in this order\n"
    "  -m, --multi              RIGHT may repeat a key: write every pair\n"
    "  -p, --prefix TEXT        put TEXT before the names of what is taken\n"
    "      --shard I/N          only shard I of N, from 0 on, of both sides\n";

enum {
	INNER = 256,
	LEFT,
	SEMI,
	ANTI,
	SHARD,
};

static const struct option longs[] = {
	{ "key", required_argument, NULL, 'k' },
	{ "inner", no_argument, NULL, INNER },
	{ "left", no_argument, NULL, LEFT },
	{ "semi", no_argument, NULL, SEMI },
	{ "anti", no_argument, NULL, ANTI },
	{ "fields", required_argument, NULL, 'f' },
	{ "multi", no_argument, NULL, 'm' },
	{ "prefix", required_argument, NULL, 'p' },
	{ "shard", required_argument, NULL, SHARD },
	{ 0 },
};

static int
read_options(struct join *j, int argc, char **argv)
{
	int c, kind = 0;

	while ((c = mh_getopt(argc, argv, "k:f:mp:", longs)) != -1) {
		switch (c) {
		case 'k': join_keys(j, optarg); break;
		case 'f': join_take(j, optarg); break;
		case 'm': j->multi = true; break;
		case SHARD: j->shard = shard_parse(optarg); break;
		case 'p':
			names_check_utf8("-p", optarg);
			j->prefix = optarg;
			break;
		default:
			if (kind != 0 && kind != c)
				mh_die_usage("only one kind of join at a time");
			kind = c;
		}
	}
	j->bare = kind == SEMI || kind == ANTI;
	if (j->right.n == 0)
		mh_die_usage("-k: the key is missing");
	if (j->bare && (j->fields.n != 0 || j->prefix != NULL))
		mh_die_usage("-f and -p: --semi and --anti take no members");
	return kind == 0 ? INNER : kind;
}

/* An empty list stands for standard input too. */
static bool
has_standard_input(char *const *files)
{
	bool found = files[0] == NULL;

	for (; *files != NULL; files++)
		found = found || strcmp(*files, "-") == 0;
	return found;
}

static void
read_right(struct join *j, char *file)
{
	char *files[] = { file, NULL };
	struct rec *r;
	struct in in;

	rejects_spare(file);
	in_open(&in, files);
	while ((r = in_next_good(&in)) != NULL)
		join_add(j, r);
	in_close(&in);
	join_begin(j, file);
}

int
main(int argc, char **argv)
{
	/* left records; and what was written of the ones and the others */
	uint64_t matched = 0, unmatched = 0, pairs = 0, kept = 0;
	struct join j = { 0 };
	struct stage s;
	struct rec *r;
	uint32_t row;
	size_t at;
	int kind;

	mh_init("mh-join", usage, MH_FILTER);
	kind = read_options(&j, argc, argv);
	argv += optind;
	if (argv[0] == NULL)
		mh_die_usage("RIGHT, the file to join with, is missing");
	if (strcmp(argv[0], "-") == 0 && has_standard_input(argv + 1))
		mh_die_usage("only one side can be standard input");
	read_right(&j, argv[0]);
	stage_open(&s, argv + 1);
	s.shard = j.shard.n != 0 ? &j.shard : NULL;
	while ((r = stage_next(&s)) != NULL) {
		if (!join_has(&j, r)) {
			s.elsewhere++;
		} else if (!join_find(&j, r, &row, &at)) {
			stage_reject(&s, r, "key", j.left.v[at].from,
			    names_value(&j.left, r, at));
		} else if (row == JOIN_NONE) {
			unmatched++;
			if (kind != LEFT && kind != ANTI)
				continue;
			kept++;
			join_put(&j, &s.out.b, r, row);
			out_end(&s.out);
		} else {
			matched++;
			if (kind == ANTI)
				continue;
			for (; row != JOIN_NONE; row = join_next(&j, row)) {
				pairs++;
				join_put(&j, &s.out.b, r, row);
				out_end(&s.out);
			}
		}
	}
	join_end(&j);
	stage_count(&s, "matched", matched);
	stage_count(&s, "unmatched", unmatched);
	stage_count(&s, "pairs", pairs);
	stage_count(&s, "right", j.records);
	return stage_finish(
	    &s, s.in.records ==
			matched + unmatched + s.rejects.records + s.elsewhere &&
		    s.out.records == pairs + kept);
}
