/* shop_facts - who buys what, when and for how much. */
#include "date.h"
#include "shop_draft.h"

#define HISTORY_DAYS 730

static const char *
pick(const struct shop_list *w, struct rng *r)
{
	return w->v[rng_below(r, w->n)];
}

static const char *
pick_skewed(const struct shop_list *w, struct rng *r)
{
	return w->v[rng_skewed(r, w->n)];
}

static struct person
draw_person(struct rng *r, uint64_t number)
{
	struct person p = { .number = number, .second = "", .middle = "" };

	/* one draw a line: the order of draws is part of the data */
	p.first = pick_skewed(&shop_first_names, r);
	if (rng_chance(r, 15))
		p.second = pick(&shop_first_names, r);
	if (rng_chance(r, 55))
		p.middle = pick(&shop_surnames, r);
	p.last = pick_skewed(&shop_surnames, r);
	p.domain = pick_skewed(&shop_domains, r);
	p.city = &shop_cities[rng_skewed(r, shop_ncities)];
	return p;
}

static struct product
draw_product(struct rng *r, uint64_t number)
{
	static const uint32_t endings[] = { 90, 90, 90, 99, 99, 0, 0, 50, 49 };
	struct product p = { .number = number };
	uint32_t reais;

	p.kind = &shop_kinds[rng_below(r, shop_nkinds)];
	p.brand = pick(&shop_brands, r);
	p.series = pick(&shop_series, r);
	reais = p.kind->from + rng_skewed(r, p.kind->to - p.kind->from);
	p.cents = reais * UINT64_C(100);
	p.cents += endings[rng_below(r, SHOP_COUNT(endings))];
	return p;
}

static struct person
person_of(const struct shop *s, uint64_t number)
{
	struct rng r = rng_at(s->seed, SHOP_CLIENTES, number);

	return draw_person(&r, number);
}

static struct product
product_of(const struct shop *s, uint64_t number)
{
	struct rng r = rng_at(s->seed, SHOP_PRODUTOS, number);

	return draw_product(&r, number);
}

uint64_t
shop_price(const struct shop *s, uint64_t number)
{
	return product_of(s, number).cents;
}

/* A growing shop: more orders in its later days. */
static int32_t
draw_day(struct rng *r, int32_t today)
{
	int32_t first = date_days((struct date){ 1900, 1, 1 });
	int32_t day = today - (int32_t)rng_skewed(r, HISTORY_DAYS);

	return day < first ? first : day;
}

/* Most clients order now and then, a few all the time. */
static uint64_t
draw_client(struct rng *r, uint32_t n)
{
	bool faithful = rng_chance(r, 25);

	return 1 + (faithful ? rng_skewed(r, n) : rng_below(r, n));
}

static uint64_t
draw_quantity(struct rng *r)
{
	return rng_chance(r, 60) ? 1 : 1 + rng_skewed(r, 12);
}

static void
draw_deal(struct draft *d)
{
	struct shop *s = d->shop;

	d->person.number = draw_client(&d->rng, s->clientes);
	d->product = product_of(s, 1 + rng_skewed(&d->rng, s->produtos));
	d->quantity = draw_quantity(&d->rng);
	d->day = draw_day(&d->rng, s->today);
}

void
draw_cliente(struct draft *d)
{
	d->person = draw_person(&d->rng, d->number);
}

void
draw_produto(struct draft *d)
{
	d->product = draw_product(&d->rng, d->number);
	d->cents = d->product.cents;
}

void
draw_pedido(struct draft *d)
{
	draw_deal(d);
	d->cents = d->quantity * d->product.cents;
}

void
draw_venda(struct draft *d)
{
	draw_deal(d);
	d->person = person_of(d->shop, d->person.number);
	/* what is dear is bought one at a time */
	if (d->quantity * d->product.cents > SALE_MAX)
		d->quantity = 1;
	d->cents = d->quantity * d->product.cents;
}
