/*
 * agg_state - states as records, and back.
 *
 *	{"_partial":"1-MARK","_records":N, the key's members, the measures'
 *	states [,"_unseen":[NAME,...]] [,"_mixed":[NAME,...]]}
 *
 * mh-aggregate(1) describes them. The mark is made of the keys and the
 * measures: states of others must not be merged with ours.
 */
#include <stdlib.h>

#include "agg_ops.h"
#include "json.h"
#include "mh.h"

#define VERSION "1"

/* The members of a state that are ours. */
enum {
	MARK,
	RECORDS,
	UNSEEN, /* members that no record of the part had */
	MIXED,  /* ... which min() or max() found numbers and strings in */
	NOWN
};

static const char *const own[NOWN] = { "_partial", "_records", "_unseen",
	"_mixed" };

static void
put_text(struct buf *b, struct slice text)
{
	buf_slice(b, text);
	buf_byte(b, '\0');
}

/* What decides whether two states are of the same keys and measures. */
static void
make_mark(struct agg *a)
{
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < a->keys.n; i++) {
		put_text(&b, a->keys.v[i].to);
		put_text(&b, a->keys.v[i].from);
	}
	buf_byte(&b, '\0');
	for (i = 0; i < a->n; i++) {
		const struct measure *m = &a->measures[i];

		put_text(&b, m->name);
		put_text(&b, slice_of(m->func->name));
		put_text(&b, m->input == SIZE_MAX
				 ? SLICE("*")
				 : a->members.v[m->input].from);
	}
	buf_fmt(&a->mark, "\"" VERSION "-%016llx\"",
	    (unsigned long long)table_hash(b.p, b.n));
	buf_free(&b);
}

static void
refuse_own(const struct agg *a, const char *option, struct slice name)
{
	if ((a->partial || a->merge) && names_find(&a->own, name) < a->own.n)
		mh_die_usage("%s: %.*s is a member of every state", option,
		    (int)name.n, name.p);
}

void
agg_state_begin(struct agg *a)
{
	size_t i;

	make_mark(a);
	for (i = 0; i < NOWN; i++)
		names_add(&a->own, "", slice_of(own[i]), slice_of(own[i]));
	for (i = 0; i < a->keys.n; i++) {
		struct slice name = a->keys.v[i].to;

		refuse_own(a, "-k", name);
		names_add(&a->state_keys, "-k", name, name);
	}
	for (i = 0; i < a->n; i++) {
		struct slice name = a->measures[i].name;

		refuse_own(a, "-a", name);
		names_add(&a->state_values, "-a", name, name);
	}
	a->row = mem_zero(1 + a->keys.n + a->n, sizeof(*a->row));
}

void
agg_state_free(struct agg *a)
{
	buf_free(&a->mark);
	names_free(&a->own);
	names_free(&a->state_keys);
	names_free(&a->state_values);
	free(a->row);
}

void
agg_put_mark(struct agg *a, uint64_t records, struct buf *out)
{
	buf_text(out, ",\"_partial\":");
	buf_slice(out, buf_view(&a->mark));
	buf_text(out, ",\"_records\":");
	buf_u64(out, records);
}

/* Appends ,"head":["name" or one more name. */
static void
put_name(struct buf *out, const char *head, bool *begun, struct slice name)
{
	buf_text(out, *begun ? "," : head);
	*begun = true;
	json_quote(out, name);
}

void
agg_put_notes(struct agg *a, struct buf *out)
{
	bool unseen = false, mixed = false;
	size_t i;

	for (i = 0; i < a->keys.n; i++) {
		if (!a->key_exprs[i].seen)
			put_name(
			    out, ",\"_unseen\":[", &unseen, a->keys.v[i].from);
	}
	for (i = 0; i < a->members.n; i++) {
		if (!a->inputs[i].computed.seen)
			put_name(out, ",\"_unseen\":[", &unseen,
			    a->members.v[i].from);
	}
	if (unseen)
		buf_byte(out, ']');
	for (i = 0; i < a->members.n; i++) {
		if (a->inputs[i].kinds == (AGG_NUMBERS | AGG_STRINGS))
			put_name(
			    out, ",\"_mixed\":[", &mixed, a->members.v[i].from);
	}
	if (mixed)
		buf_byte(out, ']');
}

bool
agg_number(struct slice token, uint64_t *v)
{
	struct dec d;
	int64_t n;

	if (!json_is_number(token) || !dec_from_json(&d, token) ||
	    !dec_to_i64(&n, d) || n < 0)
		return false;
	*v = (uint64_t)n;
	return true;
}

