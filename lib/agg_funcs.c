/* agg_funcs - the functions that mh-aggregate knows. */
#include "agg_ops.h"
#include "json.h"
#include "mh.h"

static void
count_step(struct agg *a, struct measure *m, void *state, uint32_t group,
    const struct agg_value *v)
{
	uint64_t *n = state;

	(void)a, (void)m, (void)group, (void)v;
	++*n;
}

static void
count_put(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	const uint64_t *n = state;

	(void)a, (void)m, (void)group;
	buf_u64(out, *n);
}

static bool
count_take(struct agg *a, struct measure *m, void *state, uint32_t group,
    struct slice token)
{
	uint64_t *sum = state, n;

	(void)a, (void)m, (void)group;
	if (!agg_number(token, &n))
		return false;
	*sum += n;
	return true;
}

/*
 * One token: a short one here, where it is found without one more look into
 * far memory; a longer one in memory that is used again while it is large
 * enough.
 */
struct kept {
	uint32_t n;
	uint32_t cap; /* 0: it is in text */
	union {
		char text[16];
		char *p;
	} at;
};

static struct slice
kept_token(const struct kept *k)
{
	return (struct slice){ k->cap == 0 ? k->at.text : k->at.p, k->n };
}

static void
keep(struct agg *a, struct kept *k, struct slice token)
{
	size_t room = k->cap == 0 ? sizeof(k->at.text) : k->cap;

	if (token.n > UINT32_MAX / 2)
		mh_die(MH_DATA, "a value of %zu bytes is too long", token.n);
	if (token.n > room) {
		k->cap = (uint32_t)(token.n < 2 * room ? 2 * room : token.n);
		k->at.p = arena_alloc(&a->tokens, k->cap);
	}
	memcpy(k->cap == 0 ? k->at.text : k->at.p, token.p, token.n);
	k->n = (uint32_t)token.n;
}

static void
kept_put(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	struct slice token = kept_token(state);

	(void)a, (void)m, (void)group;
	if (token.n == 0)
		buf_text(out, "null");
	else
		json_put(out, token);
}

/* A token and the position of its record. */
struct placed {
	struct kept kept;
	uint64_t position;
};

static void
place(struct agg *a, struct placed *p, struct slice token, uint64_t position)
{
	keep(a, &p->kept, token);
	p->position = position;
}

static void
first_step(struct agg *a, struct measure *m, void *state, uint32_t group,
    const struct agg_value *v)
{
	struct placed *p = state;

	(void)m, (void)group;
	if (p->kept.n == 0)
		place(a, p, v->token, a->position);
}

static void
last_step(struct agg *a, struct measure *m, void *state, uint32_t group,
    const struct agg_value *v)
{
	(void)m, (void)group;
	place(a, state, v->token, a->position);
}

static void
placed_put(struct agg *a, struct measure *m, const void *state, uint32_t group,
    struct buf *out)
{
	const struct placed *p = state;

	if (p->kept.n == 0) {
		buf_text(out, "null");
		return;
	}
	buf_byte(out, '[');
	buf_u64(out, agg_part(p->position));
	buf_byte(out, ',');
	buf_u64(out, agg_record(p->position));
	buf_byte(out, ',');
	kept_put(a, m, state, group, out);
	buf_byte(out, ']');
}

static bool
read_placed(struct slice token, struct slice *value, uint64_t *position)
{
	struct slice part, record, more;
	uint64_t p, r;

	if (!json_next(&token, &part) || !json_next(&token, &record) ||
	    !json_next(&token, value) || json_next(&token, &more) ||
	    !agg_number(part, &p) || p > AGG_PART_MAX ||
	    !agg_number(record, &r) || r > AGG_RECORD_MAX)
		return false;
	*position = agg_position(p, r);
	return true;
}

/* Two parts of one number may have the same positions: then the bytes tell
 * the values apart, so that it does not matter what is merged with what. */
static int
by_position(const struct placed *p, uint64_t position, struct slice token)
{
	if (position != p->position)
		return position < p->position ? -1 : 1;
	return slice_cmp(token, kept_token(&p->kept));
}

static bool
first_take(struct agg *a, struct measure *m, void *state, uint32_t group,
    struct slice token)
{
	struct placed *p = state;
	struct slice value;
	uint64_t position;

	(void)m, (void)group;
	if (json_is_null(token))
		return true;
	if (!read_placed(token, &value, &position))
		return false;
	if (p->kept.n == 0 || by_position(p, position, value) < 0)
		place(a, p, value, position);
	return true;
}

