/* Away states: the person is elsewhere, so their clock is elapsed time.  A suspend, the keys, the
 * cards and the curtain do not stop it.  Of the bells that fall into a gap one sounds as it ends,
 * so that none is missed and none comes in a burst.  And bounded states: nothing lengthens them,
 * not even beginning again. */
#include "session_inner.h"

#include "sequencer.h"

uint16_t session_flags(const struct session *session)
{
    return sequencer_technique(&session->visit)->phases[session->visit.phase].flags;
}

bool session_clock_runs(const struct session *session)
{
    if (session_runs(session))
        return true;
    bool curtain = session->screen == SCREEN_CURTAIN;
    enum screen screen = curtain ? session->behind : session->screen;
    return screen == SCREEN_TECHNIQUE && (session->held & HELD_PAUSED) == 0 &&
           (session_flags(session) & PHASE_AWAY) != 0;
}

void session_settle_ambience(struct session *session, time_ns at, struct effects *effects)
{
    const struct technique *technique = sequencer_technique(&session->visit);
    enum ambience ambience = AMBIENCE_NONE;
    if (session_clock_runs(session) && session->settings.sound_cues && technique->ambience != NULL)
        ambience = technique->ambience(&session->visit, &session->settings);
    if (ambience == session->ambience)
        return;
    session->ambience = ambience;
    effects_add(effects, EFFECT_AMBIENCE, at)->ambience = ambience;
}

void session_leave_bounded(struct session *session, uint16_t flags, time_ns at)
{
    if ((flags & PHASE_BOUNDED) != 0)
        session->bound_left = at;
}

void session_enter_bounded(struct session *session, time_ns at)
{
    if ((session_flags(session) & PHASE_BOUNDED) == 0)
        return;
    enum technique_id id = session->visit.technique;
    if (session->bound_technique != id || at - session->bound_left >= SESSION_REST_NS) {
        session->bound_technique = id;
        session->bound_since = at;
    }
    sequencer_backdate(&session->visit, &session->settings, session->bound_since - session->offset);
}

/* Takes the cues out of the effects from `first` on, which were due within a gap: states and
 * screens are what they are, but of the sounds only one is made.  That is the one with which the
 * present state began, else the weightiest of the bells. */
static void take_cues(struct effects *effects, size_t first, struct effect *cue)
{
    bool entered = false;
    size_t kept = first;
    for (size_t i = first; i < effects->count; i++) {
        const struct effect *effect = &effects->items[i];
        entered = entered || effect->kind == EFFECT_STATE;
        if (effect->kind != EFFECT_CUE)
            effects->items[kept++] = *effect;
        else if (entered || effect->cue >= cue->cue)
            *cue = *effect;
    }
    effects->count = kept;
}

void session_pass_gap(struct session *session, time_ns from, time_ns to, struct effects *effects)
{
    struct scene picture;
    struct effect cue = {.cue = CUE_NONE};
    bool seen = session_runs(session);
    bool moved = false;
    (void)session_view(session, from, &picture);
    for (time_ns due = session_deadline(session);
         (session_flags(session) & PHASE_AWAY) != 0 && due <= to; due = session_deadline(session)) {
        size_t first = effects->count;
        time_ns before = session->visit.entered;
        (void)session_move(session, MOVE_WAKE, due, effects);
        take_cues(effects, first, &cue);
        moved = moved || session->visit.entered != before;
        if (session_runs(session) && (session_flags(session) & PHASE_AWAY) == 0)
            session->offset += to - due; /* what comes after an away state waits for the person */
    }
    if (seen)
        session_fade_again(session, &picture, to);
    if (moved && (session_flags(session) & PHASE_BARE) == 0)
        session->hint_since = to;
    if (cue.cue == CUE_NONE)
        return;
    cue.at = to;
    *effects_add(effects, EFFECT_CUE, to) = cue;
}
