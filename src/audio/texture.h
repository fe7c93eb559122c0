/* Texture: a sound without an end, of rushing air or water and of single drops or sparks in it.
 *
 * Nothing in it is recorded, so nothing in it comes again. */
#ifndef LACRIMA_AUDIO_TEXTURE_H
#define LACRIMA_AUDIO_TEXTURE_H

#include "parts.h"

#include <stddef.h>
#include <stdint.h>

#define TEXTURE_BLOCK 32
#define TEXTURE_BANDS 4
#define TEXTURE_DROPS 24 /* that sound at once; the next one waits */
#define TEXTURE_SIDES 2

struct texture_recipe {
    struct {
        double hz, width_hz, level;
    } band[TEXTURE_BANDS]; /* the first with 0 Hz ends them */
    double soft_hz;
    double sway; /* of the whole */
    struct {
        double a_second, low_hz, high_hz, shortest_s, longest_s, rise_s, loudest;
        double bends; /* how much higher a drop is when it has died away */
    } drop;
};

struct texture_drop {
    struct turn turn;
    double hz, bends_hz; /* a second */
    float gain[TEXTURE_SIDES], loud, fades, rises, risen;
};

struct texture {
    const struct texture_recipe *recipe;
    double at_s, sway_at;
    struct noise common, own[TEXTURE_SIDES], dice;
    struct band band[TEXTURE_SIDES][TEXTURE_BANDS];
    struct band_place place[TEXTURE_BANDS];
    struct soft soft[TEXTURE_SIDES];
    float soft_part, gain;
    struct texture_drop drop[TEXTURE_DROPS];
};

void texture_begin(struct texture *texture, const struct texture_recipe *recipe, uint32_t seed);

/* The next frames (<= TEXTURE_BLOCK), interleaved stereo. */
void texture_play(struct texture *texture, float *out, size_t frames);

extern const struct texture_recipe texture_water, texture_embers, texture_leaves;

#endif
