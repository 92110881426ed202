/*
 * agg_spill - more groups than the memory may hold.
 *
 * When it is full, the states of all groups go to a temporary file in the
 * order of their keys, a run, and the memory begins anew. At the end the runs
 * are merged: the states of one key come together, a group at a time. So that
 * never too many files are merged at once, some of equal size become one.
 */
#include <stdlib.h>

#include "agg_ops.h"
#include "spool.h"

/* Runs that are merged at once, each with a block of 256 KiB. */
#define FAN_MIN 4
#define FAN_MAX 64

/* What table_sorted() takes for each group. */
#define SORT_MEMORY 40

struct run {
	struct spool *file;
	unsigned level; /* how often its records have been merged */
	/* while it is read: */
	struct rec *r;
	struct buf key; /* of the record */
};

struct agg_runs {
	struct run *v;
	size_t n;
	struct buf line;
};

static size_t
memory(const struct agg *a)
{
	const struct table *t = &a->table;
	/* what the slots take twice over, for they may be about to grow */
	size_t grow = t->bits == 0 ? 0 : (2 * sizeof(*t->slots)) << t->bits;
	size_t sort = t->n * SORT_MEMORY;
	size_t i, sum = 0;

	for (i = 0; i < a->n; i++)
		sum += agg_set_memory(&a->measures[i].set);
	return sum + table_memory(t) + (grow > sort ? grow : sort) +
	       t->n * a->stride + a->tokens.total;
}

void
agg_put_aside(struct agg *a, struct slice key, uint32_t group)
{
	struct rec r = { 0 };

	a->runs->line.n = 0;
	agg_put(a, key, group, true, &a->runs->line);
	r.line = buf_view(&a->runs->line);
	spool_add(a->aside, &r, 0);
}

/* Where the next groups are written: a run behind the others. */
static void
begin_run(struct agg *a, unsigned level)
{
	struct agg_runs *runs = a->runs;

	runs->v = mem_resize(runs->v, runs->n + 1, sizeof(*runs->v));
	a->aside = mem_zero(1, sizeof(*a->aside));
	spool_open(a->aside);
	runs->v[runs->n++] = (struct run){ .file = a->aside, .level = level };
}

static void
end_run(struct agg *a)
{
	spool_rewind(a->aside);
	a->aside = NULL;
}

static void
free_run(struct run *run)
{
	spool_close(run->file);
	free(run->file);
	buf_free(&run->key);
}

/* Reads a run's next record; false at its end. */
static bool
advance(struct agg *a, struct run *run)
{
	uint64_t tag;

	run->r = spool_next(run->file, &tag);
	if (run->r != NULL)
		agg_own_key(a, run->r, &run->key);
	return run->r != NULL;
}

/* Moves the run at `i` down to where no run below is less. */
static void
sink(struct run **heap, size_t n, size_t i)
{
	struct run *run = heap[i];
	size_t below;

	while ((below = 2 * i + 1) < n) {
		if (below + 1 < n && slice_cmp(buf_view(&heap[below + 1]->key),
					 buf_view(&heap[below]->key)) < 0)
			below++;
		if (slice_cmp(
			buf_view(&run->key), buf_view(&heap[below]->key)) <= 0)
			break;
		heap[i] = heap[below];
		i = below;
	}
	heap[i] = run;
}

/* Merges the runs from `from` on; the groups go to where they are written. */
static void
merge(struct agg *a, struct run *from, size_t runs)
{
	struct run **heap = mem_zero(runs, sizeof(*heap));
	size_t i, n = 0;

	for (i = 0; i < runs; i++) {
		heap[n] = &from[i];
		n += advance(a, &from[i]);
	}
	for (i = n / 2; i-- > 0;)
		sink(heap, n, i);
	a->single = true;
	while (n > 0) {
		agg_take_own(a, heap[0]->r, buf_view(&heap[0]->key));
		if (!advance(a, heap[0]))
			heap[0] = heap[--n];
		sink(heap, n, 0);
	}
	agg_close_group(a);
	agg_forget(a);
	a->single = false;
	free(heap);
}

static size_t
fan(const struct agg *a)
{
	size_t n = a->memory >> 20;

	return n < FAN_MIN ? FAN_MIN : n > FAN_MAX ? FAN_MAX : n;
}

/* Makes one of the last runs while there are too many of one level. */
static void
merge_levels(struct agg *a)
{
	struct agg_runs *runs = a->runs;
	size_t i, n = fan(a);

	while (runs->n >= n &&
	       runs->v[runs->n - n].level == runs->v[runs->n - 1].level) {
		size_t first = runs->n - n;

		begin_run(a, runs->v[first].level + 1);
		merge(a, runs->v + first, n);
		end_run(a);
		for (i = first; i < first + n; i++)
			free_run(&runs->v[i]);
		runs->v[first] = runs->v[first + n];
		runs->n = first + 1;
	}
}

static void
spill(struct agg *a)
{
	if (a->runs == NULL)
		a->runs = mem_zero(1, sizeof(*a->runs));
	begin_run(a, 0);
	agg_write_all(a);
	end_run(a);
	agg_forget(a);
	merge_levels(a);
}

void
agg_make_room(struct agg *a)
{
	a->unchecked = 0;
	if (a->memory != 0 && !a->single && memory(a) > a->memory)
		spill(a);
}

void
agg_merge_runs(struct agg *a)
{
	if (a->table.n != 0)
		spill(a);
	merge(a, a->runs->v, a->runs->n);
}

void
agg_runs_free(struct agg *a)
{
	size_t i;

	if (a->runs == NULL)
		return;
	for (i = 0; i < a->runs->n; i++)
		free_run(&a->runs->v[i]);
	free(a->runs->v);
	buf_free(&a->runs->line);
	free(a->runs);
}
