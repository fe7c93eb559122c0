/* Pages: that they fit and can be read, and that a cursor is where one points to. */
#include "pages.h"

#include "../support/cm.h"
#include "lacrima/base/text.h"
#include "lacrima/core/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const bool kinds_of_context[] = {false, true};
static const int sizes[][2] = {{800, 600}, {1280, 800}, {1920, 1080}, {3840, 2160}, {1080, 1920}};
static const float scales[] = {0.75F, 1.0F, 1.5F, 2.5F};

static void check_page_boxes(const struct stage *stage, const char *what, float scale)
{
    struct box boxes[PAGE_LINES_MAX];
    size_t count = render_text_boxes(stage->render, boxes, PAGE_LINES_MAX);
    struct render_room room;
    render_page_room(stage->render, scale, &room);
    assert_true(count > 0 && count <= PAGE_LINES_MAX);
    for (size_t i = 0; i < count; i++) {
        const struct box *b = &boxes[i];
        /* A letter's ink may hang over by a little; a broken line does not. */
        int over = room.body_px / 4;
        if (b->x < 0.06 * stage->width || b->x + b->width > 0.94 * stage->width ||
            b->y < 0.06 * stage->height || b->y + b->height > 0.94 * stage->height ||
            b->x < room.box.x - over || b->x + b->width > room.box.x + room.box.width + over ||
            b->y < room.box.y - over || b->y + b->height > room.box.y + room.box.height + over)
            fail_msg("%s at %dx%d, scale %.2f: line %zu at %d,%d %dx%d leaves its room", what,
                     stage->width, stage->height, (double)scale, i, b->x, b->y, b->width,
                     b->height);
    }
}

static void pages_stay_in_their_room(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, sizes[0][0], sizes[0][1]);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        stage_resize(&stage, sizes[i][0], sizes[i][1]);
        for (size_t k = 0; k < sizeof scales / sizeof scales[0]; k++) {
            for (size_t s = 0; s < page_sample_count; s++) {
                struct scene scene;
                static struct page page;
                stage_night(&scene);
                scene.text_scale = scales[k];
                pages_fill(&stage, &scene, page_samples[s].text, &page);
                page.centred = (s + k) % 2 == 0;
                assert_true(render_draw(stage.render, &scene, &page, NULL));
                check_page_boxes(&stage, page_samples[s].name, scales[k]);
            }
        }
    }
    assert_int_equal(stage.said_count, 0);
    stage_close(&stage);
}

/* A list, and a line that is asked for: in the middle as a block, and its cursor with it. */
static void a_block_stands_in_the_middle(void **state)
{
    (void)state;
    struct stage stage;
    struct scene scene;
    static struct page page;
    stage_open(&stage, false, 1280, 800);
    stage_night(&scene);
    page = (struct page){.version = 1, .alpha = 1.0F, .centred = true, .in_middle = true};
    static const char *const lines[] = {"HILFE", "HIMMEL UND HILFE"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        page.lines[page.line_count++] = (struct page_line){
            .text = lines[i], .length = (uint32_t)strlen(lines[i]), .alpha = 1.0F};
    assert_true(render_draw(stage.render, &scene, &page, NULL));
    struct box boxes[PAGE_LINES_MAX];
    assert_int_equal(render_text_boxes(stage.render, boxes, PAGE_LINES_MAX), 2);
    assert_in_range(boxes[0].x + 1, boxes[1].x, boxes[1].x + 2);
    assert_in_range(2 * boxes[1].x + boxes[1].width, 1280 - 6, 1280 + 6);

    struct render_room room;
    struct box cursor;
    render_page_room(stage.render, 1.0F, &room);
    page.cursor = true;
    page.cursor_line = 1;
    page.cursor_byte = page.lines[1].length;
    assert_true(render_page_cursor(stage.render, &room, &page, &cursor));
    assert_in_range(cursor.x, boxes[1].x + boxes[1].width - 6, boxes[1].x + boxes[1].width + 6);
    uint16_t line = 0;
    uint32_t byte = 0;
    assert_true(render_page_point(stage.render, &room, &page, cursor.x, cursor.y, &line, &byte));
    assert_int_equal(line, 1);
    assert_int_equal(byte, page.lines[1].length);
    stage_close(&stage);
}

static void notices_and_hints_have_room(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, sizes[0][0], sizes[0][1]);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        stage_resize(&stage, sizes[i][0], sizes[i][1]);
        for (size_t k = 0; k < sizeof scales / sizeof scales[0]; k++) {
            struct scene scene;
            struct render_room room;
            struct box boxes[PAGE_LINES_MAX];
            stage_night(&scene);
            scene.text_scale = scales[k];
            (void)stage_line(&scene, SCENE_SLOT_TOP, SCENE_STYLE_SMALL, "", stage_long_words);
            (void)stage_line(&scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "", stage_long_words);
            render_page_room(stage.render, scene.text_scale, &room);
            stage_draw(&stage, &scene);
            size_t count = render_text_boxes(stage.render, boxes, PAGE_LINES_MAX);
            assert_in_range(count, 4, PAGE_LINES_MAX);
            for (size_t n = 0; n < count; n++)
                assert_true(boxes[n].y + boxes[n].height <= room.box.y ||
                            boxes[n].y >= room.box.y + room.box.height);
            assert_true(room.lines >= 3 && room.lines * room.line_px <= room.box.height);
        }
    }
    stage_close(&stage);
}

