/* hmac - HMAC-SHA-256 with OpenSSL's libcrypto. */
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "hmac.h"
#include "mh.h"

struct hmac {
	EVP_MAC_CTX *context;
};

static _Noreturn void
refuse(void)
{
	mh_die(MH_CONFIG, "libcrypto: HMAC-SHA-256 is not to be had here");
}

struct hmac *
hmac_open(struct slice key)
{
	char digest[] = "SHA256";
	OSSL_PARAM parameters[] = {
		OSSL_PARAM_construct_utf8_string(
		    OSSL_MAC_PARAM_DIGEST, digest, 0),
		OSSL_PARAM_construct_end(),
	};
	struct hmac *h = mem_zero(1, sizeof(*h));
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);

	h->context = EVP_MAC_CTX_new(mac);
	EVP_MAC_free(mac);
	if (h->context == NULL ||
	    !EVP_MAC_init(
		h->context, (const unsigned char *)key.p, key.n, parameters))
		refuse();
	return h;
}

void
hmac_of(struct hmac *h, struct slice text, unsigned char code[HMAC_SIZE])
{
	const unsigned char *bytes = (const unsigned char *)text.p;
	size_t n;

	/* without a key it begins anew with the one that it has */
	if (!EVP_MAC_init(h->context, NULL, 0, NULL) ||
	    !EVP_MAC_update(h->context, bytes, text.n) ||
	    !EVP_MAC_final(h->context, code, &n, HMAC_SIZE))
		refuse();
}
