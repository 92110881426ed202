/* contract_json - the clean record of an entity as JSON Schema. */
#include "contract_write.h"
#include "json.h"
#include "type.h"

static void
put_text(struct buf *out, const char *keyword, struct slice text)
{
	if (text.p == NULL)
		return;
	buf_fmt(out, ",\"%s\":", keyword);
	json_quote(out, text);
}

static void
put_limit(struct buf *out, const char *keyword, const struct bound *b)
{
	if (!b->set)
		return;
	buf_fmt(out, ",\"%s\":", keyword);
	dec_put(out, b->number);
}

/* JSON Schema has no limits for days, and none that move with today. */
static void
put_limits(struct buf *out, const struct column *col)
{
	if (col->type->max_only) {
		put_limit(out, "maxLength", &col->max);
	} else if (type_is(col->type, "int") || type_is(col->type, "decimal")) {
		put_limit(out, "minimum", &col->min);
		put_limit(out, "maximum", &col->max);
	}
}

/* Each value once, in the contract's order; aliases are not for silver. */
static void
put_values(struct buf *out, const struct column *col)
{
	size_t i;

	buf_text(out, ",\"enum\":");
	for (i = 0; i < col->nspellings; i++) {
		if (!column_value_is_new(col, i))
			continue;
		buf_byte(out, i == 0 ? '[' : ',');
		json_quote(out, col->spellings[i].value);
	}
	buf_text(out, col->required ? "]" : ",null]");
}

/* Only what is required is never null: a value that fails becomes null even
 * where there is a default. */
static void
put_type(struct buf *out, const struct column *col)
{
	const char *json = col->type->json;
	bool alone = col->required && json != NULL;

	if (json == NULL)
		json = "object\",\"array\",\"string\",\"number\",\"boolean";
	buf_fmt(out, "\"type\":%s\"%s\"%s%s", alone ? "" : "[", json,
	    col->required ? "" : ",\"null\"", alone ? "" : "]");
	if (col->type->schema != NULL)
		buf_fmt(out, ",%s", col->type->schema);
}

static void
put_column(struct buf *out, const struct column *col)
{
	json_quote(out, col->name);
	buf_text(out, ":{");
	put_type(out, col);
	if (col->digits)
		buf_text(out, ",\"pattern\":\"^[0-9]*$\"");
	if (col->nspellings > 0)
		put_values(out, col);
	put_limits(out, col);
	if (col->initial.p != NULL) {
		buf_text(out, ",\"default\":");
		buf_slice(out, col->initial);
	}
	put_text(out, "description", col->describe);
	buf_byte(out, '}');
}

void
contract_json_schema(struct buf *out, const struct contract *c)
{
	size_t i;

	buf_text(out,
	    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"");
	put_text(out, "title", c->entity);
	put_text(out, "description", c->describe);
	buf_text(out, ",\"type\":\"object\",\"properties\":{");
	for (i = 0; i < c->ncolumns; i++) {
		if (i > 0)
			buf_byte(out, ',');
		put_column(out, &c->columns[i]);
	}
	/* a clean record has all of them, null ones too, and no others */
	buf_text(out, "},\"required\":");
	for (i = 0; i < c->ncolumns; i++) {
		buf_byte(out, i == 0 ? '[' : ',');
		json_quote(out, c->columns[i].name);
	}
	buf_text(out, "],\"additionalProperties\":false}\n");
}
