/* Lane: one of two ways for music through the engine; while one track crosses over to the next,
 * both sound.  It takes what its stream has decoded (or what SDL_mixer has left in the buffer),
 * follows its loudness, and sets its gain.
 *
 * What one thread sets for the other here is set while the engine's mutex is held; what is reported
 * back is atomic. */
#ifndef LACRIMA_AUDIO_LANE_H
#define LACRIMA_AUDIO_LANE_H

#include "ramp.h"
#include "stream.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#define LANE_RATE     48000
#define LANE_CHANNELS 2
#define LANE_BLOCK    1024 /* frames at most, mixed at once */

struct lane_plan {
    struct stream *feed;      /* NULL: SDL_mixer's music */
    uint64_t stop, stop_fade; /* it ends after so many frames, having faded over the last; 0: with
                                 its track */
    double gain;              /* of its tags, */
    bool tagged;              /* if it has any */
};

/* How one track hands over to the other: when so many of its frames are past (LANE_AT_END: when it
 * has ended, on the sample), and over how many the other comes in (0: without any fade). */
#define LANE_AT_END UINT64_MAX
struct lane_cross {
    bool planned;
    uint64_t at, come;
};

struct lane {
    /* Under the mutex. */
    struct lane_plan plan;
    struct lane_cross cross; /* to the other lane, which is ready but does not run */
    bool runs;
    bool crossing;            /* its end is one half of a cross */
    _Atomic bool ended;       /* the track, or its part, has run out by itself */
    _Atomic bool begun;       /* by the other's cross, */
    _Atomic uint64_t frames;  /* how many of it have sounded */
    _Atomic float rms, heard; /* its loudness in its file, and how much of it is let through */
    /* The mixing thread's own. */
    struct ramp come; /* in, beside what is ordered */
    float mean_square, loudest_mean_square, long_mean_square, level;
    uint64_t track_frames; /* from its first sound on */
    bool over;             /* it runs out in this block */
    bool dry;              /* the decoder was late */
    uint32_t tail_left;
    float last[LANE_CHANNELS], tail[LANE_CHANNELS];
};

/* What the engine hands to both. */
struct lane_block {
    const float *mixed;  /* SDL_mixer's music */
    const float *shared; /* gains of both, for each frame */
    float *out;          /* added to */
    size_t frames;       /* LANE_BLOCK at most */
    bool patient;
};

/* Another track is about to begin, from silence. */
void lane_prepare(struct lane *lane);

/* Adds its part of a block, with this gain of its own; where in the block the other is to begin, or
 * SIZE_MAX.  first: it begins in the middle of the block itself. */
size_t lane_mix(struct lane *lane, struct ramp *gain, const struct lane_block *block, size_t first);

/* Where the other begins on the sample: its loudness is taken over, so that no step is heard. */
void lane_begin_after(struct lane *lane, const struct lane *other, uint64_t fade);

/* Ends it at once; if it still sounded, what was heard last is let down. */
void lane_stop(struct lane *lane);

/* How much of it is let through where it has come to, but for what is ordered. */
float lane_end_gain(const struct lane *lane, uint64_t place);

#endif
