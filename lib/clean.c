/* clean - contract x record -> a clean record, or the reasons why not. */
#include <stdlib.h>

#include "block.h"
#include "clean.h"
#include "in.h"
#include "json.h"
#include "mh.h"
#include "type.h"

/* {"id": or ,"nome": with room for whole blocks behind. */
static struct slice
head_of(const struct contract *c, size_t column)
{
	struct buf head = { 0 };

	buf_byte(&head, column == 0 ? '{' : ',');
	buf_slice(&head, c->columns[column].key);
	buf_room(&head, BLOCK_SIZE);
	return buf_view(&head);
}

void
clean_open(struct clean *cl, const struct contract *c, bool rescue)
{
	size_t i, n = c->ncolumns;

	*cl = (struct clean){ .contract = c, .rescue = rescue };
	cl->failures = mem_zero(2 * n + 1, sizeof(*cl->failures));
	cl->place = mem_zero(n, sizeof(*cl->place));
	cl->references = mem_zero(n, sizeof(*cl->references));
	for (i = 0; i < n; i++) {
		fast_open(&cl->place[i].fast, c, &c->columns[i]);
		cl->place[i].head = head_of(c, i);
		cl->room += cl->place[i].head.n + FAST_ROOM;
	}
}

/* Whose key is it, in the records of `entity`? */
static struct slice
key_of(const struct clean *cl, const char *entity)
{
	const struct contract *c =
	    contract_builtin(entity, cl->contract->today);
	size_t i;

	if (c != NULL && c->nkey == 1)
		return c->columns[c->key[0]].name;
	for (i = 0; !slice_is(cl->contract->columns[i].references, entity); i++)
		;
	return cl->contract->columns[i].name;
}

static void
read_keys(struct ids *keys, struct slice column, const char *file)
{
	char *files[] = { (char *)(uintptr_t)file, NULL };
	struct in in;
	struct buf scratch = { 0 };
	const struct slice *v;
	struct rec *r;

	in_open(&in, files);
	while ((r = in_next_good(&in)) != NULL) {
		v = rec_get(r, column);
		if (v == NULL)
			mh_die(MH_DATA, "%s: line %llu: no member %.*s", file,
			    (unsigned long long)r->lineno, (int)column.n,
			    column.p);
		if (!json_is_null(*v))
			ids_add(keys, json_text(*v, &scratch));
	}
	in_close(&in);
	buf_free(&scratch);
}

void
clean_reference(struct clean *cl, struct slice entity, struct slice column,
    const char *file)
{
	const struct contract *c = cl->contract;
	struct buf name = { 0 };
	struct reference_set *set;
	size_t i, users = 0;

	for (i = 0; i < cl->nsets; i++) {
		if (slice_eq(cl->sets[i].entity, entity))
			mh_die_usage("--ref: %.*s is there twice",
			    (int)entity.n, entity.p);
	}
	cl->sets = mem_resize(cl->sets, cl->nsets + 1, sizeof(*cl->sets));
	set = &cl->sets[cl->nsets++];
	*set = (struct reference_set){ .entity = entity };
	for (i = 0; i < c->ncolumns; i++) {
		if (slice_eq(c->columns[i].references, entity)) {
			c->columns[i].reference_set = cl->nsets;
			users++;
		}
	}
	cl->nreferences = 0;
	for (i = 0; i < c->ncolumns; i++) {
		if (c->columns[i].reference_set != 0)
			cl->references[cl->nreferences++] = i;
	}
	if (users == 0)
		mh_die_usage("--ref: no column of %.*s references %.*s",
		    (int)c->entity.n, c->entity.p, (int)entity.n, entity.p);
	buf_slice(&name, entity);
	if (column.p == NULL)
		column = key_of(cl, buf_cstr(&name));
	read_keys(&set->keys, column, file);
	buf_free(&name);
	for (i = 0; i < cl->nreferences; i++) {
		struct column_place *place = &cl->place[cl->references[i]];
		size_t n = c->columns[cl->references[i]].reference_set;

		/* the sets have moved */
		place->keys = &cl->sets[n - 1].keys;
		place->text = true;
	}
}

