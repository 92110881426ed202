/*
 * agg_parts - whatever a whole comes to, its parts come to, merged in any
 * order; and groups in temporary files come to what they do in memory.
 */
#include <stdlib.h>

#include "agg.h"
#include "json.h"
#include "rng.h"
#include "tap.h"

#define ROUNDS  1000
#define PARTS   8
#define SPILLED 6000 /* records */

static const char *const keys = "k,par=quantidade % 2 = 0";
static const char *const measures[] = {
	"n=count()",
	"c=count(v)",
	"grandes=count(v > 1)",
	"s=sum(v)",
	"dobro=sum(v * 2)",
	"t=total(w)",
	"m=avg(v)",
	"a=min(v)",
	"z=max(v)",
	"a2=min(x)",
	"z2=max(upper(x))",
	"f=first(x)",
	"f2=first(o)",
	"l=last(x)",
	"l2=last(o)",
	"l3=last(x || '-')",
	"i=list(x)",
	"i2=list(v)",
	"d=count_distinct(v)",
	"d2=count_distinct(lower(x))",
};

/* Lines, and where each ends. */
struct lines {
	struct buf text;
	size_t *ends;
	size_t n;
};

static struct slice
line_at(const struct lines *l, size_t i)
{
	size_t from = i == 0 ? 0 : l->ends[i - 1];

	return (struct slice){ l->text.p + from, l->ends[i] - from };
}

static void
add_line(struct lines *l, struct slice line)
{
	buf_slice(&l->text, line);
	l->ends = mem_resize(l->ends, l->n + 1, sizeof(*l->ends));
	l->ends[l->n++] = l->text.n;
}

static void
free_lines(struct lines *l)
{
	buf_free(&l->text);
	free(l->ends);
	*l = (struct lines){ 0 };
}

static const char *
one_of(struct rng *rng, const char *const *values, uint32_t n)
{
	return values[rng_below(rng, n)];
}

static void
add_member(struct buf *b, const char *name, const char *value)
{
	/* the empty value is that of a member that is missing */
	if (*value == '\0')
		return;
	buf_text(b, b->n == 1 ? "\"" : ",\"");
	buf_fmt(b, "%s\":%s", name, value);
}

/* A record with some of everything that a state has to keep. */
static void
make_record(struct rng *rng, struct buf *b)
{
	static const char *const groups[] = { "\"a\"", "\"b\"", "null", "1",
		"\"a\\u0000\"", "1.0", "", "[]" };
	static const char *const numbers[] = { "1", "1.0", "-0.5", "12.50",
		"1e2", "null", "", "0", "0.000", "-3", "99999999999999999.99" };
	static const char *const sums[] = { "0.1", "null", "-12345.678901", "",
		"2", "3e3", "\"7.125\"", "\"no\"" };
	static const char *const small[] = { "1", "2", "3", "4" };
	static const char *const texts[] = { "\"a\"", "\"\\u0061\"", "\"\"",
		"\"caneta azul com tampa de rosca\"", "null", "",
		"\"a\\u0000b\"", "\"\xc3\xa7\xc3\xa3o\"", "\"b\\\"c\"" };
	static const char *const any[] = { "1", "1.0", "\"1\"", "true", "null",
		"[1, 2]", "{\"a\":\"um texto que n\xc3\xa3o cabe\"}", "" };

	add_member(b, "k", one_of(rng, groups, 8));
	add_member(b, "v", one_of(rng, numbers, 11));
	add_member(b, "w", one_of(rng, sums, 8));
	add_member(b, "quantidade", one_of(rng, small, 4));
	add_member(b, "x", one_of(rng, texts, 9));
	add_member(b, "o", one_of(rng, any, 8));
}

/* Among the records are four numbers that overflow a sum, unless those that
 * take them back come soon enough. */
static void
make_records(struct rng *rng, struct lines *l, uint32_t n)
{
	static const char *const large[] = { "9e37", "8e37", "-9e37", "-8e37" };
	uint32_t from = rng_below(rng, 4), left = 4;
	struct buf b = { 0 };

	for (n += left; n > 0; n--) {
		b.n = 0;
		buf_byte(&b, '{');
		if (rng_below(rng, n) < left) {
			add_member(&b, "k", "\"a\"");
			add_member(&b, "quantidade", "2");
			add_member(&b, "w", large[(from + --left) % 4]);
			buf_text(&b, ",\"v\":null,\"x\":null,\"o\":null");
		} else {
			make_record(rng, &b);
		}
		buf_byte(&b, '}');
		add_line(l, buf_view(&b));
	}
	buf_free(&b);
}

/* Takes lines [from, to) in; what comes out are more lines. */
static void
run(struct agg *a, const struct lines *in, size_t from, size_t to,
    struct lines *result)
{
	struct out out = { .fd = -1, .name = "nowhere" };
	struct buf line = { 0 };
	struct rec r = { .file = "-" };
	struct slice rest, one;
	struct failure f;
	uint64_t rejected = 0;
	size_t i;

