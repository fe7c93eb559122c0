/* Struck: a bowl, a piece of wood, anything that is struck and left to ring.
 *
 * It rings in a few partials, each with its own rise and decay, and each a pair a little apart, so
 * that it beats as cast metal does.  A stroke on what still rings adds to it. */
#ifndef LACRIMA_AUDIO_STRUCK_H
#define LACRIMA_AUDIO_STRUCK_H

#include "parts.h"

#include <stddef.h>
#include <stdint.h>

#define STRUCK_BLOCK    32
#define STRUCK_PARTIALS 5 /* at the most */
#define STRUCK_STROKES  3
#define STRUCK_SIDES    2

struct struck_partial {
    double hz, beat_hz, level, rise_s, decay_s; /* decay: to 1/e */
};

struct struck_stroke {
    double at_s, level;
};

struct struck_recipe {
    double level, length_s;
    const struct struck_partial *partials;       /* <= STRUCK_PARTIALS; one with 0 Hz ends them */
    struct struck_stroke stroke[STRUCK_STROKES]; /* the first with level 0 ends them */
    struct struck_partial
        dust; /* noise around hz, beat_hz wide; what a knock has beside its tone */
};

struct struck {
    const struct struck_recipe *recipe;
    double at_s, length_s;
    struct turn tone[STRUCK_PARTIALS], beside[STRUCK_PARTIALS];
    float gain[STRUCK_PARTIALS], dust_gain;
    struct noise noise[STRUCK_SIDES];
    struct band band[STRUCK_SIDES];
};

/* length_s 0: until it has died away; otherwise it is let down by then. */
void struck_begin(struct struck *struck, const struct struck_recipe *recipe, double length_s,
                  uint32_t seed);

/* The next frames (<= STRUCK_BLOCK), interleaved stereo. */
void struck_play(struct struck *struck, float *out, size_t frames);

extern const struct struck_recipe struck_bell, struck_bells_two, struck_bells_three, struck_mark,
    struck_clack;

#endif
