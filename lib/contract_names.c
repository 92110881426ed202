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
	size_t i;

	for (i = 0; i < c->nkey; i++)
		put_line(out, c->columns[c->key[i]].name);
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
