/* br_title - the capitals that names have in Portuguese. */
#include "br.h"
#include "utf8.h"

/* A short word in lower case, zeros behind it: compared at one blow. */
struct key {
	char p[8];
};

static const struct key particles[] = { { "a" }, { "o" }, { "e" }, { "de" },
	{ "da" }, { "do" }, { "das" }, { "dos" }, { "em" }, { "na" }, { "no" },
	{ "nas" }, { "nos" }, { "ao" }, { "aos" }, { "à" }, { "às" }, { "com" },
	{ "para" }, { "por" }, { "" } };

static const struct key numerals[] = { { "ii" }, { "iii" }, { "iv" }, { "v" },
	{ "vi" }, { "vii" }, { "viii" }, { "ix" }, { "x" }, { "xi" }, { "xii" },
	{ "xiii" }, { "xiv" }, { "xv" }, { "xvi" }, { "xvii" }, { "xviii" },
	{ "xix" }, { "xx" }, { "" } };

/* S/A needs no entry, the slash parts it; "s.a" is S.A. without its end. */
static const struct key companies[] = { { "s.a" }, { "me" }, { "epp" },
	{ "ltda" }, { "eireli" }, { "" } };

static bool
is_listed(const struct key *word, const struct key *list)
{
	for (; list->p[0] != '\0'; list++)
		if (memcmp(word, list, sizeof(*word)) == 0)
			return true;
	return false;
}

static bool
key_is(const struct key *word, const char *text)
{
	return strcmp(word->p, text) == 0;
}

static inline bool
is_letter(uint32_t cp)
{
	return cp < 0x80 ? ascii_letter((char)cp) : utf8_is_letter(cp);
}

static inline bool
is_space(uint32_t cp)
{
	return cp == ' ' || (!is_letter(cp) && utf8_is_space(cp));
}

static inline bool
is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019;
}

static inline bool
is_hyphen(uint32_t cp)
{
	return cp == '-' || (cp >= 0x2010 && cp <= 0x2014);
}

static inline bool
is_quote(uint32_t cp)
{
	return cp == '"' || cp == 0xAB || cp == 0xBB || cp == 0x2018 ||
	       cp == 0x201C || cp == 0x201D || cp == 0x201E;
}

static inline bool
ends_word(uint32_t cp)
{
	return is_space(cp) || is_hyphen(cp) || is_apostrophe(cp) ||
	       cp == '/' || cp == '(' || cp == '[' || cp == '{' || is_quote(cp);
}

/* What stands between two separators. */
struct word {
	struct slice all;
	struct slice core;  /* from its first letter or digit to its last */
	const char *letter; /* its first letter; NULL if it has none */
	bool wide;          /* not all of it is ASCII */
};

/* Where it stands. */
struct spot {
	uint32_t before;   /* the separator in front of it; 0: none */
	uint32_t mark;     /* the same, spaces not looked at */
	struct slice rest; /* what follows it */
	bool first;        /* no word before it */
	bool begun;        /* goes on behind a comma, and has its capital */
};

/*
 * The word that the text begins with, of no length if that is a separator.
 * A comma ends no word, but the UF behind it is one of its own.
 */
static struct word
next_word(struct slice s)
{
	const char *p = s.p, *end = s.p + s.n, *start = p;
	struct word w = { .all = { p, 0 }, .core = { p, 0 } };

	for (; p < end; start = p) {
		uint32_t cp = utf8_next(&p);

		if (is_letter(cp)) {
			/* mostly the others of the word follow */
			while (p < end && ascii_letter(*p))
				p++;
			if (w.letter == NULL)
				w.letter = start;
		} else if (cp == ',' || ends_word(cp)) {
			break;
		} else if (cp < '0' || cp > '9') {
			continue;
		}
		w.wide = w.wide || cp >= 0x80;
		if (w.core.n == 0)
			w.core.p = start;
		w.core.n = (size_t)(p - w.core.p);
	}
	w.all.n = (size_t)(start - s.p);
	return w;
}

/* Does a word follow, spaces not looked at? */
static bool
word_follows(struct slice s)
{
	const char *p = s.p, *end = s.p + s.n;
	uint32_t cp = 0;

	while (p < end && utf8_is_space(cp = utf8_next(&p)))
		;
	return utf8_is_letter(cp);
}

