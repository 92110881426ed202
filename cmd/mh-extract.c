/*
 * mh-extract - a table of PostgreSQL as a stream of records.
 */
#include <unistd.h>

#include "db.h"
#include "db_extract.h"
#include "mh.h"

static const char usage[] =
    "usage: mh-extract [-l] [options] TABLE\n"
    "  -l, --lakehouse      from LAKEHOUSE_URL (default: SUPABASE_URL)\n"
    "      --page N         rows a page, 0 = all at once (default 100000)\n"
    "      --columns A,B,...  only these columns, in this order\n"
    "      --where SQL      only rows for which this condition holds\n"
    "  -k, --key A,B,...    page by these columns (default: primary key)\n"
    "      --shard I/N      only shard I of N, from 0 on\n"
    "      --shard-key A,B,...  ... by these columns (default: primary key)\n";

enum {
	OPT_PAGE = 256,
	OPT_COLUMNS,
	OPT_WHERE,
	OPT_SHARD,
	OPT_SHARD_KEY,
};

static const struct option longs[] = {
	{ "lakehouse", 0, NULL, 'l' },
	{ "page", 1, NULL, OPT_PAGE },
	{ "columns", 1, NULL, OPT_COLUMNS },
	{ "where", 1, NULL, OPT_WHERE },
	{ "key", 1, NULL, 'k' },
	{ "shard", 1, NULL, OPT_SHARD },
	{ "shard-key", 1, NULL, OPT_SHARD_KEY },
	{ 0 },
};

int
main(int argc, char **argv)
{
	struct db_extract form = { .page = 100000 };
	static struct stage s;
	int c;

	mh_init("mh-extract", usage, MH_WRITES | MH_GIVES_KEYS);
	while ((c = mh_getopt(argc, argv, "lk:", longs)) != -1) {
		switch (c) {
		case 'l': form.lakehouse = true; break;
		case OPT_PAGE:
			form.page =
			    mh_number("--page", optarg, 0, INT64_MAX, false);
			break;
		case OPT_COLUMNS: form.columns = optarg; break;
		case OPT_WHERE: form.where = optarg; break;
		case 'k': form.key = optarg; break;
		case OPT_SHARD: form.shard = shard_parse(optarg); break;
		case OPT_SHARD_KEY: form.shard_key = optarg; break;
		}
	}
	if (form.shard_key != NULL && form.shard.n == 0)
		mh_die_usage("--shard-key: it says what to --shard by");
	if (optind != argc - 1)
		mh_die_usage("needs the name of one table");
	form.table = argv[optind];
	db_refuse_url(form.table);
	stage_open_source(&s);
	if (form.shard.n != 0)
		s.shard = &form.shard;
	db_extract(&s, &form);
	return stage_finish(&s, s.in.records == s.out.records + s.elsewhere);
}
