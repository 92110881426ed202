/*
 * memory - how much of it a program may take for what it must remember.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

/*
 * The bytes that an option's text asks for, from 1M on (K, M and G as in
 * mh_number); a quarter of the machine's memory where `text` is NULL.
 */
size_t memory_limit(const char *option, const char *text);

#endif
