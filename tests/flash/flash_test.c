/* The analyser itself: what must be found is found, what must pass passes. */
#include "flash.h"

#include "../support/cm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 320, HEIGHT = 180, FPS = 60 };

static uint8_t frame[WIDTH * HEIGHT * 3];

struct colour {
    uint8_t r, g, b;
};

static const struct colour black = {0, 0, 0};
static const struct colour white = {255, 255, 255};
static const struct colour dim = {40, 40, 40};
static const struct colour red = {255, 0, 0};
static const struct colour deep = {120, 0, 0};

static uint8_t code_of(double linear)
{
    double c = linear <= 0.0031308 ? linear * 12.92 : 1.055 * pow(linear, 1.0 / 2.4) - 0.055;
    return (uint8_t)lround(255.0 * c);
}

static struct colour grey(double linear)
{
    uint8_t code = code_of(linear);
    return (struct colour){code, code, code};
}

static void fill(int x0, int y0, int w, int h, struct colour c)
{
    for (int y = y0; y < y0 + h; y++) {
        for (int x = x0; x < x0 + w; x++)
            memcpy(frame + 3 * ((size_t)y * WIDTH + (size_t)x), &c, 3);
    }
}

static void fill_all(struct colour c)
{
    fill(0, 0, WIDTH, HEIGHT, c);
}

static struct flash *begin(void)
{
    struct flash *flash = NULL;
    assert_true(flash_create(&flash, WIDTH, HEIGHT, FPS));
    return flash;
}

static unsigned end(struct flash *flash)
{
    struct flash_report report = flash_report(flash);
    flash_destroy(&flash);
    return flash_faults(&report, true);
}

/* A square wave of so many hertz between two colours, in a rectangle, for four seconds. */
static unsigned square(double hz, struct colour a, struct colour b, int w, int h)
{
    struct flash *flash = begin();
    fill_all(b);
    for (int i = 0; i < 4 * FPS; i++) {
        bool first = fmod(i * hz / FPS, 1.0) < 0.5;
        fill(20, 20, w, h, first ? a : b);
        flash_frame(flash, frame);
    }
    return end(flash);
}

static void four_hertz_fail(void **state)
{
    (void)state;
    unsigned faults = square(4.0, white, black, WIDTH - 20, HEIGHT - 20);
    assert_true((faults & FLASH_GENERAL_231) != 0);
    assert_true((faults & FLASH_GENERAL_232) != 0);
    assert_true((faults & FLASH_REVERSALS) != 0);
    assert_true((faults & FLASH_FIELD) != 0);
    assert_true((faults & FLASH_BRIGHT) != 0);
}

static void two_hertz_pass_wcag_and_fail_the_house(void **state)
{
    (void)state;
    unsigned faults = square(2.0, grey(0.12), black, WIDTH - 20, HEIGHT - 20);
    assert_int_equal(faults & (FLASH_GENERAL_231 | FLASH_GENERAL_232), 0);
    assert_true((faults & FLASH_REVERSALS) != 0);
}

static void a_small_tile_fails_the_stricter_rule_alone(void **state)
{
    (void)state;
    unsigned faults = square(4.0, white, black, 16, 16);
    assert_int_equal(faults & (FLASH_GENERAL_231 | FLASH_FIELD | FLASH_BRIGHT), 0);
    assert_true((faults & FLASH_GENERAL_232) != 0);
    assert_true((faults & FLASH_REVERSALS) != 0);
}

static void below_a_tenth_is_no_general_flash(void **state)
{
    (void)state;
    unsigned faults = square(4.0, grey(0.09), black, WIDTH - 20, HEIGHT - 20);
    assert_int_equal(faults & (FLASH_GENERAL_231 | FLASH_GENERAL_232), 0);
    assert_true((faults & FLASH_REVERSALS) != 0);
    faults = square(4.0, grey(0.98), grey(0.85), WIDTH - 20, HEIGHT - 20);
    assert_int_equal(faults & (FLASH_GENERAL_231 | FLASH_GENERAL_232), 0); /* both bright */
}

