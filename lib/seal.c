/* seal - the control line that ends a stream and vouches for it. */
#include "dec.h"
#include "json.h"
#include "mh.h"
#include "seal.h"

/* The last element of a JSON array; empty if there is none. */
static struct slice
last_element(struct slice array)
{
	struct slice last = { NULL, 0 };

	while (json_next(&array, &last))
		;
	return last;
}

/* The member "out" of a stage. */
static bool
stage_out(struct slice stage, uint64_t *count)
{
	struct rec r = { 0 };
	struct buf line = { 0 };
	const struct slice *out;
	struct dec d;
	int64_t n = -1;

	if (rec_from(&r, &line, stage) &&
	    (out = rec_get(&r, SLICE("out"))) != NULL && json_is_number(*out) &&
	    dec_from_json(&d, *out))
		dec_to_i64(&n, d);
	rec_free(&r);
	buf_free(&line);
	*count = (uint64_t)n;
	return n >= 0;
}

bool
seal_read(const struct rec *r, uint64_t *count, struct slice *stages)
{
	const struct slice *run, *list;

	if (r->n != 3 || !slice_is(r->m[0].key, "\"$mh\"") ||
	    !slice_is(r->m[0].value, "\"end\""))
		return false;
	run = rec_get(r, SLICE("run"));
	list = rec_get(r, SLICE("stages"));
	if (run == NULL || list == NULL || !json_is_string(*run) ||
	    list->p[0] != '[')
		return false;
	*stages = *list;
	return stage_out(last_element(*list), count);
}

void
seal_put_stages(
    struct buf *out, struct slice upstream, uint64_t in, struct slice stage)
{
	buf_byte(out, '[');
	if (upstream.n != 0) {
		/* of two lists with a comma between, no value comes */
		if (json_valid(upstream)) {
			buf_add(out, upstream.p + 1, upstream.n - 2);
		} else {
			buf_text(out, "{\"tool\":\"cat\",\"in\":");
			buf_u64(out, in);
			buf_text(out, ",\"out\":");
			buf_u64(out, in);
			buf_text(out, ",\"rejected\":0,\"inputs\":[");
			buf_slice(out, upstream);
			buf_text(out, "]}");
		}
		buf_byte(out, ',');
	}
	buf_slice(out, stage);
	buf_byte(out, ']');
}

void
seal_put(
    struct buf *out, struct slice upstream, uint64_t in, struct slice stage)
{
	buf_text(out, "{\"$mh\":\"end\",\"run\":");
	json_quote(out, slice_of(mh.run));
	buf_text(out, ",\"stages\":");
	seal_put_stages(out, upstream, in, stage);
	buf_byte(out, '}');
}
