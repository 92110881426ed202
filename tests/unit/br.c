/* br: documents, places, telephones, addresses, names. */
#include <stdlib.h>

#include "br.h"
#include "tap.h"
#include "utf8.h"

struct row {
	const char *in, *out; /* out: NULL where the text must fail */
	bool number;
};

typedef bool check(struct buf *, struct slice, bool);

/* A copy that ends where its block ends: reading on is seen by ASan. */
static struct slice
exact(struct slice s)
{
	char *p = malloc(s.n == 0 ? 1 : s.n);

	if (s.n != 0)
		memcpy(p, s.p, s.n);
	return (struct slice){ p, s.n };
}

static void
run(const char *what, const struct row *rows, size_t n, check *f)
{
	struct buf b = { 0 };
	char name[600];
	size_t i;

	for (i = 0; i < n; i++) {
		const char *want = rows[i].out == NULL ? "" : rows[i].out;
		struct slice in = exact(slice_of(rows[i].in));
		bool good;

		b.n = 0;
		buf_text(&b, "here before");
		good = f(&b, in, rows[i].number);
		free((void *)in.p);
		snprintf(name, sizeof(name), "%s%s: %s", what,
		    rows[i].number ? ", number" : "", rows[i].in);
		OK_NAMED(good == (rows[i].out != NULL), name);
		IS(b.p + 11, b.n - 11, want, name);
	}
	buf_free(&b);
}

#define RUN(what, rows, f) run(what, rows, sizeof(rows) / sizeof(*(rows)), f)

static const struct row cpf_rows[] = {
	{ "52998224725", "52998224725", false },
	{ "529.982.247-25", "52998224725", false },
	{ "529 982 247 25", "52998224725", false },
	{ "529982247/25", "52998224725", false },
	{ "52998224725.0", "52998224725", false },
	{ "52998224725.0", "52998224725", true },
	{ "12345678909", "12345678909", false },
	{ "52998224726", NULL, false }, /* second check digit */
	{ "52998224735", NULL, false }, /* first check digit */
	{ "25998224725", NULL, false },
	/* zeros come back to digits alone, from 8 on */
	{ "1234567890", "01234567890", false },
	{ "123456797", "00123456797", false },
	{ "12345601", "00012345601", false },
	{ "12345601.0", "00012345601", false },
	{ "1234579", NULL, false },
	{ "1.234.567-90", NULL, false },
	{ "191", NULL, false },
	{ "012.345.678-90", "01234567890", false },
	/* a number may have lost any of them */
	{ "191", "00000000191", true },
	{ "1234567890", "01234567890", true },
	{ "191.0", "00000000191", true },
	{ "52998224725", "52998224725", true },
	{ "-52998224725", NULL, true },
	{ "529982247.25", NULL, true },
	{ "0", NULL, true },
	/* all the same */
	{ "00000000000", NULL, false },
	{ "111.111.111-11", NULL, false },
	{ "99999999999", NULL, false },
	/* no CPF at all */
	{ "", NULL, false },
	{ ".-/ ", NULL, false },
	{ "529982247250", NULL, false },
	{ "5299822472", NULL, false },
	{ "5299822472A", NULL, false },
	{ "61234567849", "61234567849", false },
	{ "A1234567849", NULL, false }, /* A weighs 17, like 6 in module 11 */
	{ "529.982.247\t25", NULL, false },
	{ "529,982,247-25", NULL, false },
	{ "52998224725.00", NULL, false },
	{ "529.982.247-25.0", NULL, false },
	{ "52998224725,0", NULL, false },
	{ "５2998224725", NULL, false },
};

