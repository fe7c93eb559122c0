/* Steadiness: scenes drawn before are drawn again without a single allocation of ours, of SDL's
 * or of the fonts', and nothing grows without bound.
 *
 * The linker sends malloc, calloc and realloc of the program's own objects here (--wrap); SDL's
 * own go through its memory functions. */
#include "samples.h"
#include "stage.h"

#include "../support/cm.h"

#include <SDL.h>

#include <stdio.h>
#include <stdlib.h>

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);

static long allocations;

void *__wrap_malloc(size_t size)
{
    allocations++;
    return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    allocations++;
    return __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    allocations++;
    return __real_realloc(old, size);
}

static void scene_of(struct scene *scene, size_t sample, float alpha)
{
    stage_night(scene);
    samples[sample].build(scene);
    for (size_t i = 0; i < scene->line_count; i++)
        scene->lines[i].alpha = alpha;
    for (size_t i = 0; i < scene->shape_count; i++)
        scene->shapes[i].amount = alpha;
}

/* age: as in render_draw_over; each sample is then drawn over the one before it. */
static void draw_all_over(struct stage *stage, float alpha, int age)
{
    static struct scene scene;
    for (size_t s = 0; s < sample_count; s++) {
        scene_of(&scene, s, alpha);
        assert_true(render_draw_over(stage->render, &scene, NULL, age, NULL, NULL));
    }
}

static void draw_all(struct stage *stage, float alpha)
{
    draw_all_over(stage, alpha, 0);
}

/* A pacer as a visit draws it: breaths and their words. */
static void breathe(struct stage *stage)
{
    static struct scene scene;
    stage_night(&scene);
    scene_add_shape(&scene, SCENE_SHAPE_DISC, 0.0, 1.0);
    struct scene_line *word = stage_line(&scene, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, "", "in");
    for (int frame = 0; frame < 180; frame++) {
        scene.shapes[0].amount = (float)(frame % 60) / 60.0F;
        word->alpha = (float)(1 + frame % 20) / 20.0F;
        (void)snprintf(word->text, sizeof word->text, "%s", frame % 120 < 60 ? "in" : "out");
        assert_true(render_draw_over(stage->render, &scene, NULL, 1, NULL, NULL));
    }
}

static void drawing_again_allocates_nothing(void **state)
{
    (void)state;
    assert_int_equal(SDL_SetMemoryFunctions(__wrap_malloc, __wrap_calloc, __wrap_realloc, free), 0);
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    assert_true(allocations > 0);
    draw_all(&stage, 1.0F);
    allocations = 0;
    for (int frame = 1; frame < 30; frame++)
        draw_all_over(&stage, (float)frame / 30.0F, frame % 4);
    assert_int_equal(allocations, 0);
    breathe(&stage);
    allocations = 0;
    breathe(&stage);
    assert_int_equal(allocations, 0);
    stage_close(&stage);
}

/* Words without end: older lines make room, and what is drawn stays right. */
static void a_thousand_texts_are_survived(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    static struct scene scene;
    for (int n = 0; n < 3000; n++) {
        stage_night(&scene);
        char text[64];
        (void)snprintf(text, sizeof text, "text number %d", n);
        (void)stage_line(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, "", text);
        assert_true(render_draw(stage.render, &scene, NULL, NULL));
        assert_int_equal(render_text_boxes(stage.render, NULL, 0), 1);
    }
    assert_int_equal(stage.said_count, 0);
    stage_close(&stage);
}

static void the_fullest_scene_is_survived(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 800, 600);
    static struct scene scene;
    stage_night(&scene);
    scene.text_scale = 2.5F;
    for (int n = 0; n < SCENE_LINES_MAX; n++) {
        char text[SCENE_TEXT_BYTES];
        (void)snprintf(text, sizeof text,
                       "%d there is more to say than fits, and so it is said in small letters, "
                       "line after line, until the field is full and nothing is left out",
                       n);
        struct scene_line *line = stage_line(&scene, (enum scene_slot)(n % (SCENE_SLOT_BESIDE + 1)),
                                             (enum scene_style)(n % 3), "Key", text);
        line->layer = (uint8_t)(n / 36);
    }
    for (int i = 0; i < SCENE_SHAPES_MAX; i++)
        scene_add_shape(&scene, SCENE_SHAPE_DISC, 1.0, 1.0);
    stage_draw(&stage, &scene);
    assert_true(render_text_boxes(stage.render, NULL, 0) > 0);
    stage_close(&stage);
}

static void the_smallest_and_a_new_size_work(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1, 1);
    draw_all(&stage, 1.0F);
    static const int sizes[][2] = {{2, 900}, {64, 48}, {3000, 20}, {640, 480}, {1280, 800}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        stage_resize(&stage, sizes[i][0], sizes[i][1]);
        draw_all(&stage, 1.0F);
        static struct scene scene;
        stage_night(&scene);
        stage_draw(&stage, &scene);
        assert_int_equal(stage_pixel(&stage, sizes[i][0] - 1, sizes[i][1] - 1)[0], 20);
    }
    stage_close(&stage);
    struct render *none = NULL;
    render_destroy(&none);
    render_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawing_again_allocates_nothing),
        cmocka_unit_test(a_thousand_texts_are_survived),
        cmocka_unit_test(the_fullest_scene_is_survived),
        cmocka_unit_test(the_smallest_and_a_new_size_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
