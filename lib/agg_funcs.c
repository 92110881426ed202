/* agg_funcs - the functions that mh-aggregate knows. */
#include <stdlib.h>

#include "agg.h"
#include "json.h"
#include "mh.h"

/* Digits that an average has behind those of its sum. */
#define AVG_DIGITS 4

static const struct agg_input *
input(const struct agg *a, const struct measure *m)
{
	return &a->inputs[m->input];
}

static void
count_step(struct agg *a, struct measure *m, void *state, uint32_t group)
{
	uint64_t *n = state;

	(void)a, (void)m, (void)group;
	++*n;
}

static void
count_final(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	const uint64_t *n = state;

	(void)a, (void)m, (void)group;
	buf_u64(out, *n);
}

/* A struct dec and the number of values, in less room. */
struct sum {
	dec_int coef;
	int32_t scale;
	uint64_t n;
};

static void
sum_step(struct agg *a, struct measure *m, void *state, uint32_t group)
{
	struct sum *s = state;
	struct dec d = { s->coef, s->scale };

	(void)group;
	if (!dec_add(&d, input(a, m)->num))
		mh_die(MH_DATA,
		    "%s: line %llu: %.*s: the sum has more than %d digits",
		    a->rec->file, (unsigned long long)a->rec->lineno,
		    (int)m->name.n, m->name.p, DEC_DIGITS);
	s->coef = d.coef;
	s->scale = d.scale;
	s->n++;
	if (d.scale > m->scale)
		m->scale = d.scale;
}

/* All groups' sums have the same scale, whatever digits each of them saw. */
static void
total_final(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	const struct sum *s = state;
	struct dec d = { s->coef, s->scale };

	(void)a, (void)group;
	if (!dec_rescale(&d, m->scale))
		mh_die(MH_DATA,
		    "%.*s: a sum with %d fraction digits has more than "
		    "%d digits",
		    (int)m->name.n, m->name.p, m->scale, DEC_DIGITS);
	dec_put(out, d);
}

static void
sum_final(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	const struct sum *s = state;

	if (s->n == 0)
		buf_text(out, "null");
	else
		total_final(a, m, state, group, out);
}

static void
avg_final(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	const struct sum *s = state;
	struct dec d = { s->coef, s->scale };
	int scale = m->scale + AVG_DIGITS;

	(void)a, (void)group;
	if (s->n == 0) {
		buf_text(out, "null");
		return;
	}
	if (!dec_div(&d, d, dec_from_i64((int64_t)s->n), scale))
		mh_die(MH_DATA,
		    "%.*s: an average with %d fraction digits has more than "
		    "%d digits",
		    (int)m->name.n, m->name.p, scale, DEC_DIGITS);
	dec_put(out, d);
}

/* One token, in memory that is used again while it is large enough. */
struct kept {
	char *p;
	size_t n, cap;
};

static struct slice
kept_token(const struct kept *k)
{
	return (struct slice){ k->p, k->n };
}

static void
keep(struct agg *a, struct kept *k, struct slice token)
{
	if (token.n > k->cap) {
		k->cap = token.n < 2 * k->cap ? 2 * k->cap : token.n;
		k->p = arena_alloc(&a->tokens, k->cap);
	}
	memcpy(k->p, token.p, token.n);
	k->n = token.n;
}

static void
kept_final(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	struct slice token = kept_token(state);

	(void)a, (void)m, (void)group;
	if (token.n == 0)
		buf_text(out, "null");
	else if (json_is_nested(token))
		json_compact(out, token);
	else
		buf_slice(out, token);
}

static void
first_step(struct agg *a, struct measure *m, void *state, uint32_t group)
{
	struct kept *k = state;

	(void)group;
	if (k->n == 0)
		keep(a, k, input(a, m)->token);
}

static void
last_step(struct agg *a, struct measure *m, void *state, uint32_t group)
{
	(void)group;
	keep(a, state, input(a, m)->token);
}

/*
 * Where the record's value stands to the one that is kept. Equal values that
 * are written differently (1 and 1.0) are told apart by their bytes: the
 * records' order must not decide.
 */
static int
order(struct agg *a, const struct agg_input *in, const struct kept *k)
{
	struct slice old = kept_token(k);
	struct dec d;
	int c;

	if (json_is_number(in->token)) {
		/* it has been read before and cannot fail */
		dec_from_json(&d, old);
		c = dec_cmp(in->num, d);
	} else {
		c = slice_cmp(
		    json_text(in->token, &a->text), json_text(old, &a->other));
	}
	return c != 0 ? c : slice_cmp(in->token, old);
}

