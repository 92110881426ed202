/*
 * shop - a fictional Brazilian shop and its raw data.
 *
 * Four entities, as raw tables of text have them: each value a JSON string
 * or null. A record depends on the seed, the entity and its number alone,
 * not on how many others there are; the sets fit together, since an order
 * names a client and a product by number and takes the product's price.
 *
 * Clean values come in the forms in which people and systems write them
 * (R$ 1.234,56 and 1234.56, 12/03/2024 and 2024-03-12, eleven kinds of
 * telephone numbers); each can be read in one way only. Dirty records have
 * one defect: what goes wrong in real tables.
 */
#ifndef SHOP_H
#define SHOP_H

#include "str.h"

enum shop_entity {
	SHOP_CLIENTES,
	SHOP_PRODUTOS,
	SHOP_PEDIDOS,
	SHOP_VENDAS,
	SHOP_ENTITIES
};

/* Beyond it the names of products would be too long for a venda. */
#define SHOP_PRODUTOS_MAX 9999999

struct shop {
	uint64_t seed;
	uint32_t clientes; /* how many there are for others to name, >= 1 */
	uint32_t produtos; /* the same, at most SHOP_PRODUTOS_MAX */
	unsigned dirty;    /* percent of records with a defect */
	int32_t today;     /* the newest day, since 1970-01-01 */
	struct buf text;   /* for our own use; both start empty */
	struct buf spare;
};

/* The entity of that name; SHOP_ENTITIES if there is none. */
enum shop_entity shop_entity(const char *name);

/* How many records make a small shop: 1000, 50, 10000, 10000. */
uint64_t shop_usual_count(enum shop_entity e);

/* Does the entity name clients or products? */
bool shop_refers(enum shop_entity e);

/* Appends record `number` (from 1) as compact JSON, without a line feed. */
void shop_record(
    struct buf *out, struct shop *s, enum shop_entity e, uint64_t number);

/* The price of product `number` in cents, 1 .. 799999. */
uint64_t shop_price(const struct shop *s, uint64_t number);

#endif
