#include "../support/cm.h"

#include "lacrima/core/scene.h"

#include <string.h>

static void add(struct scene *scene, enum scene_slot slot, const char *text)
{
    (void)scene_add_line(scene, slot, SCENE_STYLE_BODY, text);
}

static void equal_means_equal(void **state)
{
    (void)state;
    struct scene a;
    struct scene b;
    scene_init(&a);
    scene_init(&b);
    memset(&b.lines[5], 0x55, sizeof b.lines[5]); /* unused room does not count */
    assert_true(scene_equal(&a, &b));
    add(&a, SCENE_SLOT_FOOT, "x");
    assert_false(scene_equal(&a, &b));
    add(&b, SCENE_SLOT_FOOT, "x");
    assert_true(scene_equal(&a, &b));
    b.lines[0].alpha = 0.5F;
    assert_false(scene_equal(&a, &b));
    b.lines[0].alpha = 1.0F;
    b.drift_x_px = 1;
    assert_false(scene_equal(&a, &b));
}

/* At no moment of a fade do the old and the new text of a slot both show. */
static void two_texts_never_share_a_place(void **state)
{
    (void)state;
    struct scene from;
    struct scene to;
    scene_init(&from);
    scene_init(&to);
    add(&from, SCENE_SLOT_CENTRE, "old");
    add(&from, SCENE_SLOT_FOOT, "stays");
    add(&to, SCENE_SLOT_CENTRE, "new");
    add(&to, SCENE_SLOT_FOOT, "stays");
    for (int i = 0; i <= 100; i++) {
        struct scene mixed;
        scene_mix(&from, &to, i / 100.0, &mixed);
        float old_alpha = 0.0F;
        float new_alpha = 0.0F;
        float stays = 0.0F;
        for (size_t n = 0; n < mixed.line_count; n++) {
            const struct scene_line *line = &mixed.lines[n];
            float *alpha = line->text[0] == 'o'   ? &old_alpha
                           : line->text[0] == 'n' ? &new_alpha
                                                  : &stays;
            *alpha = line->alpha;
        }
        assert_true(old_alpha == 0.0F || new_alpha == 0.0F);
        assert_true(stays == 1.0F);
    }
}

/* A line that was on its way when the next screen, which has it too, came: no leap. */
static void what_stays_goes_on_from_where_it_was(void **state)
{
    (void)state;
    struct scene from;
    struct scene to;
    struct scene mixed;
    scene_init(&from);
    scene_init(&to);
    add(&from, SCENE_SLOT_LOWER, "first");
    add(&from, SCENE_SLOT_FOOT, "stays");
    add(&from, SCENE_SLOT_LOWER, "second");
    add(&to, SCENE_SLOT_FOOT, "stays");
    add(&to, SCENE_SLOT_LOWER, "first");
    add(&to, SCENE_SLOT_LOWER, "second");
    from.lines[0].alpha = 0.25F;
    from.lines[1].alpha = 0.5F;
    float before[] = {0.5F, 0.25F, 1.0F};
    for (int i = 0; i <= 100; i++) {
        scene_mix(&from, &to, i / 100.0, &mixed);
        assert_int_equal(mixed.line_count, 3);
        for (size_t n = 0; n < 3; n++) {
            assert_true(i != 0 || mixed.lines[n].alpha == before[n]);
            assert_true(mixed.lines[n].alpha >= before[n]);
            assert_true(mixed.lines[n].alpha - before[n] <= 0.06F);
            before[n] = mixed.lines[n].alpha;
        }
    }
    assert_true(before[0] == 1.0F && before[1] == 1.0F && before[2] == 1.0F);
}

static void a_full_scene_holds(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene);
    for (int i = 0; i < SCENE_LINES_MAX + 10; i++)
        add(&scene, SCENE_SLOT_LIST, "row");
    assert_int_equal(scene.line_count, SCENE_LINES_MAX);
    for (int i = 0; i < SCENE_SHAPES_MAX + 10; i++)
        scene_add_shape(&scene, SCENE_SHAPE_DISC, 2.0, 2.0);
    assert_int_equal(scene.shape_count, SCENE_SHAPES_MAX);
    assert_true(scene.shapes[0].amount == 1.0F && scene.shapes[0].alpha == 1.0F);
}

static void measures_light_as_wcag_does(void **state)
{
    (void)state;
    struct colour white = colour_from_codes(255, 255, 255);
    struct colour grey = colour_from_codes(0x59, 0x59, 0x59);
    struct colour black = {0};
    assert_float_equal((float)colour_contrast(white, black), 21.0F, 0.001F);
    assert_float_equal((float)colour_luminance(grey), 0.0999F, 0.0005F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_means_equal),
        cmocka_unit_test(two_texts_never_share_a_place),
        cmocka_unit_test(what_stays_goes_on_from_where_it_was),
        cmocka_unit_test(a_full_scene_holds),
        cmocka_unit_test(measures_light_as_wcag_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
