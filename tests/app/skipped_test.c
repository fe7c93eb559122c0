/* A state that is skipped takes its breath with it: audio hears of the next state before its cue.
 */
#include "../support/cm.h"

#include "app.h"

static struct app app;
static int states;        /* that audio was told of */
static int states_at_cue; /* as the last cue came */
static enum cue last_cue;

void __wrap_audio_state_begins(struct audio *audio, time_ns now);
void __wrap_audio_state_begins(struct audio *audio, time_ns now)
{
    (void)audio;
    (void)now;
    states++;
}

void __wrap_audio_cue(struct audio *audio, enum cue cue, time_ns length_ns, time_ns now);
void __wrap_audio_cue(struct audio *audio, enum cue cue, time_ns length_ns, time_ns now)
{
    (void)audio;
    (void)length_ns;
    (void)now;
    states_at_cue = states;
    last_cue = cue;
}

static void press_right(time_ns at)
{
    struct event event = {.kind = EVENT_KEY_DOWN, .at = at};
    event.key.typed = event.key.position = KEY_RIGHT;
    struct effects effects = {0};
    session_event(&app.session, &event, &effects);
    app.reached = at;
    app_carry_out(&app, &effects);
}

static void a_skipped_breath_ends_before_the_next_begins(void **state)
{
    (void)state;
    struct settings settings;
    struct effects effects = {0};
    settings_init(&settings);
    session_init(&app.session, &settings);
    session_begin(&app.session, TECHNIQUE_BREATHE, 0, &effects);
    static const enum cue cues[] = {CUE_NONE, CUE_SWELL_IN, CUE_SWELL_OUT};
    for (int i = 0; i < 3; i++) {
        press_right(SECONDS(1 + i));
        assert_int_equal(states, i + 1);
        assert_int_equal(last_cue, cues[i]);
        assert_true(i == 0 || states_at_cue == states);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_skipped_breath_ends_before_the_next_begins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
