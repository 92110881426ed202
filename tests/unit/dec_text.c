/* dec - decimals as people write them: what is read, what is refused. */
#include <stdio.h>

#include "dec.h"
#include "shown.h"
#include "tap.h"

#define NBSP    "\xc2\xa0"     /* U+00A0 */
#define NARROW  "\xe2\x80\xaf" /* U+202F */
#define MINUS   "\xe2\x88\x92" /* U+2212 */
#define ZEROS38 "00000000000000000000000000000000000000"
#define NINES38 "99999999999999999999999999999999999999"

static void
check(const char *got, const char *want, const char *name)
{
	IS(got, strlen(got), want, name);
}

struct text_row {
	const char *text, *want;
};

static void
check_texts(
    const struct text_row *row, const struct dec_form *form, const char *what)
{
	char name[200];

	for (; row->text != NULL; row++) {
		struct dec d = { 0 };
		bool good = dec_from_text(&d, slice_of(row->text), form);

		snprintf(name, sizeof(name), "%s: %s", what, row->text);
		check(shown(good, d), row->want, name);
	}
}

static void
test_parts(void)
{
	static const struct text_row rows[] = {
		{ "R$ 1.234,56", "1234.56" },
		{ "r$1.234,56", "1234.56" },
		{ "R$" NBSP "1.234,56", "1234.56" },
		{ "R$" NARROW " 1.234,56", "1234.56" },
		{ "BRL 10", "10" },
		{ "brl10", "10" },
		{ "10 BRL", "10" },
		{ "10R$", "10" },
		{ "10,00" NBSP "Brl", "10.00" },
		{ "+10", "10" },
		{ "-10", "-10" },
		{ MINUS "10,5", "-10.5" },
		{ "10-", "-10" },
		{ "10 -", "-10" },
		{ "- 10", "-10" },
		{ "(10)", "-10" },
		{ "( 10,50 )", "-10.50" },
		{ "-R$ 10", "-10" },
		{ "R$ -10", "-10" },
		{ "R$-10", "-10" },
		{ "+ R$ 10", "10" },
		{ "R$ " MINUS " 10", "-10" },
		{ "R$ 10-", "-10" },
		{ "10- R$", "-10" },
		{ "10 R$-", "-10" },
		{ "-10 BRL", "-10" },
		{ "(R$ 10)", "-10" },
		{ "R$ (10)", "-10" },
		{ "(10) R$", "-10" },
		{ "(10 BRL )", "-10" },
		{ "-0", "0" },
		{ "(0,00)", "0.00" },
		/* two signs, two marks, or none of ours */
		{ "--10", "none" },
		{ "+-10", "none" },
		{ "-10-", "none" },
		{ "-(10)", "none" },
		{ "(-10)", "none" },
		{ "((10))", "none" },
		{ "(10", "none" },
		{ "10)", "none" },
		{ "10+", "none" },
		{ "10" MINUS, "none" },
		{ "R$ R$ 10", "none" },
		{ "R$ 10 R$", "none" },
		{ "R$ 10 BRL", "none" },
		{ "R 10", "none" },
		{ "$10", "none" },
		{ "US$ 10", "none" },
		{ "10 US$", "none" },
		{ "AR$ 10", "none" },
		{ "10 AR$", "none" },
		{ "\xe2\x82\xac 10", "none" },
		{ "R$\t10", "none" },
		{ "R$\xe2\x80\x89"
		  "10",
		    "none" },
		{ "", "none" },
		{ " ", "none" },
		{ "-", "none" },
		{ "R$", "none" },
		{ "R$ -", "none" },
		{ "()", "none" },
		{ "10%", "none" },
		{ "1e2", "none" },
		{ "0x10", "none" },
		{ "NaN", "none" },
		{ "1_000", "none" },
		{ "1'000", "none" },
		{ "\xd9\xa1", "none" },
		{ NULL, NULL },
	};
	static const struct text_row dollars[] = {
		{ "US$ 10", "10" },
		{ "us$10,5", "10.5" },
		{ "10 US$", "10" },
		{ "-US$ 10", "-10" },
		{ "R$ 10", "10" },
		{ "$ 10", "none" },
		{ "US$ R$ 10", "none" },
		/* only R$ and BRL say what a point is */
		{ "US$ 1.500", "none" },
		{ "US$ 1.500,00", "1500.00" },
		{ NULL, NULL },
	};
	static const struct text_row pesos[] = {
		{ "10 AR$", "10" },
		{ "AR$ 10", "10" },
		{ "10 R$", "10" },
		{ NULL, NULL },
	};
	struct dec_form form = { .scale = 2 };

	check_texts(rows, &form, "parts");
	form.currency = "US$";
	check_texts(dollars, &form, "US$");
	form.currency = "AR$";
	check_texts(pesos, &form, "AR$");
	form.currency = "";
	check_texts(rows, &form, "empty mark");
}

