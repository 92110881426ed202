/* names - lists of member names from the command line. */
#include <stdlib.h>

#include "mh.h"
#include "names.h"
#include "utf8.h"

void
names_check_utf8(const char *option, const char *text)
{
	if (!utf8_valid(text, strlen(text)))
		mh_die_usage("%s: the text is no UTF-8", option);
}

static void
check_name(const char *option, struct slice name)
{
	if (name.n == 0)
		mh_die_usage("%s: a member's name is missing", option);
	/* it would turn the record into a control line */
	if (slice_is(name, "$mh"))
		mh_die_usage("%s: the name $mh is reserved", option);
}

void
names_add(
    struct names *ns, const char *option, struct slice to, struct slice from)
{
	check_name(option, to);
	check_name(option, from);
	if (names_find(ns, to) < ns->n)
		mh_die_usage(
		    "%s: %.*s is named twice", option, (int)to.n, to.p);
	ns->v = mem_resize(ns->v, ns->n + 1, sizeof(*ns->v));
	ns->v[ns->n++] =
	    (struct name){ .to = to, .from = from, .place = SIZE_MAX };
}

void
names_parse(struct names *ns, const char *option, const char *text)
{
	struct slice rest = slice_of(text), from, to;

	names_check_utf8(option, text);
	while (slice_split(&rest, ',', &from)) {
		if (!slice_split(&from, '=', &to) || from.p == NULL)
			from = to;
		names_add(ns, option, to, from);
	}
}

size_t
names_find(const struct names *ns, struct slice to)
{
	size_t i;

	for (i = 0; i < ns->n && !slice_eq(ns->v[i].to, to); i++)
		;
	return i;
}

bool
names_seek(struct names *ns, const struct rec *r)
{
	size_t i;

	if (r->shape == ns->shape)
		return false;
	for (i = 0; i < ns->n; i++) {
		ns->v[i].place = rec_find(r, ns->v[i].from);
		ns->v[i].seen = ns->v[i].seen || ns->v[i].place < r->n;
	}
	ns->shape = r->shape;
	return true;
}

const struct name *
names_unseen(const struct names *ns)
{
	size_t i;

	for (i = 0; i < ns->n && ns->shape != 0; i++) {
		if (!ns->v[i].seen)
			return &ns->v[i];
	}
	return NULL;
}

void
names_free(struct names *ns)
{
	free(ns->v);
	*ns = (struct names){ 0 };
}
