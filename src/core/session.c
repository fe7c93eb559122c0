#include "session_inner.h"

#include "cards.h"
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "sequencer.h"

#include <math.h>
#include <string.h>

void session_init(struct session *session, const struct settings *settings)
{
    memset(session, 0, sizeof *session);
    session->settings = *settings;
    session->screen = SCREEN_HOME;
    session->chosen = technique_step(TECHNIQUE_YAWN, +1);
    session->stood_since = TIME_NEVER;
    session->curtain_space_at = TIME_NEVER;
    session->fade_since = TIME_NEVER;
    session->colours_since = TIME_NEVER;
    session->said_at = TIME_NEVER;
    session->said_rises_at = TIME_NEVER;
    session->cut_at = -CUT_KEYS_NS;
    session->notice_at = TIME_NEVER;
    session->bound_technique = TECHNIQUE_COUNT;
}

bool session_runs(const struct session *session)
{
    return session->held == 0 &&
           (session->screen == SCREEN_TECHNIQUE || session->screen == SCREEN_LANDING);
}

time_ns session_technique_time(const struct session *session, time_ns now)
{
    time_ns stood = session->stood_since;
    return (stood == TIME_NEVER ? now : time_min(now, stood)) - session->offset;
}

/* Starts or stops the technique's clock to agree with the screen; since: when it stopped. */
static void settle_clock(struct session *session, time_ns since, time_ns at)
{
    bool runs = session_clock_runs(session);
    if (runs && session->stood_since != TIME_NEVER) {
        session->offset += at - session->stood_since;
        session->stood_since = TIME_NEVER;
    } else if (!runs && session->stood_since == TIME_NEVER) {
        session->stood_since = since;
    }
}

static void settle_awake(struct session *session, time_ns at, struct effects *effects)
{
    /* A number that is being dialled stays on the screen. */
    bool read = (session->held & (HELD_GROUND | HELD_PEOPLE)) != 0;
    bool seen = session->screen != SCREEN_CURTAIN;
    bool awake =
        session->screen == SCREEN_LET_GO || (seen && (read || session_clock_runs(session)));
    if (awake == session->awake)
        return;
    session->awake = awake;
    effects_add(effects, EFFECT_AWAKE, at)->on = awake;
}

/* A film goes on while nothing lies over it. */
static void settle_film(struct session *session, time_ns at, struct effects *effects)
{
    bool plays = session->screen == SCREEN_TECHNIQUE && session_runs(session) &&
                 (session_flags(session) & PHASE_FILM) != 0;
    if (plays == session->film_plays)
        return;
    session->film_plays = plays;
    effects_add(effects, EFFECT_READ, at)->read = plays ? READ_PLAY : READ_HOLD;
}

const char *session_screen_name(const struct session *session)
{
    static const char *const names[] = {
        [SCREEN_HOME] = "home",     [SCREEN_TECHNIQUE] = "technique", [SCREEN_LANDING] = "landing",
        [SCREEN_LET_GO] = "let-go", [SCREEN_CURTAIN] = "curtain",
    };
    if (session->screen == SCREEN_CURTAIN)
        return names[SCREEN_CURTAIN];
    if (session->held & HELD_KEYS)
        return "keys";
    if (session->held & HELD_CARDS)
        return cards_name(session);
    return session->held != 0 ? "paused" : names[session->screen];
}

static void announce(struct session *session, time_ns since, time_ns at, struct effects *effects)
{
    settle_clock(session, since, at);
    session->screen_since = at;
    session->hint_since = at;
    cards_notice(session, at, effects);
    effects_add(effects, EFFECT_SCREEN, at)->name = session_screen_name(session);
    settle_awake(session, at, effects);
    settle_film(session, at, effects);
    session_settle_ambience(session, at, effects);
}

void session_set_screen(struct session *session, enum screen screen, time_ns at,
                        struct effects *effects)
{
    session->screen = screen;
    announce(session, at, at, effects);
}

void session_music(enum music music, time_ns at, struct effects *effects)
{
    effects_add(effects, EFFECT_MUSIC, at)->music = music;
}

void session_lay(struct session *session, uint8_t on, uint8_t off, time_ns since, time_ns at,
                 struct effects *effects)
{
    session_fade(session, at, FADE_NS);
    bool ran = session_runs(session);
    session->held = (uint8_t)((session->held & ~off) | on);
    announce(session, since, at, effects);
    bool runs = session_runs(session);
    if (ran && !session_clock_runs(session))
        effects_add(effects, EFFECT_CUES_STOP, at);
    if (ran && session->music_on && (session->held & HELD_PAUSED) != 0)
        session_music(MUSIC_PAUSE, at, effects);
    if (!ran && runs && session->music_on)
        session_music(MUSIC_PLAY, at, effects);
}

