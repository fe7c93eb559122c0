/* Pages drawn over: whatever happens to a page, what is drawn into a buffer that holds a former
 * frame is, to the last bit, what is drawn into an empty one; and a key costs what it changes. */
#include "page_view.h"
#include "pages.h"
#include "pair.h"

#include <string.h>

#define STEPS     250
#define ROWS_MOST 9

static const char *const words[] = {
    "what was said, and what was not said",
    "fjÅg (fjord), Jürgen's jjj",
    "",
    "   ",
    "קוראים לי Anna, ומה שמך?",
    "and one that is as long as the column is wide, or longer yet by far than any column",
    "雨は通りの片側にだけ降って rain",
    "x",
};

static void another_line(struct page *page, size_t i)
{
    struct page_line *line = &page->lines[i];
    const char *text = words[below(sizeof words / sizeof words[0])];
    *line = (struct page_line){.text = text, .length = (uint32_t)strlen(text), .alpha = 1.0F};
    line->heading = below(12) == 0;
    line->faint = below(6) == 0;
    line->direction = (enum page_direction)below(3);
}

/* Some bytes of a line, between characters. */
static struct page_span some_of(const struct page *page, size_t line)
{
    const char *text = page->lines[line].text;
    uint32_t length = page->lines[line].length;
    struct page_span span = {.line = (uint16_t)line, .to = length};
    if (below(2) == 0)
        return span;
    span.from = length > 0 ? below(length) : 0;
    span.to = span.from + (length > span.from ? below(length - span.from + 1) : 0);
    while (span.from > 0 && ((unsigned char)text[span.from] & 0xC0u) == 0x80u)
        span.from--;
    while (span.to < length && ((unsigned char)text[span.to] & 0xC0u) == 0x80u)
        span.to++;
    return span;
}

static size_t another_spans(const struct page *page, struct page_span *spans)
{
    size_t count = 0;
    size_t first = below(ROWS_MOST);
    size_t last = first + below(4);
    for (size_t i = first; i < page->line_count && i < last; i++)
        spans[count++] = some_of(page, i);
    return count;
}

static void another_cursor(struct page *page)
{
    page->cursor = page->line_count > 0 && below(6) > 0;
    if (!page->cursor)
        return;
    page->cursor_line = (uint16_t)below((unsigned)page->line_count);
    page->cursor_byte = some_of(page, page->cursor_line).to;
}

/* A line leaves, or comes back. */
static void another_pose(struct page_line *line)
{
    line->alpha = part();
    line->warmth = below(2) == 0 ? part() : 0.0F;
    line->rise_em = below(3) == 0 ? part() * 2.0F - 1.0F : 0.0F;
    line->shift_em = below(3) == 0 ? part() * 2.0F - 1.0F : 0.0F;
}

/* Spans of other lines than there were mean nothing. */
static void change_lines(struct page *page)
{
    page->selected_count = 0;
    page->composed_count = 0;
    if (below(3) == 0)
        page->line_count = 1 + below(ROWS_MOST);
    for (size_t i = 0; i < page->line_count; i++) {
        if (below(3) == 0 || page->lines[i].text == NULL)
            another_line(page, i);
    }
    another_cursor(page);
}

static void change(struct scene *scene, struct page *page)
{
    switch (below(10)) {
    case 0:
        change_lines(page);
        break;
    case 1:
        page->selected_count = below(3) == 0 ? 0 : another_spans(page, page->selected);
        break;
    case 2:
        page->composed_count = below(2) == 0 ? 0 : another_spans(page, page->composed);
        break;
    case 3:
        page->alpha = below(2) == 0 ? 1.0F : part();
        break;
    case 4:
        scene->drift_x_px = (int16_t)(below(3) - 1);
        break;
    case 5:
        page->centred = below(2) == 0;
        page->in_middle = below(2) == 0;
        break;
    case 6:
        another_pose(&page->lines[below((unsigned)page->line_count)]);
        break;
    case 7:
        scene->lines[0].alpha = part();
        break;
    default:
        another_cursor(page);
        break;
    }
}

static void through_changes(struct pair *pair, uint64_t seed)
{
    static struct scene scene;
    static struct page page;
    chance_begin(seed);
    stage_night(&scene);
    (void)stage_line(&scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "", "Esc: enough for now.");
    page = (struct page){.version = 1, .alpha = 1.0F, .line_count = ROWS_MOST};
    for (size_t i = 0; i < ROWS_MOST; i++)
        another_line(&page, i);
    for (int step = 0; step < STEPS; step++) {
        change(&scene, &page);
        pair_draw(pair, &scene, below(40) > 0 ? &page : NULL);
    }
    for (int kind = 0; kind < 3; kind++)
        assert_true(pair->kinds[kind] > STEPS / 20);
}

static void random_changes_leave_no_trace(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair, false, 480, 360);
    through_changes(&pair, 3);
    pair_close(&pair);
}

/* So small that lines overlap each other and the words around the page. */
static void nor_on_a_small_field(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair, true, 200, 120);
    through_changes(&pair, 4);
    pair_close(&pair);
}

/* Rows that wait for their lines show what they did, in both. */
static void nor_where_lines_wait(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair, false, 480, 360);
    render_page_budget(pair.stage.render, 1);
    render_page_budget(pair.over, 1);
    through_changes(&pair, 5);
    pair_close(&pair);
}

static struct box draw(struct stage *stage, const struct scene *scene, const struct page *page)
{
    struct boxes changed;
    assert_true(render_draw_over(stage->render, scene, page, 1, &changed, NULL));
    return boxes_around(&changed);
}

/* What a key changes is what is drawn, and not the page. */
static void a_key_draws_what_it_changes(void **state)
{
    (void)state;
    struct stage stage;
    static struct scene scene;
    static struct page page;
    struct render_room room;
    stage_open(&stage, false, 1280, 800);
    stage_night(&scene);
    pages_fill(&stage, &scene, page_samples[0].text, &page);
    render_page_room(stage.render, 1.0F, &room);
    enum { row = 1, other = 6 };
    assert_true(page.lines[row].length > 20 && page.lines[other].length > 20);
    page.cursor = true;
    page.cursor_line = row;
    page.cursor_byte = 3;
    (void)draw(&stage, &scene, &page);
    assert_int_equal(draw(&stage, &scene, &page).height, 0);
    /* The cursor moves on. */
    page.cursor_byte = 4;
    struct box box = draw(&stage, &scene, &page);
    assert_true(box.width > 0 && box.width < room.line_px && box.height <= room.line_px);
    /* A letter is taken away. */
    page.lines[row].length -= 1;
    box = draw(&stage, &scene, &page);
    assert_true(box.height > 0 && box.height <= room.line_px);
    assert_int_equal(stage.render->frame->repair.kind, REPAIR_BOX);
    /* A line is selected: one box of ground. */
    page.selected[page.selected_count++] =
        (struct page_span){.line = row, .to = page.lines[row].length};
    box = draw(&stage, &scene, &page);
    assert_true(box.height > 0 && box.height <= 2 * room.line_px);
    assert_int_equal(stage.render->page->grounds.count, 1);
    /* One of two lines far from each other fades: drawn over what it was. */
    page.lines[other].alpha = 0.5F;
    box = draw(&stage, &scene, &page);
    assert_true(box.height > 0 && box.height <= room.line_px);
    stage_close(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_changes_leave_no_trace),
        cmocka_unit_test(nor_on_a_small_field),
        cmocka_unit_test(nor_where_lines_wait),
        cmocka_unit_test(a_key_draws_what_it_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
