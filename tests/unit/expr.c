/* expr - expressions over one record, good and bad. */
#include "expr.h"
#include "json.h"
#include "tap.h"
#include "utf8.h"

/* What all expressions see. */
static const char record[] =
    "{\"i\":7,\"n\":12.50,\"neg\":-0.05,\"big\":1e400,\"exp\":15e-1,"
    "\"t\":\"S\\u00e3o Paulo\",\"num\":\"12.5\",\"empty\":\"\","
    "\"d\":\"2024-02-29\",\"ts\":\"2024-02-29T23:30:00-03:00\","
    "\"utc\":\"2024-03-01T02:30:00Z\",\"br\":\"29/02/2024\","
    "\"yes\":true,\"no\":false,\"z\":null,\"o\":{\"a\": [1]},"
    "\"odd \\\"name\":1,\"nul\":\"a\\u0000b\",\"today\":\"x\","
    "\"max\":38,\"wide\":99999999999999999999999999999999999999}";

struct test {
	const char *text, *want;
};

/* The value as JSON; or !why; or ?what is wrong with the text. */
static const struct test tests[] = {
	/* literals and members */
	{ "12", "12" },
	{ "12.50", "12.50" },
	{ ".5", "0.5" },
	{ "1e3", "1000" },
	{ "'it''s'", "\"it's\"" },
	{ "''", "\"\"" },
	{ "true", "true" },
	{ "NULL", "null" },
	{ "date '2024-02-29'", "\"2024-02-29\"" },
	{ "timestamp '2024-02-29 10:00:00'", "\"2024-02-29 10:00:00\"" },
	{ "n", "12.50" },
	{ "big", "1e400" },
	{ "exp", "15e-1" },
	{ "t", "\"São Paulo\"" },
	{ "o", "{\"a\":[1]}" },
	{ "nowhere", "null" },
	{ "N", "null" },
	{ "\"odd \"\"name\"", "1" },
	{ "today", "\"2026-11-22\"" },
	{ "today()", "\"2026-11-22\"" },
	{ "\"today\"", "\"x\"" },
	{ "max + 1", "39" },
	/* arithmetic */
	{ "1 + 2 * 3", "7" },
	{ "(1 + 2) * 3", "9" },
	{ "2 - 3 - 4", "-5" },
	{ "- 2 + 5", "3" },
	{ "--2", "2" },
	{ "2--2", "4" },
	{ "1.50 + 1", "2.50" },
	{ "1.5 * 1.50", "2.250" },
	{ "7 / 2", "3.5" },
	{ "1 / 3", "0.333333333333" },
	{ "2 / 3", "0.666666666667" },
	{ "-2 / 3", "-0.666666666667" },
	{ "350.00 / 2", "175.00" },
	{ "10 / 2", "5" },
	{ "100 / 10", "10" },
	{ "i / 0", "null" },
	{ "i % 0.00", "null" },
	{ "i % 4", "3" },
	{ "-i % 4", "-3" },
	{ "5.5 % 2", "1.5" },
	{ "num + 1", "13.5" },
	{ "i + z", "null" },
	{ "big + 1", "!+: 1e400 has too many digits to compute with" },
	{ "t + 1", "!+: \"São Paulo\" is no number" },
	{ "empty + 1", "!+: \"\" is no number" },
	{ "1 + yes", "!+: true is no number" },
	{ "o * 2", "!*: {\"a\":[1]} is no number" },
	{ "wide + 1", "!+: the result has more than 38 digits" },
	{ "wide * 10", "!*: the result has more than 38 digits" },
	{ "wide / 1", "!/: the result has more than 38 digits" },
	{ "wide % 1.5", "!%: the result has more than 38 digits" },
	{ "abs(neg)", "0.05" },
	{ "round(2.5)", "3" },
	{ "round(-2.5)", "-3" },
	{ "round(1.005, 2)", "1.01" },
	{ "round(1.5, 3)", "1.500" },
	{ "round(1250, -2)", "1300" },
	{ "round(wide, -37)", "!round: the result has more than 38 digits" },
	{ "round(5, -38)", "0" },
	{ "round(5.55, -99)", "0" },
	{ "round(1, 39)", "!round: the result has more than 38 digits" },
	{ "round(1, 0.5)", "!round: 0.5 is no whole number" },
	{ "floor(2.7)", "2" },
	{ "floor(neg)", "-1" },
	{ "ceil(2.2)", "3" },
	{ "ceil(neg)", "0" },
	{ "ceil(7)", "7" },
	{ "min(3, z, 2.0, '10')", "2.0" },
	{ "max(3, z, 2.0, '10')", "\"10\"" },
	{ "max(z, null)", "null" },
	{ "min('b', 'a')", "\"a\"" },
	/* comparisons */
	{ "i = 7.0", "true" },
	{ "n > 12", "true" },
	{ "num = 12.50", "true" },
	{ "12.50 = num", "true" },
	{ "num = '12.50'", "false" },
	{ "'10' < '9'", "true" },
	{ "'10' < 9", "false" },
	{ "t <> 'x'", "true" },
	{ "t != 'São Paulo'", "false" },
	{ "i <= 7", "true" },
	{ "i >= 7.1", "false" },
	{ "z = z", "null" },
	{ "false < true", "true" },
	{ "yes = i", "!=: true is no number" },
	{ "yes = 'true'",
	    "!=: \"true\" is not of the kind it is compared with" },
	{ "o = o", "!=: {\"a\":[1]} is not of the kind it is compared with" },
	{ "t > 1", "!>: \"São Paulo\" is no number" },
	{ "br > 1", "!>: \"29/02/2024\" is no number" },
	{ "'1.' = 1", "!=: \"1.\" is no number" },
	{ "'01' = 1", "!=: \"01\" is no number" },
	{ "'1e' = 1", "!=: \"1e\" is no number" },
	{ "'1e99' = 1", "!=: \"1e99\" has too many digits to compute with" },
	{ "' 1' = 1", "!=: \" 1\" is no number" },
	{ "'-1.5e1' = -15", "true" },
	{ "d = date '2024-02-29'", "true" },
	{ "d < today", "true" },
	{ "ts > date '2024-02-29'", "true" },
	{ "br = date '2024-02-29'",
	    "!=: \"29/02/2024\" is no date (YYYY-MM-DD)" },
	{ "today > 1", "!>: \"2026-11-22\" is no number" },
	{ "timestamp '2024-02-29T23:30:00-03:00' = utc", "true" },
	{ "timestamp '2024-02-29T23:30:00' = ts", "true" },
	{ "timestamp '2024-02-29T23:30:00.25' > '2024-02-29 23:30:00.2'",
	    "true" },
	/* three values */
	{ "true and null", "null" },
	{ "null and true", "null" },
	{ "null and false", "false" },
	{ "false and null", "false" },
	{ "null or true", "true" },
	{ "null or false", "null" },
	{ "false or null", "null" },
	{ "false or false", "false" },
	{ "null or null", "null" },
	{ "not null", "null" },
	{ "not yes", "false" },
	{ "not not yes", "true" },
	{ "z is null", "true" },
	{ "z is not null", "false" },
	{ "o is not null", "true" },
	{ "no and t > 1", "false" },
	{ "yes or t > 1", "true" },
	{ "i and yes", "!and: 7 is no condition" },
	{ "yes and i", "!and: 7 is no condition" },
	{ "no or n", "!or: 12.50 is no condition" },
	{ "not i", "!not: 7 is no condition" },
	{ "true or false and false", "true" },
	{ "not true or true", "true" },
	{ "not i = 8", "true" },
	{ "i = 7 is null", "false" },
	{ "i + 1 between 8 and 4 * 2 and yes", "true" },
	{ "i not between 1 and 7", "false" },
	{ "z between 1 and 2", "null" },
	{ "i between z and 6", "false" },
	{ "i between z and 8", "null" },
	{ "between(i, 1, 7)", "true" },
	{ "i in (1, 7)", "true" },
	{ "i not in (1, null)", "null" },
	{ "i in (1, null, 7)", "true" },
	{ "z in (1)", "null" },
	{ "t not in ('a', 'b') = true", "true" },
	{ "accepted_values(t, 'São Paulo', 'Natal')", "true" },
	{ "not_null(z)", "false" },
	{ "i in (t)", "!in: \"São Paulo\" is no number" },
	{ "coalesce(z, null, i, t > 1)", "7" },
	{ "coalesce(z)", "null" },
	{ "nullif(i, 7)", "null" },
	{ "nullif(i, 8)", "7" },
	{ "nullif(z, 1)", "null" },
	{ "if(i > 3, 'a', t > 1)", "\"a\"" },
	{ "if(z, t > 1, 'b')", "\"b\"" },
	{ "if(no, 1, if(yes, 2, 3)) + 1", "3" },
	{ "if(i, 1, 2)", "!if: 7 is no condition" },
	/* texts */
	{ "'a' || i || yes || d", "\"a7true2024-02-29\"" },
	{ "'a' || today", "\"a2026-11-22\"" },
	{ "t || z", "null" },
	{ "t || 1 + 1", "\"São Paulo2\"" },
	{ "o || 'a'", "!||: {\"a\":[1]} is nested, and no text" },
	{ "length(t)", "9" },
	{ "length(n)", "5" },
	{ "lower(t) || upper(t)", "\"são pauloSÃO PAULO\"" },
	{ "title('JOAO DA SILVA')", "\"Joao da Silva\"" },
	{ "trim('  a b ')", "\"a b\"" },
	{ "digits('12.345-6')", "\"123456\"" },
	{ "substr(t, 2, 3)", "\"ão \"" },
	{ "substr(t, 5)", "\"Paulo\"" },
	{ "substr(t, -1, 4)", "\"Sã\"" },
	{ "substr(t, 0)", "\"São Paulo\"" },
	{ "substr(t, 20, 3)", "\"\"" },
	{ "substr(t, 2, 9223372036854775807)", "\"ão Paulo\"" },
	{ "substr(t, -9223372036854775808, 5)", "\"\"" },
	{ "substr(t, 1, -1)", "!substr: -1 is less than no length" },
	{ "replace('aXbXX', 'X', 'yy')", "\"ayybyyyy\"" },
	{ "replace(t, '', 'x')", "\"São Paulo\"" },
	{ "starts_with(t, 'São')", "true" },
	{ "starts_with('a', 'ab')", "false" },
	{ "contains(t, ' P')", "true" },
	{ "contains('aab', 'ab')", "true" },
	{ "contains(t, '')", "true" },
	{ "contains(empty, 'a')", "false" },
	{ "contains(digits('a'), digits(''))", "true" },
	{ "replace(digits('a'), 'x', '') like ''", "true" },
	{ "substr('áb', 0, 2) || substr('áb', 2)", "\"áb\"" },
	{ "week('2023-01-01')", "52" },
	{ "matches(t, '^S.*lo$')", "true" },
	{ "matches(i, '^[0-9]{2}$')", "false" },
	{ "matches(z, 'a')", "null" },
	{ "matches(nul, 'a')",
	    "!matches: \"a\\u0000b\" has a zero byte in it" },
	{ "t like 'S%'", "true" },
	{ "t like 'S_o%lo'", "true" },
	{ "t not like '%x%'", "true" },
	{ "'a%c' like 'a\\%c'", "true" },
	{ "'abc' like 'a\\%c'", "false" },
	{ "'' like ''", "true" },
	{ "'' like '%%'", "true" },
	{ "'abab' like '%ab'", "true" },
	{ "'aXbXc' like '%X_'", "true" },
	{ "'a' like ''", "false" },
	{ "'a' like 'a\\'",
	    "!like: \"a\\\\\" ends in a backslash that escapes nothing" },
	{ "'ã' like '_'", "true" },
	{ "uf_region('PE')", "\"Nordeste\"" },
	{ "uf_region('são paulo')", "\"Sudeste\"" },
	{ "uf_region('XX')", "null" },
	/* dates */
	{ "year(d)", "2024" },
	{ "month(ts)", "2" },
	{ "day(d)", "29" },
	{ "quarter('2024-12-31')", "4" },
	{ "quarter('2024-03-31')", "1" },
	{ "week('2021-01-03')", "53" },
	{ "week('2024-12-30')", "1" },
	{ "week('2024-01-01')", "1" },
	{ "weekday('2024-03-04')", "1" },
	{ "weekday('1900-01-07')", "7" },
	{ "date_trunc('year', d)", "\"2024-01-01\"" },
	{ "date_trunc('quarter', '2024-12-31')", "\"2024-10-01\"" },
	{ "date_trunc('month', ts)", "\"2024-02-01\"" },
	{ "date_trunc('week', d)", "\"2024-02-26\"" },
	{ "date_trunc('day', ts)", "\"2024-02-29\"" },
	{ "days_between(d, '2024-03-01')", "1" },
	{ "days_between('2024-03-01', d)", "-1" },
	{ "add_days(d, 1)", "\"2024-03-01\"" },
	{ "add_days(d, -60) < d", "true" },
	{ "add_days(d, 1e6)",
	    "!add_days: the day is not in the years 1900 to 2199" },
	{ "year(br)", "!year: \"29/02/2024\" is no date (YYYY-MM-DD)" },
	{ "year('2024-02-30')",
	    "!year: \"2024-02-30\" is no date (YYYY-MM-DD)" },
	{ "year(20240229)", "!year: 20240229 is no date (YYYY-MM-DD)" },
	{ "year(z)", "null" },
	/* texts that are no expressions */
	{ "", "?a value is missing\n  \n  ^" },
	{ "1 +", "?a value is missing\n  1 +\n     ^" },
	{ "1 + * 2", "?a value is missing before *\n  1 + * 2\n      ^" },
	{ "1 2", "?an operator is missing\n  1 2\n    ^" },
	{ "(1", "?) is missing\n  (1\n    ^" },
	{ "1)", "?an operator is missing\n  1)\n   ^" },
	{ "a = 'São' é $",
	    "?an operator is missing\n  a = 'São' é $\n            ^" },
	{ "'São' $ 1",
	    "?a character that means nothing here\n  'São' $ 1\n        ^" },
	{ "'abc", "?the quote is never closed\n  'abc\n  ^" },
	{ "\"a", "?the quote is never closed\n  \"a\n  ^" },
	{ "\"\"", "?no member has such a name\n  \"\"\n  ^" },
	{ "12abc", "?a number, and letters right behind it\n  12abc\n  ^" },
	{ "foo(1)", "?there is no function foo\n  foo(1)\n  ^" },
	{ "neg(1)", "?there is no function neg\n  neg(1)\n  ^" },
	{ "length()", "?length takes 1 value, not 0\n  length()\n  ^" },
	{ "substr(a)", "?substr takes 2 to 3 values, not 1\n  substr(a)\n  ^" },
	{ "min()", "?min takes 1 values or more, not 0\n  min()\n  ^" },
	{ "a in ()", "?the list of values is empty\n  a in ()\n    ^" },
	{ "a not b",
	    "?between, in or like is missing before b\n  a not b\n        ^" },
	{ "a between 1 or 2",
	    "?and is missing before or\n  a between 1 or 2\n              ^" },
	{ "a < b < c", "?an operator is missing\n  a < b < c\n        ^" },
	{ "a = not b", "?a value is missing before not\n  a = not b\n      ^" },
	{ "a is b", "?null is missing before b\n  a is b\n       ^" },
	{ "a and or b",
	    "?a value is missing before or\n  a and or b\n        ^" },
	{ "date '2024-02-30'",
	    "?no date: YYYY-MM-DD is one\n  date '2024-02-30'\n       ^" },
	{ "timestamp 'x'",
	    "?no timestamp: YYYY-MM-DD HH:MM:SS is one\n  timestamp 'x'\n            ^" },
	{ "matches(a, '(')",
	    "?matches: Unmatched ( or \\(\n  matches(a, '(')\n  ^" },
	{ "matches(a, b)",
	    "?matches: the regular expression is a literal: '...'\n  matches(a, b)\n  ^" },
	{ "matches(a, coalesce(b, 'c'))",
	    "?matches: the regular expression is a literal: '...'\n  matches(a, coalesce(b, 'c'))\n  ^" },
	{ "date_trunc('hour', a)",
	    "?date_trunc: the first value is 'year', 'quarter', 'month', 'week' or 'day'\n  date_trunc('hour', a)\n  ^" },
	{ "if(a, b)", "?, is missing before )\n  if(a, b)\n         ^" },
	{ "coalesce()",
	    "?a value is missing before )\n  coalesce()\n           ^" },
	{ "\"$mh\"", "?no member has such a name\n  \"$mh\"\n  ^" },
	{ "999999999999999999999999999999999999999",
	    "?a number has at most 38 digits\n  999999999999999999999999999999999999999\n  ^" },
	{ "no or 'x'",
	    "?a condition is wanted, not a text\n  no or 'x'\n        ^" },
	{ "i + 1 and yes",
	    "?a condition is wanted, not a number\n  i + 1 and yes\n    ^" },
	{ "not today",
	    "?a condition is wanted, not a date\n  not today\n      ^" },
	{ "if(length(t), 1, 2)",
	    "?a condition is wanted, not a number\n  if(length(t), 1, 2)\n     ^" },
	{ "unique(i)", "?there is no function unique\n  unique(i)\n  ^" },
};