/* A UF alone behind a comma, hyphen or slash: "Belém - PA". */
static bool
is_uf(struct slice core, const struct spot *at)
{
	char uf[2];

	if (core.n != 2 ||
	    (at->mark != ',' && at->mark != '/' && !is_hyphen(at->mark)))
		return false;
	uf[0] = (char)utf8_upper_cp((unsigned char)core.p[0]);
	uf[1] = (char)utf8_upper_cp((unsigned char)core.p[1]);
	return br_region((struct slice){ uf, 2 }) != NULL &&
	       !word_follows(at->rest);
}

enum shape {
	CAPITAL,
	LOWER,
	UPPER,
};

/*
 * Most words are in no list, and mostly their length and first letter show
 * it: here each length has its letters as bits, told by their lowest five,
 * which are the same in both cases.
 */
static uint32_t heads[sizeof(struct key)];

static void
learn_heads(const struct key *list)
{
	for (; list->p[0] != '\0'; list++)
		heads[strlen(list->p)] |= UINT32_C(1) << (list->p[0] & 31);
}

/* Can it be anything but a word with a capital? */
static bool
may_be_special(const struct word *w)
{
	if (w->core.n == 0 || w->core.n >= sizeof(struct key))
		return false;
	if (heads[1] == 0) {
		learn_heads(particles);
		learn_heads(numerals);
		learn_heads(companies);
	}
	/* some letters get shorter in lower case; of one letter and of two
	 * there are d', 's and the states */
	return w->wide || w->core.n <= 2 ||
	       (heads[w->core.n] >> (w->core.p[0] & 31) & 1) != 0;
}

/* `bare`: the word is nothing but its core, which `key` holds. */
static enum shape
shape_of(const struct key *key, bool bare, const struct spot *at)
{
	const char *p = at->rest.p;
	uint32_t next = at->rest.n == 0 ? 0 : utf8_next(&p);

	if (bare && is_space(at->before) && is_space(next) &&
	    is_listed(key, particles))
		return LOWER;
	if (bare && !at->first && is_apostrophe(next) && key_is(key, "d"))
		return LOWER;
	if (is_apostrophe(at->before) && key_is(key, "s"))
		return LOWER;
	if (is_listed(key, numerals) || is_listed(key, companies))
		return UPPER;
	return CAPITAL;
}

static void
put_word(struct buf *out, const struct word *w, const struct spot *at)
{
	enum shape shape = CAPITAL;
	const char *p = w->all.p, *end = p + w->all.n;
	size_t begin = out->n;
	struct key key = { "" };

	if (may_be_special(w)) {
		utf8_lower(out, w->core);
		memcpy(key.p, out->p + begin, out->n - begin);
		out->n = begin;
		shape = is_uf(w->core, at)
			    ? UPPER
			    : shape_of(&key, w->core.n == w->all.n, at);
	}
	if (shape == UPPER) {
		utf8_upper(out, w->all);
		return;
	}
	if (shape == CAPITAL && !at->begun && w->letter != NULL) {
		p = w->letter;
		buf_add(out, w->all.p, (size_t)(p - w->all.p));
		utf8_put(out, utf8_upper_cp(utf8_next(&p)));
	}
	utf8_lower(out, (struct slice){ p, (size_t)(end - p) });
}

void
br_title(struct buf *out, struct slice s)
{
	struct spot at = { .rest = s, .first = true };

	while (at.rest.n != 0) {
		struct word w = next_word(at.rest);
		const char *p = at.rest.p + w.all.n,
			   *end = at.rest.p + at.rest.n;

		if (w.all.n != 0) {
			at.rest = (struct slice){ p, (size_t)(end - p) };
			put_word(out, &w, &at);
			at.begun = at.begun || w.letter != NULL;
			at.first = false;
			at.before = at.mark = 0;
			continue;
		}
		at.before = utf8_next(&p);
		at.rest = (struct slice){ p, (size_t)(end - p) };
		utf8_put(out, at.before);
		if (!is_space(at.before))
			at.mark = at.before;
		if (at.before != ',')
			at.begun = false;
	}
}
