/* db_load_row - a record as a row of COPY's, in its text or binary form. */
#include <stdlib.h>

#include "db_loading.h"
#include "json.h"
#include "mh.h"

/* The number of a name among those left out, new or not. */
static size_t
dropped_number(struct load *l, struct slice name)
{
	size_t i;

	for (i = 0; i < l->ndropped; i++) {
		if (slice_eq(l->dropped[i].name, name))
			return i;
	}
	l->dropped = mem_resize(l->dropped, i + 1, sizeof(*l->dropped));
	l->dropped[i].name = arena_keep(&l->kept, name);
	l->dropped[i].n = 0;
	return l->ndropped++;
}

static bool
has_column(const struct db_table *t, struct slice name)
{
	size_t i;

	for (i = 0; i < t->n && !slice_is(name, t->col[i].name); i++)
		;
	return i < t->n;
}

/*
 * Looks at the members of a new shape. One whose column this load does not
 * write is left out; one without a column must be allowed to go.
 */
static void
survey(struct load *l, const struct rec *r)
{
	size_t i;

	l->ndrop = 0;
	l->drop = mem_resize(l->drop, r->n, sizeof(*l->drop));
	for (i = 0; i < r->n; i++) {
		struct slice name = r->m[i].name;

		if (names_find(&l->members, name) < l->members.n)
			continue;
		if (!l->form->ignore_unknown && !has_column(&l->table, name))
			mh_die(MH_DATA,
			    "%s: line %llu: member %.*s: no such "
			    "column; --ignore-unknown leaves it out",
			    l->table.label, (unsigned long long)r->lineno,
			    (int)name.n, name.p);
		l->drop[l->ndrop++] = dropped_number(l, name);
	}
}

void
load_put_escaped(struct buf *out, struct slice s)
{
	const char *p = s.p, *end = s.p + s.n, *run;

	while (p < end) {
		for (run = p; p < end && *p != '\\' && *p != '\n' &&
			      *p != '\r' && *p != '\t';
		     p++)
			;
		buf_add(out, run, (size_t)(p - run));
		if (p == end)
			break;
		buf_byte(out, '\\');
		switch (*p) {
		case '\n': buf_byte(out, 'n'); break;
		case '\r': buf_byte(out, 'r'); break;
		case '\t': buf_byte(out, 't'); break;
		default: buf_byte(out, *p); break;
		}
		p++;
	}
}

/*
 * The text that a value has for the server, NULL of SQL apart; false if it
 * has a U+0000, which no text can hold.
 */
static bool
value_text(struct load *l, struct slice token, size_t i, struct slice *text)
{
	*text = token;
	/* a column of JSON takes a string as the JSON value that it is */
	if (!json_is_string(token) || l->col[i]->kind == DB_JSON)
		return true;
	*text = json_text(token, &l->text);
	/* only an escape can have brought one in */
	return text->p != l->text.p || memchr(text->p, '\0', text->n) == NULL;
}

static bool
is_missing(struct slice token)
{
	return json_is_null(token) || (json_is_string(token) && token.n == 2);
}

/*
 * NULL, or the reason of a reject. The text of the i-th value is then set:
 * p is NULL for a null.
 */
static const char *
take_value(struct load *l, struct slice token, size_t i, struct slice *text)
{
	if (l->is_key[i] && is_missing(token))
		return "required";
	if (!value_text(l, token, i, text))
		return "text";
	if (json_is_null(token))
		text->p = NULL;
	return NULL;
}

const char *
load_put_text(
    struct load *l, const struct rec *r, uint64_t n, uint64_t place, size_t *at)
{
	struct buf *out = &l->batch.text;
	struct slice text;
	const char *why;
	size_t i;

	if (!l->direct) {
		buf_u64(out, n);
		buf_byte(out, '\t');
		buf_u64(out, place);
	}
	for (i = 0; i < l->ncol; i++) {
		why = take_value(l, names_value(&l->members, r, i), i, &text);
		*at = i;
		if (why != NULL)
			return why;
		if (i != 0 || !l->direct)
			buf_byte(out, '\t');
		if (text.p != NULL)
			load_put_escaped(out, text);
		else
			buf_text(out, "\\N");
	}
	if (l->direct)
		buf_slice(out, buf_view(&l->ways.own_text));
	buf_byte(out, '\n');
	return NULL;
}

/*
 * Keys that rise from row to row, in whatever order of their bytes, do not
 * repeat, and nobody need look for it. The order is that of the bytes, or
 * has the shorter of two before the longer: P9, P10.
 */
