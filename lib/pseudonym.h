/*
 * pseudonym - what stands in place of a person's data: how it is written.
 *
 *	mh1:0a1b2c3d:00112233445566778899aabbccddeeff
 *
 * Behind mh1, the way it is made (mh-mask(1)): the key's id of 8 digits, and
 * 32 digits for the value, all of them hexadecimal, in lower case.
 */
#ifndef PSEUDONYM_H
#define PSEUDONYM_H

#include "str.h"

#define PSEUDONYM_KEY    8
#define PSEUDONYM_DIGITS 32

/* Is that its form? No person's data looks like this by chance. */
bool pseudonym_is(struct slice text);

/*
 * Appends the pseudonym without quotes. Of both digests, at least 4 and 16
 * bytes, only the beginning is used.
 */
void pseudonym_put(
    struct buf *out, const unsigned char *key, const unsigned char *value);

#endif
