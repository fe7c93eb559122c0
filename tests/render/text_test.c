/* Text: where it stands, that it can be read, and that every script is drawn. */
#include "samples.h"
#include "stage.h"

#include "../support/cm.h"
#include "lacrima/base/text.h"
#include "lacrima/core/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_BOXES_MAX 512

static const bool kinds_of_context[] = {false, true};

static const int sizes[][2] = {{800, 600},   {640, 480},   {1280, 800},
                               {1920, 1080}, {3840, 2160}, {1080, 1920}};
static const float scales[] = {0.75F, 1.0F, 1.5F, 2.5F};

static bool overlap(const struct box *a, const struct box *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
           b->y < a->y + a->height;
}

static void check_boxes(const struct stage *stage, const char *what, float scale)
{
    static struct box boxes[TEXT_BOXES_MAX];
    size_t count = render_text_boxes(stage->render, boxes, TEXT_BOXES_MAX);
    assert_true(count > 0 && count <= TEXT_BOXES_MAX);
    for (size_t i = 0; i < count; i++) {
        const struct box *b = &boxes[i];
        if (b->x < 0.06 * stage->width || b->y < 0.06 * stage->height ||
            b->x + b->width > 0.94 * stage->width || b->y + b->height > 0.94 * stage->height)
            fail_msg("%s at %dx%d, scale %.2f: text at %d,%d %dx%d leaves the safe area", what,
                     stage->width, stage->height, (double)scale, b->x, b->y, b->width, b->height);
        for (size_t j = i + 1; j < count; j++) {
            if (overlap(b, &boxes[j]))
                fail_msg("%s at %dx%d, scale %.2f: texts %zu and %zu overlap", what, stage->width,
                         stage->height, (double)scale, i, j);
        }
    }
}

/* A notice and a hint as long as any, where the scene has none. */
static void add_edges(struct scene *scene)
{
    bool has[SCENE_SLOTS] = {false};
    for (size_t n = 0; n < scene->line_count; n++)
        has[scene->lines[n].slot] = true;
    if (!has[SCENE_SLOT_TOP])
        (void)stage_line(scene, SCENE_SLOT_TOP, SCENE_STYLE_SMALL, "", stage_long_words);
    if (!has[SCENE_SLOT_FOOT])
        (void)stage_line(scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "", stage_long_words);
}

static void check_samples(struct stage *stage)
{
    struct error error;
    for (size_t n = 0; n < 2 * sample_count; n++) {
        const struct sample *sample = &samples[n / 2];
        for (size_t k = 0; k < sizeof scales / sizeof scales[0]; k++) {
            struct scene scene;
            stage_night(&scene);
            scene.text_scale = scales[k];
            scene.drift_x_px = 2;
            scene.drift_y_px = 2;
            sample->build(&scene);
            if (n % 2 != 0)
                add_edges(&scene);
            if (scene.line_count == 0)
                continue;
            assert_true(render_draw(stage->render, &scene, NULL, &error));
            check_boxes(stage, sample->name, scales[k]);
        }
    }
}

static void text_stays_inside_and_apart(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, sizes[0][0], sizes[0][1]);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        stage_resize(&stage, sizes[i][0], sizes[i][1]);
        check_samples(&stage);
    }
    assert_int_equal(stage.said_count, 0);
    stage_close(&stage);
    stage_open(&stage, true, sizes[0][0], sizes[0][1]);
    check_samples(&stage);
    stage_close(&stage);
}

/* What the boxes say is true: outside them and without shapes every pixel is the field. */
static void boxes_hold_all_the_ink(void **state)
{
    (void)state;
    for (size_t g = 0; g < 2; g++) {
        struct stage stage;
        stage_open(&stage, kinds_of_context[g], 1280, 800);
        struct scene scene;
        stage_night(&scene);
        samples[0].build(&scene);
        stage_draw(&stage, &scene);
        static struct box boxes[TEXT_BOXES_MAX];
        size_t count = render_text_boxes(stage.render, boxes, TEXT_BOXES_MAX);
        static uint8_t inside[1280 * 800];
        memset(inside, 0, sizeof inside);
        for (size_t i = 0; i < count; i++) {
            bool edge[4] = {false};
            for (int y = 0; y < boxes[i].height; y++) {
                for (int x = 0; x < boxes[i].width; x++) {
                    const uint8_t *p = stage_pixel(&stage, boxes[i].x + x, boxes[i].y + y);
                    inside[(boxes[i].y + y) * 1280 + boxes[i].x + x] = 1;
                    bool ink = p[0] != 20 || p[1] != 16 || p[2] != 13;
                    edge[0] |= ink && x <= 1;
                    edge[1] |= ink && y <= 1;
                    edge[2] |= ink && x >= boxes[i].width - 2;
                    edge[3] |= ink && y >= boxes[i].height - 2;
                }
            }
            assert_true(edge[0] && edge[1] && edge[2] && edge[3]);
        }
        for (int i = 0; i < 1280 * 800; i++)
            assert_true(inside[i] || (stage.rgb[3 * i] == 20 && stage.rgb[3 * i + 1] == 16 &&
                                      stage.rgb[3 * i + 2] == 13));
        stage_close(&stage);
    }
}

