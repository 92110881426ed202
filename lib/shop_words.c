/* shop_words - the words that the fictional shop is made of. */
#include "shop_words.h"

static const char *const first_names[] = { "Maria", "José", "Ana", "João",
	"Antônio", "Francisco", "Carlos", "Paulo", "Pedro", "Lucas", "Luiz",
	"Marcos", "Luís", "Gabriel", "Rafael", "Adriana", "Juliana", "Márcia",
	"Fernanda", "Patrícia", "Aline", "Sandra", "Camila", "Amanda", "Bruna",
	"Jéssica", "Letícia", "Júlia", "Luciana", "Vanessa", "Mariana",
	"Daniel", "Marcelo", "Bruno", "Eduardo", "Felipe", "Rodrigo", "Vitória",
	"Beatriz", "Larissa", "Cláudia", "Sebastião", "Mateus", "Thiago",
	"Vinícius", "André", "Fábio", "Sônia", "Célia", "Inês", "Helena",
	"Caio", "Otávio", "Raimunda", "Conceição", "Iracema", "Moacir", "Nil",
	"Zélia", "Ícaro", "Ângela", "Estêvão" };

/* With the particle that goes with them. */
static const char *const surnames[] = { "da Silva", "dos Santos", "Oliveira",
	"Silva", "de Souza", "Santos", "Rodrigues", "Ferreira", "Alves",
	"Pereira", "Lima", "Gomes", "da Costa", "Ribeiro", "Martins",
	"de Carvalho", "Almeida", "Lopes", "Soares", "Fernandes", "Vieira",
	"Barbosa", "da Rocha", "Dias", "do Nascimento", "Andrade", "Moreira",
	"Nunes", "Marques", "Machado", "Mendes", "Freitas", "Cardoso", "Ramos",
	"Gonçalves", "Teixeira", "de Araújo", "Simões", "Guimarães",
	"Magalhães", "Queirós", "Brandão", "Sant'Anna", "d'Ávila", "Muniz",
	"Yamamoto", "Bianchi", "Schneider", "Kowalski", "O'Connor" };

static const char *const domains[] = { "correio.example", "email.example",
	"mail.example", "caixapostal.com.example", "empresa.com.br.example" };

static const char *const brands[] = { "Aurora", "Serra Azul", "Ipê", "Tucano",
	"Guará", "Maré", "Pampa", "Jequitibá", "Lume", "Vértice" };

static const char *const series[] = { "Classic", "Plus", "Pro", "Mini", "Lite",
	"Neo", "Max", "Verde" };

static const char *const sellers[] = { "loja.centro@vendas.example",
	"marcia.prado@vendas.example", "otavio.reis@vendas.example",
	"loja.sul@vendas.example", "bianca.teles@vendas.example",
	"davi.moura@vendas.example", "quiosque.norte@vendas.example",
	"helena.braga@vendas.example" };

const struct shop_list shop_first_names = SHOP_LIST(first_names);
const struct shop_list shop_surnames = SHOP_LIST(surnames);
const struct shop_list shop_domains = SHOP_LIST(domains);
const struct shop_list shop_brands = SHOP_LIST(brands);
const struct shop_list shop_series = SHOP_LIST(series);
const struct shop_list shop_sellers = SHOP_LIST(sellers);

