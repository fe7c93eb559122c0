/* The page of a letter: its opening, and where the cursor is seen.  At the end of a line that goes
 * on in the next one that is at this end, after what leads there, and at the beginning of the next
 * line after anything else. */
#include "desk.h"

#include <stdio.h>
#include <string.h>

#define SOON_NS MILLISECONDS(100)
/* Wide enough for several lines of the desk's field. */
#define LONG_CHARS 200
#define FAR_PX     100000

/* A translation: every message in brackets. */
static bool translates;
char *__wrap_dcgettext(const char *domain, const char *message, int category);

char *__wrap_dcgettext(const char *domain, const char *message, int category)
{
    static char translated[512];
    (void)domain;
    (void)category;
    (void)snprintf(translated, sizeof translated, translates ? "[%s]" : "%s", message);
    return translated;
}

static const struct page *page_of(struct desk *desk)
{
    time_ns until = TIME_NEVER;
    const struct page *page = letter_page(desk->letter, 1.0F, desk->now, &until);
    assert_non_null(page);
    assert_true(page->cursor);
    return page;
}

static struct render_room room_of(const struct desk *desk)
{
    struct render_room room;
    render_page_room(desk->stage.render, desk->params.text_scale, &room);
    return room;
}

/* A page of text alone: the opening and an empty line stand above it. */
static size_t first_line(const struct page *page)
{
    return page->line_count > 2 && page->lines[0].faint ? 2 : 0;
}

static void assert_at(struct desk *desk, size_t line, size_t byte)
{
    const struct page *page = page_of(desk);
    assert_int_equal(page->cursor_line, first_line(page) + line);
    assert_int_equal(page->cursor_byte, byte);
}

static size_t length_of(struct desk *desk, size_t line)
{
    const struct page *page = page_of(desk);
    assert_true(first_line(page) + line < page->line_count);
    return page->lines[first_line(page) + line].length;
}

static void press(struct desk *desk, int32_t typed, uint8_t modifiers)
{
    struct key key = {.typed = typed, .position = typed, .modifiers = modifiers};
    desk_wait(desk, SECONDS(1));
    assert_true(letter_key(desk->letter, &key, desk->now));
}

static void write_word(struct desk *desk, const char *character)
{
    char word[LONG_CHARS * 4 + 1] = "";
    for (size_t i = 0; i < LONG_CHARS; i++)
        (void)strcat(word, character);
    desk_page(desk, LETTER_FILE);
    desk_type(desk, word, SOON_NS);
    press(desk, KEY_HOME, KEY_CTRL);
    (void)page_of(desk);
}

static void click(struct desk *desk, int x_px, size_t line, int clicks, bool extend)
{
    struct render_room room = room_of(desk);
    size_t row = first_line(page_of(desk)) + line;
    desk_wait(desk, SECONDS(1));
    letter_point(desk->letter, x_px, room.box.y + (int)row * room.line_px + room.line_px / 2,
                 clicks, extend);
}

static void end_is_behind_the_last_letter(void **state)
{
    struct desk *desk = *state;
    write_word(desk, "m");
    size_t length = length_of(desk, 0);
    assert_true(length > 4 && length < LONG_CHARS / 2);
    press(desk, KEY_END, 0);
    assert_at(desk, 0, length);
    press(desk, KEY_END, 0);
    assert_at(desk, 0, length); /* it stays there */
    press(desk, KEY_LEFT, 0);
    assert_at(desk, 0, length - 1);
    press(desk, KEY_RIGHT, 0);
    assert_at(desk, 1, 0); /* the same place, come to from the line's inside */
    press(desk, KEY_END, 0);
    assert_at(desk, 1, length_of(desk, 1));
    press(desk, KEY_HOME, 0);
    assert_at(desk, 1, 0);
    press(desk, KEY_UP, 0);
    press(desk, KEY_END, 0);
    press(desk, KEY_RIGHT, 0);
    assert_at(desk, 1, 1);
}

