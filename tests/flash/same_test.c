/* The quick analyser says what the plain one says: of fades, words that come, leave and leap,
 * flickers of every kind, reds, and stillness, mixed at random. */
#include "plain.h"

#include "../support/cm.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 48, HEIGHT = 36, FPS = 20, FRAMES = 90, RUNS = 16, PATCHES = 5 };

static uint32_t chance;

static int any(int below)
{
    chance = chance * 1664525U + 1013904223U;
    return (int)((chance >> 8) % (uint32_t)below);
}

/* A rectangle that goes between two colours, evenly, by steps, or at random. */
struct patch {
    int x, y, w, h;
    int from[3], to[3];
    int every; /* frames; 0: it stands */
    int kind;
};

static void choose(struct patch *patch, bool field)
{
    static const int colours[][3] = {{0, 0, 0},   {255, 255, 255}, {255, 0, 0},  {120, 4, 0},
                                     {10, 12, 9}, {90, 90, 90},    {200, 60, 30}};
    patch->x = field ? 0 : any(WIDTH - 4);
    patch->y = field ? 0 : any(HEIGHT - 4);
    patch->w = field ? WIDTH : 1 + any(WIDTH - patch->x);
    patch->h = field ? HEIGHT : 1 + any(HEIGHT - patch->y);
    int from = any(7);
    int to = any(7);
    for (int i = 0; i < 3; i++) {
        patch->from[i] = colours[from][i];
        patch->to[i] = colours[to][i] / (1 + any(2));
    }
    patch->every = any(4) == 0 ? 0 : 1 + any(30);
    patch->kind = any(3);
}

static void paint(const struct patch *patch, int now, uint8_t *rgb)
{
    double part = 0.0;
    if (patch->every > 0 && patch->kind == 0)
        part = 0.5 - 0.5 * cos(now * 3.14159265 / patch->every);
    else if (patch->every > 0)
        part = patch->kind == 1 ? now / patch->every % 2 : any(patch->every) == 0 ? 1.0 : 0.0;
    for (int y = patch->y; y < patch->y + patch->h; y++) {
        for (int x = patch->x; x < patch->x + patch->w; x++) {
            uint8_t *p = rgb + (size_t)(y * WIDTH + x) * 3;
            for (int i = 0; i < 3; i++)
                p[i] = (uint8_t)lround(patch->from[i] + (patch->to[i] - patch->from[i]) * part);
        }
    }
}

static void assert_same(const char *name, int run, double quick, double plain)
{
    if (fabs(quick - plain) > 2e-6)
        fail_msg("run %d, %s: %.7f, the plain way %.7f", run, name, quick, plain);
}

/* It counts no further than this. */
static double counted(double count)
{
    return count < 8.0 ? count : 8.0;
}

static void the_quick_way_says_the_same(void **state)
{
    static uint8_t rgb[WIDTH * HEIGHT * 3];
    unsigned seen = 0;
    (void)state;
    for (int run = 0; run < RUNS; run++) {
        struct patch patches[PATCHES];
        struct flash *flash = NULL;
        struct plain *plain = plain_create(WIDTH, HEIGHT, FPS);
        chance = (uint32_t)run;
        assert_non_null(plain);
        assert_true(flash_create(&flash, WIDTH, HEIGHT, FPS));
        memset(rgb, 0, sizeof rgb);
        /* The whole field and much on it, or little on black. */
        int count = run % 2 == 0 ? PATCHES : 1 + any(2);
        for (int i = 0; i < count; i++)
            choose(&patches[i], run % 2 == 0 && i == 0);
        for (int now = 0; now < FRAMES; now++) {
            for (int i = 0; i < count && any(6) != 0; i++)
                paint(&patches[i], now, rgb);
            flash_frame(flash, rgb);
            plain_frame(plain, rgb);
        }
        const struct flash_report quick = flash_report(flash);
        const struct flash_report slow = plain_report(plain);
        assert_same("general", run, quick.general.value, counted(slow.general.value));
        assert_same("red", run, quick.red.value, counted(slow.red.value));
        assert_same("general area", run, quick.general_area.value, slow.general_area.value);
        assert_same("red area", run, quick.red_area.value, slow.red_area.value);
        assert_same("reversals", run, quick.reversals.value, slow.reversals.value);
        assert_same("field", run, quick.field_change.value, slow.field_change.value);
        assert_same("brightest", run, quick.brightest.value, slow.brightest.value);
        assert_int_equal(flash_faults(&quick, true), flash_faults(&slow, true));
        seen |= flash_faults(&quick, true);
        flash_destroy(&flash);
        plain_destroy(plain);
    }
    /* Every fault was among them. */
    assert_int_equal(seen, FLASH_GENERAL_231 | FLASH_GENERAL_232 | FLASH_RED_231 | FLASH_RED_232 |
                               FLASH_REVERSALS | FLASH_FIELD | FLASH_BRIGHT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_quick_way_says_the_same)};
    return cmocka_run_group_tests_name("same", tests, NULL, NULL);
}
