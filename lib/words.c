/* words - the lexical side of a configuration file. */
#include "mh.h"
#include "words.h"

void
words_open(struct words *w, const char *file, struct slice text)
{
	*w = (struct words){ .file = file, .rest = text, .line = 1 };
}

static int
peek(const struct words *w)
{
	return w->rest.n == 0 ? -1 : (unsigned char)w->rest.p[0];
}

/* Is this a backslash at the end of a line? */
static bool
goes_on(const struct words *w)
{
	return slice_starts(w->rest, SLICE("\\\n")) ||
	       slice_starts(w->rest, SLICE("\\\r\n"));
}

static void
advance(struct words *w)
{
	if (w->rest.p[0] == '\n')
		w->line++;
	w->rest.p++;
	w->rest.n--;
}

/* White space of a line, with a line that goes on. */
static void
skip_blank(struct words *w)
{
	for (;;) {
		int c = peek(w);

		if (goes_on(w)) {
			while (peek(w) != '\n')
				advance(w);
		} else if (c != ' ' && c != '\t' && c != '\r') {
			return;
		}
		advance(w);
	}
}

static void
skip_comment(struct words *w)
{
	while (peek(w) != -1 && peek(w) != '\n')
		advance(w);
}

/* What stands between quotes; the opening one is next. */
static void
take_quoted(struct words *w, struct buf *text)
{
	unsigned line = w->line;
	int c;

	advance(w);
	while ((c = peek(w)) != '"') {
		if (c == -1 || c == '\n')
			mh_die(MH_CONFIG,
			    "%s: line %u: \": expected a closing quote",
			    w->file, line);
		if (c == '\\' && (slice_starts(w->rest, SLICE("\\\"")) ||
				     slice_starts(w->rest, SLICE("\\\\"))))
			advance(w);
		buf_byte(text, w->rest.p[0]);
		advance(w);
	}
	advance(w);
}

static bool
ends_word(const struct words *w)
{
	int c = peek(w);

	return c == -1 || c == ' ' || c == '\t' || c == '\r' || c == '\n' ||
	       goes_on(w);
}

static void
take_word(struct words *w)
{
	struct buf text = { 0 };
	struct word *word;

	if (w->n == w->cap) {
		w->cap = w->cap == 0 ? 16 : w->cap * 2;
		w->word = mem_resize(w->word, w->cap, sizeof(*w->word));
	}
	word = &w->word[w->n++];
	*word = (struct word){ .line = w->line };
	while (!ends_word(w)) {
		if (peek(w) == '"') {
			word->quoted = true;
			take_quoted(w, &text);
		} else {
			buf_byte(&text, w->rest.p[0]);
			advance(w);
		}
	}
	buf_byte(&text, '\0');
	word->text = arena_keep(&w->arena, buf_view(&text));
	word->text.n--;
	buf_free(&text);
}

bool
words_next(struct words *w)
{
	w->n = 0;
	for (;;) {
		skip_blank(w);
		switch (peek(w)) {
		case '#': skip_comment(w); break;
		case '\n':
			if (w->n > 0)
				return true;
			advance(w);
			break;
		case -1: return w->n > 0;
		default: take_word(w);
		}
	}
}
