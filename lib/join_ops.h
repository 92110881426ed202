/*
 * join_ops - what the files of the join share; nobody else includes it.
 */
#ifndef JOIN_OPS_H
#define JOIN_OPS_H

#include "join.h"
#include "spool.h"

/* Keeps a right key and its row in memory, or only the key if the join is
 * bare. False if the key is repeated and may not be. */
bool join_keep(struct join *j, struct slice key, struct slice row);

/* Bytes that the keys and rows take, or are about to. */
size_t join_memory(const struct join *j);

/* Empties the memory of keys and rows. */
void join_forget(struct join *j);

/* Appends a right record's key as messages show it: id "x", b 1 */
void join_show_key(const struct join *j, const struct rec *r, struct buf *out);

/* Ends the program over a line of the right side. */
_Noreturn void join_refuse_repeated(
    const char *file, uint64_t lineno, struct slice key);

/* The first row of a key; JOIN_NONE if there is none. The hash is table_hash()
 * of the key. */
uint32_t join_find(const struct join *j, struct slice key);
uint32_t join_find_hashed(
    const struct join *j, struct slice key, uint64_t hash);

/* Counts a left record; is there something to be written of it? */
bool join_counts(struct join *j, bool matches);

/* The bytes of a row; none if the join is bare, nulls for JOIN_NONE. */
static inline struct slice
join_row(const struct join *j, uint32_t row)
{
	return j->bare || row == JOIN_NONE ? buf_view(&j->nulls) : j->rows[row];
}

/* The next row of the same key in the right side's order; or JOIN_NONE. */
static inline uint32_t
join_next(const struct join *j, uint32_t row)
{
	return j->multi && !j->bare && row != JOIN_NONE ? j->next[row]
							: JOIN_NONE;
}

/* What goes behind a left record for a row or for JOIN_NONE, and counts it;
 * *row goes on to the next one. */
static inline struct slice
join_give(struct join *j, uint32_t *row)
{
	struct slice bytes = join_row(j, *row);

	if (*row == JOIN_NONE)
		j->kept++;
	else
		j->pairs++;
	*row = join_next(j, *row);
	return bytes;
}

/* Counts a left record, whose text this is, with its first row; writes what
 * comes of it. */
void join_write(
    struct join *j, struct out *out, struct slice left, uint32_t row);

/* join_batch.c: behind the right side: are batches worth while? If so, left
 * records wait in j->batch; a key of NULL matches nothing. */
void join_batch_begin(struct join *j);
void join_queue(struct join *j, struct out *out, const struct rec *r,
    const struct slice *key);

/* Joins those that wait. */
void join_flush(struct join *j, struct out *out);

/* join_output.c: the left record as far as it is written, until the next call;
 * and with a row, the line without its end. */
struct slice join_left_text(struct join *j, const struct rec *r);
void join_put_pair(
    const struct join *j, struct buf *out, struct slice left, struct slice row);

/* Says what a row is made of, if that is in an order of its own: adds the
 * bytes in front of a value and the value's place to j->names, j->heads. The
 * name's prefix may be NULL. */
void join_begin_row(struct join *j);
void join_add_head(
    struct join *j, const char *prefix, struct slice name, size_t place);

/* What there is of a join that does not fit into memory; see join_spill.c. */
struct join_spill {
	struct spool *right, *left; /* parts of each */
	struct spool unmatched;     /* results of keys that match nothing */
	struct spool spans;
	uint64_t records; /* left ones, so far */
	struct buf line;  /* in the making */
	struct buf text;  /* one of its pieces */
	const char *file; /* the right side's name */
	/* the first line that repeats a key, as far as is known */
	uint64_t repeats;
	struct buf repeated;
};

/* Rows of one key: the first one's place in the spans, and their number. */
struct join_span {
	uint64_t place, n;
};

/* Leaves the memory for temporary files: j->spill is there from now on. */
void join_spill(struct join *j);

/* Put a right record aside, whose key and row these are; and a left one, with
 * a key of NULL for one that matches nothing. */
void join_put_right(
    struct join *j, struct slice key, struct slice row, const struct rec *r);
void join_put_left(
    struct join *j, const struct rec *r, const struct slice *key);

/*
 * Ends the program if one of the keys put aside is repeated and may not be.
 * To be called behind the last right record, and before anything that a right
 * record further down is refused for. (A seal that is wrong and a file that
 * cannot be read are not waited for: they end the program by themselves.)
 */
void join_check(struct join *j);

/* Puts the result for a left record, with the rows from the first one on. */
void join_put_result(struct join *j, struct spool *to, struct slice record,
    uint64_t number, uint32_t row);

/* Joins parts that were dealt out `level` times, which are closed and freed;
 * gives their results, PARTS files and an empty place behind them. */
struct spool *join_parts(
    struct join *j, struct spool *right, struct spool *left, unsigned level);

/* Merges `n` files of results, which are closed and freed: into `to`, or if
 * that is NULL, what they stand for into `out`. */
void join_merge(struct join *j, struct spool *results, size_t n,
    struct spool *to, struct out *out);

/* Joins what was put aside and writes what comes of it. */
void join_write_aside(struct join *j, struct out *out);

#endif
