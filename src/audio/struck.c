#include "struck.h"

#include "lacrima/base/check.h"
#include "lacrima/base/ease.h"

#include <stdbool.h>
#include <string.h>

#define CUT_S     0.3  /* one that is asked to be shorter than it rings is let down in this */
#define DIES_PART 0.25 /* of the length, in which the last of it goes */
/* The two of a pair: so much of the one and of the other, each turned a little between the sides.
 */
#define PAIR_FIRST  0.62F
#define PAIR_SECOND 0.38F
#define APART       0.03 /* of a turn */

void struck_begin(struct struck *struck, const struct struck_recipe *recipe, double length_s,
                  uint32_t seed)
{
    memset(struck, 0, sizeof *struck);
    struck->recipe = recipe;
    struck->length_s = length_s > 0.0 ? fmin(length_s, recipe->length_s) : recipe->length_s;
    for (size_t p = 0; p < STRUCK_PARTIALS; p++)
        struck->tone[p] = struck->beside[p] = turn_of(0.0);
    for (size_t c = 0; c < STRUCK_SIDES; c++)
        struck->noise[c] = noise_from(STRUCK_SIDES * seed + (uint32_t)c);
}

static double ring(const struct struck *struck, const struct struck_partial *partial)
{
    double sum = 0.0;
    for (size_t s = 0; s < STRUCK_STROKES && struck->recipe->stroke[s].level > 0.0; s++) {
        double since_s = struck->at_s - struck->recipe->stroke[s].at_s;
        if (since_s <= 0.0)
            break;
        sum += struck->recipe->stroke[s].level * ease_cosine(since_s / partial->rise_s) *
               exp(-fmax(0.0, since_s - partial->rise_s) / partial->decay_s);
    }
    return sum * partial->level * struck->recipe->level;
}

static double dying(const struct struck *struck)
{
    bool cut = struck->length_s < struck->recipe->length_s;
    double over_s = cut ? CUT_S : DIES_PART * struck->length_s;
    return ease_cosine((struck->length_s - struck->at_s) / over_s);
}

static void play_partial(struct struck *struck, size_t p, float to, float *out, size_t frames)
{
    const struct struck_partial *partial = &struck->recipe->partials[p];
    struct turn step = turn_of((partial->hz - partial->beat_hz / 2.0) / PARTS_RATE);
    struct turn beside = turn_of((partial->hz + partial->beat_hz / 2.0) / PARTS_RATE);
    /* Of a point that turns, a little of the other coordinate is the same a little earlier. */
    float lead = (float)tan(2.0 * PARTS_PI * APART);
    float gain = struck->gain[p];
    float step_gain = (to - gain) / (float)frames;
    for (size_t i = 0; i < frames; i++) {
        turn_by(&struck->tone[p], &step);
        turn_by(&struck->beside[p], &beside);
        gain += step_gain;
        float middle = PAIR_FIRST * struck->tone[p].im + PAIR_SECOND * struck->beside[p].im;
        float side = lead * (PAIR_FIRST * struck->tone[p].re - PAIR_SECOND * struck->beside[p].re);
        out[STRUCK_SIDES * i] += gain * (middle + side);
        out[STRUCK_SIDES * i + 1] += gain * (middle - side);
    }
    turn_round(&struck->tone[p]);
    turn_round(&struck->beside[p]);
    struck->gain[p] = to;
}

static void play_dust(struct struck *struck, float to, float *out, size_t frames)
{
    const struct struck_partial *dust = &struck->recipe->dust;
    struct band_place place = band_at(dust->hz, dust->beat_hz, 1.0);
    float gain = struck->dust_gain;
    float step_gain = (to - gain) / (float)frames;
    for (size_t i = 0; i < frames; i++) {
        gain += step_gain;
        for (size_t c = 0; c < STRUCK_SIDES; c++)
            out[STRUCK_SIDES * i + c] +=
                gain * band_next(&struck->band[c], &place, noise_next(&struck->noise[c]));
    }
    struck->dust_gain = to;
}

void struck_play(struct struck *struck, float *out, size_t frames)
{
    check(frames > 0 && frames <= STRUCK_BLOCK);
    memset(out, 0, frames * STRUCK_SIDES * sizeof *out);
    struck->at_s += (double)frames / PARTS_RATE;
    double last = dying(struck);
    for (size_t p = 0; p < STRUCK_PARTIALS && struck->recipe->partials[p].hz > 0.0; p++)
        play_partial(struck, p, (float)(ring(struck, &struck->recipe->partials[p]) * last), out,
                     frames);
    if (struck->recipe->dust.hz > 0.0)
        play_dust(struck, (float)(ring(struck, &struck->recipe->dust) * last), out, frames);
}

/* A bowl, stroked rather than hit: partials as such bowls have them (near 1 : 2.7 : 5.2 : 8.1
 * : 11.6, the higher the sooner gone), over A below middle C. */
#define BOWL_HZ    220.0
#define BOWL_S     9.0
#define STROKES_S  1.6 /* from one to the next */
#define BOWL_LEVEL 0.118

static const struct struck_partial bowl[] = {
    {BOWL_HZ, 0.55, 1.0, 0.19, 1.9},          {BOWL_HZ * 2.74, 0.9, 0.34, 0.11, 1.25},
    {BOWL_HZ * 5.15, 1.3, 0.11, 0.06, 0.65},  {BOWL_HZ * 8.05, 2.0, 0.03, 0.04, 0.3},
    {BOWL_HZ * 11.6, 2.6, 0.012, 0.03, 0.16}, {.hz = 0.0}};
const struct struck_recipe struck_bell = {
    .level = BOWL_LEVEL, .length_s = BOWL_S, .partials = bowl, .stroke = {{0.0, 1.0}}};
const struct struck_recipe struck_bells_two = {.level = BOWL_LEVEL,
                                               .length_s = BOWL_S + STROKES_S,
                                               .partials = bowl,
                                               .stroke = {{0.0, 0.85}, {STROKES_S, 0.75}}};
const struct struck_recipe struck_bells_three = {
    .level = BOWL_LEVEL,
    .length_s = BOWL_S + 2.0 * STROKES_S,
    .partials = bowl,
    .stroke = {{0.0, 0.8}, {STROKES_S, 0.68}, {2.0 * STROKES_S, 0.62}}};

/* A soft mallet on a small bar: there, and gone. */
static const struct struck_partial bar[] = {
    {293.66, 0.3, 1.0, 0.16, 0.26}, {1154.1, 1.0, 0.13, 0.05, 0.08}, {.hz = 0.0}};
const struct struck_recipe struck_mark = {
    .level = 0.092, .length_s = 1.8, .partials = bar, .stroke = {{0.0, 1.0}}};

/* Two pieces of wood, three times, closer together and louder: each knock is as short as wood is,
 * and yet nothing is loud at once. */
#define WOOD_HZ 523.0
static const struct struck_partial wood[] = {{WOOD_HZ, 3.0, 1.0, 0.006, 0.030},
                                             {WOOD_HZ * 2.76, 5.0, 0.5, 0.004, 0.017},
                                             {WOOD_HZ * 5.4, 7.0, 0.15, 0.003, 0.009},
                                             {.hz = 0.0}};
const struct struck_recipe struck_clack = {.level = 0.15,
                                           .length_s = 0.7,
                                           .partials = wood,
                                           .stroke = {{0.0, 0.14}, {0.115, 0.42}, {0.2, 1.0}},
                                           .dust = {1250.0, 1100.0, 0.3, 0.003, 0.008}};
