/*
 * atomic - a file that is whole or not there.
 *
 * One at a time: it is written under a temporary name in its own directory,
 * which goes if the program ends before atomic_publish().
 */
#ifndef ATOMIC_H
#define ATOMIC_H

#include "str.h"

/*
 * Opens a temporary file beside `file`, for writing, with the mode that a
 * shell's redirection would give. Ends the program with status 74 if it
 * cannot.
 */
int atomic_create(const char *file);

/*
 * Syncs and closes `fd`, and gives it the name `file`, in the place of what
 * had it. Ends the program with status 74 if it cannot.
 */
void atomic_publish(int fd, const char *file);

#endif
