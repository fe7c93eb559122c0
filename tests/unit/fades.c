/* What leaves and what comes: a field of another size, a line at the foot, and words that change in
 * one frame. */
#include "../support/cm.h"

#include "driver.h"
#include "lacrima/base/text.h"

#include <string.h>

static void begin(struct driver *driver, enum technique_id technique)
{
    struct settings settings;
    memset(driver, 0, sizeof *driver);
    settings_init(&settings);
    driver_begin(driver, &settings, technique);
}

static time_ns at(double seconds)
{
    return (time_ns)(seconds * 1e9 + 0.5);
}

static void press(struct driver *driver, int32_t key, double seconds)
{
    driver_press(driver, key, 0, at(seconds));
}

static void look(struct driver *driver, double seconds, struct scene *scene)
{
    driver_run_until(driver, at(seconds));
    (void)session_view(&driver->session, at(seconds), scene);
}

/* How much is seen in a slot; the text of what is seen most. */
static double seen(const struct scene *scene, enum scene_slot slot, const char **text)
{
    double most = 0.0;
    *text = "";
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct scene_line *line = &scene->lines[i];
        if (line->slot != slot || (double)line->alpha <= most)
            continue;
        most = (double)line->alpha;
        *text = line->text;
    }
    return most;
}

static void assert_seen(struct driver *driver, double seconds, enum scene_slot slot,
                        const char *expected)
{
    struct scene scene;
    const char *text;
    look(driver, seconds, &scene);
    double shown = seen(&scene, slot, &text);
    assert_float_equal(shown, 1.0, 1e-6);
    assert_string_equal(text, expected);
}

static void resize(struct driver *driver, double seconds)
{
    const struct event event = {.kind = EVENT_RESIZED, .at = at(seconds)};
    driver_run_until(driver, event.at);
    driver_event(driver, &event);
}

static double sentences(struct driver *driver, double seconds)
{
    struct scene scene;
    const char *text;
    look(driver, seconds, &scene);
    return seen(&scene, SCENE_SLOT_CENTRE, &text);
}

/* An edge that is dragged: nothing of the words is seen before it rests, and then they come. */
static void in_another_size_words_are_gone_at_once_and_come_slowly(void **state)
{
    struct driver d;
    (void)state;
    begin(&d, TECHNIQUE_BREATHE);
    assert_float_equal(sentences(&d, 4.9), 1.0, 1e-6);
    for (int step = 0; step < 20; step++) {
        resize(&d, 5.0 + 0.05 * step);
        assert_float_equal(sentences(&d, 5.0 + 0.05 * step), 0.0, 1e-6);
        assert_float_equal(sentences(&d, 5.04 + 0.05 * step), 0.0, 1e-6);
    }
    double before = 0.0;
    for (double t = 6.0; t < 7.9; t += 0.05) {
        double now = sentences(&d, t);
        assert_true(now >= before);
        assert_true(t > 6.9 || now <= 0.0);
        before = now;
    }
    assert_float_equal(sentences(&d, 7.96), 1.0, 1e-6);
}

static const struct scene_shape *water_of(const struct scene *scene)
{
    for (size_t i = 0; i < scene->shape_count; i++) {
        if (scene->shapes[i].kind == SCENE_SHAPE_DRAIN)
            return &scene->shapes[i];
    }
    return NULL;
}

static void in_another_size_water_stays(void **state)
{
    struct driver d;
    struct scene before;
    struct scene after;
    (void)state;
    begin(&d, TECHNIQUE_SHOWER);
    press(&d, KEY_SPACE, 2);
    look(&d, 60, &before);
    assert_non_null(water_of(&before));
    resize(&d, 60);
    for (double t = 60.0; t < 64; t += 0.1) {
        look(&d, t, &after);
        assert_non_null(water_of(&after));
        assert_float_equal(water_of(&after)->alpha, water_of(&before)->alpha, 1e-6);
        assert_float_equal(water_of(&after)->amount, water_of(&before)->amount, 0.02);
    }
}

