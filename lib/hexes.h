/*
 * hexes - a set of keys of 32 hexadecimal digits, MD5 sums and UUIDs.
 *
 * They are held as the 16 bytes that they stand for, in the place where they
 * are looked for: one look into far memory, where a table needs three. All
 * keys of a set have one form, with or without quotes around them, with or
 * without the hyphens of a UUID. A set of zeros is an empty one.
 */
#ifndef HEXES_H
#define HEXES_H

#include "str.h"

#define HEXES_DIGITS 32

/* The digits of a key; never all zeros. */
struct hex {
	uint64_t a, b;
};

struct hexes {
	size_t length; /* of a key, which tells its form; 0: none yet */
	struct hex *places;
	size_t n;
	unsigned bits; /* there are 2^bits places; 0: none yet */
};

/* Is it such a key, of the set's form? Letters must be small, and zeros alone
 * are none. */
bool hexes_read(const struct hexes *s, struct slice key, struct hex *h);

/* Adds a key; false if it was there. */
bool hexes_add(struct hexes *s, struct hex h);

/* Is it there? */
bool hexes_has(const struct hexes *s, struct hex h);

/* Asks early for the memory that a look for this key will need. */
void hexes_ask(const struct hexes *s, struct hex h);

/* Bytes of memory that the set has asked for. */
size_t hexes_memory(const struct hexes *s);

void hexes_free(struct hexes *s);

#endif
