/*
 * memo - what became of a value, remembered for the next time it comes.
 *
 * For columns with few different values: a state, a city. Each has one of two
 * places, from which newer ones drive it out. A memo that is seldom of use
 * retires.
 */
#ifndef MEMO_H
#define MEMO_H

#include "str.h"

struct memo;

struct memo *memo_new(void);

/*
 * Puts what was made of these bytes to `at`, where there is room for 32, and
 * gives its end; NULL if that is not known. JSON_SLACK bytes can be read
 * behind the token.
 */
char *memo_put(struct memo *m, struct slice token, char *at);

/* Remembers what was made, if both are short. */
void memo_keep(struct memo *m, struct slice token, struct slice made);

#endif