static double contrast_of_pixels(const struct stage *stage)
{
    const uint8_t *f = stage_pixel(stage, 0, 0);
    struct colour field = colour_from_codes(f[0], f[1], f[2]);
    double best = 1.0;
    for (int i = 0; i < stage->width * stage->height; i++) {
        const uint8_t *p = &stage->rgb[3 * i];
        if (memcmp(p, f, 3) == 0)
            continue;
        double c = colour_contrast(field, colour_from_codes(p[0], p[1], p[2]));
        best = c > best ? c : best;
    }
    return best;
}

static void every_palette_can_be_read(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    for (size_t palette = 0; palette < palette_count(&settings); palette++) {
        for (int dim = -4; dim <= 4; dim += 4) {
            for (int ink = SCENE_INK_PLAIN; ink <= SCENE_INK_FAINT; ink++) {
                struct scene scene;
                scene_init(&scene);
                palette_apply(&settings, palette, dim, &scene);
                stage_line(&scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "", "Himmel, HILFE, illi")
                    ->ink = (enum scene_ink)ink;
                stage_draw(&stage, &scene);
                double contrast = contrast_of_pixels(&stage);
                if (contrast < 7.0)
                    fail_msg("palette %s, dim %d, ink %d: %.2f:1", palette_name(&settings, palette),
                             dim, ink, contrast);
            }
        }
    }
    stage_close(&stage);
}

static void every_script_is_drawn(void **state)
{
    (void)state;
    /* What fonts-noto-core and fonts-dejavu-core have has to be drawn; the rest drawn or said. */
    static const struct {
        const char *text;
        bool may_lack;
    } rows[] = {{"دع الدموع تأتي، إن أرادت (12)", false},
                {"תן לדמעות לבוא, אם הן רוצות 7", false},
                {"आँसू आएँ या न आएँ", false},
                {"Слёзы, если придут", false},
                {"Δάκρυα", false},
                {"น้ำตาจะมาหรือไม่ก็ได้", false},
                {"mixed שלום and مرحبا 42 text", false},
                {"e\xCC\x81 a\xCC\x8A combining", false},
                {"涙が出ても、出なくても、いい。", true},
                {"눈물이 나도 괜찮아", true}};
    for (size_t g = 0; g < 2; g++) {
        struct stage stage;
        stage_open(&stage, kinds_of_context[g], 1280, 800);
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
            struct scene scene;
            stage_night(&scene);
            (void)stage_line(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, "", rows[i].text);
            stage_draw(&stage, &scene);
            struct box box = {0};
            size_t count = render_text_boxes(stage.render, &box, 1);
            bool drawn = count == 1 && box.width >= 60 && box.height >= 12;
            if (!drawn && !(rows[i].may_lack && stage.said_count > 0))
                fail_msg("nothing much is drawn of %s", rows[i].text);
        }
        assert_true(stage.said_count <= 1);
        stage_close(&stage);
    }
}

/* The letters of an Arabic word join: together they are narrower than apart. */
static void arabic_is_shaped(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    struct scene scene;
    struct box joined;
    struct box apart;
    stage_night(&scene);
    (void)stage_line(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, "", "سسسسسسسس");
    stage_draw(&stage, &scene);
    assert_int_equal(render_text_boxes(stage.render, &joined, 1), 1);
    stage_night(&scene);
    (void)stage_line(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, "",
                     "س\u200Cس\u200Cس\u200Cس\u200Cس\u200Cس\u200Cس\u200Cس");
    stage_draw(&stage, &scene);
    assert_int_equal(render_text_boxes(stage.render, &apart, 1), 1);
    assert_true(joined.width < apart.width * 9 / 10);
    stage_close(&stage);
}

/* The ink in the lower half of the box's first or last few columns. */
static long ink_below(const struct stage *stage, const struct box *box, bool right)
{
    long ink = 0;
    int edge = box->width / 18;
    int left = box->x + (right ? box->width - edge : 0);
    for (int y = box->y + box->height * 6 / 10; y < box->y + box->height; y++) {
        for (int x = left; x < left + edge; x++)
            ink += stage_pixel(stage, x, y)[0] - 20;
    }
    return ink;
}

