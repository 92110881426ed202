/* shop: the sets fit together, and dirt is where it is asked for. */
#include "date.h"
#include "dec.h"
#include "json.h"
#include "rec.h"
#include "shop.h"
#include "table.h"
#include "tap.h"

#define MANY 20000

static const struct date today = { 2026, 11, 22 };

/* A record as bytes, and taken apart. */
struct made {
	struct buf line;
	struct rec rec;
	struct buf scratch;
};

static void
make(struct made *m, struct shop *s, enum shop_entity e, uint64_t number)
{
	m->line.n = 0;
	shop_record(&m->line, s, e, number);
	m->rec.line = buf_view(&m->line);
	buf_room(&m->line, 1 + JSON_SLACK);
	m->rec.line.p = m->line.p;
	memset(m->line.p + m->line.n, '\n', 1 + JSON_SLACK);
	if (!rec_parse(&m->rec))
		tap_ok(false, "a record is JSON", __FILE__, __LINE__);
}

static struct slice
text_of(struct made *m, const char *name)
{
	const struct slice *token = rec_get(&m->rec, slice_of(name));

	return token == NULL || json_is_null(*token)
		   ? (struct slice){ "", 0 }
		   : json_text(*token, &m->scratch);
}

/* The number in an id like C000123; 0 if it is none. */
static uint64_t
id_number(struct slice id, char letter)
{
	uint64_t n = 0;
	size_t i;

	if (id.n < 2 || id.p[0] != letter)
		return 0;
	for (i = 1; i < id.n; i++)
		n = n * 10 + (uint64_t)(id.p[i] - '0');
	return n;
}

static int64_t
number_of(struct slice text, int scale)
{
	const struct dec_form form = { .scale = scale };
	struct dec d;
	int64_t v;

	if (!dec_from_text(&d, text, &form) || !dec_rescale(&d, scale))
		return -1;
	d.scale = 0;
	return dec_to_i64(&v, d) ? v : -1;
}

static void
test_clean_orders(void)
{
	struct shop s = { .seed = 7,
		.clientes = 300,
		.produtos = 20,
		.today = date_days(today) };
	const struct date_form form = { 0 };
	struct made m = { 0 };
	struct table ids = { 0 };
	uint64_t i, client, product, strangers = 0, totals = 0, days = 0;
	bool added = true;

	for (i = 1; i <= MANY; i++) {
		struct date d;
		int64_t total, count;

		make(&m, &s, SHOP_PEDIDOS, i);
		client = id_number(text_of(&m, "id_cliente"), 'C');
		product = id_number(text_of(&m, "id_produto"), 'P');
		strangers +=
		    client < 1 || client > 300 || product < 1 || product > 20;
		total = number_of(text_of(&m, "valor_total"), 2);
		count = number_of(text_of(&m, "quantidade"), 0);
		totals += total != count * (int64_t)shop_price(&s, product);
		days += !date_from_text(
			    &d, text_of(&m, "data_pedido"), &form, false) ||
			date_days(d) > s.today;
		table_put(&ids, text_of(&m, "id_pedido"), &added);
		if (!added)
			break;
	}
	OK_NAMED(strangers == 0, "orders name clients and products there are");
	OK_NAMED(totals == 0, "valor_total is quantidade times the price");
	OK_NAMED(days == 0, "no order of a day to come");
	OK_NAMED(added, "each order has an id of its own");
	table_free(&ids);
	buf_free(&m.line);
	buf_free(&m.scratch);
	rec_free(&m.rec);
	buf_free(&s.text);
	buf_free(&s.spare);
}

static void
test_prices(void)
{
	struct shop s = { .seed = 7, .today = date_days(today) };
	struct made m = { 0 };
	uint64_t i, wrong = 0;

	for (i = 1; i <= MANY; i++) {
		make(&m, &s, SHOP_PRODUTOS, i);
		wrong += number_of(text_of(&m, "preco"), 2) !=
			 (int64_t)shop_price(&s, i);
		wrong += shop_price(&s, i) < 1 || shop_price(&s, i) > 799999;
	}
	OK_NAMED(wrong == 0, "a product's price is the price");
	buf_free(&m.line);
	buf_free(&m.scratch);
	rec_free(&m.rec);
	buf_free(&s.text);
	buf_free(&s.spare);
}

/* How many of MANY records are another with that much dirt than without. */
static uint64_t
spoilt(enum shop_entity e, unsigned dirty)
{
	struct shop s = { .seed = 3,
		.clientes = 300,
		.produtos = 20,
		.today = date_days(today) };
	struct buf clean = { 0 }, real = { 0 };
	uint64_t i, n = 0;

	for (i = 1; i <= MANY; i++) {
		clean.n = real.n = 0;
		s.dirty = 0;
		shop_record(&clean, &s, e, i);
		s.dirty = dirty;
		shop_record(&real, &s, e, i);
		n += !slice_eq(buf_view(&clean), buf_view(&real));
	}
	buf_free(&clean);
	buf_free(&real);
	buf_free(&s.text);
	buf_free(&s.spare);
	return n;
}

static void
test_dirt(void)
{
	static const char *const names[] = { "clientes", "produtos", "pedidos",
		"vendas" };
	enum shop_entity e;

	for (e = 0; e < SHOP_ENTITIES; e++) {
		uint64_t few = spoilt(e, 5), all = spoilt(e, 100);

		OK_NAMED(shop_entity(names[e]) == e, names[e]);
		/* a null that was null before changes nothing */
		OK_NAMED(few > MANY / 25 && few < MANY / 16, "5 % dirt");
		OK_NAMED(all > MANY * 98 / 100, "100 % dirt");
	}
	OK(shop_entity("fornecedores") == SHOP_ENTITIES);
}

int
main(void)
{
	test_clean_orders();
	test_prices();
	test_dirt();
	return tap_done();
}
