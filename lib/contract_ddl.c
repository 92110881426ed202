/* contract_ddl - the tables of an entity as SQL for PostgreSQL. */
#include "contract_write.h"
#include "mh.h"
#include "type.h"

/* Tables that are being written, and what has become of each. */
struct ddl {
	struct buf *out;
	enum layer layer;
	const struct contract *const *all;
	size_t n;
	enum {
		NOT_YET,
		AT_WORK,
		WRITTEN,
	} * state;
};

static const char *
layer_name(enum layer layer)
{
	return layer == LAYER_BRONZE ? "bronze" : "silver";
}

/* Quoted whatever it is: the words that SQL keeps for itself change. */
static void
put_name(struct buf *out, struct slice name)
{
	buf_byte(out, '"');
	buf_slice(out, name);
	buf_byte(out, '"');
}

static void
put_table(struct buf *out, enum layer layer, struct slice entity)
{
	buf_text(out, layer_name(layer));
	buf_byte(out, '.');
	put_name(out, entity);
}

static void
put_literal(struct buf *out, struct slice text)
{
	struct slice piece;
	bool more = false;

	buf_byte(out, '\'');
	while (slice_split(&text, '\'', &piece)) {
		if (more)
			buf_text(out, "''");
		buf_slice(out, piece);
		more = true;
	}
	buf_byte(out, '\'');
}

/* A clean integer has up to 64 bits, unless the limits keep it below. */
static const char *
type_of(const struct column *col)
{
	static const struct dec most = { INT32_MAX, 0 };
	static const struct dec least = { INT32_MIN, 0 };

	if (type_is(col->type, "int") &&
	    (!col->max.set || dec_cmp(col->max.number, most) > 0 ||
		!col->min.set || dec_cmp(col->min.number, least) < 0))
		return "bigint";
	return col->type->sql;
}

static size_t
find_contract(const struct ddl *d, struct slice entity)
{
	size_t i;

	for (i = 0; i < d->n && !slice_eq(d->all[i]->entity, entity); i++)
		;
	return i;
}

/* A foreign key needs a table with a key of one column; what is not among
 * the contracts at hand nor built in is taken at its word. */
static bool
can_refer(const struct ddl *d, const struct contract *c, struct slice entity)
{
	size_t i = find_contract(d, entity);
	const struct contract *other =
	    i < d->n ? d->all[i] : contract_builtin(entity.p, c->today);

	return other == NULL || other->nkey == 1;
}

/*
 * Keys, and what refers to them, COLLATE "C": ordered by bytes, on every
 * machine alike and as the filters sort.
 */
static void
put_column(
    const struct ddl *d, const struct contract *c, const struct column *col)
{
	bool raw = d->layer == LAYER_BRONZE;
	const char *type = raw ? "text" : type_of(col);

	put_name(d->out, col->name);
	buf_fmt(d->out, " %s", type);
	if (strcmp(type, "text") == 0 &&
	    (contract_in_key(c, col) || col->references.p != NULL))
		buf_text(d->out, " COLLATE \"C\"");
	/* bronze keeps what refers to nothing: that is raw data too */
	if (!raw && col->references.p != NULL &&
	    can_refer(d, c, col->references)) {
		buf_text(d->out, " REFERENCES ");
		put_table(d->out, d->layer, col->references);
	}
}

/* Only the key is NOT NULL: what else is required, mh-clean has seen to. */
static void
put_key(struct buf *out, const struct contract *c)
{
	size_t i;

	if (c->nkey == 0)
		return;
	buf_text(out, ",\n\tPRIMARY KEY (");
	for (i = 0; i < c->nkey; i++) {
		if (i > 0)
			buf_text(out, ", ");
		put_name(out, c->columns[c->key[i]].name);
	}
	buf_byte(out, ')');
}

static void
put_create(const struct ddl *d, const struct contract *c)
{
	size_t i;

	buf_text(d->out, "CREATE TABLE IF NOT EXISTS ");
	put_table(d->out, d->layer, c->entity);
	buf_text(d->out, " (\n");
	for (i = 0; i < c->ncolumns; i++) {
		buf_byte(d->out, '\t');
		put_column(d, c, &c->columns[i]);
		buf_text(d->out, ",\n");
	}
	buf_text(d->out,
	    d->layer == LAYER_BRONZE
		? "\t\"load_timestamp\" timestamp DEFAULT CURRENT_TIMESTAMP,\n"
		  "\t\"process_id\" text DEFAULT 'abc' || "
		  "nextval('process_id_seq')::text,\n"
		  "\t\"row_version\" int DEFAULT 1"
		: "\t\"data_ingestao\" timestamp DEFAULT CURRENT_TIMESTAMP");
	put_key(d->out, c);
	buf_text(d->out, "\n);\n");
}

/* What the contract has got since the table was made. */
static void
put_added(const struct ddl *d, const struct contract *c)
{
	const char *comma = "";
	size_t i;

	if (c->ncolumns == c->nkey)
		return;
	buf_text(d->out, "ALTER TABLE ");
	put_table(d->out, d->layer, c->entity);
	for (i = 0; i < c->ncolumns; i++) {
		if (contract_in_key(c, &c->columns[i]))
			continue;
		buf_fmt(d->out, "%s\n\tADD COLUMN IF NOT EXISTS ", comma);
		put_column(d, c, &c->columns[i]);
		comma = ",";
	}
	buf_text(d->out, ";\n");
}

static void
put_comments(const struct ddl *d, const struct contract *c)
{
	size_t i;

	if (c->describe.p != NULL) {
		buf_text(d->out, "COMMENT ON TABLE ");
		put_table(d->out, d->layer, c->entity);
		buf_text(d->out, " IS ");
		put_literal(d->out, c->describe);
		buf_text(d->out, ";\n");
	}
	for (i = 0; i < c->ncolumns; i++) {
		const struct column *col = &c->columns[i];

		if (col->describe.p == NULL)
			continue;
		buf_text(d->out, "COMMENT ON COLUMN ");
		put_table(d->out, d->layer, c->entity);
		buf_byte(d->out, '.');
		put_name(d->out, col->name);
		buf_text(d->out, " IS ");
		put_literal(d->out, col->describe);
		buf_text(d->out, ";\n");
	}
}

/* Writes the i-th contract, and before it those that it refers to. */
static void
put_contract(struct ddl *d, size_t i)
{
	const struct contract *c = d->all[i];
	size_t j, other;

	if (d->state[i] == WRITTEN)
		return;
	d->state[i] = AT_WORK;
	for (j = 0; d->layer == LAYER_SILVER && j < c->ncolumns; j++) {
		other = find_contract(d, c->columns[j].references);
		if (other == d->n || other == i)
			continue;
		if (d->state[other] == AT_WORK)
			mh_die(MH_CONFIG,
			    "%s: %s references %s: the references make a circle",
			    c->file, c->columns[j].name.p,
			    c->columns[j].references.p);
		put_contract(d, other);
	}
	d->state[i] = WRITTEN;
	put_create(d, c);
	put_added(d, c);
	put_comments(d, c);
}

void
contract_ddl(struct buf *out, const struct contract *const *all, size_t n,
    enum layer layer)
{
	struct ddl d = { .out = out, .layer = layer, .all = all, .n = n };
	size_t i;

	d.state = mem_zero(n, sizeof(*d.state));
	for (i = 0; i < n; i++) {
		if (find_contract(&d, all[i]->entity) != i)
			mh_die(MH_CONFIG, "%s: entity %s is there twice",
			    all[i]->file, all[i]->entity.p);
	}
	for (i = 0; i < n; i++)
		put_contract(&d, i);
}
