/* What the three cards share: which is on top, how one opens and leaves. */
#include "cards.h"

#include "lacrima/base/check.h"
#include "session_inner.h"

/* Up to this text scale a list needs no less room. */
#define ROOMY_PERCENT 125
#define ROWS_LEAST    2

static enum held top(const struct session *session)
{
    return session->held & HELD_PEOPLE   ? HELD_PEOPLE
           : session->held & HELD_GROUND ? HELD_GROUND
                                         : HELD_ABOUT;
}

const char *cards_name(const struct session *session)
{
    enum held card = top(session);
    return card == HELD_PEOPLE ? "people" : card == HELD_GROUND ? "ground" : "about";
}

/* A card leaves a running technique paused: nothing goes on behind the person's back, and
 * nothing begins by itself when the card leaves.  An away state goes on under it. */
void cards_open(struct session *session, enum held card, time_ns at, struct effects *effects)
{
    uint8_t above = (uint8_t)(HELD_KEYS | (HELD_CARDS & ~((unsigned)card * 2U - 1U)));
    bool away = (session_flags(session) & PHASE_AWAY) != 0;
    uint8_t pause = session_runs(session) && !away ? HELD_PAUSED : 0;
    if (card == HELD_ABOUT)
        about_open(session);
    else if (card == HELD_PEOPLE)
        people_open(session);
    session_lay(session, (uint8_t)card | pause, above, at, at, effects);
    if (card == HELD_GROUND)
        ground_open(session, at, effects);
}

void cards_close(struct session *session, enum held card, time_ns at, struct effects *effects)
{
    session_lay(session, 0, (uint8_t)card, at, at, effects);
}

static bool is_own(enum action action)
{
    return action == ACTION_SPACE || action == ACTION_LEAVE || action == ACTION_PAUSE ||
           action == ACTION_UP || action == ACTION_DOWN || action == ACTION_NEXT_STATE ||
           action == ACTION_PREVIOUS_STATE;
}

bool cards_action(struct session *session, enum action action, time_ns at, struct effects *effects)
{
    bool open = (session->held & HELD_CARDS) != 0;
    enum held asked = action == ACTION_PEOPLE   ? HELD_PEOPLE
                      : action == ACTION_GROUND ? HELD_GROUND
                                                : HELD_ABOUT;
    bool asks = action == ACTION_PEOPLE || action == ACTION_GROUND || action == ACTION_ABOUT;
    /* Let go asks nothing of anybody; help is one key away all the same. */
    if (asks && action == ACTION_ABOUT && session->screen == SCREEN_LET_GO)
        return open;
    if (asks && !(open && top(session) == asked)) {
        cards_open(session, asked, at, effects);
        return true;
    }
    if (!open || asks)
        return asks;
    /* Enter does in a list what it does in lists: it closes this one, and chooses a country. */
    bool list =
        top(session) == HELD_ABOUT || (top(session) == HELD_PEOPLE && session->cards.choosing);
    bool entered = action == ACTION_LET_GO && list;
    if (!is_own(action) && !entered)
        return false;
    if (top(session) == HELD_PEOPLE)
        people_key(session, action, at, effects);
    else if (top(session) == HELD_GROUND)
        ground_key(session, action, at, effects);
    else
        about_key(session, action, at, effects);
    return true;
}

void cards_arrive_home(struct session *session)
{
    if (!session->settings.about_due)
        return;
    session->settings.about_due = false;
    about_open(session);
    session->held |= HELD_ABOUT;
}

void cards_notice(struct session *session, time_ns at, struct effects *effects)
{
    if (!session->cards.about_open || (session->held & HELD_ABOUT) != 0)
        return;
    session->cards.about_open = false;
    struct effect *effect = effects_add(effects, EFFECT_SETTING, at);
    effect->name = "about";
    effect->state = "seen";
}

void cards_foot(const struct session *session, struct view *view, const char *hint)
{
    if (session_view_said(session, view))
        return;
    struct scene_line *line = scene_add_line(view->scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, hint);
    line->ink = SCENE_INK_FAINT;
    line->alpha =
        (float)session_foot_shown(session, view, session->screen_since - VIEW_FADE_NS, TIME_NEVER);
}

int cards_rows(const struct session *session, int most)
{
    int rows = most * ROOMY_PERCENT / session->settings.text_scale_percent;
    return rows > most ? most : rows < ROWS_LEAST ? ROWS_LEAST : rows;
}

int cards_first(int marked, int shown, int rows)
{
    int first = marked - shown / 2;
    int last = rows > shown ? rows - shown : 0;
    return first < 0 ? 0 : first > last ? last : first;
}

void cards_view(const struct session *session, struct view *view)
{
    enum held card = top(session);
    check((session->held & HELD_CARDS) != 0);
    if (card == HELD_PEOPLE)
        people_view(session, view);
    else if (card == HELD_GROUND)
        ground_view(session, view);
    else
        about_view(session, view);
}
