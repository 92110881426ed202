/*
 * agg_set - list and count_distinct.
 *
 * The distinct values of all groups of a measure are a log of pairs, group
 * and value; each text is held once, whoever has it. A pair may stand in the
 * log many times: writing it again is cheaper than looking for it, and two
 * counting sorts at the end bring equal ones together. Of a measure's first
 * values, which may be all it ever has, a group's state knows which it has.
 */
#include <stdlib.h>

#include "agg_ops.h"
#include "json.h"

#define KNOWN      64                 /* values that a state has a bit for */
#define DENSE_MIN  ((size_t)1 << 20)  /* pairs */
#define KEPT_TEXTS ((size_t)16 << 20) /* bytes, from group to group */

struct agg_pair {
	uint32_t group, value;
};

/* What is needed for each, to gather them (table_sorted() included). */
#define VALUE_MEMORY 64
#define PAIR_MEMORY  (2 * sizeof(struct agg_pair) + sizeof(uint32_t))

/* The groups whose pairs are in the log. */
static size_t
groups(const struct agg *a)
{
	return a->single ? 1 : a->table.n;
}

/*
 * Deals the log out to the groups, each pair as the rank of its value: first
 * by rank, then by group, so that each group's ranks are in order.
 */
static void
gather(const struct agg *a, struct agg_set *set)
{
	uint32_t *rank = mem_resize(NULL, set->values.n, sizeof(*rank));
	size_t *at = mem_zero((size_t)set->values.n + 1, sizeof(*at));
	size_t *starts = mem_zero(groups(a) + 2, sizeof(*starts));
	struct agg_pair *by_rank = mem_resize(NULL, set->n, sizeof(*by_rank));
	size_t i;

	set->by_rank = table_sorted(&set->values);
	set->texts = mem_resize(NULL, set->values.n, sizeof(*set->texts));
	for (i = 0; i < set->values.n; i++) {
		rank[set->by_rank[i]] = (uint32_t)i;
		set->texts[i] = table_key(&set->values, set->by_rank[i]);
	}
	for (i = 0; i < set->n; i++) {
		set->log[i].value = rank[set->log[i].value];
		at[set->log[i].value + 1]++;
		starts[set->log[i].group + 2]++;
	}
	for (i = 1; i < set->values.n; i++)
		at[i] += at[i - 1];
	for (i = 0; i < set->n; i++)
		by_rank[at[set->log[i].value]++] = set->log[i];
	free(set->log);
	set->lists = mem_resize(NULL, set->n, sizeof(*set->lists));
	for (i = 2; i < groups(a) + 2; i++)
		starts[i] += starts[i - 1];
	/* where a group's list begins moves to where the next one's does */
	for (i = 0; i < set->n; i++)
		set->lists[starts[by_rank[i].group + 1]++] = by_rank[i].value;
	set->starts = starts;
	set->log = NULL;
	set->cap = 0;
	free(by_rank);
	free(rank);
	free(at);
}

static void
forget_lists(struct agg_set *set)
{
	free(set->lists);
	free(set->by_rank);
	free(set->texts);
	free(set->starts);
	set->lists = set->by_rank = NULL;
	set->texts = NULL;
	set->starts = NULL;
}

/* Takes the pairs out of the log that are there more than once. */
static void
make_dense(const struct agg *a, struct agg_set *set)
{
	size_t group, i;

	gather(a, set);
	set->log = mem_resize(NULL, set->n, sizeof(*set->log));
	set->cap = set->n;
	set->n = 0;
	for (group = 0; group < groups(a); group++) {
		for (i = set->starts[group]; i < set->starts[group + 1]; i++) {
			if (i > set->starts[group] &&
			    set->lists[i] == set->lists[i - 1])
				continue;
			set->log[set->n++] = (struct agg_pair){
				(uint32_t)group,
				set->by_rank[set->lists[i]],
			};
		}
	}
	forget_lists(set);
	set->dense = set->n < DENSE_MIN / 2 ? DENSE_MIN : 2 * set->n;
}

static void
add(struct agg *a, struct measure *m, uint64_t *known, uint32_t group,
    struct slice text)
{
	struct agg_set *set = &m->set;
	uint32_t value;
	bool added;

	value = table_put(&set->values, text, &added);
	if (value < KNOWN) {
		uint64_t bit = (uint64_t)1 << value;

		if ((*known & bit) != 0)
			return;
		*known |= bit;
	}
	if (set->n == (set->dense == 0 ? DENSE_MIN : set->dense))
		make_dense(a, set);
	if (set->n == set->cap) {
		set->cap = set->cap == 0 ? 256 : 2 * set->cap;
		set->log = mem_resize(set->log, set->cap, sizeof(*set->log));
	}
	set->log[set->n++] = (struct agg_pair){ group, value };
}