static bool
last_take(struct agg *a, struct measure *m, void *state, uint32_t group,
    struct slice token)
{
	struct placed *p = state;
	struct slice value;
	uint64_t position;

	(void)m, (void)group;
	if (json_is_null(token))
		return true;
	if (!read_placed(token, &value, &position))
		return false;
	if (p->kept.n == 0 || by_position(p, position, value) > 0)
		place(a, p, value, position);
	return true;
}

/*
 * Compares two strings by what they stand for. Up to where they differ they
 * mostly have no escape: then neither needs to be decoded.
 */
static int
by_text(struct agg *a, struct slice x, struct slice y)
{
	size_t i = 0, n = x.n < y.n ? x.n : y.n;

	while (i < n && x.p[i] == y.p[i] && x.p[i] != '\\')
		i++;
	/* no string with its quotes is the beginning of another */
	if (i == n)
		return 0;
	if (x.p[i] == '\\' || y.p[i] == '\\' || x.p[i] == '"' || y.p[i] == '"')
		return slice_cmp(
		    json_text(x, &a->text), json_text(y, &a->other));
	return (unsigned char)x.p[i] < (unsigned char)y.p[i] ? -1 : 1;
}

/*
 * Where the value stands to the one that is kept. Equal values that are
 * written differently (1 and 1.0) are told apart by their bytes: the records'
 * order must not decide. Numbers stand before strings until agg_end() finds
 * that there are both.
 */
static int
order(struct agg *a, const struct agg_value *v, const struct kept *k)
{
	struct slice old = kept_token(k);
	bool number = json_is_number(v->token);
	struct dec d;
	int c;

	if (number != json_is_number(old))
		return number ? -1 : 1;
	if (number) {
		/* it has been read before and cannot fail */
		dec_from_json(&d, old);
		c = dec_cmp(v->num, d);
	} else {
		c = by_text(a, v->token, old);
	}
	return c != 0 ? c : slice_cmp(v->token, old);
}

static void
saw_kind(struct agg *a, const struct measure *m, struct slice token)
{
	a->inputs[m->input].kinds |=
	    json_is_number(token) ? AGG_NUMBERS : AGG_STRINGS;
}

static void
min_step(struct agg *a, struct measure *m, void *state, uint32_t group,
    const struct agg_value *v)
{
	struct kept *k = state;

	(void)group;
	saw_kind(a, m, v->token);
	if (k->n == 0 || order(a, v, k) < 0)
		keep(a, k, v->token);
}

static void
max_step(struct agg *a, struct measure *m, void *state, uint32_t group,
    const struct agg_value *v)
{
	struct kept *k = state;

	(void)group;
	saw_kind(a, m, v->token);
	if (k->n == 0 || order(a, v, k) > 0)
		keep(a, k, v->token);
}

/* A state of min() or max() is a value, and taken like one. */
static bool
extreme_take(struct agg *a, struct measure *m, void *state, uint32_t group,
    struct slice token)
{
	struct agg_value v = { .token = token };

	if (json_is_null(token))
		return true;
	if (json_is_number(token) ? !dec_from_json(&v.num, token)
				  : !json_is_string(token))
		return false;
	m->func->step(a, m, state, group, &v);
	return true;
}

static const struct agg_func count = {
	.name = "count",
	.size = sizeof(uint64_t),
	.bare = true,
	.step = count_step,
	.final = count_put,
	.put = count_put,
	.take = count_take,
};

static const struct agg_func min = {
	.name = "min",
	.size = sizeof(struct kept),
	.needs = AGG_ORDER,
	.step = min_step,
	.final = kept_put,
	.put = kept_put,
	.take = extreme_take,
};

static const struct agg_func max = {
	.name = "max",
	.size = sizeof(struct kept),
	.needs = AGG_ORDER,
	.step = max_step,
	.final = kept_put,
	.put = kept_put,
	.take = extreme_take,
};

static const struct agg_func first = {
	.name = "first",
	.size = sizeof(struct placed),
	.needs = AGG_TOKEN,
	.step = first_step,
	.final = kept_put,
	.put = placed_put,
	.take = first_take,
};

static const struct agg_func last = {
	.name = "last",
	.size = sizeof(struct placed),
	.needs = AGG_TOKEN,
	.step = last_step,
	.final = kept_put,
	.put = placed_put,
	.take = last_take,
};

const struct agg_func *const agg_funcs[] = { &count, &agg_sum, &agg_total,
	&agg_avg, &min, &max, &first, &last, &agg_list, &agg_count_distinct,
	NULL };
