/* clean - contract x record -> a clean record, or the reasons why not. */
#include <stdlib.h>

#include "clean.h"
#include "in.h"
#include "json.h"
#include "mh.h"
#include "type.h"

void
clean_open(struct clean *cl, const struct contract *c, bool rescue)
{
	size_t n = c->ncolumns;

	*cl = (struct clean){ .contract = c, .rescue = rescue };
	cl->failures = mem_zero(2 * n + 1, sizeof(*cl->failures));
	cl->place = mem_zero(n, sizeof(*cl->place));
	cl->begin = mem_zero(n, sizeof(*cl->begin));
	cl->end = mem_zero(n, sizeof(*cl->end));
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
read_keys(struct table *keys, struct slice column, const char *file)
{
	char *files[] = { (char *)(uintptr_t)file, NULL };
	struct in in;
	struct buf scratch = { 0 };
	const struct slice *v;
	struct rec *r;
	bool added;

	in_open(&in, files);
	while ((r = in_next_good(&in)) != NULL) {
		v = rec_get(r, column);
		if (v == NULL)
			mh_die(MH_DATA, "%s: line %llu: no member %.*s", file,
			    (unsigned long long)r->lineno, (int)column.n,
			    column.p);
		if (!json_is_null(*v))
			table_put(keys, json_text(*v, &scratch), &added);
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
	if (users == 0)
		mh_die_usage("--ref: no column of %.*s references %.*s",
		    (int)c->entity.n, c->entity.p, (int)entity.n, entity.p);
	buf_slice(&name, entity);
	if (column.p == NULL)
		column = key_of(cl, buf_cstr(&name));
	read_keys(&set->keys, column, file);
	buf_free(&name);
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
	bool *used = mem_zero(r->n, sizeof(*used));
	size_t i;

	cl->shape = r->shape;
	cl->unknown.n = 0;
	for (i = 0; i < c->ncolumns; i++) {
		cl->place[i] = find_column(&c->columns[i], r);
		if (cl->place[i] < r->n)
			used[cl->place[i]] = true;
	}
	for (i = 0; i < r->n; i++) {
		if (!used[i])
			unknown_add(&cl->unknown, r, i);
	}
	free(used);
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
 * Appends one column's value. A value that fails becomes null; false if
 * that is a failure of the record.
 */
static bool
put_column(struct clean *cl, const struct column *col, struct slice token,
    struct buf *out)
{
	enum clean_result result = clean_column(cl->contract, col, token, out);

	if (result == CLEAN_GOOD)
		return true;
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

static bool
clean_columns(struct clean *cl, const struct rec *r, struct buf *out)
{
	const struct contract *c = cl->contract;
	bool good = true;
	size_t i;

	for (i = 0; i < c->ncolumns; i++) {
		const struct column *col = &c->columns[i];
		struct slice token = cl->place[i] < r->n
					 ? r->m[cl->place[i]].value
					 : (struct slice){ NULL, 0 };

		buf_byte(out, i == 0 ? '{' : ',');
		buf_slice(out, col->key);
		cl->begin[i] = out->n;
		good = put_column(cl, col, token, out) && good;
		cl->end[i] = out->n;
	}
	return good;
}

static struct slice
clean_value(const struct clean *cl, size_t column, const struct buf *out)
{
	return (struct slice){ out->p + cl->begin[column],
		cl->end[column] - cl->begin[column] };
}

static bool
check_references(struct clean *cl, const struct buf *out)
{
	const struct contract *c = cl->contract;
	bool good = true;
	size_t i;

	for (i = 0; i < c->ncolumns; i++) {
		const struct column *col = &c->columns[i];
		struct slice v = clean_value(cl, i, out);

		if (col->reference_set == 0 || json_is_null(v))
			continue;
		if (table_find(&cl->sets[col->reference_set - 1].keys,
			json_text(v, &cl->text)) == TABLE_NONE) {
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
	cl->keybuf.n = 0;
	for (i = 0; i < c->nkey; i++) {
		if (c->nkey > 1)
			buf_byte(&cl->keybuf, i == 0 ? '[' : ',');
		buf_slice(&cl->keybuf, clean_value(cl, c->key[i], out));
	}
	if (c->nkey > 1)
		buf_byte(&cl->keybuf, ']');
	if (c->nkey > 0)
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
		take_key(cl, out);
		if (cl->rescue)
			unknown_put(&cl->unknown, r, out);
		buf_byte(out, '}');
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

bool
clean_dropped(const struct clean *cl, struct buf *out)
{
	return !cl->rescue && unknown_counts(&cl->unknown, out);
}
