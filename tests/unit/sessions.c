#include "../support/cm.h"

#include "driver.h"
#include "lacrima/base/text.h"

#include <string.h>

struct seen {
    char screen[16];
    char state[16];
    int states, cues, awake, music, settings;
    time_ns last_state_at;
    char shelf[16];
};

static void see(void *user, const struct driver *driver, const struct effect *effect)
{
    (void)driver;
    struct seen *seen = user;
    if (effect->kind == EFFECT_SCREEN)
        (void)text_copy(seen->screen, sizeof seen->screen, effect->name);
    if (effect->kind == EFFECT_STATE) {
        (void)text_copy(seen->state, sizeof seen->state, effect->state);
        seen->last_state_at = effect->at;
        seen->states++;
    }
    if (effect->kind == EFFECT_CUE)
        seen->cues++;
    if (effect->kind == EFFECT_AWAKE)
        seen->awake = effect->on;
    if (effect->kind == EFFECT_MUSIC)
        seen->music = (int)effect->music;
    if (effect->kind == EFFECT_SETTING)
        seen->settings++;
    if (effect->kind == EFFECT_SHELF)
        (void)text_copy(seen->shelf, sizeof seen->shelf, effect->name);
}

struct sitting {
    struct driver driver;
    struct seen seen;
    struct settings settings;
};

static void begin(struct sitting *s, enum technique_id technique)
{
    memset(s, 0, sizeof *s);
    settings_init(&s->settings);
    s->driver.effect = see;
    s->driver.user = &s->seen;
    s->seen.music = -1;
    driver_begin(&s->driver, &s->settings, technique);
}

static void press(struct sitting *s, int32_t key, double seconds)
{
    driver_press(&s->driver, key, 0, (time_ns)(seconds * 1e9));
}

static void run(struct sitting *s, double seconds)
{
    driver_run_until(&s->driver, (time_ns)(seconds * 1e9));
}

static size_t visible(struct sitting *s, double seconds, struct scene *scene)
{
    (void)session_view(&s->driver.session, (time_ns)(seconds * 1e9), scene);
    return scene->line_count + scene->shape_count;
}

static void early_keys_are_not_heard(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, TECHNIQUE_COUNT);
    press(&s, '1', 0.399);
    assert_string_equal(s.seen.screen, "home");
    press(&s, '1', 0.4);
    assert_string_equal(s.seen.screen, "technique");
    press(&s, KEY_ESC, 0.5); /* Esc and the curtain are always heard */
    assert_string_equal(s.seen.screen, "landing");
    press(&s, 'c', 0.6);
    assert_string_equal(s.seen.screen, "curtain");
}

static void esc_lands_then_goes_home_then_quits(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, TECHNIQUE_STARE);
    press(&s, KEY_ESC, 5);
    assert_string_equal(s.seen.screen, "landing");
    assert_string_equal(s.seen.state, "breath");
    press(&s, KEY_ESC, 6);
    assert_string_equal(s.seen.screen, "home");
    assert_false(s.driver.quit);
    press(&s, KEY_ESC, 7);
    assert_true(s.driver.quit);
}

static void a_pause_stops_the_clock_and_lets_the_screen_sleep(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, TECHNIQUE_STARE);
    press(&s, KEY_SPACE, 2); /* hold begins at 2, rest is due at 32 */
    assert_string_equal(s.seen.state, "hold");
    assert_true(s.seen.awake);
    press(&s, 'p', 10);
    assert_string_equal(s.seen.screen, "paused");
    assert_false(s.seen.awake);
    run(&s, 500);
    assert_string_equal(s.seen.state, "hold");
    press(&s, 'p', 510);
    run(&s, 531.9);
    assert_string_equal(s.seen.state, "hold");
    run(&s, 532);
    assert_string_equal(s.seen.state, "rest");
    assert_true(s.seen.last_state_at == SECONDS(532));
}

