/* reason - how many records were refused, for which reason. */
#include <stdlib.h>

#include "json.h"
#include "reason.h"

static struct reason *
find(const struct reasons *rs, struct slice reason, struct slice field,
    const char *severity)
{
	size_t i;

	for (i = 0; i < rs->n; i++) {
		struct reason *r = &rs->v[i];

		if (slice_eq(r->reason, reason) && slice_eq(r->field, field) &&
		    (r->field.p == NULL) == (field.p == NULL) &&
		    strcmp(r->severity, severity) == 0)
			return r;
	}
	return NULL;
}

static struct reason *
add(struct reasons *rs, struct slice reason, struct slice field,
    const char *severity)
{
	struct reason *r;

	rs->v = mem_resize(rs->v, rs->n + 1, sizeof(*rs->v));
	r = &rs->v[rs->n++];
	*r = (struct reason){ 0 };
	r->reason = arena_keep(&rs->kept, reason);
	if (field.p != NULL)
		r->field = arena_keep(&rs->kept, field);
	r->severity = severity;
	return r;
}

void
reasons_count(struct reasons *rs, struct slice reason, struct slice field,
    const char *severity)
{
	struct reason *r = find(rs, reason, field, severity);

	if (r == NULL && rs->n >= REASONS_MAX) {
		field = (struct slice){ NULL, 0 };
		r = find(rs, reason, field, severity);
	}
	if (r == NULL)
		r = add(rs, reason, field, severity);
	r->records++;
}

void
reasons_put(const struct reasons *rs, struct buf *out)
{
	size_t i;

	buf_byte(out, '[');
	for (i = 0; i < rs->n; i++) {
		const struct reason *r = &rs->v[i];

		buf_text(out, i == 0 ? "{\"reason\":" : ",{\"reason\":");
		json_quote(out, r->reason);
		buf_text(out, ",\"field\":");
		if (r->field.p == NULL)
			buf_text(out, "null");
		else
			json_quote(out, r->field);
		buf_fmt(out, ",\"severity\":\"%s\",\"records\":%llu}",
		    r->severity, (unsigned long long)r->records);
	}
	buf_byte(out, ']');
}

void
reasons_free(struct reasons *rs)
{
	arena_free(&rs->kept);
	free(rs->v);
	*rs = (struct reasons){ 0 };
}
