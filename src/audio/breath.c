#include "breath.h"

#include "lacrima/base/check.h"
#include "lacrima/base/ease.h"

#include <string.h>

#define STAYS_PART 0.8 /* of its usual length: from here on a breath would be let down */

#define SEEDS      4U /* that one breath takes */

/* Beside each partial turns another, a little faster, of opposite sign on either side: the tone is
 * wide and sways slowly, and in mono it is still. */
#define BESIDE_HZ    0.4
#define BESIDE_LEVEL 0.35F

/* Three slow waves whose lengths have nothing in common. */
static const double sway_hz[] = {0.31, 0.73, 1.87};
static const double sway_share[] = {0.45, 0.35, 0.2};
#define SWAY_APART 0.37 /* of a wave, between the sides */

void breath_begin(struct breath *breath, const struct breath_recipe *recipe, double length_s,
                  double usual_s, double at_s, uint32_t seed)
{
    memset(breath, 0, sizeof *breath);
    breath->recipe = recipe;
    breath->length_s = length_s;
    breath->usual_s = usual_s;
    breath->at_s = at_s;
    /* Numbers of its own, so that no two voices share a noise. */
    seed *= SEEDS;
    breath->common = noise_from(seed);
    struct noise dice = noise_from(seed + 1U);
    for (size_t c = 0; c < BREATH_SIDES; c++) {
        breath->own[c] = noise_from(seed + 2U + (uint32_t)c);
        breath->sway_at[c] = 97.0 * (double)noise_part(&dice) + SWAY_APART * (double)c;
    }
    for (size_t p = 0; p < BREATH_PARTIALS; p++) {
        breath->tone[p] = turn_of(0.0);
        breath->beside[p] = turn_of(0.25 + (double)noise_part(&dice));
    }
}

static double swayed(const struct breath *breath, size_t side)
{
    double sum = 0.0;
    for (size_t i = 0; i < sizeof sway_hz / sizeof sway_hz[0]; i++)
        sum += sway_share[i] *
               sin(2.0 * PARTS_PI * sway_hz[i] * (breath->at_s + breath->sway_at[side]));
    return 1.0 + breath->recipe->sway * sum;
}

static void play_air(struct breath *breath, const struct breath_moment *moment,
                     const float step[BREATH_SIDES], float *out, size_t frames)
{
    struct band_place place[BREATH_BANDS];
    size_t bands = 0;
    for (; bands < BREATH_BANDS && moment->band[bands].hz > 0.0; bands++)
        place[bands] = band_at(moment->band[bands].hz, moment->band[bands].width_hz,
                               moment->band[bands].level);
    float part = soft_at(moment->soft_hz);
    for (size_t i = 0; i < frames; i++) {
        float common = PARTS_COMMON * noise_next(&breath->common);
        for (size_t c = 0; c < BREATH_SIDES; c++) {
            float x = common + PARTS_OWN * noise_next(&breath->own[c]);
            float sum = 0.0F;
            for (size_t b = 0; b < bands; b++)
                sum += band_next(&breath->band[c][b], &place[b], x);
            breath->gain[c] += step[c];
            out[BREATH_SIDES * i + c] = breath->gain[c] * soft_next(&breath->soft[c], part, sum);
        }
    }
}

static void play_tone(struct breath *breath, const struct breath_moment *moment, float to,
                      float *out, size_t frames)
{
    float step_gain = (to - breath->pitch) / (float)frames;
    for (size_t p = 0; p < BREATH_PARTIALS && breath->recipe->partial[p].ratio > 0.0; p++) {
        double hz = moment->pitch_hz * breath->recipe->partial[p].ratio;
        struct turn step = turn_of(hz / PARTS_RATE);
        struct turn step_beside = turn_of((hz + BESIDE_HZ) / PARTS_RATE);
        float level = (float)breath->recipe->partial[p].level;
        float gain = breath->pitch;
        for (size_t i = 0; i < frames; i++) {
            turn_by(&breath->tone[p], &step);
            turn_by(&breath->beside[p], &step_beside);
            gain += step_gain;
            float middle = breath->tone[p].im * level * gain;
            float side = BESIDE_LEVEL * breath->beside[p].im * level * gain;
            out[BREATH_SIDES * i] += middle + side;
            out[BREATH_SIDES * i + 1] += middle - side;
        }
        turn_round(&breath->tone[p]);
        turn_round(&breath->beside[p]);
    }
    breath->pitch = to;
}

static void follow_open(const struct breath *breath, struct breath_moment *moment)
{
    double stays_s = STAYS_PART * breath->usual_s;
    breath->recipe->curve(fmin(breath->at_s, stays_s), breath->usual_s, moment);
    moment->gain *= ease_cosine((breath->length_s - breath->at_s) / (breath->length_s - stays_s));
}

void breath_play(struct breath *breath, float *out, size_t frames)
{
    check(frames > 0 && frames <= BREATH_BLOCK);
    breath->at_s += (double)frames / PARTS_RATE;
    struct breath_moment moment;
    memset(&moment, 0, sizeof moment);
    if (breath->usual_s > 0.0)
        follow_open(breath, &moment);
    else
        breath->recipe->curve(breath->at_s, breath->length_s, &moment);
    double gain = moment.gain * breath->recipe->level;
    float step[BREATH_SIDES];
    for (size_t c = 0; c < BREATH_SIDES; c++)
        step[c] = ((float)(gain * swayed(breath, c)) - breath->gain[c]) / (float)frames;
    play_air(breath, &moment, step, out, frames);
    play_tone(breath, &moment, (float)(gain * moment.pitch), out, frames);
}
