#include "wav.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define CHANNELS   2
#define HEAD_BYTES 36 /* after the file's own length */
#define PCM        1

void wav_put(FILE *file, uint32_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        (void)fputc((int)(value >> (8 * i) & 0xFFU), file);
}

FILE *wav_begin(const char *path, uint32_t rate, uint32_t bytes, uint32_t frames)
{
    uint32_t frame_bytes = CHANNELS * bytes;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    (void)fputs("RIFF", file);
    wav_put(file, HEAD_BYTES + frames * frame_bytes, 4);
    (void)fputs("WAVEfmt ", file);
    wav_put(file, 16, 4);
    wav_put(file, PCM, 2);
    wav_put(file, CHANNELS, 2);
    wav_put(file, rate, 4);
    wav_put(file, rate * frame_bytes, 4);
    wav_put(file, frame_bytes, 2);
    wav_put(file, 8 * bytes, 2);
    (void)fputs("data", file);
    wav_put(file, frames * frame_bytes, 4);
    return file;
}