/* Where nothing stands at the foot a line rises in a second and all else goes on. */
static void what_is_said_rises_where_nothing_stands(void **state)
{
    struct driver d;
    struct scene scene;
    const char *text;
    (void)state;
    begin(&d, TECHNIQUE_BREATHE);
    assert_seen(&d, 28, SCENE_SLOT_LOWER, "Out");
    press(&d, '=', 29);
    double before = 0.0;
    for (double t = 29.0; t <= 30.0; t += 0.05) {
        look(&d, t, &scene);
        double now = seen(&scene, SCENE_SLOT_FOOT, &text);
        assert_true(now >= before);
        before = now;
        assert_float_equal(seen(&scene, SCENE_SLOT_LOWER, &text), 1.0, 1e-6);
    }
    look(&d, 30, &scene);
    assert_float_equal(seen(&scene, SCENE_SLOT_FOOT, &text), 1.0, 1e-6);
    look(&d, 33.01, &scene);
    assert_float_equal(seen(&scene, SCENE_SLOT_FOOT, &text), 0.0, 1e-6);
}

static double most_words(struct driver *driver, double seconds)
{
    struct scene scene;
    double most = 0.0;
    look(driver, seconds, &scene);
    for (size_t i = 0; i < scene.line_count; i++)
        most = (double)scene.lines[i].alpha > most ? (double)scene.lines[i].alpha : most;
    return most;
}

/* What has just left, in a second or, let go of, in a moment, is followed by nothing at once:
 * light, dark and light within a second would be a flash. */
static void where_words_have_just_left_others_wait(void **state)
{
    struct driver d;
    struct scene scene;
    const char *text;
    (void)state;
    begin(&d, TECHNIQUE_BREATHE);
    press(&d, '=', 29); /* said until 33 */
    press(&d, '=', 33.1);
    for (double t = 33.1; t < 34.0; t += 0.05) {
        look(&d, t, &scene);
        if (seen(&scene, SCENE_SLOT_FOOT, &text) > 0.0)
            fail_msg("%.2f s after a line has left there is another: %s", t - 33.0, text);
    }
    assert_true(most_words(&d, 36) > 0.99);
    press(&d, KEY_ENTER, 40); /* nothing is left after 0.3 s, and keys are heard after 0.4 s */
    assert_float_equal(most_words(&d, 40.3), 0.0, 1e-6);
    press(&d, 'x', 40.5);
    for (double t = 40.5; t < 41.4; t += 0.05) {
        if (most_words(&d, t) > 0.0)
            fail_msg("%.2f s after all was let go there are words", t - 40.0);
    }
    assert_float_equal(most_words(&d, 42.6), 1.0, 1e-6);
}

/* The same said again changes in its place; something else waits until it has left. */
static void what_is_said_changes_in_place_or_fades(void **state)
{
    struct driver d;
    struct scene scene;
    const char *text;
    (void)state;
    begin(&d, TECHNIQUE_BREATHE);
    press(&d, '=', 29);
    look(&d, 30.5, &scene);
    (void)seen(&scene, SCENE_SLOT_FOOT, &text);
    char first[SCENE_TEXT_BYTES];
    (void)text_copy(first, sizeof first, text);
    press(&d, '=', 30.5);
    assert_seen(&d, 30.5, SCENE_SLOT_FOOT, first);
    assert_seen(&d, 30.55, SCENE_SLOT_FOOT, first);
    press(&d, 'm', 31);
    for (double t = 31.0; t < 33.0; t += 0.05) {
        look(&d, t, &scene);
        double most = seen(&scene, SCENE_SLOT_FOOT, &text);
        assert_int_equal(most > 0.0 && text_equal(text, first), most > 0.0 && t < 31.99);
    }
    look(&d, 33, &scene);
    assert_float_equal(seen(&scene, SCENE_SLOT_FOOT, &text), 1.0, 1e-6);
    assert_string_not_equal(text, first);
}

/* A word changes in one frame when its time has come; keys may make it do so once a second. */
static void words_change_in_one_frame_once_a_second(void **state)
{
    struct driver d;
    struct scene scene;
    const char *text;
    (void)state;
    begin(&d, TECHNIQUE_BREATHE);
    assert_seen(&d, 25.999, SCENE_SLOT_LOWER, "In");
    assert_seen(&d, 26, SCENE_SLOT_LOWER, "Out");
    press(&d, KEY_RIGHT, 27.5);
    assert_seen(&d, 27.5, SCENE_SLOT_LOWER, "In");
    /* Too soon after the last: one leaves, then the other comes. */
    press(&d, KEY_RIGHT, 28);
    for (double t = 28.0; t < 30.0; t += 0.05) {
        look(&d, t, &scene);
        double most = seen(&scene, SCENE_SLOT_LOWER, &text);
        assert_int_equal(most > 0.0 && text_equal(text, "In"), most > 0.0 && t < 28.99);
    }
    assert_seen(&d, 30, SCENE_SLOT_LOWER, "Out");
    press(&d, KEY_RIGHT, 31);
    assert_seen(&d, 31, SCENE_SLOT_LOWER, "In");
}