void session_hold(struct session *session, uint8_t held, time_ns since, time_ns at,
                  struct effects *effects)
{
    session_lay(session, held, 0, since, at, effects);
}

void session_release(struct session *session, uint8_t held, time_ns at, struct effects *effects)
{
    session_lay(session, 0, held, at, at, effects);
}

/* The sequencer speaks technique time; the log speaks session time. */
void session_times_from(const struct session *session, struct effects *effects, size_t first)
{
    for (size_t i = first; i < effects->count; i++)
        effects->items[i].at += session->offset;
}

static void begin_visit(struct session *session, enum technique_id id, enum screen screen,
                        time_ns at, struct effects *effects)
{
    session_leave_bounded(session, session_flags(session), at);
    session->held = 0;
    session->let_go_asked = false;
    session->offset = at;
    session->stood_since = TIME_NEVER;
    session->visit = (struct visit){.technique = id, .letter = session->visit.letter};
    session_set_screen(session, screen, at, effects);
    size_t first = effects->count;
    sequencer_begin(&session->visit, id, &session->settings, 0, effects);
    session_times_from(session, effects, first);
    session_enter_bounded(session, at);
    session_settle_ambience(session, at, effects);
}

void session_start(struct session *session, enum technique_id id, time_ns at,
                   struct effects *effects)
{
    check(technique_get(id) != NULL);
    session_fade(session, at, FADE_NS);
    effects_add(effects, EFFECT_CUES_STOP, at);
    if (session->screen == SCREEN_LET_GO && session->music_on)
        session_music(MUSIC_RISE, at, effects);
    session->chosen = id;
    begin_visit(session, id, SCREEN_TECHNIQUE, at, effects);
}

void session_land(struct session *session, time_ns at, struct effects *effects)
{
    session_fade(session, at, FADE_NS);
    effects_add(effects, EFFECT_CUES_STOP, at);
    if (session->music_on)
        session_music(MUSIC_STOP, at, effects);
    session->music_on = false;
    begin_visit(session, TECHNIQUE_COUNT, SCREEN_LANDING, at, effects);
}

void session_go_home(struct session *session, time_ns at, struct effects *effects)
{
    session_fade(session, at, FADE_NS);
    effects_add(effects, EFFECT_CUES_STOP, at);
    session->held = 0;
    cards_arrive_home(session);
    session_set_screen(session, SCREEN_HOME, at, effects);
}

void session_begin(struct session *session, enum technique_id technique, time_ns at,
                   struct effects *effects)
{
    session->now = at;
    /* The first picture is the bare field; what stands on it comes slowly. */
    session_fade_from_blank(session, at);
    effects_add(effects, EFFECT_TITLE, at)->on = true;
    if (technique == TECHNIQUE_COUNT) {
        cards_arrive_home(session);
        session_set_screen(session, SCREEN_HOME, at, effects);
        return;
    }
    session->chosen = technique;
    begin_visit(session, technique, SCREEN_TECHNIQUE, at, effects);
}

time_ns session_deadline(const struct session *session)
{
    if (!session_clock_runs(session))
        return TIME_NEVER;
    return time_add(sequencer_deadline(&session->visit), session->offset);
}

/* A state was entered: what it means for music and the hint, which is not said anew at each page
 * that is turned. */
static void arrived(struct session *session, const struct phase *phase, bool again, time_ns at,
                    struct effects *effects)
{
    if ((phase->flags & PHASE_BARE) != 0)
        session->hint_since = TIME_NEVER;
    else if ((phase->flags & PHASE_CUT) == 0 && !again)
        session->hint_since = at;
    if ((phase->flags & PHASE_MUSIC) != 0 && !session->music_on) {
        session->music_on = true;
        session_music(MUSIC_PLAY, at, effects);
    }
    if ((phase->flags & PHASE_QUIET) != 0 && session->music_on) {
        session->music_on = false;
        session_music(MUSIC_STOP, at, effects);
    }
}

