/* The landing: what every visit ends in, the same whatever happened. */
#include "techniques.h"
#include "view.h"

#include "mark.h"

enum { BREATH, WATER, CLOTH, FEET, DAY };

/* The long out-breaths take a third of it, the other four share the rest. */
#define BREATH_SHARE_NUM 1
#define BREATH_SHARE_DEN 3
#define OTHERS           4

static const struct phase phases[] = {
    [BREATH] = {.name = "breath",
                .words = {N_("Coming back, slowly."),
                          N_("Let each breath out be a little longer than the breath in.")},
                .length_ns = PHASE_LENGTH_OWN,
                .cue = CUE_BELL,
                .previous = BREATH},
    [WATER] = {.name = "water",
               .words = {N_("Drink some water.")},
               .length_ns = PHASE_LENGTH_OWN,
               .cue = CUE_MARK,
               .previous = BREATH},
    [CLOTH] = {.name = "cloth",
               .words = {N_("A cold cloth on your eyes, if one is near.")},
               .length_ns = PHASE_LENGTH_OWN,
               .cue = CUE_MARK,
               .previous = WATER},
    [FEET] = {.name = "feet",
              .words = {N_("Feel both feet on the floor.")},
              .length_ns = PHASE_LENGTH_OWN,
              .cue = CUE_MARK,
              .previous = CLOTH},
    [DAY] = {.name = "day",
             .words = {N_("What day is it? Say its name."), N_("There is time.")},
             .length_ns = PHASE_LENGTH_OWN,
             .cue = CUE_MARK,
             .previous = FEET},
};

static const struct transition transitions[] = {
    {BREATH, CAUSE_TIME, NULL, NULL, WATER},   {WATER, CAUSE_TIME, NULL, NULL, CLOTH},
    {CLOTH, CAUSE_TIME, NULL, NULL, FEET},     {FEET, CAUSE_TIME, NULL, NULL, DAY},
    {DAY, CAUSE_TIME, NULL, NULL, PHASE_DONE},
};

static time_ns length_ns(const struct visit *visit, const struct settings *settings)
{
    time_ns whole = SECONDS(settings->landing_s);
    time_ns breath = whole * BREATH_SHARE_NUM / BREATH_SHARE_DEN;
    return visit->phase == BREATH ? breath : (whole - breath) / OTHERS;
}

static void view(const struct visit *visit, struct view *view)
{
    const struct phase *phase = &phases[visit->phase];
    if (visit->phase != BREATH) {
        view_words(view, phase, SCENE_SLOT_CENTRE, SCENE_SLOT_LOWER);
        return;
    }
    view_pacer(view, SCENE_SHAPE_DISC, breath_slow(view->now - visit->entered));
    bool still = settings_reduced_motion(view->settings);
    view_words(view, phase, still ? SCENE_SLOT_UPPER : SCENE_SLOT_LOWER, SCENE_SLOT_LOWER);
    if (still)
        (void)view_line(view, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE,
                        breath_word(view->now - visit->entered), 1.0);
    view_changes_at(view, view->now);
}

const struct technique technique_landing_row = {
    .id = "landing",
    .title = N_("Landing"),
    .phases = phases,
    .phase_count = COUNT_OF(phases),
    .transitions = transitions,
    .transition_count = COUNT_OF(transitions),
    .length_ns = length_ns,
    .view = view,
};
