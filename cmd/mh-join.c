/* mh-join - put what other records say behind those of the same key. */
#include "join.h"
#include "memory.h"
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
    "  -o, --output [NEW=]NAME,...  write these members of both, in this order\n"
    "  -m, --multi              RIGHT may repeat a key: write every pair\n"
    "  -p, --prefix TEXT        put TEXT before the names of what is taken\n"
    "      --shard I/N          only shard I of N, from 0 on, of both sides\n"
    "      --memory SIZE        for RIGHT, before temporary files are used\n"
    "                           (default a quarter of the machine's)\n";

enum {
	INNER = 256,
	LEFT,
	SEMI,
	ANTI,
	SHARD,
	MEMORY,
};

static const struct option longs[] = {
	{ "key", required_argument, NULL, 'k' },
	{ "inner", no_argument, NULL, INNER },
	{ "left", no_argument, NULL, LEFT },
	{ "semi", no_argument, NULL, SEMI },
	{ "anti", no_argument, NULL, ANTI },
	{ "fields", required_argument, NULL, 'f' },
	{ "output", required_argument, NULL, 'o' },
	{ "multi", no_argument, NULL, 'm' },
	{ "prefix", required_argument, NULL, 'p' },
	{ "shard", required_argument, NULL, SHARD },
	{ "memory", required_argument, NULL, MEMORY },
	{ 0 },
};

static void
read_options(struct join *j, int argc, char **argv)
{
	const char *memory = NULL;
	int c, kind = 0;

	while ((c = mh_getopt(argc, argv, "k:f:mo:p:", longs)) != -1) {
		switch (c) {
		case 'k': join_keys(j, optarg); break;
		case 'f': join_take(j, optarg); break;
		case 'o': join_output(j, optarg); break;
		case 'm': j->multi = true; break;
		case SHARD: j->shard = shard_parse(optarg); break;
		case MEMORY: memory = optarg; break;
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
	j->keep_unmatched = kind == LEFT || kind == ANTI;
	j->drop_matched = kind == ANTI;
	j->memory = memory_limit("--memory", memory);
	if (j->right.n == 0)
		mh_die_usage("-k: the key is missing");
	if (j->bare && (j->fields.n != 0 || j->prefix != NULL))
		mh_die_usage("-f and -p: --semi and --anti take no members");
	join_lay_out(j);
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
	while ((r = in_next(&in)) != NULL)
		join_add(j, r);
	in_close(&in);
	join_begin(j, file);
}

int
main(int argc, char **argv)
{
	struct join j = { 0 };
	struct stage s;
	struct rec *r;
	size_t at;

	mh_init("mh-join", usage, MH_FILTER);
	read_options(&j, argc, argv);
	argv += optind;
	if (argv[0] == NULL)
		mh_die_usage("RIGHT, the file to join with, is missing");
	if (strcmp(argv[0], "-") == 0 && has_standard_input(argv + 1))
		mh_die_usage("only one side can be standard input");
	read_right(&j, argv[0]);
	stage_open(&s, argv + 1);
	s.shard = j.shard.n != 0 ? &j.shard : NULL;
	while ((r = stage_next(&s)) != NULL) {
		if (!join_has(&j, r))
			s.elsewhere++;
		else if (!join_left(&j, &s.out, r, &at))
			stage_reject(&s, r, "key", j.left.v[at].from,
			    names_value(&j.left, r, at));
	}
	join_end(&j, &s.out);
	stage_count(&s, "matched", j.matched);
	stage_count(&s, "unmatched", j.unmatched);
	stage_count(&s, "pairs", j.pairs);
	stage_count(&s, "right", j.records);
	return stage_finish(&s,
	    s.in.records ==
		    j.matched + j.unmatched + s.rejects.records + s.elsewhere &&
		s.out.records == j.pairs + j.kept);
}