static void
watch_key(struct load_keys *k)
{
	struct slice now = buf_view(&k->now), last = buf_view(&k->last);
	struct buf spare = k->last;

	if (last.n != 0) {
		k->by_length = k->by_length && slice_cmp(now, last) > 0;
		/* without the length in front, which only one column has */
		k->by_bytes = k->by_bytes &&
			      slice_cmp((struct slice){ now.p + 4, now.n - 4 },
				  (struct slice){ last.p + 4, last.n - 4 }) > 0;
	}
	k->last = k->now;
	k->now = spare;
	k->now.n = 0;
}

/* Like load_put_text(); *sure becomes false if a value has no such form. */
static const char *
put_binary(
    struct load *l, const struct rec *r, uint64_t place, size_t *at, bool *sure)
{
	struct buf *out = &l->batch.text;
	struct slice text;
	const char *why;
	size_t i, from;

	load_put_big(out, l->ncol + (l->direct ? l->ways.nown : 2), 2);
	if (!l->direct) {
		load_put_big(out, 8, 4);
		load_put_big(out, l->n + 1, 8);
		load_put_big(out, 8, 4);
		load_put_big(out, place, 8);
	}
	for (i = 0; i < l->ncol; i++) {
		why = take_value(l, names_value(&l->members, r, i), i, &text);
		*at = i;
		if (why != NULL)
			return why;
		from = out->n;
		if (text.p == NULL)
			load_put_big(out, UINT32_MAX, 4);
		else if (!load_put_binary(out, l->ways.type[i], text)) {
			*sure = false;
			return NULL;
		}
		if (l->is_key[i] && load_keys_rise(l))
			buf_add(&l->keys.now, out->p + from, out->n - from);
	}
	if (l->direct)
		buf_slice(out, buf_view(&l->ways.own_binary));
	return NULL;
}

/* Appends the row to the batch; NULL, or why it must be rejected. */
static const char *
put_row(struct load *l, const struct rec *r, uint64_t place, size_t *at)
{
	size_t from = l->batch.text.n;
	bool sure = true;
	const char *why = NULL;

	l->keys.now.n = 0;
	if (l->batch.binary) {
		why = put_binary(l, r, place, at, &sure);
		if (!sure) {
			l->batch.text.n = from;
			load_batch_as_text(l);
			names_seek(&l->members, r); /* it may have looked */
			from = l->batch.text.n;
		}
	}
	if (!l->batch.binary)
		why = load_put_text(l, r, l->n + 1, place, at);
	if (why != NULL)
		l->batch.text.n = from;
	else if (!l->batch.binary)
		l->keys.by_bytes = l->keys.by_length = false;
	else if (load_keys_rise(l))
		watch_key(&l->keys);
	return why;
}

void
load_row(struct load *l, const struct rec *r)
{
	uint64_t place = l->spool.size;
	size_t at = 0, i;
	const char *why;

	if (names_seek(&l->members, r))
		survey(l, r);
	for (i = 0; i < l->ndrop; i++)
		l->dropped[l->drop[i]].n++;
	why = put_row(l, r, place, &at);
	if (why != NULL) {
		stage_reject(l->s, r, why, slice_of(l->col[at]->name),
		    names_value(&l->members, r, at));
		return;
	}
	spool_add(&l->spool, r, 0);
	l->n++;
	load_batch_row(l, place);
}

void
load_rows_again(struct load *l)
{
	uint64_t place = 0, next = 0;
	const struct rec *r;
	size_t at;

	l->n = 0;
	while ((r = spool_walk(&l->spool, &next)) != NULL) {
		names_seek(&l->members, r);
		/* what could be rejected never came into the spool */
		put_row(l, r, place, &at);
		l->n++;
		load_batch_row(l, place);
		place = next;
	}
	l->members.shape = 0; /* the spool counts its shapes anew */
}

void
load_note_dropped(struct load *l)
{
	struct buf json = { 0 };
	size_t i;

	if (l->ndropped == 0)
		return;
	for (i = 0; i < l->ndropped; i++) {
		buf_byte(&json, i == 0 ? '{' : ',');
		json_quote(&json, l->dropped[i].name);
		buf_byte(&json, ':');
		buf_u64(&json, l->dropped[i].n);
	}
	buf_byte(&json, '}');
	stage_note(l->s, "ignored", buf_view(&json));
	buf_free(&json);
}
