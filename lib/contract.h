/*
 * contract - the contract language: what an entity is made of.
 *
 * A contract is read once at the start and then only looked at. It owns all
 * that it points to and lives as long as the program. A wrong contract ends
 * the program, status 78, with the file, the line, the word and what was
 * expected. The language: mh-contract(5).
 */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "date.h"
#include "dec.h"
#include "str.h"

struct type; /* type.h */

enum text_case {
	CASE_KEEP,
	CASE_LOWER,
	CASE_UPPER,
	CASE_TITLE,
};

/* One limit of a column; what it means is its type's business. */
struct bound {
	bool set;
	struct dec number; /* int, decimal; the length of a text */
	int32_t day;       /* date, timestamp: days since 1970 */
};

/* A value of an enum and one of the ways to write it. */
struct spelling {
	struct slice folded; /* without case and accents */
	struct slice value;
};

struct column {
	struct slice name;
	struct slice key; /* the name as JSON, with its colon: "nome": */
	const struct type *type;
	int precision, scale; /* decimal(p,s) */
	bool required, pii;
	bool digits; /* of a text only the digits stay */
	enum text_case text_case;
	struct dec_form decimal;
	struct date_form date;
	struct bound min, max;
	struct slice *from; /* names it may have in the source */
	size_t nfrom;
	struct spelling *spellings; /* enum */
	size_t nspellings;
	struct slice references; /* an entity; p NULL: none */
	size_t reference_set;    /* used by clean */
	struct slice initial;    /* default V, as JSON; p NULL: none */
	struct slice describe;
};

struct contract {
	const char *file; /* for messages */
	struct slice entity, describe;
	struct column *columns;
	size_t ncolumns;
	size_t *key; /* places of the key's columns */
	struct slice *key_names;
	size_t nkey;
	unsigned key_line;
	bool own_nulls;      /* nulls replaces the usual words */
	struct slice *nulls; /* in lower case */
	size_t nnulls;
	struct date today;
};

/* Reads a contract from a file; `today` is the run's day. */
struct contract *contract_read(const char *file, struct date today);

/*
 * A contract that is built in; NULL if there is none of that name.
 */
struct contract *contract_builtin(const char *entity, struct date today);

/* The column of that name; NULL if there is none. */
struct column *contract_column(const struct contract *c, struct slice name);

/*
 * Does the text (trimmed) mean null in this contract? `text_column` says
 * that the column is a text, where some words are names.
 */
bool contract_is_null(
    const struct contract *c, struct slice text, bool text_column);

#endif
