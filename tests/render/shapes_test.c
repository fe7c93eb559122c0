/* Shapes: every pixel against its formula, on both kinds of context. */
#include "reference.h"
#include "stage.h"

#include "../support/cm.h"

#include <math.h>
#include <string.h>

/* Where dithering may move a pixel: up to one code and a half, rounding included; a hair more for
 * single precision along steep edges. */
#define ERROR_MAX 1.8
/* Where accent and line share a pixel, the renderer mixes them in codes. */
#define ERROR_SHARED_MAX 24.0

static const bool kinds_of_context[] = {false, true};

static void compare_pixel(const struct stage *stage, const struct scene *scene, struct parts parts,
                          int x, int y)
{
    const struct scene_shape *shape = &scene->shapes[0];
    bool shared = parts.accent > 0.0 && parts.line > 0.0;
    double codes[3];
    reference_codes(scene, parts, codes);
    const uint8_t *pixel = stage_pixel(stage, x, y);
    for (int c = 0; c < 3; c++) {
        if (fabs(pixel[c] - codes[c]) > (shared ? ERROR_SHARED_MAX : ERROR_MAX))
            fail_msg("kind %d amount %.2f at %d,%d channel %d: %d, not %.2f", shape->kind,
                     (double)shape->amount, x, y, c, pixel[c], codes[c]);
    }
}

static void compare(const struct stage *stage, const struct scene *scene)
{
    static const uint8_t field[3] = {20, 16, 13};
    const struct scene_shape *shape = &scene->shapes[0];
    long untouched = 0;
    long touched = 0;
    for (int y = 0; y < stage->height; y++) {
        for (int x = 0; x < stage->width; x++) {
            struct parts parts = reference_parts(shape, scene, stage->width, stage->height, x, y);
            if (parts.accent > 0.0 || parts.line > 0.0) {
                compare_pixel(stage, scene, parts, x, y);
                touched++;
                continue;
            }
            untouched++;
            if (memcmp(stage_pixel(stage, x, y), field, sizeof field) != 0)
                fail_msg("kind %d touches %d,%d", shape->kind, x, y);
        }
    }
    assert_true(untouched > 0);
    assert_true(touched > 10 || shape->amount * shape->alpha <= 0.0F);
}

static void every_shape_is_its_formula(void **state)
{
    (void)state;
    static const float amounts[] = {0.0F, 0.35F, 0.66F, 1.0F};
    static const int sizes[][2] = {{640, 400}, {1280, 800}, {600, 901}};
    for (size_t g = 0; g < 2; g++) {
        struct stage stage;
        stage_open(&stage, kinds_of_context[g], sizes[0][0], sizes[0][1]);
        for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
            stage_resize(&stage, sizes[s][0], sizes[s][1]);
            for (int kind = SCENE_SHAPE_DISC; kind <= SCENE_SHAPE_EMBER; kind++) {
                for (size_t a = 0; a < sizeof amounts / sizeof amounts[0]; a++) {
                    struct scene scene;
                    stage_night(&scene);
                    scene.drift_x_px = (int16_t)a;
                    scene.drift_y_px = (int16_t)-2;
                    scene_add_shape(&scene, (enum scene_shape_kind)kind, (double)amounts[a],
                                    a == 1 ? 0.4 : 1.0);
                    stage_draw(&stage, &scene);
                    compare(&stage, &scene);
                }
            }
        }
        stage_close(&stage);
    }
}

/* The outermost pixel that differs from the field, as a distance along the row of the centre. */
static int reach(const struct stage *stage, const struct scene *scene, int y)
{
    int codes[3];
    for (int c = 0; c < 3; c++)
        codes[c] = stage_pixel(stage, 0, 0)[c];
    (void)scene;
    for (int x = 0; x < stage->width / 2; x++) {
        const uint8_t *p = stage_pixel(stage, x, y);
        if (p[0] != codes[0] || p[1] != codes[1] || p[2] != codes[2])
            return stage->width / 2 - x;
    }
    return 0;
}

