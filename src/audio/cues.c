#include "cues.h"

#include "lacrima/base/check.h"
#include "lacrima/base/ease.h"

#include <math.h>

/* The first moments of every shaped cue: enough in 20 ms to be heard at the boundary, all of it
 * only after 180 ms. */
#define ONSET_S          0.02
#define ONSET_GAIN       0.45
#define ATTACK_S         0.18
#define RELEASE_PART     0.15
#define RELEASE_S_MIN    0.15
#define RELEASE_S_MAX    0.9
#define RELEASE_PART_MAX 0.3
#define CUT_S            0.3 /* a cue that is asked to be shorter than its file fades out in this */

typedef void shape_function(const struct voice_plan *plan, double at_s, struct shape *shape);

static double mix(double a, double b, double x)
{
    return a + (b - a) * ease_clamp(x, 0.0, 1.0);
}

/* Both ends of a shaped cue, 0..1. */
static double ends(double at_s, double length_s)
{
    double release_s = ease_clamp(length_s * RELEASE_PART, RELEASE_S_MIN, RELEASE_S_MAX);
    release_s = fmin(release_s, length_s * RELEASE_PART_MAX);
    double on = ONSET_GAIN * ease_cosine(at_s / ONSET_S) +
                (1.0 - ONSET_GAIN) * ease_cosine((at_s - ONSET_S) / (ATTACK_S - ONSET_S));
    return on * ease_cosine((length_s - at_s) / release_s);
}

/* Rises, grows brighter, and its pitch climbs. */
static void shape_in(const struct voice_plan *plan, double at_s, struct shape *shape)
{
    double x = ease_clamp(at_s / plan->length_s, 0.0, 1.0);
    double rise = ease_ramped(x / (1.0 - RELEASE_PART / 2.0), 0.2);
    double gain = mix(0.28, 1.0, rise) * ends(at_s, plan->length_s);
    shape->gain[0] = (float)(gain * mix(0.9, 0.55, rise));
    shape->gain[1] = (float)(gain * mix(0.1, 1.0, rise * rise));
    shape->rate = (float)mix(0.84, 1.16, rise);
}

/* A second, smaller breath on top of the first: it begins where that one ended. */
static void shape_top_up(const struct voice_plan *plan, double at_s, struct shape *shape)
{
    double rise = ease_clamp(at_s / plan->length_s, 0.0, 1.0);
    double gain = mix(0.5, 0.95, rise) * ends(at_s, plan->length_s);
    shape->gain[0] = (float)(gain * 0.4);
    shape->gain[1] = (float)(gain * mix(0.7, 1.0, rise));
    shape->rate = (float)mix(1.12, 1.34, rise);
}

/* Comes soon to its height, then sinks, darkens and slows: a wave that runs out. */
static void shape_out(const struct voice_plan *plan, double at_s, struct shape *shape)
{
    double crest_s = fmin(0.2 * plan->length_s, 0.9);
    double x = ease_clamp(at_s / plan->length_s, 0.0, 1.0);
    double fall = ease_cosine((at_s - crest_s) / (plan->length_s - crest_s));
    double gain = mix(0.4, 1.0, ease_cosine(at_s / crest_s)) * mix(1.0, 0.12, pow(fall, 0.8)) *
                  ends(at_s, plan->length_s);
    shape->gain[0] = (float)gain;
    shape->gain[1] = (float)(gain * mix(0.6, 0.0, pow(x, 0.5)));
    shape->rate = (float)mix(1.08, 0.72, x);
}

static void shape_hold(const struct voice_plan *plan, double at_s, struct shape *shape)
{
    shape->gain[0] = (float)ends(at_s, plan->length_s);
    shape->gain[1] = 0.0F;
    shape->rate = 1.0F;
}

/* The file as it is; its own attack and decay are in it. */
static void shape_whole(const struct voice_plan *plan, double at_s, struct shape *shape)
{
    double whole_s = (double)plan->layers[0]->frames / ENGINE_RATE;
    bool cut = plan->length_s > 0.0 && plan->length_s < whole_s;
    shape->gain[0] = cut ? (float)ease_cosine((plan->length_s - at_s) / CUT_S) : 1.0F;
    shape->gain[1] = 0.0F;
    shape->rate = 1.0F;
}

struct cue_row {
    const char *file[ENGINE_LAYERS]; /* NULL: the cue has no such layer */
    enum cue textures_of;            /* CUE_NONE: its own */
    bool texture;
    double length_s; /* of a texture, when none is asked for */
    shape_function *shape;
};

static const struct cue_row rows[CUE_COUNT] = {
    [CUE_SWELL_IN] = {.file = {"swell-in-low.ogg", "swell-in-high.ogg"},
                      .texture = true,
                      .length_s = 4.0,
                      .shape = shape_in},
    [CUE_SWELL_OUT] = {.file = {"swell-out-low.ogg", "swell-out-high.ogg"},
                       .texture = true,
                       .length_s = 6.0,
                       .shape = shape_out},
    [CUE_TOP_UP] = {.textures_of = CUE_SWELL_IN,
                    .texture = true,
                    .length_s = 1.0,
                    .shape = shape_top_up},
    [CUE_HOLD] = {.file = {"hold.ogg"}, .texture = true, .length_s = 2.0, .shape = shape_hold},
    [CUE_BELL] = {.file = {"bell.ogg"}, .shape = shape_whole},
    [CUE_BELLS_TWO] = {.file = {"bells-two.ogg"}, .shape = shape_whole},
    [CUE_BELLS_THREE] = {.file = {"bells-three.ogg"}, .shape = shape_whole},
    [CUE_MARK] = {.file = {"mark.ogg"}, .shape = shape_whole},
    [CUE_CLACK] = {.file = {"clack.ogg"}, .shape = shape_whole},
    [CUE_YAWN_IN] = {.file = {"yawn-in.ogg"}, .shape = shape_whole},
    [CUE_YAWN_OUT] = {.file = {"yawn-out.ogg"}, .shape = shape_whole},
};

enum cue cues_source(enum cue cue)
{
    check(cue > CUE_NONE && cue < CUE_COUNT);
    return rows[cue].textures_of != CUE_NONE ? rows[cue].textures_of : cue;
}

const char *cues_file(enum cue cue, size_t layer)
{
    check(cue > CUE_NONE && cue < CUE_COUNT && layer < ENGINE_LAYERS);
    return rows[cue].file[layer];
}

bool cues_is_texture(enum cue cue)
{
    check(cue > CUE_NONE && cue < CUE_COUNT);
    return rows[cue].texture;
}

void cues_plan(const struct cue_bank *bank, enum cue cue, time_ns length_ns,
               struct voice_plan *plan)
{
    check(cue > CUE_NONE && cue < CUE_COUNT);
    const struct cue_row *row = &rows[cue];
    enum cue from = cues_source(cue);
    *plan = (struct voice_plan){.cue = cue, .loops = row->texture, .shape = row->shape};
    for (size_t l = 0; l < ENGINE_LAYERS; l++)
        plan->layers[l] = rows[from].file[l] != NULL ? &bank->sounds[from][l].sound : NULL;
    plan->length_s = length_ns > 0 ? time_seconds(length_ns) : row->length_s;
}
