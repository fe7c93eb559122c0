/* Nothing that is due by the clock is heard without having been foreseen: audio was told when a cue
 * comes before it came. */
#include "../support/cm.h"

#include "app.h"

#define VISIT_NS SECONDS(1500)
#define WAITS_NS SECONDS(5) /* in a state without an end, before a key leads on */

static struct app app;
static time_ns expected_at;

void __wrap_audio_expect(struct audio *audio, time_ns at);
void __wrap_audio_expect(struct audio *audio, time_ns at)
{
    (void)audio;
    expected_at = at;
}

static bool is_heard(const struct effect *effect)
{
    return effect->kind == EFFECT_CUE && effect->cue != CUE_NONE;
}

static void lead_on(time_ns at)
{
    struct event event = {.kind = EVENT_KEY_DOWN, .at = at};
    event.key.typed = event.key.position = KEY_RIGHT;
    struct effects effects = {0};
    session_event(&app.session, &event, &effects);
    app.foreseen = 0;
}

/* Returns how many cues came by the clock. */
static int visit(enum technique_id technique)
{
    struct settings settings;
    struct effects effects = {0};
    int cues = 0;
    settings_init(&settings);
    app = (struct app){0};
    session_init(&app.session, &settings);
    session_begin(&app.session, technique, 0, &effects);
    while (app.session.now < VISIT_NS && app.session.screen == SCREEN_TECHNIQUE) {
        time_ns due = session_deadline(&app.session);
        if (due == TIME_NEVER) {
            lead_on(app.session.now + WAITS_NS);
            continue;
        }
        app_foresee(&app);
        effects.count = 0;
        assert_true(session_run_next(&app.session, due, &effects));
        for (size_t e = 0; e < effects.count; e++) {
            if (!is_heard(&effects.items[e]))
                continue;
            assert_true(expected_at == effects.items[e].at);
            cues++;
        }
    }
    return cues;
}

static void every_cue_was_foreseen(void **state)
{
    (void)state;
    static const enum technique_id sounding[] = {TECHNIQUE_STARE, TECHNIQUE_BREATHE, TECHNIQUE_WALK,
                                                 TECHNIQUE_MOVE,  TECHNIQUE_SHOWER,  TECHNIQUE_TALK,
                                                 TECHNIQUE_YAWN};
    for (size_t i = 0; i < sizeof sounding / sizeof sounding[0]; i++)
        assert_true(visit(sounding[i]) > 0);
}

static void looking_ahead_changes_nothing(void **state)
{
    (void)state;
    static struct session before;
    struct settings settings;
    struct effects effects = {0};
    settings_init(&settings);
    app = (struct app){0};
    session_init(&app.session, &settings);
    session_begin(&app.session, TECHNIQUE_BREATHE, 0, &effects);
    before = app.session;
    app_foresee(&app);
    assert_memory_equal(&before, &app.session, sizeof before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cue_was_foreseen),
        cmocka_unit_test(looking_ahead_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
