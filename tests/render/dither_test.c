/* Dithering: the mean stays where it is, no slope shows a step, nothing outside is touched. */
#include "reference.h"
#include "stage.h"

#include "../support/cm.h"

#include <math.h>
#include <string.h>

#define SHIFT_MAX    0.1
#define WIDTH        1280
#define HEIGHT       800
#define RINGS_MAX    256
#define RING_PIXELS  3000 /* enough for a mean right to a few hundredths */
#define BETWEEN_LOW  0.35
#define BETWEEN_HIGH 0.65

static const bool kinds_of_context[] = {false, true};

struct look {
    int field[3], accent[3];
};

static const struct look looks[] = {
    {{20, 16, 13}, {78, 58, 44}},
    {{0, 0, 0}, {82, 82, 80}},
    {{0, 0, 0}, {90, 0, 0}},
    {{214, 205, 188}, {176, 162, 140}},
    {{255, 255, 255}, {230, 235, 240}},
    {{9, 12, 14}, {14, 13, 14}},
    {{5, 20, 40}, {60, 20, 10}},
};

static void set_look(struct scene *scene, const struct look *look)
{
    stage_night(scene);
    scene->field = colour_from_codes(look->field[0], look->field[1], look->field[2]);
    scene->accent = colour_from_codes(look->accent[0], look->accent[1], look->accent[2]);
    scene->line = scene->accent;
}

struct tally {
    double shift[3];
    long count;
};

/* Pixels of like parts together: the mean of what is drawn less what it should be. */
static void mean_of(const struct stage *stage, const struct scene *scene, struct tally *tallies,
                    int bins)
{
    memset(tallies, 0, sizeof *tallies * (size_t)bins);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            struct parts parts = reference_parts(&scene->shapes[0], scene, WIDTH, HEIGHT, x, y);
            if (parts.accent <= 0.0 || parts.line > 0.0)
                continue;
            double codes[3];
            reference_codes(scene, parts, codes);
            int bin = (int)(sqrt(parts.accent) * (bins - 1) + 0.5);
            for (int c = 0; c < 3; c++)
                tallies[bin].shift[c] += stage_pixel(stage, x, y)[c] - codes[c];
            tallies[bin].count++;
        }
    }
}

static void the_mean_does_not_move(void **state)
{
    (void)state;
    enum { bins = 16 };
    static const enum scene_shape_kind shapes[] = {SCENE_SHAPE_DISC, SCENE_SHAPE_GLOW,
                                                   SCENE_SHAPE_JAW};
    for (size_t g = 0; g < 2; g++) {
        struct stage stage;
        stage_open(&stage, kinds_of_context[g], WIDTH, HEIGHT);
        for (size_t l = 0; l < sizeof looks / sizeof looks[0]; l++) {
            for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
                struct scene scene;
                set_look(&scene, &looks[l]);
                scene_add_shape(&scene, shapes[s], 1.0, 1.0);
                stage_draw(&stage, &scene);
                struct tally tallies[bins];
                mean_of(&stage, &scene, tallies, bins);
                long seen = 0;
                for (int bin = 0; bin < bins; bin++) {
                    struct tally *t = &tallies[bin];
                    if (t->count < RING_PIXELS)
                        continue;
                    seen += t->count;
                    for (int c = 0; c < 3; c++) {
                        double shift = t->shift[c] / (double)t->count;
                        if (fabs(shift) > SHIFT_MAX)
                            fail_msg("look %zu shape %d bin %d channel %d: mean off by %.3f", l,
                                     shapes[s], bin, c, shift);
                    }
                }
                assert_true(seen > RING_PIXELS);
            }
        }
        stage_close(&stage);
    }
}

/* Where the true value lies between two codes, both are drawn, each often enough: an undithered
 * slope has only one of them there, which is a band. */
static void no_slope_shows_a_step(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, WIDTH, HEIGHT);
    struct scene scene;
    set_look(&scene, &looks[0]);
    scene_add_shape(&scene, SCENE_SHAPE_GLOW, 0.5, 1.0);
    stage_draw(&stage, &scene);
    static long low[RINGS_MAX];
    static long all[RINGS_MAX];
    memset(low, 0, sizeof low);
    memset(all, 0, sizeof all);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            struct parts parts = reference_parts(&scene.shapes[0], &scene, WIDTH, HEIGHT, x, y);
            double codes[3];
            reference_codes(&scene, parts, codes);
            double rest = codes[0] - floor(codes[0]);
            if (parts.accent <= 0.0 || rest < BETWEEN_LOW || rest > BETWEEN_HIGH)
                continue;
            int ring = (int)codes[0];
            all[ring]++;
            low[ring] += stage_pixel(&stage, x, y)[0] <= ring;
        }
    }
    int rings = 0;
    for (int ring = 0; ring < RINGS_MAX; ring++) {
        if (all[ring] < 200)
            continue;
        rings++;
        double share = (double)low[ring] / (double)all[ring];
        if (share < 0.3 || share > 0.7)
            fail_msg("between code %d and the next: %.2f of the pixels are the lower", ring, share);
    }
    assert_true(rings > 10);
    stage_close(&stage);
}

/* Along any row of a slope, equal pixels do not stand in long runs. */
static void no_run_is_long_on_a_slope(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1920, 1080);
    struct scene scene;
    set_look(&scene, &looks[0]);
    scene_add_shape(&scene, SCENE_SHAPE_GLOW, 0.4, 1.0);
    stage_draw(&stage, &scene);
    int longest = 0;
    for (int y = 340; y < 700; y++) {
        int run = 0;
        for (int x = 700; x < 1220; x++) {
            struct parts parts = reference_parts(&scene.shapes[0], &scene, 1920, 1080, x, y);
            bool same = memcmp(stage_pixel(&stage, x, y), stage_pixel(&stage, x - 1, y), 3) == 0;
            run = same && parts.accent > 0.02 ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
    }
    assert_in_range(longest, 1, 12);
    stage_close(&stage);
}

static void the_same_scene_is_the_same_bytes(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 640, 400);
    struct scene scene;
    set_look(&scene, &looks[0]);
    scene_add_shape(&scene, SCENE_SHAPE_DISC, 0.5, 1.0);
    (void)stage_line(&scene, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, "", "in");
    stage_draw(&stage, &scene);
    static uint8_t first[640 * 400 * 3];
    memcpy(first, stage.rgb, sizeof first);
    struct scene other = scene;
    other.shapes[0].amount = 0.9F;
    stage_draw(&stage, &other);
    assert_memory_not_equal(first, stage.rgb, sizeof first);
    stage_draw(&stage, &scene);
    assert_memory_equal(first, stage.rgb, sizeof first);
    stage_close(&stage);
    stage_open(&stage, false, 640, 400);
    stage_draw(&stage, &scene);
    assert_memory_equal(first, stage.rgb, sizeof first);
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mean_does_not_move),
        cmocka_unit_test(no_slope_shows_a_step),
        cmocka_unit_test(no_run_is_long_on_a_slope),
        cmocka_unit_test(the_same_scene_is_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
