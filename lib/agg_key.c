/* agg_key - the keys of groups as bytes. */
#include "agg_ops.h"
#include "json.h"

/*
 * A group's key in the table: each value's text, in which a zero byte is
 * followed by 0xff; then a zero and what it was. A null is one byte that no
 * text begins with, above all that do. So keys compare as bytes.
 */
enum {
	END = 0x00,
	WAS_STRING = 0x01,
	WAS_OTHER = 0x02,
	ESCAPED = 0xff,
	NONE = 0xff,
};

static void
put_end(struct buf *key, char was)
{
	buf_byte(key, END);
	buf_byte(key, was);
}

/* Only a text that has been decoded can hold a zero byte. */
static void
put_decoded(struct buf *key, struct slice text)
{
	struct slice piece;
	bool first = true;

	while (slice_split(&text, '\0', &piece)) {
		if (!first)
			put_end(key, (char)ESCAPED);
		buf_slice(key, piece);
		first = false;
	}
}

void
agg_put_key(struct buf *key, struct slice token, struct buf *scratch)
{
	struct slice text;

	if (json_is_null(token)) {
		buf_byte(key, (char)NONE);
		return;
	}
	text = json_text(token, scratch);
	/* decoding makes a text shorter, if there is anything to decode */
	if (!json_is_string(token) || text.n == token.n - 2)
		buf_slice(key, text);
	else
		put_decoded(key, text);
	put_end(key, json_is_string(token) ? WAS_STRING : WAS_OTHER);
}

void
agg_take_key(struct slice *key, struct buf *scratch, struct buf *out)
{
	struct slice piece, rest = *key;

	if (*key->p == (char)NONE) {
		*key = (struct slice){ key->p + 1, key->n - 1 };
		buf_text(out, "null");
		return;
	}
	scratch->n = 0;
	while (slice_split(&rest, END, &piece)) {
		char mark = *rest.p;

		rest = (struct slice){ rest.p + 1, rest.n - 1 };
		buf_slice(scratch, piece);
		if (mark == WAS_STRING)
			json_quote(out, buf_view(scratch));
		else if (mark == WAS_OTHER)
			buf_slice(out, buf_view(scratch));
		if (mark != (char)ESCAPED)
			break;
		buf_byte(scratch, '\0');
	}
	*key = rest;
}
