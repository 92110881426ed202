/* agg - records into groups, and measures over each group. */
#include <stdlib.h>

#include "agg_ops.h"
#include "json.h"
#include "mh.h"

/* A group's block begins with the number of its records. */
#define HEADER sizeof(uint64_t)

/* So many groups before one is written, it is asked for. */
#define AHEAD 16

/* Bytes of long tokens that are kept from group to group. */
#define KEPT_TOKENS ((size_t)1 << 20)

static uint64_t
records_of(const char *block)
{
	uint64_t n;

	memcpy(&n, block, sizeof(n));
	return n;
}

static void
put_head(struct buf *head, struct slice name)
{
	buf_byte(head, ',');
	json_quote(head, name);
	buf_byte(head, ':');
}

static void
lay_out_block(struct agg *a)
{
	size_t i;

	a->stride = HEADER;
	for (i = 0; i < a->n; i++) {
		struct measure *m = &a->measures[i];
		size_t align = m->func->size % 16 == 0 ? 16 : 8;

		m->at = (a->stride + align - 1) / align * align;
		a->stride = m->at + m->func->size;
	}
	a->stride = (a->stride + 15) / 16 * 16;
}

void
agg_begin(struct agg *a)
{
	size_t i;

	agg_read_options(a);
	lay_out_block(a);
	a->heads = mem_zero(a->keys.n, sizeof(*a->heads));
	for (i = 0; i < a->keys.n; i++)
		put_head(&a->heads[i], a->keys.v[i].to);
	for (i = 0; i < a->n; i++)
		put_head(&a->measures[i].head, a->measures[i].name);
	agg_batch_begin(a);
	a->single = a->sorted;
	a->position = agg_position(a->part, 0);
	if (a->partial || a->merge || a->memory != 0)
		agg_state_begin(a);
	if (a->keys.n == 0)
		agg_group(a, SLICE(""), table_hash("", 0));
}

/* The one group at work, if it has this key; else the next one begins. */
static uint32_t
single_group(struct agg *a, struct slice key)
{
	int c = a->open ? slice_cmp(key, buf_view(&a->current)) : 1;

	if (c == 0)
		return 0;
	if (c < 0)
		mh_die(MH_DATA,
		    "%s: line %llu: the record's group comes before the one "
		    "above: it is not sorted by the key",
		    a->rec->file, (unsigned long long)a->rec->lineno);
	agg_close_group(a);
	a->current.n = 0;
	buf_slice(&a->current, key);
	memset(agg_block(a, 0), 0, a->stride);
	a->open = true;
	return 0;
}

uint32_t
agg_group(struct agg *a, struct slice key, uint64_t hash)
{
	uint32_t group = 0;
	bool added = false;

	if (!a->single)
		group = table_put_hashed(&a->table, key, hash, &added);
	if (group >= a->cap) {
		a->cap = a->cap == 0 ? 16 : a->cap * 2;
		a->block = mem_resize(a->block, a->cap, a->stride);
	}
	if (a->single)
		return single_group(a, key);
	if (added)
		memset(agg_block(a, group), 0, a->stride);
	return group;
}

/* Does the function look at this value? */
static bool
counts(const struct measure *m, const struct agg_value *v)
{
	return !v->null && !(m->truths && slice_is(v->token, "false"));
}

void
agg_apply(struct agg *a, uint32_t group, const struct agg_value *values)
{
	char *block = agg_block(a, group);
	uint64_t *records = (uint64_t *)(void *)block;
	size_t i;

	++*records;
	for (i = 0; i < a->n; i++) {
		struct measure *m = &a->measures[i];
		const struct agg_value *v =
		    m->input == SIZE_MAX ? NULL : &values[m->input];

		if (v == NULL || counts(m, v))
			m->func->step(a, m, block + m->at, group, v);
	}
}

bool
agg_step(struct agg *a, const struct rec *r, struct failure *f)
{
	bool good;

	a->rec = r;
	if (a->merge) {
		agg_take(a, r);
		return true;
	}
	if (agg_record(++a->position) == 0)
		mh_die(MH_DATA, "%s: line %llu: too many records", r->file,
		    (unsigned long long)r->lineno);
	good = agg_read(a, r, f);
	if (good || f->reason == NULL)
		agg_see(a, r);
	if (!good)
		return false;
	a->records++;
	agg_queue(a, r->line.n);
	return true;
}

static void
put_measures(struct agg *a, const char *block, uint32_t group, bool state,
    struct buf *out)
{
	size_t i;

	for (i = 0; i < a->n; i++) {
		struct measure *m = &a->measures[i];

		buf_slice(out, buf_view(&m->head));
		if (state)
			m->func->put(a, m, block + m->at, group, out);
		else
			m->func->final(a, m, block + m->at, group, out);
	}
}

void
agg_put(struct agg *a, struct slice key, uint32_t group, bool state,
    struct buf *out)
{
	const char *block = agg_block(a, group);
	size_t i, start = out->n;

