/*
 * shop_words - the words that the fictional shop is made of.
 *
 * Lists that are drawn from with a skew have the most usual word first.
 * Addresses end in .example, which belongs to nobody (RFC 2606).
 */
#ifndef SHOP_WORDS_H
#define SHOP_WORDS_H

#include <stdint.h>

struct shop_list {
	const char *const *v;
	uint32_t n;
};

#define SHOP_COUNT(a) ((uint32_t)(sizeof(a) / sizeof((a)[0])))
#define SHOP_LIST(list)                                                        \
	{                                                                      \
		(list), SHOP_COUNT(list)                                       \
	}

/* A city and the area code of its telephones (Anatel). */
struct shop_city {
	const char *name;
	unsigned area;
};

/* A kind of product and its prices, in whole reais. */
struct shop_kind {
	const char *name, *category;
	uint32_t from, to;
};

/* The spellings of one status, all of which mh-clean-pedidos knows. */
struct shop_status {
	uint32_t percent; /* of all orders */
	struct shop_list forms;
};

extern const struct shop_list shop_first_names, shop_surnames, shop_domains,
    shop_brands, shop_series, shop_sellers;

extern const struct shop_city shop_cities[];
extern const uint32_t shop_ncities;
extern const struct shop_kind shop_kinds[];
extern const uint32_t shop_nkinds;
/* The percentages of all statuses make 100. */
extern const struct shop_status shop_statuses[];

#endif