static void red_to_black_fails(void **state)
{
    (void)state;
    unsigned faults = square(4.0, red, black, WIDTH - 20, HEIGHT - 20);
    assert_true((faults & FLASH_RED_231) != 0);
    assert_true((faults & FLASH_RED_232) != 0);
    /* A red too dark for a general flash. */
    faults = square(4.0, deep, dim, WIDTH - 20, HEIGHT - 20);
    assert_int_equal(faults & (FLASH_GENERAL_231 | FLASH_GENERAL_232), 0);
    assert_true((faults & FLASH_RED_231) != 0);
    faults = square(4.0, deep, dim, 16, 16);
    assert_int_equal(faults & FLASH_RED_231, 0);
    assert_true((faults & FLASH_RED_232) != 0);
    faults = square(4.0, (struct colour){90, 60, 40}, dim, WIDTH - 20, HEIGHT - 20);
    assert_int_equal(faults & (FLASH_RED_231 | FLASH_RED_232), 0); /* brown is not red */
}

static void dithering_passes(void **state)
{
    (void)state;
    struct flash *flash = begin();
    uint32_t noise = 1;
    for (int i = 0; i < 4 * FPS; i++) {
        for (size_t j = 0; j < sizeof frame; j++) {
            noise = noise * 1664525U + 1013904223U;
            frame[j] = (uint8_t)(30 + (noise >> 31));
        }
        flash_frame(flash, frame);
    }
    assert_int_equal(end(flash), 0);
}

/* A disc's worth of light that comes and goes over three seconds, as the fastest breath. */
static void a_breath_passes(void **state)
{
    (void)state;
    struct flash *flash = begin();
    fill_all(grey(0.01));
    for (int i = 0; i < 9 * FPS; i++) {
        double level = 0.045 - 0.035 * cos(2.0 * 3.14159265358979 * i / (3.0 * FPS));
        fill(130, 60, 60, 60, grey(level));
        flash_frame(flash, frame);
    }
    assert_int_equal(end(flash), 0);
}

static void a_quick_fade_of_the_field_fails(void **state)
{
    (void)state;
    struct flash *flash = begin();
    for (int i = 0; i < 3 * FPS; i++) {
        fill_all(grey(0.09 * fmin(1.0, i / (0.5 * FPS)) + (i >= 2 * FPS ? 0.03 : 0.0)));
        flash_frame(flash, frame);
    }
    assert_int_equal(end(flash), FLASH_BRIGHT);
    flash = begin();
    for (int i = 0; i < 3 * FPS; i++) {
        fill_all(grey(0.12 * fmin(1.0, i / (0.5 * FPS))));
        flash_frame(flash, frame);
    }
    assert_int_equal(end(flash), FLASH_FIELD | FLASH_BRIGHT);
    flash = begin();
    for (int i = 0; i < 3 * FPS; i++) {
        fill_all(grey(0.09 * fmin(1.0, i / (2.0 * FPS))));
        flash_frame(flash, frame);
    }
    assert_int_equal(end(flash), 0);
}

/* Where and when it is worst is said. */
static void the_place_is_said(void **state)
{
    (void)state;
    struct flash *flash = begin();
    for (int i = 0; i < 4 * FPS; i++) {
        fill_all(black);
        if (i > FPS)
            fill(200, 100, 8, 8, fmod(i * 4.0 / FPS, 1.0) < 0.5 ? white : black);
        flash_frame(flash, frame);
    }
    struct flash_report report = flash_report(flash);
    assert_in_range(report.general.x, 200, 207);
    assert_in_range(report.general.y, 100, 107);
    assert_true(report.general.value >= 7.0 && report.general.value <= 8.0);
    assert_true(report.general.seconds > 1.5 && report.general.seconds < 2.2);
    flash_destroy(&flash);
    flash_destroy(&flash);
}

/* Three flashes within a second may be, and the fourth's first half is one too many. */
static void three_a_second_pass_and_more_fail(void **state)
{
    (void)state;
    const unsigned general = FLASH_GENERAL_231 | FLASH_GENERAL_232;
    const unsigned reds = FLASH_RED_231 | FLASH_RED_232;
    const int w = WIDTH - 20;
    const int h = HEIGHT - 20;
    assert_int_equal(square(3.0, white, black, w, h) & general, 0);
    assert_int_equal(square(3.6, white, black, w, h) & general, general);
    assert_int_equal(square(3.0, red, black, w, h) & reds, 0);
    assert_int_equal(square(3.6, red, black, w, h) & reds, reds);
}

/* Flashes in two places at once, gap pixels apart. */
static unsigned two_squares(int w, int h, int gap)
{
    struct flash *flash = begin();
    fill_all(black);
    for (int i = 0; i < 3 * FPS; i++) {
        struct colour c = i / 7 % 2 == 0 ? white : black;
        fill(10, 10, w, h, c);
        fill(10 + w + gap, 10, w, h, c);
        flash_frame(flash, frame);
    }
    return end(flash);
}