/* Yod hangs above the line: as the last letter of a Hebrew word it stands at the left. */
static void hebrew_runs_from_right_to_left(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    struct scene scene;
    struct box box;
    stage_night(&scene);
    (void)stage_line(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_LARGE, "", "חחחחחחי");
    stage_draw(&stage, &scene);
    assert_int_equal(render_text_boxes(stage.render, &box, 1), 1);
    assert_true(ink_below(&stage, &box, true) > 4 * ink_below(&stage, &box, false));
    stage_close(&stage);
}

/* A Hebrew name in an English sentence stands where the sentence begins: at the left. */
static void a_name_does_not_turn_the_sentence_round(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    struct scene scene;
    struct box box;
    stage_night(&scene);
    struct scene_line *line =
        stage_line(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_LARGE, "", "%s mmmmmmmm");
    (void)text_copy(line->arg, sizeof line->arg, "ייייי");
    stage_draw(&stage, &scene);
    assert_int_equal(render_text_boxes(stage.render, &box, 1), 1);
    assert_true(ink_below(&stage, &box, true) > 4 * ink_below(&stage, &box, false));
    stage_close(&stage);
}

/* The red of every pixel of the key's box, beside this name. */
static size_t draw_key(struct stage *stage, const char *key, const char *name, uint8_t *reds)
{
    struct scene scene;
    struct box boxes[2];
    stage_night(&scene);
    (void)stage_line(&scene, SCENE_SLOT_LIST, SCENE_STYLE_LARGE, key, name);
    stage_draw(stage, &scene);
    assert_int_equal(render_text_boxes(stage->render, boxes, 2), 2);
    size_t count = 0;
    for (int y = 0; y < boxes[0].height; y++) {
        for (int x = 0; x < boxes[0].width; x++)
            reds[count++] = stage_pixel(stage, boxes[0].x + x, boxes[0].y + y)[0];
    }
    return count;
}

/* Beside a Hebrew name as beside an English one: a number that is turned round reaches nobody. */
static void a_number_stands_as_it_is_dialled(void **state)
{
    (void)state;
    static uint8_t one[400 * 100];
    static uint8_t other[400 * 100];
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    size_t count = draw_key(&stage, "0171 22", "Mama", one);
    assert_int_equal(draw_key(&stage, "0171 22", "אמא", other), count);
    assert_memory_equal(one, other, count);
    stage_close(&stage);
}

static void bad_text_is_survived(void **state)
{
    (void)state;
    static char long_word[SCENE_TEXT_BYTES];
    memset(long_word, 'w', sizeof long_word - 1);
    static const char *const texts[] = {"😀😭👩‍👩‍👧",
                                        "\xFF\xFE broken \xC3",
                                        "\xF4\x8F\xBF\xBF\xEE\x80\x80",
                                        " ",
                                        "\t\n\x01",
                                        "\xCC\x81",
                                        "a%sb%s%n",
                                        "\xE2\x80\x8F"};
    struct stage stage;
    stage_open(&stage, false, 800, 600);
    for (size_t i = 0; i <= sizeof texts / sizeof texts[0]; i++) {
        for (int slot = SCENE_SLOT_TOP; slot <= SCENE_SLOT_BESIDE; slot++) {
            struct scene scene;
            stage_night(&scene);
            scene.text_scale = 2.5F;
            (void)stage_line(&scene, (enum scene_slot)slot, SCENE_STYLE_LARGE, "key",
                             i < sizeof texts / sizeof texts[0] ? texts[i] : long_word);
            (void)stage_line(&scene, (enum scene_slot)slot, SCENE_STYLE_LARGE, "", "seen");
            stage_draw(&stage, &scene);
            char what[64];
            (void)snprintf(what, sizeof what, "bad text %zu in slot %d", i, slot);
            check_boxes(&stage, what, 2.5F);
        }
    }
    stage_close(&stage);
}

static void a_fade_is_linear_in_light(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    double before = 0.0;
    for (int step = 1; step <= 8; step++) {
        struct scene scene;
        stage_night(&scene);
        stage_line(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_LARGE, "", "IIII")->alpha =
            (float)step / 8.0F;
        stage_draw(&stage, &scene);
        double most = 0.0;
        for (int i = 0; i < 1280 * 800; i++) {
            const uint8_t *p = &stage.rgb[3 * i];
            double light = colour_luminance(colour_from_codes(p[0], p[1], p[2]));
            most = light > most ? light : most;
        }
        double field = colour_luminance(scene.field);
        double expected = field + (colour_luminance(scene.ink) - field) * step / 8.0;
        assert_true(most > before && most > expected * 0.96 && most < expected * 1.04);
        before = most;
    }
    stage_close(&stage);
}

static const char *translated(const char *id)
{
    return strcmp(id, "wide %s") == 0 ? "WWWWWWWWWW %s WWWWWWWWWW" : id;
}

