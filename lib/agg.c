/* agg - records into groups, and measures over each group. */
#include <stdlib.h>

#include "agg.h"
#include "json.h"
#include "mh.h"

/*
 * A group's key in the table: each value's text, in which a zero byte is
 * followed by 0xff; then a zero and what it was. A null is one byte that no
 * text begins with, above all that do. So keys compare as bytes.
 */
enum {
	END = 0x00,
	WAS_STRING = 0x01,
	WAS_OTHER = 0x02,
	ESCAPED = 0xff,
	NONE = 0xff,
};

/* A group's block begins with the number of its records. */
#define HEADER sizeof(uint64_t)

void
agg_put_key(struct buf *key, struct slice token, struct buf *scratch)
{
	struct slice rest, piece;
	bool first = true;

	if (json_is_null(token)) {
		buf_byte(key, (char)NONE);
		return;
	}
	rest = json_text(token, scratch);
	while (slice_split(&rest, '\0', &piece)) {
		if (!first)
			buf_add(key, (char[]){ END, (char)ESCAPED }, 2);
		buf_slice(key, piece);
		first = false;
	}
	buf_byte(key, END);
	buf_byte(key, json_is_string(token) ? WAS_STRING : WAS_OTHER);
}

/* Appends the first value of the key as JSON and cuts it off. */
static void
take_key(struct slice *key, struct buf *scratch, struct buf *out)
{
	struct slice piece, rest = *key;

	if (*key->p == (char)NONE) {
		*key = (struct slice){ key->p + 1, key->n - 1 };
		buf_text(out, "null");
		return;
	}
	scratch->n = 0;
	while (slice_split(&rest, END, &piece)) {
		char mark = *rest.p;

		rest = (struct slice){ rest.p + 1, rest.n - 1 };
		buf_slice(scratch, piece);
		if (mark == WAS_STRING)
			json_quote(out, buf_view(scratch));
		else if (mark == WAS_OTHER)
			buf_slice(out, buf_view(scratch));
		if (mark != (char)ESCAPED)
			break;
		buf_byte(scratch, '\0');
	}
	*key = rest;
}

void
agg_begin(struct agg *a)
{
	size_t i;
	bool added;

	agg_read_options(a);
	a->stride = HEADER;
	for (i = 0; i < a->n; i++) {
		struct measure *m = &a->measures[i];
		size_t align = m->func->size % 16 == 0 ? 16 : 8;

		m->at = (a->stride + align - 1) / align * align;
		a->stride = m->at + m->func->size;
		buf_byte(&m->head, ',');
		json_quote(&m->head, m->name);
		buf_byte(&m->head, ':');
	}
	a->stride = (a->stride + 15) / 16 * 16;
	if (a->keys.n == 0) {
		table_put(&a->groups, SLICE(""), &added);
		a->states = mem_zero(1, a->stride);
	}
}

/*
 * The number that a token stands for: a JSON number, or a string that holds
 * nothing else. The line goes on behind the token, so that the scan stops.
 */
static bool
read_number(struct dec *d, struct slice token)
{
	struct slice inner = { token.p + 1, token.n - 2 };
	bool spaced;

	if (json_is_number(token))
		return dec_from_json(d, token);
	return json_is_string(token) && json_is_number(inner) &&
	       json_value_end(inner.p, 1, &spaced) == inner.p + inner.n &&
	       dec_from_json(d, inner);
}

/* NULL, or the reason why the value is of no use. */
static const char *
check_input(struct agg_input *in)
{
	bool number = json_is_number(in->token);
	bool string = json_is_string(in->token);

	if (in->null)
		return NULL;
	if ((in->needs & AGG_NUMBER) != 0 && !read_number(&in->num, in->token))
		return "number";
	if ((in->needs & AGG_ORDER) != 0) {
		char kind = number ? 'n' : 's';

		if ((!number && !string) || (in->kind != 0 && in->kind != kind))
			return "type";
		if (number && (in->needs & AGG_NUMBER) == 0 &&
		    !dec_from_json(&in->num, in->token))
			return "number";
	}
	if ((in->needs & AGG_SCALAR) != 0 && json_is_nested(in->token))
		return "type";
	return NULL;
}

/* The token of a computed value. It has behind it what the scanner may read.
 * False if there is none: *f says why. */
static bool
compute(struct agg_expr *x, const struct rec *r, struct slice text,
    struct slice *token, struct failure *f)
{
	struct expr_value v;

	if (!expr_run(x->expr, r, &v)) {
		*f = (struct failure){ .reason = "expression",
			.field = text,
			.message = expr_why(x->expr) };
		return false;
	}
	x->made.n = 0;
	expr_put(&x->made, &v);
	buf_room(&x->made, 1 + JSON_SLACK);
	memset(x->made.p + x->made.n, '\n', 1 + JSON_SLACK);
	*token = buf_view(&x->made);
	return true;
}

