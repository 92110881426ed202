/*
 * mh-load - a stream of records into a table of PostgreSQL.
 */
#include <string.h>

#include "db.h"
#include "db_load.h"
#include "mh.h"

static const char usage[] =
    "usage: mh-load [options] TABLE [file ...]\n"
    "      --mode MODE      upsert (default), append or replace\n"
    "      --replace        the same as --mode replace\n"
    "      --whole          the records are all that the table is made of: in a\n"
    "                       run, rejects of earlier ones are no longer open\n"
    "      --columns A,B,...  load only these, the others keep their defaults\n"
    "      --ignore-unknown  leave out members that have no column\n"
    "      --batch N        rows a round trip (default 10000)\n"
    "      --lock-timeout N  wait so many seconds for a lock (default 30)\n";

enum {
	OPT_MODE = 256,
	OPT_REPLACE,
	OPT_WHOLE,
	OPT_COLUMNS,
	OPT_IGNORE_UNKNOWN,
	OPT_BATCH,
	OPT_LOCK_TIMEOUT,
};

static const struct option longs[] = {
	{ "mode", 1, NULL, OPT_MODE },
	{ "replace", 0, NULL, OPT_REPLACE },
	{ "whole", 0, NULL, OPT_WHOLE },
	{ "columns", 1, NULL, OPT_COLUMNS },
	{ "ignore-unknown", 0, NULL, OPT_IGNORE_UNKNOWN },
	{ "batch", 1, NULL, OPT_BATCH },
	{ "lock-timeout", 1, NULL, OPT_LOCK_TIMEOUT },
	{ 0 },
};

static enum db_mode
mode_named(const char *name)
{
	if (strcmp(name, "upsert") == 0)
		return DB_UPSERT;
	if (strcmp(name, "append") == 0)
		return DB_APPEND;
	if (strcmp(name, "replace") == 0)
		return DB_REPLACE;
	mh_die_usage("--mode: not upsert, append or replace: %s", name);
}

int
main(int argc, char **argv)
{
	struct db_load form = { .batch = 10000, .lock_timeout = 30 };
	static struct stage s;
	int c;

	mh_init("mh-load", usage, MH_READS | MH_REJECTS);
	while ((c = mh_getopt(argc, argv, "", longs)) != -1) {
		switch (c) {
		case OPT_MODE: form.mode = mode_named(optarg); break;
		case OPT_REPLACE: form.mode = DB_REPLACE; break;
		case OPT_WHOLE: form.whole = true; break;
		case OPT_COLUMNS: form.columns = optarg; break;
		case OPT_IGNORE_UNKNOWN: form.ignore_unknown = true; break;
		case OPT_BATCH:
			form.batch = (size_t)mh_number(
			    "--batch", optarg, 1, 100000, false);
			break;
		case OPT_LOCK_TIMEOUT:
			form.lock_timeout = (unsigned)mh_number(
			    "--lock-timeout", optarg, 1, 86400, false);
			break;
		}
	}
	if (optind == argc)
		mh_die_usage("needs the name of a table");
	form.table = argv[optind];
	db_refuse_url(form.table);
	stage_open(&s, argv + optind + 1);
	s.silent = true;
	return db_load(&s, &form);
}
