/* type - the types a column can have. */
#include "br.h"
#include "dec.h"
#include "json.h"
#include "type.h"
#include "utf8.h"

static bool
within(const struct column *c, struct dec d)
{
	return (!c->min.set || dec_cmp(d, c->min.number) >= 0) &&
	       (!c->max.set || dec_cmp(d, c->max.number) <= 0);
}

static bool
within_days(const struct column *c, struct date d)
{
	int32_t day = date_days(d);

	return (!c->min.set || day >= c->min.day) &&
	       (!c->max.set || day <= c->max.day);
}

static bool
bound_number(struct bound *b, struct slice word, struct date today)
{
	(void)today;
	return word.n != 0 && dec_from_text(&b->number, word,
				  &(struct dec_form){ .scale = DEC_DIGITS });
}

static bool
bound_length(struct bound *b, struct slice word, struct date today)
{
	int64_t n;

	return bound_number(b, word, today) && dec_to_i64(&n, b->number) &&
	       n >= 0;
}

/* today, today+N, today-N or a day */
static bool
bound_day(struct bound *b, struct slice word, struct date today)
{
	struct slice offset;
	struct date d;
	struct dec days;
	int64_t n = 0;

	if (!slice_starts(word, SLICE("today"))) {
		if (!date_from_text(&d, word, &(struct date_form){ 0 }, false))
			return false;
		b->day = date_days(d);
		return true;
	}
	offset = (struct slice){ word.p + 5, word.n - 5 };
	if (offset.n != 0 &&
	    ((offset.p[0] != '+' && offset.p[0] != '-') ||
		!dec_from_text(&days, offset, &(struct dec_form){ 0 }) ||
		!dec_to_i64(&n, days) || n < -100000 || n > 100000))
		return false;
	b->day = date_days(today) + (int32_t)n;
	return true;
}

static void
keep_digits(struct buf *b, size_t from)
{
	size_t i, n = from;

	for (i = from; i < b->n; i++) {
		if (b->p[i] >= '0' && b->p[i] <= '9')
			b->p[n++] = b->p[i];
	}
	b->n = n;
}

/* The cased text goes through one scratch buffer for the whole program. */
static bool
clean_text(const struct column *c, const struct value *v, struct buf *out)
{
	static struct buf cased;
	struct slice text = v->text;
	int64_t max;

	if (c->text_case != CASE_KEEP || c->digits) {
		cased.n = 0;
		switch (c->text_case) {
		case CASE_KEEP: buf_slice(&cased, text); break;
		case CASE_LOWER: utf8_lower(&cased, text); break;
		case CASE_UPPER: utf8_upper(&cased, text); break;
		case CASE_TITLE: br_title(&cased, text); break;
		}
		if (c->digits)
			keep_digits(&cased, 0);
		text = buf_view(&cased);
		/* a text without digits is not an empty one */
		if (text.n == 0 && v->text.n != 0)
			return false;
	}
	if (c->max.set && dec_to_i64(&max, c->max.number) &&
	    text.n > (size_t)max && utf8_length(text) > (size_t)max)
		return false;
	json_quote(out, text);
	return true;
}

/* A JSON number is what it says; a text is what people write. */
static bool
read_number(
    const struct column *c, const struct value *v, int scale, struct dec *d)
{
	struct dec_form form = c->decimal;

	form.scale = scale;
	return v->number ? dec_from_json(d, v->token)
			 : dec_from_text(d, v->text, &form);
}

static bool
clean_int(const struct column *c, const struct value *v, struct buf *out)
{
	struct dec d;
	int64_t i;

	if (!read_number(c, v, 0, &d) || !dec_rescale(&d, 0) ||
	    !dec_to_i64(&i, d) || !within(c, d))
		return false;
	buf_i64(out, i);
	return true;
}

static bool
clean_decimal(const struct column *c, const struct value *v, struct buf *out)
{
	struct dec d;

	if (!read_number(c, v, c->scale, &d) || !dec_rescale(&d, c->scale) ||
	    dec_int_digits(d) > c->precision - c->scale || !within(c, d))
		return false;
	dec_put(out, d);
	return true;
}

static bool
clean_date(const struct column *c, const struct value *v, struct buf *out)
{
	struct date d;

	if (!date_from_text(&d, v->text, &c->date, v->number) ||
	    !within_days(c, d))
		return false;
	buf_byte(out, '"');
	date_put(out, d);
	buf_byte(out, '"');
	return true;
}

