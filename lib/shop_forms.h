/*
 * shop_forms - one value in the many forms in which it is written down.
 *
 * Each call appends a form drawn from `r`. All forms of a value mean the
 * same to mh-clean(1): there is no second way to read them.
 */
#ifndef SHOP_FORMS_H
#define SHOP_FORMS_H

#include "date.h"
#include "rng.h"

/* An amount of cents: 1234.56, R$ 1.234,56, 1234,56 ... */
void form_money(struct buf *b, struct rng *r, uint64_t cents);

/* A whole number: 3, 3.0, 3,00. */
void form_int(struct buf *b, struct rng *r, uint64_t n);

/* A day: 2024-03-12, 12/03/2024, 12 de março de 2024 ... */
void form_date(struct buf *b, struct rng *r, struct date d);

/* A moment of that day, to the second or the minute. */
void form_timestamp(struct buf *b, struct rng *r, struct date d);

/* A telephone of that area: a mobile, sometimes a fixed line. */
void form_phone(struct buf *b, struct rng *r, unsigned area);

/* Words as they are, IN CAPITALS or in small letters. */
void form_case(struct buf *b, struct rng *r, struct slice text);

#endif
