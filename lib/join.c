/* join - a hash join: the right side in memory, the left one passing by. */
#include "join_ops.h"
#include "json.h"
#include "mh.h"

/* Bytes of keys and rows that can pass before the memory is measured again,
 * and what a row counts besides its bytes. */
#define UNCHECKED ((size_t)64 << 10)
#define OVERHEAD  64

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

void
join_add_head(
    struct join *j, const char *prefix, struct slice name, size_t place)
{
	bool added;

	j->text.n = 0;
	if (prefix != NULL)
		buf_text(&j->text, prefix);
	buf_slice(&j->text, name);
	name = buf_view(&j->text);
	if (slice_is(name, "$mh")) {
		join_check(j);
		mh_die_usage("-p: the name $mh is reserved");
	}
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
		else
			json_put(&j->row, r->m[h->place].value);
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
	if (j->output.n != 0) {
		join_begin_row(j);
	} else if (j->fields.n != 0) {
		for (i = 0; i < j->fields.n; i++)
			join_add_head(j, j->prefix, j->fields.v[i].to,
			    j->fields.v[i].place);
	} else {
		for (i = 0; r != NULL && i < r->n; i++) {
			if (!is_key(j, i))
				join_add_head(j, j->prefix, r->m[i].name, i);
		}
	}
	if (!j->learned)
		buf_slice(&j->nulls, make_row(j, NULL));
	j->learned = true;
}

void
join_show_key(const struct join *j, const struct rec *r, struct buf *out)
{
	size_t i;

	for (i = 0; i < j->right.n; i++) {
		struct slice token = names_value(&j->right, r, i);
		const struct slice *name = &j->right.v[i].from;

		buf_text(out, i == 0 ? "" : ", ");
		buf_slice(out, *name);
		buf_byte(out, ' ');
		buf_slice(out, token);
	}
}

void
join_refuse_repeated(const char *file, uint64_t lineno, struct slice key)
{
	mh_die(MH_DATA,
	    "%s: line %llu: the key %.*s is repeated; --multi joins all of "
	    "them",
	    file, (unsigned long long)lineno, (int)key.n, key.p);
}

void
join_add(struct join *j, const struct rec *r)
{
	struct slice key, row = { 0 };
	size_t nested;

	if (r->fault != NULL) {
		join_check(j);
		mh_die(MH_DATA, "%s: line %llu: %s", r->file,
		    (unsigned long long)r->lineno, r->fault);
	}
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
		join_check(j);
		mh_die(MH_DATA, "%s: line %llu: %.*s: a key cannot be nested",
		    r->file, (unsigned long long)r->lineno,
		    (int)j->right.v[nested].from.n, j->right.v[nested].from.p);
	}
	if (!j->bare)
		row = make_row(j, r);
	if (j->spill != NULL) {
		join_put_right(j, key, row, r);
		return;
	}
	if (!join_keep(j, key, row)) {
		j->row.n = 0;
		join_show_key(j, r, &j->row);
		join_refuse_repeated(r->file, r->lineno, buf_view(&j->row));
	}
	j->unchecked += key.n + row.n + OVERHEAD;
	if (j->unchecked > UNCHECKED) {
		j->unchecked = 0;
		if (join_memory(j) > j->memory)
			join_spill(j);
	}
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
join_begin(struct join *j, const char *file)
{
	join_check(j);
	refuse_unseen(&j->right, file);
	refuse_unseen(&j->fields, file);
	/* names that are given need no record to be known */
	if (!j->learned && !j->bare && j->fields.n != 0)
		learn_shape(j, NULL);
	join_batch_begin(j);
}

static void
check_names(const struct join *j, const struct rec *r)
{
	size_t i;

	/* what is named once is written once */
	for (i = 0; i < r->n && j->output.n == 0; i++) {
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
	if (names_seek(&j->left, r)) {
		names_seek(&j->output, r);
		check_names(j, r);
	}
	return is_ours(j, &j->left, r);
}

bool
join_counts(struct join *j, bool matches)
{
	if (matches)
		j->matched++;
	else
		j->unmatched++;
	return matches ? !j->drop_matched : j->keep_unmatched;
}

void
join_write(struct join *j, struct out *out, struct slice left, uint32_t row)
{
	if (!join_counts(j, row != JOIN_NONE))
		return;
	do {
		join_put_pair(j, &out->b, left, join_give(j, &row));
		out_end(out);
	} while (row != JOIN_NONE);
}

bool
join_left(struct join *j, struct out *out, const struct rec *r, size_t *at)
{
	uint32_t row = JOIN_NONE;
	struct slice key;
	bool whole = read_key(j, &j->left, r, &key, at);

	if (*at != j->left.n)
		return false;
	if (j->spill != NULL) {
		join_put_left(j, r, whole ? &key : NULL);
	} else if (j->batch != NULL) {
		join_queue(j, out, r, whole ? &key : NULL);
	} else {
		if (whole)
			row = join_find(j, key);
		join_write(j, out, join_left_text(j, r), row);
	}
	return true;
}

void
join_end(struct join *j, struct out *out)
{
	refuse_unseen(&j->left, "left side");
	refuse_unseen(&j->output, "left side");
	if (j->batch != NULL)
		join_flush(j, out);
	if (j->spill != NULL)
		join_write_aside(j, out);
}
