/* shop - a fictional Brazilian shop and its raw data. */
#include "json.h"
#include "shop_draft.h"
#include "shop_forms.h"
#include "utf8.h"

/* The streams of what goes wrong lie beside those of the entities. */
#define DIRT 100

/* Letters and digits, at least `width` of these. */
static void
put_id(struct buf *b, char letter, uint64_t number, unsigned width)
{
	char digits[20];
	size_t at = sizeof(digits);

	for (; number > 0 || width > 0; number /= 10) {
		digits[--at] = (char)('0' + number % 10);
		width -= width > 0;
	}
	buf_byte(b, letter);
	buf_add(b, digits + at, sizeof(digits) - at);
}

static void
put_id_cliente(struct draft *d, struct buf *b)
{
	put_id(b, 'C', d->number, 6);
}

static void
put_id_produto(struct draft *d, struct buf *b)
{
	put_id(b, 'P', d->number, 4);
}

static void
put_id_pedido(struct draft *d, struct buf *b)
{
	buf_u64(b, 1000000 + d->number);
}

static void
put_id_venda(struct draft *d, struct buf *b)
{
	put_id(b, 'V', d->number, 7);
}

static void
put_cliente(struct draft *d, struct buf *b)
{
	put_id(b, 'C', d->person.number, 6);
}

static void
put_produto(struct draft *d, struct buf *b)
{
	put_id(b, 'P', d->product.number, 4);
}

/* Perhaps a value that nobody knows, as tables say it: true if so. */
static bool
unknown(struct draft *d, struct buf *b, uint32_t percent)
{
	static const char *const words[] = { NULL, NULL, NULL, "", "", "N/A",
		"-", "null" };
	const char *word;

	if (!rng_chance(&d->rng, percent))
		return false;
	word = words[rng_below(&d->rng, SHOP_COUNT(words))];
	d->null = word == NULL;
	if (word != NULL)
		buf_text(b, word);
	return true;
}

/* Appends words with spaces between; the empty ones are none. */
static void
put_words(struct buf *b, const char *const *words, size_t n)
{
	bool begun = false;
	size_t i;

	for (i = 0; i < n; i++) {
		if (words[i][0] == '\0')
			continue;
		if (begun)
			buf_byte(b, ' ');
		buf_text(b, words[i]);
		begun = true;
	}
}

static void
put_nome(struct draft *d, struct buf *b)
{
	const struct person *p = &d->person;
	const char *words[] = { p->first, p->second, p->middle, p->last };
	struct buf *spare = &d->shop->spare;

	spare->n = 0;
	put_words(spare, words, SHOP_COUNT(words));
	form_case(b, &d->rng, buf_view(spare));
}

/* The number makes the address its owner's own. */
static void
put_address(struct draft *d, struct buf *b)
{
	const struct person *p = &d->person;
	const char *space = strrchr(p->last, ' ');

	utf8_fold(b, slice_of(p->first));
	buf_byte(b, '.');
	utf8_fold(b, slice_of(space != NULL ? space + 1 : p->last));
	buf_u64(b, p->number);
	buf_byte(b, '@');
	if (rng_chance(&d->rng, 10))
		utf8_upper(b, slice_of(p->domain));
	else
		buf_text(b, p->domain);
}

static void
put_email(struct draft *d, struct buf *b)
{
	if (!unknown(d, b, 4))
		put_address(d, b);
}

static void
put_telefone(struct draft *d, struct buf *b)
{
	if (!unknown(d, b, 6))
		form_phone(b, &d->rng, d->person.city->area);
}

static void
put_cidade(struct draft *d, struct buf *b)
{
	if (!unknown(d, b, 2))
		form_case(b, &d->rng, slice_of(d->person.city->name));
}

static void
put_idade(struct draft *d, struct buf *b)
{
	uint64_t age = 18 + rng_below(&d->rng, 48);

	age += rng_below(&d->rng, 27);
	if (!unknown(d, b, 5))
		form_int(b, &d->rng, age);
}

static void
put_nome_produto(struct draft *d, struct buf *b)
{
	const struct product *p = &d->product;
	const char *words[] = { p->kind->name, p->brand, p->series };

	put_words(b, words, SHOP_COUNT(words));
	buf_byte(b, ' ');
	buf_u64(b, p->number);
}

static void
put_categoria(struct draft *d, struct buf *b)
{
	if (!unknown(d, b, 2))
		form_case(b, &d->rng, slice_of(d->product.kind->category));
}

static void
put_money(struct draft *d, struct buf *b)
{
	form_money(b, &d->rng, d->cents);
}

static void
put_estoque(struct draft *d, struct buf *b)
{
	uint32_t n = rng_skewed(&d->rng, 900);

	form_int(b, &d->rng, n);
}

