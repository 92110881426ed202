/* wide - sums past the digits of a decimal. */
#include "tap.h"
#include "wide.h"

#define TERMS_MAX 5

static const struct {
	const char *name;
	const char *terms[TERMS_MAX];
	int scale;
	const char *text; /* NULL: one of the terms is refused */
	const char *dec;  /* NULL: it does not fit */
} tests[] = {
	{ "nothing", { NULL }, 2, "0.00", "0.00" },
	{ "small ones", { "1.5", "-0.25", "0" }, 2, "1.25", "1.25" },
	{ "less than one", { "-0.05" }, 2, "-0.05", "-0.05" },
	{ "there and back",
	    { "99999999999999999999999999999999999999",
		"99999999999999999999999999999999999999",
		"-99999999999999999999999999999999999999",
		"-99999999999999999999999999999999999998" },
	    0, "1", "1" },
	{ "too long, and stays so",
	    { "99999999999999999999999999999999999999", "1" }, 0,
	    "100000000000000000000000000000000000000", NULL },
	{ "too long below zero",
	    { "-99999999999999999999999999999999999999", "-1" }, 0,
	    "-100000000000000000000000000000000000000", NULL },
	{ "the longest decimal", { "-99999999999999999999999999999999999999" },
	    0, "-99999999999999999999999999999999999999",
	    "-99999999999999999999999999999999999999" },
	{ "too long by its scale",
	    { "99999999999999999999999999999999999999", "0.5" }, 1,
	    "99999999999999999999999999999999999999.5", NULL },
	{ "all digits there can be",
	    { "1844674407370955161500000000000000000000000000000000000000",
		"0.00000000000000000000000000000000000001" },
	    38,
	    "1844674407370955161500000000000000000000000000000000000000."
	    "00000000000000000000000000000000000001",
	    NULL },
	{ "digits that only forged states have",
	    { "9999999999999999999999999999999999999999999999999999999999",
		"9999999999999999999999999999999999999999999999999999999999" },
	    0, "19999999999999999999999999999999999999999999999999999999998",
	    NULL },
	{ "no digits", { "" }, 0, NULL, NULL },
	{ "no digits behind the mark", { "1." }, 0, NULL, NULL },
	{ "none before it", { ".5" }, 0, NULL, NULL },
	{ "an exponent", { "1e5" }, 0, NULL, NULL },
	{ "two signs", { "--1" }, 0, NULL, NULL },
	{ "more digits than a sum has",
	    { "10000000000000000000000000000000000000000000000000000000000" },
	    0, NULL, NULL },
	{ "more behind the mark",
	    { "0.000000000000000000000000000000000000001" }, 0, NULL, NULL },
};

static void
test_sum(size_t i)
{
	struct wide w = { { 0 } };
	struct buf out = { 0 };
	struct dec d = { 7, 0 };
	bool good = true, fits;
	size_t k;
	int scale;

	for (k = 0; k < TERMS_MAX && tests[i].terms[k] != NULL; k++)
		good = good &&
		       wide_add_text(&w, slice_of(tests[i].terms[k]), &scale);
	OK_NAMED(good == (tests[i].text != NULL), tests[i].name);
	if (tests[i].text == NULL)
		return;
	wide_put(&out, &w, tests[i].scale);
	IS(out.p, out.n, tests[i].text, tests[i].name);
	fits = wide_to_dec(&d, &w, tests[i].scale);
	OK_NAMED(fits == (tests[i].dec != NULL), tests[i].name);
	out.n = 0;
	dec_put(&out, d);
	IS(out.p, out.n, fits ? tests[i].dec : "7", tests[i].name);
	buf_free(&out);
}

/* Coefficients of 128 bits, which no decimal has. */
static void
test_add(void)
{
	const dec_int most = (((dec_int)1 << 126) - 1) * 2 + 1;
	struct wide w = { { 0 } };
	struct buf out = { 0 };
	struct dec d;

	wide_add(&w, (struct dec){ most, 0 });
	wide_add(&w, (struct dec){ most, 38 });
	wide_put(&out, &w, 38);
	IS(out.p, out.n,
	    "170141183460469231731687303715884105728."
	    "70141183460469231731687303715884105727",
	    "the largest coefficient");
	wide_add(&w, (struct dec){ -most, 0 });
	OK(!wide_to_dec(&d, &w, 37));
	wide_add(&w, (struct dec){ -most, 38 });
	OK(wide_to_dec(&d, &w, 0) && d.coef == 0 && d.scale == 0);
	buf_free(&out);
}

int
main(void)
{
	size_t i;

	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		test_sum(i);
	test_add();
	return tap_done();
}
