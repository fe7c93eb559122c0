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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_another_size_words_are_gone_at_once_and_come_slowly),
        cmocka_unit_test(in_another_size_water_stays),
        cmocka_unit_test(what_is_said_rises_where_nothing_stands),
        cmocka_unit_test(what_is_said_changes_in_place_or_fades),
        cmocka_unit_test(words_change_in_one_frame_once_a_second),
    };
    return cmocka_run_group_tests_name("fades", tests, NULL, NULL);
}
