/*
 * mh-from-csv - CSV to NDJSON, every value just as it stands in the file.
 */
#include "csvin.h"
#include "csvout.h"
#include "mh.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-from-csv [options] [file ...]\n"
    "  -d, --delimiter CHAR  what stands between fields (default a comma)\n"
    "      --columns A,B,... the names of the columns: there is no header\n"
    "      --encoding NAME   utf8 (default), latin1 or cp1252\n";

enum {
	OPT_COLUMNS = 256,
	OPT_ENCODING,
};

static const struct option longs[] = {
	{ "delimiter", 1, NULL, 'd' },
	{ "columns", 1, NULL, OPT_COLUMNS },
	{ "encoding", 1, NULL, OPT_ENCODING },
	{ NULL, 0, NULL, 0 },
};

static enum csvin_encoding
read_encoding(const char *name)
{
	static const char *const names[] = { [CSVIN_UTF8] = "utf8",
		[CSVIN_LATIN1] = "latin1",
		[CSVIN_CP1252] = "cp1252" };
	enum csvin_encoding e;

	for (e = CSVIN_UTF8; e <= CSVIN_CP1252; e++) {
		if (strcmp(name, names[e]) == 0)
			return e;
	}
	mh_die_usage("--encoding: not utf8, latin1 or cp1252: %s", name);
}

/* Names for columns, none of which has a name in the file. */
static void
read_columns(struct names *columns, const char *text)
{
	size_t i;

	names_parse(columns, "--columns", text);
	for (i = 0; i < columns->n; i++) {
		if (!slice_eq(columns->v[i].to, columns->v[i].from))
			mh_die_usage("--columns: a column without a header "
				     "cannot be renamed: %s",
			    text);
	}
}

static void
refuse(struct stage *s, struct csvin *csv, const struct rec *r)
{
	struct failure f = { .reason = r->fault, .field = csv->field };

	if (csv->problem.n > 0)
		f.message = buf_cstr(&csv->problem);
	rejects_add(&s->rejects, r, &f, 1);
}

/* One wrong byte seldom comes alone: it is the file that is not UTF-8. */
static void
hint_at_encoding(uint64_t rows)
{
	if (rows > 0)
		mh_warn("rows that are no UTF-8: %llu; what a spreadsheet "
			"wrote may want --encoding cp1252",
		    (unsigned long long)rows);
}

int
main(int argc, char **argv)
{
	struct names columns = { 0 };
	struct csvin_form form = { .columns = &columns };
	struct csvin csv;
	struct stage s;
	const struct rec *r;
	uint64_t foreign = 0;
	int c;

	mh_init("mh-from-csv", usage, MH_READS | MH_WRITES | MH_REJECTS);
	while ((c = mh_getopt(argc, argv, "d:", longs)) != -1) {
		switch (c) {
		case 'd': form.delim = csv_delimiter(optarg); break;
		case OPT_COLUMNS: read_columns(&columns, optarg); break;
		case OPT_ENCODING: form.encoding = read_encoding(optarg); break;
		default: break;
		}
	}
	stage_open(&s, argv + optind);
	csvin_open(&csv, &s.in, &form);
	while ((r = csvin_next(&csv, &s.out.b)) != NULL) {
		if (r->fault == NULL) {
			out_end(&s.out);
		} else {
			foreign += strcmp(r->fault, "utf8") == 0;
			refuse(&s, &csv, r);
		}
		if (s.in.records % 4096 == 0)
			stage_progress(&s);
	}
	csvin_close(&csv);
	names_free(&columns);
	hint_at_encoding(foreign);
	return stage_finish(
	    &s, s.in.records == s.out.records + s.rejects.records);
}
