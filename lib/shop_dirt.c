/* shop_dirt - what goes wrong in raw tables. */
#include "shop_draft.h"

/* A twin follows its brother within so many records. */
#define TWIN_DISTANCE 500

static const char *const nobody[] = { "", " ", "NULL", "N/A", "-" };
static const char *const addresses[] = { "ana.souza", "@correio.example",
	"ana@", "ana souza@correio.example", "ana..souza@correio.example",
	"ana@@correio.example", "não tem", "ana@correio", "ana@correio,example",
	"ana.@correio.example" };
static const char *const phones[] = { "123", "0800 777 1234", "4004-1234",
	"(00) 0000-0000", "(10) 98765-4321", "+34 600 123 456", "ligar à tarde",
	"(11) 8765-432", "98765-4321" };
static const char *const ages[] = { "300", "-1", "121", "999", "vinte",
	"25 anos", "34,5" };
static const char *const amounts[] = { "1.500", "2.990", "12,3,4", "R$",
	"grátis", "US$ 25.00", "9.999.99", "1,23,45", "", "abc", "10.999",
	"-49.90", "1e3" };
static const char *const sales[] = { "0", "0,00", "8000", "R$ 8.000,00",
	"12500.00", "1.500", "-120.00", "abc", "99999999.99", "" };
static const char *const counts[] = { "0", "dois", "1,5", "2.5", "1.000", "",
	"3 un", "N/A" };
static const char *const stocks[] = { "-5", "muitos", "12,5", "1.500", "",
	"?" };
static const char *const statuses[] = { "???", "Em análise", "perdido",
	"Aguardando estoque", "PG" };
static const char *const days[] = { "31/02/2024", "2023-02-29", "00/00/0000",
	"13/25/2024", "03/25/2024", "03/04/24", "ontem", "2024-13-01",
	"12/2024", "1710201600", "" };
static const char *const goods[] = { "", "N/A",
	"Produto com um nome comprido demais para caber na tabela" };

const struct defect defects_clientes[] = {
	{ 18, 0, DEFECT_TWIN, { 0 } },
	{ 3, 0, DEFECT_TEXT, SHOP_LIST(nobody) },
	{ 3, 0, DEFECT_NULL, { 0 } },
	{ 2, 0, DEFECT_MISSING, { 0 } },
	{ 24, 1, DEFECT_SPACES, { 0 } },
	{ 4, 1, DEFECT_TEXT, SHOP_LIST(nobody) },
	{ 2, 1, DEFECT_MISSING, { 0 } },
	{ 14, 2, DEFECT_TEXT, SHOP_LIST(addresses) },
	{ 12, 3, DEFECT_TEXT, SHOP_LIST(phones) },
	{ 8, 4, DEFECT_SPACES, { 0 } },
	{ 10, 5, DEFECT_TEXT, SHOP_LIST(ages) },
};

const struct defect defects_produtos[] = {
	{ 20, 0, DEFECT_TWIN, { 0 } },
	{ 4, 0, DEFECT_NULL, { 0 } },
	{ 2, 0, DEFECT_MISSING, { 0 } },
	{ 28, 1, DEFECT_SPACES, { 0 } },
	{ 4, 1, DEFECT_TEXT, SHOP_LIST(nobody) },
	{ 18, 2, DEFECT_SPACES, { 0 } },
	{ 8, 3, DEFECT_TEXT, SHOP_LIST(amounts) },
	{ 4, 3, DEFECT_MINUS, { 0 } },
	{ 8, 4, DEFECT_TEXT, SHOP_LIST(stocks) },
	{ 4, 4, DEFECT_MISSING, { 0 } },
};

const struct defect defects_pedidos[] = {
	{ 16, 0, DEFECT_TWIN, { 0 } },
	{ 3, 0, DEFECT_TEXT, SHOP_LIST(nobody) },
	{ 2, 0, DEFECT_MISSING, { 0 } },
	{ 9, 1, DEFECT_CLIENT, { 0 } },
	{ 3, 1, DEFECT_NULL, { 0 } },
	{ 5, 1, DEFECT_SPACES, { 0 } },
	{ 6, 2, DEFECT_PRODUCT, { 0 } },
	{ 2, 2, DEFECT_MISSING, { 0 } },
	{ 7, 3, DEFECT_MINUS, { 0 } },
	{ 7, 3, DEFECT_TEXT, SHOP_LIST(counts) },
	{ 6, 4, DEFECT_SPACES, { 0 } },
	{ 6, 4, DEFECT_TEXT, SHOP_LIST(statuses) },
	{ 8, 5, DEFECT_TEXT, SHOP_LIST(amounts) },
	{ 5, 5, DEFECT_TOTAL, { 0 } },
	{ 8, 6, DEFECT_TEXT, SHOP_LIST(days) },
	{ 5, 6, DEFECT_FUTURE, { 0 } },
	{ 2, 6, DEFECT_NULL, { 0 } },
};

