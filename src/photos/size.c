#include "size.h"

#include <string.h>

#define HEAD_BYTES 30

static uint32_t big_16(const uint8_t *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static uint32_t big_32(const uint8_t *at)
{
    return big_16(at) << 16 | big_16(at + 2);
}

static uint32_t little_16(const uint8_t *at)
{
    return (uint32_t)at[1] << 8 | at[0];
}

static uint32_t little_24(const uint8_t *at)
{
    return (uint32_t)at[2] << 16 | little_16(at);
}

/* A JPEG's segments, up to the one that begins the frame. */
static bool size_jpeg(FILE *file, uint32_t *width, uint32_t *height)
{
    uint8_t bytes[9];
    if (fseek(file, 2, SEEK_SET) != 0)
        return false;
    for (;;) {
        int marker = fgetc(file);
        if (marker != 0xFF)
            return false;
        while (marker == 0xFF)
            marker = fgetc(file);
        if (marker == EOF || fread(bytes, 1, 2, file) != 2 || big_16(bytes) < 2)
            return false;
        bool frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) {
            if (fread(bytes, 1, 5, file) != 5)
                return false;
            *height = big_16(bytes + 1);
            *width = big_16(bytes + 3);
            return true;
        }
        if (fseek(file, (long)big_16(bytes) - 2, SEEK_CUR) != 0)
            return false;
    }
}

static bool size_webp(const uint8_t *head, uint32_t *width, uint32_t *height)
{
    const uint32_t low_14 = 0x3FFF;
    if (memcmp(head + 12, "VP8X", 4) == 0) {
        *width = little_24(head + 24) + 1;
        *height = little_24(head + 27) + 1;
    } else if (memcmp(head + 12, "VP8L", 4) == 0) {
        uint32_t bits = little_16(head + 21) | little_16(head + 23) << 16;
        *width = (bits & low_14) + 1;
        *height = (bits >> 14 & low_14) + 1;
    } else if (memcmp(head + 12, "VP8 ", 4) == 0) {
        *width = little_16(head + 26) & low_14;
        *height = little_16(head + 28) & low_14;
    } else {
        return false;
    }
    return true;
}

bool size_read(FILE *file, uint32_t *width, uint32_t *height)
{
    static const uint8_t png[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    uint8_t head[HEAD_BYTES] = {0};
    rewind(file);
    size_t size = fread(head, 1, sizeof head, file);
    if (size >= 24 && memcmp(head, png, sizeof png) == 0) {
        *width = big_32(head + 16);
        *height = big_32(head + 20);
        return true;
    }
    if (size == sizeof head && memcmp(head, "RIFF", 4) == 0 && memcmp(head + 8, "WEBP", 4) == 0)
        return size_webp(head, width, height);
    if (size >= 4 && head[0] == 0xFF && head[1] == 0xD8)
        return size_jpeg(file, width, height);
    return false;
}

bool size_moves(FILE *file)
{
    const uint8_t animation = 0x02;
    uint8_t head[HEAD_BYTES] = {0};
    rewind(file);
    return fread(head, 1, sizeof head, file) == sizeof head && memcmp(head, "RIFF", 4) == 0 &&
           memcmp(head + 8, "WEBPVP8X", 8) == 0 && (head[20] & animation) != 0;
}

bool size_has_end(FILE *file)
{
    uint8_t bytes[4096];
    int last = 0;
    uint8_t head[2] = {0};
    long frame = ftell(file);
    rewind(file);
    if (fread(head, 1, sizeof head, file) != sizeof head || head[0] != 0xFF || head[1] != 0xD8)
        return true;
    /* Behind the frame's begin: a small picture before it has an end of its own. */
    if (fseek(file, frame, SEEK_SET) != 0)
        return false;
    for (size_t size = fread(bytes, 1, sizeof bytes, file); size > 0;
         size = fread(bytes, 1, sizeof bytes, file)) {
        for (size_t i = 0; i < size; i++) {
            if (last == 0xFF && bytes[i] == 0xD9)
                return true;
            last = bytes[i];
        }
    }
    return false;
}
