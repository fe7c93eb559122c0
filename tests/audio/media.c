#include "media.h"

#include "../support/cm.h"

#include <math.h>
#include <sndfile.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GOOD_S       0.3
#define TRUNCATIONS  16
#define FLIPS        16
#define FLIPS_EACH   12
#define HOLES        8
#define NAME_BYTES   128
#define CHANNELS_MAX 8
#define TONE_STEP    0.06
#define TEN_HOURS    (10U * 3600U)

struct kind {
    const char *ending;
    int format, rate, channels;
};

static const struct kind kinds[] = {
    {"wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 2},
    {"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44100, 2},
    {"ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 48000, 2},
    {"opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, 48000, 2},
    {"mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 44100, 2},
    {"aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16, 44100, 2},
};
#define KINDS (sizeof kinds / sizeof kinds[0])

/* What decoders meet seldom. */
static const struct kind odd[] = {
    {"wav", SF_FORMAT_WAV | SF_FORMAT_PCM_U8, 8000, 1},
    {"wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, 8000, 1},
    {"wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 192000, 2},
    {"wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 96000, 2},
    {"wav", SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, 48000, 8},
    {"wav", SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, 22050, 2},
    {"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 192000, 2},
    {"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 48000, 8},
    {"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 8000, 1},
    {"ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 8000, 1},
    {"ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 48000, 8},
    {"ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 192000, 2},
    {"opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, 8000, 1},
    {"mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 8000, 1},
    {"aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_24, 192000, 8},
};

struct bytes {
    unsigned char *data;
    size_t size;
};

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static const char *path_of(struct media *media, const char *name)
{
    assert_true(media->count < MEDIA_MAX);
    size_t size = strlen(media->folder) + strlen(name) + 2;
    char *path = malloc(size);
    assert_non_null(path);
    (void)snprintf(path, size, "%s/%s", media->folder, name);
    media->paths[media->count++] = path;
    return path;
}

static void write_tone_as(const struct kind *kind, const char *path, double seconds)
{
    SF_INFO info = {.format = kind->format, .samplerate = kind->rate, .channels = kind->channels};
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    assert_non_null(file);
    sf_count_t frames = (sf_count_t)(seconds * kind->rate);
    for (sf_count_t i = 0; i < frames; i++) {
        float frame[CHANNELS_MAX];
        for (int c = 0; c < kind->channels; c++)
            frame[c] = 0.3F * (float)sin(TONE_STEP * (double)i * (c + 1));
        assert_int_equal(sf_writef_float(file, frame, 1), 1);
    }
    assert_int_equal(sf_close(file), 0);
}

const char *media_add_good(struct media *media, const char *name, double seconds)
{
    const char *path = path_of(media, name);
    write_tone_as(&kinds[0], path, seconds);
    return path;
}

static struct bytes read_bytes(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    struct bytes bytes = {.size = (size_t)ftell(file)};
    rewind(file);
    bytes.data = malloc(bytes.size);
    assert_non_null(bytes.data);
    assert_int_equal(fread(bytes.data, 1, bytes.size, file), bytes.size);
    (void)fclose(file);
    return bytes;
}

static void write_bytes(struct media *media, const char *name, const unsigned char *data,
                        size_t size)
{
    FILE *file = fopen(path_of(media, name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void truncate_it(struct media *media, const struct kind *kind, struct bytes good)
{
    for (size_t i = 0; i < TRUNCATIONS; i++) {
        char name[NAME_BYTES];
        /* The first few lengths fall into the head, where the damage is worst. */
        size_t size = i < TRUNCATIONS / 2 ? 1 + i * 11 : good.size * i / TRUNCATIONS;
        (void)snprintf(name, sizeof name, "cut-%02zu.%s", i, kind->ending);
        write_bytes(media, name, good.data, size < good.size ? size : good.size);
    }
}

static void flip_it(struct media *media, const struct kind *kind, struct bytes good)
{
    uint32_t seed = (uint32_t)kind->format;
    for (size_t i = 0; i < FLIPS; i++) {
        struct bytes bad = {.data = malloc(good.size), .size = good.size};
        assert_non_null(bad.data);
        memcpy(bad.data, good.data, good.size);
        size_t within = i < FLIPS / 2 && good.size > 200 ? 200 : good.size;
        for (size_t f = 0; f < FLIPS_EACH; f++)
            bad.data[next_random(&seed) % within] ^= (unsigned char)(1U << (f % 8));
        char name[NAME_BYTES];
        (void)snprintf(name, sizeof name, "flipped-%02zu.%s", i, kind->ending);
        write_bytes(media, name, bad.data, bad.size);
        free(bad.data);
    }
}

static void pierce_it(struct media *media, const struct kind *kind, struct bytes good)
{
    for (size_t i = 0; i < HOLES; i++) {
        struct bytes bad = {.data = malloc(good.size), .size = good.size};
        assert_non_null(bad.data);
        memcpy(bad.data, good.data, good.size);
        size_t from = good.size * (i + 1) / (HOLES + 2);
        memset(bad.data + from, i % 2 == 0 ? 0 : 0xFF, good.size / (HOLES + 2));
        char name[NAME_BYTES];
        (void)snprintf(name, sizeof name, "holed-%02zu.%s", i, kind->ending);
        write_bytes(media, name, bad.data, bad.size);
        free(bad.data);
    }
}

/* A WAV that says of itself that it goes on for ten hours. */
static void lengthen_it(struct media *media, struct bytes wav)
{
    uint32_t claimed = TEN_HOURS * 48000U * 2U;
    for (size_t i = 0; i < 4; i++) {
        wav.data[4 + i] = (unsigned char)((claimed + 36) >> (8 * i));
        wav.data[40 + i] = (unsigned char)(claimed >> (8 * i));
    }
    write_bytes(media, "ten-hours.wav", wav.data, wav.size);
}

static void make_from(struct media *media, const struct kind *kind)
{
    char name[NAME_BYTES];
    (void)snprintf(name, sizeof name, "good.%s", kind->ending);
    const char *path = path_of(media, name);
    write_tone_as(kind, path, GOOD_S);
    struct bytes good = read_bytes(path);
    truncate_it(media, kind, good);
    flip_it(media, kind, good);
    pierce_it(media, kind, good);
    for (size_t k = 0; k < KINDS; k++) {
        (void)snprintf(name, sizeof name, "in-truth-%s.%s", kind->ending, kinds[k].ending);
        write_bytes(media, name, good.data, good.size);
    }
    (void)snprintf(name, sizeof name, "nothing.%s", kind->ending);
    write_bytes(media, name, good.data, 0);
    (void)snprintf(name, sizeof name, "words.%s", kind->ending);
    write_bytes(media, name, (const unsigned char *)"This is not a song.\n", 20);
    if (kind == &kinds[0])
        lengthen_it(media, good);
    free(good.data);
}

void media_make(struct media *media)
{
    *media = (struct media){0};
    (void)snprintf(media->folder, sizeof media->folder, "/tmp/lacrima-media-XXXXXX");
    assert_non_null(mkdtemp(media->folder));
    for (size_t i = 0; i < KINDS; i++)
        make_from(media, &kinds[i]);
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        char name[NAME_BYTES];
        (void)snprintf(name, sizeof name, "odd-%02zu-%d-hz-%d-channels.%s", i, odd[i].rate,
                       odd[i].channels, odd[i].ending);
        write_tone_as(&odd[i], path_of(media, name), GOOD_S);
    }
}

void media_remove(struct media *media)
{
    for (size_t i = 0; i < media->count; i++) {
        (void)remove(media->paths[i]);
        free(media->paths[i]);
    }
    (void)rmdir(media->folder);
}
