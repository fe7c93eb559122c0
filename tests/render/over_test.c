/* Drawing over: what is drawn into a buffer that holds a former frame is, to the last bit, what is
 * drawn into an empty one, for buffers of every age, through thousands of small changes; and
 * nothing outside the box that is said to have changed has changed. */
#include "pair.h"
#include "samples.h"

#include "lacrima/base/check.h"

#include <epoxy/gl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 700

static void pose(struct scene_figure *figure)
{
    figure->kind = 1;
    figure->alpha = 1.0F;
    figure->stroke_count = 1 + below(4);
    for (size_t i = 0; i < figure->stroke_count; i++)
        figure->strokes[i] = (struct scene_stroke){.x0 = part() * 0.3F - 0.15F,
                                                   .y0 = part() * 0.3F - 0.15F,
                                                   .x1 = part() * 0.3F - 0.15F,
                                                   .y1 = part() * 0.3F - 0.15F,
                                                   .half_width0 = part() * 0.02F,
                                                   .half_width1 = part() * 0.02F,
                                                   .part = 0.5F + 0.5F * part(),
                                                   .clears = i > 0 && below(3) == 0};
}

static void another_shape(struct scene *scene)
{
    scene->shape_count = below(3);
    for (size_t i = 0; i < scene->shape_count; i++)
        scene->shapes[i] = (struct scene_shape){
            .kind = (enum scene_shape_kind)(SCENE_SHAPE_DISC + below(SCENE_SHAPE_EMBER)),
            .beside = below(3) == 0,
            .amount = part(),
            .alpha = 1.0F};
    if (below(8) == 0 && scene->shape_count > 0)
        scene->shapes[0].kind = SCENE_SHAPE_DRAIN;
}

static void another_text(struct scene *scene)
{
    static const char *const words[] = {"in",
                                        "out",
                                        "hold",
                                        "Nothing has to happen here.",
                                        "Let it come, or let it pass; both are fine.",
                                        "fjÅg"};
    static const enum scene_slot slots[] = {SCENE_SLOT_UPPER, SCENE_SLOT_LOWER, SCENE_SLOT_FOOT,
                                            SCENE_SLOT_TOP, SCENE_SLOT_CENTRE};
    if (scene->line_count >= 6 || (scene->line_count > 0 && below(4) == 0)) {
        scene->line_count--;
        return;
    }
    struct scene_line *line =
        stage_line(scene, slots[below(5)], (enum scene_style)below(3), "", words[below(6)]);
    line->alpha = part();
    line->ink = (enum scene_ink)below(2);
}

/* One of the things that happen in a visit; most often what happens in most frames. */
static void change(struct scene *scene)
{
    switch (below(12)) {
    case 0:
        another_shape(scene);
        break;
    case 1:
        another_text(scene);
        break;
    case 2:
        scene->drift_x_px = (int16_t)(below(3) - 1);
        break;
    case 3:
        if (below(2) == 0)
            pose(&scene->figure);
        else
            scene->figure.alpha = below(2) == 0 ? 0.0F : part();
        break;
    case 4:
        if (below(4) == 0)
            scene->accent = colour_from_codes(60 + (int)below(30), 50, 40);
        if (below(4) == 0)
            scene->field = colour_from_codes(16 + (int)below(4), 16, 13);
        break;
    case 5:
    case 6:
    case 7:
        if (scene->line_count > 0)
            scene->lines[below((unsigned)scene->line_count)].alpha = part();
        break;
    case 8:
        break;
    default:
        if (scene->shape_count > 0) {
            struct scene_shape *shape = &scene->shapes[below((unsigned)scene->shape_count)];
            shape->amount = (float)below(1000) / 1000.0F;
            shape->alpha = below(4) == 0 ? part() : shape->alpha;
        }
        break;
    }
}

static void through_changes(struct pair *pair, uint64_t seed)
{
    static struct scene scene;
    chance_begin(seed);
    stage_night(&scene);
    scene_add_shape(&scene, SCENE_SHAPE_DISC, 0.5, 1.0);
    for (int step = 0; step < STEPS; step++) {
        change(&scene);
        pair_draw(pair, &scene, NULL);
    }
    /* The test means little unless each way of drawing was taken often. */
    for (int kind = 0; kind < 3; kind++)
        assert_true(pair->kinds[kind] > STEPS / 20);
}

static void random_changes_leave_no_trace(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair, false, 640, 480);
    through_changes(&pair, 1);
    pair_close(&pair);
}

/* So small that disc and ring come near each other, and words overlap. */
static void nor_on_a_small_field(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair, true, 320, 200);
    through_changes(&pair, 2);
    pair_close(&pair);
}

