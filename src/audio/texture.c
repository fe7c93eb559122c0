#include "texture.h"

#include "lacrima/base/check.h"

#include <stdbool.h>
#include <string.h>

#define SEEDS 4U    /* that one texture takes: no two share a noise */
#define GONE  1e-4F /* a drop that has sunk to this is over */

static const double sway_hz[] = {0.113, 0.29, 0.71};

void texture_begin(struct texture *texture, const struct texture_recipe *recipe, uint32_t seed)
{
    memset(texture, 0, sizeof *texture);
    texture->recipe = recipe;
    seed *= SEEDS;
    texture->common = noise_from(seed);
    texture->dice = noise_from(seed + 1U);
    for (size_t c = 0; c < TEXTURE_SIDES; c++)
        texture->own[c] = noise_from(seed + 2U + (uint32_t)c);
    texture->sway_at = 97.0 * (double)noise_part(&texture->dice);
    texture->soft_part = soft_at(recipe->soft_hz);
    texture->gain = 1.0F;
    for (size_t b = 0; b < TEXTURE_BANDS && recipe->band[b].hz > 0.0; b++)
        texture->place[b] =
            band_at(recipe->band[b].hz, recipe->band[b].width_hz, recipe->band[b].level);
}

static double between(struct texture *texture, double low, double high)
{
    return low * pow(high / low, (double)noise_part(&texture->dice));
}

/* Most drops are small: their loudness goes with the fourth power of chance. */
static void fall(struct texture *texture, struct texture_drop *drop)
{
    const struct texture_recipe *recipe = texture->recipe;
    float chance = noise_part(&texture->dice);
    float side = noise_part(&texture->dice);
    double decay_s = between(texture, recipe->drop.shortest_s, recipe->drop.longest_s);
    drop->turn = turn_of(0.0);
    drop->hz = between(texture, recipe->drop.low_hz, recipe->drop.high_hz);
    drop->bends_hz = recipe->drop.bends * drop->hz / decay_s;
    drop->loud = (float)recipe->drop.loudest * (0.04F + 0.96F * chance * chance * chance * chance);
    drop->gain[0] = sqrtf(1.0F - side);
    drop->gain[1] = sqrtf(side);
    drop->fades = (float)exp(-1.0 / (decay_s * PARTS_RATE));
    drop->rises = (float)(1.0 / (recipe->drop.rise_s * PARTS_RATE));
    drop->risen = 0.0F;
}

static void play_drop(struct texture_drop *drop, float *out, size_t frames)
{
    struct turn step = turn_of(drop->hz / PARTS_RATE);
    drop->hz += drop->bends_hz * (double)frames / PARTS_RATE;
    for (size_t i = 0; i < frames; i++) {
        turn_by(&drop->turn, &step);
        drop->risen += (1.0F - drop->risen) * drop->rises;
        drop->loud *= drop->fades;
        float x = drop->loud * drop->risen * drop->turn.im;
        for (size_t c = 0; c < TEXTURE_SIDES; c++)
            out[TEXTURE_SIDES * i + c] += x * drop->gain[c];
    }
    turn_round(&drop->turn);
    if (drop->loud < GONE)
        drop->loud = 0.0F;
}

static void play_rush(struct texture *texture, float *out, size_t frames)
{
    double sum = 0.0;
    for (size_t i = 0; i < sizeof sway_hz / sizeof sway_hz[0]; i++)
        sum += sin(2.0 * PARTS_PI * sway_hz[i] * (texture->at_s + texture->sway_at)) / 3.0;
    float to = (float)(1.0 + texture->recipe->sway * sum);
    float step = (to - texture->gain) / (float)frames;
    for (size_t i = 0; i < frames; i++) {
        texture->gain += step;
        float common = PARTS_COMMON * noise_next(&texture->common);
        for (size_t c = 0; c < TEXTURE_SIDES; c++) {
            float x = common + PARTS_OWN * noise_next(&texture->own[c]);
            float rush = 0.0F;
            for (size_t b = 0; b < TEXTURE_BANDS && texture->recipe->band[b].hz > 0.0; b++)
                rush += band_next(&texture->band[c][b], &texture->place[b], x);
            out[TEXTURE_SIDES * i + c] =
                texture->gain * soft_next(&texture->soft[c], texture->soft_part, rush);
        }
    }
}

void texture_play(struct texture *texture, float *out, size_t frames)
{
    check(frames > 0 && frames <= TEXTURE_BLOCK);
    play_rush(texture, out, frames);
    texture->at_s += (double)frames / PARTS_RATE;
    double due = texture->recipe->drop.a_second * (double)frames / PARTS_RATE;
    bool falls = (double)noise_part(&texture->dice) < due;
    for (size_t d = 0; d < TEXTURE_DROPS; d++) {
        struct texture_drop *drop = &texture->drop[d];
        if (falls && drop->loud <= 0.0F) {
            fall(texture, drop);
            falls = false;
        }
        if (drop->loud > 0.0F)
            play_drop(drop, out, frames);
    }
}

/* Water that falls on stone: a dark rush, a bright splash, and drops, each a bubble that rings and
 * bends upward as it closes (Minnaert 1933). */
const struct texture_recipe texture_water = {
    .band = {{430.0, 700.0, 0.024}, {1300.0, 1700.0, 0.016}, {3000.0, 3000.0, 0.011}},
    .soft_hz = 6500.0,
    .sway = 0.05,
    .drop = {.a_second = 130.0,
             .low_hz = 700.0,
             .high_hz = 4200.0,
             .shortest_s = 0.004,
             .longest_s = 0.025,
             .rise_s = 0.0006,
             .loudest = 0.03,
             .bends = 0.18}};

/* What is left of a fire: a low warm breath, and now and then a spark that cracks. */
const struct texture_recipe texture_embers = {
    .band = {{120.0, 120.0, 0.012}, {380.0, 420.0, 0.006}, {1200.0, 900.0, 0.0018}},
    .soft_hz = 2200.0,
    .sway = 0.3,
    .drop = {.a_second = 9.0,
             .low_hz = 900.0,
             .high_hz = 5200.0,
             .shortest_s = 0.0007,
             .longest_s = 0.005,
             .rise_s = 0.0003,
             .loudest = 0.12,
             .bends = -0.2}};

/* Dry leaves that a wind takes along. */
const struct texture_recipe texture_leaves = {
    .band = {{300.0, 320.0, 0.010}, {900.0, 900.0, 0.009}, {4200.0, 3600.0, 0.004}},
    .soft_hz = 6000.0,
    .sway = 0.55,
    .drop = {.a_second = 60.0,
             .low_hz = 1800.0,
             .high_hz = 6500.0,
             .shortest_s = 0.0008,
             .longest_s = 0.004,
             .rise_s = 0.0004,
             .loudest = 0.016,
             .bends = 0.0}};
