/* A page of lines that were never drawn comes over several frames: so many of them in each at most,
 * the cursor's first; then all of it is as if it had been drawn at once, and nothing more is asked.
 */
#include "page_view.h"
#include "pages.h"
#include "pair.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH  960
#define HEIGHT 540
#define BUDGET 3
#define CURSOR 5

struct desk {
    struct stage stage, whole; /* `whole` has no budget */
    struct scene scene;
    struct render_room room;
    struct page page, other;
};

static void fill(struct desk *desk, struct page *page, const char *text)
{
    pages_fill(&desk->stage, &desk->scene, text, page);
    assert_true(page->line_count > 2 * BUDGET + CURSOR);
    page->cursor = true;
    page->cursor_line = CURSOR;
}

static void open_desk(struct desk *desk)
{
    memset(desk, 0, sizeof *desk);
    stage_open(&desk->whole, false, WIDTH, HEIGHT);
    stage_open(&desk->stage, false, WIDTH, HEIGHT);
    stage_night(&desk->scene);
    render_page_room(desk->stage.render, 1.0F, &desk->room);
    render_page_budget(desk->stage.render, BUDGET);
    fill(desk, &desk->page, page_samples[0].text);
    /* No line of the one is a line of the other. */
    fill(desk, &desk->other, page_samples[0].text + 2);
    for (size_t i = 0; i < desk->other.line_count; i++) {
        desk->other.lines[i].text++;
        desk->other.lines[i].length -= desk->other.lines[i].length > 0 ? 1 : 0;
    }
}

static void close_desk(struct desk *desk)
{
    stage_close(&desk->stage);
    stage_close(&desk->whole);
}

static long draw(struct desk *desk, const struct page *page)
{
    long before = stage_work(&desk->stage).drawn;
    stage_draw_page(&desk->stage, &desk->scene, page);
    return stage_work(&desk->stage).drawn - before;
}

/* Until all of it is there; returns in how many frames. */
static size_t draw_all(struct desk *desk, const struct page *page)
{
    size_t frames = 0;
    do {
        assert_true(frames++ < PAGE_LINES_MAX);
        assert_true(draw(desk, page) <= BUDGET);
    } while (render_page_waits(desk->stage.render));
    return frames;
}

static void hold_to_whole(struct desk *desk, const struct page *page)
{
    size_t size = (size_t)WIDTH * HEIGHT * 3;
    stage_draw_page(&desk->whole, &desk->scene, page);
    assert_false(render_page_waits(desk->whole.render));
    assert_memory_equal(desk->stage.rgb, desk->whole.rgb, size);
}

/* One more than the lines ask for, where those below the cursor and those above it part. */
static void come_in_few_frames(struct desk *desk, const struct page *page)
{
    long before = stage_work(&desk->stage).drawn;
    size_t frames = draw_all(desk, page);
    size_t lines = (size_t)(stage_work(&desk->stage).drawn - before);
    assert_true(lines > 2 * BUDGET);
    assert_true(frames <= (lines + BUDGET - 1) / BUDGET + 1);
    hold_to_whole(desk, page);
}

static void a_page_comes_in_few_frames(void **state)
{
    struct desk *desk = *state;
    come_in_few_frames(desk, &desk->page);
    come_in_few_frames(desk, &desk->other);
    /* What was drawn once is there at once, and a still page asks for nothing. */
    assert_int_equal(draw(desk, &desk->page), 0);
    assert_false(render_page_waits(desk->stage.render));
    hold_to_whole(desk, &desk->page);
}

static bool row_is(const struct desk *desk, size_t row, const uint8_t *rgb)
{
    size_t from = (size_t)desk->stage.render->page->lines[row].box.y;
    size_t height = (size_t)desk->stage.render->page->lines[row].box.height;
    return memcmp(desk->stage.rgb + from * WIDTH * 3, rgb + from * WIDTH * 3, height * WIDTH * 3) ==
           0;
}

static void the_cursor_s_row_comes_first_and_the_others_stay(void **state)
{
    struct desk *desk = *state;
    size_t size = (size_t)WIDTH * HEIGHT * 3;
    uint8_t *old = malloc(size);
    assert_non_null(old);
    (void)draw_all(desk, &desk->page);
    memcpy(old, desk->stage.rgb, size);
    assert_int_equal(draw(desk, &desk->other), BUDGET);
    assert_true(render_page_waits(desk->stage.render));
    const struct page_view *view = desk->stage.render->page;
    stage_draw_page(&desk->whole, &desk->scene, &desk->other);
    size_t stayed = 0;
    for (size_t i = 0; i < desk->other.line_count; i++) {
        bool near = i + 1 >= CURSOR && i <= CURSOR + BUDGET;
        if (view->lines[i].waits && view->lines[i].line != NULL) {
            assert_true(row_is(desk, i, old));
            stayed++;
        }
        if (!view->lines[i].waits && view->lines[i].line != NULL) {
            assert_true(near);
            assert_true(row_is(desk, i, desk->whole.rgb));
        }
    }
    assert_false(view->lines[CURSOR].waits);
    assert_true(stayed > BUDGET);
    free(old);
}

