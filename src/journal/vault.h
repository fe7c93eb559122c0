/* Vault: the cryptography, through libsodium.
 *
 * A random data key seals the letters (XChaCha20-Poly1305-IETF, a fresh 192-bit nonce each time,
 * what it belongs to as associated data).  A second key, made from the passphrase by Argon2id,
 * wraps the data key.  No hash of the passphrase is kept: it is the right one if the wrapped key
 * authenticates.  Keys lie in memory of libsodium's: locked where the system lets it be, left out
 * of core dumps, between guard pages, wiped when freed. */
#ifndef LACRIMA_JOURNAL_VAULT_H
#define LACRIMA_JOURNAL_VAULT_H

#include "lacrima/journal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VAULT_FORMAT        1
#define VAULT_KEY_BYTES     32
#define VAULT_SALT_BYTES    16
#define VAULT_NONCE_BYTES   24
#define VAULT_TAG_BYTES     16
#define VAULT_WRAPPED_BYTES (VAULT_KEY_BYTES + VAULT_TAG_BYTES)
#define VAULT_SUM_BYTES     32

/* What is sealed begins with the format and the nonce: together they are never the same twice. */
#define VAULT_MARK_BYTES  (1 + VAULT_NONCE_BYTES)
#define VAULT_SEALED_MORE (VAULT_MARK_BYTES + VAULT_TAG_BYTES)

/* The data key under its passphrase, as it is stored. */
struct vault_wrap {
    int64_t format, algorithm;
    int64_t passes, memory; /* Argon2id's opslimit, and its memlimit in bytes */
    unsigned char salt[VAULT_SALT_BYTES];
    unsigned char nonce[VAULT_NONCE_BYTES];
    unsigned char wrapped[VAULT_WRAPPED_BYTES];
    unsigned char sum[VAULT_SUM_BYTES]; /* of all the above: damage is no other passphrase */
};

enum vault_result {
    VAULT_OPENED,
    VAULT_CLOSED,   /* another passphrase */
    VAULT_NO_MEMORY /* as much as the derivation needs is not to be had */
};

enum vault_kind { VAULT_BODY = 1, VAULT_HEAD = 2 };

/* Once, before anything else; false if the system has no randomness to give. */
bool vault_start(void);

/* A fresh data key, or NULL for want of memory; vault_free() frees any secret, NULL too. */
unsigned char *vault_key_new(void);
void *vault_alloc(size_t size);
void vault_free(void *secret);

/* A random name that is never 0. */
int64_t vault_id_new(void);

/* Wraps the key under a passphrase with a new salt.  It costs what `cost` says and never less
 * than `least` (NULL: no such bound). */
enum vault_result vault_wrap(struct vault_wrap *wrap, const unsigned char *key, const char *pass,
                             size_t length, enum journal_cost cost, const struct vault_wrap *least);

/* Whether it is one that vault_wrap() can have made, bit for bit. */
bool vault_wrap_sound(const struct vault_wrap *wrap);

/* *key, which the caller frees, is NULL unless it was opened. */
enum vault_result vault_unwrap(const struct vault_wrap *wrap, const char *pass, size_t length,
                               unsigned char **key);

/* Seals size bytes for this letter into size + VAULT_SEALED_MORE bytes. */
void vault_seal(unsigned char *sealed, const unsigned char *key, enum vault_kind kind, int64_t id,
                const unsigned char *plain, size_t size);

/* Opens sealed_size bytes into sealed_size - VAULT_SEALED_MORE; false, with nothing written that
 * could be read, if they are not exactly what was sealed for this letter. */
bool vault_open(unsigned char *plain, const unsigned char *key, enum vault_kind kind, int64_t id,
                const unsigned char *sealed, size_t sealed_size);

#endif
