/*
 * join_spill - a right side that is larger than the memory may hold.
 *
 * The join goes on as a Grace hash join. What is in memory and all that comes
 * later is dealt out to PARTS temporary files by a hash of the key, and so are
 * the left records, numbered as they come. Then one part after another is
 * joined, its right side in memory. What comes of a part, its results, has the
 * order of the numbers; merged by them, the parts' results are what a join in
 * memory would have written.
 *
 * A part that is still too large is dealt out again, by further bits of the
 * hash, and its results are merged into one file: what is open are twice PARTS
 * files, and a few, for each time that parts were dealt out. See join_part.c.
 *
 * The pieces of a file's lines:
 *	right	key, row, key as messages show it; the number is the line's
 *	left	key, record
 *	result	record, struct join_span or nothing, rows
 */
#include <stdlib.h>

#include "join_ops.h"
#include "mh.h"
#include "parts.h"

static void
put_right(struct join *j, struct slice key, struct slice row,
    struct slice shown, uint64_t lineno)
{
	struct buf *line = &j->spill->line;

	line->n = 0;
	piece_add(line, key);
	piece_add(line, row);
	piece_add(line, shown);
	parts_deal(j->spill->right, buf_view(line), lineno, 0);
}

void
join_spill(struct join *j)
{
	struct join_spill *s = mem_zero(1, sizeof(*s));
	struct slice nothing = { 0 };
	uint32_t number, row;

	s->right = parts_open();
	s->left = parts_open();
	spool_open(&s->unmatched);
	spool_open(&s->spans);
	s->repeats = UINT64_MAX;
	j->spill = s;
	/* no key is repeated here: what is shown of it is not needed */
	for (number = 0; number < j->keys.n; number++) {
		struct slice key = table_key(&j->keys, number);

		row = join_find(j, key);
		for (; row != JOIN_NONE; row = join_next(j, row))
			put_right(j, key, join_row(j, row), nothing, 0);
	}
	join_forget(j);
}

void
join_put_right(
    struct join *j, struct slice key, struct slice row, const struct rec *r)
{
	struct join_spill *s = j->spill;

	s->file = r->file;
	s->text.n = 0;
	if (!j->multi && !j->bare)
		join_show_key(j, r, &s->text);
	put_right(j, key, row, buf_view(&s->text), r->lineno);
}

/* Looks for the first line of a part that repeats a key. */
static void
check_part(struct join *j, struct spool *right, unsigned level)
{
	struct join_spill *s = j->spill;
	struct spool *parts = NULL;
	struct slice line;
	uint64_t lineno;
	bool added;
	size_t i;

	join_forget(j);
	spool_rewind(right);
	while (parts == NULL && spool_next_line(right, &line, &lineno) &&
	       lineno < s->repeats) {
		table_put(&j->keys, piece_next(&line), &added);
		if (!added) {
			piece_next(&line);
			s->repeats = lineno;
			s->repeated.n = 0;
			buf_slice(&s->repeated, piece_next(&line));
		} else if (join_memory(j) > j->memory && j->keys.n > 1 &&
			   level < PARTS_LEVELS) {
			parts = parts_deal_again(right, level);
		}
	}
	spool_rewind(right);
	if (parts == NULL)
		return;
	for (i = 0; i < PARTS; i++) {
		check_part(j, &parts[i], level + 1);
		spool_close(&parts[i]);
	}
	free(parts);
}

void
join_check(struct join *j)
{
	struct join_spill *s = j->spill;
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < PARTS; i++) {
		spool_rewind(&s->right[i]);
		if (!j->multi && !j->bare)
			check_part(j, &s->right[i], 1);
	}
	join_forget(j);
	if (s->repeats != UINT64_MAX)
		join_refuse_repeated(
		    s->file, s->repeats, buf_view(&s->repeated));
}

void
join_put_left(struct join *j, const struct rec *r, const struct slice *key)
{
	struct join_spill *s = j->spill;
	struct slice text = join_left_text(j, r);

	s->records++;
	if (key != NULL) {
		s->line.n = 0;
		piece_add(&s->line, *key);
		piece_add(&s->line, text);
		parts_deal(s->left, buf_view(&s->line), s->records, 0);
	} else if (join_counts(j, false)) {
		join_put_result(j, &s->unmatched, text, s->records, JOIN_NONE);
	}
}

static void
write_pair(const struct join *j, struct out *out, struct slice record,
    struct slice row)
{
	join_put_pair(j, &out->b, record, row);
	out_end(out);
}

static void
write_result(struct join *j, struct slice line, struct out *out)
{
	struct slice record = piece_next(&line), where = piece_next(&line);
	struct spool *spans = &j->spill->spans;
	struct join_span span;
	struct slice row;
	uint64_t number;

	while (line.n != 0)
		write_pair(j, out, record, piece_next(&line));
	if (where.n == 0)
		return;
	memcpy(&span, where.p, sizeof(span));
	spool_seek(spans, span.place);
	for (; span.n > 0 && spool_next_line(spans, &row, &number); span.n--)
		write_pair(j, out, record, row);
}

/* Begins with a file of results, or goes on: UINT64_MAX is behind the last. */
static void
advance(struct spool *results, struct slice *line, uint64_t *number)
{
	if (!spool_next_line(results, line, number))
		*number = UINT64_MAX;
}

void
join_merge(struct join *j, struct spool *results, size_t n, struct spool *to,
    struct out *out)
{
	struct slice line[PARTS + 1];
	uint64_t number[PARTS + 1] = { UINT64_MAX };
	size_t i, least;

	for (i = 0; i < n; i++)
		advance(&results[i], &line[i], &number[i]);
	for (;;) {
		for (least = 0, i = 1; i < n; i++)
			least = number[i] < number[least] ? i : least;
		if (number[least] == UINT64_MAX)
			break;
		if (to != NULL)
			parts_put(to, line[least], number[least]);
		else
			write_result(j, line[least], out);
		advance(&results[least], &line[least], &number[least]);
	}
	for (i = 0; i < n; i++)
		spool_close(&results[i]);
	free(results);
}

void
join_write_aside(struct join *j, struct out *out)
{
	struct join_spill *s = j->spill;
	struct spool *results;
	size_t i;

	for (i = 0; i < PARTS; i++)
		spool_rewind(&s->left[i]);
	results = join_parts(j, s->right, s->left, 1);
	join_forget(j);
	spool_rewind(&s->unmatched);
	spool_rewind(&s->spans);
	results[PARTS] = s->unmatched;
	join_merge(j, results, PARTS + 1, NULL, out);
	spool_close(&s->spans);
}