void
clean_unique(struct clean *cl, const struct ids *keys)
{
	const struct contract *c = cl->contract;

	if (c->nkey == 1 && c->columns[c->key[0]].reference_set == 0)
		cl->place[c->key[0]].keys = keys;
}

/* The member of a column: by its name, else by the first alias there is. */
static size_t
find_column(const struct column *col, const struct rec *r)
{
	size_t i, at = rec_find(r, col->name);

	for (i = 0; at == r->n && i < col->nfrom; i++)
		at = rec_find(r, col->from[i]);
	return at;
}

static void
learn_shape(struct clean *cl, const struct rec *r)
{
	const struct contract *c = cl->contract;
	size_t *uses = mem_zero(r->n, sizeof(*uses)), i;

	cl->shape = r->shape;
	cl->unknown.n = 0;
	cl->uses = 0;
	for (i = 0; i < c->ncolumns; i++) {
		size_t member = find_column(&c->columns[i], r);

		cl->place[i].member = member;
		if (member < r->n && ++uses[member] > cl->uses)
			cl->uses = uses[member];
	}
	for (i = 0; i < r->n; i++) {
		if (uses[i] == 0)
			unknown_add(&cl->unknown, r, i);
	}
	free(uses);
}

static void
fail(struct clean *cl, const struct column *col, const char *reason,
    struct slice value, bool warn)
{
	cl->failures[cl->nfailures++] = (struct failure){ .reason = reason,
		.field = col->name,
		.value = value,
		.warn = warn };
}

/*
 * Appends one column's value, with all the rules. A value that fails becomes
 * null; false if that is a failure of the record.
 */
static bool
put_column(struct clean *cl, size_t column, struct slice token, struct buf *out)
{
	const struct column *col = &cl->contract->columns[column];
	struct memo *memo = cl->place[column].fast.memo;
	size_t from = out->n;
	enum clean_result result = clean_column(cl->contract, col, token, out);

	if (result == CLEAN_GOOD) {
		if (memo != NULL)
			memo_keep(memo, token,
			    (struct slice){ out->p + from, out->n - from });
		return true;
	}
	if (result == CLEAN_NULL && col->initial.p != NULL) {
		buf_slice(out, col->initial);
		return true;
	}
	buf_text(out, "null");
	if (result == CLEAN_BAD)
		fail(cl, col, col->type->name, token, !col->required);
	else if (col->required)
		fail(cl, col, "required", token, false);
	return !col->required;
}

/* What the record has for a column; p NULL: nothing. */
static struct slice
token_of(const struct clean *cl, const struct rec *r, size_t column)
{
	size_t member = cl->place[column].member;

	return member < r->n ? r->m[member].value : (struct slice){ NULL, 0 };
}

static struct slice
value_at(const struct column_place *place, const struct buf *out)
{
	size_t n = place->end - place->begin;

	return (struct slice){ out->p + place->begin, n };
}

/* A key that is far away in memory had better be on its way by the time that
 * the record is done. */
static void
ask(const struct column_place *place, const struct buf *out)
{
	struct slice key = value_at(place, out);

	if (place->text && json_is_string(key))
		key = (struct slice){ key.p + 1, key.n - 2 };
	ids_ask(place->keys, key);
}

/*
 * Appends the columns with their names, by the fast way where there is one;
 * false if one of them fails the record. Room is asked for once for all of
 * them, and again where a value may have taken more than its own.
 */
