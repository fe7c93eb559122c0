#include "lacrima/base/hash.h"

uint64_t hash_bytes(uint64_t from, const void *bytes, size_t size)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < size; i++)
        from = (from ^ byte[i]) * HASH_PRIME;
    return from;
}