/* A window is 64 pixels square here, and a quarter of it 1024 of them. */
static void a_quarter_of_a_window_is_the_bound(void **state)
{
    (void)state;
    const unsigned both = FLASH_GENERAL_231 | FLASH_GENERAL_232;
    assert_int_equal(square(4.0, white, black, 32, 31) & both, FLASH_GENERAL_232);
    assert_int_equal(square(4.0, white, black, 32, 33) & both, both);
    assert_int_equal(square(4.0, red, black, 32, 31) & FLASH_RED_231, 0);
    assert_int_equal(square(4.0, red, black, 32, 33) & FLASH_RED_231, FLASH_RED_231);
    /* Half of it in each of two places counts together where one window sees both. */
    assert_int_equal(two_squares(20, 30, 4) & both, both);
    assert_int_equal(two_squares(20, 30, 150) & both, FLASH_GENERAL_232);
}

static void one_reversal_a_second_is_the_house_limit(void **state)
{
    (void)state;
    const int w = WIDTH - 20;
    const int h = HEIGHT - 20;
    assert_int_equal(square(1.0, grey(0.05), black, w, h), 0);
    assert_int_equal(square(1.3, grey(0.05), black, w, h), FLASH_REVERSALS);
    assert_int_equal(square(4.0, grey(0.03), grey(0.015), w, h), 0);
    assert_int_equal(square(4.0, grey(0.04), grey(0.015), w, h), FLASH_REVERSALS);
    /* One tile of the twelve by six is enough. */
    assert_int_equal(square(4.0, grey(0.09), black, 40, 40), FLASH_REVERSALS);
}

/* Still for two seconds, so that no row is looked at, and then not. */
static void what_was_still_is_looked_at_again(void **state)
{
    (void)state;
    struct flash *flash = begin();
    fill_all(dim);
    for (int i = 0; i < 5 * FPS; i++) {
        if (i >= 2 * FPS && i < 3 * FPS)
            fill(100, 170, 40, 5, i / 6 % 2 == 0 ? white : dim);
        flash_frame(flash, frame);
    }
    struct flash_report report = flash_report(flash);
    assert_true(report.general.seconds > 2.5 && report.general.seconds < 3.1);
    assert_true(report.general.value > FLASH_TRANSITIONS_MAX);
    flash_destroy(&flash);
}

/* So much of the field's light, in linear steps, for three seconds from black. */
static unsigned ramp(double per_second)
{
    struct flash *flash = begin();
    for (int i = 0; i < 3 * FPS; i++) {
        double whole = per_second * i / FPS / 0.215 * HEIGHT;
        fill_all(black);
        fill(0, 0, WIDTH, (int)whole < HEIGHT ? (int)whole : HEIGHT, grey(0.215));
        flash_frame(flash, frame);
    }
    return end(flash) & FLASH_FIELD;
}

static void a_tenth_a_second_is_the_bound_of_the_field(void **state)
{
    (void)state;
    assert_int_equal(ramp(0.09), 0);
    assert_int_equal(ramp(0.11), FLASH_FIELD);
}

static void odd_sizes_are_refused(void **state)
{
    (void)state;
    struct flash *flash = NULL;
    assert_false(flash_create(&flash, 31, 100, 60.0));
    assert_false(flash_create(&flash, 100, 5000, 60.0));
    assert_false(flash_create(&flash, 100, 100, 0.0));
    assert_false(flash_create(&flash, 100, 100, (double)NAN));
    assert_null(flash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_hertz_fail),
        cmocka_unit_test(two_hertz_pass_wcag_and_fail_the_house),
        cmocka_unit_test(a_small_tile_fails_the_stricter_rule_alone),
        cmocka_unit_test(below_a_tenth_is_no_general_flash),
        cmocka_unit_test(red_to_black_fails),
        cmocka_unit_test(dithering_passes),
        cmocka_unit_test(a_breath_passes),
        cmocka_unit_test(a_quick_fade_of_the_field_fails),
        cmocka_unit_test(the_place_is_said),
        cmocka_unit_test(three_a_second_pass_and_more_fail),
        cmocka_unit_test(a_quarter_of_a_window_is_the_bound),
        cmocka_unit_test(one_reversal_a_second_is_the_house_limit),
        cmocka_unit_test(what_was_still_is_looked_at_again),
        cmocka_unit_test(a_tenth_a_second_is_the_bound_of_the_field),
        cmocka_unit_test(odd_sizes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