static const struct row cnpj_rows[] = {
	{ "11222333000181", "11222333000181", false },
	{ "11.222.333/0001-81", "11222333000181", false },
	{ "11 222 333 0001 81", "11222333000181", false },
	{ "11222333000181.0", "11222333000181", false },
	{ "11222333000181", "11222333000181", true },
	{ "11222333000180", NULL, false },
	{ "11222333000191", NULL, false },
	/* with letters */
	{ "12ABC34501DE35", "12ABC34501DE35", false },
	{ "12.ABC.345/01DE-35", "12ABC34501DE35", false },
	{ "12abc34501de35", "12ABC34501DE35", false },
	{ "12ABC34501DE36", NULL, false },
	{ "12ABC34501DE45", NULL, false },
	{ "12ABD34501DE35", NULL, false },
	{ "12ABC34501DE3S", NULL, false },
	{ "12ABC34501DEB5", NULL, false },
	{ "12ABÇ34501DE35", NULL, false },
	{ "AAAAAAAAAAAA45", "AAAAAAAAAAAA45", false },
	{ "AAAAAAAAAAAAAA", NULL, false },
	/* zeros come back to digits alone */
	{ "1122233000120", "01122233000120", false },
	{ "112223300020", "00112223300020", false },
	{ "112223300020.0", "00112223300020", false },
	{ "12345678978", NULL, false },
	{ "1.122.233/0001-20", NULL, false },
	{ "191", NULL, false },
	{ "191", "00000000000191", true },
	{ "12345678978", "00012345678978", true },
	{ "1122233000120", "01122233000120", true },
	{ "1.2345678901E13", NULL, true },
	{ "-11222333000181", NULL, true },
	/* all the same, and none at all */
	{ "00000000000000", NULL, false },
	{ "0", NULL, true },
	{ "", NULL, false },
	{ "112223330001811", NULL, false },
	{ "11_222_333/0001-81", NULL, false },
	{ "11222333\t000181", NULL, false },
};

static const struct row cep_rows[] = {
	{ "01310100", "01310100", false },
	{ "01310-100", "01310100", false },
	{ "01.310-100", "01310100", false },
	{ "01310 100", "01310100", false },
	{ "1310100", "01310100", false },
	{ "1310100", "01310100", true },
	{ "1310100.0", "01310100", true },
	{ "1310100.0", "01310100", false },
	{ "90010-000", "90010000", false },
	{ "90010000", "90010000", true },
	{ "1310-100", NULL, false }, /* which digit is missing? */
	{ "131010", NULL, false },
	{ "131010", NULL, true },
	{ "-1310100", NULL, true },
	{ "013101000", NULL, false },
	{ "01310/100", NULL, false },
	{ "0131010A", NULL, false },
	{ "00000-000", NULL, false },
	{ "99999999", NULL, false },
	{ "1111111", "01111111", false },
	{ "", NULL, false },
};

static const struct row uf_rows[] = {
	{ "SP", "SP", false },
	{ "sp", "SP", false },
	{ "Sp", "SP", false },
	{ "São Paulo", "SP", false },
	{ "sao paulo", "SP", false },
	{ "SÃO PAULO", "SP", false },
	{ "Sa\u0303o Paulo", "SP", false },
	{ "distrito federal", "DF", false },
	{ "Mato Grosso", "MT", false },
	{ "Mato Grosso do Sul", "MS", false },
	{ "Para", "PA", false },
	{ "XX", NULL, false },
	{ "BR", NULL, false },
	{ "ã", NULL, false },
	{ "PÁ", NULL, false },
	{ "S", NULL, false },
	{ "SPO", NULL, false },
	{ "S P", NULL, false },
	{ "sao  paulo", NULL, false },
	{ "saopaulo", NULL, false },
	{ "são paulo - sp", NULL, false },
	{ "\u0301", NULL, false },
	{ "", NULL, false },
};

/* By region and name, as IBGE lists them. */
static const struct state {
	const char *region, *uf, *name;
} states[] = {
	{ "Norte", "RO", "Rondônia" },
	{ "Norte", "AC", "Acre" },
	{ "Norte", "AM", "Amazonas" },
	{ "Norte", "RR", "Roraima" },
	{ "Norte", "PA", "Pará" },
	{ "Norte", "AP", "Amapá" },
	{ "Norte", "TO", "Tocantins" },
	{ "Nordeste", "MA", "Maranhão" },
	{ "Nordeste", "PI", "Piauí" },
	{ "Nordeste", "CE", "Ceará" },
	{ "Nordeste", "RN", "Rio Grande do Norte" },
	{ "Nordeste", "PB", "Paraíba" },
	{ "Nordeste", "PE", "Pernambuco" },
	{ "Nordeste", "AL", "Alagoas" },
	{ "Nordeste", "SE", "Sergipe" },
	{ "Nordeste", "BA", "Bahia" },
	{ "Sudeste", "MG", "Minas Gerais" },
	{ "Sudeste", "ES", "Espírito Santo" },
	{ "Sudeste", "RJ", "Rio de Janeiro" },
	{ "Sudeste", "SP", "São Paulo" },
	{ "Sul", "PR", "Paraná" },
	{ "Sul", "SC", "Santa Catarina" },
	{ "Sul", "RS", "Rio Grande do Sul" },
	{ "Centro-Oeste", "MS", "Mato Grosso do Sul" },
	{ "Centro-Oeste", "MT", "Mato Grosso" },
	{ "Centro-Oeste", "GO", "Goiás" },
	{ "Centro-Oeste", "DF", "Distrito Federal" },
};