static bool
read_inputs(struct agg *a, const struct rec *r, struct failure *f)
{
	size_t i;

	names_seek(&a->members, r);
	for (i = 0; i < a->members.n; i++) {
		struct agg_input *in = &a->inputs[i];

		if (in->computed.expr == NULL)
			in->token = names_value(&a->members, r, i);
		else if (!compute(&in->computed, r, a->members.v[i].from,
			     &in->token, f))
			return false;
		in->null = json_is_null(in->token);
		if (in->needs == 0 || (f->reason = check_input(in)) == NULL)
			continue;
		f->field = a->members.v[i].from;
		f->value = in->token;
		return false;
	}
	return true;
}

static bool
read_keys(struct agg *a, const struct rec *r, struct failure *f)
{
	size_t i;

	names_seek(&a->keys, r);
	a->key.n = 0;
	for (i = 0; i < a->keys.n; i++) {
		struct slice token;

		if (a->key_exprs[i].expr == NULL)
			token = names_value(&a->keys, r, i);
		else if (!compute(
			     &a->key_exprs[i], r, a->keys.v[i].to, &token, f))
			return false;
		if (json_is_nested(token)) {
			f->reason = "key";
			f->field = a->keys.v[i].from;
			f->value = token;
			return false;
		}
		agg_put_key(&a->key, token, &a->text);
	}
	return true;
}

static void *
state_of(const struct agg *a, uint32_t group)
{
	return a->states + group * a->stride;
}

static uint32_t
group_of_record(struct agg *a)
{
	uint32_t group;
	bool added;

	if (a->keys.n == 0)
		return 0;
	group = table_put(&a->groups, buf_view(&a->key), &added);
	if (added && group >= a->cap) {
		a->cap = a->cap == 0 ? 16 : a->cap * 2;
		a->states = mem_resize(a->states, a->cap, a->stride);
	}
	if (added)
		memset(state_of(a, group), 0, a->stride);
	return group;
}

/* Does the function look at this value? */
static bool
counts(const struct measure *m, const struct agg_input *in)
{
	return !in->null && !(m->truths && slice_is(in->token, "false"));
}

bool
agg_step(struct agg *a, const struct rec *r, struct failure *f)
{
	uint32_t group;
	uint64_t *header;
	char *state;
	size_t i;

	*f = (struct failure){ 0 };
	if (!read_keys(a, r, f) || !read_inputs(a, r, f))
		return false;
	a->rec = r;
	group = group_of_record(a);
	header = state_of(a, group);
	state = state_of(a, group);
	++*header;
	for (i = 0; i < a->members.n; i++) {
		struct agg_input *in = &a->inputs[i];

		if (!in->null && in->kind == 0)
			in->kind = json_is_number(in->token) ? 'n' : 's';
	}
	for (i = 0; i < a->n; i++) {
		struct measure *m = &a->measures[i];

		if (m->input == SIZE_MAX || counts(m, &a->inputs[m->input]))
			m->func->step(a, m, state + m->at, group);
	}
	return true;
}

/*
 * A key that no record has is a slip of the pen and would put everything into
 * one group. A measure may be of a member that today's records lack.
 */
static void
judge_unseen(const struct agg *a)
{
	const struct name *key = names_unseen(&a->keys);
	const struct name *member = names_unseen(&a->members);

	if (key != NULL)
		mh_die(MH_DATA, "no record has a member %.*s", (int)key->from.n,
		    key->from.p);
	if (member != NULL)
		mh_warn("no record has a member %.*s", (int)member->from.n,
		    member->from.p);
}

void
agg_end(struct agg *a)
{
	judge_unseen(a);
	a->order = table_sorted(&a->groups);
}

void
agg_put(struct agg *a, uint32_t i, struct buf *out)
{
	uint32_t group = a->order[i];
	struct slice key = table_key(&a->groups, group);
	const char *state = state_of(a, group);
	size_t k, start = out->n;

	for (k = 0; k < a->keys.n; k++) {
		buf_byte(out, ',');
		json_quote(out, a->keys.v[k].to);
		buf_byte(out, ':');
		take_key(&key, &a->text, out);
	}
	for (k = 0; k < a->n; k++) {
		struct measure *m = &a->measures[k];

		buf_slice(out, buf_view(&m->head));
		m->func->final(a, m, state + m->at, group, out);
	}
	out->p[start] = '{';
	buf_byte(out, '}');
}

uint64_t
agg_counted(const struct agg *a)
{
	uint64_t sum = 0;
	uint32_t i;

	for (i = 0; i < a->groups.n; i++)
		sum += *(const uint64_t *)state_of(a, i);
	return sum;
}

void
agg_free(struct agg *a)
{
	size_t i;

	for (i = 0; i < a->n; i++) {
		struct measure *m = &a->measures[i];

		table_free(&m->set.values);
		table_free(&m->set.pairs);
		free(m->set.lists);
		free(m->set.by_rank);
		free(m->set.starts);
		buf_free(&m->head);
	}
	names_free(&a->keys);
	names_free(&a->members);
	free(a->key_exprs);
	free(a->inputs);
	free(a->measures);
	table_free(&a->groups);
	free(a->states);
	arena_free(&a->tokens);
	buf_free(&a->key);
	buf_free(&a->text);
	buf_free(&a->other);
	free(a->order);
	*a = (struct agg){ 0 };
}