static const char *const cursor_texts[] = {
    "a plain line, with words",
    "e\xCC\x81te\xCC\x81 a\xCC\x8A o\xCC\x88\xCC\x84",
    "😀 👩‍👩‍👧 🇩🇪🇫🇷 👍🏽!",
    "دع الدموع تأتي، إن أرادت (12)",
    "לו Anna Karenina (12) אמרה",
    "mixed שלום עולם and مرحبا 42 text",
    "น้ำตาจะมาหรือไม่ก็ได้",
    "涙が出ても、出なくても、いい。",
    "आँसू आएँ या न आएँ",
    "AVAWATA fi ffi",
    "",
};

static struct page page_of(const char *text, enum page_direction direction)
{
    static struct page page;
    memset(&page, 0, sizeof page);
    page.version = 1;
    page.alpha = 1.0F;
    page.line_count = 3;
    for (size_t i = 0; i < 3; i++)
        page.lines[i] = (struct page_line){
            .text = text, .length = (uint32_t)strlen(text), .direction = direction, .alpha = 1.0F};
    return page;
}

static void check_round_trip(struct stage *stage, const char *text, enum page_direction direction)
{
    struct render_room room;
    render_page_room(stage->render, 1.0F, &room);
    struct page page = page_of(text, direction);
    page.cursor_line = 1;
    for (size_t at = 0;; at = text_next_cluster(text, strlen(text), at)) {
        struct box box;
        uint16_t line = 0;
        uint32_t byte = 0;
        page.cursor_byte = (uint32_t)at;
        assert_true(render_page_cursor(stage->render, &room, &page, &box));
        int x = box.x + box.width / 2;
        assert_true(x >= room.box.x && x <= room.box.x + room.box.width);
        assert_true(render_page_point(stage->render, &room, &page, x, box.y + box.height / 2, &line,
                                      &byte));
        if (line != 1 || byte != at)
            fail_msg("\"%s\", %d: a cursor at byte %zu is found at line %u, byte %u", text,
                     (int)direction, at, line, byte);
        if (at == strlen(text))
            break;
    }
}

static void a_cursor_is_where_one_points_to(void **state)
{
    (void)state;
    for (size_t g = 0; g < 2; g++) {
        struct stage stage;
        stage_open(&stage, kinds_of_context[g], 1280, 800);
        for (size_t i = 0; i < sizeof cursor_texts / sizeof cursor_texts[0]; i++) {
            check_round_trip(&stage, cursor_texts[i], PAGE_DIRECTION_AUTO);
            check_round_trip(&stage, cursor_texts[i], PAGE_DIRECTION_LEFT);
            check_round_trip(&stage, cursor_texts[i], PAGE_DIRECTION_RIGHT);
        }
        assert_int_equal(stage.said_count, 0);
        stage_close(&stage);
    }
}

static int cursor_x(struct stage *stage, const char *text, enum page_direction direction,
                    size_t byte)
{
    struct render_room room;
    struct box box;
    render_page_room(stage->render, 1.0F, &room);
    struct page page = page_of(text, direction);
    page.cursor_byte = (uint32_t)byte;
    assert_true(render_page_cursor(stage->render, &room, &page, &box));
    return box.x + box.width / 2 - room.box.x;
}