static bool move_sequencer(struct session *session, enum move move, time_ns then,
                           struct effects *effects)
{
    static const enum cause causes[] = {
        [MOVE_SPACE] = CAUSE_SPACE,
        [MOVE_RELEASE] = CAUSE_RELEASE,
        [MOVE_CHOICE] = CAUSE_CHOICE,
        [MOVE_MUSIC_ENDED] = CAUSE_MUSIC_ENDED,
        [MOVE_NEXT] = CAUSE_NEXT,
        [MOVE_PREVIOUS] = CAUSE_PREVIOUS,
        [MOVE_READ_BEGIN] = CAUSE_READ_BEGIN,
        [MOVE_READ_END] = CAUSE_READ_END,
        [MOVE_LETTER] = CAUSE_LETTER,
        [MOVE_REFUSED] = CAUSE_REFUSED,
        [MOVE_LEAVE] = CAUSE_LEAVE,
        [MOVE_REMOVE] = CAUSE_REMOVE,
    };
    struct visit *visit = &session->visit;
    const struct settings *settings = &session->settings;
    if (move == MOVE_WAKE) {
        sequencer_wake(visit, settings, effects);
        return true;
    }
    if (move == MOVE_RIGHT)
        return sequencer_right(visit, settings, then, effects);
    if (move == MOVE_LEFT) {
        sequencer_left(visit, settings, then, effects);
        return true;
    }
    return sequencer_take(visit, settings, causes[move], causes[move], then, effects);
}

bool session_move(struct session *session, enum move move, time_ns at, struct effects *effects)
{
    /* The picture is kept before the machine moves: it is what fades. */
    struct session_seen seen;
    (void)session_view(session, at, &seen.picture);
    (void)session_view_whole(session, at, &seen.whole);
    const struct visit before = session->visit;
    size_t first = effects->count;
    bool taken = move_sequencer(session, move, session_technique_time(session, at), effects);
    session_times_from(session, effects, first);
    const struct visit *visit = &session->visit;
    if (visit->phase == PHASE_DONE) {
        /* What fades is the last state, which the visit is still in until the next begins. */
        session->visit = before;
        if (session->screen == SCREEN_LANDING)
            session_go_home(session, at, effects);
        else
            session_land(session, at, effects);
    } else if (visit->phase != before.phase || visit->entered != before.entered) {
        const struct technique *technique = sequencer_technique(visit);
        const struct phase *phase = &technique->phases[visit->phase];
        bool again = visit->phase == before.phase;
        session_leave_bounded(session, technique->phases[before.phase].flags, at);
        session_enter_bounded(session, at);
        /* Behind the keys and the curtain nothing is seen to change. */
        if (session_runs(session)) {
            uint16_t left = technique->phases[before.phase].flags;
            session_fade_state(session, &seen, left, move == MOVE_WAKE, again, at);
        }
        settle_clock(session, at, at);
        arrived(session, phase, again, at, effects);
        settle_film(session, at, effects);
        session_settle_ambience(session, at, effects);
    }
    return taken;
}

bool session_run_next(struct session *session, time_ns now, struct effects *effects)
{
    check(now >= session->now);
    time_ns due = session_deadline(session);
    if (due > now) {
        session->now = now;
        return false;
    }
    session->now = time_max(session->now, due);
    session_keep_colours(session, due);
    (void)session_move(session, MOVE_WAKE, due, effects);
    return true;
}

static void gap(struct session *session, const struct event *event, struct effects *effects)
{
    if (event->gap_ns < SESSION_GAP_MIN_NS || !session_clock_runs(session))
        return;
    if ((session_flags(session) & PHASE_AWAY) != 0) {
        session_pass_gap(session, event->at - event->gap_ns, event->at, effects);
        return;
    }
    /* The clock stopped when the machine did, not now: nothing that fell into the gap is due. */
    session_hold(session, HELD_PAUSED | HELD_GAP, event->at - event->gap_ns, event->at, effects);
}

static void key_up(struct session *session, const struct event *event, struct effects *effects)
{
    if (event->key.typed == KEY_SPACE && session_runs(session))
        (void)session_move(session, MOVE_RELEASE, event->at, effects);
}

static void music_event(struct session *session, const struct event *event, struct effects *effects)
{
    if (event->kind == EVENT_MUSIC_STARTED) {
        session_fade_title(session, event);
        session->track_shelf = event->shelf;
        return;
    }
    session->music_on = false;
    session->track_shelf = false;
    if (session->screen == SCREEN_TECHNIQUE)
        (void)session_move(session, MOVE_MUSIC_ENDED, event->at, effects);
}

/* An answer to what the technique asked for; another technique's comes too late. */
static void read_event(struct session *session, const struct event *event, struct effects *effects)
{
    const struct technique *technique = sequencer_technique(&session->visit);
    if (technique->hear == NULL)
        return;
    struct scene picture;
    (void)session_view(session, event->at, &picture);
    time_ns then = session_technique_time(session, event->at);
    enum cause cause = technique->hear(&session->visit, &session->settings, event, then);
    if (session->screen != SCREEN_TECHNIQUE)
        return;
    if (cause == CAUSE_READ_BEGIN || cause == CAUSE_READ_END)
        (void)session_move(session, cause == CAUSE_READ_END ? MOVE_READ_END : MOVE_READ_BEGIN,
                           event->at, effects);
    else if (event->read == READ_CHOSEN)
        session_fade_again(session, &picture, event->at);
}

