/* Parts: what every cue is made of, small enough to be inlined: noise, a band of it, a turning
 * tone.
 *
 * All of it is worked out while it sounds, from a seed: the same seed gives the same samples. */
#ifndef LACRIMA_AUDIO_PARTS_H
#define LACRIMA_AUDIO_PARTS_H

#include <math.h>
#include <stdint.h>

#define PARTS_RATE 48000.0
#define PARTS_PI   3.14159265358979323846
/* Of two sides of noise so much is common to both and so much each side's own: wide, but not two
 * sources, and in mono not much softer. */
#define PARTS_COMMON 0.75F
#define PARTS_OWN    0.66F

/* xorshift32 (Marsaglia 2003): its state is never 0. */
struct noise {
    uint32_t state;
};

static inline struct noise noise_from(uint32_t seed)
{
    /* Seeds that follow each other are spread apart, so that their first samples do too. */
    uint32_t x = (seed + 1U) * 0x9E3779B1U;
    x ^= x >> 15;
    x *= 0x85EBCA77U;
    return (struct noise){x != 0 ? x : 1U};
}

static inline float noise_next(struct noise *noise) /* -1 to 1, even */
{
    uint32_t x = noise->state;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    noise->state = x;
    return (float)(int32_t)x * (1.0F / 2147483648.0F);
}

static inline float noise_part(struct noise *noise) /* 0 to 1 */
{
    return 0.5F + 0.5F * noise_next(noise);
}

/* A band: a two-pole state-variable filter (trapezoidal, after Simper), which stays quiet and sure
 * while its place moves.  Fed with the noise above, `level` is what comes out, as an RMS. */
struct band_place {
    float g, k, a, gain;
};

struct band {
    float low, mid;
};

static inline struct band_place band_at(double hz, double width_hz, double level)
{
    const double common = (double)PARTS_COMMON;
    const double own = (double)PARTS_OWN;
    const double power = (common * common + own * own) / 3.0;
    double g = tan(PARTS_PI * hz / PARTS_RATE);
    double k = width_hz / hz;
    return (struct band_place){
        .g = (float)g,
        .k = (float)k,
        .a = (float)(1.0 / (1.0 + g * (g + k))),
        .gain = (float)(level * k / sqrt(power * PARTS_PI * width_hz / PARTS_RATE))};
}

static inline float band_next(struct band *band, const struct band_place *at, float x)
{
    float mid = (band->mid + at->g * (x - band->low)) * at->a;
    float low = band->low + at->g * mid;
    band->mid = 2.0F * mid - band->mid;
    band->low = 2.0F * low - band->low;
    return mid * at->gain;
}

/* A low pass of two gentle poles, to take the edge off. */
struct soft {
    float once, twice;
};

static inline float soft_at(double hz)
{
    return (float)(1.0 - exp(-2.0 * PARTS_PI * hz / PARTS_RATE));
}

static inline float soft_next(struct soft *soft, float part, float x)
{
    soft->once += part * (x - soft->once);
    soft->twice += part * (soft->once - soft->twice);
    return soft->twice;
}

/* A point that turns: its height is a sine.  Turned by a step, which changes once in a block. */
struct turn {
    float re, im;
};

static inline struct turn turn_of(double cycles)
{
    return (struct turn){(float)cos(2.0 * PARTS_PI * cycles), (float)sin(2.0 * PARTS_PI * cycles)};
}

static inline void turn_by(struct turn *turn, const struct turn *step)
{
    float re = turn->re * step->re - turn->im * step->im;
    turn->im = turn->re * step->im + turn->im * step->re;
    turn->re = re;
}

/* Once in a block: back onto the circle, from which rounding takes it. */
static inline void turn_round(struct turn *turn)
{
    float off = 1.5F - 0.5F * (turn->re * turn->re + turn->im * turn->im);
    turn->re *= off;
    turn->im *= off;
}

#endif