static const struct row phone_rows[] = {
	{ "11987654321", "+5511987654321", false },
	{ "(11) 98765-4321", "+5511987654321", false },
	{ "11 3333-4444", "+551133334444", false },
	{ "(11)3333.4444", "+551133334444", false },
	{ "11\u00A098765\u20114321", "+5511987654321", false },
	{ "\u260E\uFE0F 11 98765-4321", "+5511987654321", false },
	/* pandas */
	{ "11987654321.0", "+5511987654321", false },
	{ "5511987654321.0", "+5511987654321", false },
	{ "(11)987654321.0", NULL, false },
	/* extensions */
	{ "(11) 3333-4444 ramal 123", "+551133334444", false },
	{ "(11) 3333-4444 RAMAL123", "+551133334444", false },
	{ "(11) 3333-4444 r. 12", "+551133334444", false },
	{ "(11) 3333-4444 r.12", "+551133334444", false },
	{ "(11) 3333-4444 R 12", "+551133334444", false },
	{ "1133334444r12", "+551133334444", false },
	{ "(11) 3333-4444 ramal", NULL, false },
	{ "(11) 3333-4444 r", NULL, false },
	{ "(11) 3333-4444 ramal 12 b", NULL, false },
	{ "(11) 3333-4444 xr 12", NULL, false },
	{ "ramal 1133334444", NULL, false },
	/* letters */
	{ "tel 11 98765-4321", NULL, false },
	{ "11 98765-4321 casa", NULL, false },
	{ "nº 11 98765-4321", NULL, false },
	{ "11 9876S-4321", NULL, false },
	{ "é 11 98765-4321", NULL, false },
	{ "11 9876\uFF15-4321", NULL, false },
	{ "(0xx11) 3333-4444", "+551133334444", false },
	{ "(0XX11) 98765-4321", "+5511987654321", false },
	{ "+55 (0xx11) 98765-4321", "+5511987654321", false },
	{ "(0xx) 11 3333-4444", NULL, false },
	{ "(xx11) 3333-4444", NULL, false },
	{ "0xx11 3333-4444", NULL, false },
	{ "(0xx1) 3333-4444", NULL, false },
	/* the country */
	{ "+55 11 98765-4321", "+5511987654321", false },
	{ "+5511987654321", "+5511987654321", false },
	{ "(+55) 11 98765-4321", "+5511987654321", false },
	{ "0055 11 98765-4321", "+5511987654321", false },
	{ "00551133334444", "+551133334444", false },
	{ "55 11 98765-4321", "+5511987654321", false },
	{ "551133334444", "+551133334444", false },
	{ "+34 912 345 678", NULL, false },
	{ "(+34) 912 345 678", NULL, false },
	{ "0034 912 345 678", NULL, false },
	{ "34 912345678", "+5534912345678", false }, /* Uberlandia */
	{ "+11 98765-4321", NULL, false },
	{ "00 11 98765-4321", NULL, false },
	{ "+00 55 11 98765-4321", NULL, false },
	/* 55 is Santa Maria's area code, too */
	{ "55 98765-4321", "+5555987654321", false },
	{ "55 3222-1234", "+555532221234", false },
	{ "55 55 98765-4321", "+5555987654321", false },
	{ "+55 55 3222-1234", "+555532221234", false },
	{ "+55 98765-4321", NULL, false }, /* no area code */
	{ "+55 3222-1234", NULL, false },
	{ "0055 98765-4321", NULL, false },
	/* zero and carrier */
	{ "011 98765-4321", "+5511987654321", false },
	{ "(011) 3333-4444", "+551133334444", false },
	{ "+55 (011) 98765-4321", "+5511987654321", false },
	{ "55 (011) 98765-4321", "+5511987654321", false },
	{ "5501133334444", "+551133334444", false },
	{ "0 15 11 98765-4321", "+5511987654321", false },
	{ "0 21 11 3333-4444", "+551133334444", false },
	{ "+55 0 15 11 98765-4321", "+5511987654321", false },
	{ "0055 0 15 11 98765-4321", "+5511987654321", false },
	{ "15 11 98765-4321", NULL, false },
	{ "0 0 11 98765-4321", NULL, false },
	/* lines */
	{ "11 2000-0000", "+551120000000", false },
	{ "11 5999-9999", "+551159999999", false },
	{ "11 1999-9999", NULL, false },
	{ "11 6000-0000", NULL, false },
	{ "11 9876-5432", NULL, false }, /* mobile before the ninth digit */
	{ "11 88765-4321", NULL, false },
	{ "98765-4321", NULL, false },
	{ "3333-4444", NULL, false },
	{ "11 98765-432", NULL, false },
	{ "11 98765-43210", NULL, false },
	{ "11987654321 / 11987654322", NULL, false },
	{ "0800 123 4567", NULL, false },
	{ "0800 123 456", NULL, false },
	{ "08001234567", NULL, false },
	{ "4004-1234", NULL, false },
	{ "11 4004-1234", NULL, false },
	{ "11 4005-1234", "+551140051234", false },
	{ "190", NULL, false },
	{ "+", NULL, false },
	{ "-", NULL, false },
	{ "", NULL, false },
};