static void up_and_down_keep_to_the_end(void **state)
{
    struct desk *desk = *state;
    write_word(desk, "m");
    press(desk, KEY_END, 0);
    press(desk, KEY_DOWN, 0);
    assert_at(desk, 1, length_of(desk, 1));
    press(desk, KEY_UP, 0);
    assert_at(desk, 0, length_of(desk, 0));
    press(desk, KEY_HOME, 0);
    assert_at(desk, 0, 0);
}

static void what_is_typed_there_begins_the_next_line(void **state)
{
    struct desk *desk = *state;
    write_word(desk, "m");
    size_t length = length_of(desk, 0);
    press(desk, KEY_END, 0);
    desk_type(desk, "m", SOON_NS);
    assert_at(desk, 1, 1);
    press(desk, KEY_UP, 0);
    press(desk, KEY_END, 0);
    assert_at(desk, 0, length);
    press(desk, KEY_BACKSPACE, 0);
    assert_int_equal(length_of(desk, 0), length); /* the next letter came up */
    assert_at(desk, 0, length - 1);
}

static void a_click_beyond_the_end_is_on_that_line(void **state)
{
    struct desk *desk = *state;
    write_word(desk, "m");
    size_t length = length_of(desk, 0);
    click(desk, FAR_PX, 0, 1, false);
    assert_at(desk, 0, length);
    click(desk, 0, 1, 1, false);
    assert_at(desk, 1, 0); /* the same place, at the other side */
    click(desk, FAR_PX, 1, 1, true);
    const struct page *page = page_of(desk);
    assert_int_equal(page->selected_count, 1);
    assert_int_equal(page->selected[0].line, first_line(page) + 1);
    assert_int_equal(page->selected[0].to, length_of(desk, 1));
    assert_at(desk, 1, length_of(desk, 1));
}

/* Of a script without blanks, whose characters are several bytes. */
static void a_script_without_blanks(void **state)
{
    struct desk *desk = *state;
    write_word(desk, "\u6CE3");
    size_t length = length_of(desk, 0);
    press(desk, KEY_END, 0);
    assert_at(desk, 0, length);
    click(desk, FAR_PX, 1, 2, false);
    desk_wait(desk, SECONDS(1));
    assert_true(page_of(desk)->selected_count > 0); /* a word of this line */
    assert_int_equal(page_of(desk)->selected[0].line, first_line(page_of(desk)));
}

/* The blank hangs beyond the edge; what is typed stands at the word's end. */
static void before_the_blank_that_hangs(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_FILE);
    for (int i = 0; i < LONG_CHARS / 4; i++)
        desk_type(desk, "mmm ", SOON_NS);
    press(desk, KEY_HOME, KEY_CTRL);
    press(desk, KEY_END, 0);
    assert_at(desk, 0, length_of(desk, 0) - 1);
}

/* The last line of a page that is full: the cursor does not leave it. */
static void the_end_of_the_last_line_is_on_the_page(void **state)
{
    struct desk *desk = *state;
    char word[2001];
    memset(word, 'm', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    desk_page(desk, LETTER_FILE);
    desk_type(desk, word, SOON_NS);
    press(desk, KEY_HOME, KEY_CTRL);
    size_t last = page_of(desk)->line_count - 1;
    assert_int_equal(last + 1, room_of(desk).lines);
    const char *top = page_of(desk)->lines[last].text;
    click(desk, FAR_PX, last - first_line(page_of(desk)), 1, false);
    assert_int_equal(page_of(desk)->cursor_line, last);
    assert_int_equal(page_of(desk)->cursor_byte, page_of(desk)->lines[last].length);
    assert_ptr_equal(page_of(desk)->lines[last].text, top);
    press(desk, KEY_LEFT, 0);
    press(desk, KEY_RIGHT, 0); /* to the beginning of the next: the page goes on */
    assert_int_equal(page_of(desk)->cursor_byte, 0);
    assert_ptr_not_equal(page_of(desk)->lines[last].text, top);
}

/* Of the first page two lines are not of the letter; none is written where it is not seen. */
static void the_page_goes_on_when_its_last_line_is_full(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_FILE);
    for (int line = 0; line < 2 * room_of(desk).lines; line++) {
        press(desk, KEY_ENTER, 0);
        (void)page_of(desk);
    }
}

