/* csvout - records as rows of CSV. */
#include "csvout.h"
#include "json.h"
#include "mh.h"

void
csvout_begin(struct csvout *c, const struct csvout_form *form)
{
	*c = (struct csvout){ .form = *form };
	c->stops[(unsigned char)form->delim] = true;
	c->stops['"'] = c->stops['\r'] = c->stops['\n'] = true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
needs_quotes(const struct csvout *c, struct slice s)
{
	size_t i;

	if (s.n == 0 || is_blank(s.p[0]) || is_blank(s.p[s.n - 1]))
		return true;
	for (i = 0; i < s.n; i++) {
		if (c->stops[(unsigned char)s.p[i]])
			return true;
	}
	return false;
}

/* Would a spreadsheet take it for a formula? (OWASP, "CSV Injection".) */
static bool
is_formula(struct slice s)
{
	return s.n > 0 && s.p[0] != '\0' && strchr("=+-@\t\r", s.p[0]) != NULL;
}

/* The text between quotes, with its own quotes doubled. */
static void
put_doubled(struct buf *out, struct slice s)
{
	struct slice piece;

	while (slice_split(&s, '"', &piece)) {
		buf_slice(out, piece);
		if (s.p != NULL)
			buf_text(out, "\"\"");
	}
}

static void
put_field(const struct csvout *c, struct buf *out, struct slice s, bool defuse)
{
	bool quoted = needs_quotes(c, s);

	if (quoted)
		buf_byte(out, '"');
	if (defuse)
		buf_byte(out, '\'');
	if (quoted)
		put_doubled(out, s);
	else
		buf_slice(out, s);
	if (quoted)
		buf_byte(out, '"');
}

static void
put_text(const struct csvout *c, struct buf *out, struct slice text)
{
	put_field(c, out, text, c->form.excel_safe && is_formula(text));
}

static void
put_value(struct csvout *c, struct buf *out, struct slice token)
{
	if (json_is_string(token)) {
		put_text(c, out, json_text(token, &c->scratch));
		return;
	}
	c->scratch.n = 0;
	json_compact(&c->scratch, token);
	put_field(c, out, buf_view(&c->scratch), false);
}

void
csvout_header(struct csvout *c, struct buf *out, const struct names *columns)
{
	size_t i;

	if (c->form.bom)
		buf_text(out, "\xef\xbb\xbf");
	if (c->form.no_header)
		return;
	for (i = 0; i < columns->n; i++) {
		if (i > 0)
			buf_byte(out, c->form.delim);
		put_text(c, out, columns->v[i].to);
	}
	buf_text(out, c->form.crlf ? "\r\n" : "\n");
}

void
csvout_row(struct csvout *c, struct buf *out, const struct names *columns,
    const struct rec *r)
{
	size_t i;

	for (i = 0; i < columns->n; i++) {
		struct slice token = names_value(columns, r, i);

		if (i > 0)
			buf_byte(out, c->form.delim);
		if (!json_is_null(token))
			put_value(c, out, token);
		else if (columns->n == 1)
			buf_text(out, "\"\"");
	}
	if (c->form.crlf)
		buf_byte(out, '\r');
}

void
csvout_free(struct csvout *c)
{
	buf_free(&c->scratch);
}

char
csv_delimiter(const char *text)
{
	if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
		return '\t';
	if (text[0] == '\0' || (unsigned char)text[0] > 0x7f ||
	    text[1] != '\0' || strchr("\"\r\n", text[0]) != NULL)
		mh_die_usage("--delimiter: not one ASCII character that can "
			     "separate fields: %s",
		    text);
	return text[0];
}
