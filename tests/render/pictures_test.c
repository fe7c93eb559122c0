/* Photographs: never brighter than the promise, mixed without a jump, gone without a trace. */
#include "stage.h"

#include "../support/cm.h"

#include <string.h>

#define WIDTH     320
#define HEIGHT    200
#define SIDE      64
#define DARK_MAX  0.10
#define CODES_OFF 2

static uint8_t pixels[SIDE * SIDE * 4];

static void fill(uint8_t r, uint8_t g, uint8_t b, uint8_t alpha)
{
    for (size_t i = 0; i < sizeof pixels; i += 4) {
        const uint8_t pixel[] = {r, g, b, alpha};
        memcpy(pixels + i, pixel, 4);
    }
}

static void give(struct stage *stage, size_t which)
{
    struct error error;
    assert_true(render_picture(stage->render, which, pixels, SIDE, SIDE, &error));
}

static double luminance(const uint8_t *pixel)
{
    return colour_luminance(colour_from_codes(pixel[0], pixel[1], pixel[2]));
}

static double brightest(const struct stage *stage)
{
    double most = 0.0;
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            double l = luminance(stage_pixel(stage, x, y));
            most = l > most ? l : most;
        }
    }
    return most;
}

/* Whatever its colour, however much of it and of another is seen. */
static void no_photograph_is_bright_in_the_dark(void **state)
{
    (void)state;
    static const uint8_t colours[][3] = {{255, 255, 255}, {255, 0, 0},   {0, 255, 0},
                                         {0, 0, 255},     {255, 255, 0}, {128, 128, 128}};
    for (int gles = 0; gles < 2; gles++) {
        struct stage stage;
        struct scene scene;
        stage_open(&stage, gles == 1, WIDTH, HEIGHT);
        stage_night(&scene);
        scene.text_scale = 1.0F;
        for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
            fill(colours[i][0], colours[i][1], colours[i][2], 255);
            give(&stage, 0);
            give(&stage, 1);
            for (int part = 1; part <= 4; part++) {
                scene.pictures[0] = (float)part / 4.0F;
                scene.pictures[1] = 1.0F - scene.pictures[0];
                stage_draw(&stage, &scene);
                assert_true(brightest(&stage) < DARK_MAX);
            }
            assert_true(brightest(&stage) > luminance(stage_pixel(&stage, 0, 0)));
        }
        stage_close(&stage);
    }
}

/* It comes evenly, from nothing at all, and two of the same stay the same. */
static void a_photograph_comes_out_of_the_field(void **state)
{
    (void)state;
    struct stage stage;
    struct scene scene;
    stage_open(&stage, false, WIDTH, HEIGHT);
    stage_night(&scene);
    scene.text_scale = 1.0F;
    fill(255, 255, 255, 255);
    give(&stage, 0);
    give(&stage, 1);
    double before = luminance(stage_pixel(&stage, 0, 0));
    scene.pictures[0] = 0.0F;
    stage_draw(&stage, &scene);
    before = luminance(stage_pixel(&stage, WIDTH / 2, HEIGHT / 2));
    double field = before;
    for (int part = 1; part <= 10; part++) {
        scene.pictures[0] = (float)part / 10.0F;
        stage_draw(&stage, &scene);
        double now = luminance(stage_pixel(&stage, WIDTH / 2, HEIGHT / 2));
        assert_true(now - before < 0.012 && now > before - 0.002);
        before = now;
        assert_true(luminance(stage_pixel(&stage, 1, 1)) == field);
    }
    uint8_t whole[3];
    memcpy(whole, stage_pixel(&stage, WIDTH / 2, HEIGHT / 2), 3);
    scene.pictures[0] = 0.3F;
    scene.pictures[1] = 0.7F;
    stage_draw(&stage, &scene);
    for (int c = 0; c < 3; c++)
        assert_in_range(stage_pixel(&stage, WIDTH / 2, HEIGHT / 2)[c] + CODES_OFF, whole[c],
                        whole[c] + 2 * CODES_OFF);
    stage_close(&stage);
}

static void what_is_clear_or_dropped_is_field(void **state)
{
    (void)state;
    struct stage stage;
    struct scene scene;
    struct error error;
    stage_open(&stage, false, WIDTH, HEIGHT);
    stage_night(&scene);
    scene.text_scale = 1.0F;
    scene.pictures[1] = 1.0F;
    fill(255, 255, 255, 0);
    give(&stage, 1);
    stage_draw(&stage, &scene);
    double clear = brightest(&stage);
    fill(255, 255, 255, 255);
    give(&stage, 1);
    assert_true(render_picture(stage.render, 1, NULL, 0, 0, &error));
    stage_draw(&stage, &scene);
    assert_true(brightest(&stage) == luminance(stage_pixel(&stage, 0, 0)));
    assert_true(clear == brightest(&stage));
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_photograph_is_bright_in_the_dark),
        cmocka_unit_test(a_photograph_comes_out_of_the_field),
        cmocka_unit_test(what_is_clear_or_dropped_is_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