static size_t grounds_of(const struct page_view *view, size_t row)
{
    size_t count = 0;
    for (size_t i = 0; i < view->grounds.count; i++)
        count += view->grounds.items[i].line == row ? 1 : 0;
    return count;
}

/* A row that waits is selected as it was, and one that has come as it is. */
static void a_selection_comes_with_its_row(void **state)
{
    struct desk *desk = *state;
    const struct page_view *view = desk->stage.render->page;
    pages_mark(&desk->page);
    desk->page.cursor_line = desk->other.cursor_line = (uint16_t)(desk->page.line_count - 1);
    assert_true(desk->page.selected_count > 1);
    (void)draw_all(desk, &desk->page);
    (void)draw(desk, &desk->other);
    for (size_t i = 0; i < desk->page.selected_count; i++) {
        assert_true(view->lines[desk->page.selected[i].line].waits);
        assert_true(grounds_of(view, desk->page.selected[i].line) > 0);
    }
    (void)draw_all(desk, &desk->other);
    assert_int_equal(view->grounds.count, 0);
    hold_to_whole(desk, &desk->other);
}

/* All that lies between the things that change is drawn again.  So neither the row that the cursor
 * leaves, nor the line that both pages have, changes before the rows beside it. */
static void what_changes_in_a_frame_lies_together(void **state)
{
    struct desk *desk = *state;
    size_t last = desk->other.line_count - 1;
    struct boxes changed;
    struct error error;
    desk->other.lines[0] = desk->page.lines[last];
    desk->page.cursor_line = 0;
    desk->other.cursor_line = (uint16_t)last;
    (void)draw_all(desk, &desk->page);
    size_t frames = 0;
    do {
        assert_true(frames++ < PAGE_LINES_MAX);
        assert_true(
            render_draw_over(desk->stage.render, &desk->scene, &desk->other, 0, &changed, &error));
        int height = boxes_around(&changed).height;
        assert_true(height > 0 && height <= (BUDGET + 2) * desk->room.line_px);
    } while (render_page_waits(desk->stage.render));
    assert_true(frames > 2);
    (void)draw(desk, &desk->other);
    hold_to_whole(desk, &desk->other);
}

/* What was forgotten, or stood in another field, is shown by no row. */
static void what_is_forgotten_stays_nowhere(void **state)
{
    struct desk *desk = *state;
    (void)draw_all(desk, &desk->page);
    render_forget(desk->stage.render);
    (void)draw(desk, &desk->other);
    const struct page_view *view = desk->stage.render->page;
    for (size_t i = 0; i < view->line_count; i++)
        assert_true(!view->lines[i].waits || view->lines[i].line == NULL);
    (void)draw_all(desk, &desk->other);
    hold_to_whole(desk, &desk->other);
    stage_resize(&desk->stage, WIDTH, HEIGHT - 1);
    stage_resize(&desk->stage, WIDTH, HEIGHT);
    (void)draw(desk, &desk->page);
    for (size_t i = 0; i < view->line_count; i++)
        assert_true(!view->lines[i].waits || view->lines[i].line == NULL);
}

/* What was measured since the last frame took time as well; the cursor's row comes all the same. */
static void much_that_was_measured_leaves_less_to_draw(void **state)
{
    struct desk *desk = *state;
    (void)draw_all(desk, &desk->page);
    static char words[64 * 1024];
    size_t starts[PAGE_LINES_MAX];
    size_t next = 0;
    chance_begin(1);
    for (size_t i = 0; i + 1 < sizeof words; i++)
        words[i] = (char)('a' + below(26));
    struct render_paragraph paragraph = {.text = words, .length = sizeof words - 1};
    (void)render_page_break(desk->stage.render, &desk->room, &paragraph, 0, starts, PAGE_LINES_MAX,
                            &next);
    assert_int_equal(draw(desk, &desk->other), 1);
    assert_false(desk->stage.render->page->lines[CURSOR].waits);
    assert_int_equal(draw(desk, &desk->other), BUDGET);
}

static int begin(void **state)
{
    struct desk *desk = malloc(sizeof *desk);
    assert_non_null(desk);
    open_desk(desk);
    *state = desk;
    return 0;
}

static int end(void **state)
{
    close_desk(*state);
    free(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_page_comes_in_few_frames),
        TEST(the_cursor_s_row_comes_first_and_the_others_stay),
        TEST(a_selection_comes_with_its_row),
        TEST(what_changes_in_a_frame_lies_together),
        TEST(what_is_forgotten_stays_nowhere),
        TEST(much_that_was_measured_leaves_less_to_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
