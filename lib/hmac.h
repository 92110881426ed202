/*
 * hmac - HMAC-SHA-256 (RFC 2104, FIPS 198-1) with OpenSSL's libcrypto.
 *
 * Cryptography is nobody's own work: libcrypto is there on every system, is
 * looked at by many, and uses the processor's instructions for SHA. Only the
 * programs that mask link it.
 */
#ifndef HMAC_H
#define HMAC_H

#include "str.h"

#define HMAC_SIZE 32

struct hmac;

/* A key at work; never freed. A copy of it stays inside, so the caller can
 * wipe its own. Ends the program, status 78, where libcrypto cannot do it. */
struct hmac *hmac_open(struct slice key);

/* The code of a text. */
void hmac_of(struct hmac *h, struct slice text, unsigned char code[HMAC_SIZE]);

#endif
