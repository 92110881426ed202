/* contract_names - names out of a contract, for loops of the shell. */
#include "contract_write.h"

static void
put_line(struct buf *out, struct slice name)
{
	buf_slice(out, name);
	buf_byte(out, '\n');
}

void
contract_columns(struct buf *out, const struct contract *c)
{
	size_t i;

	for (i = 0; i < c->ncolumns; i++)
		put_line(out, c->columns[i].name);
}

static void
put_names(struct buf *out, const struct column *col)
{
	size_t i;

	buf_slice(out, col->name);
	for (i = 0; i < col->nfrom; i++) {
		buf_byte(out, '\t');
		buf_slice(out, col->from[i]);
	}
	buf_byte(out, '\n');
}

void
contract_names(struct buf *out, const struct contract *c)
{
	size_t i;

	for (i = 0; i < c->ncolumns; i++)
		put_names(out, &c->columns[i]);
}

void
contract_key(struct buf *out, const struct contract *c)
{
	size_t i;

	for (i = 0; i < c->nkey; i++)
		put_names(out, &c->columns[c->key[i]]);
}

void
contract_references(struct buf *out, const struct contract *c)
{
	size_t i;

	for (i = 0; i < c->ncolumns; i++) {
		if (c->columns[i].references.p == NULL)
			continue;
		buf_slice(out, c->columns[i].name);
		buf_byte(out, ' ');
		put_line(out, c->columns[i].references);
	}
}