static _Noreturn void
refuse(const struct agg *a, const char *what)
{
	mh_die(MH_DATA, "%s: line %llu: %s", a->rec->file,
	    (unsigned long long)a->rec->lineno, what);
}

static _Noreturn void
refuse_member(const struct agg *a, struct slice name)
{
	mh_die(MH_DATA, "%s: line %llu: the state is damaged: %.*s",
	    a->rec->file, (unsigned long long)a->rec->lineno, (int)name.n,
	    name.p);
}

static bool
lists(struct agg *a, struct slice array, struct slice name)
{
	struct slice item;

	while (json_next(&array, &item)) {
		if (slice_eq(json_text(item, &a->text), name))
			return true;
	}
	return false;
}

static void
take_notes(struct agg *a, struct slice unseen, struct slice mixed)
{
	size_t i;

	if (a->all_seen && json_is_null(mixed))
		return;
	a->all_seen |= json_is_null(unseen);
	for (i = 0; i < a->keys.n; i++)
		a->key_exprs[i].seen |= !lists(a, unseen, a->keys.v[i].from);
	for (i = 0; i < a->members.n; i++) {
		struct slice name = a->members.v[i].from;

		a->inputs[i].computed.seen |= !lists(a, unseen, name);
		if (lists(a, mixed, name))
			a->inputs[i].kinds = AGG_NUMBERS | AGG_STRINGS;
	}
}

/* Makes the key of a->row, behind its first token. */
static void
make_key(const struct agg *a, const struct slice *row, struct buf *key,
    struct buf *scratch)
{
	size_t i;

	key->n = 0;
	for (i = 0; i < a->keys.n; i++)
		agg_put_key(key, row[1 + i], scratch);
}

/* Merges the state of a row: the number of records, the key, the measures.
 * Gives the number. */
static uint64_t
take_row(struct agg *a, struct slice key, const struct slice *row)
{
	uint64_t hash = a->single ? 0 : table_hash(key.p, key.n);
	uint32_t group = agg_group(a, key, hash);
	char *block = agg_block(a, group);
	uint64_t records, *sum = (uint64_t *)(void *)block;
	size_t i;

	if (!agg_number(row[0], &records))
		refuse_member(a, slice_of(own[RECORDS]));
	*sum += records;
	for (i = 0; i < a->n; i++) {
		struct measure *m = &a->measures[i];

		if (!m->func->take(
			a, m, block + m->at, group, row[1 + a->keys.n + i]))
			refuse_member(a, m->name);
	}
	return records;
}

static void
check_mark(const struct agg *a, struct slice mark)
{
	if (json_is_null(mark))
		refuse(a, "no state: --merge reads what --partial has written");
	if (!slice_eq(mark, buf_view(&a->mark)))
		refuse(a,
		    "a state of other keys or measures: -k and -a must be "
		    "the same for --partial and --merge");
}

/* Finds the tokens of a state in a record, whatever the order of its
 * members. */
static void
find_row(struct agg *a, const struct rec *r)
{
	struct slice *row = a->row;
	size_t i;

	names_seek(&a->state_keys, r);
	names_seek(&a->state_values, r);
	*row++ = names_value(&a->own, r, RECORDS);
	for (i = 0; i < a->keys.n; i++) {
		*row = names_value(&a->state_keys, r, i);
		if (a->state_keys.v[i].place >= r->n || json_is_nested(*row++))
			refuse_member(a, a->keys.v[i].to);
	}
	for (i = 0; i < a->n; i++) {
		if (a->state_values.v[i].place >= r->n)
			refuse_member(a, a->measures[i].name);
		*row++ = names_value(&a->state_values, r, i);
	}
}

void
agg_take(struct agg *a, const struct rec *r)
{
	names_seek(&a->own, r);
	check_mark(a, names_value(&a->own, r, MARK));
	find_row(a, r);
	make_key(a, a->row, &a->key, &a->text);
	a->records += take_row(a, buf_view(&a->key), a->row);
	a->states++;
	take_notes(
	    a, names_value(&a->own, r, UNSEEN), names_value(&a->own, r, MIXED));
	agg_make_room(a);
}

/* What agg_put() has written has its members in that order. */
static void
find_own_row(struct agg *a, const struct rec *r)
{
	size_t i;

	for (i = 0; i < 1 + a->keys.n + a->n; i++)
		a->row[i] = r->m[RECORDS + i].value;
}

void
agg_own_key(struct agg *a, const struct rec *r, struct buf *key)
{
	find_own_row(a, r);
	make_key(a, a->row, key, &a->text);
}

void
agg_take_own(struct agg *a, const struct rec *r, struct slice key)
{
	find_own_row(a, r);
	take_row(a, key, a->row);
}
