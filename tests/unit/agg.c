/* agg - groups and measures, on lines of NDJSON. */
#include <stdlib.h>

#include "agg.h"
#include "json.h"
#include "tap.h"

/* A record out of text, with what the scanner may read behind it. */
static void
parse(struct rec *r, struct buf *line, const char *text)
{
	line->n = 0;
	buf_text(line, text);
	buf_room(line, 1 + JSON_SLACK);
	memset(line->p + line->n, '\n', 1 + JSON_SLACK);
	r->line = buf_view(line);
	r->file = "-";
	r->lineno++;
	if (!rec_parse(r))
		printf("# no record: %s: %s\n", r->fault, text);
}

/* The results, a group after another; rejected records as !reason:field. */
static void
run(struct buf *out, const char *keys, const char *measures,
    const char *const *lines)
{
	struct agg a = { .separator = SLICE(", ") };
	char texts[256], *at, *text;
	struct rec r = { 0 };
	struct buf line = { 0 };
	struct failure f;
	struct out to = { .fd = -1, .name = "nowhere" };
	size_t i;

	if (*keys != '\0')
		agg_keys(&a, keys);
	snprintf(texts, sizeof(texts), "%s", measures);
	for (text = strtok_r(texts, " ", &at); text != NULL;
	     text = strtok_r(NULL, " ", &at))
		agg_measure(&a, text);
	a.out = &to;
	agg_begin(&a);
	for (; *lines != NULL; lines++) {
		parse(&r, &line, *lines);
		if (!agg_step(&a, &r, &f))
			buf_fmt(out, "!%s:%.*s", f.reason, (int)f.field.n,
			    f.field.p);
	}
	agg_end(&a);
	for (i = 0; i < to.b.n; i++) {
		if (to.b.p[i] != '\n')
			buf_byte(out, to.b.p[i]);
	}
	agg_free(&a);
	rec_free(&r);
	buf_free(&line);
	buf_free(&to.b);
}

#define LINES_MAX 9

struct test {
	const char *name, *keys, *measures;
	const char *lines[LINES_MAX];
	const char *want;
};