const struct defect defects_vendas[] = {
	{ 16, 0, DEFECT_TWIN, { 0 } },
	{ 3, 0, DEFECT_NULL, { 0 } },
	{ 12, 1, DEFECT_TEXT, SHOP_LIST(addresses) },
	{ 5, 1, DEFECT_NULL, { 0 } },
	{ 5, 2, DEFECT_MISSING, { 0 } },
	{ 6, 2, DEFECT_SPACES, { 0 } },
	{ 10, 3, DEFECT_TEXT, SHOP_LIST(days) },
	{ 6, 3, DEFECT_FUTURE, { 0 } },
	{ 14, 4, DEFECT_TEXT, SHOP_LIST(sales) },
	{ 5, 4, DEFECT_MINUS, { 0 } },
	{ 6, 5, DEFECT_TEXT, SHOP_LIST(counts) },
	{ 8, 6, DEFECT_SPACES, { 0 } },
	{ 4, 6, DEFECT_TEXT, SHOP_LIST(goods) },
};

const struct defect *
defect_draw(const struct defect *list, struct rng *r)
{
	uint32_t draw = rng_below(r, 100);

	for (; draw >= list->percent; list++)
		draw -= list->percent;
	return list;
}

static uint64_t
twin_of(struct rng *r, uint64_t number)
{
	uint32_t behind =
	    number > TWIN_DISTANCE ? TWIN_DISTANCE : (uint32_t)number - 1;

	return number == 1 ? 1 : number - 1 - rng_below(r, behind);
}

/* Of twins one half is the same record once more ... */
uint64_t
defect_number(const struct defect *f, struct rng *r, uint64_t number)
{
	bool same = f->kind == DEFECT_TWIN && rng_chance(r, 50);

	return same ? twin_of(r, number) : number;
}

void
defect_facts(const struct defect *f, struct rng *r, struct draft *d)
{
	const struct shop *s = d->shop;

	switch (f->kind) {
	case DEFECT_TWIN:
		/* ... the other half another record under the same id */
		if (d->number == d->place)
			d->number = twin_of(r, d->place);
		break;
	case DEFECT_CLIENT:
		d->person.number =
		    s->clientes + UINT64_C(1) + rng_below(r, 1000);
		break;
	case DEFECT_PRODUCT:
		d->product.number =
		    s->produtos + UINT64_C(1) + rng_below(r, 1000);
		break;
	case DEFECT_FUTURE:
		d->day = s->today + 1 + (int32_t)rng_below(r, 400);
		break;
	case DEFECT_TOTAL: d->cents += d->product.cents; break;
	default: break;
	}
}

static void
replace(struct cell *c, struct buf *text, const char *with)
{
	c->at = text->n;
	c->n = strlen(with);
	c->null = false;
	buf_text(text, with);
}

static void
spread(struct cell *c, struct buf *text)
{
	size_t from = c->at, end = c->at + c->n;

	c->at = text->n;
	buf_text(text, "  ");
	for (; from < end; from++) {
		buf_byte(text, text->p[from]);
		if (text->p[from] == ' ')
			buf_byte(text, ' ');
	}
	buf_text(text, " \t");
	c->n = text->n - c->at;
}

static void
negate(struct cell *c, struct buf *text)
{
	size_t from = c->at;

	c->at = text->n;
	buf_room(text, c->n + 1);
	buf_byte(text, '-');
	buf_add(text, text->p + from, c->n);
	c->n++;
}

void
defect_cells(const struct defect *f, struct rng *r, struct draft *d)
{
	struct cell *c = &d->cells[f->column];
	struct buf *text = &d->shop->text;

	switch (f->kind) {
	case DEFECT_TEXT:
		replace(c, text, f->texts.v[rng_below(r, f->texts.n)]);
		break;
	case DEFECT_NULL: c->null = true; break;
	case DEFECT_MISSING: c->missing = true; break;
	case DEFECT_SPACES: spread(c, text); break;
	case DEFECT_MINUS: negate(c, text); break;
	default: break;
	}
}
