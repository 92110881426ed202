/* derive - members of records out of expressions. */
#include <stdlib.h>

#include "derive.h"
#include "json.h"
#include "mh.h"

#define OLD SIZE_MAX

void
derive_add(struct derive *d, const char *text, struct date today)
{
	struct slice rest = slice_of(text), name;
	size_t i = d->names.n;
	struct buf where = { 0 };

	names_check_utf8("NAME=EXPR", text);
	slice_split(&rest, '=', &name);
	names_add(&d->names, "NAME=EXPR", name, name);
	buf_slice(&where, name);
	d->exprs = mem_resize(d->exprs, i + 1, sizeof(*d->exprs));
	d->exprs[i] = expr_need(buf_cstr(&where), rest, today, NULL);
	buf_free(&where);
	d->keys = mem_resize(d->keys, i + 1, sizeof(*d->keys));
	d->values = mem_resize(d->values, i + 1, sizeof(*d->values));
	d->keys[i] = d->values[i] = (struct buf){ 0 };
	json_quote(&d->keys[i], name);
}

/* Which members of records of this shape get a new value. */
static void
learn_shape(struct derive *d, const struct rec *r)
{
	size_t i;

	if (r->n > d->cap) {
		d->cap = r->n;
		d->source = mem_resize(d->source, d->cap, sizeof(*d->source));
	}
	for (i = 0; i < r->n; i++)
		d->source[i] = OLD;
	d->replaces = false;
	for (i = 0; i < d->names.n; i++) {
		if (d->names.v[i].place < r->n) {
			d->source[d->names.v[i].place] = i;
			d->replaces = true;
		}
	}
}

/* All expressions see the record as it came. False if one has no value. */
static bool
compute(struct derive *d, const struct rec *r, struct failure *f)
{
	struct expr_value v;
	size_t i;

	for (i = 0; i < d->names.n; i++) {
		if (!expr_run(d->exprs[i], r, &v)) {
			*f = (struct failure){ .reason = "expression",
				.field = d->names.v[i].to,
				.message = expr_why(d->exprs[i]) };
			return false;
		}
		d->values[i].n = 0;
		expr_put(&d->values[i], &v);
	}
	return true;
}

static void
put(const struct derive *d, const struct rec *r, struct buf *out)
{
	size_t i, from;

	if (d->replaces) {
		buf_byte(out, '{');
		for (i = 0; i < r->n; i++) {
			from = d->source[i];
			rec_put_member(out, r->m[i].key,
			    from == OLD ? r->m[i].value
					: buf_view(&d->values[from]));
		}
	} else {
		rec_put(out, r);
		out->n--; /* the closing brace */
	}
	for (i = 0; i < d->names.n; i++) {
		if (d->names.v[i].place >= r->n)
			rec_put_member(out, buf_view(&d->keys[i]),
			    buf_view(&d->values[i]));
	}
	buf_byte(out, '}');
}

bool
derive_record(
    struct derive *d, const struct rec *r, struct failure *f, struct buf *out)
{
	if (!compute(d, r, f))
		return false;
	if (names_seek(&d->names, r))
		learn_shape(d, r);
	put(d, r, out);
	return true;
}
