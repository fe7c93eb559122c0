#include "lacrima/core/spoken.h"

#include "cards.h"
#include "lacrima/base/text.h"
#include "mark.h"
#include "sequencer.h"
#include "session_inner.h"
#include "view.h"

static struct spoken_line *add(struct spoken *spoken, enum spoken_kind kind, const char *text,
                               const char *arg)
{
    size_t last = SPOKEN_LINES_MAX - 1;
    struct spoken_line *line = &spoken->lines[spoken->count < last ? spoken->count++ : last];
    *line = (struct spoken_line){.kind = kind};
    (void)text_copy(line->text, sizeof line->text, text);
    (void)text_copy(line->arg, sizeof line->arg, arg);
    return line;
}

static bool answer_stands(const struct session *session, time_ns now)
{
    return session->said_at != TIME_NEVER && now < session->said_at + SAID_NS;
}

/* A fault, and what a key has just changed. */
static void add_answers(const struct session *session, time_ns now, struct spoken *spoken)
{
    bool nothing_is_seen = session->screen == SCREEN_CURTAIN ||
                           (session->screen == SCREEN_LET_GO && session->held == 0);
    if (nothing_is_seen)
        return;
    if (session->notice_at != TIME_NEVER && now < session->notice_at + NOTICE_NS)
        add(spoken, SPOKEN_ANSWER, session->notice, "")->literal = true;
    if (answer_stands(session, now))
        (void)add(spoken, SPOKEN_ANSWER, session->said, session->said_arg);
}

/* What is the person's own and stands there to be chosen, or to be dialled; a song's title, read
 * over the song, and seconds that are counted are nothing to be heard. */
static bool says_literals(const struct session *session)
{
    if (session->held != 0)
        return true;
    enum technique_id technique = session->visit.technique;
    return session->screen == SCREEN_TECHNIQUE &&
           (technique == TECHNIQUE_TALK || technique == TECHNIQUE_READ);
}

/* The words of a pacer that stands beside a sentence would break into it with every breath. */
static bool is_pacers(const struct spoken *spoken, const struct scene_line *line)
{
    return !spoken->brief && is_breath_word(line->text);
}

static bool people_are_shown(const struct session *session)
{
    return session->screen != SCREEN_CURTAIN && (session->held & HELD_KEYS) == 0 &&
           (session->held & HELD_PEOPLE) != 0;
}

static bool is_said(const struct session *session, const struct spoken *spoken,
                    const struct scene_line *line)
{
    if ((line->literal && !says_literals(session)) || is_pacers(spoken, line))
        return false;
    /* Where a number was found is for the eyes. */
    return !(people_are_shown(session) && !session->cards.choosing &&
             line->slot == SCENE_SLOT_LOWER && line->arg[0] != '\0');
}

static void add_line(const struct session *session, const struct scene_line *line,
                     struct spoken *spoken)
{
    if (!is_said(session, spoken, line))
        return;
    struct spoken_line *said = add(spoken, SPOKEN_WORDS, line->text, line->arg);
    bool answered = text_equal(line->key, CARDS_ANSWERED);
    bool answer = answered || text_equal(line->key, CARDS_NOT_ANSWERED);
    (void)text_copy(said->key, sizeof said->key,
                    !answer    ? line->key
                    : answered ? N_("yes")
                               : N_("no"));
    said->literal = line->literal;
    said->digits = people_are_shown(session) &&
                   (line->slot == SCENE_SLOT_LIST ? line->key[0] != '\0' && !line->marked
                                                  : line->style == SCENE_STYLE_LARGE);
    said->key_last = answer || said->digits;
}

/* Of a list to choose from only the row that is marked. */
static bool has_marked(const struct scene *scene)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        if (scene->lines[i].marked)
            return true;
    }
    return false;
}

static void add_slot(const struct session *session, const struct scene *scene, enum scene_slot slot,
                     struct spoken *spoken)
{
    bool chooses = slot == SCENE_SLOT_LIST && has_marked(scene);
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct scene_line *line = &scene->lines[i];
        if (line->slot == slot && (!chooses || line->marked))
            add_line(session, line, spoken);
    }
}