/* A breath, as it is: no frame of it but the first clears anything, and the disc alone is drawn. */
static void a_breath_is_drawn_over_itself(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 720);
    static struct scene scene;
    stage_night(&scene);
    scene_add_shape(&scene, SCENE_SHAPE_DISC, 0.0, 1.0);
    (void)stage_line(&scene, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, "", "in");
    struct boxes changed;
    for (int frame = 0; frame < 60; frame++) {
        scene.shapes[0].amount = (float)(frame < 30 ? frame : 59 - frame) / 29.0F;
        assert_true(render_draw_over(stage.render, &scene, NULL, frame > 0, &changed, NULL));
        const struct repair *repair = &stage.render->frame->repair;
        if (frame == 0)
            assert_int_equal(repair->kind, REPAIR_ALL);
        else
            assert_int_equal(repair->kind, REPAIR_OVER);
        if (frame > 0 && frame != 30) {
            assert_true(repair->draws[0]);
            assert_false(repair->draws[1]); /* the ring */
            assert_false(repair->draws[2]); /* the word */
            assert_int_equal(changed.count, 1);
            assert_true(changed.items[0].width > 60 && changed.items[0].width <= 720 / 3);
        }
    }
    /* What is alike is not drawn at all. */
    assert_true(render_draw_over(stage.render, &scene, NULL, 1, &changed, NULL));
    assert_int_equal(changed.count, 0);
    assert_false(stage.render->frame->repair.draws[0]);
    stage_close(&stage);
}

/* A buffer of another size, or of unknown age, holds nothing: the whole field is drawn. */
static void what_is_not_known_is_drawn_whole(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair, false, 400, 300);
    static struct scene scene;
    stage_night(&scene);
    scene_add_shape(&scene, SCENE_SHAPE_DISC, 0.5, 1.0);
    static const int ages[] = {0, FRAME_AGE_MAX + 1, -1, 1000};
    struct boxes changed;
    size_t size = (size_t)400 * 300 * 3;
    for (size_t i = 0; i < sizeof ages / sizeof ages[0]; i++) {
        scene.shapes[0].amount = (float)i / 8.0F;
        pair_spoil(pair.over->framebuffer);
        assert_true(render_draw_over(pair.over, &scene, NULL, ages[i], &changed, NULL));
        render_read(pair.over, pair.rgb, size);
        stage_draw(&pair.stage, &scene);
        pair_compare(&pair, pair.rgb, pair.stage.rgb, NULL, "of no known age");
    }
    struct error error;
    assert_true(render_resize(pair.over, 402, 300, &error));
    assert_true(render_resize(pair.over, 400, 300, &error));
    pair_spoil(pair.over->framebuffer);
    assert_true(render_draw_over(pair.over, &scene, NULL, 1, &changed, NULL));
    assert_int_equal(boxes_around(&changed).width, 400);
    render_read(pair.over, pair.rgb, size);
    pair_compare(&pair, pair.rgb, pair.stage.rgb, NULL, "after another size");
    render_forget(pair.over);
    pair_spoil(pair.over->framebuffer);
    assert_true(render_draw_over(pair.over, &scene, NULL, 1, &changed, NULL));
    render_read(pair.over, pair.rgb, size);
    pair_compare(&pair, pair.rgb, pair.stage.rgb, NULL, "after all was forgotten");
    pair_close(&pair);
}

/* What lies between two changes that are far apart is not drawn, nor said to have changed: what was
 * put there beside the frame's back is still there, and all else is as if drawn whole. */
static void what_lies_between_is_left_alone(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair, false, 800, 600);
    static struct scene scene;
    stage_night(&scene);
    scene_add_shape(&scene, SCENE_SHAPE_DISC, 0.5, 1.0);
    (void)stage_line(&scene, SCENE_SLOT_TOP, SCENE_STYLE_SMALL, "", "what was said above");
    (void)stage_line(&scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "", "what is said below");
    struct boxes changed;
    assert_true(render_draw_over(pair.over, &scene, NULL, 0, &changed, NULL));
    const struct boxes between = {.count = 1, .items = {{200, 200, 400, 200}}};
    glEnable(GL_SCISSOR_TEST);
    glScissor(200, 200, 400, 200);
    glClearColor(1.0F, 0.0F, 1.0F, 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    scene.line_count = 0;
    (void)stage_line(&scene, SCENE_SLOT_TOP, SCENE_STYLE_SMALL, "", "other words");
    (void)stage_line(&scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "", "and others yet");
    assert_true(render_draw_over(pair.over, &scene, NULL, 1, &changed, NULL));
    assert_int_equal(pair.over->frame->repair.kind, REPAIR_BOX);
    assert_int_equal(changed.count, 2);
    for (size_t i = 0; i < changed.count; i++)
        assert_true(box_is_empty(box_common(changed.items[i], between.items[0])));
    render_read(pair.over, pair.rgb, (size_t)800 * 600 * 3);
    stage_draw(&pair.stage, &scene);
    pair_compare(&pair, pair.rgb, pair.stage.rgb, &between, "beside what lies between");
    const uint8_t *middle = &pair.rgb[((size_t)300 * 800 + 400) * 3];
    assert_true(middle[0] == 255 && middle[1] == 0 && middle[2] == 255);
    pair_close(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_changes_leave_no_trace),
        cmocka_unit_test(nor_on_a_small_field),
        cmocka_unit_test(a_breath_is_drawn_over_itself),
        cmocka_unit_test(what_is_not_known_is_drawn_whole),
        cmocka_unit_test(what_lies_between_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