static bool
clean_timestamp(const struct column *c, const struct value *v, struct buf *out)
{
	struct date day;

	buf_byte(out, '"');
	if (!date_timestamp(out, &day, v->text, &c->date, v->number) ||
	    !within_days(c, day))
		return false;
	buf_byte(out, '"');
	return true;
}

static bool
clean_bool(const struct column *c, const struct value *v, struct buf *out)
{
	static const char *const yes[] = { "true", "t", "1", "sim", "s", "yes",
		"y", "verdadeiro", "v", NULL };
	static const char *const no[] = { "false", "f", "0", "n\xc3\xa3o",
		"nao", "n", "no", "falso", NULL };
	struct buf lower = { 0 };
	const char *const *word;
	bool is_yes = false, is_no = false;

	(void)c;
	utf8_lower(&lower, v->text);
	for (word = yes; *word != NULL; word++)
		is_yes = is_yes || slice_is(buf_view(&lower), *word);
	for (word = no; *word != NULL; word++)
		is_no = is_no || slice_is(buf_view(&lower), *word);
	buf_free(&lower);
	buf_text(out, is_yes ? "true" : "false");
	return is_yes || is_no;
}

static bool
clean_enum(const struct column *c, const struct value *v, struct buf *out)
{
	static struct buf folded;
	size_t i;

	folded.n = 0;
	utf8_fold(&folded, v->text);
	for (i = 0; i < c->nspellings; i++) {
		if (slice_eq(c->spellings[i].folded, buf_view(&folded))) {
			json_quote(out, c->spellings[i].value);
			return true;
		}
	}
	return false;
}

static bool
clean_json(const struct column *c, const struct value *v, struct buf *out)
{
	(void)c;
	json_compact(out, v->token);
	return true;
}

#define PATTERN(regex) "\"pattern\":\"^" regex "$\""
#define FORMAT(name)   "\"format\":\"" name "\""

#define TIMESTAMP_PATTERN                                                      \
	"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"                \
	"([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?"

static const struct type types[] = {
	{ "text", "text", "string", NULL, .clean = clean_text,
	    .bound = bound_length, .max_only = true, .text = true },
	{ "int", "int", "integer", NULL, .clean = clean_int,
	    .bound = bound_number },
	{ "decimal", "numeric", "number", NULL, .clean = clean_decimal,
	    .bound = bound_number },
	{ "date", "date", "string", FORMAT("date"), .clean = clean_date,
	    .bound = bound_day },
	{ "timestamp", "timestamp", "string", PATTERN(TIMESTAMP_PATTERN),
	    .clean = clean_timestamp, .bound = bound_day },
	{ "bool", "boolean", "boolean", NULL, .clean = clean_bool },
	{ "enum", "text", "string", NULL, .clean = clean_enum },
	{ "json", "jsonb", NULL, NULL, .clean = clean_json, .opaque = true },
	{ "email", "text", "string", FORMAT("email"), .form = br_email },
	{ "phone", "text", "string", PATTERN("[+]55[0-9]{10,11}"),
	    .form = br_phone },
	{ "uf", "text", "string", PATTERN("[A-Z]{2}"), .form = br_uf },
	{ "cpf", "text", "string", PATTERN("[0-9]{11}"), .document = br_cpf },
	{ "cnpj", "text", "string", PATTERN("[0-9A-Z]{12}[0-9]{2}"),
	    .document = br_cnpj },
	{ "cep", "text", "string", PATTERN("[0-9]{8}"), .document = br_cep },
};

bool
type_clean(const struct column *c, const struct value *v, struct buf *out)
{
	const struct type *t = c->type;
	bool good;

	if (t->clean != NULL)
		return t->clean(c, v, out);
	/* what is left are texts that need no escapes */
	buf_byte(out, '"');
	good = t->form != NULL ? t->form(out, v->text)
			       : t->document(out, v->text, v->number);
	buf_byte(out, '"');
	return good;
}

bool
type_writes_text(const struct type *t)
{
	return strcmp(t->sql, "text") == 0;
}

const struct type *
type_find(struct slice name)
{
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (slice_is(name, types[i].name))
			return &types[i];
	}
	return NULL;
}

bool
type_is(const struct type *t, const char *name)
{
	return strcmp(t->name, name) == 0;
}
