/*
 * mh-to-csv - NDJSON to CSV, one column for each member.
 */
#include "csvout.h"
#include "mh.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-to-csv [options] [file ...]\n"
    "  -d, --delimiter CHAR  what stands between fields (default a comma)\n"
    "      --columns A,B,... these members, in this order; NEW=OLD renames\n"
    "                        (default: those of the first record)\n"
    "      --excel-safe      a ' before text that a spreadsheet would run\n"
    "      --crlf            rows end with CR LF\n"
    "      --bom             begin with a byte order mark, for Excel\n"
    "      --no-header       no row with the names\n";

enum {
	OPT_COLUMNS = 256,
	OPT_EXCEL_SAFE,
	OPT_CRLF,
	OPT_BOM,
	OPT_NO_HEADER,
};

static const struct option longs[] = {
	{ "delimiter", 1, NULL, 'd' },
	{ "columns", 1, NULL, OPT_COLUMNS },
	{ "excel-safe", 0, NULL, OPT_EXCEL_SAFE },
	{ "crlf", 0, NULL, OPT_CRLF },
	{ "bom", 0, NULL, OPT_BOM },
	{ "no-header", 0, NULL, OPT_NO_HEADER },
	{ NULL, 0, NULL, 0 },
};

/* The members of the first record are the columns. */
static void
take_columns(struct names *columns, struct arena *keep, const struct rec *r)
{
	size_t i;

	if (r->n == 0)
		mh_die(MH_DATA,
		    "%s: line %llu: the first record has no members; "
		    "--columns says what to write",
		    r->file, (unsigned long long)r->lineno);
	for (i = 0; i < r->n; i++) {
		struct slice name = arena_keep(keep, r->m[i].name);

		if (name.n == 0)
			mh_die(MH_DATA,
			    "%s: line %llu: a member without a name", r->file,
			    (unsigned long long)r->lineno);
		names_add(columns, "--columns", name, name);
	}
}

/* The place of the first member that no column has; r->n if there is none. */
static size_t
find_alien(const struct names *columns, const struct rec *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		if (names_find(columns, r->m[i].name) == columns->n)
			break;
	}
	return i;
}

int
main(int argc, char **argv)
{
	struct csvout_form form = { .delim = ',' };
	struct names columns = { 0 };
	struct arena keep = { 0 };
	size_t alien = SIZE_MAX;
	struct csvout csv;
	struct stage s;
	struct rec *r;
	bool chosen;
	int c;

	mh_init("mh-to-csv", usage, MH_READS | MH_WRITES | MH_REJECTS);
	while ((c = mh_getopt(argc, argv, "d:", longs)) != -1) {
		switch (c) {
		case 'd': form.delim = csv_delimiter(optarg); break;
		case OPT_COLUMNS:
			names_parse(&columns, "--columns", optarg);
			break;
		case OPT_EXCEL_SAFE: form.excel_safe = true; break;
		case OPT_CRLF: form.crlf = true; break;
		case OPT_BOM: form.bom = true; break;
		case OPT_NO_HEADER: form.no_header = true; break;
		default: break;
		}
	}
	chosen = columns.n > 0;
	stage_open(&s, argv + optind);
	s.silent = true; /* CSV has no place for a seal */
	csvout_begin(&csv, &form);
	if (chosen)
		csvout_header(&csv, &s.out.b, &columns);
	while ((r = stage_next(&s)) != NULL) {
		if (columns.n == 0) {
			take_columns(&columns, &keep, r);
			csvout_header(&csv, &s.out.b, &columns);
		}
		/* with --columns the others are left out on purpose */
		if (names_seek(&columns, r) && !chosen)
			alien = find_alien(&columns, r);
		if (alien < r->n) {
			stage_reject(&s, r, "fields", r->m[alien].name,
			    r->m[alien].value);
			continue;
		}
		csvout_row(&csv, &s.out.b, &columns, r);
		out_end(&s.out);
	}
	csvout_free(&csv);
	names_free(&columns);
	arena_free(&keep);
	return stage_finish(
	    &s, s.in.records == s.out.records + s.rejects.records);
}
