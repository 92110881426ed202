/*
 * taken - the keys of records that were written before.
 */
#ifndef TAKEN_H
#define TAKEN_H

#include "contract.h"
#include "unique.h"

/*
 * Adds the keys of a stream of clean records of `c`, in the form that
 * clean_record() gives. `text` is FILE[:COLUMN,...]: the members that are the
 * key, if they are not called like its columns. A usage error if that cannot
 * be; a record without these members ends the program, status 65.
 */
void taken_read(
    struct unique *keys, const struct contract *c, const char *text);

#endif
