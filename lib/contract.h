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
	struct slice word; /* as written: today-2 */
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

/* What becomes of a record that an expectation does not hold for. */
enum severity {
	SEVERITY_WARN, /* it goes on */
	SEVERITY_DROP, /* it is rejected */
	SEVERITY_FAIL, /* it is rejected, and the run fails */
};

/* An expect statement. */
struct expect_statement {
	struct slice name;
	enum severity severity;
	struct slice expr; /* as written, followed by a NUL: not parsed yet */
	const char *file;  /* for messages */
	unsigned line;
};

struct contract {
	const char *file; /* for messages */
	struct slice entity, describe;
	struct column *columns;
	size_t ncolumns;
	size_t *key; /* places of the key's columns */
	size_t nkey;
	const struct column *sequence; /* orders a key's versions, or NULL */
	struct expect_statement *expects;
	size_t nexpects;
	bool own_nulls;      /* nulls replaces the usual words */
	struct slice *nulls; /* in lower case */
	size_t nnulls;
	struct date today;
};

/*
 * Reads a contract: the built-in one of that name, else that file. `today`
 * is the run's day. Who wants a file that is called like a built-in contract
 * names it ./clientes.
 */
struct contract *contract_read(const char *name, struct date today);

/* A contract that is built in; NULL if there is none of that name. */
struct contract *contract_builtin(const char *entity, struct date today);

/* The text of a built-in contract; NULL if there is none of that name. */
const char *contract_text(const char *entity);

/* Appends the names of the built-in contracts, a line each; how many. */
size_t contract_list(struct buf *out);

/* The column of that name; NULL if there is none. */
struct column *contract_column(const struct contract *c, struct slice name);

/* Is the column part of the key? */
bool contract_in_key(const struct contract *c, const struct column *col);

/* Is spelling i of an enum the first one of its value? */
bool column_value_is_new(const struct column *col, size_t i);

#define CONTRACT_NULL_MAX 4 /* bytes of the longest of the usual words */

/*
 * Does the text (trimmed) mean null in this contract? `text_column` says
 * that the column is a text, where some words are names.
 */
bool contract_is_null(
    const struct contract *c, struct slice text, bool text_column);

#endif