static int cursor_height(struct desk *desk)
{
    struct render_room room = room_of(desk);
    struct box box;
    assert_true(render_page_cursor(desk->stage.render, &room, page_of(desk), &box));
    return box.height;
}

static void assert_entry(struct desk *desk, const char *begins, const char *ends, bool at_end)
{
    const struct page_line *line = &page_of(desk)->lines[0];
    assert_int_equal(page_of(desk)->line_count, 1);
    assert_true(line->length >= strlen(begins) + strlen(ends));
    assert_memory_equal(line->text, begins, strlen(begins));
    assert_memory_equal(line->text + line->length - strlen(ends), ends, strlen(ends));
    if (at_end)
        assert_int_equal(page_of(desk)->cursor_byte, line->length);
}

/* Of a path that is too long the part around the cursor is seen, no smaller than other words. */
static void a_long_path_is_seen_where_it_is_written(void **state)
{
    struct desk *desk = *state;
    char path[LONG_CHARS * 4] = "/a-beginning";
    desk_key(desk, KEY_SPACE);
    desk_key(desk, KEY_DOWN);
    desk_key(desk, KEY_DOWN);
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "place");
    press(desk, 'a', KEY_CTRL);
    desk_type(desk, "/short.txt", SOON_NS);
    int height = cursor_height(desk);
    assert_entry(desk, "/short", ".txt", true);
    press(desk, 'a', KEY_CTRL);
    for (int i = 0; i < LONG_CHARS / 4; i++)
        (void)strcat(path, "/\u00E4bc-def");
    (void)strcat(path, "/its-own-name.txt");
    desk_type(desk, path, SOON_NS);
    assert_entry(desk, "\u2026", "/its-own-name.txt", true);
    assert_int_equal(cursor_height(desk), height);
    press(desk, KEY_LEFT, 0);
    assert_entry(desk, "\u2026", "/its-own-name.txt", false);
    press(desk, KEY_HOME, 0);
    assert_entry(desk, "/a-beginning/", "\u2026", false);
    assert_int_equal(page_of(desk)->cursor_byte, 0);
    for (int i = 0; i < LONG_CHARS; i++)
        press(desk, KEY_RIGHT, 0);
    assert_entry(desk, "\u2026", "\u2026", false);
    const struct page *page = page_of(desk);
    assert_true(page->cursor_byte > strlen("\u2026") && page->cursor_byte < page->lines[0].length);
    assert_int_equal(cursor_height(desk), height);
}

static void the_opening_is_in_the_persons_language(void **state)
{
    struct desk *desk = *state;
    translates = true;
    desk_page(desk, LETTER_LET_GO);
    const struct page_line *line = &page_of(desk)->lines[0];
    assert_true(line->faint && line->length > 2);
    assert_int_equal(line->text[0], '[');
    assert_int_equal(line->text[line->length - 1], ']');
    translates = false;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(end_is_behind_the_last_letter),
        DESK_TEST(up_and_down_keep_to_the_end),
        DESK_TEST(what_is_typed_there_begins_the_next_line),
        DESK_TEST(a_click_beyond_the_end_is_on_that_line),
        DESK_TEST(a_script_without_blanks),
        DESK_TEST(before_the_blank_that_hangs),
        DESK_TEST(the_end_of_the_last_line_is_on_the_page),
        DESK_TEST(a_long_path_is_seen_where_it_is_written),
        DESK_TEST(the_opening_is_in_the_persons_language),
        DESK_TEST(the_page_goes_on_when_its_last_line_is_full),
    };
    return cmocka_run_group_tests_name("letter page", tests, NULL, NULL);
}
