/*
 * dec - exact decimals: an integer of 128 bits and a scale.
 *
 * No value ever passes through a float. Whatever does not fit is refused,
 * never rounded or wrapped: |coef| stays below 10^38 and the scale within
 * 0..38, and every struct dec that is handed in must keep to that. A call
 * that fails leaves its numbers as they were.
 */
#ifndef DEC_H
#define DEC_H

#include "str.h"

#define DEC_DIGITS 38

__extension__ typedef __int128 dec_int;

/* The number coef / 10^scale. */
struct dec {
	dec_int coef;
	int scale;
};

/* What a contract says about the reading of a decimal from text. */
struct dec_form {
	const char *currency; /* one more mark that is accepted, or NULL */
	bool grouped;         /* 1.500 is one thousand and five hundred */
	int scale;            /* digits after the decimal mark, 0: an int */
};

/*
 * Reads the token of a JSON number exactly, exponents too. The scale is the
 * number of fraction digits as written (1.50 has 2; 1e2 has 0; 15e-1 has 1),
 * but for zeros at the end that have no room. False if it needs more than
 * DEC_DIGITS digits.
 */
bool dec_from_json(struct dec *d, struct slice token);

/*
 * Reads what people write: currency marks, signs, grouped thousands, comma
 * or point (the rules: mh-clean(1), "Decimals"). `s` is trimmed, valid
 * UTF-8. The scale is that of dec_from_json. False if it is no number, or
 * can be read in two ways, or does not fit. Where form->scale is 0, "5." and
 * ".5" are no numbers; whether a fraction is left is for the caller to see.
 */
bool dec_from_text(struct dec *d, struct slice s, const struct dec_form *form);

/*
 * Brings d to exactly `scale` fraction digits without changing its value.
 * False, and d as it was, if digits other than zero would be lost, or if it
 * does not fit.
 */
bool dec_rescale(struct dec *d, int scale);

/* The same, rounding half away from zero. False only if it does not fit. */
bool dec_round(struct dec *d, int scale);

/*
 * a += b, exactly, with the larger scale of both; false if one of them or
 * the sum does not fit that scale.
 */
bool dec_add(struct dec *a, struct dec b);

/* a *= b, exactly, scales added; false if it does not fit. */
bool dec_mul(struct dec *a, struct dec b);

/*
 * a / b with `scale` fraction digits, half away from zero; false if b is
 * zero or the result does not fit.
 */
bool dec_div(struct dec *q, struct dec a, struct dec b, int scale);

/* Less than, equal to or greater than 0; scales do not matter. */
int dec_cmp(struct dec a, struct dec b);

/* Appends the number with its scale's digits; zero has no sign. */
void dec_put(struct buf *b, struct dec d);

/* The number of digits before the decimal mark (0 for 0.5). */
int dec_int_digits(struct dec d);

/* Is the value an integer that fits 64 bits? */
bool dec_to_i64(int64_t *v, struct dec d);

struct dec dec_from_i64(int64_t v);

#endif
