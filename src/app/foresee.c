/* Foresee: what the session will ask to be heard next, found by running a copy of it ahead. */
#include "app.h"

#define STEPS_MAX  8
#define FURTHER_NS SECONDS(1) /* past the next deadline: one that is silent leads to others */

static bool sounds(const struct effect *effect)
{
    return (effect->kind == EFFECT_CUE && effect->cue != CUE_NONE) ||
           (effect->kind == EFFECT_AMBIENCE && effect->ambience != AMBIENCE_NONE) ||
           (effect->kind == EFFECT_MUSIC && effect->music == MUSIC_PLAY);
}

void app_foresee(struct app *app)
{
    time_ns due = session_deadline(&app->session);
    if (due == app->foreseen)
        return;
    app->foreseen = due;
    time_ns at = TIME_NEVER;
    struct effects effects = {0};
    app->ahead = app->session;
    time_ns next = due;
    for (int i = 0; i < STEPS_MAX && at == TIME_NEVER && next != TIME_NEVER; i++) {
        if (next > due + FURTHER_NS || !session_run_next(&app->ahead, next, &effects))
            break;
        for (size_t e = 0; e < effects.count && at == TIME_NEVER; e++) {
            if (sounds(&effects.items[e]))
                at = effects.items[e].at;
        }
        effects.count = 0;
        next = session_deadline(&app->ahead);
    }
    audio_expect(app->audio, at);
}
