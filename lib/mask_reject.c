/* mask_reject - personal data out of rejects, mh-record(5). */
#include "json.h"
#include "mask.h"
#include "type.h"

/* The column that a reject or a further failure speaks of. */
static struct mask_column *
column_of(struct mask *m, const struct rec *r)
{
	const struct slice *field = rec_get(r, SLICE("_field"));

	if (field == NULL || !json_is_string(*field))
		return NULL;
	return mask_find(m, json_text(*field, &m->field));
}

/*
 * A value that its type refused cannot be brought into the form from which
 * pseudonyms are made; masked as it is, it would pass for a good one later.
 */
static void
note_lost(struct mask *m, const struct rec *r)
{
	const struct slice *reason = rec_get(r, SLICE("_reason"));
	struct mask_column *mc = column_of(m, r);

	if (mc != NULL && reason != NULL &&
	    type_find(json_text(*reason, &m->text)) != NULL)
		mc->lost = true;
}

static void
note_all_lost(struct mask *m, const struct rec *r)
{
	const struct slice *list = rec_get(r, SLICE("_failures"));
	struct slice rest, one;
	size_t i;

	for (i = 0; i < m->n; i++)
		m->columns[i].lost = false;
	note_lost(m, r);
	if (list == NULL)
		return;
	for (rest = *list; json_next(&rest, &one);) {
		if (rec_from(&m->failure, &m->failure_copy, one))
			note_lost(m, &m->failure);
	}
}

/* Of several columns, a,b: may the value that belongs to all of them stay? */
static bool
may_stay(struct mask *m, struct slice fields)
{
	struct slice one;

	while (slice_split(&fields, ',', &one)) {
		if (mask_find(m, one) != NULL ||
		    (m->allow_only && !mask_knows(m, one)))
			return false;
	}
	return true;
}

static void
put_value(
    struct mask *m, const struct rec *r, struct slice value, struct buf *out)
{
	const struct slice *field = rec_get(r, SLICE("_field"));
	struct mask_column *mc = column_of(m, r);

	if (mc != NULL) {
		if (mc->lost || mask_value(m, mc, value, out) != CLEAN_GOOD)
			buf_text(out, "null");
		return;
	}
	if (field != NULL && json_is_string(*field) &&
	    may_stay(m, json_text(*field, &m->field)))
		json_compact(out, value);
	else
		buf_text(out, "null");
}

static void
put_record(struct mask *m, struct slice object, struct buf *out)
{
	if (rec_from(&m->record, &m->record_copy, object))
		mask_record(m, &m->record, out);
	else
		buf_text(out, "null");
}

/* Does the member say nothing of the data? What is not known may. */
static bool
is_plain(const struct member *member)
{
	static const char *const names[] = { "_reason", "_field", "_severity",
		"_line", "_file", "_tool", "_run" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (slice_is(member->name, names[i]))
			return !json_is_nested(member->value);
	}
	return false;
}

/* What every failure of a record has, the head and the further ones. */
static void
put_plain(struct mask *m, const struct rec *r, const struct member *member,
    struct buf *out)
{
	if (slice_is(member->name, "_value"))
		put_value(m, r, member->value, out);
	else if (is_plain(member))
		buf_slice(out, member->value);
	else
		buf_text(out, "null");
}

static void
put_failure(struct mask *m, struct slice object, struct buf *out)
{
	const struct rec *r = &m->failure;
	size_t i;

	if (!rec_from(&m->failure, &m->failure_copy, object)) {
		buf_text(out, "null");
		return;
	}
	buf_byte(out, '{');
	for (i = 0; i < r->n; i++) {
		rec_put_member(out, r->m[i].key, SLICE(""));
		put_plain(m, r, &r->m[i], out);
	}
	buf_byte(out, '}');
}

static void
put_failures(struct mask *m, struct slice list, struct buf *out)
{
	struct slice one;
	bool first = true;

	buf_byte(out, '[');
	while (json_next(&list, &one)) {
		if (!first)
			buf_byte(out, ',');
		put_failure(m, one, out);
		first = false;
	}
	buf_byte(out, ']');
}

bool
mask_reject(struct mask *m, const struct rec *r, struct buf *out)
{
	const struct slice *reason = rec_get(r, SLICE("_reason"));
	size_t i;

	if (reason == NULL || !json_is_string(*reason))
		return false;
	note_all_lost(m, r);
	buf_byte(out, '{');
	for (i = 0; i < r->n; i++) {
		const struct member *member = &r->m[i];

		rec_put_member(out, member->key, SLICE(""));
		if (slice_is(member->name, "_record"))
			put_record(m, member->value, out);
		else if (slice_is(member->name, "_failures"))
			put_failures(m, member->value, out);
		else
			put_plain(m, r, member, out);
	}
	buf_byte(out, '}');
	return true;
}
