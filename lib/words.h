/*
 * words - the lexical side of a configuration file: statements of words.
 *
 * One statement a line; words apart by white space; # begins a comment where
 * a word could begin; "..." anywhere in a word quotes, with \" and \\ inside;
 * a backslash at the end of a line goes on.
 */
#ifndef WORDS_H
#define WORDS_H

#include "str.h"

struct word {
	struct slice text; /* followed by a NUL that is not counted */
	bool quoted;       /* some of it: then it is no keyword */
	unsigned line;     /* from 1 */
};

struct words {
	const char *file;  /* for messages */
	struct slice rest; /* the text that is still to be read */
	unsigned line;
	struct word *word; /* the statement */
	size_t n, cap;
	struct arena arena; /* the words' texts */
};

/* Begins with `text`, which must outlive the reading. */
void words_open(struct words *w, const char *file, struct slice text);

/*
 * The next statement into w->word; the texts live as long as w->arena. False
 * at the end. Open quotes end the program, status 78.
 */
bool words_next(struct words *w);

#endif
