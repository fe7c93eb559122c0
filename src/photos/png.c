#include "png.h"

#include <SDL.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIGNATURE_BYTES 8
#define CHUNK_BYTES     12 /* around its data: length and name before it, the sum behind */
#define NAME_BYTES      4
#define BYTES_MAX       ((size_t)1 << 30)
#define ANCILLARY       0x20 /* in its name's first letter: it can be left out */

static uint32_t big_32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

bool png_begins(const char *path)
{
    static const uint8_t signature[SIGNATURE_BYTES] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    uint8_t head[SIGNATURE_BYTES] = {0};
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    size_t size = fread(head, 1, sizeof head, file);
    (void)fclose(file);
    return size == sizeof head && memcmp(head, signature, sizeof head) == 0;
}

static bool take_file(struct png *png, const char *path, struct error *error)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return error_set(error, "%s: %s", path, strerror(errno));
    long length = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    rewind(file);
    bool fits = length > 0 && (size_t)length <= BYTES_MAX;
    png->size = fits ? (size_t)length : 0;
    png->bytes = fits ? malloc(png->size) : NULL;
    bool fine = png->bytes != NULL && fread(png->bytes, 1, png->size, file) == png->size;
    (void)fclose(file);
    if (!fits)
        return error_set(error, "%s: this picture is too large to be shown", path);
    return fine || error_set(error, "%s: cannot be read", path);
}

enum chunk { CHUNK_GOES_ON, CHUNK_END, CHUNK_BAD };

/* One part of the file: what is needed moves to where the last one ended. */
static enum chunk take_chunk(struct png *png, size_t *in, size_t *out)
{
    uint8_t *at = png->bytes + *in;
    size_t length = big_32(at);
    if (length > png->size - *in - CHUNK_BYTES)
        return CHUNK_BAD;
    const uint8_t *name = at + 4;
    bool needed = (name[0] & ANCILLARY) == 0 || memcmp(name, "tRNS", NAME_BYTES) == 0;
    bool end = memcmp(name, "IEND", NAME_BYTES) == 0;
    bool whole = !needed || SDL_crc32(0, name, NAME_BYTES + length) ==
                                big_32(at + CHUNK_BYTES - NAME_BYTES + length);
    *in += CHUNK_BYTES + length;
    if (!whole)
        return CHUNK_BAD;
    if (needed) {
        memmove(png->bytes + *out, at, CHUNK_BYTES + length);
        *out += CHUNK_BYTES + length;
    }
    return end ? CHUNK_END : CHUNK_GOES_ON;
}

bool png_read(struct png *png, const char *path, struct error *error)
{
    *png = (struct png){0};
    if (!take_file(png, path, error))
        return false;
    size_t in = SIGNATURE_BYTES;
    size_t out = SIGNATURE_BYTES;
    enum chunk chunk = CHUNK_GOES_ON;
    while (chunk == CHUNK_GOES_ON && in <= png->size && png->size - in >= CHUNK_BYTES)
        chunk = take_chunk(png, &in, &out);
    png->size = out;
    if (chunk == CHUNK_BAD)
        return error_set(error, "%s: the picture is damaged (a part of it does not add up)", path);
    return chunk == CHUNK_END ||
           error_set(error, "%s: the picture is damaged (it breaks off)", path);
}

void png_finish(struct png *png)
{
    free(png->bytes);
    *png = (struct png){0};
}
