/* rec - lines taken apart: members, shapes, faults. */
#include "json.h"
#include "mh.h"
#include "rec.h"
#include "rng.h"
#include "tap.h"

static char memory[4096];

static bool
take(struct rec *r, const char *line)
{
	size_t n = strlen(line);

	memcpy(memory, line, n);
	memset(memory + n, '\n', 1 + JSON_SLACK);
	r->line = (struct slice){ memory, n };
	return rec_parse(r);
}

static void
is_value(const struct rec *r, const char *name, const char *want)
{
	const struct slice *v = rec_get(r, slice_of(name));

	if (v == NULL)
		OK_NAMED(want == NULL, name);
	else
		IS(v->p, v->n, want != NULL ? want : "(absent)", name);
}

static void
test_members(struct rec *r)
{
	OK(take(
	    r, "{\"a\":1.50,\"b c\":\"x\",\"d\":{\"e\":[1, 2]},\"f\":null}"));
	OK(r->n == 4);
	is_value(r, "a", "1.50");
	is_value(r, "b c", "\"x\"");
	is_value(r, "d", "{\"e\":[1, 2]}");
	is_value(r, "f", "null");
	is_value(r, "e", NULL);
	OK(take(r, "{}") && r->n == 0);
	OK(take(r, " { \"a\" : 1 } ") && !r->compact);
	is_value(r, "a", "1");
	OK(take(r, "{\"a\":1}") && r->compact);
	OK(take(r, "{\"\":1}"));
	is_value(r, "", "1");
}

static void
test_shapes(struct rec *r)
{
	uint32_t first;

	take(r, "{\"a\":1,\"b\":2}");
	first = r->shape;
	OK(take(r, "{\"a\":3,\"b\":\"x\"}") && r->shape == first);
	OK(take(r, "{ \"a\" : 3 , \"b\" : 4 }") && r->shape == first);
	OK(take(r, "{\"b\":1,\"a\":2}") && r->shape != first);
	is_value(r, "b", "1");
	first = r->shape;
	OK(take(r, "{\"b\":1}") && r->shape != first);
	first = r->shape;
	OK(take(r, "{\"b\":1,\"c\":2}") && r->shape != first);
	OK(take(r, "{\"bb\":1,\"c\":2}"));
	is_value(r, "bb", "1");
	is_value(r, "b", NULL);
	OK(take(r, "{}") && r->n == 0);
	OK(!take(r, "{\"b\":1,\"b\":2}"));
	OK(take(r, "{}") && r->n == 0);
}

static void
test_escaped_names(struct rec *r)
{
	int i;

	/* twice: the second time the shape is known */
	for (i = 0; i < 2; i++) {
		OK(take(r, "{\"\\u0061\":1,\"b\\n\":2,\"c\":3}"));
		is_value(r, "a", "1");
		is_value(r, "b\n", "2");
		is_value(r, "c", "3");
		IS(r->m[0].key.p, r->m[0].key.n, "\"\\u0061\"", "key");
	}
}

static void
test_faults(struct rec *r)
{
	static const struct {
		const char *line, *fault;
	} rows[] = {
		{ "[1]", "json" },
		{ "1", "json" },
		{ "{", "json" },
		{ "{\"a\":1", "json" },
		{ "{\"a\":1}}", "json" },
		{ "{\"a\":1} x", "json" },
		{ "{\"a\":1,}", "json" },
		{ "{\"a\" 1}", "json" },
		{ "{a:1}", "json" },
		{ "{\"a\":NaN}", "json" },
		{ "{\"a\":\"\xff\"}", "utf8" },
		{ "{\"a\":1,\"a\":2}", "duplicate_key" },
		{ "{\"a\":1,\"\\u0061\":2}", "duplicate_key" },
		{ "{\"$mh\":\"end\"}", "reserved" },
		{ "{\"a\":1,\"\\u0024mh\":2}", "reserved" },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		OK_NAMED(!take(r, rows[i].line), rows[i].line);
		IS(r->fault, strlen(r->fault), rows[i].fault, rows[i].line);
		OK_NAMED(take(r, "{\"a\":1}"), "and a good one behind it");
	}
}

static void
test_many_members(struct rec *r)
{
	struct buf b = { 0 };
	int i;

	buf_text(&b, "{\"m0\":0");
	for (i = 1; i < 100; i++)
		buf_fmt(&b, ",\"m%d\":%d", i, i);
	buf_byte(&b, '}');
	OK(take(r, buf_cstr(&b)) && r->n == 100);
	is_value(r, "m99", "99");
	b.n--;
	buf_text(&b, ",\"m50\":1}");
	OK(!take(r, buf_cstr(&b)));
	OK(strcmp(r->fault, "duplicate_key") == 0);
	buf_free(&b);
}

static void
test_depth(struct rec *r)
{
	char line[2100] = "{\"a\":";
	size_t depth, n;

	for (depth = JSON_DEPTH_MAX - 1; depth <= JSON_DEPTH_MAX; depth++) {
		n = 5;
		memset(line + n, '[', depth);
		memset(line + n + depth, ']', depth);
		strcpy(line + n + 2 * depth, "}");
		OK(take(r, line) == (depth < JSON_DEPTH_MAX));
	}
}

