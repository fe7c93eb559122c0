/* Lines that nobody breaks, the dates of letters or a path that is typed: where they are too wide
 * they are set smaller, all alike, and their cursor with them. */
#include "stage.h"

#include "../support/cm.h"

#include <string.h>

#define WIDTH  800
#define HEIGHT 600
#define SCALE  2.5F

static const char *const lines[] = {"Wednesday, 30 September 2026, 23:47",
                                    "Another passphrase for all of them", "A short one"};

static void fill(struct page *page, bool whole)
{
    page->line_count = 0;
    page->version++;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        page->lines[page->line_count++] = (struct page_line){
            .text = lines[i], .length = (uint32_t)strlen(lines[i]), .whole = whole, .alpha = 1.0F};
}

static void whole_lines_are_set_smaller(void **state)
{
    (void)state;
    struct stage stage;
    struct scene scene;
    struct box boxes[PAGE_LINES_MAX];
    struct render_room room;
    static struct page page = {.alpha = 1.0F, .centred = true, .in_middle = true, .cursor = true};
    page.cursor_byte = (uint32_t)strlen(lines[0]);
    stage_open(&stage, false, WIDTH, HEIGHT);
    stage_night(&scene);
    scene.text_scale = SCALE;
    render_page_room(stage.render, SCALE, &room);

    fill(&page, false);
    assert_true(render_draw(stage.render, &scene, &page, NULL));
    assert_int_equal(render_text_boxes(stage.render, boxes, PAGE_LINES_MAX), 3);
    assert_true(boxes[0].x + boxes[0].width > WIDTH);
    int short_width = boxes[2].width;

    fill(&page, true);
    assert_true(render_draw(stage.render, &scene, &page, NULL));
    assert_int_equal(render_text_boxes(stage.render, boxes, PAGE_LINES_MAX), 3);
    int over = room.body_px / 4;
    for (int i = 0; i < 3; i++) {
        assert_true(boxes[i].x >= room.box.x - over);
        assert_true(boxes[i].x + boxes[i].width <= room.box.x + room.box.width + over);
    }
    assert_true(boxes[2].width < short_width);
    struct box cursor;
    assert_true(render_page_cursor(stage.render, &room, &page, &cursor));
    assert_in_range(cursor.x, boxes[0].x + boxes[0].width - 6, boxes[0].x + boxes[0].width + 6);
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole_lines_are_set_smaller)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
