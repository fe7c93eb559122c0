/* The breaths themselves.  In rises: louder, brighter, and its pitch climbs from D to A.  Out falls
 * the same way, and sets in with its height.  The sip on top of an in-breath begins where that one
 * ended; a held breath is a still chord of the same D and A, with hardly any air in it. */
#include "breath.h"

#include "lacrima/base/ease.h"

/* The first moments: enough in 20 ms to be heard at the boundary, all of it only after 180 ms. */
#define ONSET_S          0.02
#define ONSET_GAIN       0.45
#define ATTACK_S         0.18
#define RELEASE_PART     0.15
#define RELEASE_S_MIN    0.15
#define RELEASE_S_MAX    0.9
#define RELEASE_PART_MAX 0.3

#define D3_HZ            146.83
#define A3_HZ            220.0
#define C4_HZ            261.63

#define CREST_PART       0.2 /* of an out-breath, until its height */
#define CREST_S_MAX      0.9

#define MOUTH_PART       0.05
#define MOUTH_S_MAX      0.12

static double mix(double a, double b, double x)
{
    return a + (b - a) * ease_clamp(x, 0.0, 1.0);
}

/* Pitches and filters move evenly to the ear when they move by ratios. */
static double glide(double a, double b, double x)
{
    return a * pow(b / a, ease_clamp(x, 0.0, 1.0));
}

static double ends(double at_s, double length_s)
{
    double release_s = ease_clamp(length_s * RELEASE_PART, RELEASE_S_MIN, RELEASE_S_MAX);
    release_s = fmin(release_s, length_s * RELEASE_PART_MAX);
    double on = ONSET_GAIN * ease_cosine(at_s / ONSET_S) +
                (1.0 - ONSET_GAIN) * ease_cosine((at_s - ONSET_S) / (ATTACK_S - ONSET_S));
    return on * ease_cosine((length_s - at_s) / release_s);
}

static void set_band(struct breath_moment *moment, size_t band, double hz, double width_hz,
                     double level)
{
    moment->band[band].hz = hz;
    moment->band[band].width_hz = width_hz;
    moment->band[band].level = level;
}

static void curve_in(double at_s, double length_s, struct breath_moment *moment)
{
    double rise = ease_ramped(at_s / length_s / (1.0 - RELEASE_PART / 2.0), 0.2);
    moment->gain = mix(0.28, 1.0, rise) * ends(at_s, length_s);
    set_band(moment, 0, glide(300.0, 560.0, rise), 420.0, mix(0.95, 0.6, rise));
    set_band(moment, 1, glide(700.0, 2300.0, rise), glide(500.0, 2300.0, rise),
             mix(0.1, 0.85, rise));
    moment->soft_hz = glide(1500.0, 5200.0, rise);
    moment->pitch_hz = glide(D3_HZ, A3_HZ, rise);
    moment->pitch = mix(0.34, 0.22, rise);
}

static void curve_top_up(double at_s, double length_s, struct breath_moment *moment)
{
    double rise = ease_clamp(at_s / length_s, 0.0, 1.0);
    moment->gain = mix(0.5, 0.95, rise) * ends(at_s, length_s);
    set_band(moment, 0, glide(560.0, 640.0, rise), 460.0, 0.4);
    set_band(moment, 1, glide(2300.0, 3300.0, rise), glide(2300.0, 2900.0, rise),
             mix(0.7, 0.95, rise));
    moment->soft_hz = glide(5200.0, 6800.0, rise);
    moment->pitch_hz = glide(A3_HZ, C4_HZ, rise);
    moment->pitch = 0.24;
}

/* Comes soon to its height, then sinks, darkens and slows: a wave that runs out. */
static void curve_out(double at_s, double length_s, struct breath_moment *moment)
{
    double crest_s = fmin(CREST_PART * length_s, CREST_S_MAX);
    double x = ease_clamp(at_s / length_s, 0.0, 1.0);
    double fall = ease_cosine((at_s - crest_s) / (length_s - crest_s));
    moment->gain = mix(0.4, 1.0, ease_cosine(at_s / crest_s)) * mix(1.0, 0.13, pow(fall, 0.8)) *
                   ends(at_s, length_s);
    set_band(moment, 0, glide(460.0, 210.0, x), glide(420.0, 260.0, x), 1.0);
    set_band(moment, 1, glide(1300.0, 520.0, x), glide(1400.0, 420.0, x), mix(0.55, 0.05, sqrt(x)));
    moment->soft_hz = glide(3000.0, 800.0, x);
    moment->pitch_hz = glide(A3_HZ, D3_HZ, x / 0.85);
    moment->pitch = mix(0.22, 0.4, x);
}

