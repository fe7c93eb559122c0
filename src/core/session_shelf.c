/* What the person brings and keeps.  "Not today": a song, a text or photographs of their shelf are
 * left out until tomorrow, or until that is taken back.  Nobody asks why, and nothing is concluded
 * from it. */
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

bool session_opens(const struct session *session, enum brought brought)
{
    enum technique_id own = brought == BROUGHT_MUSIC ? TECHNIQUE_MUSIC : TECHNIQUE_READ;
    if (session->held != 0)
        return false;
    return session->screen == SCREEN_HOME ||
           (session->screen == SCREEN_TECHNIQUE && session->visit.technique == own);
}

void session_bring(struct session *session, enum brought brought, time_ns at,
                   struct effects *effects)
{
    if (!session_opens(session, brought))
        return;
    if (session->screen == SCREEN_HOME)
        session_start(session, brought == BROUGHT_MUSIC ? TECHNIQUE_MUSIC : TECHNIQUE_READ, at,
                      effects);
    else if (brought == BROUGHT_MUSIC && session->music_on)
        session_music(MUSIC_NEXT, at, effects);
    else if (brought == BROUGHT_READING && (session_flags(session) & PHASE_IS_SETTLE) == 0)
        (void)session_move(session, MOVE_NEXT, at, effects);
}

/* While the line about it stands. */
static bool can_take_off(const struct session *session, time_ns at)
{
    return session->notice_shelf && session->notice_at != TIME_NEVER &&
           at < session->notice_at + NOTICE_NS;
}

static void take_off(struct session *session, time_ns at, struct effects *effects)
{
    session_fade_words(session, at);
    session->notice_at = TIME_NEVER;
    session_say(session, N_("Off your shelf again. It stays for this visit."), "", at);
    tell("drop", false, at, effects);
}

bool session_shelf_action(struct session *session, enum action action, time_ns at,
                          struct effects *effects)
{
    bool read = reads(session);
    if (action == ACTION_NOT_TODAY && can_take_off(session, at)) {
        take_off(session, at, effects);
        return true;
    }
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
