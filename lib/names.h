/*
 * names - lists of member names from the command line, and where in a
 * record they are.
 *
 * "a,novo=velho" names two members: `a`, and `velho`, which is to be called
 * `novo`. The names are slices of the option's text, which must outlive them.
 */
#ifndef NAMES_H
#define NAMES_H

#include "rec.h"

struct name {
	struct slice to;   /* what it is to be called */
	struct slice from; /* what the record calls it */
	size_t place;      /* in the record; r->n and more: it has none */
	bool seen;         /* some record had it, or none need to */
};

struct names {
	struct name *v;
	size_t n;
	uint32_t shape; /* of the record whose places these are */
};

/* Adds the names of a list; what is wrong in it is a usage error that names
 * `option`: no UTF-8, an empty name, $mh, a name given twice. */
void names_parse(struct names *ns, const char *option, const char *text);

/* Adds one name, which is checked in the same way. */
void names_add(
    struct names *ns, const char *option, struct slice to, struct slice from);

/* A usage error if the text of an option is no UTF-8. */
void names_check_utf8(const char *option, const char *text);

/* The place of a name in the list, by what it is to be called; ns->n if it
 * is not there. */
size_t names_find(const struct names *ns, struct slice to);

/* Looks the places up again if the record has another shape than the last:
 * true if so. To be called for every record before names_value(). */
bool names_seek(struct names *ns, const struct rec *r);

/* The token of the i-th name; null where the record has no such member. */
static inline struct slice
names_value(const struct names *ns, const struct rec *r, size_t i)
{
	size_t place = ns->v[i].place;

	return place < r->n ? r->m[place].value : SLICE("null");
}

/*
 * A name that no record had, of those that names_seek() was called for; NULL
 * if all were seen, or if there was no record. It is likely to be mistyped.
 */
const struct name *names_unseen(const struct names *ns);

void names_free(struct names *ns);

#endif
