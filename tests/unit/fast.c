/* fast - the short ways give what the long way gives. */
#include <stdlib.h>
#include <unistd.h>

#include "clean.h"
#include "json.h"
#include "mh.h"
#include "rng.h"
#include "tap.h"

#define TRIALS 20000 /* for each column */

static const struct date today = { 2026, 11, 22 };

/* The longest names are those of the columns with something special. */
static const char text[] =
    "entity   t\n"
    "column   text       text\n"
    "column   text_9     text max 9\n"
    "column   pii        text pii title\n"
    "column   lower      text lower max 9\n"
    "column   upper      text upper\n"
    "column   title      text title\n"
    "column   digits     text digits\n"
    "column   int        int\n"
    "column   int_9      int min -9 max 9\n"
    "column   decimal    decimal(14,2) min 0\n"
    "column   decimal_0  decimal(5,0)\n"
    "column   decimal_3  decimal(6,3) min -1.5 max 99.5\n"
    "column   decimal_g  decimal(14,2) grouped\n"
    "column   decimal_c  decimal(14,2) currency US$\n"
    "column   date       date\n"
    "column   date_max   date min 2020-02-29 max today\n"
    "column   date_mdy   date format mdy\n"
    "column   timestamp  timestamp max today\n"
    "column   epoch      timestamp epoch\n"
    "column   bool       bool\n"
    "column   enum       enum values Pago=paid \"Em Tr\xc3\xa2nsito\"\n"
    "column   email      email pii\n"
    "column   phone      phone\n"
    "column   cpf        cpf\n"
    "column   cnpj       cnpj\n"
    "column   cep        cep\n"
    "column   uf         uf\n";

/* Some of these begin as numbers do: those have no fast way then. */
static const char own_nulls[] = "nulls 0 r$ none \xc3\x89 ii 12,50\n";

/* What a column makes of a token; NULL: clean_column() must be asked. */
static const struct {
	const char *column, *token, *want;
} cases[] = {
	{ "text", "\"P0042\"", "\"P0042\"" },
	{ "text", "\"a b\"", "\"a b\"" },
	{ "text", "\"Ra\xc3\xa7\xc3\xa3o 10 kg Lume Mini\"",
	    "\"Ra\xc3\xa7\xc3\xa3o 10 kg Lume Mini\"" },
	{ "text", "\"a  b\"", NULL },
	{ "text", "\"0123456789abcde  f\"", NULL },
	{ "text", "\" a\"", NULL },
	{ "text", "\"a \"", NULL },
	{ "text", "\"0123456789abcdef \"", NULL },
	{ "text", "\"\"", NULL },
	{ "text", "\"n/A\"", NULL },
	{ "text", "\"none\"", "\"none\"" },
	{ "text", "\"a\\u00e9\"", NULL },
	{ "text", "\"a\xcc\x81\"", NULL },
	{ "text", "\"a\xc2\xa0\"", NULL },
	{ "text", "12", NULL },
	{ "text_9", "\"123456789\"", "\"123456789\"" },
	{ "text_9", "\"1234567890\"", NULL },
	{ "title", "\"JO\xc3\x83O DA SILVA\"", "\"Jo\xc3\xa3o da Silva\"" },
	{ "pii", "\"mh1:0a1b2c3d:00112233445566778899aabbccddeeff\"", NULL },
	{ "email", "\"mh1:0a1b2c3d:00112233445566778899aabbccddeeff\"", NULL },
	{ "email", "\"Ana@X.com\"", "\"ana@x.com\"" },
	{ "int", "\"42\"", "42" },
	{ "int", "42", "42" },
	{ "int", "\"42.0\"", "42" },
	{ "int", "\"42,00\"", "42" },
	{ "int", "\"0\"", "0" },
	{ "int", "\"007\"", NULL },
	{ "int", "\"1.000\"", NULL },
	{ "int", "-5", NULL },
	{ "int", "1e2", NULL },
	{ "int", "\"none\"", NULL },
	{ "int", "\"999999999999999999\"", "999999999999999999" },
	{ "int", "\"1000000000000000000\"", NULL },
	{ "int_9", "\"9\"", "9" },
	{ "int_9", "\"10\"", NULL },
	{ "decimal", "\"12\"", "12.00" },
	{ "decimal", "12.5", "12.50" },
	{ "decimal", "\"R$ 1.234,56\"", "1234.56" },
	{ "decimal",
	    "\"R$\xc2\xa0"
	    "1.234,5\"",
	    "1234.50" },
	{ "decimal", "\"BRL 1,234,567.89\"", "1234567.89" },
	{ "decimal", "\"0,5\"", "0.50" },
	{ "decimal", "\"1.500\"", NULL },
	{ "decimal", "\"1.500,\"", NULL },
	{ "decimal", "\"0.500,00\"", NULL },
	{ "decimal", "\"1.23,4\"", NULL },
	{ "decimal", "\"1.234.567\"", NULL },
	{ "decimal", "\"12,345\"", NULL },
	{ "decimal", "\"12.\"", NULL },
	{ "decimal", "\".5\"", NULL },
	{ "decimal", "\"R$\"", NULL },
	{ "decimal", "\"999999999999.99\"", "999999999999.99" },
	{ "decimal", "\"1000000000000\"", NULL },
	{ "decimal_3", "\"99.5\"", "99.500" },
	{ "decimal_3", "\"99.51\"", NULL },
	{ "decimal_3", "\"R$ 1.500\"", NULL },
	{ "date", "\"2024-02-29\"", "\"2024-02-29\"" },
	{ "date", "\"2023-02-29\"", NULL },
	{ "date", "\"31/12/2024\"", "\"2024-12-31\"" },
	{ "date", "\"1.2.2024\"", "\"2024-02-01\"" },
	{ "date", "\"20241231\"", "\"2024-12-31\"" },
	{ "date", "20241231", NULL },
	{ "date", "\"31/12-2024\"", NULL },
	{ "date", "\"12 de mar\xc3\xa7o de 2024\"", "\"2024-03-12\"" },
	{ "date", "\"12/MAR./2024\"", "\"2024-03-12\"" },
	{ "date", "\"2024-12-31 23:59:60\"", NULL },
	{ "date", "\"2024-12-31T23:59Z\"", "\"2024-12-31\"" },
	{ "date_max", "\"22/11/2026\"", "\"2026-11-22\"" },
	{ "date_max", "\"23/11/2026\"", NULL },
	{ "date_max", "\"28/02/2020\"", NULL },
	{ "timestamp", "\"31/12/2024 10:20\"", "\"2024-12-31T10:20:00\"" },
	{ "timestamp", "\"2024-12-31T10:20:30.5-03\"",
	    "\"2024-12-31T10:20:30.5-03:00\"" },
	{ "timestamp", "\"2024-12-31\"", "\"2024-12-31T00:00:00\"" },
	{ "timestamp", "\"2024-12-31 10:20:30.123456789\"",
	    "\"2024-12-31T10:20:30.123456789\"" },
	{ "timestamp", "\"2024-12-31 10:20:30.1234567890\"", NULL },
	{ "timestamp", "\"2024-12-31 10:20.5\"", NULL },
};

