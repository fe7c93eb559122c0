/* Decoder: one sound file as stereo at the engine's rate, read as it is needed, through libsndfile
 * and libsamplerate.  Where it begins, ends and goes round is exact to the sample, and its ends are
 * those of the file: no resampler's silence lies between two that follow each other. */
#ifndef LACRIMA_AUDIO_DECODER_H
#define LACRIMA_AUDIO_DECODER_H

#include "gain.h"

#include "lacrima/audio.h"

#include <stdbool.h>
#include <stddef.h>

struct decoder; /* owned by who opened it; used on one thread at a time */

struct decoder_order {
    double from_s, to_s; /* the part of it that is wanted; <= 0: from its beginning, to its end */
    double place_s;      /* where in the file to begin, not before the part */
    bool loop;           /* after the end of the part comes its beginning, without a seam */
};

struct decoder_info {
    double length_s;               /* of the whole file */
    double place_s;                /* where it begins */
    char title[AUDIO_TITLE_BYTES]; /* of its tags; may be empty */
    struct track_gain gain;
};

enum decoder_answer {
    DECODER_OPEN,
    DECODER_FAILED,   /* the error is only what is wrong, without a path */
    DECODER_ELSEWHERE /* it is music, but for SDL_mixer */
};

/* May take as long as the disk does.  Never waits for the other end of a pipe. */
enum decoder_answer decoder_open(struct decoder **decoder, const char *path,
                                 const struct decoder_order *order, struct decoder_info *info,
                                 struct error *error);

/* Interleaved stereo; fewer frames than asked for, maybe none: that was the end. */
size_t decoder_read(struct decoder *decoder, float *out, size_t frames);

/* Accepts NULL; nulls the handle. */
void decoder_close(struct decoder **decoder);

#endif
