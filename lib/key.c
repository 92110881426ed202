/* key - the key of a record as one line of text. */
#include "json.h"
#include "key.h"
#include "mh.h"

void
key_members(struct key *k, const char *option, const char *list)
{
	size_t i;

	names_parse(&k->names, option, list);
	for (i = 0; i < k->names.n; i++) {
		if (!slice_eq(k->names.v[i].to, k->names.v[i].from))
			mh_die_usage("%s: nothing can be renamed here: %s",
			    option, list);
	}
}

void
key_begin(struct key *k)
{
	k->text.n = 0;
	buf_room(&k->text, 1); /* the empty key has an address too */
	k->null = true;
}

/* What stands behind a backslash for this byte; 0: it stands for itself. */
static char
escape_of(char c)
{
	switch (c) {
	case '\t': return 't';
	case '\n': return 'n';
	case '\r': return 'r';
	case ',':
	case '\\': return c;
	default: return 0;
	}
}

static void
put_text(struct buf *out, struct slice text)
{
	size_t i, plain = 0;
	char escape;

	for (i = 0; i < text.n; i++) {
		if ((escape = escape_of(text.p[i])) == 0)
			continue;
		buf_add(out, text.p + plain, i - plain);
		buf_byte(out, '\\');
		buf_byte(out, escape);
		plain = i + 1;
	}
	buf_add(out, text.p + plain, text.n - plain);
}

void
key_add(struct key *k, struct slice token)
{
	/* whatever the first value is, it leaves at least \N or sets null */
	if (!k->null || k->text.n != 0)
		buf_byte(&k->text, ',');
	if (json_is_null(token)) {
		buf_text(&k->text, "\\N");
		return;
	}
	k->null = false;
	if (json_is_nested(token)) {
		k->scratch.n = 0;
		json_compact(&k->scratch, token);
		token = buf_view(&k->scratch);
	} else {
		token = json_text(token, &k->scratch);
	}
	put_text(&k->text, token);
}

struct slice
key_read(struct key *k, const struct rec *r)
{
	size_t i;

	names_seek(&k->names, r);
	key_begin(k);
	for (i = 0; i < k->names.n; i++)
		key_add(k, names_value(&k->names, r, i));
	return buf_view(&k->text);
}

struct slice
key_read_line(struct key *k, struct slice line)
{
	size_t i;

	if (rec_from(&k->rec, &k->copy, line))
		return key_read(k, &k->rec);
	key_begin(k);
	for (i = 0; i < k->names.n; i++)
		key_add(k, SLICE("null"));
	return buf_view(&k->text);
}

void
key_end(const struct key *k, const char *option)
{
	const struct name *name = names_unseen(&k->names);

	if (name != NULL)
		mh_die(MH_DATA, "%s: no record has a member %.*s", option,
		    (int)name->from.n, name->from.p);
}

bool
key_take_off(struct slice *line)
{
	const char *tab = line->n != 0 ? memchr(line->p, '\t', line->n) : NULL;

	if (tab == NULL)
		return false;
	line->n -= (size_t)(tab + 1 - line->p);
	line->p = tab + 1;
	return true;
}

void
key_free(struct key *k)
{
	names_free(&k->names);
	buf_free(&k->text);
	buf_free(&k->scratch);
	rec_free(&k->rec);
	buf_free(&k->copy);
}