static void curve_hold(double at_s, double length_s, struct breath_moment *moment)
{
    moment->gain = ends(at_s, length_s);
    set_band(moment, 0, 293.7, 160.0, 0.16);
    moment->soft_hz = 600.0;
    moment->pitch_hz = D3_HZ;
    moment->pitch = 1.0;
}

/* A mouth is slower than a swell to begin. */
static double mouth(double at_s, double length_s)
{
    double opens_s = fmin(MOUTH_PART * length_s, MOUTH_S_MAX);
    double closes_s = fmin(RELEASE_PART * length_s, RELEASE_S_MAX);
    return ease_cosine(at_s / opens_s) * ease_cosine((length_s - at_s) / closes_s);
}

/* A jaw that opens as the air comes in: the resonances of a mouth, first narrow, then wide; most of
 * it comes late, and its end is caught rather than let go. */
static void curve_yawn_in(double at_s, double length_s, struct breath_moment *moment)
{
    double x = ease_clamp(at_s / length_s, 0.0, 1.0);
    double open = ease_cosine(x / 0.8);
    double swell = mix(0.12, 1.0, ease_cosine((x - 0.06) / 0.76));
    moment->gain = swell * mouth(at_s, length_s);
    set_band(moment, 0, glide(400.0, 860.0, open), 170.0, mix(1.0, 0.8, open));
    set_band(moment, 1, glide(950.0, 1420.0, open), 230.0, mix(0.5, 0.7, open));
    set_band(moment, 2, glide(2250.0, 2850.0, open), 900.0, mix(0.16, 0.32, open));
    moment->soft_hz = glide(2000.0, 3800.0, open);
}

/* The mouth closes again over a long breath, under which a voice is only felt. */
static void curve_yawn_out(double at_s, double length_s, struct breath_moment *moment)
{
    double x = ease_clamp(at_s / length_s, 0.0, 1.0);
    double fall = ease_cosine((x - 0.14) / 0.86);
    moment->gain = mix(0.45, 1.0, ease_cosine(x / 0.16)) * mix(1.0, 0.1, pow(fall, 0.75)) *
                   mouth(at_s, length_s);
    set_band(moment, 0, glide(840.0, 380.0, x), glide(260.0, 180.0, x), 1.0);
    set_band(moment, 1, glide(1300.0, 800.0, x), glide(380.0, 260.0, x), mix(0.55, 0.3, x));
    set_band(moment, 2, glide(2700.0, 2200.0, x), 800.0, mix(0.3, 0.04, x));
    moment->soft_hz = glide(3600.0, 1300.0, x);
    moment->pitch_hz = glide(178.0, 104.0, ease_cosine(x));
    moment->pitch = 0.3 * ease_cosine(x / 0.2) * ease_cosine((0.75 - x) / 0.5);
}

const struct breath_recipe breath_in = {.level = 0.042,
                                        .sway = 0.14,
                                        .partial = {{1.0, 1.0}, {2.0, 0.3}, {3.0, 0.1}},
                                        .curve = curve_in};
const struct breath_recipe breath_out = {.level = 0.046,
                                         .sway = 0.18,
                                         .partial = {{1.0, 1.0}, {2.0, 0.3}, {3.0, 0.1}},
                                         .curve = curve_out};
const struct breath_recipe breath_top_up = {.level = 0.042,
                                            .sway = 0.1,
                                            .partial = {{1.0, 1.0}, {2.0, 0.3}, {3.0, 0.1}},
                                            .curve = curve_top_up};
const struct breath_recipe breath_hold = {
    .level = 0.024,
    .sway = 0.1,
    .partial = {{1.0, 1.0}, {1.5, 0.7}, {2.0, 0.5}, {3.0, 0.16}},
    .curve = curve_hold};
const struct breath_recipe breath_yawn_in = {.level = 0.036, .sway = 0.22, .curve = curve_yawn_in};
const struct breath_recipe breath_yawn_out = {
    .level = 0.038,
    .sway = 0.18,
    .partial = {{1.0, 1.0}, {2.0, 0.45}, {3.0, 0.25}, {4.0, 0.12}},
    .curve = curve_yawn_out};
