/* The drain: every pixel of it against its formula, on both kinds of context; text over it. */
#include "reference.h"
#include "stage.h"

#include "../support/cm.h"

#include <math.h>
#include <string.h>

/* As for the shapes: dithering moves a pixel by a code and a half at most. */
#define ERROR_MAX 1.8
/* The mean of a row, which dithering may not move. */
#define MEAN_MAX 0.25
/* The driver mixes text in codes and rounds once more. */
#define TEXT_ERROR_MAX 2.0

static const bool kinds_of_context[] = {false, true};
static const int sizes[][2] = {{640, 400}, {1280, 800}, {600, 901}};

static int surface_of(int width, int height)
{
    int s = width < height ? width : height;
    return (int)fmax(4.0, round(0.024 * s));
}

/* What a row is to show: the field, the drained colour (rounded), or what lies between. */
static void row_codes(const struct scene *scene, int width, int height, int y, double codes[3])
{
    const struct scene_shape *drain = &scene->shapes[0];
    int b = surface_of(width, height);
    long level = lround((double)drain->amount * (height + b));
    double flat[3];
    reference_codes(scene, (struct parts){(double)drain->alpha, 0.0}, flat);
    struct scene to = *scene;
    to.accent = colour_from_codes((int)round(flat[0]), (int)round(flat[1]), (int)round(flat[2]));
    double e = ((double)y + 0.5 - (double)(level - b)) / b;
    e = e < 0.0 ? 0.0 : e > 1.0 ? 1.0 : e;
    reference_codes(&to, (struct parts){e * e * (3.0 - 2.0 * e), 0.0}, codes);
}

static bool is_flat(const struct scene *scene, int width, int height, int y)
{
    int b = surface_of(width, height);
    long level = lround((double)scene->shapes[0].amount * (height + b));
    return y < level - b || y >= level;
}

static void compare_row(const struct stage *stage, const struct scene *scene, int y)
{
    double codes[3];
    double mean[3] = {0.0};
    row_codes(scene, stage->width, stage->height, y, codes);
    double allowed = is_flat(scene, stage->width, stage->height, y) ? 0.01 : ERROR_MAX;
    for (int x = 0; x < stage->width; x++) {
        const uint8_t *pixel = stage_pixel(stage, x, y);
        for (int c = 0; c < 3; c++) {
            mean[c] += pixel[c];
            double wanted = allowed < 0.5 ? round(codes[c]) : codes[c];
            if (fabs(pixel[c] - wanted) > allowed)
                fail_msg("amount %.3f alpha %.2f at %d,%d channel %d: %d, not %.2f",
                         (double)scene->shapes[0].amount, (double)scene->shapes[0].alpha, x, y, c,
                         pixel[c], wanted);
        }
    }
    for (int c = 0; c < 3; c++)
        assert_true(fabs(mean[c] / stage->width - codes[c]) < (allowed < 0.5 ? 0.51 : MEAN_MAX));
}

static void every_row_is_its_formula(void **state)
{
    (void)state;
    static const float amounts[] = {0.0F, 0.003F, 0.35F, 0.66F, 0.999F, 1.0F};
    for (size_t g = 0; g < 2; g++) {
        struct stage stage;
        stage_open(&stage, kinds_of_context[g], sizes[0][0], sizes[0][1]);
        for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
            stage_resize(&stage, sizes[s][0], sizes[s][1]);
            for (size_t a = 0; a < sizeof amounts / sizeof amounts[0]; a++) {
                struct scene scene;
                stage_night(&scene);
                scene.drift_y_px = 2; /* moves all else, not the level */
                scene_add_shape(&scene, SCENE_SHAPE_DRAIN, (double)amounts[a], a == 2 ? 0.4 : 1.0);
                stage_draw(&stage, &scene);
                for (int y = 0; y < stage.height; y++)
                    compare_row(&stage, &scene, y);
            }
        }
        stage_close(&stage);
    }
}

/* From full to empty, edge to edge. */
static void it_begins_full_and_ends_empty(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 320, 200);
    for (int end = 0; end < 2; end++) {
        struct scene scene;
        stage_night(&scene);
        scene_add_shape(&scene, SCENE_SHAPE_DRAIN, end, 1.0);
        stage_draw(&stage, &scene);
        for (int i = 0; i < 320 * 200; i++) {
            assert_int_equal(stage.rgb[3 * i], end == 0 ? 78 : 20);
            assert_int_equal(stage.rgb[3 * i + 1], end == 0 ? 58 : 16);
            assert_int_equal(stage.rgb[3 * i + 2], end == 0 ? 44 : 13);
        }
    }
    stage_close(&stage);
}

/* As it sinks, no pixel turns back: nothing waves, nothing flashes. */
static void no_pixel_turns_back(void **state)
{
    (void)state;
    static uint8_t before[320 * 200];
    struct stage stage;
    stage_open(&stage, false, 320, 200);
    memset(before, 255, sizeof before);
    for (int step = 0; step <= 400; step++) {
        struct scene scene;
        stage_night(&scene);
        scene_add_shape(&scene, SCENE_SHAPE_DRAIN, step / 400.0, 1.0);
        stage_draw(&stage, &scene);
        for (int i = 0; i < 320 * 200; i++) {
            /* A code of dither at the most, where two rows of the surface are nearly alike. */
            assert_true(stage.rgb[3 * i] <= before[i] + 1);
            before[i] = stage.rgb[3 * i];
        }
    }
    stage_close(&stage);
}

/* Text lies over the level without a plate behind it: every pixel of its box is the drain's own, or
 * on the way to the ink that is meant for it. */
static void text_has_no_box(void **state)
{
    (void)state;
    for (size_t g = 0; g < 2; g++) {
        struct stage stage;
        stage_open(&stage, kinds_of_context[g], 640, 400);
        static uint8_t plain[640 * 400 * 3];
        struct scene scene;
        stage_night(&scene);
        scene.ink_over = colour_from_codes(230, 225, 220);
        scene_add_shape(&scene, SCENE_SHAPE_DRAIN, 0.5, 1.0);
        stage_draw(&stage, &scene);
        memcpy(plain, stage.rgb, sizeof plain);
        stage_line(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_LARGE, "", "A line across the level")
            ->ink = SCENE_INK_FAINT;
        stage_draw(&stage, &scene);
        long changed = 0;
        int lightest = 0;
        for (size_t i = 0; i < sizeof plain; i += 3) {
            /* One part of the way for all three channels. */
            double part = (stage.rgb[i] - plain[i]) / (230.0 - plain[i]);
            assert_true(part >= 0.0 && part <= 1.0);
            for (size_t c = 1; c < 3; c++) {
                double ink = c == 1 ? 225.0 : 220.0;
                double wanted = plain[i + c] + part * (ink - plain[i + c]);
                assert_true(fabs(stage.rgb[i + c] - wanted) < TEXT_ERROR_MAX);
            }
            changed += part > 0.0;
            lightest = stage.rgb[i] > lightest ? stage.rgb[i] : lightest;
        }
        assert_true(changed > 300 && changed < 20000);
        assert_int_equal(lightest, 230);
        /* Without the drain the same line is laid over the field again, in its own ink. */
        scene.shape_count = 0;
        stage_draw(&stage, &scene);
        for (size_t i = 0; i < sizeof plain; i += 3)
            assert_true(stage.rgb[i] <= 165);
        stage_close(&stage);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_its_formula),
        cmocka_unit_test(it_begins_full_and_ends_empty),
        cmocka_unit_test(no_pixel_turns_back),
        cmocka_unit_test(text_has_no_box),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
