/*
 * agg_ops - what the parts of agg share.
 */
#ifndef AGG_OPS_H
#define AGG_OPS_H

#include "agg.h"

static inline uint64_t
agg_position(uint64_t part, uint64_t record)
{
	return part << AGG_RECORD_BITS | record;
}

static inline uint64_t
agg_part(uint64_t position)
{
	return position >> AGG_RECORD_BITS;
}

static inline uint64_t
agg_record(uint64_t position)
{
	return position & AGG_RECORD_MAX;
}

/* agg_sum.c and agg_set.c */
extern const struct agg_func agg_sum, agg_total, agg_avg;
extern const struct agg_func agg_list, agg_count_distinct;

/* Forgets all sums that are beside their states. */
void agg_sum_clear(struct measure *m);

/* Forgets all distinct values; between two groups, not the texts. */
void agg_set_clear(struct agg_set *set);
void agg_set_restart(struct agg_set *set);

/* Asks early for the values of a group, once they are gathered. */
static inline void
agg_set_ask(const struct agg_set *set, uint32_t group)
{
	if (set->lists != NULL)
		__builtin_prefetch(&set->lists[set->starts[group]]);
}

/* Bytes of memory that the set has and will need to be gathered. */
size_t agg_set_memory(const struct agg_set *set);

/* agg_options.c: the names are checked, expressions parsed. */
void agg_read_options(struct agg *a);

/* agg_key.c: appends a value so that equal ones, and only they, give equal
 * bytes, and the bytes' order is that of the texts, null last. */
void agg_put_key(struct buf *key, struct slice token, struct buf *scratch);

/* Cuts the first value off and appends it as JSON. */
void agg_take_key(struct slice *key, struct buf *scratch, struct buf *out);

/* agg_input.c: reads a record's key and inputs, a->key and a->values. False
 * if it cannot be used: *f says why, or gives no reason if it is not ours. */
bool agg_read(struct agg *a, const struct rec *r, struct failure *f);

/* Marks the members that a record has as seen: every record shows which names
 * there are, of whatever shard it is. */
void agg_see(struct agg *a, const struct rec *r);

/* agg_state.c: what states are told by. */
void agg_state_begin(struct agg *a);
void agg_state_free(struct agg *a);

/* Append what a state says beside its key and its measures: whose it is, and
 * behind them what has been found out about the inputs so far. */
void agg_put_mark(struct agg *a, uint64_t records, struct buf *out);
void agg_put_notes(struct agg *a, struct buf *out);

/* Takes a record that holds a state; what is none ends the program. */
void agg_take(struct agg *a, const struct rec *r);

/* The same for a record as agg_put() made it, of which the key is known; and
 * how it gets to be known. */
void agg_take_own(struct agg *a, const struct rec *r, struct slice key);
void agg_own_key(struct agg *a, const struct rec *r, struct buf *key);

/* Reads digits, and nothing else, as a number. */
bool agg_number(struct slice token, uint64_t *v);

/* agg.c: the group of a key; with a->single, the group before it ends. The
 * hash is table_hash() of the key, or 0 with a->single. */
uint32_t agg_group(struct agg *a, struct slice key, uint64_t hash);

/* The block of a group, which moves when one is added. */
static inline char *
agg_block(const struct agg *a, uint32_t group)
{
	return a->block + group * a->stride;
}

/* Asks early for the block of a group, 64 bytes at once as processors do. */
static inline void
agg_ask(const struct agg *a, uint32_t group)
{
	size_t i;

	for (i = 0; i < a->stride; i += 64)
		__builtin_prefetch(agg_block(a, group) + i);
}

/* Takes values into a group. */
void agg_apply(struct agg *a, uint32_t group, const struct agg_value *values);

/* Appends a group as a record: its state, or what it comes to. */
void agg_put(struct agg *a, struct slice key, uint32_t group, bool state,
    struct buf *out);

/* Writes all groups in memory. */
void agg_write_all(struct agg *a);

/* Ends the group at work, with a->single: it is written. */
void agg_close_group(struct agg *a);

/* Forgets all groups. */
void agg_forget(struct agg *a);

/* agg_batch.c: what agg_read() has read, of a record of `size` bytes, goes
 * into its group, or waits until some are together. */
void agg_batch_begin(struct agg *a);
void agg_queue(struct agg *a, size_t size);
void agg_flush(struct agg *a);
void agg_batch_free(struct agg *a);

/* agg_spill.c: past a->memory, all states go to a temporary file. */
void agg_make_room(struct agg *a);

/* Writes a group's state to the file a->aside. */
void agg_put_aside(struct agg *a, struct slice key, uint32_t group);

/* Writes all groups, those of the temporary files and those in memory. */
void agg_merge_runs(struct agg *a);
void agg_runs_free(struct agg *a);

#endif
