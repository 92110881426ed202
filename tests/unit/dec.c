/* dec - decimals: JSON's numbers, scales, and the edges. */
#include <stdio.h>

#include "dec.h"
#include "shown.h"
#include "tap.h"

#define ZEROS38 "00000000000000000000000000000000000000"
#define NINES38 "99999999999999999999999999999999999999"

static void
check(const char *got, const char *want, const char *name)
{
	IS(got, strlen(got), want, name);
}

static struct dec
dec_of(const char *text)
{
	struct dec d = { 0 };

	if (!dec_from_json(&d, slice_of(text)))
		OK_NAMED(false, text);
	return d;
}

static void
test_json(void)
{
	static const char *const rows[][2] = {
		{ "0", "0" },
		{ "-0", "0" },
		{ "-0.00", "0.00" },
		{ "42", "42" },
		{ "-42", "-42" },
		{ "1.50", "1.50" },
		{ "1.500", "1.500" },
		{ "0.05", "0.05" },
		{ "-0.05", "-0.05" },
		{ "1e2", "100" },
		{ "1E+2", "100" },
		{ "15e-1", "1.5" },
		{ "1.50e1", "15.0" },
		{ "1.50e5", "150000" },
		{ "-1.5e-3", "-0.0015" },
		{ "12345678901234567891", "12345678901234567891" },
		{ NINES38, NINES38 },
		{ "-" NINES38, "-" NINES38 },
		{ "1" ZEROS38, "none" },
		{ NINES38 "9", "none" },
		{ NINES38 ".0", NINES38 },
		{ NINES38 ".1", "none" },
		{ "0." NINES38, "0." NINES38 },
		{ "0." NINES38 "9", "none" },
		{ "1." ZEROS38 ZEROS38,
		    "1.0000000000000000000000000000000000000" },
		{ "1" ZEROS38 "e-38",
		    "1.0000000000000000000000000000000000000" },
		{ "1" ZEROS38 ZEROS38 "e-76",
		    "1.0000000000000000000000000000000000000" },
		{ "0." ZEROS38 "1e39", "1" },
		{ "0." ZEROS38 "1", "none" },
		{ "1e37", "10000000000000000000000000000000000000" },
		{ "1e38", "none" },
		{ "1e-38", "0.00000000000000000000000000000000000001" },
		{ "1e-39", "none" },
		{ "1e400", "none" },
		{ "1e99999999999999999999999", "none" },
		{ "1e-99999999999999999999999", "none" },
		{ "0e99999999999999999999999", "0" },
		{ "0e-5", "0.00000" },
		{ "0e-400", "0." ZEROS38 },
		{ "", "none" },
		{ "-", "none" },
		{ "+1", "none" },
		{ "1 ", "none" },
		{ "1x", "none" },
		{ "1.5.0", "none" },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dec d = { 0 };
		bool good = dec_from_json(&d, slice_of(rows[i][0]));

		check(shown(good, d), rows[i][1], rows[i][0]);
	}
}

static void
test_scale(void)
{
	static const struct {
		const char *from;
		int scale;
		const char *exact, *rounded;
	} rows[] = {
		{ "10", 2, "10.00", "10.00" },
		{ "10.00", 0, "10", "10" },
		{ "10.10", 1, "10.1", "10.1" },
		{ "10.15", 1, "none", "10.2" },
		{ "-10.15", 1, "none", "-10.2" },
		{ "10.14", 1, "none", "10.1" },
		{ "0.5", 0, "none", "1" },
		{ "-0.5", 0, "none", "-1" },
		{ "0.49", 0, "none", "0" },
		{ "-0.49", 0, "none", "0" },
		{ "2.5", 0, "none", "3" },
		{ "9.995", 2, "none", "10.00" },
		{ "0", 38, "0." ZEROS38, "0." ZEROS38 },
		{ "1", 38, "none", "none" },
		{ NINES38, 1, "none", "none" },
		{ NINES38, 0, NINES38, NINES38 },
		{ "0." NINES38, 0, "none", "1" },
		{ "1", 39, "none", "none" },
		{ "1", -1, "none", "none" },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dec d = dec_of(rows[i].from), before = d;
		bool good = dec_rescale(&d, rows[i].scale);

		check(shown(good, d), rows[i].exact, rows[i].from);
		if (!good)
			OK(d.coef == before.coef && d.scale == before.scale);
		d = before;
		good = dec_round(&d, rows[i].scale);
		check(shown(good, d), rows[i].rounded, rows[i].from);
		if (!good)
			OK(d.coef == before.coef && d.scale == before.scale);
	}
}

static void
test_edges(void)
{
	struct dec a, q = { 7, 0 };
	int64_t v = 7;

	a = dec_of(NINES38);
	OK(!dec_add(&a, dec_of("1")) && !dec_add(&a, dec_of(NINES38)));
	OK(!dec_add(&a, dec_of("0.5")) && !dec_add(&q, dec_of("1e-38")));
	OK(!dec_mul(&a, dec_of("10")) && !dec_mul(&a, a));
	check(shown(true, a), NINES38, "a number that failed stays");
	OK(dec_add(&a, dec_of("-" NINES38)));
	check(shown(true, a), "0", "the largest and the smallest");
	a = dec_of("1e-20");
	OK(!dec_mul(&a, a));

	OK(!dec_div(&q, dec_of("1"), dec_of("0.00"), 2));
	OK(!dec_div(&q, dec_of("1"), dec_of("1e-38"), 0));
	OK(!dec_div(&q, dec_of("1"), dec_of("3"), 39));
	OK(!dec_div(&q, dec_of("1"), dec_of("3"), -1));
	OK(q.coef == 7 && q.scale == 0);
	check(shown(dec_div(&q, dec_of("1"), dec_of("3"), 12), q),
	    "0.333333333333", "1/3");
	check(shown(dec_div(&q, dec_of("-2"), dec_of("3"), 12), q),
	    "-0.666666666667", "-2/3");
	check(shown(dec_div(&q, dec_of("1.00"), dec_of("-8"), 2), q), "-0.13",
	    "half away from zero");
	check(shown(dec_div(&q, dec_of("-1"), dec_of("1000"), 2), q), "0.00",
	    "zero has no sign");
	check(shown(dec_div(&q, dec_of(NINES38), dec_of(NINES38), 37), q),
	    "1.0000000000000000000000000000000000000", "largest by largest");
	check(shown(dec_div(&q, dec_of("1e37"), dec_of(NINES38), 38), q),
	    "0.10000000000000000000000000000000000000",
	    "no room for ten rests");

	OK(dec_int_digits(dec_of("0")) == 0);
	OK(dec_int_digits(dec_of("0.5")) == 0);
	OK(dec_int_digits(dec_of("-1.5")) == 1);
	OK(dec_int_digits(dec_of("9.99")) == 1);
	OK(dec_int_digits(dec_of("10.00")) == 2);
	OK(dec_int_digits(dec_of(NINES38)) == 38);

	OK(dec_to_i64(&v, dec_of("-42.00")) && v == -42);
	OK(!dec_to_i64(&v, dec_of("42.5")) && v == -42);
	OK(dec_to_i64(&v, dec_from_i64(INT64_MIN)) && v == INT64_MIN);
}

int
main(void)
{
	test_json();
	test_scale();
	test_edges();
	return tap_done();
}