static void
test_marks(void)
{
	static const struct text_row rows[] = {
		/* 1: spaces group */
		{ "1 234,56", "1234.56" },
		{ "1" NBSP "234" NARROW "567.8", "1234567.8" },
		{ "1 234", "1234" },
		{ "12 345 678", "12345678" },
		{ "1 234.567", "1234.567" },
		{ "R$ 1 234.567", "1234.567" },
		{ "1  234", "none" },
		{ "1 23", "none" },
		{ "1 2345", "none" },
		{ "1234 567", "none" },
		{ "0 123", "none" },
		{ "1 234.567,8", "none" },
		{ "1.234 567,8", "none" },
		{ "1 234.567.890", "none" },
		{ "1 ,5", "none" },
		{ "1, 5", "none" },
		{ "1,234 567", "none" },
		{ "1\t234", "none" },
		/* 2: groups */
		{ "1.23,4", "none" },
		{ "1234.567,8", "none" },
		{ "0.234,5", "none" },
		{ "01.234,5", "none" },
		{ ".234,5", "none" },
		{ "1..234,5", "none" },
		{ "1.2345,6", "none" },
		{ "12.345,6", "12345.6" },
		{ "123.456,7", "123456.7" },
		/* 3: both marks */
		{ "1.234,56", "1234.56" },
		{ "1,234.56", "1234.56" },
		{ "1.234.567,89", "1234567.89" },
		{ "1,234,567.89", "1234567.89" },
		{ "1.234,567", "1234.567" },
		{ "1,234.", "1234" },
		{ "1.234,", "1234" },
		{ "1,234.56.7", "none" },
		{ "1.234,56,7", "none" },
		{ "1.234,567,890", "none" },
		{ "1,234.567,8", "none" },
		{ ",.", "none" },
		{ ".,5", "none" },
		/* 4: one mark, more than once */
		{ "1.234.567", "1234567" },
		{ "1,234,567", "1234567" },
		{ "12,3,4", "none" },
		{ "0.123.456", "none" },
		{ "1.234.56", "none" },
		{ "1.234.", "none" },
		{ "..", "none" },
		/* 5: the decimal mark */
		{ "12,5", "12.5" },
		{ "12.50", "12.50" },
		{ "0,125", "0.125" },
		{ "0.125", "0.125" },
		{ "R$ 0.125", "0.125" },
		{ ".5", "0.5" },
		{ ",500", "0.500" },
		{ "-.5", "-0.5" },
		{ "5.", "5" },
		{ "5,", "5" },
		{ "1.5000", "1.5000" },
		{ "1234.567", "1234.567" },
		{ "01.500", "1.500" },
		{ "007", "7" },
		{ ".", "none" },
		{ ",", "none" },
		{ "-.", "none" },
		{ "1.5x", "none" },
		/* 6: what can be read in two ways */
		{ "1.500", "none" },
		{ "1,500", "none" },
		{ "12.500", "none" },
		{ "123,500", "none" },
		{ "-1.500", "none" },
		{ "(1.500)", "none" },
		{ "R$ 1.500", "1500" },
		{ "1.500 R$", "1500" },
		{ "-BRL 1.500", "-1500" },
		{ "R$ 1,500", "none" },
		/* what does not fit */
		{ NINES38, NINES38 },
		{ NINES38 "0", "none" },
		{ NINES38 ",5", "none" },
		{ NINES38 ",0", NINES38 },
		{ "0,5" ZEROS38, "0.50000000000000000000000000000000000000" },
		{ "0," ZEROS38 "5", "none" },
		{ "000" ZEROS38 "1", "1" },
		{ NULL, NULL },
	};
	static const struct text_row grouped[] = {
		{ "1.500", "1500" },
		{ "1,500", "1500" },
		{ "R$ 1,500", "1500" },
		{ "0.500", "0.500" },
		{ "1234.567", "1234.567" },
		{ "1.50", "1.50" },
		{ NULL, NULL },
	};
	static const struct text_row three[] = {
		{ "1.500", "1.500" },
		{ "1,500", "1.500" },
		{ "R$ 1.500", "1500" },
		{ "R$ 1,500", "1.500" },
		{ "1.500,25", "1500.25" },
		{ "1.500.250", "1500250" },
		{ NULL, NULL },
	};
	static const struct text_row three_grouped[] = {
		{ "1.500", "1500" },
		{ "1,500", "1500" },
		{ NULL, NULL },
	};

	check_texts(rows, &(struct dec_form){ .scale = 2 }, "scale 2");
	check_texts(grouped, &(struct dec_form){ .scale = 2, .grouped = true },
	    "grouped");
	check_texts(three, &(struct dec_form){ .scale = 3 }, "scale 3");
	check_texts(three_grouped,
	    &(struct dec_form){ .scale = 3, .grouped = true },
	    "scale 3 grouped");
}

/* As a column of type int asks: the text, and that it is an integer. */
static void
test_int(void)
{
	static const struct text_row rows[] = {
		{ "42", "42" },
		{ "+42", "42" },
		{ "-42", "-42" },
		{ "-0", "0" },
		{ "042", "42" },
		{ "42.0", "42" },
		{ "42,00", "42" },
		{ "42.0000", "42" },
		{ "1.500,00", "1500" },
		{ "1.500.000", "1500000" },
		{ "1 500", "1500" },
		{ "R$ 1.500", "1500" },
		{ "9223372036854775807", "9223372036854775807" },
		{ "-9223372036854775808", "-9223372036854775808" },
		{ "9223372036854775808", "none" },
		{ "-9223372036854775809", "none" },
		{ NINES38 "9", "none" },
		{ "42.", "none" },
		{ "42,", "none" },
		{ ".0", "none" },
		{ ",0", "none" },
		{ "1.500,", "none" },
		{ "42.5", "none" },
		{ "42.000", "none" },
		{ "1.500", "none" },
		{ "1,500", "none" },
		{ "R$ 1,500", "none" },
		{ "0.125", "none" },
		{ "4 2", "none" },
		{ "4a2", "none" },
		{ "1e2", "none" },
		{ NULL, NULL },
	};
	const struct dec_form form = { 0 };
	const struct text_row *row;

	for (row = rows; row->text != NULL; row++) {
		struct dec d = { 0 };
		int64_t v = 0;
		bool good = dec_from_text(&d, slice_of(row->text), &form) &&
			    dec_to_i64(&v, d);

		check(shown(good, dec_from_i64(v)), row->want, row->text);
	}
}

int
main(void)
{
	test_parts();
	test_marks();
	test_int();
	return tap_done();
}