/* Two values are the same where two keys of groups would be. */
static void
distinct_step(struct agg *a, struct measure *m, void *state, uint32_t group,
    const struct agg_value *v)
{
	a->other.n = 0;
	agg_put_key(&a->other, v->token, &a->text);
	add(a, m, state, group, buf_view(&a->other));
}

static void
list_step(struct agg *a, struct measure *m, void *state, uint32_t group,
    const struct agg_value *v)
{
	add(a, m, state, group, json_text(v->token, &a->text));
}

static int
by_text(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;

	return slice_cmp(*x, *y);
}

static struct slice *
room_for(struct agg *a, size_t n)
{
	if (n > a->nitems) {
		a->nitems = 2 * n;
		a->items = mem_resize(a->items, a->nitems, sizeof(*a->items));
	}
	return a->items;
}

/* To gather many texts for the sake of one group would take long. */
static size_t
items_of_single(struct agg *a, struct agg_set *set)
{
	struct slice *items = room_for(a, set->n);
	size_t i, n = 0;

	for (i = 0; i < set->n; i++)
		items[i] = table_key(&set->values, set->log[i].value);
	qsort(items, set->n, sizeof(*items), by_text);
	for (i = 0; i < set->n; i++) {
		/* what is equal is the same place */
		if (n == 0 || items[i].p != items[n - 1].p)
			items[n++] = items[i];
	}
	return n;
}

/* The texts of a group's values, in order, each once, in a->items until the
 * next call; how many they are. */
static size_t
items_of(struct agg *a, struct agg_set *set, uint32_t group)
{
	struct slice *items;
	size_t i, end, n = 0;

	if (set->n == 0)
		return 0;
	if (a->single)
		return items_of_single(a, set);
	if (set->lists == NULL)
		gather(a, set);
	i = set->starts[group];
	end = set->starts[group + 1];
	items = room_for(a, end - i);
	for (; i < end; i++) {
		uint32_t rank = set->lists[i];

		if (n == 0 || rank != set->lists[i - 1])
			items[n++] = set->texts[rank];
	}
	return n;
}

static void
list_final(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	size_t i, n = items_of(a, &m->set, group);

	(void)state;
	if (n == 0) {
		buf_text(out, "null");
		return;
	}
	a->text.n = 0;
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_slice(&a->text, a->separator);
		buf_slice(&a->text, a->items[i]);
	}
	json_quote(out, buf_view(&a->text));
}

static void
distinct_final(struct agg *a, struct measure *m, const void *state,
    uint32_t group, struct buf *out)
{
	(void)state;
	buf_u64(out, items_of(a, &m->set, group));
}

static void
list_put(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	size_t i, n = items_of(a, &m->set, group);

	(void)state;
	buf_byte(out, '[');
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(out, ',');
		json_quote(out, a->items[i]);
	}
	buf_byte(out, ']');
}

static void
distinct_put(struct agg *a, struct measure *m, const void *state,
    uint32_t group, struct buf *out)
{
	size_t i, n = items_of(a, &m->set, group);

	(void)state;
	buf_byte(out, '[');
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(out, ',');
		agg_take_key(&a->items[i], &a->text, out);
	}
	buf_byte(out, ']');
}

static bool
list_take(struct agg *a, struct measure *m, void *state, uint32_t group,
    struct slice token)
{
	struct slice item;

	if (token.p[0] != '[')
		return false;
	while (json_next(&token, &item)) {
		if (!json_is_string(item))
			return false;
		add(a, m, state, group, json_text(item, &a->text));
	}
	return true;
}

static bool
distinct_take(struct agg *a, struct measure *m, void *state, uint32_t group,
    struct slice token)
{
	struct agg_value v = { 0 };

	if (token.p[0] != '[')
		return false;
	while (json_next(&token, &v.token)) {
		if (json_is_null(v.token) || json_is_nested(v.token))
			return false;
		distinct_step(a, m, state, group, &v);
	}
	return true;
}

size_t
agg_set_memory(const struct agg_set *set)
{
	return table_memory(&set->values) + set->values.n * VALUE_MEMORY +
	       set->n * PAIR_MEMORY;
}

void
agg_set_clear(struct agg_set *set)
{
	forget_lists(set);
	free(set->log);
	table_free(&set->values);
	*set = (struct agg_set){ 0 };
}

void
agg_set_restart(struct agg_set *set)
{
	set->n = 0;
	if (table_memory(&set->values) > KEPT_TEXTS)
		agg_set_clear(set);
}

const struct agg_func agg_list = {
	.name = "list",
	.size = sizeof(uint64_t),
	.needs = AGG_SCALAR,
	.step = list_step,
	.final = list_final,
	.put = list_put,
	.take = list_take,
};

const struct agg_func agg_count_distinct = {
	.name = "count_distinct",
	.size = sizeof(uint64_t),
	.needs = AGG_SCALAR,
	.step = distinct_step,
	.final = distinct_final,
	.put = distinct_put,
	.take = distinct_take,
};
