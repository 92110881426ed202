/*
 * mh-contract - check contracts, and write down what follows from them.
 */
#include "contract_write.h"
#include "expect.h"
#include "mh.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-contract [--check | --ddl LAYER | --json-schema | --markdown\n"
    "                   | --columns | --names | --key | --references]\n"
    "                   contract ...\n"
    "       mh-contract --list | --print NAME\n"
    "      --check          only say what is wrong (the default)\n"
    "      --ddl bronze|silver  the tables as SQL for PostgreSQL\n"
    "      --json-schema    the clean records as JSON Schema\n"
    "      --markdown       a data dictionary\n"
    "      --columns        the columns' names, a line each\n"
    "      --names          the same, each with its names in the source\n"
    "      --key            the same of the key's columns alone\n"
    "      --references     a line each: a column and the entity it refers to\n"
    "      --list           the names of the built-in contracts\n"
    "      --print NAME     the text of a built-in contract\n";

enum mode {
	MODE_NONE,
	MODE_CHECK = 256,
	MODE_DDL,
	MODE_JSON_SCHEMA,
	MODE_MARKDOWN,
	MODE_COLUMNS,
	MODE_NAMES,
	MODE_KEY,
	MODE_REFERENCES,
	MODE_LIST,
	MODE_PRINT,
};

/* in the order of enum mode */
static const struct option longs[] = {
	{ "check", 0, NULL, MODE_CHECK },
	{ "ddl", 1, NULL, MODE_DDL },
	{ "json-schema", 0, NULL, MODE_JSON_SCHEMA },
	{ "markdown", 0, NULL, MODE_MARKDOWN },
	{ "columns", 0, NULL, MODE_COLUMNS },
	{ "names", 0, NULL, MODE_NAMES },
	{ "key", 0, NULL, MODE_KEY },
	{ "references", 0, NULL, MODE_REFERENCES },
	{ "list", 0, NULL, MODE_LIST },
	{ "print", 1, NULL, MODE_PRINT },
	{ NULL, 0, NULL, 0 },
};

/* What the command line asks for. */
struct order {
	int mode;
	const char *value; /* of --ddl and --print */
	enum layer layer;
	char **names; /* ends with NULL */
	size_t n;
};

static void
take_options(struct order *o, int argc, char **argv)
{
	int c;

	while ((c = mh_getopt(argc, argv, "", longs)) != -1) {
		if (o->mode != MODE_NONE)
			mh_die_usage("--%s: only one of these at a time",
			    longs[c - MODE_CHECK].name);
		o->mode = c;
		o->value = optarg;
	}
	o->names = argv + optind;
	o->n = (size_t)(argc - optind);
	if (o->mode == MODE_LIST || o->mode == MODE_PRINT) {
		if (o->n > 0)
			mh_die_usage("--%s: takes no contracts: %s",
			    longs[o->mode - MODE_CHECK].name, o->names[0]);
	} else if (o->n == 0) {
		mh_die_usage("a contract is needed: a file or a name");
	}
	if (o->mode == MODE_DDL) {
		o->layer = strcmp(o->value, "silver") == 0 ? LAYER_SILVER
							   : LAYER_BRONZE;
		if (o->layer == LAYER_BRONZE && strcmp(o->value, "bronze") != 0)
			mh_die_usage(
			    "--ddl: bronze or silver, not %s", o->value);
	}
}

/* All are read before the first is written: a wrong one leaves no half. */
static size_t
write_contracts(struct buf *out, const struct order *o)
{
	const struct contract **all = mem_zero(o->n, sizeof(*all));
	struct date today = date_today(NULL);
	size_t i;

	for (i = 0; i < o->n; i++) {
		all[i] = contract_read(o->names[i], today);
		expect_check(all[i]);
	}
	if (o->mode == MODE_DDL)
		contract_ddl(out, all, o->n, o->layer);
	for (i = 0; i < o->n; i++) {
		switch (o->mode) {
		case MODE_JSON_SCHEMA: contract_json_schema(out, all[i]); break;
		case MODE_MARKDOWN: contract_markdown(out, all[i]); break;
		case MODE_COLUMNS: contract_columns(out, all[i]); break;
		case MODE_NAMES: contract_names(out, all[i]); break;
		case MODE_KEY: contract_key(out, all[i]); break;
		case MODE_REFERENCES: contract_references(out, all[i]); break;
		default: break;
		}
	}
	return o->n;
}

static size_t
print_builtin(struct buf *out, const char *name)
{
	const char *text = contract_text(name);

	if (text == NULL)
		mh_die_usage("--print: no contract %s: see --list", name);
	buf_text(out, text);
	return 1;
}

int
main(int argc, char **argv)
{
	struct order o = { 0 };
	struct stage s;

	mh_init("mh-contract", usage, 0);
	take_options(&o, argc, argv);
	stage_open_source(&s);
	s.silent = true; /* it writes no records */
	switch (o.mode) {
	case MODE_LIST: s.in.records = contract_list(&s.out.b); break;
	case MODE_PRINT: s.in.records = print_builtin(&s.out.b, o.value); break;
	default: s.in.records = write_contracts(&s.out.b, &o); break;
	}
	s.out.records = s.in.records;
	return stage_finish(&s, true);
}
