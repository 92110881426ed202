/* taken - the keys of records that were written before. */
#include <stdlib.h>

#include "clean.h"
#include "in.h"
#include "mh.h"
#include "taken.h"

struct taken {
	const struct contract *contract;
	struct slice *members; /* that are the key, in its order */
	struct buf key;
};

/*
 * Makes the record's key, in the form that clean_record() gives. False if one
 * of its values is null or not what its column wants: no record that is clean
 * today can have that key, and so it is in nobody's way.
 */
static bool
make_key(struct taken *t, const struct rec *r)
{
	const struct contract *c = t->contract;
	const struct slice *v;
	size_t i;

	t->key.n = 0;
	for (i = 0; i < c->nkey; i++) {
		if (c->nkey > 1)
			buf_byte(&t->key, i == 0 ? '[' : ',');
		v = rec_get(r, t->members[i]);
		if (v == NULL)
			mh_die(MH_DATA, "%s: line %llu: no member %.*s",
			    r->file, (unsigned long long)r->lineno,
			    (int)t->members[i].n, t->members[i].p);
		if (clean_column(c, &c->columns[c->key[i]], *v, &t->key) !=
		    CLEAN_GOOD)
			return false;
	}
	if (c->nkey > 1)
		buf_byte(&t->key, ']');
	return true;
}

/* The file's name, a copy; t->members are then its columns. */
static char *
take_apart(struct taken *t, const char *text)
{
	const struct contract *c = t->contract;
	const char *colon = strrchr(text, ':');
	struct slice rest = slice_of(colon != NULL ? colon + 1 : ""), one;
	struct buf file = { 0 };
	size_t i, n = 0;

	if (c->nkey == 0)
		mh_die_usage(
		    "--taken: %.*s has no key", (int)c->entity.n, c->entity.p);
	t->members = mem_zero(c->nkey, sizeof(*t->members));
	for (i = 0; i < c->nkey; i++)
		t->members[i] = c->columns[c->key[i]].name;
	while (colon != NULL && slice_split(&rest, ',', &one)) {
		if (one.n == 0)
			mh_die_usage(
			    "--taken: FILE[:COLUMN,...], not %s", text);
		if (n < c->nkey)
			t->members[n] = one;
		n++;
	}
	if (colon != NULL && n != c->nkey)
		mh_die_usage("--taken: %s: columns in the key of %.*s: %zu, "
			     "not %zu",
		    text, (int)c->entity.n, c->entity.p, c->nkey, n);
	buf_add(
	    &file, text, colon != NULL ? (size_t)(colon - text) : strlen(text));
	buf_cstr(&file);
	return file.p;
}

void
taken_read(struct unique *keys, const struct contract *c, const char *text)
{
	struct taken t = { .contract = c };
	char *files[] = { take_apart(&t, text), NULL };
	struct in in;
	struct rec *r;

	if (strcmp(files[0], "-") == 0)
		mh_die_usage("--taken: only the records can be standard input");
	if (files[0][0] == '\0')
		mh_die_usage("--taken: FILE[:COLUMN,...], not %s", text);
	rejects_spare(files[0]);
	in_open(&in, files);
	while ((r = in_next_good(&in)) != NULL) {
		if (make_key(&t, r))
			unique_taken(keys, buf_view(&t.key));
	}
	in_close(&in);
	buf_free(&t.key);
	free(t.members);
	free(files[0]);
}
