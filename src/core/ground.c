/* Ground: back to the room one is in, by the senses (5-4-3-2-1; docs/evidence.md).  It waits for
 * the person at every step: what is to be looked for has no pace. */
#include "cards.h"

#include "mark.h"
#include "session_inner.h"

static const struct {
    const char *name;
    const char *words, *more;
} steps[] = {
    {"eyes", N_("Eyes open."), N_("Look around you, slowly. You are here.")},
    {"see", N_("Five things you can see."), N_("Say what they are, aloud or to yourself.")},
    {"touch", N_("Four things you can touch."), N_("Cloth, wood, skin. Warm or cool?")},
    {"hear", N_("Three things you can hear."), N_("Near, or far away.")},
    {"smell", N_("Two things you can smell."), N_("Your sleeve is one.")},
    {"taste", N_("One thing you can taste."), N_("Or the next sip of water.")},
    {"feet", N_("Both feet on the floor."), N_("Press them down. It holds you.")},
    {"water", N_("Cold water."), N_("On your wrists, on your face, or a glass of it.")},
};

#define STEPS ((int)(sizeof steps / sizeof steps[0]))

static void go_to(struct session *session, int step, enum cause cause, time_ns at,
                  struct effects *effects)
{
    session->cards.ground_step = (uint8_t)step;
    struct effect *effect = effects_add(effects, EFFECT_STATE, at);
    effect->name = "ground";
    effect->state = steps[step].name;
    effect->cause = cause_name(cause);
}

void ground_open(struct session *session, time_ns at, struct effects *effects)
{
    go_to(session, 0, CAUSE_BEGIN, at, effects);
}

/* The last step leads to the people card, in the place of this one. */
static void go_on(struct session *session, enum cause cause, time_ns at, struct effects *effects)
{
    int next = session->cards.ground_step + 1;
    if (next < STEPS) {
        session_fade(session, at, FADE_NS);
        go_to(session, next, cause, at, effects);
        return;
    }
    people_open(session);
    session_lay(session, HELD_PEOPLE, HELD_GROUND, at, at, effects);
}

void ground_key(struct session *session, enum action action, time_ns at, struct effects *effects)
{
    int step = session->cards.ground_step;
    if (action == ACTION_LEAVE) {
        cards_close(session, HELD_GROUND, at, effects);
    } else if (action == ACTION_SPACE || action == ACTION_NEXT_STATE) {
        go_on(session, action == ACTION_SPACE ? CAUSE_SPACE : CAUSE_RIGHT, at, effects);
    } else if (action == ACTION_PREVIOUS_STATE && step > 0) {
        session_fade(session, at, FADE_NS);
        go_to(session, step - 1, CAUSE_LEFT, at, effects);
    }
}

void ground_view(const struct session *session, struct view *view)
{
    int step = session->cards.ground_step;
    (void)scene_add_line(view->scene, SCENE_SLOT_CENTRE, SCENE_STYLE_LARGE, steps[step].words);
    (void)scene_add_line(view->scene, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, steps[step].more);
    cards_foot(session, view,
               step + 1 < STEPS ? N_("Space goes on, Left goes back, Esc leaves")
                                : N_("Space: people to call. Left goes back, Esc leaves"));
}
