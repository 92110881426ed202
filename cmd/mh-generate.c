/*
 * mh-generate - the raw data of a fictional shop, as dirty as wanted.
 */
#include "date.h"
#include "mh.h"
#include "shop.h"
#include "stage.h"

static const char usage[] =
    "usage: mh-generate [options] clientes|produtos|pedidos|vendas\n"
    "  -n, --count N        how many records (default 1000 clientes,\n"
    "                       50 produtos, 10000 pedidos or vendas)\n"
    "      --seed N         another seed, another shop (default 1)\n"
    "      --clientes N     clients that may be named (default 1000)\n"
    "      --produtos N     products that may be named (default 50)\n"
    "      --dirty PCT      percent of records with a defect (default 5)\n"
    "      --as-of DATE     the newest date (default today)\n";

enum {
	OPT_SEED = 256,
	OPT_CLIENTES,
	OPT_PRODUTOS,
	OPT_DIRTY,
	OPT_AS_OF,
};

static const struct option longs[] = {
	{ "count", 1, NULL, 'n' },
	{ "seed", 1, NULL, OPT_SEED },
	{ "clientes", 1, NULL, OPT_CLIENTES },
	{ "produtos", 1, NULL, OPT_PRODUTOS },
	{ "dirty", 1, NULL, OPT_DIRTY },
	{ "as-of", 1, NULL, OPT_AS_OF },
	{ NULL, 0, NULL, 0 },
};

/* What the command line asks for. */
struct order {
	struct shop shop;
	enum shop_entity entity;
	uint64_t count;
};

static struct date
read_day(const char *text)
{
	const struct date_form form = { 0 };
	struct date d;

	if (!date_from_text(&d, slice_of(text), &form, false))
		mh_die_usage("--as-of: not a date: %s", text);
	return d;
}

static void
read_options(struct order *o, int argc, char **argv)
{
	struct shop *s = &o->shop;
	struct date today = { 0 };
	const char *reference = NULL;
	bool counted = false;
	int c;

	while ((c = mh_getopt(argc, argv, "n:", longs)) != -1) {
		switch (c) {
		case 'n':
			o->count =
			    mh_number("--count", optarg, 0, UINT32_MAX, false);
			counted = true;
			break;
		case OPT_SEED:
			s->seed =
			    mh_number("--seed", optarg, 0, UINT64_MAX, false);
			break;
		case OPT_CLIENTES:
			s->clientes = (uint32_t)mh_number(
			    "--clientes", optarg, 1, UINT32_MAX, false);
			reference = "--clientes";
			break;
		case OPT_PRODUTOS:
			s->produtos = (uint32_t)mh_number(
			    "--produtos", optarg, 1, SHOP_PRODUTOS_MAX, false);
			reference = "--produtos";
			break;
		case OPT_DIRTY:
			s->dirty = (unsigned)mh_number(
			    "--dirty", optarg, 0, 100, false);
			break;
		case OPT_AS_OF: today = read_day(optarg); break;
		default: break;
		}
	}
	if (argc - optind != 1)
		mh_die_usage("one entity is wanted, not %d", argc - optind);
	o->entity = shop_entity(argv[optind]);
	if (o->entity == SHOP_ENTITIES)
		mh_die_usage("no such entity: %s", argv[optind]);
	if (reference != NULL && !shop_refers(o->entity))
		mh_die_usage("%s: %s name no others; -n says how many there "
			     "are",
		    reference, argv[optind]);
	if (!counted)
		o->count = shop_usual_count(o->entity);
	s->today = date_days(today.year != 0 ? today : date_today(NULL));
}

int
main(int argc, char **argv)
{
	struct order o = { .shop = { .seed = 1,
			       .clientes = 1000,
			       .produtos = 50,
			       .dirty = 5 } };
	struct stage s;
	uint64_t i;

	mh_init("mh-generate", usage, MH_WRITES);
	read_options(&o, argc, argv);
	stage_open_source(&s);
	for (i = 1; i <= o.count; i++) {
		shop_record(&s.out.b, &o.shop, o.entity, i);
		out_end(&s.out);
		s.in.records++;
		if (i % 4096 == 0)
			stage_progress(&s);
	}
	buf_free(&o.shop.text);
	buf_free(&o.shop.spare);
	return stage_finish(&s, s.in.records == s.out.records);
}
