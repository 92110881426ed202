/*
 * join_output - what is written of a pair: the left record and behind its
 * members the row; or the members of both in an order of their own.
 *
 * In such an order the sides take turns. Of each side we have the bytes of its
 * members, with a mark wherever it is the other one's turn, so that a pair is
 * put together without a look at any name:
 *
 *	left	{"id":"C1"<mark>,"total":3}
 *	row	,"nome":"Ana"<mark>,"cidade":"Recife"
 */
#include "join_ops.h"
#include "json.h"
#include "mh.h"

/* ASCII's record separator: no JSON without white space has this byte. */
#define MARK '\x1e'

void
join_output(struct join *j, const char *text)
{
	names_parse(&j->output, "-o", text);
}

/* The place in j->fields of what -f and -p call so; j->fields.n: nowhere. */
static size_t
find_field(const struct join *j, struct slice name)
{
	struct slice prefix = slice_of(j->prefix != NULL ? j->prefix : "");

	if (!slice_starts(name, prefix))
		return j->fields.n;
	return names_find(
	    &j->fields, (struct slice){ name.p + prefix.n, name.n - prefix.n });
}

void
join_lay_out(struct join *j)
{
	size_t i;

	j->sources = mem_zero(j->output.n, sizeof(*j->sources));
	for (i = 0; i < j->output.n; i++) {
		struct name *name = &j->output.v[i];
		struct join_source *source = &j->sources[i];

		source->field = find_field(j, name->from);
		source->right = source->field < j->fields.n;
		source->turn =
		    i == 0 ? source->right : source->right != source[-1].right;
		/* no left record needs to have it */
		name->seen = source->right;
		buf_byte(&source->head, ',');
		json_quote(&source->head, name->to);
		buf_byte(&source->head, ':');
	}
}

/* The left record as far as it is written, in j->frame. */
static void
put_frame(struct join *j, const struct rec *r)
{
	struct buf *out = &j->frame;
	size_t i;

	buf_byte(out, '{');
	for (i = 0; i < j->output.n; i++) {
		const struct join_source *source = &j->sources[i];
		struct slice head = buf_view(&source->head);

		if (source->right) {
			if (source->turn)
				buf_byte(out, MARK);
			continue;
		}
		if (out->n == 1)
			head = (struct slice){ head.p + 1, head.n - 1 };
		buf_slice(out, head);
		json_put(out, names_value(&j->output, r, i));
	}
	buf_byte(out, '}');
}

struct slice
join_left_text(struct join *j, const struct rec *r)
{
	if (j->output.n == 0 && r->compact)
		return r->line;
	j->frame.n = 0;
	if (j->output.n == 0)
		rec_put(&j->frame, r);
	else
		put_frame(j, r);
	return buf_view(&j->frame);
}

void
join_begin_row(struct join *j)
{
	size_t i;

	for (i = 0; i < j->output.n; i++) {
		const struct join_source *source = &j->sources[i];

		if (!source->right)
			continue;
		if (source->turn && j->nheads > 0)
			buf_byte(&j->names, MARK);
		join_add_head(j, NULL, j->output.v[i].to,
		    j->fields.v[source->field].place);
	}
}

/* Members go behind others with a comma, behind a brace without. */
static void
put_members(struct buf *out, struct slice members)
{
	if (members.n != 0 && out->p[out->n - 1] == '{')
		members = (struct slice){ members.p + 1, members.n - 1 };
	buf_slice(out, members);
}

void
join_put_pair(
    const struct join *j, struct buf *out, struct slice left, struct slice row)
{
	struct slice piece;

	left.n--; /* the brace */
	if (j->output.n == 0) {
		buf_slice(out, left);
		put_members(out, row);
		buf_byte(out, '}');
		return;
	}
	slice_split(&left, MARK, &piece);
	buf_slice(out, piece);
	while (left.p != NULL) {
		if (slice_split(&row, MARK, &piece))
			put_members(out, piece);
		slice_split(&left, MARK, &piece);
		put_members(out, piece);
	}
	buf_byte(out, '}');
}