#define LOCAL64                                                                \
	"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij1234"
#define LABEL63                                                                \
	"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij123"

static const struct row email_rows[] = {
	{ "ana@example.com", "ana@example.com", false },
	{ "Ana.Silva@Example.COM.BR", "ana.silva@example.com.br", false },
	{ "a@b.co", "a@b.co", false },
	{ "a_%+-'z9@x-1.io", "a_%+-'z9@x-1.io", false },
	{ "-a-@1.2.com", "-a-@1.2.com", false },
	{ LOCAL64 "@example.com", LOCAL64 "@example.com", false },
	{ LOCAL64 "5@example.com", NULL, false },
	{ "a@" LABEL63 ".com", "a@" LABEL63 ".com", false },
	{ "a@" LABEL63 "4.com", NULL, false },
	/* 3 x 64 + 61 = 253 bytes, and one more */
	{ "a@" LABEL63 "." LABEL63 "." LABEL63
	  ".abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefg.org",
	    "a@" LABEL63 "." LABEL63 "." LABEL63
	    ".abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefg.org",
	    false },
	{ "a@" LABEL63 "." LABEL63 "." LABEL63
	  ".abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefgh.org",
	    NULL, false },
	{ "", NULL, false },
	{ "ana", NULL, false },
	{ "@", NULL, false },
	{ "ana@", NULL, false },
	{ "@example.com", NULL, false },
	{ "ana@b@example.com", NULL, false },
	{ "ana@@example.com", NULL, false },
	{ ".ana@example.com", NULL, false },
	{ "ana.@example.com", NULL, false },
	{ "a..na@example.com", NULL, false },
	{ "a na@example.com", NULL, false },
	{ "a,na@example.com", NULL, false },
	{ "\"ana\"@example.com", NULL, false },
	{ "aná@example.com", NULL, false },
	{ "ana@exámple.com", NULL, false },
	{ "ana@example", NULL, false },
	{ "ana@.com", NULL, false },
	{ "ana@example..com", NULL, false },
	{ "ana@example.com.", NULL, false },
	{ "ana@-example.com", NULL, false },
	{ "ana@example-.com", NULL, false },
	{ "ana@ex_ample.com", NULL, false },
	{ "ana@example.c", NULL, false },
	{ "ana@example.c0", NULL, false },
	{ "ana@10.0.0.1", NULL, false },
	{ "<ana@example.com>", NULL, false },
};

