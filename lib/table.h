/*
 * table - a hash table from byte strings to the numbers 0, 1, 2, ...
 *
 * Keys get numbers in the order in which they are first put, so that the
 * caller keeps whatever belongs to them in arrays of its own. Keys are
 * copied and live as long as the table. No key is ever removed. A table of
 * zeros is an empty one.
 *
 * A key costs 16 bytes, those of its text if they are more than TABLE_SHORT,
 * and 8 bytes for each slot, of which a quarter to five eighths are free.
 * One table holds up to 3 * 2^30 keys; more end the program (status 75).
 */
#ifndef TABLE_H
#define TABLE_H

#include "str.h"

#define TABLE_NONE  UINT32_MAX
#define TABLE_SHORT 12

struct table {
	uint32_t n;      /* keys */
	unsigned bits;   /* there are 2^bits slots; 0: none yet */
	uint64_t *slots; /* a tag of the hash and the number, 32 bits each */
	struct table_key **pages; /* of the keys, which never move */
	struct arena bytes;
};

/* The number of `key`, which is added if it is new; *added says so. */
uint32_t table_put(struct table *t, struct slice key, bool *added);

/* The number of `key`; TABLE_NONE if it is not there. */
uint32_t table_find(const struct table *t, struct slice key);

/*
 * table_put() or table_find() in three steps, for who has many keys at once:
 * asking early for the memory that one of them needs, the others' is not waited
 * for. The hash is table_hash() of the key. The guess is the number that the
 * key is likely to have, TABLE_NONE if it has none yet.
 */
void table_ask(const struct table *t, uint64_t hash);
uint32_t table_guess(const struct table *t, uint64_t hash);
uint32_t table_put_hashed(
    struct table *t, struct slice key, uint64_t hash, bool *added);
uint32_t table_find_hashed(
    const struct table *t, struct slice key, uint64_t hash);

/* Asks early for the key of a number, where many are wanted. */
void table_ask_key(const struct table *t, uint32_t number);

/* The key that has this number. */
struct slice table_key(const struct table *t, uint32_t number);

/* All numbers in the order of their keys' bytes (slice_cmp); free() it. */
uint32_t *table_sorted(const struct table *t);

/* Bytes of memory that the table has asked for. */
size_t table_memory(const struct table *t);

/* Bytes that it asks for besides while it grows. */
size_t table_growth(const struct table *t);

void table_free(struct table *t);

/*
 * A 64-bit hash of bytes: the same on every machine, for ever. Let fold(a, b)
 * be the high half of the 128-bit product a * b, XOR its low half. Then
 *
 *	h = n * 0x9e3779b97f4a7c15, n being the number of bytes
 *	for every 8 bytes, the last of them filled up with zeros,
 *	as a number w whose first byte is the lowest:
 *		h = fold(h ^ w ^ 0xd6e8feb86659fd93, 0xa0761d6478bd642f)
 *	h = fold(h ^ 0x8ebc6af09c88c6e3, 0xe7037ed1a0b428db)
 *
 * modulo 2^64. It scatters well, and nothing more: who chooses the keys can
 * make them collide, and then a table is slow.
 */
uint64_t table_hash(const void *p, size_t n);

#endif
