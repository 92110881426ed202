/* contract - what the language says ends up in the contract. */
#include <stdlib.h>
#include <unistd.h>

#include "contract.h"
#include "mh.h"
#include "tap.h"
#include "type.h"
#include "words.h"

static const struct date today = { 2026, 11, 22 };

/* The words of a text: | between words, / behind a statement. */
static const struct {
	const char *text, *words;
} statements[] = {
	{ "", "" },
	{ "\n \t\r\n# nothing\n", "" },
	{ "a b", "a|b|/" },
	{ "a\tb # c\nd", "a|b|/d|/" },
	{ "a#b #c", "a#b|/" },
	{ "\"a b\" c\"d e\"f", "a b|cd ef|/" },
	{ "\"\" \"\\\"\" \"\\\\\" \"\\n\" \\n", "|\"|\\|\\n|\\n|/" },
	{ "\"a # b\"", "a # b|/" },
	{ "a \\\n b\nc", "a|b|/c|/" },
	{ "a\\\nb", "a|b|/" },
	{ "a \\\r\n\\\n\\\nb\r\nc", "a|b|/c|/" },
	{ "a \\", "a|\\|/" },
	{ "a \\ b", "a|\\|b|/" },
};

static void
test_words(void)
{
	struct words w;
	struct buf got = { 0 };
	size_t i, j;

	for (i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
		got.n = 0;
		words_open(&w, "text", slice_of(statements[i].text));
		while (words_next(&w)) {
			for (j = 0; j < w.n; j++) {
				buf_slice(&got, w.word[j].text);
				buf_byte(&got, '|');
			}
			buf_byte(&got, '/');
		}
		IS(buf_cstr(&got), got.n, statements[i].words,
		    statements[i].text);
	}
	words_open(&w, "text", SLICE("a \\\nb \"c\"\nd"));
	OK(words_next(&w) && w.n == 3 && w.word[0].line == 1 &&
	    w.word[1].line == 2 && !w.word[1].quoted && w.word[2].quoted);
	OK(words_next(&w) && w.word[0].line == 3 && !words_next(&w));
	buf_free(&got);
}

static const char text[] =
    "entity pedidos\n"
    "describe \"All orders\"\n"
    "key id dia # before its columns\n"
    "sequence valor\n"
    "expect cheap warn \"valor < 10\"\n"
    "expect now drop dia\n"
    "expect any fail \"status is not null\"\n"
    "column id text from codigo,\"n. do pedido\" describe \"who\" pii\n"
    "column valor decimal(14,2) min 0,01 max 7.999,99 grouped currency US$\n"
    "column dia date max today-2 min 2020-01-01 format mdy epoch\n"
    "column status enum values Pago=paga,paid \"Em Tr\xc3\xa2nsito\" \\\n"
    "  default PAGA required\n"
    "column nome text title digits max 50 references clientes\n";

static struct contract *
read_text(const char *contract)
{
	char name[] = "/tmp/mh-contract-XXXXXX";
	int fd = mkstemp(name);
	struct contract *c;

	if (fd < 0 || write(fd, contract, strlen(contract)) < 0)
		exit(1);
	close(fd);
	c = contract_read(name, today);
	unlink(name);
	return c;
}

static void
test_contract(void)
{
	struct contract *c = read_text(text);
	struct column *col;

	OK(slice_is(c->entity, "pedidos") &&
	    slice_is(c->describe, "All orders") && c->ncolumns == 5);
	OK(c->nkey == 2 && c->key[0] == 0 && c->key[1] == 2);
	OK(contract_column(c, SLICE("nix")) == NULL);
	col = contract_column(c, SLICE("id"));
	OK(type_is(col->type, "text") && slice_is(col->key, "\"id\":") &&
	    slice_is(col->describe, "who") && col->pii);
	OK_NAMED(col->required, "the key's columns are required");
	OK(col->nfrom == 2 && slice_is(col->from[0], "codigo") &&
	    slice_is(col->from[1], "n. do pedido"));
	OK(col->references.p == NULL && col->initial.p == NULL &&
	    !col->min.set && !col->max.set);
	OK(contract_in_key(c, col) &&
	    !contract_in_key(c, contract_column(c, SLICE("valor"))));
	col = contract_column(c, SLICE("valor"));
	OK(c->sequence == col && col->required);
	OK(col->precision == 14 && col->scale == 2 && col->decimal.grouped &&
	    strcmp(col->decimal.currency, "US$") == 0);
	OK(dec_cmp(col->min.number, (struct dec){ 1, 2 }) == 0 &&
	    dec_cmp(col->max.number, (struct dec){ 799999, 2 }) == 0);
	col = contract_column(c, SLICE("dia"));
	OK(col->date.mdy && col->date.epoch && col->required);
	OK(col->max.day == date_days(today) - 2 &&
	    col->min.day == date_days((struct date){ 2020, 1, 1 }));
	OK_NAMED(slice_is(col->max.word, "today-2"), "a limit as written");
	col = contract_column(c, SLICE("status"));
	OK(col->nspellings == 4 && col->required &&
	    slice_is(col->spellings[2].folded, "paid") &&
	    slice_is(col->spellings[2].value, "Pago") &&
	    slice_is(col->spellings[3].folded, "em transito"));
	OK(column_value_is_new(col, 0) && !column_value_is_new(col, 2) &&
	    column_value_is_new(col, 3));
	OK_NAMED(slice_is(col->initial, "\"Pago\""), "a clean default");
	col = contract_column(c, SLICE("nome"));
	OK(col->text_case == CASE_TITLE && col->digits &&
	    slice_is(col->references, "clientes"));
}