static const struct test tests[] = {
	{ "nothing at all is one group", "",
	    "n=count() c=count(v) s=sum(v) t=total(v) a=avg(v) m=min(v) "
	    "f=first(v) l=list(v) d=count_distinct(v)",
	    { NULL },
	    "{\"n\":0,\"c\":0,\"s\":null,\"t\":0,\"a\":null,\"m\":null,"
	    "\"f\":null,\"l\":null,\"d\":0}" },
	{ "with keys, nothing is no group", "k", "n=count()", { NULL }, "" },
	{ "groups come in the order of their keys, null last", "k",
	    "n=count(*)",
	    { "{\"k\":\"b\"}", "{}", "{\"k\":\"\"}", "{\"k\":\"ab\"}",
		"{\"k\":\"a\"}", "{\"k\":null}", "{\"k\":\"b\"}" },
	    "{\"k\":\"\",\"n\":1}{\"k\":\"a\",\"n\":1}{\"k\":\"ab\",\"n\":1}"
	    "{\"k\":\"b\",\"n\":2}{\"k\":null,\"n\":2}" },
	{ "a string is no number, and digits count", "k", "n=count()",
	    { "{\"k\":1}", "{\"k\":\"1\"}", "{\"k\":1.0}", "{\"k\":1}",
		"{\"k\":true}" },
	    "{\"k\":\"1\",\"n\":1}{\"k\":1,\"n\":2}{\"k\":1.0,\"n\":1}"
	    "{\"k\":true,\"n\":1}" },
	{ "a string is what it stands for", "k", "n=count()",
	    { "{\"k\":\"a\\u0062\"}", "{\"k\":\"ab\"}", "{\"k\":\"a\\u0000b\"}",
		"{\"k\":\"a\"}", "{\"k\":\"a\\u0000\"}",
		"{\"k\":\"\\\"\\/\"}" },
	    "{\"k\":\"\\\"/\",\"n\":1}{\"k\":\"a\",\"n\":1}"
	    "{\"k\":\"a\\u0000\",\"n\":1}{\"k\":\"a\\u0000b\",\"n\":1}"
	    "{\"k\":\"ab\",\"n\":2}" },
	{ "keys of two members do not run together", "a,x=b", "n=count()",
	    { "{\"a\":\"x\",\"b\":\"yz\"}", "{\"b\":\"z\",\"a\":\"xy\"}",
		"{\"a\":\"x\",\"b\":null}", "{\"a\":null,\"b\":\"x\"}" },
	    "{\"a\":\"x\",\"x\":\"yz\",\"n\":1}"
	    "{\"a\":\"x\",\"x\":null,\"n\":1}"
	    "{\"a\":\"xy\",\"x\":\"z\",\"n\":1}"
	    "{\"a\":null,\"x\":\"x\",\"n\":1}" },
	{ "a nested key is refused", "k", "n=count()",
	    { "{\"k\":[1]}", "{\"k\":{}}", "{\"k\":\"\"}" },
	    "!key:k!key:k{\"k\":\"\",\"n\":1}" },
	{ "sums are exact, of strings too", "", "s=sum(v) a=avg(v)",
	    { "{\"v\":0.1}", "{\"v\":\"0.20\"}", "{\"v\":null}", "{}",
		"{\"v\":\"-1e1\"}" },
	    "{\"s\":-9.70,\"a\":-3.233333}" },
	{ "what is no number is refused", "k", "n=count() s=sum(v)",
	    { "{\"k\":1,\"v\":\"\"}", "{\"v\":\"1,5\"}", "{\"v\":\" 1\"}",
		"{\"v\":\"01\"}", "{\"v\":true}", "{\"v\":[1]}",
		"{\"v\":1e99}" },
	    "!number:v!number:v!number:v!number:v!number:v!number:v"
	    "!number:v" },
	{ "all sums have the largest scale", "k",
	    "s=sum(v) t=total(v) a=avg(v)",
	    { "{\"k\":1,\"v\":2}", "{\"k\":2,\"v\":0.250}", "{\"k\":3}" },
	    "{\"k\":1,\"s\":2.000,\"t\":2.000,\"a\":2.0000000}"
	    "{\"k\":2,\"s\":0.250,\"t\":0.250,\"a\":0.2500000}"
	    "{\"k\":3,\"s\":null,\"t\":0.000,\"a\":null}" },
	{ "averages round half away from zero", "k", "a=avg(v)",
	    { "{\"k\":1,\"v\":1}", "{\"k\":1,\"v\":0}", "{\"k\":1,\"v\":0}",
		"{\"k\":2,\"v\":-1}", "{\"k\":2,\"v\":-1}",
		"{\"k\":2,\"v\":0}" },
	    "{\"k\":1,\"a\":0.3333}{\"k\":2,\"a\":-0.6667}" },
	{ "least and greatest number, as it came", "", "a=min(v) z=max(v)",
	    { "{\"v\":9}", "{\"v\":10.0}", "{\"v\":1e1}", "{\"v\":-0.5}",
		"{\"v\":-5e-1}", "{}" },
	    "{\"a\":-0.5,\"z\":1e1}" },
	{ "least and greatest string, by bytes", "", "a=min(v) z=max(v)",
	    { "{\"v\":\"2024-10-01\"}", "{\"v\":\"2024-09-30\"}",
		"{\"v\":\"2024-10\"}", "{\"v\":null}" },
	    "{\"a\":\"2024-09-30\",\"z\":\"2024-10-01\"}" },
	{ "what cannot be put in order is refused", "", "a=min(v) n=count()",
	    { "{\"v\":2}", "{\"v\":false}", "{\"v\":{}}", "{\"v\":1e99}" },
	    "!type:v!type:v!number:v{\"a\":2,\"n\":1}" },
	{ "a refused record has no kind", "", "a=min(v) s=sum(w)",
	    { "{\"v\":2,\"w\":1}", "{\"v\":\"1\",\"w\":\"x\"}" },
	    "!number:w{\"a\":2,\"s\":1}" },
	{ "a sum may be too long on the way", "k", "s=sum(v) m=avg(v)",
	    { "{\"k\":1,\"v\":9e37}", "{\"k\":1,\"v\":9e37}",
		"{\"k\":1,\"v\":0.25}", "{\"k\":2,\"v\":-9e37}",
		"{\"k\":1,\"v\":-9e37}", "{\"k\":2,\"v\":9e37}",
		"{\"k\":1,\"v\":-9e37}" },
	    "{\"k\":1,\"s\":0.25,\"m\":0.050000}"
	    "{\"k\":2,\"s\":0.00,\"m\":0.000000}" },
	{ "a refused record leaves no trace", "k", "s=sum(v) a=min(w)",
	    { "{\"k\":1,\"v\":0.1234,\"w\":[]}",
		"{\"k\":2,\"v\":\"x\",\"w\":\"s\"}",
		"{\"k\":3,\"v\":1,\"w\":1}" },
	    "!type:w!number:v{\"k\":3,\"s\":1,\"a\":1}" },
	{ "of two faults the key's is told", "k", "s=sum(v)",
	    { "{\"v\":\"x\",\"k\":[1]}" }, "!key:k" },
	{ "first and last pass over null", "", "f=first(v) l=last(v)",
	    { "{\"v\":null}", "{\"v\":[1, {}]}", "{\"v\":\"a\\u0062\"}", "{}" },
	    "{\"f\":[1,{}],\"l\":\"a\\u0062\"}" },
	{ "a longer value takes no one else's room", "k",
	    "f=first(v) m=max(v) l=last(v)",
	    { "{\"k\":1,\"v\":\"a\"}", "{\"k\":2,\"v\":\"b\"}",
		"{\"k\":1,\"v\":\"c23456789012345678901234567890\"}",
		"{\"k\":2,\"v\":\"d234567890123456789012345678901\"}" },
	    "{\"k\":1,\"f\":\"a\",\"m\":\"c23456789012345678901234567890\","
	    "\"l\":\"c23456789012345678901234567890\"}"
	    "{\"k\":2,\"f\":\"b\",\"m\":\"d234567890123456789012345678901\","
	    "\"l\":\"d234567890123456789012345678901\"}" },
	{ "lists are distinct, sorted, without null", "k", "l=list(v)",
	    { "{\"k\":1,\"v\":\"b\"}", "{\"k\":2,\"v\":\"b\"}",
		"{\"k\":1,\"v\":\"\\u0061\"}", "{\"k\":1,\"v\":null}",
		"{\"k\":1,\"v\":\"b\"}", "{\"k\":1,\"v\":10}",
		"{\"k\":3,\"v\":null}" },
	    "{\"k\":1,\"l\":\"10, a, b\"}{\"k\":2,\"l\":\"b\"}"
	    "{\"k\":3,\"l\":null}" },
	{ "distinct values count as keys would", "", "d=count_distinct(v)",
	    { "{\"v\":1}", "{\"v\":\"1\"}", "{\"v\":1.0}", "{\"v\":1}",
		"{\"v\":null}", "{\"v\":[]}", "{\"v\":\"\\u0031\"}" },
	    "!type:v{\"d\":3}" },
	{ "count looks for values, whatever they are", "",
	    "n=count() v=count(v)",
	    { "{\"v\":[]}", "{\"v\":false}", "{\"v\":null}", "{}" },
	    "{\"n\":4,\"v\":2}" },
};

