/* br - CPF, CNPJ, CEP, telephones and e-mail addresses. */
#include "br.h"
#include "utf8.h"

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static struct slice
skip(struct slice s, size_t n)
{
	return (struct slice){ s.p + n, s.n - n };
}

/* The number of digits that the text begins with. */
static size_t
leading_digits(struct slice s)
{
	size_t n = 0;

	while (n < s.n && ascii_digit(s.p[n]))
		n++;
	return n;
}

/* Digits that went through a column of floats come back with ".0" behind. */
static struct slice
without_fraction(struct slice s)
{
	size_t n = leading_digits(s);

	if (n > 0 && slice_is(skip(s, n), ".0"))
		s.n = n;
	return s;
}

/* What a document looks like. */
struct form {
	size_t length;
	size_t letters;     /* places at the left that may hold letters */
	size_t from_text;   /* digits alone get back the zeros that they */
	size_t from_number; /* lost, if at least so many are left */
	const char *marks;  /* what may stand between the characters */
};

enum {
	LONGEST = 14,
};

static const struct form cpf = { 11, 0, 8, 1, ".-/ " };
static const struct form cnpj = { 14, 12, 12, 1, "./- " };
/* none begins with two zeros, and there are no check digits to tell */
static const struct form cep = { 8, 0, 7, 7, ".- " };

/* The document's characters without marks, in upper case. */
static bool
read_characters(char *doc, struct slice s, const struct form *f)
{
	size_t i, n = 0;

	for (i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (is_one_of(c, f->marks))
			continue;
		if (n == f->length)
			return false;
		if (!ascii_digit(c) && (n >= f->letters || !ascii_letter(c)))
			return false;
		doc[n++] = c >= 'a' ? (char)(c - 'a' + 'A') : c;
	}
	return n == f->length;
}

/* The same, with the zeros that were lost; not all the same character. */
static bool
read_document(
    char doc[LONGEST], struct slice s, const struct form *f, bool number)
{
	size_t digits, lost;

	s = without_fraction(s);
	digits = leading_digits(s);
	if (digits == s.n && digits < f->length &&
	    digits >= (number ? f->from_number : f->from_text)) {
		lost = f->length - digits;
		memset(doc, '0', lost);
		memcpy(doc + lost, s.p, digits);
	} else if ((number && digits != s.n) || !read_characters(doc, s, f)) {
		return false;
	}
	return memcmp(doc, doc + 1, f->length - 1) != 0;
}

/*
 * Is the character behind the first `n` their check digit? Module 11 with
 * the weights 2, 3, ... `top`, 2, 3, ... from the right.
 */
static bool
check_digit(const char *doc, size_t n, int top)
{
	int sum = 0, weight = 2, rest;
	size_t i;

	for (i = n; i-- > 0;) {
		sum += (doc[i] - '0') * weight;
		weight = weight == top ? 2 : weight + 1;
	}
	rest = sum % 11;
	return doc[n] - '0' == (rest < 2 ? 0 : 11 - rest);
}

bool
br_cpf(struct buf *out, struct slice s, bool number)
{
	char doc[LONGEST];

	if (!read_document(doc, s, &cpf, number) || !check_digit(doc, 9, 11) ||
	    !check_digit(doc, 10, 11))
		return false;
	buf_add(out, doc, cpf.length);
	return true;
}

bool
br_cnpj(struct buf *out, struct slice s, bool number)
{
	char doc[LONGEST];

	if (!read_document(doc, s, &cnpj, number) || !check_digit(doc, 12, 9) ||
	    !check_digit(doc, 13, 9))
		return false;
	buf_add(out, doc, cnpj.length);
	return true;
}

bool
br_cep(struct buf *out, struct slice s, bool number)
{
	char doc[LONGEST];

	if (!read_document(doc, s, &cep, number))
		return false;
	buf_add(out, doc, cep.length);
	return true;
}

/* What is dialled: + if it comes first, and digits. */
struct dialled {
	char p[20]; /* 00, 55, 0, carrier, area code, nine digits: 18 */
	size_t n;
};

/* The second digits that make an area code with the first one. */
static const char *const area_codes[10] = { "", "123456789", "12478", "1234578",
	"123456789", "1345", "123456789", "134579", "123456789", "123456789" };

/* The text without "ramal 12", "r. 12" or "r12" at its end. */
static struct slice
without_extension(struct slice s)
{
	struct slice head = s;

	while (head.n > 0 && ascii_digit(head.p[head.n - 1]))
		head.n--;
	if (head.n == s.n)
		return s;
	while (head.n > 0 && head.p[head.n - 1] == ' ')
		head.n--;
	if (head.n >= 5 && utf8_is_word(skip(head, head.n - 5), "ramal"))
		return (struct slice){ head.p, head.n - 5 };
	if (head.n >= 1 && head.p[head.n - 1] == '.')
		head.n--;
	if (head.n >= 1 && utf8_is_word(skip(head, head.n - 1), "r"))
		return (struct slice){ head.p, head.n - 1 };
	return s;
}

