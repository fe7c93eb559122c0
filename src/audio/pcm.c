#include "pcm.h"

#include <errno.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FRAMES_MAX   ((sf_count_t)60 * ENGINE_RATE) /* a file longer than a minute is cut */
#define BLOCK_FRAMES ((sf_count_t)16384)            /* read between two looks at `cancelled` */

/* A texture's file runs on for this long past its end, so that its seam can be folded. */
#define SEAM_S 0.25

/* Lays what follows a texture's end over its beginning: the end then runs on into it. */
static void fold_seam(struct sound *sound)
{
    size_t seam = (size_t)(SEAM_S * ENGINE_RATE);
    if (sound->frames < 2 * seam)
        return;
    sound->frames -= seam;
    for (size_t i = 0; i < seam * ENGINE_CHANNELS; i++) {
        float part = (float)(i / ENGINE_CHANNELS) / (float)seam;
        float begin = sound->samples[i];
        float after = sound->samples[sound->frames * ENGINE_CHANNELS + i];
        sound->samples[i] = (int16_t)lrintf(after + (begin - after) * part);
    }
}

/* Up to `most` frames; fewer if the file is damaged or reading was cancelled. */
static sf_count_t read_frames(SNDFILE *file, int16_t *samples, sf_count_t most,
                              const _Atomic bool *cancelled)
{
    sf_count_t done = 0;
    while (done < most && (cancelled == NULL || !atomic_load(cancelled))) {
        sf_count_t wanted = most - done < BLOCK_FRAMES ? most - done : BLOCK_FRAMES;
        sf_count_t got = sf_readf_short(file, samples + done * ENGINE_CHANNELS, wanted);
        if (got <= 0)
            break;
        done += got;
    }
    return done;
}

bool pcm_read(struct sound *sound, const char *path, bool texture, const _Atomic bool *cancelled,
              struct error *error)
{
    if (access(path, R_OK) != 0)
        return error_set(error, "%s: %s", path, strerror(errno));
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    if (file == NULL)
        return error_set(error, "%s: cannot be read (%s)", path, sf_strerror(NULL));
    bool good = false;
    if (info.samplerate != ENGINE_RATE || info.channels != ENGINE_CHANNELS) {
        (void)error_set(error, "%s: is not stereo at %d Hz", path, ENGINE_RATE);
        goto close_file;
    }
    sf_count_t most = info.frames < FRAMES_MAX ? info.frames : FRAMES_MAX;
    int16_t *samples = most > 0 ? malloc((size_t)most * ENGINE_CHANNELS * sizeof *samples) : NULL;
    if (samples == NULL) {
        (void)error_set(error, most > 0 ? "%s: out of memory" : "%s: holds no sound", path);
        goto close_file;
    }
    sf_count_t frames = read_frames(file, samples, most, cancelled);
    if (frames == 0 || (cancelled != NULL && atomic_load(cancelled))) {
        (void)error_set(error, "%s: holds no sound", path);
        free(samples);
        goto close_file;
    }
    sound->samples = samples;
    sound->frames = (size_t)frames;
    if (texture)
        fold_seam(sound);
    good = true;
close_file:
    (void)sf_close(file);
    return good;
}