/* What random values are made of. */
static const char *const seeds[] = { "12", "1.234,56", "R$ 99,90", "BRL 5",
	"2024-12-31", "31/12/2024", "1/2/2024", "20240229", "12 mar 2024",
	"12 de mar\xc3\xa7o de 2024", "2024-12-31T10:20:30Z", "31.01.1999",
	"2024-06-01 10:20:30.123-03:00", "5.0", "7,00", "0", "1,234,567.8",
	"Jo\xc3\xa3o da Silva", "SANTA B\xc3\x81RBARA D'OESTE", "Pedro II",
	"Padaria Lima ME", "Campinas - SP", "C000042", "none", "n/a", "null",
	"ana.lima@correio.example", "(11) 98765-4321", "529.982.247-25",
	"11.222.333/0001-81", "01310-100", "sp", "S\xc3\xa3o Paulo", "sim",
	"nao", "Pago", "PAID", "em tr\xc3\xa2nsito", "r$ 0", "12,50", "vii",
	"\xc3\x89 isso", "o'neil e \xe2\x80\x99s",
	"mh1:0a1b2c3d:00112233445566778899aabbccddeeff" };

static const char *const bits[] = { " ", "  ", "0", "1", "9", ".", ",", "-",
	"/", ":", "a", "Z", "R$", "\xc2\xa0", "\xc3\xa9", "\xc4\xb0",
	"\xc5\xbf", "\xcc\x81", "\xc2\xad", "\xe2\x80\x8b", "\xf0\x9f\x98\x80",
	"\\n", "\\u0000", "\\u00e9", "\\\\", "'", "\t", "+", "@", "e", "T",
	"x" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct contract *
read_contract(const char *nulls)
{
	char name[] = "/tmp/mh-fast-XXXXXX";
	int fd = mkstemp(name);
	const struct contract *c;

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) ||
	    write(fd, nulls, strlen(nulls)) != (ssize_t)strlen(nulls) ||
	    close(fd) != 0)
		exit(1);
	c = contract_read(name, today);
	unlink(name);
	return c;
}