static int width_of(struct stage *stage, const char *text, const char *arg, bool literal)
{
    struct scene scene;
    stage_night(&scene);
    struct scene_line *line = scene_add_line(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, text);
    (void)snprintf(line->arg, sizeof line->arg, "%s", arg);
    line->literal = literal;
    stage_draw(stage, &scene);
    struct box box = {0};
    (void)render_text_boxes(stage->render, &box, 1);
    return box.width;
}

static void messages_are_translated_and_filled_in(void **state)
{
    (void)state;
    struct stage stage;
    stage_open_with(&stage, false, 1280, 800, "DejaVu Serif", translated);
    int bare = width_of(&stage, "wide %s", "", false);
    assert_true(bare > 2 * width_of(&stage, "wide %s", "", true));
    assert_true(width_of(&stage, "wide %s", "ooooo", false) > bare + 20);
    assert_int_equal(width_of(&stage, "plain", "ooooo", false),
                     width_of(&stage, "plain", "", true));
    stage_close(&stage);
}

static void invisible_text_costs_no_font(void **state)
{
    (void)state;
    struct stage stage;
    stage_open_with(&stage, false, 640, 400, "no such family", NULL);
    struct scene scene;
    stage_night(&scene);
    stage_line(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, "", "unseen")->alpha = 0.0F;
    stage_draw(&stage, &scene);
    assert_int_equal(render_text_boxes(stage.render, NULL, 0), 0);
    scene.lines[0].alpha = 1.0F;
    stage_draw(&stage, &scene);
    assert_int_equal(render_text_boxes(stage.render, NULL, 0), 1);
    stage_close(&stage);
}

/* No font at all: said once, and the shapes are still there. */
static void without_fonts_shapes_remain(void **state)
{
    (void)state;
    char directory[] = "/tmp/lacrima-no-fonts-XXXXXX";
    assert_non_null(mkdtemp(directory));
    char path[128];
    (void)snprintf(path, sizeof path, "%s/fonts.conf", directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs("<?xml version=\"1.0\"?><fontconfig></fontconfig>\n", file);
    (void)fclose(file);
    assert_int_equal(setenv("FONTCONFIG_FILE", path, 1), 0);
    struct stage stage;
    stage_open(&stage, false, 640, 400);
    struct scene scene;
    stage_night(&scene);
    scene_add_shape(&scene, SCENE_SHAPE_DISC, 1.0, 1.0);
    (void)stage_line(&scene, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, "", "in");
    stage_draw(&stage, &scene);
    stage_draw(&stage, &scene);
    assert_int_equal(render_text_boxes(stage.render, NULL, 0), 0);
    assert_int_equal(stage.said_count, 1);
    assert_non_null(strstr(stage.said[0], "fonts-dejavu-core"));
    assert_int_not_equal(stage_pixel(&stage, 320, 190)[0], 20);
    stage_close(&stage);
    assert_int_equal(unsetenv("FONTCONFIG_FILE"), 0);
    (void)remove(path);
    (void)remove(directory);
}

/* A line that stays through a change of scene does not move while the rest fades. */
static void what_stays_stands_still(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    struct scene from;
    struct scene to;
    stage_night(&from);
    samples[0].build(&from);
    to = from;
    for (size_t i = 0; i < to.line_count; i++) {
        if (to.lines[i].slot == SCENE_SLOT_LIST)
            (void)snprintf(to.lines[i].text, sizeof to.lines[i].text, "another %zu", i);
    }
    struct box first = {0};
    for (int step = 0; step <= 21; step++) {
        static struct scene mixed;
        scene_mix(&from, &to, step / 21.0, &mixed);
        stage_draw(&stage, &mixed);
        static struct box boxes[TEXT_BOXES_MAX];
        size_t count = render_text_boxes(stage.render, boxes, TEXT_BOXES_MAX);
        struct box top = boxes[0];
        for (size_t i = 1; i < count; i++)
            top = boxes[i].y < top.y ? boxes[i] : top;
        if (step == 0)
            first = top;
        assert_memory_equal(&first, &top, sizeof top);
    }
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays_inside_and_apart),
        cmocka_unit_test(boxes_hold_all_the_ink),
        cmocka_unit_test(every_palette_can_be_read),
        cmocka_unit_test(every_script_is_drawn),
        cmocka_unit_test(arabic_is_shaped),
        cmocka_unit_test(hebrew_runs_from_right_to_left),
        cmocka_unit_test(a_name_does_not_turn_the_sentence_round),
        cmocka_unit_test(a_number_stands_as_it_is_dialled),
        cmocka_unit_test(bad_text_is_survived),
        cmocka_unit_test(a_fade_is_linear_in_light),
        cmocka_unit_test(messages_are_translated_and_filled_in),
        cmocka_unit_test(invisible_text_costs_no_font),
        cmocka_unit_test(what_stays_stands_still),
        cmocka_unit_test(without_fonts_shapes_remain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
