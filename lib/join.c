/* join - the right side of a hash join, in memory. */
#include <stdlib.h>

#include "join.h"
#include "json.h"
#include "mh.h"

/* A member that is taken: its place in the record, and where in j->names
 * the bytes in front of its value end. */
struct head {
	size_t place;
	size_t end;
};

void
join_keys(struct join *j, const char *text)
{
	size_t i = j->right.n;

	names_parse(&j->right, "-k", text);
	for (; i < j->right.n; i++)
		names_add(&j->left, "-k", j->right.v[i].to, j->right.v[i].to);
}

void
join_take(struct join *j, const char *text)
{
	names_parse(&j->fields, "-f", text);
}

/*
 * The key of a record: one value as its text, several each behind its
 * length. False if the record matches nothing; the place of a nested value
 * is then in *nested, which is names->n otherwise.
 */
static bool
read_key(struct join *j, const struct names *names, const struct rec *r,
    struct slice *key, size_t *nested)
{
	bool whole = true;
	size_t i;

	*nested = names->n;
	j->key.n = 0;
	for (i = 0; i < names->n; i++) {
		struct slice token = names_value(names, r, i);

		if (json_is_nested(token)) {
			*nested = i;
			return false;
		}
		whole = whole && !json_is_null(token);
		*key = json_text(token, &j->text);
		if (names->n > 1) {
			buf_add(&j->key, &key->n, sizeof(key->n));
			buf_slice(&j->key, *key);
		}
	}
	if (names->n > 1)
		*key = buf_view(&j->key);
	return whole;
}

/* Is the record, whose places `names` has, of our shard? */
static bool
is_ours(struct join *j, const struct names *names, const struct rec *r)
{
	size_t i;

	if (j->shard.n == 0)
		return true;
	key_begin(&j->shard_key);
	for (i = 0; i < names->n; i++)
		key_add(&j->shard_key, names_value(names, r, i));
	return shard_has(&j->shard, &j->shard_key);
}

static void
add_head(struct join *j, struct slice name, size_t place)
{
	bool added;

	j->text.n = 0;
	if (j->prefix != NULL)
		buf_text(&j->text, j->prefix);
	buf_slice(&j->text, name);
	name = buf_view(&j->text);
	if (slice_is(name, "$mh"))
		mh_die_usage("-p: the name $mh is reserved");
	table_put(&j->taken, name, &added);
	buf_byte(&j->names, ',');
	json_quote(&j->names, name);
	buf_byte(&j->names, ':');
	j->heads = mem_resize(j->heads, j->nheads + 1, sizeof(*j->heads));
	j->heads[j->nheads++] = (struct head){ place, j->names.n };
}

static bool
is_key(const struct join *j, size_t place)
{
	size_t i;

	for (i = 0; i < j->right.n && j->right.v[i].place != place; i++)
		;
	return i < j->right.n;
}

/* The row of a right record, or of none: all null. */
static struct slice
make_row(struct join *j, const struct rec *r)
{
	size_t i, from = 0;

	j->row.n = 0;
	for (i = 0; i < j->nheads; i++) {
		const struct head *h = &j->heads[i];

		buf_add(&j->row, j->names.p + from, h->end - from);
		from = h->end;
		if (r == NULL || h->place >= r->n)
			buf_text(&j->row, "null");
		else if (json_is_nested(r->m[h->place].value))
			json_compact(&j->row, r->m[h->place].value);
		else
			buf_slice(&j->row, r->m[h->place].value);
	}
	return buf_view(&j->row);
}

/*
 * What is taken of records of a shape (NULL: of fields that are named, none
 * is needed). The first shape says which nulls a left record gets that
 * matches nothing.
 */
static void
learn_shape(struct join *j, const struct rec *r)
{
	size_t i;

	j->nheads = j->names.n = 0;
	for (i = 0; i < j->fields.n; i++)
		add_head(j, j->fields.v[i].to, j->fields.v[i].place);
	for (i = 0; r != NULL && j->fields.n == 0 && i < r->n; i++) {
		if (!is_key(j, i))
			add_head(j, r->m[i].name, i);
	}
	if (!j->learned)
		buf_slice(&j->nulls, make_row(j, NULL));
	j->learned = true;
}

static _Noreturn void
refuse_repeated(const struct join *j, const struct rec *r)
{
	struct buf key = { 0 };
	size_t i;

	for (i = 0; i < j->right.n; i++) {
		struct slice token = names_value(&j->right, r, i);
		const struct slice *name = &j->right.v[i].from;

		buf_fmt(
		    &key, "%s%.*s ", i == 0 ? "" : ", ", (int)name->n, name->p);
		buf_slice(&key, token);
	}
	mh_die(MH_DATA,
	    "%s: line %llu: the key %s is repeated; --multi joins all of "
	    "them",
	    r->file, (unsigned long long)r->lineno, buf_cstr(&key));
}

