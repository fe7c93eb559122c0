#include "vault.h"

#include <sodium.h>
#include <string.h>

/* More than anyone waits for or any of our versions asks for; a damaged file may not ask for
 * days, or for all the memory there is. */
#define PASSES_MAX   1000
#define MEMORY_MAX   (INT64_C(4) * 1024 * 1024 * 1024)

#define NUMBER_BYTES 8
/* purpose, format, kind, letter */
#define PURPOSE_BYTES 16
#define CONTEXT_BYTES (PURPOSE_BYTES + 3 * NUMBER_BYTES)

_Static_assert(VAULT_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key");
_Static_assert(VAULT_NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "nonce");
_Static_assert(VAULT_TAG_BYTES == crypto_aead_xchacha20poly1305_ietf_ABYTES, "tag");
_Static_assert(VAULT_SALT_BYTES == crypto_pwhash_SALTBYTES, "salt");
_Static_assert(VAULT_SUM_BYTES == crypto_generichash_BYTES, "sum");

bool vault_start(void)
{
    return sodium_init() >= 0;
}

void *vault_alloc(size_t size)
{
    return sodium_malloc(size);
}

void vault_free(void *secret)
{
    sodium_free(secret);
}

unsigned char *vault_key_new(void)
{
    unsigned char *key = sodium_malloc(VAULT_KEY_BYTES);
    if (key != NULL)
        crypto_aead_xchacha20poly1305_ietf_keygen(key);
    return key;
}

int64_t vault_id_new(void)
{
    int64_t id = 0;
    while (id == 0) {
        randombytes_buf(&id, sizeof id);
        id &= INT64_MAX;
    }
    return id;
}

/* Little end first, on every machine. */
static void put_number(unsigned char *at, int64_t number)
{
    uint64_t bits = (uint64_t)number;
    for (int i = 0; i < NUMBER_BYTES; i++)
        at[i] = (unsigned char)(bits >> (8 * i));
}

static void wrap_context(unsigned char context[CONTEXT_BYTES], const struct vault_wrap *wrap)
{
    memset(context, 0, CONTEXT_BYTES);
    memcpy(context, "lacrima key", sizeof "lacrima key");
    put_number(context + PURPOSE_BYTES, wrap->format);
}

static void wrap_sum(unsigned char sum[VAULT_SUM_BYTES], const struct vault_wrap *wrap)
{
    crypto_generichash_state state;
    unsigned char numbers[4 * NUMBER_BYTES];
    put_number(numbers, wrap->format);
    put_number(numbers + NUMBER_BYTES, wrap->algorithm);
    put_number(numbers + 2 * NUMBER_BYTES, wrap->passes);
    put_number(numbers + 3 * NUMBER_BYTES, wrap->memory);
    (void)crypto_generichash_init(&state, NULL, 0, VAULT_SUM_BYTES);
    (void)crypto_generichash_update(&state, numbers, sizeof numbers);
    (void)crypto_generichash_update(&state, wrap->salt, sizeof wrap->salt);
    (void)crypto_generichash_update(&state, wrap->nonce, sizeof wrap->nonce);
    (void)crypto_generichash_update(&state, wrap->wrapped, sizeof wrap->wrapped);
    (void)crypto_generichash_final(&state, sum, VAULT_SUM_BYTES);
}

bool vault_wrap_sound(const struct vault_wrap *wrap)
{
    unsigned char sum[VAULT_SUM_BYTES];
    wrap_sum(sum, wrap);
    return wrap->format == VAULT_FORMAT && wrap->algorithm == crypto_pwhash_ALG_ARGON2ID13 &&
           wrap->passes >= (int64_t)crypto_pwhash_OPSLIMIT_MIN && wrap->passes <= PASSES_MAX &&
           wrap->memory >= (int64_t)crypto_pwhash_MEMLIMIT_MIN && wrap->memory <= MEMORY_MAX &&
           memcmp(sum, wrap->sum, sizeof sum) == 0;
}

/* The key that the passphrase makes; NULL if the memory for it is not to be had. */
static unsigned char *derive(const struct vault_wrap *wrap, const char *pass, size_t length)
{
    unsigned char *key = sodium_malloc(VAULT_KEY_BYTES);
    if (key != NULL && crypto_pwhash(key, VAULT_KEY_BYTES, pass, length, wrap->salt,
                                     (unsigned long long)wrap->passes, (size_t)wrap->memory,
                                     (int)wrap->algorithm) != 0) {
        sodium_free(key);
        key = NULL;
    }
    return key;
}

static unsigned char *derive_with(struct vault_wrap *wrap, const char *pass, size_t length,
                                  int64_t passes, int64_t memory, const struct vault_wrap *least)
{
    wrap->passes = least != NULL && least->passes > passes ? least->passes : passes;
    wrap->memory = least != NULL && least->memory > memory ? least->memory : memory;
    return derive(wrap, pass, length);
}

enum vault_result vault_wrap(struct vault_wrap *wrap, const unsigned char *key, const char *pass,
                             size_t length, enum journal_cost cost, const struct vault_wrap *least)
{
    memset(wrap, 0, sizeof *wrap);
    wrap->format = VAULT_FORMAT;
    wrap->algorithm = crypto_pwhash_ALG_ARGON2ID13;
    randombytes_buf(wrap->salt, sizeof wrap->salt);
    randombytes_buf(wrap->nonce, sizeof wrap->nonce);
    unsigned char *outer = NULL;
    switch (cost) {
    case JOURNAL_COST_USUAL:
        outer = derive_with(wrap, pass, length, (int64_t)crypto_pwhash_OPSLIMIT_MODERATE,
                            (int64_t)crypto_pwhash_MEMLIMIT_MODERATE, least);
        if (outer == NULL)
            outer = derive_with(wrap, pass, length, (int64_t)crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                (int64_t)crypto_pwhash_MEMLIMIT_INTERACTIVE, least);
        break;
    case JOURNAL_COST_LEAST:
        outer = derive_with(wrap, pass, length, (int64_t)crypto_pwhash_OPSLIMIT_MIN,
                            (int64_t)crypto_pwhash_MEMLIMIT_MIN, least);
        break;
    }
    if (outer == NULL)
        return VAULT_NO_MEMORY;
    unsigned char context[CONTEXT_BYTES];
    wrap_context(context, wrap);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(wrap->wrapped, NULL, key, VAULT_KEY_BYTES,
                                                     context, sizeof context, NULL, wrap->nonce,
                                                     outer);
    sodium_free(outer);
    wrap_sum(wrap->sum, wrap);
    return VAULT_OPENED;
}

enum vault_result vault_unwrap(const struct vault_wrap *wrap, const char *pass, size_t length,
                               unsigned char **key)
{
    *key = NULL;
    unsigned char *outer = derive(wrap, pass, length);
    unsigned char *inner = sodium_malloc(VAULT_KEY_BYTES);
    if (outer == NULL || inner == NULL) {
        sodium_free(outer);
        sodium_free(inner);
        return VAULT_NO_MEMORY;
    }
    unsigned char context[CONTEXT_BYTES];
    wrap_context(context, wrap);
    bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
                      inner, NULL, NULL, wrap->wrapped, sizeof wrap->wrapped, context,
                      sizeof context, wrap->nonce, outer) == 0;
    sodium_free(outer);
    if (!opened) {
        sodium_free(inner);
        return VAULT_CLOSED;
    }
    *key = inner;
    return VAULT_OPENED;
}

