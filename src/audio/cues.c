#include "cues.h"

#include "lacrima/base/check.h"

/* No pattern has a longer breath.  Where the person leads, the state's own length is none, or the
 * time that is left of the visit. */
#define BREATH_S_MAX 20.0

struct cue_row {
    const struct breath_recipe *breath; /* one of these two */
    const struct struck_recipe *struck;
    double length_s; /* of a breath, usually */
};

static const struct cue_row rows[CUE_COUNT] = {
    [CUE_SWELL_IN] = {.breath = &breath_in, .length_s = 4.0},
    [CUE_SWELL_OUT] = {.breath = &breath_out, .length_s = 6.0},
    [CUE_TOP_UP] = {.breath = &breath_top_up, .length_s = 1.0},
    [CUE_HOLD] = {.breath = &breath_hold, .length_s = 2.0},
    [CUE_BELL] = {.struck = &struck_bell},
    [CUE_BELLS_TWO] = {.struck = &struck_bells_two},
    [CUE_BELLS_THREE] = {.struck = &struck_bells_three},
    [CUE_MARK] = {.struck = &struck_mark},
    [CUE_CLACK] = {.struck = &struck_clack},
    [CUE_YAWN_IN] = {.breath = &breath_yawn_in, .length_s = 2.5},
    [CUE_YAWN_OUT] = {.breath = &breath_yawn_out, .length_s = 2.5},
};

void cues_plan(enum cue cue, time_ns length_ns, struct voice_plan *plan)
{
    check(cue > CUE_NONE && cue < CUE_COUNT);
    const struct cue_row *row = &rows[cue];
    double length_s = time_seconds(length_ns);
    *plan = (struct voice_plan){.cue = cue};
    if (row->breath != NULL) {
        plan->kind = INSTRUMENT_BREATH;
        plan->recipe = row->breath;
        bool known = length_ns > 0 && length_s <= BREATH_S_MAX;
        plan->length_s = known ? length_s : BREATH_S_MAX;
        plan->usual_s = known ? 0.0 : row->length_s;
        plan->follows = true;
        return;
    }
    plan->kind = INSTRUMENT_STRUCK;
    plan->recipe = row->struck;
    plan->length_s = length_ns > 0 ? fmin(length_s, row->struck->length_s) : row->struck->length_s;
}

const struct texture_recipe *cues_texture(enum ambience ambience)
{
    static const struct texture_recipe *const recipes[AMBIENCE_COUNT] = {
        [AMBIENCE_WATER] = &texture_water,
        [AMBIENCE_EMBERS] = &texture_embers,
        [AMBIENCE_LEAVES] = &texture_leaves,
    };
    check(ambience > AMBIENCE_NONE && ambience < AMBIENCE_COUNT);
    check(recipes[ambience] != NULL);
    return recipes[ambience];
}