/* What was chosen while it was looked whether it can be, now that that is known. */
static bool folds_now(struct letter_state *letter)
{
    bool known = letter->waits_to_fold && letter->journal != LETTER_JOURNAL_UNSEEN;
    letter->waits_to_fold = letter->waits_to_fold && !known;
    return known;
}

/* The letter's keeper has something to say; it is heard wherever the person is meanwhile. */
static void letter_event(struct session *session, const struct event *event,
                         struct effects *effects)
{
    struct scene picture;
    (void)session_view(session, event->at, &picture);
    letter_hear(&session->visit.letter, event->letter, event->value);
    bool folds = folds_now(&session->visit.letter);
    if (session->screen != SCREEN_TECHNIQUE || session->visit.technique != TECHNIQUE_WRITE)
        return;
    bool moved =
        folds && session_runs(session) && session_move(session, MOVE_SPACE, event->at, effects);
    if (event->letter == LETTER_NEWS_DONE || event->letter == LETTER_NEWS_TROUBLE) {
        bool done = event->letter == LETTER_NEWS_DONE;
        time_ns entered = session->visit.entered;
        uint8_t phase = session->visit.phase;
        (void)session_move(session, done ? MOVE_LETTER : MOVE_REFUSED, event->at, effects);
        moved = session->visit.entered != entered || session->visit.phase != phase;
    }
    if (!moved && event->letter != LETTER_NEWS_WRITTEN && event->letter != LETTER_NEWS_OPEN)
        session_fade_again(session, &picture, event->at);
}

bool session_takes_text(const struct session *session)
{
    const struct technique *technique = sequencer_technique(&session->visit);
    return session->screen == SCREEN_TECHNIQUE && session->held == 0 &&
           technique->takes_text != NULL && technique->takes_text(&session->visit);
}

/* Where a technique takes text, the keys that it needs then mean the same in all of its states. */
static enum action find_action(const struct session *session, const struct key *key)
{
    if (session_takes_text(session))
        return keymap_find_in_text(key);
    enum action action = keymap_find(key);
    bool writes = session->screen == SCREEN_TECHNIQUE &&
                  sequencer_technique(&session->visit)->takes_text != NULL;
    bool list = writes && session->held == 0 && (session_flags(session) & PHASE_LIST) != 0;
    if (list && action == ACTION_LET_GO)
        return ACTION_SPACE;
    return action == ACTION_NONE && writes ? keymap_find_in_text(key) : action;
}

void session_event(struct session *session, const struct event *given, struct effects *effects)
{
    struct event event = *given;
    event.at = time_max(event.at, session->now);
    /* What was already lived through cannot have been lost. */
    event.gap_ns = time_min(event.gap_ns, event.at - session->now);
    session->now = event.at;
    session_keep_colours(session, event.at);
    switch (event.kind) {
    case EVENT_KEY_DOWN: {
        enum action action = find_action(session, &event.key);
        if (!event.key.repeat || keymap_repeats(action))
            session_action(session, action, event.at, effects);
        break;
    }
    case EVENT_KEY_UP:
        key_up(session, &event, effects);
        break;
    case EVENT_GAP:
        gap(session, &event, effects);
        break;
    case EVENT_MUSIC_STARTED:
    case EVENT_MUSIC_ENDED:
        music_event(session, &event, effects);
        break;
    case EVENT_READ:
        read_event(session, &event, effects);
        break;
    case EVENT_LETTER:
        letter_event(session, &event, effects);
        break;
    case EVENT_LEVEL:
        session->visit.level = event.level;
        break;
    case EVENT_MOTION:
        if (session->settings.desktop_reduced != event.on)
            session_fade(session, event.at, FADE_NS);
        session->settings.desktop_reduced = event.on;
        break;
    case EVENT_RESIZED:
        session_fade_resized(session, event.at);
        break;
    case EVENT_NOTICE:
        if (session->notice_at != TIME_NEVER && event.at < session->notice_at + NOTICE_NS)
            session_fade_words(session, event.at);
        (void)text_copy(session->notice, sizeof session->notice, event.text);
        session->notice_at = event.at;
        session->notice_shelf = event.shelf;
        break;
    case EVENT_BROUGHT:
        session_bring(session, (enum brought)event.value, event.at, effects);
        break;
    case EVENT_QUIT:
        effects_add(effects, EFFECT_QUIT, event.at);
        break;
    }
}
