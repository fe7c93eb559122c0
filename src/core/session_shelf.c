/* "Not today": a song, a text or photographs of the person's shelf are left out until tomorrow, or
 * until that is taken back.  Nobody asks why, and nothing is concluded from it. */
#include "session_inner.h"

#include "mark.h"
#include "sequencer.h"

static bool reads(const struct session *session)
{
    return session->screen == SCREEN_TECHNIQUE && session->held == 0 &&
           sequencer_technique(&session->visit)->chooses_text;
}

static void tell(const char *name, bool out, time_ns at, struct effects *effects)
{
    struct effect *effect = effects_add(effects, EFFECT_SHELF, at);
    effect->name = name;
    effect->on = out;
}

static void leave_out(struct session *session, bool read, time_ns at, struct effects *effects)
{
    if (!(read ? session->visit.read.shelf : session->track_shelf)) {
        session_say(session, N_("This is not on your shelf. N goes to another."), "", at);
        return;
    }
    session_say(session, N_("Not today. Shift and K bring it back."), "", at);
    tell(read ? "read" : "music", true, at, effects);
    if (read)
        (void)session_move(session, MOVE_NEXT, at, effects);
    else
        session->track_shelf = false;
}

bool session_shelf_action(struct session *session, enum action action, time_ns at,
                          struct effects *effects)
{
    bool read = reads(session);
    if ((action != ACTION_NOT_TODAY && action != ACTION_TODAY) || !(read || session->music_on) ||
        session->screen == SCREEN_LANDING)
        return false;
    if (action == ACTION_NOT_TODAY) {
        leave_out(session, read, at, effects);
        return true;
    }
    session_say(session, N_("Nothing is left out now."), "", at);
    tell(read ? "read" : "music", false, at, effects);
    return true;
}