const struct shop_city shop_cities[] = {
	{ "São Paulo", 11 },
	{ "Rio de Janeiro", 21 },
	{ "Brasília", 61 },
	{ "Fortaleza", 85 },
	{ "Salvador", 71 },
	{ "Belo Horizonte", 31 },
	{ "Manaus", 92 },
	{ "Curitiba", 41 },
	{ "Recife", 81 },
	{ "Goiânia", 62 },
	{ "Porto Alegre", 51 },
	{ "Belém", 91 },
	{ "Guarulhos", 11 },
	{ "Campinas", 19 },
	{ "São Luís", 98 },
	{ "Maceió", 82 },
	{ "Campo Grande", 67 },
	{ "São Gonçalo", 21 },
	{ "Teresina", 86 },
	{ "João Pessoa", 83 },
	{ "Duque de Caxias", 21 },
	{ "Natal", 84 },
	{ "São Bernardo do Campo", 11 },
	{ "Ribeirão Preto", 16 },
	{ "Uberlândia", 34 },
	{ "Sorocaba", 15 },
	{ "Cuiabá", 65 },
	{ "Aracaju", 79 },
	{ "Joinville", 47 },
	{ "Londrina", 43 },
	{ "Juiz de Fora", 32 },
	{ "Florianópolis", 48 },
	{ "Macapá", 96 },
	{ "Porto Velho", 69 },
	{ "Vitória", 27 },
	{ "Boa Vista", 95 },
	{ "Santa Maria", 55 },
	{ "Rio Branco", 68 },
	{ "Palmas", 63 },
	{ "Niterói", 21 },
	{ "Feira de Santana", 75 },
	{ "Maringá", 44 },
	{ "Caxias do Sul", 54 },
	{ "Petrópolis", 24 },
	{ "Bagé", 53 },
	{ "Santa Bárbara d'Oeste", 19 },
};
const uint32_t shop_ncities = SHOP_COUNT(shop_cities);

const struct shop_kind shop_kinds[] = {
	{ "Fone Bluetooth", "Eletrônicos", 79, 899 },
	{ "Livro de Receitas", "Livros", 29, 119 },
	{ "Garrafa Térmica", "Casa e Cozinha", 39, 189 },
	{ "Celular 128 GB", "Eletrônicos", 899, 5499 },
	{ "Mouse sem Fio", "Informática", 29, 349 },
	{ "Camiseta de Algodão", "Moda", 35, 129 },
	{ "Notebook 15,6\"", "Informática", 2199, 7499 },
	{ "Tênis de Corrida", "Esporte e Lazer", 149, 899 },
	{ "Monitor LED 24\"", "Informática", 549, 1799 },
	{ "Romance", "Livros", 24, 89 },
	{ "Panela de Pressão 4,5 L", "Casa e Cozinha", 89, 399 },
	{ "Quebra-cabeça 500 Peças", "Brinquedos", 49, 159 },
	{ "Protetor Solar FPS 50", "Beleza e Saúde", 29, 119 },
	{ "Café Torrado 500 g", "Alimentos e Bebidas", 18, 69 },
	{ "Ração 10 kg", "Pet Shop", 89, 259 },
	{ "TV 50\" 4K", "Eletrônicos", 1899, 4299 },
	{ "Furadeira 127/220 V", "Ferramentas", 149, 699 },
	{ "Caderno Universitário", "Papelaria", 12, 49 },
	{ "Tábua d'Água", "Casa e Cozinha", 25, 99 },
	{ "Bola de Futebol Nº 5", "Esporte e Lazer", 49, 249 },
};
const uint32_t shop_nkinds = SHOP_COUNT(shop_kinds);

static const char *const delivered[] = { "Entregue", "Entregue", "Entregue",
	"ENTREGUE", "entregue", "delivered", "Concluído", "concluida",
	"completed" };
static const char *const shipped[] = { "Enviado", "Enviado", "ENVIADO",
	"enviada", "shipped", "Despachado", "Em trânsito", "em transito" };
static const char *const paid[] = { "Pago", "Pago", "PAGO", "pago", "paga",
	"paid", "approved", "Aprovado" };
static const char *const processing[] = { "Processando", "processing",
	"invoiced", "Faturado", "Em separação", "EM PROCESSAMENTO" };
static const char *const pending[] = { "Pendente", "pendente", "pending",
	"created", "Aguardando pagamento", "AGUARDANDO" };
static const char *const canceled[] = { "Cancelado", "CANCELADO", "cancelada",
	"canceled", "cancelled", "Indisponível" };
static const char *const returned[] = { "Devolvido", "devolvida", "returned",
	"refunded", "Reembolsado", "Estornado" };

const struct shop_status shop_statuses[] = {
	{ 46, SHOP_LIST(delivered) },
	{ 15, SHOP_LIST(shipped) },
	{ 13, SHOP_LIST(paid) },
	{ 8, SHOP_LIST(processing) },
	{ 8, SHOP_LIST(pending) },
	{ 7, SHOP_LIST(canceled) },
	{ 3, SHOP_LIST(returned) },
};
