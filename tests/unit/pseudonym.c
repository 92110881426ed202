/* What is a pseudonym, and what only looks like one. */
#include "pseudonym.h"
#include "tap.h"

static const struct {
	const char *text;
	bool is;
} cases[] = {
	{ "mh1:0a1b2c3d:00112233445566778899aabbccddeeff", true },
	{ "mh1:00000000:00000000000000000000000000000000", true },
	{ "", false },
	{ "mh1:", false },
	{ "mh1:0a1b2c3d:00112233445566778899aabbccddeef", false },
	{ "mh1:0a1b2c3d:00112233445566778899aabbccddeeff0", false },
	{ "mh1:0a1b2c3d:00112233445566778899aabbccddeefg", false },
	{ "mh1:0a1b2c3d:00112233445566778899AABBCCDDEEFF", false },
	{ "mh1:0A1B2C3D:00112233445566778899aabbccddeeff", false },
	{ "mh1:0a1b2c3d-00112233445566778899aabbccddeeff", false },
	{ "mh1:0a1b2c3:000112233445566778899aabbccddeeff", false },
	{ "mh2:0a1b2c3d:00112233445566778899aabbccddeeff", false },
	{ "MH1:0a1b2c3d:00112233445566778899aabbccddeeff", false },
	{ " mh1:0a1b2c3d:00112233445566778899aabbccddeef", false },
};

int
main(void)
{
	static const unsigned char key[4] = { 0x0a, 0x1b, 0x2c, 0x3d };
	unsigned char value[16];
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		OK_NAMED(pseudonym_is(slice_of(cases[i].text)) == cases[i].is,
		    cases[i].text);
	for (i = 0; i < sizeof(value); i++)
		value[i] = (unsigned char)(i * 0x11);
	pseudonym_put(&b, key, value);
	IS(b.p, b.n, cases[0].text, "how one is written");
	buf_free(&b);
	return tap_done();
}