	a->separator = SLICE(", ");
	a->out = &out;
	agg_keys(a, keys);
	for (i = 0; i < sizeof(measures) / sizeof(measures[0]); i++)
		agg_measure(a, measures[i]);
	agg_begin(a);
	for (i = from; i < to; i++) {
		if (!rec_from(&r, &line, line_at(in, i)))
			printf("# no record: %s\n", r.fault);
		rejected += !agg_step(a, &r, &f);
	}
	agg_end(a);
	if (!agg_closed(a, to - from, rejected))
		OK_NAMED(false, "the books close");
	rest = buf_view(&out.b);
	while (rest.n != 0 && slice_split(&rest, '\n', &one))
		add_line(result, one);
	agg_free(a);
	rec_free(&r);
	buf_free(&line);
	buf_free(&out.b);
}

static void
run_whole(const struct lines *in, struct lines *result)
{
	struct agg a = { 0 };

	run(&a, in, 0, in->n, result);
}

/* Splits the records anywhere; all parts' states, one behind another. */
static void
run_parts(struct rng *rng, const struct lines *in, struct lines *states)
{
	uint32_t part, parts = 1 + rng_below(rng, PARTS);
	size_t from = 0, to;

	for (part = 0; part < parts; part++) {
		struct agg a = { .partial = true, .part = part };

		to = from + rng_below(rng, (uint32_t)(in->n - from) + 1);
		if (part + 1 == parts)
			to = in->n;
		run(&a, in, from, to, states);
		from = to;
	}
}

static void
shuffle(struct rng *rng, struct lines *l)
{
	struct lines mixed = { 0 };
	size_t *order = mem_zero(l->n, sizeof(*order)), i, k;

	for (i = 0; i < l->n; i++) {
		k = rng_below(rng, (uint32_t)i + 1);
		order[i] = order[k];
		order[k] = i;
	}
	for (i = 0; i < l->n; i++)
		add_line(&mixed, line_at(l, order[i]));
	free(order);
	free_lines(l);
	*l = mixed;
}

/* Merges some of the states into fewer, a few times. */
static void
merge_some(struct rng *rng, struct lines *states)
{
	uint32_t times = rng_below(rng, 4);
	size_t i, some;

	for (; times > 0; times--) {
		struct lines merged = { 0 };
		struct agg a = { .merge = true, .partial = true };

		shuffle(rng, states);
		some = rng_below(rng, (uint32_t)states->n + 1);
		/* with less than it can work in, every state goes to a file */
		a.memory = rng_below(rng, 8) == 0 ? 1 : 0;
		run(&a, states, 0, some, &merged);
		for (i = some; i < states->n; i++)
			add_line(&merged, line_at(states, i));
		free_lines(states);
		*states = merged;
	}
	shuffle(rng, states);
}

static bool
same(const struct lines *got, const struct lines *want)
{
	if (slice_eq(buf_view(&got->text), buf_view(&want->text)))
		return true;
	printf("#  got: %.*s\n# want: %.*s\n", (int)got->text.n, got->text.p,
	    (int)want->text.n, want->text.p);
	return false;
}

static bool
whole_is_its_parts(uint64_t round)
{
	struct rng rng = rng_at(1, 1, round);
	struct lines records = { 0 }, whole = { 0 };
	struct lines states = { 0 }, merged = { 0 };
	struct agg a = { .merge = true };
	bool good;

	make_records(&rng, &records, rng_below(&rng, 60));
	run_whole(&records, &whole);
	run_parts(&rng, &records, &states);
	merge_some(&rng, &states);
	run(&a, &states, 0, states.n, &merged);
	good = same(&merged, &whole);
	free_lines(&records);
	free_lines(&whole);
	free_lines(&states);
	free_lines(&merged);
	return good;
}

/* Little memory for records, for states, and for states of states. */
static void
test_spilled(void)
{
	struct rng rng = rng_at(1, 2, 0);
	struct lines records = { 0 }, whole = { 0 };
	struct lines spilled = { 0 }, parts = { 0 }, sum = { 0 };
	struct agg results = { .memory = 1 };
	struct agg states = { .memory = 1, .partial = true };
	struct agg merged = { .memory = 1, .merge = true };

	make_records(&rng, &records, SPILLED);
	run_whole(&records, &whole);
	run(&results, &records, 0, records.n, &spilled);
	OK_NAMED(same(&spilled, &whole), "groups in temporary files");
	run(&states, &records, 0, records.n, &parts);
	run(&merged, &parts, 0, parts.n, &sum);
	OK_NAMED(same(&sum, &whole), "states in temporary files");
	free_lines(&records);
	free_lines(&whole);
	free_lines(&spilled);
	free_lines(&parts);
	free_lines(&sum);
}

int
main(void)
{
	unsigned round, wrong = 0;

	for (round = 0; round < ROUNDS && wrong == 0; round++)
		wrong += !whole_is_its_parts(round);
	OK_NAMED(wrong == 0, "a thousand wholes are their parts");
	test_spilled();
	return tap_done();
}
