/* agg_input - what a record has for the keys and the inputs. */
#include "agg_ops.h"
#include "json.h"

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

/* NULL, or the reason why the value, which is not null, is of no use. */
static const char *
check(struct agg_value *v, unsigned needs)
{
	bool number = json_is_number(v->token);

	if ((needs & AGG_NUMBER) != 0 && !read_number(&v->num, v->token))
		return "number";
	if ((needs & AGG_ORDER) != 0) {
		if (!number && !json_is_string(v->token))
			return "type";
		if (number && (needs & AGG_NUMBER) == 0 &&
		    !dec_from_json(&v->num, v->token))
			return "number";
	}
	if ((needs & AGG_SCALAR) != 0 && json_is_nested(v->token))
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
		struct agg_value *v = &a->values[i];

		if (in->computed.expr == NULL)
			v->token = names_value(&a->members, r, i);
		else if (!compute(&in->computed, r, a->members.v[i].from,
			     &v->token, f))
			return false;
		v->null = json_is_null(v->token);
		if (v->null || (f->reason = check(v, in->needs)) == NULL)
			continue;
		f->field = a->members.v[i].from;
		f->value = v->token;
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
	key_begin(&a->shard_key);
	for (i = 0; i < a->keys.n; i++) {
		struct slice token;

		if (a->key_exprs[i].expr == NULL)
			token = names_value(&a->keys, r, i);
		else if (!compute(
			     &a->key_exprs[i], r, a->keys.v[i].to, &token, f))
			return false;
		if (a->shard.n != 0)
			key_add(&a->shard_key, token);
		if (!json_is_nested(token)) {
			agg_put_key(&a->key, token, &a->text);
		} else if (f->reason == NULL) {
			f->reason = "key";
			f->field = a->keys.v[i].from;
			f->value = token;
		}
	}
	return f->reason == NULL;
}

bool
agg_read(struct agg *a, const struct rec *r, struct failure *f)
{
	bool good, ours;

	*f = (struct failure){ 0 };
	good = read_keys(a, r, f);
	/* a record whose key could not be computed is like a line that is no
	 * record; any other has a shard, a nested key too */
	ours = good || json_is_nested(f->value)
		   ? shard_has(&a->shard, &a->shard_key)
		   : shard_has_faults(&a->shard);
	if (!ours)
		f->reason = NULL;
	return good && ours && read_inputs(a, r, f);
}

void
agg_see(struct agg *a, const struct rec *r)
{
	size_t i;

	if (r->shape == a->shape)
		return;
	a->shape = r->shape;
	names_seek(&a->members, r);
	for (i = 0; i < a->keys.n; i++)
		a->key_exprs[i].seen |= a->keys.v[i].place < r->n;
	for (i = 0; i < a->members.n; i++)
		a->inputs[i].computed.seen |= a->members.v[i].place < r->n;
}
