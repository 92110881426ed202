/* rec - a record: one line of NDJSON as a row of members. */
#include <stdlib.h>

#include "block.h"
#include "json.h"
#include "rec.h"
#include "utf8.h"

/* Past so many members, sorting finds a repeated name sooner. */
#define FEW 16

static const char *
skip_space(const char *p, bool *compact)
{
	if (*p != ' ' && *p != '\t' && *p != '\r')
		return p;
	*compact = false;
	do
		p++;
	while (*p == ' ' || *p == '\t' || *p == '\r');
	return p;
}

/* Does the shape have this key, byte by byte, as its i-th? */
static bool
predicted(const struct rec *r, size_t i, const char *p, const char *end)
{
	size_t from, n;

	if (i >= r->nkeys)
		return false;
	from = i == 0 ? 0 : r->key_ends[i - 1];
	n = r->key_ends[i] - from;
	return (size_t)(end - p) > n && memcmp(p, r->keys.p + from, n) == 0;
}

static void
more_members(struct rec *r)
{
	r->cap = r->cap == 0 ? 16 : r->cap * 2;
	r->m = mem_resize(r->m, r->cap, sizeof(*r->m));
	r->key_ends = mem_resize(r->key_ends, r->cap, sizeof(*r->key_ends));
	r->gap = mem_resize(r->gap, r->cap + 1, sizeof(*r->gap));
}

/*
 * Takes the members between the braces; p is behind the opening one. Gives
 * what follows the closing one, NULL if this is no JSON. *same stays true if
 * all keys are those of the shape, in its order; *spaced gets true if a value
 * has white space between its tokens.
 */
static const char *
take_members(struct rec *r, const char *p, bool *same, bool *spaced)
{
	const char *end = r->line.p + r->line.n;

	r->n = 0;
	p = skip_space(p, &r->compact);
	if (*p == '}')
		return p + 1;
	for (;;) {
		struct member *m;
		const char *key = p;

		if (r->n == r->cap)
			more_members(r);
		m = &r->m[r->n];
		if (predicted(r, r->n, p, end)) {
			size_t from = r->n == 0 ? 0 : r->key_ends[r->n - 1];

			p += r->key_ends[r->n] - from;
		} else {
			*same = false;
			if ((p = json_string_end(p)) == NULL)
				return NULL;
		}
		m->key = (struct slice){ key, (size_t)(p - key) };
		m->name = (struct slice){ key + 1, m->key.n - 2 };
		r->n++;
		p = skip_space(p, &r->compact);
		if (*p++ != ':')
			return NULL;
		m->value.p = p = skip_space(p, &r->compact);
		if ((p = json_value_end(p, JSON_DEPTH_MAX - 1, spaced)) == NULL)
			return NULL;
		m->value.n = (size_t)(p - m->value.p);
		p = skip_space(p, &r->compact);
		if (*p == '}')
			return p + 1;
		if (*p++ != ',')
			return NULL;
		p = skip_space(p, &r->compact);
	}
}

static void
decode_names(struct rec *r)
{
	struct buf one = { 0 };
	size_t i;

	r->decoded.n = 0;
	/* decoding never makes text longer: nothing moves below */
	buf_room(&r->decoded, r->keys.n);
	for (i = 0; i < r->n; i++) {
		struct slice text = json_text(r->m[i].key, &one);

		if (text.p != one.p || one.p == NULL)
			continue;
		r->m[i].name.p = r->decoded.p + r->decoded.n;
		r->m[i].name.n = text.n;
		buf_slice(&r->decoded, text);
	}
	buf_free(&one);
}

/* The members' keys are the shape's, which outlive the line. */
static void
take_keys(struct rec *r)
{
	size_t i, from = 0;

	for (i = 0; i < r->n; i++) {
		struct member *m = &r->m[i];

		m->key =
		    (struct slice){ r->keys.p + from, r->key_ends[i] - from };
		m->name = (struct slice){ m->key.p + 1, m->key.n - 2 };
		from = r->key_ends[i];
	}
	if (r->escaped)
		decode_names(r);
}

static int
by_name(const void *a, const void *b)
{
	const struct member *const *x = a, *const *y = b;

	return slice_cmp((*x)->name, (*y)->name);
}

static bool
repeats_among_many(const struct rec *r)
{
	const struct member **sorted = mem_zero(r->n, sizeof(*sorted));
	bool found = false;
	size_t i;

	for (i = 0; i < r->n; i++)
		sorted[i] = &r->m[i];
	qsort(sorted, r->n, sizeof(*sorted), by_name);
	for (i = 1; i < r->n && !found; i++)
		found = slice_eq(sorted[i - 1]->name, sorted[i]->name);
	free(sorted);
	return found;
}

static bool
repeats_a_name(const struct rec *r)
{
	size_t i, j;

	if (r->n > FEW)
		return repeats_among_many(r);
	for (i = 1; i < r->n; i++) {
		for (j = 0; j < i; j++) {
			if (slice_eq(r->m[i].name, r->m[j].name))
				return true;
		}
	}
	return false;
}