static size_t lines_in(const struct scene *scene, enum scene_slot slot)
{
    size_t count = 0;
    for (size_t i = 0; i < scene->line_count; i++)
        count += scene->lines[i].slot == slot ? 1 : 0;
    return count;
}

/* The word of a breath is on time, and whole, however far a line at the foot has come: it stood,
 * and does not leave or come with that. */
static void a_word_changes_in_one_frame_while_others_fade(void **state)
{
    static const double pressed[] = {31.9, 31.3, 30.9, 30.1};
    (void)state;
    for (size_t i = 0; i < sizeof pressed / sizeof pressed[0]; i++) {
        struct driver d;
        struct scene scene;
        begin(&d, TECHNIQUE_BREATHE);
        press(&d, 'v', pressed[i]);
        assert_seen(&d, 31.999, SCENE_SLOT_LOWER, "Out");
        for (double t = 32.0; t < 33.0; t += 0.1) {
            assert_seen(&d, t, SCENE_SLOT_LOWER, "In");
            look(&d, t, &scene);
            assert_int_equal(lines_in(&scene, SCENE_SLOT_LOWER), 1);
        }
    }
}

static double field_of(struct driver *driver, double seconds)
{
    struct scene scene;
    look(driver, seconds, &scene);
    return colour_luminance(scene.field);
}

static void assert_rests(struct driver *driver, double from, double until)
{
    double stands = field_of(driver, from);
    for (double t = from; t < until; t += 0.05)
        assert_float_equal(field_of(driver, t), stands, 1e-6);
    assert_float_equal(field_of(driver, until), stands, 1e-6);
}

/* Brighter all the while, and with all the words of a page, which may be gone at once, by less than
 * 0.10 a second. */
static void assert_brightens(struct driver *driver, double from, double until)
{
    double before = field_of(driver, from);
    for (double t = from + 0.25; t <= until; t += 0.25) {
        double now = field_of(driver, t);
        assert_true(now > before && now - before < 0.06 * 0.25);
        before = now;
    }
}

/* From dark to pale, with breaths of 4 s in and 6 s out from 22 s on: still for a second on either
 * side of a word that changes in one frame, to the very end. */
static void a_field_rests_where_a_word_changes(void **state)
{
    struct driver d;
    (void)state;
    begin(&d, TECHNIQUE_BREATHE);
    driver_press(&d, 'l', KEY_SHIFT, at(29.5));
    assert_brightens(&d, 29.5, 31);
    assert_rests(&d, 31, 33);
    assert_brightens(&d, 33, 35);
    assert_rests(&d, 35, 37);
    assert_brightens(&d, 37, 41);
    assert_rests(&d, 41, 43);
    assert_brightens(&d, 43, 45);
    assert_rests(&d, 45, 47);
    double end = field_of(&d, 70);
    assert_true(end > 0.6);
    assert_float_equal(field_of(&d, 75), end, 1e-6);
    /* A key's word fades while the field is on its way. */
    begin(&d, TECHNIQUE_BREATHE);
    driver_press(&d, 'l', KEY_SHIFT, at(29.5));
    press(&d, KEY_RIGHT, 33.5);
    assert_seen(&d, 33.5, SCENE_SLOT_LOWER, "In");
    assert_seen(&d, 35.5, SCENE_SLOT_LOWER, "Out");
}

/* Words that come, and then change before a second is over: it does not brighten before them. */
static void a_field_rests_while_words_come(void **state)
{
    struct driver d;
    (void)state;
    begin(&d, TECHNIQUE_BREATHE);
    driver_press(&d, 'l', KEY_SHIFT, at(27));
    assert_brightens(&d, 27, 28);
    press(&d, 'h', 28);
    assert_rests(&d, 28, 30);
    assert_brightens(&d, 30, 31);
    press(&d, 'h', 31);
    assert_rests(&d, 31, 33);
    assert_brightens(&d, 33, 34);
}

