/*
 * fast_types - the parts of fast, by type. See fast_put() for what the
 * functions that are called like a type do.
 */
#ifndef FAST_TYPES_H
#define FAST_TYPES_H

#include "fast.h"

/* So many digits never leave 64 bits. */
#define FAST_DIGITS 18

/* The text between the quotes of a string, the token itself otherwise. */
static inline struct slice
fast_inside(struct slice token)
{
	if (token.p[0] != '"')
		return token;
	return (struct slice){ token.p + 1, token.n - 2 };
}

/* Reads the limits of a column of numbers of so many digits; false if they
 * cannot be told in units of the scale. */
bool fast_number_limits(struct fast *f, int scale, int digits);

/* An integer, perhaps with .0 or ,00 behind it; without sign, groups and
 * zeros in front. */
char *fast_int(struct fast *f, struct slice token, char *at);

/* 1234, 1234.5, 1.234,56, 1,234.56, with R$ or BRL in front or not. */
char *fast_decimal(struct fast *f, struct slice token, char *at);

void fast_day_limits(struct fast *f);

/*
 * 2024-12-31, 2024/12/31, 20241231, 31/12/2024, 31-12-2024, 31.12.2024,
 * 1/2/2024, 12/mar/2024, 12 de março de 2024, perhaps with a blank or T and
 * a time behind: HH:MM or HH:MM:SS, that with a fraction or not, and Z, +03,
 * +03:00 or nothing.
 */
char *fast_date(struct fast *f, struct slice token, char *at);
char *fast_timestamp(struct fast *f, struct slice token, char *at);

#endif
