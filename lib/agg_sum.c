/*
 * agg_sum - sum, total and avg.
 *
 * A sum is exact whatever it has been on the way: when it leaves 128 bits,
 * it goes on in a struct wide. Only the result must fit, so that neither the
 * order of the records nor the way they were split into parts can decide
 * whether there is one.
 */
#include <stdlib.h>

#include "agg_ops.h"
#include "json.h"
#include "mh.h"
#include "wide.h"

/* Digits that an average has behind those of its sum. */
#define AVG_DIGITS 4

/* Zeros are the sum of nothing. coef may be any of 128 bits. */
struct sum {
	dec_int coef;
	uint64_t n;     /* values */
	int32_t scale;  /* the largest of theirs */
	uint32_t above; /* the place + 1 of what coef had no room for, or 0 */
};

static struct wide *
above(struct measure *m, struct sum *s)
{
	if (s->above == 0) {
		/* each of them is of another group, whose numbers fit */
		m->wides = mem_resize(
		    m->wides, (size_t)m->nwides + 1, sizeof(*m->wides));
		m->wides[m->nwides] = (struct wide){ { 0 } };
		s->above = ++m->nwides;
	}
	return &m->wides[s->above - 1];
}

static void
saw_scale(struct agg *a, struct measure *m, int scale)
{
	if (scale <= m->scale)
		return;
	if (m->written)
		mh_die(MH_DATA,
		    "%s: line %llu: %.*s: %d fraction digits, but sums with "
		    "%d have been written: without --sorted all get the same",
		    a->rec->file, (unsigned long long)a->rec->lineno,
		    (int)m->name.n, m->name.p, scale, m->scale);
	m->scale = scale;
}

static void
add(struct agg *a, struct measure *m, struct sum *s, struct dec d)
{
	struct dec sum = { s->coef, s->scale };

	if (d.scale == s->scale &&
	    !__builtin_add_overflow(s->coef, d.coef, &s->coef))
		return;
	if (d.scale > s->scale) {
		s->scale = d.scale;
		saw_scale(a, m, d.scale);
	}
	s->coef = 0;
	if (dec_add(&sum, d)) {
		s->coef = sum.coef;
	} else {
		wide_add(above(m, s), sum);
		wide_add(above(m, s), d);
	}
}

static void
sum_step(struct agg *a, struct measure *m, void *state, uint32_t group,
    const struct agg_value *v)
{
	struct sum *s = state;

	(void)group;
	add(a, m, s, v->num);
	s->n++;
}

/* All of the sum. */
static struct wide
whole(const struct measure *m, const struct sum *s)
{
	struct wide w = { { 0 } };

	if (s->above != 0)
		w = m->wides[s->above - 1];
	wide_add(&w, (struct dec){ s->coef, s->scale });
	return w;
}

/* The sum with `scale` digits, at least its own; false if it does not fit. */
static bool
to_dec(const struct measure *m, const struct sum *s, int scale, struct dec *d)
{
	struct wide w;

	*d = (struct dec){ 0, scale };
	if (s->above == 0)
		return dec_add(d, (struct dec){ s->coef, s->scale });
	w = whole(m, s);
	return wide_to_dec(d, &w, scale);
}

static _Noreturn void
too_long(const struct measure *m, const char *what, int scale)
{
	mh_die(MH_DATA,
	    "%.*s: %s with %d fraction digits has more than %d digits",
	    (int)m->name.n, m->name.p, what, scale, DEC_DIGITS);
}

/* All groups' sums have the same scale, whatever digits each of them saw. */
static void
total_final(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	struct dec d;

	(void)a, (void)group;
	if (!to_dec(m, state, m->scale, &d))
		too_long(m, "a sum", m->scale);
	m->written = true;
	dec_put(out, d);
}

static void
sum_final(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	const struct sum *s = state;

	if (s->n == 0)
		buf_text(out, "null");
	else
		total_final(a, m, state, group, out);
}

static void
avg_final(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	const struct sum *s = state;
	int scale = m->scale + AVG_DIGITS;
	struct dec d;

	(void)a, (void)group;
	if (s->n == 0) {
		buf_text(out, "null");
		return;
	}
	if (!to_dec(m, s, s->scale, &d))
		too_long(m, "a sum", s->scale);
	if (!dec_div(&d, d, dec_from_i64((int64_t)s->n), scale))
		too_long(m, "an average", scale);
	m->written = true;
	dec_put(out, d);
}

/* As a string, for whoever reads numbers as floats: "12.50". */
static void
sum_put(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	const struct sum *s = state;
	struct wide w;
	struct dec d;

	(void)a, (void)group;
	if (s->n == 0) {
		buf_text(out, "null");
		return;
	}
	buf_byte(out, '"');
	if (to_dec(m, s, s->scale, &d)) {
		dec_put(out, d);
	} else {
		w = whole(m, s);
		wide_put(out, &w, s->scale);
	}
	buf_byte(out, '"');
}

static void
avg_put(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	const struct sum *s = state;

	if (s->n == 0) {
		buf_text(out, "null");
		return;
	}
	buf_byte(out, '[');
	sum_put(a, m, state, group, out);
	buf_byte(out, ',');
	buf_u64(out, s->n);
	buf_byte(out, ']');
}

static bool
add_text(struct agg *a, struct measure *m, struct sum *s, struct slice token)
{
	struct slice text = { token.p + 1, token.n - 2 };
	struct dec d;
	int scale;

	if (!json_is_string(token))
		return false;
	if (text.n <= DEC_DIGITS && dec_from_json(&d, text)) {
		add(a, m, s, d);
		return true;
	}
	if (!wide_add_text(above(m, s), text, &scale))
		return false;
	add(a, m, s, (struct dec){ 0, scale });
	return true;
}

static bool
sum_take(struct agg *a, struct measure *m, void *state, uint32_t group,
    struct slice token)
{
	struct sum *s = state;

	(void)group;
	if (json_is_null(token))
		return true;
	/* one or many values: only an average asks how many */
	s->n++;
	return add_text(a, m, s, token);
}

static bool
avg_take(struct agg *a, struct measure *m, void *state, uint32_t group,
    struct slice token)
{
	struct slice sum, count, more;
	struct sum *s = state;
	uint64_t n;

	(void)group;
	if (json_is_null(token))
		return true;
	if (!json_next(&token, &sum) || !json_next(&token, &count) ||
	    json_next(&token, &more) || !agg_number(count, &n) || n == 0)
		return false;
	s->n += n;
	return add_text(a, m, s, sum);
}

void
agg_sum_clear(struct measure *m)
{
	m->nwides = 0;
}

const struct agg_func agg_sum = {
	.name = "sum",
	.size = sizeof(struct sum),
	.needs = AGG_NUMBER,
	.step = sum_step,
	.final = sum_final,
	.put = sum_put,
	.take = sum_take,
};

const struct agg_func agg_total = {
	.name = "total",
	.size = sizeof(struct sum),
	.needs = AGG_NUMBER,
	.step = sum_step,
	.final = total_final,
	.put = sum_put,
	.take = sum_take,
};

const struct agg_func agg_avg = {
	.name = "avg",
	.size = sizeof(struct sum),
	.needs = AGG_NUMBER,
	.step = sum_step,
	.final = avg_final,
	.put = avg_put,
	.take = avg_take,
};
