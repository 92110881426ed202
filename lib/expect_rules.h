/*
 * expect_rules - conditions that remember what records before had, or what
 * another file has: unique and relationships.
 */
#ifndef EXPECT_RULES_H
#define EXPECT_RULES_H

#include "expr.h"

/* For expr_parse(). Values are compared as texts: a string by what it stands
 * for, a number by its digits as they came. */
extern const struct expr_rule expect_rules[];

/* The same words without the deeds: to see whether an expression is right,
 * whether or not its files are there. */
extern const struct expr_rule expect_rules_dry[];

#endif
