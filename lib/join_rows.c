/* join_rows - the keys and rows of the right side that are in memory. */
#include <stdlib.h>

#include "join_ops.h"
#include "mh.h"

static void
grow_rows(struct join *j)
{
	if (j->n == JOIN_NONE - 1)
		mh_die(MH_TEMP, "more than %u rows in memory", j->n);
	if (j->cap > JOIN_NONE / 2)
		j->cap = JOIN_NONE;
	else
		j->cap = j->cap == 0 ? 64 : j->cap * 2;
	j->rows = mem_resize(j->rows, j->cap, sizeof(*j->rows));
	if (!j->multi)
		return;
	/* there are never more keys than rows */
	j->first = mem_resize(j->first, j->cap, sizeof(*j->first));
	j->last = mem_resize(j->last, j->cap, sizeof(*j->last));
	j->next = mem_resize(j->next, j->cap, sizeof(*j->next));
}

static void
add_row(struct join *j, struct slice row, uint32_t key, bool first)
{
	if (j->n == j->cap)
		grow_rows(j);
	j->rows[j->n] = arena_keep(&j->bytes, row);
	if (j->multi) {
		j->next[j->n] = JOIN_NONE;
		if (first)
			j->first[key] = j->n;
		else
			j->next[j->last[key]] = j->n;
		j->last[key] = j->n;
	}
	j->n++;
}

bool
join_keep(struct join *j, struct slice key, struct slice row)
{
	bool added;
	uint32_t number = table_put(&j->keys, key, &added);

	if (j->bare)
		return true;
	if (added || j->multi)
		add_row(j, row, number, added);
	return added || j->multi;
}

size_t
join_memory(const struct join *j)
{
	const struct table *t = &j->keys;
	size_t row = sizeof(*j->rows) + (j->multi ? 3 * sizeof(*j->next) : 0);

	return table_memory(t) + table_growth(t) + j->bytes.total +
	       j->cap * row;
}

void
join_forget(struct join *j)
{
	table_free(&j->keys);
	arena_free(&j->bytes);
	free(j->rows);
	free(j->first);
	free(j->last);
	free(j->next);
	j->rows = NULL;
	j->first = j->last = j->next = NULL;
	j->n = j->cap = 0;
}

uint32_t
join_find(const struct join *j, struct slice key)
{
	return join_find_hashed(j, key, table_hash(key.p, key.n));
}

uint32_t
join_find_hashed(const struct join *j, struct slice key, uint64_t hash)
{
	uint32_t number = table_find_hashed(&j->keys, key, hash);

	return number != TABLE_NONE && j->multi && !j->bare ? j->first[number]
							    : number;
}