	if (state)
		agg_put_mark(a, records_of(block), out);
	for (i = 0; i < a->keys.n; i++) {
		buf_slice(out, buf_view(&a->heads[i]));
		agg_take_key(&key, &a->text, out);
	}
	put_measures(a, block, group, state, out);
	if (state)
		agg_put_notes(a, out);
	out->p[start] = '{';
	buf_byte(out, '}');
}

static void
write_group(struct agg *a, struct slice key, uint32_t group)
{
	if (a->aside != NULL) {
		agg_put_aside(a, key, group);
		return;
	}
	a->counted += records_of(agg_block(a, group));
	a->groups++;
	agg_put(a, key, group, a->partial, &a->out->b);
	out_end(a->out);
}

void
agg_close_group(struct agg *a)
{
	size_t i;

	if (!a->open)
		return;
	write_group(a, buf_view(&a->current), 0);
	a->open = false;
	for (i = 0; i < a->n; i++) {
		agg_set_restart(&a->measures[i].set);
		agg_sum_clear(&a->measures[i]);
	}
	if (a->tokens.total > KEPT_TOKENS)
		arena_free(&a->tokens);
}

/* Asks early for all that a group's line is made of. */
static void
ask_group(const struct agg *a, uint32_t group)
{
	size_t i;

	table_ask_key(&a->table, group);
	agg_ask(a, group);
	for (i = 0; i < a->n; i++)
		agg_set_ask(&a->measures[i].set, group);
}

/* In the order of their keys. */
void
agg_write_all(struct agg *a)
{
	uint32_t *order = table_sorted(&a->table);
	uint32_t i, n = a->table.n;

	for (i = 0; i < n; i++) {
		/* in this order they lie all over the memory */
		if (n - i > AHEAD)
			ask_group(a, order[i + AHEAD]);
		write_group(a, table_key(&a->table, order[i]), order[i]);
	}
	free(order);
}

void
agg_forget(struct agg *a)
{
	size_t i;

	for (i = 0; i < a->n; i++) {
		agg_set_clear(&a->measures[i].set);
		agg_sum_clear(&a->measures[i]);
	}
	table_free(&a->table);
	arena_free(&a->tokens);
	free(a->block);
	a->block = NULL;
	a->cap = 0;
}

/*
 * A key that no record has is a slip of the pen and would put everything into
 * one group. A measure may be of a member that today's records lack.
 */
static void
judge_inputs(const struct agg *a)
{
	size_t i;

	for (i = 0; i < a->keys.n; i++) {
		struct slice name = a->keys.v[i].from;

		if (!a->key_exprs[i].seen)
			mh_die(MH_DATA, "no record has a member %.*s",
			    (int)name.n, name.p);
	}
	for (i = 0; i < a->members.n; i++) {
		struct slice name = a->members.v[i].from;

		if (a->inputs[i].kinds == (AGG_NUMBERS | AGG_STRINGS))
			mh_die(MH_DATA,
			    "%.*s: there are numbers and strings, which min "
			    "and max cannot compare",
			    (int)name.n, name.p);
	}
	for (i = 0; i < a->members.n; i++) {
		struct slice name = a->members.v[i].from;

		if (a->inputs[i].computed.seen)
			continue;
		mh_warn("no record has a member %.*s", (int)name.n, name.p);
		return;
	}
}

void
agg_end(struct agg *a)
{
	agg_flush(a);
	if (!a->partial && a->records != 0)
		judge_inputs(a);
	if (a->runs != NULL)
		agg_merge_runs(a);
	else if (a->single)
		agg_close_group(a);
	else
		agg_write_all(a);
}

bool
agg_closed(const struct agg *a, uint64_t in, uint64_t others)
{
	return a->counted == a->records &&
	       in == (a->merge ? a->states : a->counted) + others;
}

static void
free_exprs(struct agg *a)
{
	size_t i;

	for (i = 0; i < a->keys.n; i++) {
		buf_free(&a->key_exprs[i].made);
		buf_free(&a->heads[i]);
	}
	for (i = 0; i < a->members.n; i++)
		buf_free(&a->inputs[i].computed.made);
}

void
agg_free(struct agg *a)
{
	size_t i;

	agg_forget(a);
	agg_batch_free(a);
	agg_runs_free(a);
	agg_state_free(a);
	free_exprs(a);
	for (i = 0; i < a->n; i++) {
		free(a->measures[i].wides);
		buf_free(&a->measures[i].head);
	}
	names_free(&a->keys);
	names_free(&a->members);
	free(a->key_exprs);
	free(a->inputs);
	free(a->measures);
	free(a->heads);
	free(a->items);
	key_free(&a->shard_key);
	buf_free(&a->key);
	buf_free(&a->text);
	buf_free(&a->other);
	buf_free(&a->current);
	*a = (struct agg){ 0 };
}