/* A key that leads on while a field stands still before a state's end: it stays where it is. */
static void a_field_that_rests_never_leaps(void **state)
{
    struct driver d;
    (void)state;
    begin(&d, TECHNIQUE_BREATHE);
    driver_press(&d, 'l', KEY_SHIFT, at(29.5));
    double stands = field_of(&d, 31);
    press(&d, '=', 31.4);
    assert_float_equal(field_of(&d, 31.4), stands, 1e-6);
    press(&d, 'p', 31.8);
    assert_float_equal(field_of(&d, 31.8), stands, 1e-6);
    assert_rests(&d, 31.8, 33.8);
    assert_brightens(&d, 33.8, 36);
}

/* Turned round by a key it stands still for a second first. */
static void a_field_rests_before_it_turns_round(void **state)
{
    struct driver d;
    (void)state;
    begin(&d, TECHNIQUE_BREATHE);
    driver_press(&d, 'l', KEY_SHIFT, at(27));
    assert_brightens(&d, 27, 29);
    driver_press(&d, 'l', 0, at(29));
    assert_rests(&d, 29, 30);
    double stands = field_of(&d, 30);
    assert_true(field_of(&d, 39) < stands);
}

static void music_begins(struct driver *driver, const char *title, double seconds)
{
    struct event event = {.kind = EVENT_MUSIC_STARTED, .at = at(seconds)};
    (void)text_copy(event.text, sizeof event.text, title);
    driver_run_until(driver, event.at);
    driver_event(driver, &event);
}

/* Another piece begins (NULL: none does), and until then nothing where its title stands comes or
 * leaves faster than in a second. */
static void assert_slow(struct driver *driver, double from, double until, const char *title,
                        const char *stands_then)
{
    struct scene scene;
    const char *text;
    look(driver, from, &scene);
    double before = seen(&scene, SCENE_SLOT_LOWER, &text);
    char stood[SCENE_TEXT_BYTES];
    (void)text_copy(stood, sizeof stood, text);
    if (title != NULL)
        music_begins(driver, title, from);
    for (double t = from; t < until; t += 0.02) {
        look(driver, t, &scene);
        double now = seen(&scene, SCENE_SLOT_LOWER, &text);
        assert_float_equal(now, before, 0.1);
        assert_true(text_equal(text, stood) || (before < 0.1 && now < 0.1));
        (void)text_copy(stood, sizeof stood, text);
        before = now;
    }
    assert_string_equal(stood, stands_then);
}

/* The title of one piece leaves before that of the next comes, and so does the thought. */
static void titles_leave_and_come(void **state)
{
    static const char thought[] = "Think about a time this song belongs to.";
    struct driver d;
    (void)state;
    begin(&d, TECHNIQUE_MUSIC);
    press(&d, KEY_SPACE, 2);
    assert_slow(&d, 5, 8, "Field Road", "Field Road");
    assert_slow(&d, 8, 11, "Harbour Without Boats", "Harbour Without Boats");
    assert_slow(&d, 11, 25, NULL, "");
    begin(&d, TECHNIQUE_MUSIC);
    press(&d, KEY_SPACE, 2);
    assert_slow(&d, 5, 16, NULL, thought);
    assert_slow(&d, 16, 19, "Field Road", "Field Road");
    assert_slow(&d, 19, 30, NULL, "");
    begin(&d, TECHNIQUE_MUSIC);
    press(&d, KEY_SPACE, 2);
    assert_slow(&d, 7, 10, "Field Road", "Field Road");
    assert_slow(&d, 10, 18, NULL, thought);
    assert_slow(&d, 18, 30, NULL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_another_size_words_are_gone_at_once_and_come_slowly),
        cmocka_unit_test(in_another_size_water_stays),
        cmocka_unit_test(what_is_said_rises_where_nothing_stands),
        cmocka_unit_test(where_words_have_just_left_others_wait),
        cmocka_unit_test(what_is_said_changes_in_place_or_fades),
        cmocka_unit_test(words_change_in_one_frame_once_a_second),
        cmocka_unit_test(a_word_changes_in_one_frame_while_others_fade),
        cmocka_unit_test(a_field_rests_where_a_word_changes),
        cmocka_unit_test(a_field_rests_while_words_come),
        cmocka_unit_test(a_field_that_rests_never_leaps),
        cmocka_unit_test(a_field_rests_before_it_turns_round),
        cmocka_unit_test(titles_leave_and_come),
    };
    return cmocka_run_group_tests_name("fades", tests, NULL, NULL);
}