static void let_go_holds_for_as_long_as_it_takes(void **state)
{
    (void)state;
    struct sitting s;
    struct scene scene;
    begin(&s, TECHNIQUE_BREATHE);
    run(&s, 40);
    int states = s.seen.states;
    int cues = s.seen.cues;
    press(&s, KEY_ENTER, 41);
    assert_string_equal(s.seen.screen, "let-go");
    assert_true(s.seen.awake);
    assert_true(visible(&s, 41.0, &scene) > 0);
    assert_int_equal(visible(&s, 41.3, &scene), 0);
    run(&s, 36000);
    assert_true(s.seen.states == states && s.seen.cues == cues);
    assert_true(session_deadline(&s.driver.session) == TIME_NEVER);
    press(&s, 'k', 36001); /* any key, even one that means nothing */
    assert_int_equal(visible(&s, 36003, &scene), 2);
    press(&s, '4', 36003); /* two things only */
    assert_string_equal(s.seen.screen, "let-go");
    press(&s, KEY_SPACE, 36004);
    assert_int_equal(visible(&s, 36006, &scene), 0);
    press(&s, 'k', 36007);
    run(&s, 36040); /* the offer leaves by itself; staying is the default */
    assert_int_equal(visible(&s, 36040, &scene), 0);
    press(&s, 'k', 36041);
    press(&s, KEY_ESC, 36042);
    assert_string_equal(s.seen.screen, "landing");
    assert_int_equal(s.seen.music, -1); /* none played, so none rises */
}

static void what_stays_as_it_is_is_no_change(void **state)
{
    (void)state;
    struct sitting s;
    struct scene scene;
    begin(&s, TECHNIQUE_COUNT);
    for (int i = 0; i < 30; i++)
        press(&s, '-', 1 + i);
    assert_int_equal(s.driver.session.settings.sound_volume, 0);
    assert_int_equal(s.seen.settings, 14); /* from 70, by fives */
    size_t heard = visible(&s, 32, &scene);
    run(&s, 60);
    press(&s, '-', 61); /* said all the same */
    assert_int_equal(visible(&s, 63.5, &scene), heard);
    press(&s, '=', 70);
    assert_int_equal(s.seen.settings, 15);
}

static void the_curtain_hides_everything_at_once(void **state)
{
    (void)state;
    struct sitting s;
    struct scene scene;
    begin(&s, TECHNIQUE_BREATHE);
    run(&s, 30);
    press(&s, 'c', 30.5);
    assert_int_equal(visible(&s, 30.65, &scene), 0);
    press(&s, KEY_ESC, 32);
    press(&s, KEY_ENTER, 33);
    press(&s, 'c', 34);
    press(&s, KEY_SPACE, 40);
    run(&s, 43.5);
    press(&s, KEY_SPACE, 43.6); /* too late: it counts as a first one */
    assert_string_equal(s.seen.screen, "curtain");
    press(&s, 'k', 44); /* Space and then Space: nothing between */
    press(&s, KEY_SPACE, 44.5);
    assert_string_equal(s.seen.screen, "curtain");
    press(&s, KEY_SPACE, 45);
    assert_string_equal(s.seen.screen, "paused");
    assert_string_equal(s.seen.state, "out"); /* the clock stood at 30.5 */
}

static void a_gap_pauses_and_nothing_is_caught_up(void **state)
{
    (void)state;
    static const double gaps[] = {5, 600, 32400};
    static const enum technique_id ids[] = {TECHNIQUE_STARE, TECHNIQUE_BREATHE, TECHNIQUE_MUSIC,
                                            TECHNIQUE_MOVE, TECHNIQUE_YAWN};
    for (size_t i = 0; i < sizeof gaps / sizeof gaps[0]; i++) {
        for (size_t k = 0; k < sizeof ids / sizeof ids[0]; k++) {
            for (double when = 1; when < 120; when += 7) {
                struct sitting s;
                begin(&s, ids[k]);
                run(&s, when);
                int states = s.seen.states;
                int cues = s.seen.cues;
                bool ran = s.driver.session.screen == SCREEN_TECHNIQUE;
                struct event event = {.kind = EVENT_GAP};
                event.gap_ns = (time_ns)(gaps[i] * 1e9);
                event.at = (time_ns)(when * 1e9) + event.gap_ns;
                time_ns left = session_deadline(&s.driver.session) - (time_ns)(when * 1e9);
                bool waits = session_deadline(&s.driver.session) == TIME_NEVER;
                driver_event(&s.driver, &event);
                run(&s, when + gaps[i] + 60);
                assert_true(ran);
                assert_string_equal(s.seen.screen, "paused");
                assert_true(s.seen.states == states && s.seen.cues == cues);
                press(&s, KEY_SPACE, when + gaps[i] + 61);
                if (!waits)
                    assert_true(session_deadline(&s.driver.session) ==
                                event.at + SECONDS(61) + left);
            }
        }
    }
}

