#include "media.h"

#include "../support/cm.h"

#include <math.h>
#include <sndfile.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define GOOD_S       0.3
#define CUTS         16
#define FLIPS        16
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

const char *media_add_good(struct damage *media, const char *name, double seconds)
{
    const char *path = damage_path(media, name);
    write_tone_as(&kinds[0], path, seconds);
    return path;
}

/* A WAV that says of itself that it goes on for ten hours. */
static void lengthen_it(struct damage *media, struct damage_bytes wav)
{
    uint32_t claimed = TEN_HOURS * 48000U * 2U;
    for (size_t i = 0; i < 4; i++) {
        wav.data[4 + i] = (unsigned char)((claimed + 36) >> (8 * i));
        wav.data[40 + i] = (unsigned char)(claimed >> (8 * i));
    }
    damage_write(media, "ten-hours.wav", wav.data, wav.size);
}

static void make_from(struct damage *media, const struct kind *kind)
{
    static const struct damage_plan plan = {.cuts = CUTS, .flips = FLIPS, .holes = HOLES};
    const char *endings[KINDS];
    char name[NAME_BYTES];
    for (size_t k = 0; k < KINDS; k++)
        endings[k] = kinds[k].ending;
    (void)snprintf(name, sizeof name, "good.%s", kind->ending);
    const char *path = damage_path(media, name);
    write_tone_as(kind, path, GOOD_S);
    struct damage_bytes good = damage_read(path);
    damage_make(media, "sound", kind->ending, good, &plan);
    damage_rename(media, "sound", kind->ending, good, endings, KINDS);
    if (kind == &kinds[0])
        lengthen_it(media, good);
    free(good.data);
}

void media_make(struct damage *media)
{
    damage_begin(media, "media");
    for (size_t i = 0; i < KINDS; i++)
        make_from(media, &kinds[i]);
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        char name[NAME_BYTES];
        (void)snprintf(name, sizeof name, "odd-%02zu-%d-hz-%d-channels.%s", i, odd[i].rate,
                       odd[i].channels, odd[i].ending);
        write_tone_as(&odd[i], damage_path(media, name), GOOD_S);
    }
}