/* Does the text begin with "(0xx11)", xx for a carrier of one's choice? */
static bool
any_carrier(struct slice s)
{
	return s.n >= 7 && utf8_is_word((struct slice){ s.p, 4 }, "(0xx") &&
	       ascii_digit(s.p[4]) && ascii_digit(s.p[5]) && s.p[6] == ')';
}

/* False where the text has letters, or more digits than any number. */
static bool
read_dialled(struct dialled *d, struct slice s)
{
	const char *p = s.p, *end = s.p + s.n;
	uint32_t cp;

	for (d->n = 0; p < end && d->n < sizeof(d->p);) {
		if (*p == '(' &&
		    any_carrier((struct slice){ p, (size_t)(end - p) })) {
			d->p[d->n++] = '0';
			p += 4;
			continue;
		}
		cp = utf8_next(&p);
		if (utf8_is_letter(cp))
			return false;
		if ((cp >= '0' && cp <= '9') || (cp == '+' && d->n == 0))
			d->p[d->n++] = (char)cp;
	}
	return p == end;
}

/* The area code and the number, without what is dialled before them. */
static bool
national(struct slice *digits)
{
	struct slice d = *digits;

	if (d.n > 0 && d.p[0] == '0') {
		d = skip(d, 1);
		if (d.n == 12 || d.n == 13)
			d = skip(d, 2);
	}
	if (d.n != 10 && d.n != 11)
		return false;
	if (!is_one_of(d.p[1], area_codes[d.p[0] - '0']))
		return false;
	*digits = d;
	if (d.n == 11)
		return d.p[2] == '9';
	/* 4004 is a company's number, the same in every area */
	return d.p[2] >= '2' && d.p[2] <= '5' &&
	       !slice_starts(skip(d, 2), SLICE("4004"));
}

/*
 * Behind + or 00 stands a country, and it must be 55. Elsewhere 55 may be
 * the country or the area code of Santa Maria: the length tells.
 */
static bool
subscriber(struct slice *digits)
{
	struct slice d = *digits, rest;
	bool abroad = true;

	if (slice_starts(d, SLICE("+")))
		d = skip(d, 1);
	else if (slice_starts(d, SLICE("00")))
		d = skip(d, 2);
	else
		abroad = false;
	if (slice_starts(d, SLICE("55"))) {
		rest = skip(d, 2);
		if (national(&rest)) {
			*digits = rest;
			return true;
		}
	}
	*digits = d;
	return !abroad && national(digits);
}

bool
br_phone(struct buf *out, struct slice s)
{
	struct dialled d;
	struct slice number;

	if (!read_dialled(&d, without_extension(without_fraction(s))))
		return false;
	number = (struct slice){ d.p, d.n };
	if (!subscriber(&number))
		return false;
	buf_text(out, "+55");
	buf_slice(out, number);
	return true;
}

static bool
is_local_part(struct slice s)
{
	size_t i;

	if (s.n < 1 || s.n > 64 || s.p[0] == '.' || s.p[s.n - 1] == '.')
		return false;
	for (i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (ascii_letter(c) || ascii_digit(c))
			continue;
		if (!is_one_of(c, "._%+-'") || (c == '.' && s.p[i + 1] == '.'))
			return false;
	}
	return true;
}

static bool
is_label(const char *p, size_t n)
{
	return n >= 1 && n <= 63 && p[0] != '-' && p[n - 1] != '-';
}

static bool
is_domain(struct slice s)
{
	size_t i, start = 0, labels = 0, letters = 0, top = 0;
	bool word = false; /* the last label has letters alone */

	if (s.n > 253)
		return false;
	for (i = 0; i <= s.n; i++) {
		char c = i < s.n ? s.p[i] : '.';

		if (ascii_letter(c)) {
			letters++;
		} else if (c == '.') {
			top = i - start;
			if (!is_label(s.p + start, top))
				return false;
			word = letters == top;
			labels++;
			letters = 0;
			start = i + 1;
		} else if (!ascii_digit(c) && c != '-') {
			return false;
		}
	}
	return labels >= 2 && top >= 2 && word;
}

bool
br_email(struct buf *out, struct slice s)
{
	struct slice domain = s, local;

	if (!slice_split(&domain, '@', &local) || domain.p == NULL ||
	    !is_local_part(local) || !is_domain(domain))
		return false;
	utf8_lower(out, s);
	return true;
}
