/*
 * type - the types a column can have: how a value is read and written.
 *
 * The rules are those of mh-clean(1). A type takes a text that is trimmed
 * and not null, and gives the canonical value as JSON, or refuses.
 */
#ifndef TYPE_H
#define TYPE_H

#include "contract.h"

/* One value on its way through a type. */
struct value {
	struct slice token; /* as it came */
	struct slice text;  /* decoded, trimmed or tidied */
	bool number;        /* it came as a JSON number */
};

/* One of clean, form and document is set. */
struct type {
	const char *name;   /* also the reason of a reject */
	const char *sql;    /* the type of its column in PostgreSQL */
	const char *json;   /* JSON Schema's type; NULL: any value */
	const char *schema; /* more of JSON Schema, or NULL */
	/* Appends the value as JSON; false, with anything appended, if the
	 * text has no such value. */
	bool (*clean)(
	    const struct column *c, const struct value *v, struct buf *out);
	/* Appends the canonical text, which needs no escapes. */
	bool (*form)(struct buf *out, struct slice text);
	bool (*document)(struct buf *out, struct slice text, bool number);
	/* Reads min or max; NULL: the type has no such limits. */
	bool (*bound)(struct bound *b, struct slice word, struct date today);
	bool max_only; /* the limit is a length: there is no min */
	bool text;     /* tidied, and with null words of its own */
	bool opaque;   /* takes any JSON value as it is */
};

/* Appends the value as the column's type writes it, as JSON; false, with
 * anything appended, if there is no such value or it is out of range. */
bool type_clean(const struct column *c, const struct value *v, struct buf *out);

/* Does it write texts, in whose place another text can stand? */
bool type_writes_text(const struct type *t);

/* The type of that name, without parameters; NULL if there is none. */
const struct type *type_find(struct slice name);

/* Is it the type of this name? */
bool type_is(const struct type *t, const char *name);

#endif
