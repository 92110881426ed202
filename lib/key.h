/*
 * key - the key of a record as one line of text, by which shards and other
 * programs tell which records belong together.
 *
 * The text has the values in the key's order, with commas between them: of a
 * string what it stands for, of anything else its JSON, a number as it came
 * and what is nested without white space. Tab, line feed and carriage return
 * are written \t, \n and \r, a comma and a backslash behind a backslash; a
 * null, and what is missing, is \N. So values that mh-join takes for equal
 * give equal texts, and only these do. The form never changes: mh-record(5)
 * promises it.
 */
#ifndef KEY_H
#define KEY_H

#include "names.h"

struct key {
	struct names names;
	struct buf text; /* of the last key */
	bool null;       /* ... which is of nulls alone */
	struct buf scratch;
	struct rec rec; /* of lines, and a copy of them */
	struct buf copy;
};

/* Takes the list of the members that are the key, an option's text, which
 * must outlive `k`; what is wrong in it is a usage error. */
void key_members(struct key *k, const char *option, const char *list);

/* Makes a key value by value; tokens of JSON. */
void key_begin(struct key *k);
void key_add(struct key *k, struct slice token);

/* The text of a record's key, good until the next one. */
struct slice key_read(struct key *k, const struct rec *r);

/* The same of a line, which needs nothing behind it; one that is no record
 * has nulls for its key. */
struct slice key_read_line(struct key *k, struct slice line);

/* A member that no record had ends the program, status 65: it is a slip. */
void key_end(const struct key *k, const char *option);

/* Takes the key and its tab off a line. False if there is no tab. */
bool key_take_off(struct slice *line);

void key_free(struct key *k);

#endif
