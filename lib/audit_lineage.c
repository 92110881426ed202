/* audit_lineage - whether a stage read the files that were made. */
#include <stdio.h>

#include "auditing.h"
#include "json.h"

static struct slice
layer(struct slice target)
{
	const char *dot = memchr(target.p, '.', target.n);

	return (struct slice){ target.p, (size_t)(dot - target.p) };
}

static bool
made_now(const struct lake *l, struct slice target)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		if (slice_eq(l->now[i].target, target))
			return true;
	}
	return false;
}

/* Any bronze of the entity: with a history, silver is made of all of them. */
static bool
is_bronze(const struct lake *l, struct slice name, struct slice hash)
{
	struct buf key = { 0 };
	bool found;
	size_t i;

	buf_fmt(&key, "bronze.%.*s ", (int)name.n, name.p);
	buf_slice(&key, hash);
	found = table_find(&l->hashes, buf_view(&key)) != TABLE_NONE;
	key.n = name.n + sizeof("bronze.") - 1;
	for (i = 0; i < l->n && !found; i++)
		found = slice_eq(l->now[i].target, buf_view(&key)) &&
			slice_eq(l->now[i].hash, hash);
	buf_free(&key);
	return found;
}

/* Is it a silver table as this run found it, or made it? `name` p NULL: any
 * table. */
static bool
is_silver(const struct lake *l, struct slice name, struct slice hash)
{
	size_t i;

	for (i = 0; i < l->n + l->targets.n; i++) {
		const struct made *m =
		    i < l->n ? &l->now[i] : &l->newest[i - l->n];
		struct slice in = layer(m->target), rest = m->target;

		rest.p += in.n + 1;
		rest.n -= in.n + 1;
		if (slice_is(in, "silver") && slice_eq(m->hash, hash) &&
		    (name.p == NULL || slice_eq(rest, name)) &&
		    (i < l->n || !made_now(l, m->target)))
			return true;
	}
	return false;
}

static void
check_file(const struct lake *l, const struct entry *e, struct slice hash)
{
	struct slice none = { NULL, 0 };
	char found[32];
	bool good;

	snprintf(found, sizeof(found), "\"%.*s\"", (int)hash.n, hash.p);
	if (slice_is(e->layer, "gold"))
		good = is_silver(l, none, hash);
	else if (e->replays.p != NULL)
		good = is_silver(l, e->name, hash);
	else
		good = is_bronze(l, e->name, hash);
	if (!good)
		audit_find(l->a, "lineage", none, slice_of(found),
		    "read a file that is no %s",
		    slice_is(e->layer, "silver") && e->replays.p == NULL
			? "bronze of its own that was published"
			: "silver table as it was then");
}

/* The files that a list of stages began with, through what put several of
 * them together. */
static void
check_list(const struct lake *l, const struct entry *e, struct slice list)
{
	struct rec r = { 0 };
	struct buf copy = { 0 };
	struct slice tool, hash, inputs;
	const struct slice *token;

	if (rec_from(&r, &copy, array_last(list)) &&
	    rec_text(&r, "tool", &tool)) {
		if (slice_is(tool, "mh-save") && rec_text(&r, "hash", &hash))
			check_file(l, e, hash);
		token = rec_get(&r, SLICE("inputs"));
		if (slice_is(tool, "cat") && token != NULL) {
			inputs = *token;
			while (json_next(&inputs, &list))
				check_list(l, e, list);
		}
	}
	rec_free(&r);
	buf_free(&copy);
}

void
lineage_check(const struct lake *l, const struct entry *e)
{
	struct slice lists, list;
	size_t i;

	/* what bronze is made of was there before the lakehouse */
	if (!slice_is(e->layer, "silver") && !slice_is(e->layer, "gold"))
		return;
	for (i = 0; i < e->n; i++) {
		lists = e->books[i].upstream;
		while (json_next(&lists, &list))
			check_list(l, e, list);
	}
}
