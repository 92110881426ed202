/*
 * br - the forms of Brazil: CPF, CNPJ, CEP, UF, telephones, names; and
 * e-mail addresses, which are everybody's.
 *
 * Every function takes valid UTF-8 text, already trimmed, and appends the
 * canonical form to `out`; false means that the text has no such form, and
 * `out` is then as it was. The rules are those of mh-clean(1).
 *
 * `number` says that the value came as a JSON number, which may have lost
 * zeros on the left: it gets them back, and must be nothing but digits (a
 * sign or a decimal point would pass for punctuation). A text gets them back
 * only if it is nothing but digits, and not too few: see each function. ".0"
 * behind digits is forgiven, a result of one repeated character is not.
 */
#ifndef BR_H
#define BR_H

#include "str.h"

/*
 * 11 digits, both check digits right (Receita Federal, module 11); `. - /`
 * and spaces go. Zeros come back to a text of 8 to 10 digits.
 */
bool br_cpf(struct buf *out, struct slice s, bool number);

/*
 * 14 characters: 12 digits or letters A-Z and two check digits (module 11
 * over ASCII code - 48: Receita Federal, Nota Tecnica Cocad 49/2024), in
 * upper case; `. / -` and spaces go. Zeros come back to a text of 12 or 13
 * digits.
 */
bool br_cnpj(struct buf *out, struct slice s, bool number);

/*
 * 8 digits (Correios); `. -` and spaces go. One zero comes back to 7 digits,
 * be it text or number: no CEP begins with two, and nothing else would tell.
 */
bool br_cep(struct buf *out, struct slice s, bool number);

/*
 * The two letters of a state in upper case, from them or from its full name
 * without regard to case and accents (IBGE).
 */
bool br_uf(struct buf *out, struct slice s);

/*
 * The region of a UF in canonical form, "Centro-Oeste"; NULL if it is none.
 * The text is never freed.
 */
const char *br_region(struct slice uf);

/*
 * +55, area code and number, E.164 (Anatel, Resolucao 749/2022): 10 digits
 * with a fixed line, 11 with a mobile. What stands behind + or 00 must be 55
 * and then a whole number with its area code. Letters fail, but for the
 * extension at the end and "(0xx11)"; 0800 and 4004 belong to no person.
 */
bool br_phone(struct buf *out, struct slice s);

/*
 * A lower-cased address; the common subset of RFC 5321, ASCII only: no
 * quoted local part, no address literal, a top-level domain of letters.
 */
bool br_email(struct buf *out, struct slice s);

/*
 * Names with the capitals they have in Portuguese: "João da Silva", "Santa
 * Bárbara d'Oeste", "Pedro II", "Padaria Lima ME", "Campinas - SP".
 */
void br_title(struct buf *out, struct slice s);

#endif