/* What only the names decide, once for all records of a shape. */
static const char *
learn_shape(struct rec *r)
{
	size_t i;

	r->nkeys = 0;
	r->keys.n = 0;
	r->escaped = false;
	for (i = 0; i < r->n; i++) {
		buf_slice(&r->keys, r->m[i].key);
		r->key_ends[i] = r->keys.n;
		r->escaped = r->escaped ||
			     memchr(r->m[i].key.p, '\\', r->m[i].key.n) != NULL;
	}
	take_keys(r);
	if (++r->shape == 0)
		r->shape = 1;
	if (repeats_a_name(r))
		return "duplicate_key";
	if (rec_find(r, SLICE("$mh")) < r->n)
		return "reserved";
	r->nkeys = r->n;
	return NULL;
}

/* Keeps what stands around this record's values, for the next one. */
static void
learn_gaps(struct rec *r, bool tight)
{
	const char *p = r->line.p, *end = p + r->line.n;
	size_t i;

	if (r->cap == 0)
		more_members(r);
	r->gaps.n = 0;
	for (i = 0; i <= r->n; i++) {
		const char *next = i < r->n ? r->m[i].value.p : end;

		r->gap[i] = (struct gap){ r->gaps.n, (size_t)(next - p) };
		buf_add(&r->gaps, p, (size_t)(next - p));
		p = i < r->n ? next + r->m[i].value.n : end;
	}
	buf_room(&r->gaps, BLOCK_SIZE);
	r->tight = tight;
	r->predicts = true;
}

/* json_value_end(), for values most of which are short strings. */
static inline const char *
value_end(const char *p, bool *spaced)
{
	const char *stop = p + 1;
	unsigned stops;

	if (*p == '"' && (stops = block_stops(block_at(stop))) != 0) {
		stop += block_place(stops);
		if (*stop == '"')
			return stop + 1;
	}
	return json_value_end(p, JSON_DEPTH_MAX - 1, spaced);
}

/*
 * Takes the record apart if it has the gaps of the last one. They have no
 * line feed, so that what is equal to them lies within the line.
 */
static bool
take_predicted(struct rec *r)
{
	const char *p = r->line.p, *end = p + r->line.n, *gaps = r->gaps.p;
	const struct gap *gap = r->gap;
	struct member *m = r->m, *last = m + r->nkeys;
	bool spaced = false;

	for (; m < last; m++, gap++) {
		const char *value;

		if (!block_equal(p, gaps + gap->from, gap->n))
			return false;
		value = p + gap->n;
		if ((p = value_end(value, &spaced)) == NULL)
			return false;
		m->value = (struct slice){ value, (size_t)(p - value) };
	}
	if (!block_equal(p, gaps + gap->from, gap->n) || p + gap->n != end)
		return false;
	r->n = r->nkeys;
	r->compact = r->tight && !spaced;
	return true;
}

static const char *
take_any(struct rec *r)
{
	const char *p, *end = r->line.p + r->line.n, *fault;
	bool same = true, spaced = false;

	r->predicts = false;
	r->compact = true;
	p = skip_space(r->line.p, &r->compact);
	if (*p != '{' || (p = take_members(r, p + 1, &same, &spaced)) == NULL ||
	    skip_space(p, &r->compact) != end)
		return "json";
	if (!same || r->n != r->nkeys || r->shape == 0) {
		if ((fault = learn_shape(r)) != NULL)
			return fault;
	} else {
		take_keys(r);
	}
	learn_gaps(r, r->compact);
	r->compact = r->compact && !spaced;
	return NULL;
}

bool
rec_parse(struct rec *r)
{
	bool ascii = r->ascii;

	r->ascii = false;
	r->fault = NULL;
	if (!ascii && !utf8_valid(r->line.p, r->line.n))
		r->fault = "utf8";
	else if (!r->predicts || !take_predicted(r))
		r->fault = take_any(r);
	return r->fault == NULL;
}

bool
rec_from(struct rec *r, struct buf *copy, struct slice object)
{
	copy->n = 0;
	buf_slice(copy, object);
	buf_room(copy, 1 + JSON_SLACK);
	memset(copy->p + copy->n, '\n', 1 + JSON_SLACK);
	r->line = buf_view(copy);
	return rec_parse(r);
}

size_t
rec_find(const struct rec *r, struct slice name)
{
	size_t i;

	for (i = 0; i < r->n && !slice_eq(r->m[i].name, name); i++)
		;
	return i;
}

const struct slice *
rec_get(const struct rec *r, struct slice name)
{
	size_t i = rec_find(r, name);

	return i < r->n ? &r->m[i].value : NULL;
}

void
rec_put_member(struct buf *out, struct slice key, struct slice value)
{
	if (out->n != 0 && out->p[out->n - 1] != '{')
		buf_byte(out, ',');
	buf_slice(out, key);
	buf_byte(out, ':');
	json_put(out, value);
}

void
rec_put(struct buf *out, const struct rec *r)
{
	size_t i;

	if (r->compact) {
		buf_slice(out, r->line);
		return;
	}
	buf_byte(out, '{');
	for (i = 0; i < r->n; i++)
		rec_put_member(out, r->m[i].key, r->m[i].value);
	buf_byte(out, '}');
}

void
rec_free(struct rec *r)
{
	free(r->m);
	free(r->key_ends);
	free(r->gap);
	buf_free(&r->keys);
	buf_free(&r->decoded);
	buf_free(&r->gaps);
	*r = (struct rec){ 0 };
}
