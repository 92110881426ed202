/*
 * shard - one of N parts of a stream: the records whose key, as key.h writes
 * it, has table_hash() modulo N = i. A key of nulls alone is of shard 0, and
 * so is a line that is no record.
 *
 * What the shards of a stream give, all together, is what the whole stream
 * gives. mh-record(5) promises that this never changes.
 */
#ifndef SHARD_H
#define SHARD_H

#include "key.h"

struct shard {
	uint64_t i, n; /* i < n; n 0: no shards, all records are ours */
};

/* Reads the text of --shard, "i/N"; what is wrong is a usage error. */
struct shard shard_parse(const char *text);

/* The shard, of n >= 1, that a key is of. */
uint64_t shard_of(const struct key *k, uint64_t n);

/* Is the last key of `k` one of ours? */
static inline bool
shard_has(const struct shard *s, const struct key *k)
{
	return s->n == 0 || shard_of(k, s->n) == s->i;
}

/* Are lines that are no records ours? */
static inline bool
shard_has_faults(const struct shard *s)
{
	return s->i == 0;
}

#endif
