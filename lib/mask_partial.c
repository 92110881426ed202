/* mask_partial - enough of a value to know it again, not to use it. */
#include "mask.h"
#include "type.h"
#include "utf8.h"

#define STARS "***"

/* j***@gmail.com */
static void
put_email(struct buf *out, struct slice text)
{
	struct slice domain = text, local;

	slice_split(&domain, '@', &local);
	if (local.n > 2)
		buf_byte(out, local.p[0]);
	buf_text(out, STARS "@");
	buf_slice(out, domain);
}

/* All but the last `n` digits are stars; what is no digit stays. */
static void
put_last(struct buf *out, struct slice text, size_t n)
{
	size_t i;

	for (i = 0; i < text.n; i++) {
		bool hidden = i + n < text.n && ascii_digit(text.p[i]);

		buf_byte(out, hidden ? '*' : text.p[i]);
	}
}

/* A document in its usual punctuation: `form` has a # for each character
 * that is shown and a * for each that is not. */
static void
put_document(struct buf *out, struct slice text, const char *form)
{
	size_t at = 0;

	for (; *form != '\0' && at < text.n; form++) {
		buf_byte(out, *form == '#' ? text.p[at] : *form);
		at += *form == '#' || *form == '*';
	}
}

/* One word: the first character, if that is the lesser part of it. */
static void
put_word(struct buf *out, struct slice word)
{
	const char *end = word.p;

	if (utf8_length(word) > 2) {
		utf8_next(&end);
		buf_add(out, word.p, (size_t)(end - word.p));
	}
	buf_text(out, STARS);
}

static void
put_words(struct buf *out, struct slice text)
{
	struct slice word;
	bool first = true;

	while (slice_split(&text, ' ', &word)) {
		if (!first)
			buf_byte(out, ' ');
		put_word(out, word);
		first = false;
	}
}

void
mask_partial(struct buf *out, const struct column *col, struct slice text)
{
	const struct type *t = col->type;

	if (type_is(t, "email"))
		put_email(out, text);
	else if (type_is(t, "phone"))
		put_last(out, text, 4);
	else if (type_is(t, "cpf"))
		put_document(out, text, "***.###.###-**");
	else if (type_is(t, "cnpj"))
		put_document(out, text, "**.###.###/****-**");
	else if (type_is(t, "cep"))
		put_document(out, text, "#####-***");
	else if (col->digits && text.n > 4)
		put_last(out, text, 2);
	else
		put_words(out, text);
}