static const struct row title_rows[] = {
	{ "", "", false },
	{ "JOÃO  DA silva", "João da Silva", false },
	{ "maria", "Maria", false },
	{ "ÁLVARO ÉRICA", "Álvaro Érica", false },
	{ "ÿ", "Ÿ", false },
	{ "\u0130stanbul", "\u0130stanbul", false },
	{ "ßa", "ßa", false },
	{ "JOSE\u0301 A\u0301VILA", "José Ávila", false },
	/* where words end */
	{ "ana-maria", "Ana-Maria", false },
	{ "são paulo/rio de janeiro", "São Paulo/Rio de Janeiro", false },
	{ "casa (azul) [nova] {boa}", "Casa (Azul) [Nova] {Boa}", false },
	{ "o \"grande\" “irmão” ‘bom’", "O \"Grande\" “Irmão” ‘Bom’", false },
	{ "«ana» x»ana „ana” x”ana", "«Ana» X»Ana „Ana” X”Ana", false },
	{ "a‐b‑c–d—e", "A‐B‑C–D—E", false },
	{ "a―b", "A―b", false },
	{ "ana\u00A0maria", "Ana Maria", false },
	{ "ana_maria", "Ana_maria", false },
	{ "ana.maria", "Ana.maria", false },
	{ "ana,maria", "Ana,maria", false },
	{ "ana, maria", "Ana, Maria", false },
	{ "a)b", "A)b", false },
	/* the first letter, whatever stands before it */
	{ "*ana*", "*Ana*", false },
	{ "500ml", "500Ml", false },
	{ "1ª vara", "1ª Vara", false },
	{ "10,casa", "10,Casa", false },
	{ "×b", "×B", false },
	/* small words, between two spaces only */
	{ "x de da do das dos e em na no x", "X de da do das dos e em na no X",
	    false },
	{ "x nas nos a o ao aos à às com para por x",
	    "X nas nos a o ao aos à às com para por X", false },
	{ "X DE DA ÀS COM X", "X de da às com X", false },
	{ "DE SOUZA", "De Souza", false },
	{ "souza DE", "Souza De", false },
	{ "a casa e o mar", "A Casa e o Mar", false },
	{ "casa (de praia)", "Casa (De Praia)", false },
	{ "casa-de-praia", "Casa-De-Praia", false },
	{ "casa de, praia", "Casa De, Praia", false },
	{ "ana dé silva", "Ana Dé Silva", false },
	{ "ana del rey", "Ana Del Rey", false },
	/* apostrophes */
	{ "SANTA BÁRBARA D'OESTE", "Santa Bárbara d'Oeste", false },
	{ "santa bárbara d’oeste", "Santa Bárbara d’Oeste", false },
	{ "D'ÁVILA", "D'Ávila", false },
	{ "(d'ávila)", "(D'Ávila)", false },
	{ "maria d' ávila", "Maria d' Ávila", false },
	{ "caixa d", "Caixa D", false },
	{ "ad'oro", "Ad'Oro", false },
	{ "LEVI'S", "Levi's", false },
	{ "levi’s jeans", "Levi’s Jeans", false },
	{ "levi's, lee", "Levi's, Lee", false },
	{ "o'sullivan", "O'Sullivan", false },
	{ "O'CONNOR", "O'Connor", false },
	{ "s silva", "S Silva", false },
	/* numerals */
	{ "ii iii iv v vi vii viii ix x", "II III IV V VI VII VIII IX X",
	    false },
	{ "xi xii xiii xiv xv xvi xvii xviii xix xx",
	    "XI XII XIII XIV XV XVI XVII XVIII XIX XX", false },
	{ "dom pedro ii", "Dom Pedro II", false },
	{ "pedro ii, o grande", "Pedro II, o Grande", false },
	{ "praça xv.", "Praça XV.", false },
	{ "bloco iv-b", "Bloco IV-B", false },
	{ "(viii)", "(VIII)", false },
	{ "*ii*", "*II*", false },
	{ "xxi xxx iiii il", "Xxi Xxx Iiii Il", false },
	{ "xiis", "Xiis", false },
	/* companies */
	{ "padaria lima me", "Padaria Lima ME", false },
	{ "lima epp", "Lima EPP", false },
	{ "lima ltda", "Lima LTDA", false },
	{ "lima ltda.", "Lima LTDA.", false },
	{ "lima eireli", "Lima EIRELI", false },
	{ "lima s/a", "Lima S/A", false },
	{ "lima s.a.", "Lima S.A.", false },
	{ "lima s.a., filial", "Lima S.A., Filial", false },
	{ "melo", "Melo", false },
	/* states */
	{ "campinas, sp", "Campinas, SP", false },
	{ "campinas,sp", "Campinas,SP", false },
	{ "campinas-sp", "Campinas-SP", false },
	{ "campinas - sp", "Campinas - SP", false },
	{ "campinas – sp", "Campinas – SP", false },
	{ "campinas/sp", "Campinas/SP", false },
	{ "campinas / sp", "Campinas / SP", false },
	{ "rio, rj, brasil", "Rio, RJ, Brasil", false },
	{ "campinas, sp 13000-000", "Campinas, SP 13000-000", false },
	{ "campinas-sp.", "Campinas-SP.", false },
	{ "SP", "Sp", false },
	{ "campinas sp", "Campinas Sp", false },
	{ "campinas (sp)", "Campinas (Sp)", false },
	{ "campinas - xy", "Campinas - Xy", false },
	{ "casa, se possível", "Casa, Se Possível", false },
	{ "campinas, spa", "Campinas, Spa", false },
	{ "ana, x, sp", "Ana, X, SP", false },
};