#define MANY 40000

/* More groups than the first array of states has room for, and than are taken
 * one by one. */
static void
test_many(void)
{
	static const char want[] =
	    "{\"k\":\"00000\",\"s\":3,\"l\":\"0, 1, 2\"}\n";
	struct agg a = { .separator = SLICE(", ") };
	struct out out = { .name = "a file of no name" };
	FILE *file = tmpfile();
	struct buf line = { 0 };
	struct rec r = { 0 };
	struct failure f;
	char text[64];
	unsigned i;

	out.fd = fileno(file);
	a.out = &out;
	agg_keys(&a, "k");
	agg_measure(&a, "s=sum(v)");
	agg_measure(&a, "l=list(v)");
	agg_begin(&a);
	for (i = 0; i < 3 * MANY; i++) {
		snprintf(text, sizeof(text), "{\"k\":\"%05u\",\"v\":%u}",
		    i % MANY, i / MANY);
		parse(&r, &line, text);
		agg_step(&a, &r, &f);
	}
	agg_end(&a);
	OK(a.groups == MANY && agg_closed(&a, i, 0));
	OK(!agg_closed(&a, i + 1, 0));
	out_flush(&out);
	rewind(file);
	for (i = 0; i < MANY && fgets(text, sizeof(text), file) != NULL; i++) {
		if (strncmp(text, want, 6) != 0 ||
		    strtoul(text + 6, NULL, 10) != i ||
		    strcmp(text + 11, want + 11) != 0)
			break;
	}
	OK_NAMED(i == MANY, "many groups");
	agg_free(&a);
	rec_free(&r);
	buf_free(&line);
	buf_free(&out.b);
	fclose(file);
}