/* Latin goes to the right, Hebrew to the left, each from its own edge. */
static void cursors_follow_the_direction(void **state)
{
    (void)state;
    struct stage stage;
    struct render_room room;
    stage_open(&stage, false, 1280, 800);
    render_page_room(stage.render, 1.0F, &room);
    const char *hebrew = "שלום";
    assert_int_equal(cursor_x(&stage, "shalom", PAGE_DIRECTION_AUTO, 0), 0);
    assert_int_equal(cursor_x(&stage, hebrew, PAGE_DIRECTION_AUTO, 0), room.box.width);
    for (size_t i = 1; i <= 4; i++) {
        assert_true(cursor_x(&stage, "shalom", PAGE_DIRECTION_AUTO, i) >
                    cursor_x(&stage, "shalom", PAGE_DIRECTION_AUTO, i - 1));
        assert_true(cursor_x(&stage, hebrew, PAGE_DIRECTION_AUTO, 2 * i) <
                    cursor_x(&stage, hebrew, PAGE_DIRECTION_AUTO, 2 * i - 2));
    }
    /* In a line that goes to the right the word begins at its right and grows to its left. */
    const char *both = "so שלום, yes";
    int before = cursor_x(&stage, both, PAGE_DIRECTION_AUTO, 3);
    int inside = cursor_x(&stage, both, PAGE_DIRECTION_AUTO, 5);
    int after = cursor_x(&stage, both, PAGE_DIRECTION_AUTO, 11);
    assert_true(before < inside && inside < after);
    assert_true(cursor_x(&stage, both, PAGE_DIRECTION_AUTO, 7) < inside);
    stage_close(&stage);
}

/* Ink of what is selected, and the ground below it: the two colours of a selected line that are
 * farthest from each other and nearest to the ground. */
static void check_selection(struct stage *stage, const struct settings *settings, size_t palette,
                            int dim)
{
    struct scene scene;
    scene_init(&scene);
    palette_apply(settings, palette, dim, &scene);
    struct page page = page_of("Himmel, HILFE, illi", PAGE_DIRECTION_AUTO);
    page.lines[0].faint = true;
    struct render_room room;
    render_page_room(stage->render, 1.0F, &room);
    for (uint16_t i = 0; i < 2; i++)
        page.selected[page.selected_count++] =
            (struct page_span){.line = i, .from = 0, .to = page.lines[i].length};
    stage_draw_page(stage, &scene, &page);
    for (int i = 0; i < 2; i++) {
        int y = room.box.y + i * room.line_px;
        const uint8_t *g = stage_pixel(stage, room.box.x + 1, y + 1);
        const uint8_t *f = stage_pixel(stage, 0, 0);
        struct colour ground = colour_from_codes(g[0], g[1], g[2]);
        assert_true(memcmp(f, g, 3) != 0);
        double most = 1.0;
        for (int p = 0; p < room.line_px * room.box.width; p++) {
            const uint8_t *c =
                stage_pixel(stage, room.box.x + p % room.box.width, y + p / room.box.width);
            if (memcmp(c, f, 3) == 0)
                continue;
            double contrast = colour_contrast(ground, colour_from_codes(c[0], c[1], c[2]));
            most = contrast > most ? contrast : most;
        }
        if (most < 7.0)
            fail_msg("palette %s, dim %d, line %d: %.2f:1 in a selection",
                     palette_name(settings, palette), dim, i, most);
        if (colour_luminance(scene.field) < 0.1 && colour_luminance(ground) >= 0.1)
            fail_msg("palette %s, dim %d: a selection glares", palette_name(settings, palette),
                     dim);
    }
}

static void a_selection_can_be_read(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    for (size_t palette = 0; palette < palette_count(&settings); palette++) {
        for (int dim = -4; dim <= 4; dim += 4)
            check_selection(&stage, &settings, palette, dim);
    }
    stage_close(&stage);
}

