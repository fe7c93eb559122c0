#include "../support/cm.h"

#include "lacrima/base/text.h"
#include "lacrima/core/settings.h"

#include <string.h>

static struct colour between(struct colour a, struct colour b, float part)
{
    return (struct colour){a.r + (b.r - a.r) * part, a.g + (b.g - a.g) * part,
                           a.b + (b.b - a.b) * part};
}

/* The palette as it is shown, at every dimming, is within the promise. */
static void keeps_the_promise(const struct settings *settings, size_t index)
{
    for (int dim = -4; dim <= 4; dim++) {
        struct scene scene;
        scene_init(&scene);
        palette_apply(settings, index, dim, &scene);
        double field = colour_luminance(scene.field);
        assert_true(colour_contrast(scene.ink, scene.field) >= 7.0);
        assert_true(colour_contrast(scene.ink_faint, scene.field) >= 7.0);
        if (field < 0.2) {
            assert_true(field < 0.10);
            assert_true(colour_luminance(scene.accent) < 0.10);
            /* A window full of words, of which a sixth is ink. */
            assert_true(0.835 * field + 0.165 * colour_luminance(scene.ink) < 0.10);
            /* Water, and the keys or a card over it, which leave more of it free. */
            double part = palette_flood(&scene);
            struct colour flood = between(scene.field, scene.accent, (float)part);
            assert_true(colour_contrast(scene.ink_over, flood) >= 7.0);
            assert_true(0.905 * colour_luminance(flood) + 0.095 * colour_luminance(scene.ink_over) <
                        0.10);
            assert_true(colour_luminance(scene.ink_faint) <= colour_luminance(scene.ink) + 1e-6);
        } else {
            assert_true(field >= 0.3);
        }
        assert_true(scene.field.r <= 1.0F && scene.ink.r <= 1.0F && scene.ink.b >= 0.0F);
    }
}

static void built_in_palettes_keep_the_promise(void **state)
{
    (void)state;
    static const char *const names[] = {"night", "dusk", "sea", "ember", "high-contrast", "paper"};
    struct settings settings;
    settings_init(&settings);
    assert_int_equal(palette_count(&settings), 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(palette_find(&settings, names[i]), (int)i);
        keeps_the_promise(&settings, i);
    }
    assert_int_equal(palette_find(&settings, "pink"), -1);
}

static void any_two_colours_become_safe(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    settings.palette_own_count = 1;
    (void)text_copy(settings.palettes_own[0].name, PALETTE_NAME_BYTES, "mine");
    uint32_t seed = 12345;
    for (int i = 0; i < 5000; i++) {
        int codes[6];
        for (int c = 0; c < 6; c++) {
            seed = seed * 1664525U + 1013904223U;
            codes[c] = (int)(seed >> 24);
        }
        settings.palettes_own[0].field = colour_from_codes(codes[0], codes[1], codes[2]);
        settings.palettes_own[0].ink = colour_from_codes(codes[3], codes[4], codes[5]);
        keeps_the_promise(&settings, 6);
    }
}

static void dimming_dims(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    double before = -1.0;
    for (int dim = -4; dim <= 4; dim++) {
        struct scene scene;
        scene_init(&scene);
        palette_apply(&settings, 0, dim, &scene);
        assert_true(colour_luminance(scene.field) > before);
        before = colour_luminance(scene.field);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_palettes_keep_the_promise),
        cmocka_unit_test(any_two_colours_become_safe),
        cmocka_unit_test(dimming_dims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
