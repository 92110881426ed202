/*
 * wide - exact sums that no order of adding makes overflow.
 *
 * A sum of decimals may leave what a struct dec can hold and come back. Where
 * that must not matter, it goes on in 384 bits: all sums of up to 2^64
 * decimals fit, whatever their scales. Zeros are the sum of nothing.
 */
#ifndef WIDE_H
#define WIDE_H

#include "dec.h"

#define WIDE_LIMBS 6

/* Two's complement, the lowest limb first, in units of 10^-DEC_DIGITS. */
struct wide {
	uint64_t limb[WIDE_LIMBS];
};

/* Any coefficient of 128 bits will do. */
void wide_add(struct wide *w, struct dec d);

/*
 * Adds a number written as -?digits[.digits], as wide_put() writes it, and
 * gives its fraction digits. False, and nothing is added, if it is none or
 * has more digits than a sum can have.
 */
bool wide_add_text(struct wide *w, struct slice text, int *scale);

/* The sum with exactly `scale` fraction digits; false if it does not fit a
 * struct dec, or if digits other than zero would be lost. */
bool wide_to_dec(struct dec *d, const struct wide *w, int scale);

/* Appends the sum with `scale` fraction digits; it must have no more. */
void wide_put(struct buf *out, const struct wide *w, int scale);

#endif