static void
test_writing(struct rec *r)
{
	struct buf b = { 0 };

	take(r, "{\"a\" : 1.50 , \"b\":[ 1, {\"x y\": 2} ]}");
	rec_put(&b, r);
	IS(b.p, b.n, "{\"a\":1.50,\"b\":[1,{\"x y\":2}]}", "compact");
	b.n = 0;
	take(r, "{\"z\":1e400,\"b\":\"\\u00e9\"}");
	rec_put(&b, r);
	IS(b.p, b.n, "{\"z\":1e400,\"b\":\"\\u00e9\"}", "tokens as they came");
	buf_free(&b);
}

/* An object of a line, in front of other tokens, as a record of its own. */
static void
test_from(struct rec *r)
{
	struct rec inner = { 0 };
	struct buf copy = { 0 };

	take(r, "{\"a\":{ \"b\" : \"x\",\"c\":[1]} , \"d\":[1],\"e\":{\"f\":1,"
		"\"f\":2},\"g\":{}}");
	OK(rec_from(&inner, &copy, *rec_get(r, SLICE("a"))) && inner.n == 2);
	is_value(&inner, "b", "\"x\"");
	is_value(&inner, "c", "[1]");
	OK(!rec_from(&inner, &copy, *rec_get(r, SLICE("d"))));
	IS(inner.fault, strlen(inner.fault), "json", "an array is no record");
	OK(!rec_from(&inner, &copy, *rec_get(r, SLICE("e"))));
	IS(inner.fault, strlen(inner.fault), "duplicate_key", "names inside");
	OK(rec_from(&inner, &copy, *rec_get(r, SLICE("g"))) && inner.n == 0);
	rec_free(&inner);
	buf_free(&copy);
}

/* Appends a value, a member or a gap, good or bad. */
static void
put_random(struct buf *b, struct rng *rng)
{
	static const char *const values[] = { "1", "-0.5e3", "null", "true",
		"\"\"", "\"abc\"", "\"a text of more than sixteen bytes\"",
		"\"a\\\"b\"", "[1, 2]", "{\"a\":1}", "01", "\"\xff\"", "" };
	static const char *const keys[] = { "\"id\"", "\"b\"", "\"b c\"",
		"\"\\u0061\"", "\"a name of more than sixteen bytes\"",
		"\"$mh\"", "x" };
	static const char *const gaps[] = { "", " ", "\t",
		"                  " };
	/* most lines are of few kinds, and good */
	uint32_t kind = rng_below(rng, 4), n = rng_below(rng, 4), i;
	const char *gap = gaps[rng_below(rng, 8) == 0 ? kind : 0];

	b->n = 0;
	buf_fmt(b, "%s{%s", gap, gap);
	for (i = 0; i < n; i++) {
		const char *key = keys[(kind + i) % 5],
			   *value = values[rng_below(rng, 9)];

		if (rng_below(rng, 40) == 0)
			key = keys[rng_below(rng, 7)];
		if (rng_below(rng, 40) == 0)
			value = values[rng_below(rng, 13)];
		buf_fmt(
		    b, "%s%s%s:%s%s", i > 0 ? "," : "", key, gap, gap, value);
	}
	buf_text(b, rng_below(rng, 40) == 0 ? "}}" : "}");
	buf_text(b, gap);
}

static bool
is_same(const struct rec *a, const struct rec *b)
{
	size_t i;

	if (a->fault != NULL || b->fault != NULL)
		return a->fault != NULL && b->fault != NULL &&
		       strcmp(a->fault, b->fault) == 0;
	if (a->n != b->n || a->compact != b->compact)
		return false;
	for (i = 0; i < a->n; i++) {
		if (!slice_eq(a->m[i].name, b->m[i].name) ||
		    !slice_eq(a->m[i].key, b->m[i].key) ||
		    !slice_eq(a->m[i].value, b->m[i].value))
			return false;
	}
	return true;
}

/* Whatever came before it, a line says the same. */
static void
test_prediction(struct rec *r)
{
	struct rng rng = rng_at(1, 1, 1);
	struct buf line = { 0 };
	size_t i, wrong = 0, predicted = 0, good = 0;
	char copy[sizeof(memory)];

	for (i = 0; i < 20000; i++) {
		struct rec fresh = { 0 };
		uint32_t shape = r->shape;

		put_random(&line, &rng);
		good += take(r, buf_cstr(&line));
		predicted += r->predicts && r->shape == shape;
		/* the other reads the same bytes in another place */
		memcpy(copy, memory, sizeof(copy));
		fresh.line = (struct slice){ copy, line.n };
		rec_parse(&fresh);
		wrong += !is_same(r, &fresh);
		rec_free(&fresh);
	}
	OK(wrong == 0 && good > 10000 && predicted > 1000);
	buf_free(&line);
}

int
main(void)
{
	struct rec r = { 0 };

	mh_init("rec", "", 0);
	test_members(&r);
	test_shapes(&r);
	test_escaped_names(&r);
	test_faults(&r);
	test_many_members(&r);
	test_depth(&r);
	test_writing(&r);
	test_from(&r);
	test_prediction(&r);
	rec_free(&r);
	return tap_done();
}
