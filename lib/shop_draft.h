/*
 * shop_draft - a record of the shop on its way: facts, then cells of text.
 *
 * The facts are what is true of a record; its cells are how that was written
 * down, before and after something went wrong. Used by shop's own files only.
 */
#ifndef SHOP_DRAFT_H
#define SHOP_DRAFT_H

#include "rng.h"
#include "shop.h"
#include "shop_words.h"

#define CELLS_MAX 8

/* The dearest sale there is, in cents: what mh-clean-vendas allows. */
#define SALE_MAX 799999

struct person {
	uint64_t number;
	const char *first, *second, *middle, *last; /* "": none */
	const char *domain;
	const struct shop_city *city;
};

struct product {
	uint64_t number, cents;
	const struct shop_kind *kind;
	const char *brand, *series;
};

/* One value: a piece of the shop's text buffer. */
struct cell {
	size_t at, n;
	bool null, missing;
};

struct draft {
	struct shop *shop;
	struct rng rng;
	uint64_t place;  /* in the stream, from 1 */
	uint64_t number; /* its id: the same, but for a twin */
	struct person person;
	struct product product;
	uint64_t quantity, cents;
	int32_t day;
	bool null; /* the cell being written is null */
	struct cell cells[CELLS_MAX];
};

/* What is true of record `d->number` of each entity, from its first draws. */
void draw_cliente(struct draft *d);
void draw_produto(struct draft *d);
void draw_pedido(struct draft *d);
void draw_venda(struct draft *d);

/* Something that goes wrong, in `percent` of an entity's dirty records. */
struct defect {
	uint32_t percent;
	unsigned column;
	enum {
		DEFECT_TEXT, /* something else stands there */
		DEFECT_NULL,
		DEFECT_MISSING, /* no such member */
		DEFECT_SPACES,  /* too many of them */
		DEFECT_MINUS,   /* a negative number */
		DEFECT_TWIN,    /* the id of an earlier record */
		DEFECT_CLIENT,  /* a client that is not there */
		DEFECT_PRODUCT, /* a product that is not there */
		DEFECT_FUTURE,  /* a day to come */
		DEFECT_TOTAL,   /* an amount that does not add up */
	} kind;
	struct shop_list texts; /* of DEFECT_TEXT */
};

/* The defects of each entity; their percentages make 100. */
extern const struct defect defects_clientes[], defects_produtos[],
    defects_pedidos[], defects_vendas[];

/* One of the list. */
const struct defect *defect_draw(const struct defect *list, struct rng *r);

/*
 * Lets it happen, in three steps: to the number of the record (which is
 * drawn from it), to the facts, to the cells.
 */
uint64_t defect_number(const struct defect *f, struct rng *r, uint64_t number);
void defect_facts(const struct defect *f, struct rng *r, struct draft *d);
void defect_cells(const struct defect *f, struct rng *r, struct draft *d);

#endif