static void
put_quantidade(struct draft *d, struct buf *b)
{
	form_int(b, &d->rng, d->quantity);
}

static void
put_status(struct draft *d, struct buf *b)
{
	const struct shop_status *s = shop_statuses;
	uint32_t draw = rng_below(&d->rng, 100);

	if (unknown(d, b, 1))
		return;
	for (; draw >= s->percent; s++)
		draw -= s->percent;
	buf_text(b, s->forms.v[rng_below(&d->rng, s->forms.n)]);
}

static void
put_day(struct draft *d, struct buf *b)
{
	form_date(b, &d->rng, date_of_days(d->day));
}

static void
put_moment(struct draft *d, struct buf *b)
{
	form_timestamp(b, &d->rng, date_of_days(d->day));
}

static void
put_vendedor(struct draft *d, struct buf *b)
{
	buf_text(b, shop_sellers.v[rng_skewed(&d->rng, shop_sellers.n)]);
}

struct column {
	const char *name;
	void (*put)(struct draft *d, struct buf *b); /* the cell's text */
};

struct entity {
	const char *name;
	uint64_t usual;
	bool refers;
	void (*draw)(struct draft *d);
	const struct defect *defects;
	struct column columns[CELLS_MAX]; /* ends with one without a name */
};

static const struct entity entities[SHOP_ENTITIES] = {
	{ "clientes", 1000, false, draw_cliente, defects_clientes,
	    { { "id_cliente", put_id_cliente }, { "nome", put_nome },
		{ "email", put_email }, { "telefone", put_telefone },
		{ "cidade", put_cidade }, { "idade", put_idade } } },
	{ "produtos", 50, false, draw_produto, defects_produtos,
	    { { "id_produto", put_id_produto },
		{ "nome_produto", put_nome_produto },
		{ "categoria", put_categoria }, { "preco", put_money },
		{ "estoque", put_estoque } } },
	{ "pedidos", 10000, true, draw_pedido, defects_pedidos,
	    { { "id_pedido", put_id_pedido }, { "id_cliente", put_cliente },
		{ "id_produto", put_produto }, { "quantidade", put_quantidade },
		{ "status", put_status }, { "valor_total", put_money },
		{ "data_pedido", put_day } } },
	{ "vendas", 10000, true, draw_venda, defects_vendas,
	    { { "id_venda", put_id_venda }, { "email", put_address },
		{ "vendedor", put_vendedor }, { "data", put_moment },
		{ "valor", put_money }, { "quantidade", put_quantidade },
		{ "produto", put_nome_produto } } },
};

enum shop_entity
shop_entity(const char *name)
{
	enum shop_entity e;

	for (e = 0; e < SHOP_ENTITIES; e++) {
		if (strcmp(entities[e].name, name) == 0)
			break;
	}
	return e;
}

uint64_t
shop_usual_count(enum shop_entity e)
{
	return entities[e].usual;
}

bool
shop_refers(enum shop_entity e)
{
	return entities[e].refers;
}

static void
write_cells(struct draft *d, const struct column *columns)
{
	struct buf *text = &d->shop->text;
	size_t i;

	text->n = 0;
	for (i = 0; columns[i].name != NULL; i++) {
		d->cells[i].at = text->n;
		d->null = false;
		columns[i].put(d, text);
		d->cells[i].n = text->n - d->cells[i].at;
		d->cells[i].null = d->null;
	}
}

static void
put_record(struct buf *out, const struct draft *d, const struct column *columns)
{
	const char *text = d->shop->text.p;
	char before = '{';
	size_t i;

	for (i = 0; columns[i].name != NULL; i++) {
		const struct cell *c = &d->cells[i];

		if (c->missing)
			continue;
		buf_byte(out, before);
		json_quote(out, slice_of(columns[i].name));
		buf_byte(out, ':');
		if (c->null)
			buf_text(out, "null");
		else
			json_quote(out, (struct slice){ text + c->at, c->n });
		before = ',';
	}
	buf_byte(out, '}');
}

void
shop_record(
    struct buf *out, struct shop *s, enum shop_entity e, uint64_t number)
{
	const struct entity *entity = &entities[e];
	struct rng bad = rng_at(s->seed, DIRT + e, number);
	const struct defect *defect = NULL;
	struct draft d = { .shop = s, .place = number, .number = number };

	if (rng_chance(&bad, s->dirty))
		defect = defect_draw(entity->defects, &bad);
	if (defect != NULL)
		d.number = defect_number(defect, &bad, number);
	d.rng = rng_at(s->seed, e, d.number);
	entity->draw(&d);
	if (defect != NULL)
		defect_facts(defect, &bad, &d);
	write_cells(&d, entity->columns);
	if (defect != NULL)
		defect_cells(defect, &bad, &d);
	put_record(out, &d, entity->columns);
}
