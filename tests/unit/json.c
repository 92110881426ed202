/* json - what RFC 8259 allows, and nothing else. */
#include <stdlib.h>

#include "json.h"
#include "mh.h"
#include "tap.h"

static const char *const good[] = { "0", "-0", "12", "-1.50", "1e400", "1E+2",
	"0.1e-7", "\"\"", "\"a\\u00e9\\n\"", "\"\\ud83d\\ude00\"", "true",
	"false", "null", "{}", "[]", "[[],{}]", "{\"a\":{\"b\":[1]}}",
	" [ 1 , 2 ] ", "{ \"a\" : 1 }", "\"\x7f\"", "[1,\n2]", NULL };

static const char *const bad[] = { "", "01", "+1", "1.", ".5", "1e", "1e+", "-",
	"--1", "0x10", "NaN", "Infinity", "nul", "True", "'a'", "\"a", "\"\t\"",
	"\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\udc00\"",
	"\"\\ud800\\u0041\"", "[1,]", "[,1]", "[1", "{\"a\":1,}", "{a:1}",
	"{\"a\"}", "{\"a\":}", "{\"a\":1 \"b\":2}", "1 2", "[1]]", "{]", "[}",
	"//x", "\"a\nb\"", NULL };

static void
test_values(void)
{
	int i;

	for (i = 0; good[i] != NULL; i++)
		OK_NAMED(json_valid(slice_of(good[i])), good[i]);
	for (i = 0; bad[i] != NULL; i++)
		OK_NAMED(!json_valid(slice_of(bad[i])), bad[i]);
	OK(!json_valid((struct slice){ "\"\0\"", 3 }));
	OK(!json_valid(slice_of("\"\xff\"")));
}