static bool
uf(struct buf *b, struct slice s, bool number)
{
	(void)number;
	return br_uf(b, s);
}

static bool
phone(struct buf *b, struct slice s, bool number)
{
	(void)number;
	return br_phone(b, s);
}

static bool
email(struct buf *b, struct slice s, bool number)
{
	(void)number;
	return br_email(b, s);
}

static bool
title(struct buf *b, struct slice s, bool number)
{
	struct buf tidy = { 0 };
	struct slice words;

	(void)number;
	utf8_tidy(&tidy, s);
	words = exact(buf_view(&tidy));
	br_title(b, words);
	free((void *)words.p);
	buf_free(&tidy);
	return true;
}

static void
test_states(void)
{
	struct buf b = { 0 };
	char lower[3] = "";
	size_t i;

	for (i = 0; i < sizeof(states) / sizeof(*states); i++) {
		const struct state *st = &states[i];

		b.n = 0;
		lower[0] = (char)(st->uf[0] | 0x20);
		lower[1] = (char)(st->uf[1] | 0x20);
		OK_NAMED(br_uf(&b, slice_of(st->name)), st->name);
		OK_NAMED(br_uf(&b, slice_of(lower)), lower);
		OK_NAMED(b.n == 4 && memcmp(b.p, st->uf, 2) == 0 &&
			     memcmp(b.p + 2, st->uf, 2) == 0,
		    st->uf);
		OK_NAMED(strcmp(br_region(slice_of(st->uf)), st->region) == 0,
		    st->region);
	}
	OK(i == 27);
	OK(br_region(SLICE("XX")) == NULL);
	OK(br_region(SLICE("sp")) == NULL);
	OK(br_region(SLICE("SPX")) == NULL);
	OK(br_region(SLICE("")) == NULL);
	buf_free(&b);
}

static void
test_empty_buffer(void)
{
	struct buf b = { 0 };

	br_title(&b, (struct slice){ NULL, 0 });
	OK(b.n == 0);
	br_title(&b, SLICE("& filhos"));
	IS(b.p, b.n, "& Filhos", "a word of no letters comes first");
	buf_free(&b);
	OK(!br_uf(&b, (struct slice){ NULL, 0 }));
	OK(!br_cpf(&b, SLICE(""), true));
}

/* Every area code there is, each with a mobile; no others. */
static void
test_area_codes(void)
{
	static const int codes[] = { 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22,
		24, 27, 28, 31, 32, 33, 34, 35, 37, 38, 41, 42, 43, 44, 45, 46,
		47, 48, 49, 51, 53, 54, 55, 61, 62, 63, 64, 65, 66, 67, 68, 69,
		71, 73, 74, 75, 77, 79, 81, 82, 83, 84, 85, 86, 87, 88, 89, 91,
		92, 93, 94, 95, 96, 97, 98, 99 };
	struct buf b = { 0 };
	char number[32];
	size_t n = 0, wrong = 0;
	int code;

	for (code = 0; code < 100; code++) {
		bool want =
		    n < sizeof(codes) / sizeof(*codes) && codes[n] == code;

		snprintf(number, sizeof(number), "%02d912345678", code);
		wrong += br_phone(&b, slice_of(number)) != want;
		n += want;
	}
	OK_NAMED(wrong == 0 && n == 67, "area codes");
	buf_free(&b);
}

/* Whatever the first nine digits, one pair of check digits is right. */
static void
test_check_digits(void)
{
	struct buf b = { 0 };
	size_t i, wrong = 0;
	char cpf[16];

	for (i = 1; i < 1000000000; i += 9999991) {
		size_t good = 0, pair;

		for (pair = 0; pair < 100; pair++) {
			snprintf(cpf, sizeof(cpf), "%09zu%02zu", i, pair);
			good += br_cpf(&b, slice_of(cpf), false);
			b.n = 0;
		}
		wrong += good != 1;
	}
	OK_NAMED(wrong == 0, "one pair of check digits");
	buf_free(&b);
}

int
main(void)
{
	RUN("cpf", cpf_rows, br_cpf);
	RUN("cnpj", cnpj_rows, br_cnpj);
	RUN("cep", cep_rows, br_cep);
	RUN("uf", uf_rows, uf);
	RUN("phone", phone_rows, phone);
	RUN("email", email_rows, email);
	RUN("title", title_rows, title);
	test_states();
	test_empty_buffer();
	test_area_codes();
	test_check_digits();
	return tap_done();
}
