/* Ramp: a gain that moves along a curve, sample by sample. */
#ifndef LACRIMA_AUDIO_RAMP_H
#define LACRIMA_AUDIO_RAMP_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/* SOFT has a continuous speed: no corner at either end.  POWER is a quarter of a sine: of two that
 * cross, the squares make one at every moment, so that neither dips nor swells in between. */
enum ramp_curve { RAMP_SOFT, RAMP_POWER };

struct ramp {
    float from, to, now;
    uint32_t at, length; /* frames */
    enum ramp_curve curve;
};

/* x: how much of the way to full; the same backwards on the way to silence. */
static inline float ramp_shape(enum ramp_curve curve, float x)
{
    return curve == RAMP_SOFT ? x * x * (3.0F - 2.0F * x) : sinf(1.5707963F * x);
}

static inline void ramp_to(struct ramp *ramp, float to, uint32_t length, enum ramp_curve curve)
{
    *ramp = (struct ramp){
        .from = ramp->now, .to = to, .now = ramp->now, .length = length, .curve = curve};
    if (length == 0)
        ramp->now = to;
}

static inline bool ramp_done(const struct ramp *ramp)
{
    return ramp->at >= ramp->length;
}

static inline float ramp_next(struct ramp *ramp)
{
    if (ramp->at < ramp->length) {
        ramp->at++;
        float x = (float)ramp->at / (float)ramp->length;
        ramp->now = ramp->to >= ramp->from
                        ? ramp->from + (ramp->to - ramp->from) * ramp_shape(ramp->curve, x)
                        : ramp->to + (ramp->from - ramp->to) * ramp_shape(ramp->curve, 1.0F - x);
    }
    return ramp->now;
}

#endif