static void
test_expectations(void)
{
	struct contract *c = read_text(text);
	struct expect_statement *e = c->expects;

	OK(c->nexpects == 3);
	OK(slice_is(e[0].name, "cheap") && e[0].severity == SEVERITY_WARN &&
	    strcmp(e[0].expr.p, "valor < 10") == 0 && e[0].line == 5);
	OK(slice_is(e[1].name, "now") && e[1].severity == SEVERITY_DROP &&
	    strcmp(e[1].expr.p, "dia") == 0 && e[1].line == 6);
	OK(slice_is(e[2].name, "any") && e[2].severity == SEVERITY_FAIL &&
	    e[2].line == 7 && e[2].file == c->file);
}

static void
test_include(void)
{
	struct contract *c = read_text("entity a\nkey b\ncolumn b text\n"
				       "include clientes\ncolumn z text\n"
				       "expect e warn b\n");

	OK(slice_is(c->entity, "a") && c->ncolumns == 8 && c->nkey == 1 &&
	    c->describe.p == NULL && c->nexpects == 1);
	OK(slice_is(c->columns[1].name, "id_cliente") &&
	    c->columns[1].required && slice_is(c->columns[7].name, "z"));
	OK(dec_cmp(c->columns[6].max.number, (struct dec){ 120, 0 }) == 0);
}

static void
test_nulls(void)
{
	struct contract *c = read_text("entity a\ncolumn b text\n");

	OK(contract_is_null(c, SLICE(""), true));
	OK(contract_is_null(c, SLICE("#N/a"), true));
	OK(!contract_is_null(c, SLICE("None"), true));
	OK(contract_is_null(c, SLICE("None"), false));
	OK(!contract_is_null(c, SLICE("---"), false));
	c = read_text("entity a\nnulls \xc3\x9a x\nnulls \"\"\ncolumn b text");
	OK(contract_is_null(c, SLICE("\xc3\xba"), true));
	OK(contract_is_null(c, SLICE("X"), false));
	OK(contract_is_null(c, SLICE(""), true));
	OK(!contract_is_null(c, SLICE("null"), false));
}

static void
test_builtin(void)
{
	static const char *const names[] = { "clientes", "produtos", "pedidos",
		"vendas", "itenspedido", "marcas", "categorias", "status",
		"formapagamento", "canalvenda", "generocliente",
		"generoproduto", "estadocivil", "emailmarketing", "entregue",
		"funcionarios", "fornecedores" };
	const size_t n = sizeof(names) / sizeof(names[0]);
	struct buf list = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		struct contract *c = contract_builtin(names[i], today);

		OK_NAMED(c != NULL && slice_is(c->entity, names[i]) &&
			     c->describe.p != NULL && c->nkey >= 1 &&
			     c->key[0] == 0,
		    names[i]);
	}
	OK(contract_builtin("nix", today) == NULL);
	OK(contract_text("nix") == NULL && contract_text("marcas") != NULL);
	OK(contract_list(&list) == n &&
	    strncmp(buf_cstr(&list), "canalvenda\ncategorias\n", 22) == 0);
}

int
main(void)
{
	mh_init("contract.t", "", 0);
	test_words();
	test_contract();
	test_expectations();
	test_include();
	test_nulls();
	test_builtin();
	return tap_done();
}