static void a_hiccup_changes_nothing(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, TECHNIQUE_BREATHE);
    run(&s, 30);
    struct event event = {
        .kind = EVENT_GAP, .at = MILLISECONDS(31900), .gap_ns = MILLISECONDS(1900)};
    driver_event(&s.driver, &event);
    assert_string_equal(s.seen.screen, "technique");
}

static void the_keys_lie_over_the_field(void **state)
{
    (void)state;
    struct sitting s;
    struct scene scene;
    begin(&s, TECHNIQUE_BREATHE);
    run(&s, 30);
    int states = s.seen.states;
    press(&s, 'h', 31);
    assert_string_equal(s.seen.screen, "keys");
    assert_true(visible(&s, 33, &scene) > 20);
    run(&s, 100);
    assert_int_equal(s.seen.states, states);
    press(&s, '0', 101);
    assert_string_equal(s.seen.state, "settle");
    press(&s, 'h', 102);
    press(&s, KEY_ESC, 103);
    assert_string_equal(s.seen.screen, "technique");
}

static void words_can_leave(void **state)
{
    (void)state;
    struct sitting s;
    struct scene scene;
    begin(&s, TECHNIQUE_BREATHE);
    run(&s, 30);
    press(&s, 't', 31);
    (void)visible(&s, 38, &scene);
    assert_int_equal(scene.line_count, 0);
    assert_int_equal(scene.shape_count, 1);
}

static void music_fades_with_everything_else(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, TECHNIQUE_MUSIC);
    assert_int_equal(s.seen.music, -1); /* never plays by itself before the person went on */
    press(&s, KEY_SPACE, 2);
    assert_int_equal(s.seen.music, MUSIC_PLAY);
    press(&s, KEY_SPACE, 4);
    assert_int_equal(s.seen.music, MUSIC_PAUSE);
    press(&s, KEY_SPACE, 6);
    assert_int_equal(s.seen.music, MUSIC_PLAY);
    press(&s, KEY_ENTER, 8);
    assert_int_equal(s.seen.music, MUSIC_BED);
    press(&s, 'x', 9);
    press(&s, KEY_ESC, 10);
    assert_int_equal(s.seen.music, MUSIC_STOP);
}

static void soft_eyes_have_no_target(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, TECHNIQUE_COUNT);
    s.driver.session.settings.care_dry_eyes = true;
    press(&s, '1', 1);
    press(&s, KEY_SPACE, 2);
    int cues = s.seen.cues;
    run(&s, 21.9);
    assert_int_equal(s.seen.cues, cues);
    run(&s, 22);
    assert_string_equal(s.seen.state, "rest");
}

static void a_stare_never_lasts_past_its_ceiling(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, TECHNIQUE_COUNT);
    s.driver.session.settings.stare_ceiling_s = 60;
    press(&s, '1', 1);
    press(&s, KEY_SPACE, 2);
    run(&s, 62);
    assert_string_equal(s.seen.state, "rest");
    assert_true(s.seen.last_state_at == SECONDS(62));
}

static void bring(struct sitting *s, enum brought brought, double seconds)
{
    struct event event = {
        .kind = EVENT_BROUGHT, .at = (time_ns)(seconds * 1e9), .value = (int32_t)brought};
    driver_event(&s->driver, &event);
}