#define VALUES 300
#define HALF   (VALUES / 2)
#define TIMES  9000 /* so often that the log of values is made dense */

/* The first or the second group: its values are 7 i modulo VALUES. */
static void
put_half(struct buf *want, unsigned half)
{
	unsigned v, i;

	buf_fmt(want, "{\"k\":%u,\"d\":%d,\"l\":\"", half, HALF);
	for (v = 0, i = 0; v < VALUES; v++) {
		/* 43 * 7 = 1 modulo VALUES */
		if (v * 43 % VALUES / HALF == half)
			buf_fmt(want, i++ == 0 ? "%03u" : " %03u", v);
	}
	buf_text(want, "\"}\n");
}

/* More values than a state has bits for, each many times. */
static void
test_values(bool sorted)
{
	static struct rec recs[VALUES];
	struct agg a = { .separator = SLICE(" "), .sorted = sorted };
	struct out out = { .fd = -1, .name = "nowhere" };
	struct buf lines[VALUES] = { { 0 } }, want = { 0 };
	struct failure f;
	char text[64];
	size_t i;

	a.out = &out;
	agg_keys(&a, "k");
	agg_measure(&a, "d=count_distinct(v)");
	agg_measure(&a, "l=list(v)");
	agg_begin(&a);
	for (i = 0; i < VALUES; i++) {
		unsigned v = (unsigned)i * 7 % VALUES;

		snprintf(text, sizeof(text), "{\"k\":%u,\"v\":\"%03u\"}",
		    (unsigned)i / HALF, v);
		parse(&recs[i], &lines[i], text);
	}
	for (i = 0; i < VALUES * TIMES; i++)
		agg_step(&a, &recs[i / TIMES / HALF * HALF + i % HALF], &f);
	agg_end(&a);
	put_half(&want, 0);
	put_half(&want, 1);
	IS(out.b.p, out.b.n, buf_cstr(&want), "each value once");
	agg_free(&a);
	for (i = 0; i < VALUES; i++) {
		rec_free(&recs[i]);
		buf_free(&lines[i]);
	}
	buf_free(&out.b);
	buf_free(&want);
}

int
main(void)
{
	struct buf out = { 0 };
	size_t i;

	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		const struct test *t = &tests[i];

		out.n = 0;
		run(&out, t->keys, t->measures, t->lines);
		IS(out.p, out.n, t->want, t->name);
	}
	test_many();
	test_values(false);
	test_values(true);
	buf_free(&out);
	return tap_done();
}
