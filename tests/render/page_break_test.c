/* Where a page's text is broken into lines: downwards from any line, and upwards from any place. */
#include "pages.h"

#include "../support/cm.h"
#include "lacrima/base/text.h"

#include <string.h>

/* The room keeps clear of where notices and hints stand. */
static void a_last_word_is_not_alone(void **state)
{
    (void)state;
    struct stage stage;
    struct render_room room;
    size_t starts[PAGE_LINES_MAX];
    size_t next = 0;
    char text[256] = "";
    stage_open(&stage, false, 1280, 800);
    render_page_room(stage.render, 1.0F, &room);
    struct render_paragraph paragraph = {.text = text};
    /* Words are added until one begins a line of its own. */
    size_t count = 1;
    while (count == 1) {
        (void)text_append(text, sizeof text, text[0] == '\0' ? "wall" : " wall");
        paragraph.length = strlen(text);
        count =
            render_page_break(stage.render, &room, &paragraph, 0, starts, PAGE_LINES_MAX, &next);
    }
    assert_int_equal(count, 2);
    assert_string_equal(text + starts[1], "wall");
    paragraph.settled = true;
    count = render_page_break(stage.render, &room, &paragraph, 0, starts, PAGE_LINES_MAX, &next);
    assert_int_equal(count, 2);
    assert_int_equal(next, paragraph.length);
    assert_string_equal(text + starts[1], "wall wall");
    stage_close(&stage);
}
/* Broken a line at a time, from any line's start, a paragraph breaks where it breaks at once. */
static void breaking_goes_on_anywhere(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    struct render_room room;
    render_page_room(stage.render, 1.0F, &room);
    for (size_t s = 0; s < page_sample_count; s++) {
        struct render_paragraph p = {.text = page_samples[s].text,
                                     .length = strlen(page_samples[s].text)};
        size_t starts[PAGE_LINES_MAX];
        size_t next = 0;
        size_t count = render_page_break(stage.render, &room, &p, 0, starts, PAGE_LINES_MAX, &next);
        assert_int_equal(next, p.length);
        size_t at = 0;
        for (size_t i = 0; i < count; i++) {
            size_t one = 0;
            assert_int_equal(starts[i], at);
            assert_int_equal(render_page_break(stage.render, &room, &p, at, &one, 1, &at), 1);
            /* No line begins inside of a character. */
            size_t before = text_previous_cluster(p.text, p.length, at);
            assert_int_equal(text_next_cluster(p.text, p.length, before), at);
        }
        assert_int_equal(at, p.length);
    }
    struct render_paragraph nothing = {.text = NULL, .length = 0};
    size_t start = 1;
    size_t next = 1;
    assert_int_equal(render_page_break(stage.render, &room, &nothing, 0, &start, 1, &next), 1);
    assert_true(start == 0 && next == 0);
    stage_close(&stage);
}

static size_t end_of_line(struct stage *stage, const struct render_room *room,
                          struct render_paragraph part, size_t from, size_t to)
{
    size_t start = 0;
    size_t next = 0;
    part.length = to;
    assert_int_equal(render_page_break(stage->render, room, &part, from, &start, 1, &next), 1);
    return next;
}

/* A place before `at` where a line could begin: a word's beginning, or in a long word and a script
 * without blanks one some characters earlier, for not every one of those begins a line. */
static size_t could_begin(struct stage *stage, struct render_room room, struct render_paragraph p,
                          size_t at)
{
    size_t word = at;
    while (word > 0 && p.text[word - 1] == ' ')
        word--;
    while (word > 0 && p.text[word - 1] != ' ')
        word--;
    room.box.width = 6 * room.body_px;
    bool is_short = word < at && end_of_line(stage, &room, p, word, at) == at;
    for (int i = 0; i < 3 && !is_short; i++)
        at = text_previous_cluster(p.text, p.length, at);
    return is_short ? word : at;
}

/* From any place where a line may end, the line that ends there fits, and more before it would not;
 * the column's last pixels aside, for what its words are together and one by one differs by some.
 */
static void breaking_goes_upwards(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    struct render_room room;
    render_page_room(stage.render, 1.0F, &room);
    struct render_room wider = room;
    wider.box.width += room.body_px / 2;
    for (size_t s = 0; s < page_sample_count; s++) {
        struct render_paragraph p = {.text = page_samples[s].text,
                                     .length = strlen(page_samples[s].text)};
        for (size_t to = p.length, lines = 0; to > 0; lines++) {
            size_t begin = render_page_break_before(stage.render, &room, &p, to);
            assert_true(begin < to && text_cluster(p.text, p.length, begin) == begin);
            assert_int_equal(end_of_line(&stage, &wider, p, begin, to), to);
            if (begin > 0) {
                size_t more = could_begin(&stage, room, p, begin);
                struct render_room narrower = room;
                narrower.box.width -= room.body_px / 2;
                if (end_of_line(&stage, &narrower, p, more, to) >= to)
                    fail_msg("%s: more fits before [%zu, %zu), from %zu", page_samples[s].name,
                             begin, to, more);
            }
            to = begin;
        }
    }
    stage_close(&stage);
}

/* A megabyte that has no place to break, or is all blanks, or all marks, is broken all the same. */
static void huge_paragraphs_are_broken(void **state)
{
    (void)state;
    static char text[1 << 20];
    static const char *const units[] = {"ก", " ", "x", "\xCC\x81", "word ", "字", "\x80"};
    struct stage stage;
    stage_open(&stage, false, 1280, 800);
    struct render_room room;
    render_page_room(stage.render, 1.0F, &room);
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        size_t unit = strlen(units[u]);
        size_t length = sizeof text / unit * unit;
        for (size_t i = 0; i < length; i += unit)
            memcpy(text + i, units[u], unit);
        struct render_paragraph p = {.text = text, .length = length};
        size_t starts[40];
        size_t next = 0;
        size_t count = render_page_break(stage.render, &room, &p, 0, starts, 40, &next);
        assert_true(count == 40 || (u == 1 && count == 1 && next == length));
        for (size_t i = 1; i < count; i++)
            assert_true(starts[i] > starts[i - 1] && (starts[i] - starts[i - 1]) % unit == 0);
        for (size_t i = 0, to = length; i < 40; i++) {
            size_t begin = render_page_break_before(stage.render, &room, &p, to);
            assert_true(begin < to && (to - begin) % unit == 0);
            to = begin;
        }
    }
    stage_close(&stage);
}
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_last_word_is_not_alone),
        cmocka_unit_test(breaking_goes_on_anywhere),
        cmocka_unit_test(breaking_goes_upwards),
        cmocka_unit_test(huge_paragraphs_are_broken),
    };
    return cmocka_run_group_tests_name("page breaks", tests, NULL, NULL);
}
