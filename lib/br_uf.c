/* br_uf - the states of Brazil and their regions (IBGE). */
#include "br.h"
#include "utf8.h"

static const struct state {
	const char *uf, *name, *region; /* the name as utf8_fold() gives it */
} states[] = {
	{ "AC", "acre", "Norte" },
	{ "AL", "alagoas", "Nordeste" },
	{ "AM", "amazonas", "Norte" },
	{ "AP", "amapa", "Norte" },
	{ "BA", "bahia", "Nordeste" },
	{ "CE", "ceara", "Nordeste" },
	{ "DF", "distrito federal", "Centro-Oeste" },
	{ "ES", "espirito santo", "Sudeste" },
	{ "GO", "goias", "Centro-Oeste" },
	{ "MA", "maranhao", "Nordeste" },
	{ "MG", "minas gerais", "Sudeste" },
	{ "MS", "mato grosso do sul", "Centro-Oeste" },
	{ "MT", "mato grosso", "Centro-Oeste" },
	{ "PA", "para", "Norte" },
	{ "PB", "paraiba", "Nordeste" },
	{ "PE", "pernambuco", "Nordeste" },
	{ "PI", "piaui", "Nordeste" },
	{ "PR", "parana", "Sul" },
	{ "RJ", "rio de janeiro", "Sudeste" },
	{ "RN", "rio grande do norte", "Nordeste" },
	{ "RO", "rondonia", "Norte" },
	{ "RR", "roraima", "Norte" },
	{ "RS", "rio grande do sul", "Sul" },
	{ "SC", "santa catarina", "Sul" },
	{ "SE", "sergipe", "Nordeste" },
	{ "SP", "sao paulo", "Sudeste" },
	{ "TO", "tocantins", "Norte" },
};

enum {
	STATES = sizeof(states) / sizeof(*states),
};

const char *
br_region(struct slice uf)
{
	size_t i;

	for (i = 0; i < STATES; i++)
		if (uf.n == 2 && memcmp(uf.p, states[i].uf, 2) == 0)
			return states[i].region;
	return NULL;
}

static struct slice
tail(const struct buf *b, size_t begin)
{
	return (struct slice){ b->p + begin, b->n - begin };
}

/* The UF whose full name the folded text is; NULL if it is none. */
static const char *
uf_named(struct slice folded)
{
	size_t i;

	for (i = 0; i < STATES; i++)
		if (slice_is(folded, states[i].name))
			return states[i].uf;
	return NULL;
}

bool
br_uf(struct buf *out, struct slice s)
{
	size_t begin = out->n;
	const char *uf;

	if (s.n == 0)
		return false;
	if (s.n == 2) {
		utf8_upper(out, s);
		if (br_region(tail(out, begin)) != NULL)
			return true;
		out->n = begin;
		return false;
	}
	utf8_fold(out, s);
	uf = uf_named(tail(out, begin));
	out->n = begin;
	if (uf != NULL)
		buf_add(out, uf, 2);
	return uf != NULL;
}
