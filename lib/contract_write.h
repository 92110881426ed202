/*
 * contract_write - what follows from a contract: tables, schemas, documents.
 *
 * Every call appends text to `out`, whole lines.
 */
#ifndef CONTRACT_WRITE_H
#define CONTRACT_WRITE_H

#include "contract.h"

enum layer {
	LAYER_BRONZE, /* as it came: all columns are text */
	LAYER_SILVER, /* clean and typed */
};

/*
 * The tables of one layer as SQL for PostgreSQL that may run any number of
 * times: a table that is there gets the columns that it lacks. A contract comes
 * behind those of the others that it references; a circle of references ends
 * the program, status 78. The schemas must be there.
 */
void contract_ddl(struct buf *out, const struct contract *const *all, size_t n,
    enum layer layer);

/* The clean record as JSON Schema (draft 2020-12), one line. */
void contract_json_schema(struct buf *out, const struct contract *c);

/* A data dictionary in Markdown. */
void contract_markdown(struct buf *out, const struct contract *c);

/* The names of the columns, a line each. */
void contract_columns(struct buf *out, const struct contract *c);

/* The columns, or those of the key, a line each: the name and, behind tabs,
 * the names that it may have in the source. */
void contract_names(struct buf *out, const struct contract *c);
void contract_key(struct buf *out, const struct contract *c);

/* A line for each column that refers to an entity: "COLUMN ENTITY". */
void contract_references(struct buf *out, const struct contract *c);

#endif
