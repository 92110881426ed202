/*
 * embed - the contracts and the SQL that are built into the programs.
 *
 * scripts/embed makes the table from lib/contracts and lib/sql at build.
 */
#ifndef EMBED_H
#define EMBED_H

struct embed {
	const char *name; /* the file's name: pedidos.contract */
	const char *text;
};

/* Ends with an entry whose name is NULL; sorted by name. */
extern const struct embed embeds[];

/* The text of an embedded file; NULL if there is none of that name. */
const char *embed_find(const char *name);

#endif
