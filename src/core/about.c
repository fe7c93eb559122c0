/* About you: what to take care of.  Each answer changes what is offered, at once, by the table
 * of care.c; nothing here has to be answered. */
#include "cards.h"

#include "lacrima/base/text.h"
#include "lacrima/core/care.h"
#include "mark.h"
#include "session_inner.h"

static const struct {
    size_t answer; /* offsetof(struct settings, care_…) */
    const char *name;
    const char *title, *words;
} rows[] = {
#define ROW(answer, title, words)                                                                  \
    {                                                                                              \
        offsetof(struct settings, care_##answer), "care." #answer, title, words                    \
    }
    ROW(lenses, N_("Contact lenses in"), N_("Then the eyes stay soft and blink freely.")),
    ROW(dry_eyes, N_("Dry or sore eyes"), N_("Then the eyes stay soft and blink freely.")),
    ROW(eye_surgery, N_("Eye surgery or injury not long ago"),
        N_("Then soft eyes, no held breath, seated movement, mild water.")),
    ROW(light, N_("Light sensitivity or seizures"),
        N_("Then soft eyes. Nothing here flashes; a film of your own may.")),
    ROW(pregnancy, N_("Pregnancy"),
        N_("Then no held breath, seated movement, short walks, mild water.")),
    ROW(heart, N_("Heart or blood pressure"),
        N_("Then no held breath, seated movement, short walks, mild water.")),
    ROW(dizziness, N_("Dizziness"),
        N_("Then no held breath, seated movement, short walks, mild water.")),
    ROW(asthma, N_("Asthma"), N_("Then no held breath, and walks near home.")),
    ROW(jaw, N_("A delicate jaw"), N_("Then yawns are half open.")),
    ROW(back, N_("Neck, back, hip or knee"), N_("Then movement is seated and small.")),
    ROW(panic, N_("Panic"), N_("Then no held breath, and walks near home.")),
#undef ROW
};

#define ROWS ((int)(sizeof rows / sizeof rows[0]))

static bool *answer_at(struct settings *settings, int row)
{
    return (bool *)((char *)settings + rows[row].answer);
}

static uint32_t asked_for(const struct settings *settings)
{
    uint32_t bits = 0;
    for (enum care_change change = CARE_SOFT_EYES; change < CARE_CHANGES; change++)
        bits |= care_asks(settings, change) ? UINT32_C(1) << (unsigned)change : 0;
    return bits;
}

void about_open(struct session *session)
{
    session->cards.about_open = true;
    session->cards.about_row = 0;
    session->cards.care_before = asked_for(&session->settings);
}

static void change_answer(struct session *session, time_ns at, struct effects *effects)
{
    int row = session->cards.about_row;
    bool *answer = answer_at(&session->settings, row);
    *answer = !*answer;
    struct effect *effect = effects_add(effects, EFFECT_SETTING, at);
    effect->name = rows[row].name;
    effect->state = *answer ? "on" : "off";
}

/* A way that an answer has changed begins again, so that the change holds at once and is said. */
static void leave(struct session *session, time_ns at, struct effects *effects)
{
    uint32_t changed = asked_for(&session->settings) ^ session->cards.care_before;
    bool again = false;
    for (enum care_change change = CARE_SOFT_EYES; change < CARE_CHANGES; change++)
        again = again || ((changed >> (unsigned)change & 1U) != 0 &&
                          care_technique(change) == session->visit.technique);
    if (!again || session->screen != SCREEN_TECHNIQUE) {
        cards_close(session, HELD_ABOUT, at, effects);
        return;
    }
    session_start(session, session->visit.technique, at, effects);
    if (session->music_on)
        session_music(MUSIC_PLAY, at, effects);
}

void about_key(struct session *session, enum action action, time_ns at, struct effects *effects)
{
    uint8_t *row = &session->cards.about_row;
    if (action == ACTION_LEAVE || action == ACTION_LET_GO)
        leave(session, at, effects);
    else if (action == ACTION_SPACE)
        change_answer(session, at, effects);
    else if (action == ACTION_UP)
        *row = (uint8_t)((*row + ROWS - 1) % ROWS);
    else if (action == ACTION_DOWN)
        *row = (uint8_t)((*row + 1) % ROWS);
}

void about_view(const struct session *session, struct view *view)
{
    struct settings settings = session->settings;
    (void)scene_add_line(view->scene, SCENE_SLOT_UPPER, SCENE_STYLE_BODY,
                         N_("Is there something to take care of?"));
    bool any = asked_for(&settings) != 0;
    int shown = cards_rows(session, ROWS);
    int first = cards_first(session->cards.about_row, shown, ROWS);
    for (int i = first; i < first + shown; i++) {
        bool answered = *answer_at(&settings, i);
        struct scene_line *line =
            scene_add_line(view->scene, SCENE_SLOT_LIST, SCENE_STYLE_BODY, rows[i].title);
        line->marked = i == session->cards.about_row;
        line->ink = line->marked || answered ? SCENE_INK_PLAIN : SCENE_INK_FAINT;
        (void)text_copy(line->key, sizeof line->key,
                        answered ? CARDS_ANSWERED : CARDS_NOT_ANSWERED);
    }
    scene_add_line(view->scene, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL,
                   rows[session->cards.about_row].words)
        ->ink = SCENE_INK_FAINT;
    cards_foot(session, view,
               any ? N_("Space: yes or no. Up and Down. Esc goes on.")
                   : N_("Space: yes. Up and Down. Esc skips this; F3 brings it back."));
}
