/*
 * join_part - joins one part of what was put aside, its right side in memory.
 *
 * Rows of one key (with --multi) cannot be dealt out, and would make results
 * as large as the output. Where they are long they go to one more file, the
 * spans, and results only say where: they are read for each left record that
 * they belong to, which is about what is written for it.
 */
#include <stdlib.h>

#include "join_ops.h"
#include "parts.h"

/* Bytes of a key's rows past which they are a span: not so few that finding
 * one would take longer than writing it. */
#define LONG ((size_t)16 << 10)

/* Instead of the next row: this one is a struct join_span, all of the key's. */
#define SPAN (JOIN_NONE - 1)

static void
add_to_span(struct join *j, struct join_span *span, struct slice row)
{
	uint64_t place = parts_put(&j->spill->spans, row, 0);

	if (span->n++ == 0)
		span->place = place;
}

/* Makes the first row of a key stand for all of them. */
static void
set_span(struct join *j, uint32_t first, const struct join_span *span)
{
	struct slice bytes = { (const char *)span, sizeof(*span) };

	j->rows[first] = arena_keep(&j->bytes, bytes);
	j->next[first] = SPAN;
}

/* Puts the rows in memory of keys that have many into the spans. */
static void
put_spans(struct join *j)
{
	uint32_t number, row;

	for (number = 0; number < j->keys.n; number++) {
		uint32_t first = j->first[number];
		struct join_span span = { 0 };
		size_t size = 0;

		for (row = first; row != JOIN_NONE; row = j->next[row])
			size += j->rows[row].n;
		if (size <= LONG || j->next[first] == JOIN_NONE)
			continue;
		for (row = first; row != JOIN_NONE; row = j->next[row])
			add_to_span(j, &span, j->rows[row]);
		set_span(j, first, &span);
	}
}

/* Takes the right side of a part into memory; false if that is too small. */
static bool
load(struct join *j, struct spool *right, size_t memory)
{
	struct slice line, key;
	uint64_t lineno;

	join_forget(j);
	spool_rewind(right);
	while (spool_next_line(right, &line, &lineno)) {
		key = piece_next(&line);
		join_keep(j, key, piece_next(&line));
		/* one row, however long, must find room */
		if (join_memory(j) > memory && (j->keys.n > 1 || j->n > 1))
			return false;
	}
	if (j->multi && !j->bare)
		put_spans(j);
	return true;
}

/* Are all rows of a part, which has not found room, of one key? */
static bool
has_one_key(struct join *j, struct spool *right)
{
	bool one = j->keys.n == 1;
	struct slice line;
	uint64_t lineno;

	while (one && spool_next_line(right, &line, &lineno))
		one = table_find(&j->keys, piece_next(&line)) != TABLE_NONE;
	return one;
}

/* Makes one span of all rows of such a part. */
static void
put_one_span(struct join *j, struct spool *right)
{
	struct join_span span = { 0 };
	struct slice line;
	uint64_t lineno;

	spool_rewind(right);
	while (spool_next_line(right, &line, &lineno)) {
		piece_next(&line);
		add_to_span(j, &span, piece_next(&line));
	}
	set_span(j, 0, &span);
}

void
join_put_result(struct join *j, struct spool *to, struct slice record,
    uint64_t number, uint32_t row)
{
	struct buf *line = &j->spill->line;
	struct join_span span;

	line->n = 0;
	piece_add(line, record);
	if (join_next(j, row) == SPAN) {
		memcpy(&span, j->rows[row].p, sizeof(span));
		j->pairs += span.n;
		piece_add(line, j->rows[row]);
	} else {
		piece_add(line, (struct slice){ 0 });
		do
			piece_add(line, join_give(j, &row));
		while (row != JOIN_NONE);
	}
	parts_put(to, buf_view(line), number);
}

/* Joins a part's left side with what is in memory. */
static void
match(struct join *j, struct spool *left, struct spool *results)
{
	struct slice line;
	uint64_t number;
	uint32_t row;

	spool_rewind(left);
	while (spool_next_line(left, &line, &number)) {
		row = join_find(j, piece_next(&line));
		if (join_counts(j, row != JOIN_NONE))
			join_put_result(
			    j, results, piece_next(&line), number, row);
	}
}

static void join_part(struct join *, struct spool *right, struct spool *left,
    unsigned level, struct spool *results);

struct spool *
join_parts(
    struct join *j, struct spool *right, struct spool *left, unsigned level)
{
	/* with room for one more */
	struct spool *results = mem_zero(PARTS + 1, sizeof(*results));
	size_t i;

	for (i = 0; i < PARTS; i++) {
		spool_open(&results[i]);
		join_part(j, &right[i], &left[i], level, &results[i]);
		spool_rewind(&results[i]);
	}
	free(right);
	free(left);
	return results;
}

/* Joins a part that was dealt out `level` times; closes it. */
static void
join_part(struct join *j, struct spool *right, struct spool *left,
    unsigned level, struct spool *results)
{
	struct spool *rights, *lefts;

	if (left->size == 0 || load(j, right, j->memory)) {
		match(j, left, results);
	} else if (has_one_key(j, right)) {
		put_one_span(j, right);
		match(j, left, results);
	} else if (level == PARTS_LEVELS) {
		/* all have one hash: there is no other way */
		load(j, right, SIZE_MAX);
		match(j, left, results);
	} else {
		join_forget(j);
		rights = parts_deal_again(right, level);
		spool_close(right);
		lefts = parts_deal_again(left, level);
		spool_close(left);
		join_merge(j, join_parts(j, rights, lefts, level + 1), PARTS,
		    results, NULL);
		return;
	}
	spool_close(right);
	spool_close(left);
}
