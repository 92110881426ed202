/* unknown - members of a record that no column takes. */
#include "json.h"
#include "unknown.h"

#define NAMES_MAX 1000

static uint32_t
number_of(struct unknown *u, struct slice name)
{
	uint32_t number = table_find(&u->names, name);
	bool added;

	if (number != TABLE_NONE)
		return number;
	number = table_put(&u->names,
	    u->names.n < NAMES_MAX ? name : SLICE("(others)"), &added);
	if (added) {
		u->counts = mem_resize(
		    u->counts, (size_t)number + 1, sizeof(*u->counts));
		u->counts[number] = 0;
	}
	return number;
}

void
unknown_add(struct unknown *u, const struct rec *r, size_t member)
{
	if (u->n == u->cap) {
		u->cap = u->cap * 2 + 8;
		u->place = mem_resize(u->place, u->cap, sizeof(*u->place));
		u->name = mem_resize(u->name, u->cap, sizeof(*u->name));
	}
	u->place[u->n] = member;
	u->name[u->n++] = number_of(u, r->m[member].name);
}

void
unknown_count(struct unknown *u)
{
	size_t i;

	for (i = 0; i < u->n; i++)
		u->counts[u->name[i]]++;
}

void
unknown_put(const struct unknown *u, const struct rec *r, struct buf *out)
{
	size_t i;

	buf_text(out, ",\"_rescued_data\":");
	if (u->n == 0) {
		buf_text(out, "null");
		return;
	}
	buf_byte(out, '{');
	for (i = 0; i < u->n; i++) {
		const struct member *m = &r->m[u->place[i]];

		rec_put_member(out, m->key, m->value);
	}
	buf_byte(out, '}');
}

bool
unknown_counts(const struct unknown *u, struct buf *out)
{
	uint32_t i;

	if (u->names.n == 0)
		return false;
	for (i = 0; i < u->names.n; i++) {
		buf_byte(out, i == 0 ? '{' : ',');
		json_quote(out, table_key(&u->names, i));
		buf_byte(out, ':');
		buf_u64(out, u->counts[i]);
	}
	buf_byte(out, '}');
	return true;
}
