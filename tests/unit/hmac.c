/* HMAC-SHA-256: the test vectors of RFC 4231, section 4. */
#include "hmac.h"
#include "tap.h"

/* What repeats a byte is written as that byte and a count. */
static const struct {
	const char *name;
	const char *key;
	size_t key_times;
	const char *data;
	size_t data_times;
	const char *code; /* of case 5 the RFC has the first 16 bytes */
} cases[] = {
	{ "case 1", "\x0b", 20, "Hi There", 1,
	    "b0344c61d8db38535ca8afceaf0bf12b"
	    "881dc200c9833da726e9376c2e32cff7" },
	{ "case 2", "Jefe", 1, "what do ya want for nothing?", 1,
	    "5bdcc146bf60754e6a042426089575c7"
	    "5a003f089d2739839dec58b964ec3843" },
	{ "case 3", "\xaa", 20, "\xdd", 50,
	    "773ea91e36800e46854db8ebd09181a7"
	    "2959098b3ef8c122d9635514ced565fe" },
	{ "case 4",
	    "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
	    "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19",
	    1, "\xcd", 50,
	    "82558a389a443c0ea4cc819899f2083a"
	    "85f0faa3e578f8077a2e3ff46729665b" },
	{ "case 5", "\x0c", 20, "Test With Truncation", 1,
	    "a3b6167473100ee06e0c796c2955552b" },
	{ "case 6", "\xaa", 131,
	    "Test Using Larger Than Block-Size Key - Hash Key First", 1,
	    "60e431591ee0b67f0d8a26aacbf5b77f"
	    "8e0bc6213728c5140546040f0ee37f54" },
	{ "case 7", "\xaa", 131,
	    "This is a test using a larger than block-size key and a larger "
	    "than block-size data. The key needs to be hashed before being "
	    "used by the HMAC algorithm.",
	    1,
	    "9b09ffa71b942fcb27635fbcd5b0e944"
	    "bfdc63644f0713938a7f51535c3a35e2" },
};

static struct buf
repeated(const char *text, size_t times)
{
	struct buf b = { 0 };

	while (times-- > 0)
		buf_text(&b, text);
	return b;
}

static void
check(struct hmac *h, struct slice data, const char *want, const char *name)
{
	unsigned char code[HMAC_SIZE];
	struct buf hex = { 0 };
	size_t i;

	hmac_of(h, data, code);
	for (i = 0; i < strlen(want) / 2; i++)
		buf_fmt(&hex, "%02x", code[i]);
	IS(hex.p, hex.n, want, name);
	buf_free(&hex);
}

int
main(void)
{
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf key = repeated(cases[i].key, cases[i].key_times);
		struct buf data = repeated(cases[i].data, cases[i].data_times);
		struct hmac *h = hmac_open(buf_view(&key));

		memset(key.p, 0, key.cap);
		check(h, buf_view(&data), cases[i].code, cases[i].name);
		/* and again: a key at work goes on working */
		check(h, buf_view(&data), cases[i].code, cases[i].name);
		buf_free(&key);
		buf_free(&data);
	}
	return tap_done();
}