static void the_promised_sizes_hold(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1920, 1080);
    static const struct {
        enum scene_shape_kind kind;
        double most; /* half the width, px */
    } rows[] = {{SCENE_SHAPE_DISC, 1080.0 / 6.0},       {SCENE_SHAPE_BAR, 0.152 * 1080.0},
                {SCENE_SHAPE_EYELID, 0.025 * 1920},     {SCENE_SHAPE_JAW, 0.102 * 1080.0},
                {SCENE_SHAPE_GLOW, 0.25 * 1080.0},      {SCENE_SHAPE_EMBER, 0.036 * 1080.0},
                {SCENE_SHAPE_BULLSEYE, 0.0105 * 1080.0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int amount = 0; amount <= 4; amount++) {
            struct scene scene;
            stage_night(&scene);
            scene_add_shape(&scene, rows[i].kind, amount / 4.0, 1.0);
            stage_draw(&stage, &scene);
            int most = 0;
            for (int y = 300; y < 740; y++) {
                int here = reach(&stage, &scene, y);
                most = here > most ? here : most;
            }
            assert_true(most <= (int)ceil(rows[i].most));
        }
    }
    stage_close(&stage);
}

/* A mark over a disc leaves no hole: around the mark every pixel is the disc's own. */
static void shapes_in_one_place_leave_no_hole(void **state)
{
    (void)state;
    static const enum scene_shape_kind marks[] = {SCENE_SHAPE_DOT, SCENE_SHAPE_BULLSEYE,
                                                  SCENE_SHAPE_EYELID};
    for (size_t g = 0; g < 2; g++) {
        struct stage stage;
        stage_open(&stage, kinds_of_context[g], 1280, 800);
        for (size_t m = 0; m < sizeof marks / sizeof marks[0]; m++) {
            struct scene scene;
            stage_night(&scene);
            scene_add_shape(&scene, marks[m], 0.5, 0.8);
            scene_add_shape(&scene, SCENE_SHAPE_DISC, 0.3, 0.7);
            stage_draw(&stage, &scene);
            long both = 0;
            for (int y = 200; y < 560; y++) {
                for (int x = 440; x < 840; x++) {
                    struct parts mark = reference_parts(&scene.shapes[0], &scene, 1280, 800, x, y);
                    struct parts under = reference_parts(&scene.shapes[1], &scene, 1280, 800, x, y);
                    if (mark.accent > 0.0 || mark.line > 0.0) {
                        both += under.accent > 0.0;
                        continue;
                    }
                    double codes[3];
                    reference_codes(&scene, under, codes);
                    for (int c = 0; c < 3; c++)
                        assert_true(fabs(stage_pixel(&stage, x, y)[c] - codes[c]) <= ERROR_MAX);
                }
            }
            assert_true(both > 0);
        }
        stage_close(&stage);
    }
}

static void the_field_is_its_code_from_edge_to_edge(void **state)
{
    (void)state;
    for (size_t g = 0; g < 2; g++) {
        struct stage stage;
        stage_open(&stage, kinds_of_context[g], 320, 200);
        for (int code = 0; code < 256; code++) {
            struct scene scene;
            scene_init(&scene);
            scene.field = colour_from_codes(code, 255 - code, code / 2);
            stage_draw(&stage, &scene);
            for (int i = 0; i < 320 * 200; i++) {
                assert_int_equal(stage.rgb[3 * i], code);
                assert_int_equal(stage.rgb[3 * i + 1], 255 - code);
                assert_int_equal(stage.rgb[3 * i + 2], code / 2);
            }
        }
        stage_close(&stage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_is_its_formula),
        cmocka_unit_test(the_promised_sizes_hold),
        cmocka_unit_test(shapes_in_one_place_leave_no_hole),
        cmocka_unit_test(the_field_is_its_code_from_edge_to_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