static void
min_step(struct agg *a, struct measure *m, void *state, uint32_t group)
{
	const struct agg_input *in = input(a, m);
	struct kept *k = state;

	(void)group;
	if (k->n == 0 || order(a, in, k) < 0)
		keep(a, k, in->token);
}

static void
max_step(struct agg *a, struct measure *m, void *state, uint32_t group)
{
	const struct agg_input *in = input(a, m);
	struct kept *k = state;

	(void)group;
	if (k->n == 0 || order(a, in, k) > 0)
		keep(a, k, in->token);
}

/*
 * The distinct values of all groups are a log of pairs; a group's state is
 * the number of its pairs. Each text is held once, whoever has it.
 */
static void
add_distinct(
    struct agg_set *set, uint64_t *n, uint32_t group, struct slice text)
{
	uint32_t pair[2] = { group, 0 };
	bool added;

	pair[1] = table_put(&set->values, text, &added);
	table_put(&set->pairs,
	    (struct slice){ (const char *)pair, sizeof(pair) }, &added);
	*n += added;
}

/* Two values are the same where two keys of groups would be. */
static void
distinct_step(struct agg *a, struct measure *m, void *state, uint32_t group)
{
	a->other.n = 0;
	agg_put_key(&a->other, input(a, m)->token, &a->text);
	add_distinct(&m->set, state, group, buf_view(&a->other));
}

static void
list_step(struct agg *a, struct measure *m, void *state, uint32_t group)
{
	add_distinct(
	    &m->set, state, group, json_text(input(a, m)->token, &a->text));
}

/* Deals the log out to the groups, each pair as the rank of its value. */
static void
gather(const struct agg *a, const struct measure *m, struct agg_set *set)
{
	uint32_t *rank = mem_resize(NULL, set->values.n, sizeof(*rank));
	uint32_t i, pair[2];
	size_t end = 0;

	set->by_rank = table_sorted(&set->values);
	for (i = 0; i < set->values.n; i++)
		rank[set->by_rank[i]] = i;
	set->starts = mem_resize(NULL, a->groups.n, sizeof(*set->starts));
	for (i = 0; i < a->groups.n; i++) {
		const void *state = a->states + i * a->stride + m->at;

		end += *(const uint64_t *)state;
		set->starts[i] = end;
	}
	set->lists = mem_resize(NULL, end, sizeof(*set->lists));
	for (i = 0; i < set->pairs.n; i++) {
		memcpy(pair, table_key(&set->pairs, i).p, sizeof(pair));
		set->lists[--set->starts[pair[0]]] = rank[pair[1]];
	}
	free(rank);
}

static int
by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
list_final(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	const uint64_t *n = state;
	struct agg_set *set = &m->set;
	uint32_t *list;
	size_t i;

	if (*n == 0) {
		buf_text(out, "null");
		return;
	}
	if (set->lists == NULL)
		gather(a, m, set);
	list = set->lists + set->starts[group];
	qsort(list, *n, sizeof(*list), by_number);
	a->text.n = 0;
	for (i = 0; i < *n; i++) {
		if (i > 0)
			buf_slice(&a->text, a->separator);
		buf_slice(
		    &a->text, table_key(&set->values, set->by_rank[list[i]]));
	}
	json_quote(out, buf_view(&a->text));
}

const struct agg_func agg_funcs[] = {
	{ "count", sizeof(uint64_t), 0, true, count_step, count_final },
	{ "sum", sizeof(struct sum), AGG_NUMBER, false, sum_step, sum_final },
	{ "total", sizeof(struct sum), AGG_NUMBER, false, sum_step,
	    total_final },
	{ "avg", sizeof(struct sum), AGG_NUMBER, false, sum_step, avg_final },
	{ "min", sizeof(struct kept), AGG_ORDER, false, min_step, kept_final },
	{ "max", sizeof(struct kept), AGG_ORDER, false, max_step, kept_final },
	{ "first", sizeof(struct kept), 0, false, first_step, kept_final },
	{ "last", sizeof(struct kept), 0, false, last_step, kept_final },
	{ "list", sizeof(uint64_t), AGG_SCALAR, false, list_step, list_final },
	{ "count_distinct", sizeof(uint64_t), AGG_SCALAR, false, distinct_step,
	    count_final },
	{ NULL, 0, 0, false, NULL, NULL },
};