/* The selection of a word that runs the other way covers that word's ink, and nothing else. */
static void a_selection_covers_its_word(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, true, 1280, 800);
    struct scene scene;
    struct render_room room;
    stage_night(&scene);
    render_page_room(stage.render, 1.0F, &room);
    struct page page = page_of("so שלום, yes", PAGE_DIRECTION_AUTO);
    page.selected[page.selected_count++] = (struct page_span){.line = 1, .from = 3, .to = 7};
    stage_draw_page(&stage, &scene, &page);
    int left = cursor_x(&stage, page.lines[1].text, PAGE_DIRECTION_AUTO, 7);
    int right = cursor_x(&stage, page.lines[1].text, PAGE_DIRECTION_AUTO, 11);
    int y = room.box.y + room.line_px + 1;
    for (int x = 0; x < room.box.width; x++) {
        bool ground = stage_pixel(&stage, room.box.x + x, y)[0] != 20;
        assert_int_equal(ground, x >= left && x < right);
    }
    stage_close(&stage);
}

static double most_light(const struct stage *stage)
{
    double most = 0.0;
    for (int i = 0; i < stage->width * stage->height; i++) {
        const uint8_t *p = &stage->rgb[3 * i];
        double light = colour_luminance(colour_from_codes(p[0], p[1], p[2]));
        most = light > most ? light : most;
    }
    return most;
}

static void near(double is, double should_be)
{
    if (is < should_be * 0.96 || is > should_be * 1.04)
        fail_msg("%.5f, not %.5f", is, should_be);
}

/* Alpha, of the page and of a line, and warmth are mixed in linear light. */
static void lines_fade_and_warm_in_linear_light(void **state)
{
    (void)state;
    for (size_t g = 0; g < 2; g++) {
        struct stage stage;
        stage_open(&stage, kinds_of_context[g], 1280, 800);
        struct scene scene;
        stage_night(&scene);
        struct page page = page_of("IIII HHHH", PAGE_DIRECTION_AUTO);
        double field = colour_luminance(scene.field);
        double ink = colour_luminance(scene.ink);
        double accent = colour_luminance(scene.accent);
        for (int step = 0; step <= 8; step++) {
            double part = step / 8.0;
            for (size_t i = 0; i < 3; i++)
                page.lines[i].alpha = (float)part;
            page.alpha = 0.5F;
            stage_draw_page(&stage, &scene, &page);
            near(most_light(&stage), field + (ink - field) * part / 2.0);
            page.alpha = 1.0F;
            for (size_t i = 0; i < 3; i++) {
                page.lines[i].alpha = 1.0F;
                page.lines[i].warmth = (float)part;
            }
            stage_draw_page(&stage, &scene, &page);
            near(most_light(&stage), ink + (accent - ink) * part);
            for (size_t i = 0; i < 3; i++)
                page.lines[i].warmth = 0.0F;
        }
        page.alpha = 0.0F;
        page.cursor = true;
        stage_draw_page(&stage, &scene, &page);
        near(most_light(&stage), field);
        stage_close(&stage);
    }
}

static void lines_move_as_they_leave(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    struct scene scene;
    struct render_room room;
    struct box still[3];
    struct box moved[3];
    stage_night(&scene);
    render_page_room(stage.render, 1.0F, &room);
    struct page page = page_of("leaves", PAGE_DIRECTION_AUTO);
    stage_draw_page(&stage, &scene, &page);
    assert_int_equal(render_text_boxes(stage.render, still, 3), 3);
    page.lines[1].rise_em = 0.5F;
    page.lines[1].shift_em = 2.0F;
    stage_draw_page(&stage, &scene, &page);
    assert_int_equal(render_text_boxes(stage.render, moved, 3), 3);
    assert_int_equal(moved[1].x - still[1].x, 2 * room.body_px);
    assert_true(abs(still[1].y - moved[1].y - room.body_px / 2) <= 1);
    assert_memory_equal(&still[0], &moved[0], sizeof still[0]);
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_stay_in_their_room),
        cmocka_unit_test(a_block_stands_in_the_middle),
        cmocka_unit_test(notices_and_hints_have_room),
        cmocka_unit_test(a_cursor_is_where_one_points_to),
        cmocka_unit_test(cursors_follow_the_direction),
        cmocka_unit_test(a_selection_can_be_read),
        cmocka_unit_test(a_selection_covers_its_word),
        cmocka_unit_test(lines_fade_and_warm_in_linear_light),
        cmocka_unit_test(lines_move_as_they_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