static void
run(const struct test *t, const struct rec *r, struct buf *got)
{
	const struct date today = { 2026, 11, 22 };
	struct expr_value v;
	struct buf why = { 0 };
	struct expr *e = expr_parse(slice_of(t->text), today, NULL, &why);
	int i;

	got->n = 0;
	if (e == NULL) {
		buf_byte(got, '?');
		buf_slice(got, buf_view(&why));
	}
	/* twice: the second run finds the buffers of the first */
	for (i = 0; i < 2 && e != NULL; i++) {
		got->n = 0;
		if (expr_run(e, r, &v))
			expr_put(got, &v);
		else
			buf_fmt(got, "!%s", expr_why(e));
	}
	IS(got->p, got->n, t->want, t->text);
	buf_free(&why);
}

/* ((((...1...)))), and its like: refused before the stack is used up. */
static void
test_nesting(const char *open, const char *shut, bool good, size_t times)
{
	const struct date today = { 2026, 11, 22 };
	struct buf text = { 0 }, why = { 0 };
	size_t i;

	for (i = 0; i < times; i++)
		buf_text(&text, open);
	buf_text(&text, "true");
	for (i = 0; i < times; i++)
		buf_text(&text, shut);
	OK_NAMED(
	    (expr_parse(buf_view(&text), today, NULL, &why) != NULL) == good,
	    open);
	buf_free(&text);
	buf_free(&why);
}

int
main(void)
{
	struct buf line = { 0 }, got = { 0 };
	struct rec r = { 0 };
	size_t i;

	buf_text(&line, record);
	buf_room(&line, 1 + JSON_SLACK);
	memset(line.p + line.n, '\n', 1 + JSON_SLACK);
	r.line = buf_view(&line);
	OK(rec_parse(&r));
	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		run(&tests[i], &r, &got);
	test_nesting("(", ")", true, 190);
	test_nesting("(", ")", false, 100000);
	test_nesting("not ", "", true, 100);
	test_nesting("not ", "", false, 100000);
	test_nesting("-", "", false, 100000);
	test_nesting("coalesce(", ")", false, 100000);
	test_nesting("true and ", "", true, 100000);
	buf_free(&line);
	buf_free(&got);
	rec_free(&r);
	return tap_done();
}
