/*
 * mask_key - where the key of pseudonyms comes from.
 *
 * Never from the command line, where all can read it, and no message repeats
 * it. A key is all bytes of its file but for one line feed at the end.
 */
#ifndef MASK_KEY_H
#define MASK_KEY_H

#include "str.h"

#define MASK_KEY_MIN 16   /* bytes */
#define MASK_KEY_MAX 4096 /* more is not a key but some other file */

/*
 * Reads the key from a file that nobody else can read, or, if `file` is NULL,
 * from the open descriptor. A key that will not do ends the program, status
 * 78.
 */
void mask_key_read(struct buf *key, const char *file, int fd);

/* Leaves nothing of it in memory. */
void mask_key_wipe(struct buf *key);

#endif
