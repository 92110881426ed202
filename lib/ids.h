/*
 * ids - a set of keys, which is small where they are numbers.
 *
 * Most keys are a number with something around it: 1000042, "C000042". Those
 * that differ in nothing but the number are bits in one map, of which only
 * the words of 64 neighbours are kept that hold one: they share 16 bytes, and
 * who counts his records up needs no more than two bits for each. Keys of 32
 * hexadecimal digits are 16 bytes in a set of their own, and all others are
 * in a table. No key is ever removed. A set of zeros is an empty one.
 */
#ifndef IDS_H
#define IDS_H

#include "hexes.h"
#include "table.h"

#define IDS_KINDS 16
#define IDS_HEAD  15
#define IDS_FEW   4096 /* keys that are near at hand anyway */

/* Keys with the same bytes around numbers of the same length. */
struct id_kind {
	char head[IDS_HEAD];
	uint8_t nhead, digits;
	bool quoted;
};

struct id_word {
	uint64_t place; /* the kind and the number / 64, plus 1; 0: free */
	uint64_t bits;
};

struct ids {
	struct id_kind kinds[IDS_KINDS];
	unsigned nkinds;
	struct id_word *words;
	size_t nwords;
	unsigned bits; /* there are 2^bits places for words; 0: none yet */
	struct hexes hexes;
	struct table others;
};

/* ids_ask(), of a set that is far away. */
void ids_ask_far(const struct ids *s, struct slice key);

/*
 * Asks early for the memory that a look for this key will need, so that it
 * need not be waited for: where there are many keys that are no numbers.
 */
static inline void
ids_ask(const struct ids *s, struct slice key)
{
	if (s->others.n + s->hexes.n > IDS_FEW)
		ids_ask_far(s, key);
}

/* Adds a key; false if it was there. */
bool ids_add(struct ids *s, struct slice key);

/* Is it there? */
bool ids_has(const struct ids *s, struct slice key);

/* Bytes of memory that the set has asked for. */
size_t ids_memory(const struct ids *s);

/* Bytes that it asks for besides while it grows. */
size_t ids_growth(const struct ids *s);

void ids_free(struct ids *s);

#endif
