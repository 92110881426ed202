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

void
contract_key(struct buf *out, const struct contract *c)
{
	const struct column *col;
	size_t i, j;

	for (i = 0; i < c->nkey; i++) {
		col = &c->columns[c->key[i]];
		buf_slice(out, col->name);
		for (j = 0; j < col->nfrom; j++) {
			buf_byte(out, '\t');
			buf_slice(out, col->from[j]);
		}
		buf_byte(out, '\n');
	}
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