static void
test_depth(void)
{
	char deep[2 * JSON_DEPTH_MAX + 3];

	memset(deep, '[', JSON_DEPTH_MAX);
	memset(deep + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
	OK(json_valid((struct slice){ deep, 2 * JSON_DEPTH_MAX }));
	memset(deep, '[', JSON_DEPTH_MAX + 1);
	memset(deep + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
	OK(!json_valid((struct slice){ deep, 2 * JSON_DEPTH_MAX + 2 }));
}

/* Strings of every length, the stop at every place of a block of 16. */
static void
test_places(void)
{
	char text[80];
	bool all = true;
	size_t n, at;

	for (n = 0; n < 40; n++) {
		memset(text, 'x', sizeof(text));
		text[0] = text[n + 1] = '"';
		text[n + 2] = '\n';
		all = all && json_string_end(text) == text + n + 2;
		for (at = 1; at <= n; at++) {
			text[at] = '\t';
			all = all && json_string_end(text) == NULL;
			text[at] = (char)0xc3;
			all = all && json_string_end(text) == text + n + 2;
			text[at] = 'x';
		}
	}
	OK(all);
}

static void
test_text(void)
{
	static const struct {
		const char *token, *text;
	} rows[] = {
		{ "\"Ana\"", "Ana" },
		{ "\"\"", "" },
		{ "\"a\\\"b\\\\c\\/d\"", "a\"b\\c/d" },
		{ "\"\\b\\f\\n\\r\\t\"", "\b\f\n\r\t" },
		{ "\"S\\u00e3o\"", "S\xc3\xa3o" },
		{ "\"\\uD83D\\uDE00!\"", "\xf0\x9f\x98\x80!" },
		{ "12.50", "12.50" },
		{ "null", "null" },
	};
	struct buf scratch = { 0 };
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct slice t = json_text(slice_of(rows[i].token), &scratch);

		IS(t.p, t.n, rows[i].text, rows[i].token);
	}
	buf_free(&scratch);
}

/* A control at every place of texts of every length. */
static void
test_quoting_places(void)
{
	char text[40], want[50];
	struct buf b = { 0 };
	bool all = true;
	size_t n, at;

	for (n = 1; n < sizeof(text); n++) {
		for (at = 0; at < n; at++) {
			memset(text, 'x', n);
			text[at] = '\n';
			memset(want, 'x', sizeof(want));
			want[0] = want[n + 2] = '"';
			memcpy(want + at + 1, "\\n", 2);
			b.n = 0;
			json_quote(&b, (struct slice){ text, n });
			all =
			    all && b.n == n + 3 && memcmp(b.p, want, b.n) == 0;
		}
	}
	OK(all);
	buf_free(&b);
}

static void
test_writing(void)
{
	struct buf b = { 0 };

	json_quote(&b, (struct slice){ "a\"\\\b\f\n\r\t\0\x1f/\xc3\xa9", 13 });
	IS(b.p, b.n, "\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f/\xc3\xa9\"",
	    "quote");
	b.n = 0;
	json_compact(&b, SLICE(" { \"a b\" : [ 1 , \"\\\" \" ] } "));
	IS(b.p, b.n, "{\"a b\":[1,\"\\\" \"]}", "compact");
	b.n = 0;
	json_base64(&b, SLICE(""));
	json_base64(&b, SLICE("f"));
	json_base64(&b, SLICE("fo"));
	json_base64(&b, SLICE("foo"));
	json_base64(&b, SLICE("foobar"));
	IS(b.p, b.n, "Zg==Zm8=Zm9vZm9vYmFy", "base64, RFC 4648 section 10");
	buf_free(&b);
}

static void
test_base64(void)
{
	static const struct {
		const char *text, *bytes; /* NULL: none */
	} rows[] = { { "", "" }, { "Zg==", "f" }, { "Zm8=", "fo" },
		{ "Zm9v", "foo" }, { "Zm9vYg==", "foob" },
		{ "Zm9vYmFy", "foobar" }, { "+/+/", "\xfb\xff\xbf" },
		{ "Zg", NULL }, { "Zg=", NULL }, { "Z===", NULL },
		{ "====", NULL }, { "Zg==Zg==", NULL }, { "Zm9\n", NULL },
		{ "Zm9 Zm9v", NULL }, { "Zm-_", NULL } };
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		b.n = 0;
		if (!json_unbase64(&b, slice_of(rows[i].text)))
			OK_NAMED(rows[i].bytes == NULL, rows[i].text);
		else if (rows[i].bytes == NULL)
			OK_NAMED(false, rows[i].text);
		else
			IS(buf_cstr(&b), b.n, rows[i].bytes, rows[i].text);
	}
	OK(!json_unbase64(&b, (struct slice){ "Zm9\0", 4 }));
	buf_free(&b);
}

/* The elements of an array, a bar behind each. */
static void
test_elements(void)
{
	static const struct {
		const char *array, *elements;
	} rows[] = { { "[]", "" }, { "[ ]", "" }, { "[1]", "1|" },
		{ "[1,\"a,]\",null]", "1|\"a,]\"|null|" },
		{ "[[],[1,2],{\"a\":[3]}]", "[]|[1,2]|{\"a\":[3]}|" },
		{ "[ [] ,\t{} , 1.50 ]", "[]|{}|1.50|" }, { "{\"a\":1}", "" },
		{ "\"[1]\"", "" }, { "12", "" } };
	struct slice rest, element;
	struct buf b = { 0 }, line = { 0 };
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		line.n = b.n = 0;
		buf_text(&line, rows[i].array);
		buf_room(&line, 1 + JSON_SLACK);
		memset(line.p + line.n, '\n', 1 + JSON_SLACK);
		rest = buf_view(&line);
		while (json_next(&rest, &element)) {
			buf_slice(&b, element);
			buf_byte(&b, '|');
		}
		IS(buf_cstr(&b), b.n, rows[i].elements, rows[i].array);
	}
	rest = (struct slice){ NULL, 0 };
	OK(!json_next(&rest, &element));
	buf_free(&b);
	buf_free(&line);
}

int
main(void)
{
	mh_init("json", "", 0);
	test_values();
	test_depth();
	test_places();
	test_text();
	test_quoting_places();
	test_writing();
	test_base64();
	test_elements();
	return tap_done();
}
