/* db_load_row - a record as a row in COPY's text form. */
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

/* Appends bytes with COPY's escapes. */
static void
put_escaped(struct buf *out, struct slice s)
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

/* Appends the value; false if it has a U+0000, which no text can hold. */
static bool
put_value(struct load *l, struct slice token, enum db_kind kind)
{
	struct buf *out = &l->batch.text;
	struct slice text;

	if (json_is_null(token)) {
		buf_text(out, "\\N");
		return true;
	}
	/* a column of JSON takes a string as the JSON value that it is */
	if (!json_is_string(token) || kind == DB_JSON) {
		put_escaped(out, token);
		return true;
	}
	text = (struct slice){ token.p + 1, token.n - 2 };
	if (memchr(text.p, '\\', text.n) == NULL) {
		buf_slice(out, text);
		return true;
	}
	text = json_text(token, &l->text);
	if (memchr(text.p, '\0', text.n) != NULL)
		return false;
	put_escaped(out, text);
	return true;
}

static bool
is_missing(struct slice token)
{
	return json_is_null(token) || (json_is_string(token) && token.n == 2);
}

/* Appends the row; NULL, or the reason and the column of a reject. */
static const char *
put_row(struct load *l, const struct rec *r, uint64_t place, size_t *at)
{
	struct buf *out = &l->batch.text;
	size_t i;

	buf_u64(out, l->n + 1);
	buf_byte(out, '\t');
	buf_u64(out, place);
	for (i = 0; i < l->ncol; i++) {
		struct slice token = names_value(&l->members, r, i);

		*at = i;
		if (l->is_key[i] && is_missing(token))
			return "required";
		buf_byte(out, '\t');
		if (!put_value(l, token, l->col[i]->kind))
			return "text";
	}
	buf_byte(out, '\n');
	return NULL;
}

void
load_row(struct load *l, const struct rec *r)
{
	size_t from = l->batch.text.n, at = 0, i;
	uint64_t place;
	const char *why;

	if (names_seek(&l->members, r))
		survey(l, r);
	for (i = 0; i < l->ndrop; i++)
		l->dropped[l->drop[i]].n++;
	place = spool_add(&l->spool, r, 0);
	why = put_row(l, r, place, &at);
	if (why == NULL) {
		l->n++;
		load_batch_row(l, place);
		return;
	}
	l->batch.text.n = from;
	stage_reject(l->s, r, why, slice_of(l->col[at]->name),
	    names_value(&l->members, r, at));
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