static void letter_context(unsigned char context[CONTEXT_BYTES], unsigned char format,
                           enum vault_kind kind, int64_t id)
{
    memset(context, 0, CONTEXT_BYTES);
    memcpy(context, "lacrima letter", sizeof "lacrima letter");
    put_number(context + PURPOSE_BYTES, format);
    put_number(context + PURPOSE_BYTES + NUMBER_BYTES, kind);
    put_number(context + PURPOSE_BYTES + 2 * NUMBER_BYTES, id);
}

void vault_seal(unsigned char *sealed, const unsigned char *key, enum vault_kind kind, int64_t id,
                const unsigned char *plain, size_t size)
{
    unsigned char context[CONTEXT_BYTES];
    letter_context(context, VAULT_FORMAT, kind, id);
    sealed[0] = VAULT_FORMAT;
    randombytes_buf(sealed + 1, VAULT_NONCE_BYTES);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + VAULT_MARK_BYTES, NULL, plain, size,
                                                     context, sizeof context, NULL, sealed + 1,
                                                     key);
}

bool vault_open(unsigned char *plain, const unsigned char *key, enum vault_kind kind, int64_t id,
                const unsigned char *sealed, size_t sealed_size)
{
    if (sealed_size < VAULT_SEALED_MORE || sealed[0] != VAULT_FORMAT)
        return false;
    unsigned char context[CONTEXT_BYTES];
    letter_context(context, sealed[0], kind, id);
    return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, sealed + VAULT_MARK_BYTES,
                                                      sealed_size - VAULT_MARK_BYTES, context,
                                                      sizeof context, sealed + 1, key) == 0;
}