/* At home and in its own way it is opened; nobody is led away from another. */
static void what_is_brought_in_is_opened(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, TECHNIQUE_COUNT);
    bring(&s, BROUGHT_MUSIC, 3);
    assert_string_equal(s.seen.screen, "technique");
    assert_int_equal(s.driver.session.visit.technique, TECHNIQUE_MUSIC);
    assert_string_equal(s.seen.state, "settle");
    press(&s, KEY_SPACE, 5);
    assert_string_equal(s.seen.state, "listen");
    s.seen.music = -1;
    bring(&s, BROUGHT_READING, 10);
    assert_int_equal(s.seen.music, -1);
    bring(&s, BROUGHT_MUSIC, 11);
    assert_int_equal(s.seen.music, MUSIC_NEXT);
    press(&s, 'p', 12);
    s.seen.music = -1;
    bring(&s, BROUGHT_MUSIC, 13);
    assert_int_equal(s.seen.music, -1);
    begin(&s, TECHNIQUE_READ);
    press(&s, KEY_SPACE, 5);
    assert_string_equal(s.seen.state, "page");
    bring(&s, BROUGHT_READING, 6);
    assert_string_equal(s.seen.state, "settle");
    begin(&s, TECHNIQUE_BREATHE);
    bring(&s, BROUGHT_READING, 3);
    assert_int_equal(s.driver.session.visit.technique, TECHNIQUE_BREATHE);
    press(&s, 'g', 4);
    bring(&s, BROUGHT_READING, 5);
    assert_int_equal(s.driver.session.visit.technique, TECHNIQUE_BREATHE);
}

static void tell_of_the_shelf(struct sitting *s, bool shelf, double seconds)
{
    struct event event = {.kind = EVENT_NOTICE, .at = (time_ns)(seconds * 1e9), .shelf = shelf};
    (void)text_copy(event.text, sizeof event.text, "On your shelf");
    driver_event(&s->driver, &event);
}

static void k_takes_it_off_while_the_line_stands(void **state)
{
    (void)state;
    struct sitting s;
    struct scene scene;
    begin(&s, TECHNIQUE_COUNT);
    tell_of_the_shelf(&s, true, 1);
    press(&s, 'k', 14);
    assert_string_equal(s.seen.shelf, "");
    tell_of_the_shelf(&s, true, 20);
    tell_of_the_shelf(&s, false, 21);
    press(&s, 'k', 22);
    assert_string_equal(s.seen.shelf, "");
    tell_of_the_shelf(&s, true, 30);
    press(&s, 'k', 31);
    assert_string_equal(s.seen.shelf, "drop");
    (void)visible(&s, 35, &scene);
    for (size_t i = 0; i < scene.line_count; i++)
        assert_string_not_equal(scene.lines[i].text, "On your shelf");
    s.seen.shelf[0] = '\0';
    press(&s, 'k', 36);
    assert_string_equal(s.seen.shelf, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(early_keys_are_not_heard),
        cmocka_unit_test(esc_lands_then_goes_home_then_quits),
        cmocka_unit_test(a_pause_stops_the_clock_and_lets_the_screen_sleep),
        cmocka_unit_test(let_go_holds_for_as_long_as_it_takes),
        cmocka_unit_test(what_stays_as_it_is_is_no_change),
        cmocka_unit_test(the_curtain_hides_everything_at_once),
        cmocka_unit_test(a_gap_pauses_and_nothing_is_caught_up),
        cmocka_unit_test(a_hiccup_changes_nothing),
        cmocka_unit_test(the_keys_lie_over_the_field),
        cmocka_unit_test(words_can_leave),
        cmocka_unit_test(what_is_brought_in_is_opened),
        cmocka_unit_test(k_takes_it_off_while_the_line_stands),
        cmocka_unit_test(music_fades_with_everything_else),
        cmocka_unit_test(soft_eyes_have_no_target),
        cmocka_unit_test(a_stare_never_lasts_past_its_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