static void add_title(const struct session *session, struct spoken *spoken)
{
    bool settles = session->screen == SCREEN_TECHNIQUE && session->held == 0 &&
                   (session_flags(session) & PHASE_IS_SETTLE) != 0;
    if (settles)
        (void)add(spoken, SPOKEN_WORDS, sequencer_technique(&session->visit)->title, "");
}

/* The hint is said with what it belongs to, however long it then stands; that Space pauses goes
 * without saying. */
static void add_hint(const struct session *session, time_ns now, const struct scene *scene,
                     struct spoken *spoken)
{
    if (session->held != 0 && !answer_stands(session, now)) {
        for (size_t i = 0; i < scene->line_count; i++) {
            if (scene->lines[i].slot == SCENE_SLOT_FOOT)
                (void)add(spoken, SPOKEN_HINT, scene->lines[i].text, scene->lines[i].arg);
        }
    } else if (session->held == 0 && session->screen == SCREEN_HOME) {
        (void)add(spoken, SPOKEN_HINT, session_hint_words(session), "");
    } else if (session->held == 0 && session->screen == SCREEN_TECHNIQUE && !spoken->brief) {
        const struct technique *technique = sequencer_technique(&session->visit);
        const struct phase *phase = &technique->phases[session->visit.phase];
        if (phase->hint != NULL && (phase->flags & PHASE_BARE) == 0)
            (void)add(spoken, SPOKEN_HINT, session_hint_words(session), "");
    }
}

static struct spoken_place place_of(const struct session *session)
{
    struct spoken_place place = {.screen = (uint8_t)session->screen, .held = session->held};
    if (session->screen == SCREEN_TECHNIQUE || session->screen == SCREEN_LANDING) {
        place.technique = (uint8_t)session->visit.technique;
        place.phase = session->visit.phase;
        place.entered = session->visit.entered;
    }
    return place;
}

time_ns session_spoken(const struct session *session, time_ns now, struct spoken *spoken)
{
    static const enum scene_slot order[] = {SCENE_SLOT_UPPER, SCENE_SLOT_CENTRE, SCENE_SLOT_LIST,
                                            SCENE_SLOT_TABLE, SCENE_SLOT_LOWER};
    struct scene scene;
    time_ns next = session_view_words(session, now, &scene);
    spoken->count = 0;
    spoken->place = place_of(session);
    bool runs = session_runs(session) && session->screen == SCREEN_TECHNIQUE;
    spoken->brief = runs && (session_flags(session) & PHASE_CUT) != 0;
    spoken->away = runs && (session_flags(session) & PHASE_AWAY) != 0;
    add_answers(session, now, spoken);
    add_title(session, spoken);
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        add_slot(session, &scene, order[i], spoken);
    add_hint(session, now, &scene, spoken);
    return next;
}

static bool same_place(const struct spoken_place *a, const struct spoken_place *b)
{
    return a->screen == b->screen && a->held == b->held && a->technique == b->technique &&
           a->phase == b->phase && a->entered == b->entered;
}

static bool was_heard(const struct spoken *before, const struct spoken_line *line)
{
    for (size_t i = 0; i < before->count; i++) {
        const struct spoken_line *old = &before->lines[i];
        if (old->kind == line->kind && text_equal(old->text, line->text) &&
            text_equal(old->key, line->key) && text_equal(old->arg, line->arg))
            return true;
    }
    return false;
}

enum spoken_news spoken_news(const struct spoken *before, const struct spoken *now,
                             struct spoken *news)
{
    bool elsewhere = !same_place(&before->place, &now->place);
    news->place = now->place;
    news->brief = now->brief;
    news->away = now->away;
    news->count = 0;
    for (size_t i = 0; i < now->count; i++) {
        const struct spoken_line *line = &now->lines[i];
        bool again = line->kind == SPOKEN_WORDS && now->brief && elsewhere;
        bool hint_waits = line->kind == SPOKEN_HINT && !elsewhere;
        if (again || (!hint_waits && !was_heard(before, line)))
            news->lines[news->count++] = *line;
    }
    if (news->count > 0)
        return SPOKEN_SAY;
    return elsewhere && now->count == 0 && !now->away ? SPOKEN_HUSH : SPOKEN_NOTHING;
}
