/* Breath: moving air with a faint pitch, for any length.
 *
 * It is a few bands of noise and a soft tone; where they lie and how loud they are is a curve over
 * the breath, worked out while it sounds.  So a breath of 0.5 s and one of 20 s are both whole:
 * nothing is cut, stretched or repeated. */
#ifndef LACRIMA_AUDIO_BREATH_H
#define LACRIMA_AUDIO_BREATH_H

#include "parts.h"

#include <stddef.h>
#include <stdint.h>

#define BREATH_BLOCK    32 /* curves are worked out once in so many frames */
#define BREATH_BANDS    3
#define BREATH_PARTIALS 4
#define BREATH_SIDES    2

/* One moment of a breath. */
struct breath_moment {
    double gain; /* of all of it, 0..1 */
    struct {
        double hz, width_hz, level;
    } band[BREATH_BANDS];
    double soft_hz;  /* the edge above this is taken off */
    double pitch_hz; /* of the tone */
    double pitch;    /* its level beside the bands' */
};

struct breath_recipe {
    double level; /* RMS at its height, of a full scale of 1 */
    double sway;  /* how far it swells and falls by itself, as air does */
    struct {
        double ratio, level;
    } partial[BREATH_PARTIALS];
    /* Pure; the gain is 0 at 0 and at length_s. */
    void (*curve)(double at_s, double length_s, struct breath_moment *moment);
};

struct breath {
    const struct breath_recipe *recipe;
    double at_s, length_s, usual_s;
    struct noise common, own[BREATH_SIDES];
    struct band band[BREATH_SIDES][BREATH_BANDS];
    struct soft soft[BREATH_SIDES];
    struct turn tone[BREATH_PARTIALS], beside[BREATH_PARTIALS];
    double sway_at[BREATH_SIDES];
    float gain[BREATH_SIDES], pitch; /* as the last block left them */
};

/* at_s: where in it to begin.  usual_s 0: it is as long as its length.  Otherwise nobody knows yet
 * how long it will be: it goes the way of one of the usual length, stays where that would begin to
 * be let down, and sinks from there until its length is over. */
void breath_begin(struct breath *breath, const struct breath_recipe *recipe, double length_s,
                  double usual_s, double at_s, uint32_t seed);

/* The next frames (<= BREATH_BLOCK), interleaved stereo. */
void breath_play(struct breath *breath, float *out, size_t frames);

extern const struct breath_recipe breath_in, breath_out, breath_top_up, breath_hold, breath_yawn_in,
    breath_yawn_out;

#endif
