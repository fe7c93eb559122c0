/* Hash: FNV-1a, 64 bits.  It tells things apart that nobody tries to make alike; where somebody
 * might, or where a value must not be guessed, it takes more (render/text_cache.h, libsodium). */
#ifndef LACRIMA_BASE_HASH_H
#define LACRIMA_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)
#define HASH_PRIME UINT64_C(0x100000001b3)

/* Goes on with a hash from `from` (HASH_START: a new one). */
uint64_t hash_bytes(uint64_t from, const void *bytes, size_t size);

#endif
