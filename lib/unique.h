/*
 * unique - which record of each key is kept, the first or the last of them,
 * in bounded memory.
 *
 * Keys are remembered until the memory is full; then those that are there
 * stay, and no more are added. Records whose key is among them are decided at
 * once. Of all others the key and the record's number are dealt out to
 * temporary files (parts.h). In the end every file is gone through in the
 * same way, by itself; where its keys are still too many they are dealt out
 * again.
 *
 * Of the records of a stream, the first one of each key is told at once with
 * unique_add(), until the memory is full. Records from then on, or all of
 * them where the last ones are kept, are put aside: unique_put() for each,
 * unique_decide() at the end, and then unique_kept() has the answers. One
 * bit for each of these records is held in memory as well.
 */
#ifndef UNIQUE_H
#define UNIQUE_H

#include "ids.h"

/* The keys that are remembered, and the files for the others. */
struct unique_keys {
	struct ids seen;     /* where the first is kept */
	struct table table;  /* where the last is: the keys, */
	uint64_t *latest;    /* and the last record of each */
	size_t cap;          /* of latest */
	size_t unchecked;    /* bytes of keys before memory is measured */
	bool full;           /* no more are remembered */
	unsigned level;      /* of the files that these keys are from */
	struct spool *parts; /* NULL: none yet */
};

struct unique {
	bool last;     /* keep the last, not the first */
	size_t memory; /* bytes for keys; past it files are used */
	struct unique_keys keys;
	uint64_t n;     /* records that were put aside */
	uint64_t *kept; /* a bit for each of these */
	size_t words;   /* of kept */
	struct buf line;
};

/* Is there no room for one more key? */
static inline bool
unique_full(const struct unique *u)
{
	return u->keys.full;
}

/* While it is not full, and the first is kept: takes the key of the next
 * record; true if that is the first one. */
bool unique_add(struct unique *u, struct slice key);

/* Takes a key, full or not, before the first record, which is then none of
 * the first: only where the first is kept. */
void unique_taken(struct unique *u, struct slice key);

/* Takes the key of the next record that is put aside; these are counted from
 * 0 on. A temporary file that cannot be written ends the program, 74. */
void unique_put(struct unique *u, struct slice key);

/* Ends that, and gives all memory back but the answers'. */
void unique_decide(struct unique *u);

/* Is this one kept, of the records that were put aside? */
static inline bool
unique_kept(const struct unique *u, uint64_t number)
{
	return (u->kept[number / 64] >> number % 64 & 1) != 0;
}

#endif