static void
grow_rows(struct join *j)
{
	if (j->n == JOIN_NONE - 1)
		mh_die(MH_TEMP, "more than %u rows in memory", j->n);
	if (j->cap > JOIN_NONE / 2)
		j->cap = JOIN_NONE;
	else
		j->cap = j->cap == 0 ? 64 : j->cap * 2;
	j->rows = mem_resize(j->rows, j->cap, sizeof(*j->rows));
	if (!j->multi)
		return;
	/* there are never more keys than rows */
	j->first = mem_resize(j->first, j->cap, sizeof(*j->first));
	j->last = mem_resize(j->last, j->cap, sizeof(*j->last));
	j->next = mem_resize(j->next, j->cap, sizeof(*j->next));
}

static void
add_row(struct join *j, struct slice row, uint32_t key, bool first)
{
	if (j->n == j->cap)
		grow_rows(j);
	j->rows[j->n] = arena_keep(&j->bytes, row);
	if (j->multi) {
		j->next[j->n] = JOIN_NONE;
		if (first)
			j->first[key] = j->n;
		else
			j->next[j->last[key]] = j->n;
		j->last[key] = j->n;
	}
	j->n++;
}

void
join_add(struct join *j, const struct rec *r)
{
	struct slice key;
	uint32_t number;
	size_t nested;
	bool added;

	j->records++;
	if (names_seek(&j->right, r) && !j->bare) {
		names_seek(&j->fields, r);
		learn_shape(j, r);
	}
	if (!is_ours(j, &j->right, r))
		return;
	if (!read_key(j, &j->right, r, &key, &nested)) {
		if (nested == j->right.n)
			return;
		mh_die(MH_DATA, "%s: line %llu: %.*s: a key cannot be nested",
		    r->file, (unsigned long long)r->lineno,
		    (int)j->right.v[nested].from.n, j->right.v[nested].from.p);
	}
	number = table_put(&j->keys, key, &added);
	if (j->bare)
		return;
	if (!added && !j->multi)
		refuse_repeated(j, r);
	add_row(j, make_row(j, r), number, added);
}

static void
refuse_unseen(const struct names *ns, const char *where)
{
	const struct name *name = names_unseen(ns);

	if (name != NULL)
		mh_die(MH_DATA, "%s: no record has a member %.*s", where,
		    (int)name->from.n, name->from.p);
}

void
join_end(const struct join *j)
{
	refuse_unseen(&j->left, "left side");
}

void
join_begin(struct join *j, const char *file)
{
	refuse_unseen(&j->right, file);
	refuse_unseen(&j->fields, file);
	/* names that are given need no record to be known */
	if (!j->learned && !j->bare && j->fields.n != 0)
		learn_shape(j, NULL);
}

static void
check_names(const struct join *j, const struct rec *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		if (table_find(&j->taken, r->m[i].name) != TABLE_NONE)
			mh_die(MH_DATA,
			    "%s: line %llu: both sides have %.*s; take other "
			    "members with -f, or name them apart with "
			    "--prefix",
			    r->file, (unsigned long long)r->lineno,
			    (int)r->m[i].name.n, r->m[i].name.p);
	}
}

/* Every record shows which names there are, of whatever shard it is. */
bool
join_has(struct join *j, const struct rec *r)
{
	if (names_seek(&j->left, r))
		check_names(j, r);
	return is_ours(j, &j->left, r);
}

bool
join_find(struct join *j, const struct rec *r, uint32_t *row, size_t *at)
{
	struct slice key;

	*row = JOIN_NONE;
	if (!read_key(j, &j->left, r, &key, at))
		return *at == j->left.n;
	*row = table_find(&j->keys, key);
	if (*row != JOIN_NONE && j->multi && !j->bare)
		*row = j->first[*row];
	return true;
}

uint32_t
join_next(const struct join *j, uint32_t row)
{
	return j->multi && !j->bare ? j->next[row] : JOIN_NONE;
}

void
join_put(
    const struct join *j, struct buf *out, const struct rec *r, uint32_t row)
{
	struct slice add = buf_view(&j->nulls);

	if (row != JOIN_NONE && !j->bare)
		add = j->rows[row];

	rec_put(out, r);
	/* the row goes before the closing brace; {} needs no comma */
	out->n--;
	if (r->n == 0 && add.n != 0)
		add = (struct slice){ add.p + 1, add.n - 1 };
	buf_slice(out, add);
	buf_byte(out, '}');
}