static bool
clean_columns(struct clean *cl, const struct rec *r, struct buf *out)
{
	size_t i, n = cl->contract->ncolumns;
	size_t room = cl->room + cl->uses * r->line.n;
	bool good = true;
	char *at, *end;

	buf_room(out, room);
	at = out->p + out->n;
	for (i = 0; i < n; i++) {
		struct column_place *place = &cl->place[i];
		struct slice token = token_of(cl, r, i);

		block_copy(at, place->head.p, place->head.n);
		at += place->head.n;
		place->begin = (size_t)(at - out->p);
		end = NULL;
		if (token.p != NULL)
			end = fast_put(&place->fast, token, at);
		if (end == NULL) {
			out->n = place->begin;
			good = put_column(cl, i, token, out) && good;
			buf_room(out, room);
			end = out->p + out->n;
		}
		at = end;
		place->end = (size_t)(at - out->p);
		if (place->keys != NULL)
			ask(place, out);
	}
	out->n = (size_t)(at - out->p);
	return good;
}

static bool
check_references(struct clean *cl, const struct buf *out)
{
	bool good = true;
	size_t i;

	for (i = 0; i < cl->nreferences; i++) {
		size_t column = cl->references[i];
		const struct column *col = &cl->contract->columns[column];
		struct slice v = value_at(&cl->place[column], out);

		if (json_is_null(v))
			continue;
		if (!ids_has(&cl->sets[col->reference_set - 1].keys,
			json_text(v, &cl->text))) {
			fail(cl, col, "orphan", v, false);
			good = false;
		}
	}
	return good;
}

/* A key of several columns is the JSON array of their values. */
static void
take_key(struct clean *cl, const struct buf *out)
{
	const struct contract *c = cl->contract;
	size_t i;

	cl->key = (struct slice){ NULL, 0 };
	if (c->nkey == 1)
		cl->key = value_at(&cl->place[c->key[0]], out);
	if (c->nkey <= 1)
		return;
	cl->keybuf.n = 0;
	for (i = 0; i < c->nkey; i++) {
		buf_byte(&cl->keybuf, i == 0 ? '[' : ',');
		buf_slice(&cl->keybuf, value_at(&cl->place[c->key[i]], out));
	}
	buf_byte(&cl->keybuf, ']');
	cl->key = buf_view(&cl->keybuf);
}

bool
clean_record(struct clean *cl, const struct rec *r, struct buf *out)
{
	size_t mark = out->n;
	bool good;

	if (r->shape != cl->shape)
		learn_shape(cl, r);
	if (!cl->recount)
		unknown_count(&cl->unknown);
	cl->nfailures = 0;
	good = clean_columns(cl, r, out);
	if (good)
		good = check_references(cl, out);
	if (good) {
		if (cl->rescue)
			unknown_put(&cl->unknown, r, out);
		buf_byte(out, '}');
		take_key(cl, out);
	} else {
		failures_head_first(cl->failures, cl->nfailures);
		/* an orphan's value points here: no new bytes before its
		 * reject is written */
		out->n = mark;
	}
	return good;
}

void
clean_refuse_key(struct clean *cl, const char *reason)
{
	const struct contract *c = cl->contract;
	size_t i;

	cl->text.n = 0;
	for (i = 0; i < c->nkey; i++) {
		if (i > 0)
			buf_byte(&cl->text, ',');
		buf_slice(&cl->text, c->columns[c->key[i]].name);
	}
	cl->failures[cl->nfailures++] = (struct failure){
		.reason = reason, .field = buf_view(&cl->text), .value = cl->key
	};
	failures_head_first(cl->failures, cl->nfailures);
}

void
clean_look(
    struct clean *cl, const struct rec *r, size_t column, struct buf *out)
{
	struct slice token;
	char *end = NULL;

	if (r->shape != cl->shape)
		learn_shape(cl, r);
	token = token_of(cl, r, column);
	buf_room(out, token.n + FAST_ROOM);
	if (token.p != NULL)
		end = fast_put(&cl->place[column].fast, token, out->p + out->n);
	if (end != NULL) {
		out->n = (size_t)(end - out->p);
		return;
	}
	cl->nfailures = 0;
	put_column(cl, column, token, out);
}

bool
clean_dropped(const struct clean *cl, struct buf *out)
{
	return !cl->rescue && unknown_counts(&cl->unknown, out);
}
