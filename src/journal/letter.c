#include "letter.h"

#include "lacrima/base/check.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define TIME_BYTES 8

static void put_time(unsigned char *at, int64_t time)
{
    uint64_t bits = (uint64_t)time;
    for (int i = 0; i < TIME_BYTES; i++)
        at[i] = (unsigned char)(bits >> (8 * i));
}

static int64_t get_time(const unsigned char *at)
{
    uint64_t bits = 0;
    for (int i = 0; i < TIME_BYTES; i++)
        bits |= (uint64_t)at[i] << (8 * i);
    return (int64_t)bits;
}

static void put_head(unsigned char *at, const struct letter_times *times)
{
    put_time(at, times->created);
    put_time(at + TIME_BYTES, times->changed);
}

static void get_head(const unsigned char *at, struct letter_times *times)
{
    times->created = get_time(at);
    times->changed = get_time(at + TIME_BYTES);
}

void letter_seal(const unsigned char *key, int64_t id, const struct letter_times *times,
                 const char *text, size_t length, unsigned char **body, size_t *size)
{
    size_t used = LETTER_HEAD_BYTES + length;
    /* There is always some filling: its first byte says where it begins. */
    size_t room = (used / LETTER_STEP_BYTES + 1) * LETTER_STEP_BYTES;
    unsigned char *plain = vault_alloc(room);
    *size = room + VAULT_SEALED_MORE;
    *body = plain != NULL ? malloc(*size) : NULL;
    if (*body != NULL) {
        size_t padded = 0;
        put_head(plain, times);
        if (length > 0)
            memcpy(plain + LETTER_HEAD_BYTES, text, length);
        int filled = sodium_pad(&padded, plain, used, LETTER_STEP_BYTES, room);
        check(filled == 0 && padded == room);
        vault_seal(*body, key, VAULT_BODY, id, plain, room);
    }
    vault_free(plain);
}

enum letter_opened letter_open(const unsigned char *key, int64_t id, const unsigned char *body,
                               size_t size, struct letter_times *times, unsigned char **plain,
                               const char **text, size_t *length)
{
    size_t used = 0;
    *plain = NULL;
    if (size < VAULT_SEALED_MORE + LETTER_STEP_BYTES)
        return LETTER_DAMAGED;
    size_t room = size - VAULT_SEALED_MORE;
    *plain = vault_alloc(room);
    if (*plain == NULL)
        return LETTER_NO_MEMORY;
    if (!vault_open(*plain, key, VAULT_BODY, id, body, size) ||
        sodium_unpad(&used, *plain, room, LETTER_STEP_BYTES) != 0 || used < LETTER_HEAD_BYTES) {
        vault_free(*plain);
        *plain = NULL;
        return LETTER_DAMAGED;
    }
    get_head(*plain, times);
    (*plain)[used] = '\0'; /* where the filling began */
    *text = (const char *)*plain + LETTER_HEAD_BYTES;
    *length = used - LETTER_HEAD_BYTES;
    return LETTER_OPENED;
}

void letter_head_seal(const unsigned char *key, int64_t id, const struct letter_times *times,
                      unsigned char head[LETTER_HEAD_SEALED_BYTES])
{
    unsigned char plain[LETTER_HEAD_BYTES];
    put_head(plain, times);
    vault_seal(head, key, VAULT_HEAD, id, plain, sizeof plain);
}

bool letter_head_open(const unsigned char *key, int64_t id, const unsigned char *head, size_t size,
                      struct letter_times *times)
{
    unsigned char plain[LETTER_HEAD_BYTES];
    if (size != LETTER_HEAD_SEALED_BYTES || !vault_open(plain, key, VAULT_HEAD, id, head, size))
        return false;
    get_head(plain, times);
    return true;
}