/* A token as it lies in a line: with something readable behind it. */
static struct slice
in_line(struct buf *line, struct slice token)
{
	line->n = 0;
	buf_text(line, "{\"x\":");
	buf_slice(line, token);
	buf_text(line, "}");
	buf_room(line, 1 + JSON_SLACK);
	memset(line->p + line->n, '\n', 1 + JSON_SLACK);
	return (struct slice){ line->p + 5, token.n };
}

static struct slice
fast(struct fast *f, struct slice token, struct buf *out)
{
	char *end;

	out->n = 0;
	buf_room(out, token.n + FAST_ROOM);
	end = fast_put(f, token, out->p);
	if (end == NULL)
		return (struct slice){ NULL, 0 };
	return (struct slice){ out->p, (size_t)(end - out->p) };
}

static void
test_cases(void)
{
	const struct contract *c = read_contract("");
	struct buf line = { 0 }, out = { 0 };
	struct fast f;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct slice token = in_line(&line, slice_of(cases[i].token)),
			     got;

		fast_open(&f, c, contract_column(c, slice_of(cases[i].column)));
		got = fast(&f, token, &out);
		if (cases[i].want == NULL || got.p == NULL)
			OK_NAMED(cases[i].want == NULL && got.p == NULL,
			    cases[i].token);
		else
			IS(got.p, got.n, cases[i].want, cases[i].token);
	}
	buf_free(&line);
	buf_free(&out);
}

/* A seed with some bits put in and some bytes taken out, mostly a string. */
static void
make_token(struct buf *token, struct rng *rng)
{
	struct slice seed =
	    slice_of(seeds[rng_below(rng, (uint32_t)COUNT(seeds))]);
	size_t i, skip = rng_below(rng, 4) == 0 ? rng_below(rng, 12) : 99;
	bool string = rng_below(rng, 8) != 0;

	token->n = 0;
	if (string)
		buf_byte(token, '"');
	for (i = 0; i < seed.n; i++) {
		if (rng_below(rng, 40) == 0)
			buf_text(
			    token, bits[rng_below(rng, (uint32_t)COUNT(bits))]);
		if (i != skip)
			buf_byte(token, seed.p[i]);
	}
	if (string)
		buf_byte(token, '"');
}

/* Both ways; a memo learns as it does in a cleaner. */
static bool
agree(const struct contract *c, struct fast *f, struct slice token,
    unsigned *answers)
{
	static struct buf quick, slow;
	struct slice got = fast(f, token, &quick);
	enum clean_result result;

	slow.n = 0;
	result = clean_column(c, f->column, token, &slow);
	if (result == CLEAN_GOOD && got.p == NULL && f->memo != NULL)
		memo_keep(f->memo, token, buf_view(&slow));
	*answers += got.p != NULL;
	if (got.p == NULL ||
	    (result == CLEAN_GOOD && slice_eq(got, buf_view(&slow))))
		return true;
	printf("# %.*s %.*s: %.*s, not %.*s\n", (int)f->column->name.n,
	    f->column->name.p, (int)token.n, token.p, (int)got.n, got.p,
	    (int)slow.n, slow.n != 0 ? slow.p : "");
	return false;
}

static void
test_random(const char *nulls, bool all)
{
	const struct contract *c = read_contract(nulls);
	struct buf token = { 0 }, line = { 0 }, name = { 0 };
	size_t i, trial;

	for (i = 0; i < c->ncolumns; i++) {
		struct rng rng = rng_at(1, 1, i);
		unsigned answers = 0;
		bool good = true;
		struct fast f;

		fast_open(&f, c, &c->columns[i]);
		for (trial = 0; trial < TRIALS; trial++) {
			make_token(&token, &rng);
			if (json_valid(buf_view(&token)))
				good = agree(c, &f,
					   in_line(&line, buf_view(&token)),
					   &answers) &&
				       good;
		}
		name.n = 0;
		buf_fmt(&name, "%.*s: %u fast answers", (int)f.column->name.n,
		    f.column->name.p, answers);
		OK_NAMED(good && (!all || f.put == NULL || answers > 100),
		    buf_cstr(&name));
	}
	buf_free(&token);
	buf_free(&line);
	buf_free(&name);
}

int
main(void)
{
	mh_init("fast", "", 0);
	test_cases();
	test_random("", true);
	test_random("nulls none ii vazio\n", true);
	test_random(own_nulls, false);
	return tap_done();
}
