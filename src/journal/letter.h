/* Letter: how one letter is laid out before it is sealed.
 *
 * Body: the time it was begun, the time of this text, the text, and filling up to a multiple of
 * LETTER_STEP_BYTES, so that a sealed length says little of the text's.  Head: the two times. */
#ifndef LACRIMA_JOURNAL_LETTER_H
#define LACRIMA_JOURNAL_LETTER_H

#include "vault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LETTER_STEP_BYTES        1024
#define LETTER_HEAD_BYTES        16
#define LETTER_HEAD_SEALED_BYTES (LETTER_HEAD_BYTES + VAULT_SEALED_MORE)

struct letter_times {
    int64_t created, changed;
};

/* Seals a letter's body; *body, freed by the caller with free(), is NULL for want of memory. */
void letter_seal(const unsigned char *key, int64_t id, const struct letter_times *times,
                 const char *text, size_t length, unsigned char **body, size_t *size);

/* Opens one; *plain, freed by the caller with vault_free(), holds the text with a zero byte
 * behind it at *text. */
enum letter_opened { LETTER_OPENED, LETTER_DAMAGED, LETTER_NO_MEMORY };
enum letter_opened letter_open(const unsigned char *key, int64_t id, const unsigned char *body,
                               size_t size, struct letter_times *times, unsigned char **plain,
                               const char **text, size_t *length);

void letter_head_seal(const unsigned char *key, int64_t id, const struct letter_times *times,
                      unsigned char head[LETTER_HEAD_SEALED_BYTES]);
bool letter_head_open(const unsigned char *key, int64_t id, const unsigned char *head, size_t size,
                      struct letter_times *times);

#endif
