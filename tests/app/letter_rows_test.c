/* A long paragraph without a break flows: no row of it ends early, wherever one came from, whatever
 * was typed; and while one goes about in it, what stays on the page stays as it was. */
#include "desk.h"

#include "lacrima/base/text.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_BYTES    14000
#define LEAVES_BYTES  6000
#define LEAVING_LOOKS 900
/* Rows are counted as they are read, from the first one. */
#define ROWS_MAX 4096
/* So much narrower a column of a row may be that was laid out from below, and met others above. */
#define NARROWER  0.12
#define WALK_KEYS 120

struct reading {
    struct desk *desk;
    struct render_room room;
    const char *text; /* of the letter, as it lies in memory */
    size_t length;
    enum page_direction direction;
    size_t count;
    size_t from[ROWS_MAX], to[ROWS_MAX];
};

struct seen {
    size_t count;
    size_t from[PAGE_LINES_MAX], to[PAGE_LINES_MAX];
};

static const struct kind {
    const char *between;
    const char *words[12];
} kinds[] = {
    {" ",
     {"what", "was", "said", "and", "nobody", "where", "I", "went,", "rain", "a", "though.",
      "always"}},
    {"", {"what", "was", "said", "and", "not", "where", "it", "went", "rain", "I", "i", "l"}},
    {" ",
     {"und", "so", "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel", "ging", "ich",
      "nie", "wieder", "hin", "Kühlschranktürdichtung", "du", "aber", "nicht"}},
    {" ",
     {"ما", "كنتَ", "ستضحك", "من", "طقس", "اليوم،", "نزل", "المطر", "في", "12", "واحد", "الشارع."}},
    {" ",
     {"התחלתי", "את", "המכתב", "הזה", "Anna", "פעמים,", "ובכל", "פעם", "(21)", "רק", "עד",
      "לשמך."}},
    {"",
     {"この", "手紙を", "書き", "はじめた", "のは、", "もう", "十一", "回目", "になる。", "「雨」",
      "って", "ー"}},
    {"", {"ฉัน", "เริ่ม", "เขียน", "จดหมาย", "ฉบับ", "นี้", "มา", "แล้ว", "น้ำตา", "จะ", "ก็", "ได้"}},
    {"",
     {"😀", "👩‍👩‍👧", "🇩🇪", "👍🏽", "😢", " ", "💧", "🌧", "😀😀", "❤️", "🌊",
      "🕯"}},
};

static const struct {
    int width, height;
    float scale;
} fields[] = {{1280, 800, 1.0F}, {1920, 1080, 0.75F}, {800, 600, 2.5F}};

static uint32_t chance(uint64_t *state, uint32_t of)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33) % of;
}

static char *letter_of(const struct kind *kind, size_t bytes)
{
    uint64_t state = 7;
    char *text = calloc(bytes + 1, 1);
    size_t at = 0;
    assert_non_null(text);
    for (;;) {
        const char *word = kind->words[chance(&state, 12)];
        if (at + strlen(word) + strlen(kind->between) > bytes)
            return text;
        at += strlen(strcpy(text + at, word));
        at += strlen(strcpy(text + at, kind->between));
    }
}

static const struct page *page_of(struct reading *reading)
{
    time_ns until = TIME_NEVER;
    struct desk *desk = reading->desk;
    const struct page *page = letter_page(desk->letter, 1.0F, desk->now, &until);
    assert_non_null(page);
    return page;
}

/* The rows of the page, by their places in the letter. */
static struct seen see(struct reading *reading)
{
    struct seen seen = {0};
    const struct page *page = page_of(reading);
    for (size_t i = 0; i < page->line_count; i++) {
        const struct page_line *line = &page->lines[i];
        if (line->faint || (i == 1 && page->lines[0].faint))
            continue;
        reading->direction = line->direction;
        seen.from[seen.count] = (size_t)(line->text - reading->text);
        seen.to[seen.count++] = (size_t)(line->text - reading->text) + line->length;
    }
    assert_true(seen.count > 0);
    for (size_t i = 1; i < seen.count; i++)
        assert_int_equal(seen.from[i], seen.to[i - 1]);
    assert_true(seen.to[seen.count - 1] <= reading->length);
    return seen;
}

static void press(struct reading *reading, int32_t typed, uint8_t modifiers)
{
    struct key key = {.typed = typed, .position = typed, .modifiers = modifiers};
    desk_wait(reading->desk, SECONDS(2));
    assert_true(letter_key(reading->desk->letter, &key, reading->desk->now));
}

static void type(struct reading *reading, const char *text)
{
    desk_type(reading->desk, text, SECONDS(2));
    reading->length += strlen(text);
}

/* What both pages show stands in the same rows. */
static void assert_stayed(const struct seen *before, const struct seen *now)
{
    size_t from = before->from[0];
    size_t to = before->to[before->count - 1];
    for (size_t i = 0; i < now->count; i++) {
        size_t same = 0;
        if (now->to[i] <= from || now->from[i] >= to)
            continue;
        while (same < before->count && before->from[same] != now->from[i])
            same++;
        if (same == before->count || before->to[same] != now->to[i])
            fail_msg("[%zu, %zu) was not a row of the page before", now->from[i], now->to[i]);
    }
}

static bool fits(struct reading *reading, size_t from, size_t to, double narrower)
{
    struct render_room room = reading->room;
    size_t begin = 0;
    size_t next = 0;
    struct render_paragraph part = {
        .text = reading->text + from, .length = to - from, .direction = reading->direction};
    room.box.width -= (int)(room.box.width * narrower);
    (void)render_page_break(reading->desk->stage.render, &room, &part, 0, &begin, 1, &next);
    return next == to - from;
}

/* It is within the column but for what its words together are less than one by one; and in a column
 * this much narrower it has no room for what follows, or none for what is before.
 */
static void assert_full(struct reading *reading, size_t from, size_t to, double narrower)
{
    struct render_room room = reading->room;
    size_t begin = 0;
    size_t next = 0;
    struct render_paragraph rest = {
        .text = reading->text, .length = reading->length, .direction = reading->direction};
    room.box.width -= (int)(room.box.width * narrower);
    assert_true(to > from && fits(reading, from, to, -0.02));
    if (to == reading->length)
        return;
    (void)render_page_break(reading->desk->stage.render, &room, &rest, from, &begin, 1, &next);
    if (next <= to)
        return;
    if (narrower > 0.0 && from > 0 &&
        render_page_break_before(reading->desk->stage.render, &room, &rest, to) >= from)
        return;
    fail_msg("[%zu, %zu) ends early: there is room up to %zu", from, to, next);
}

/* From the beginning to the end: each row once and full. */
static void read_down(struct reading *reading)
{
    press(reading, KEY_END, KEY_CTRL);
    (void)see(reading);
    press(reading, KEY_HOME, KEY_CTRL);
    reading->count = 0;
    size_t end = 0;
    for (struct seen before = see(reading), now = before;; before = now) {
        now = see(reading);
        assert_stayed(&before, &now);
        for (size_t i = 0; i < now.count; i++) {
            if (now.from[i] < end)
                continue;
            assert_int_equal(now.from[i], end);
            assert_full(reading, now.from[i], now.to[i], 0.0);
            assert_true(reading->count < ROWS_MAX);
            reading->from[reading->count] = now.from[i];
            reading->to[reading->count++] = end = now.to[i];
        }
        if (end == reading->length)
            return;
        letter_scroll(reading->desk->letter, 1);
        desk_wait(reading->desk, SECONDS(2));
    }
}

/* From the end to the beginning, a few rows at a time. */
static void read_up(struct reading *reading)
{
    press(reading, KEY_END, KEY_CTRL);
    struct seen before = see(reading);
    assert_int_equal(before.to[before.count - 1], reading->length);
    for (;;) {
        for (size_t i = 0; i < before.count; i++)
            assert_full(reading, before.from[i], before.to[i], NARROWER);
        if (before.from[0] == 0)
            return;
        letter_scroll(reading->desk->letter, -1);
        desk_wait(reading->desk, SECONDS(2));
        struct seen now = see(reading);
        assert_true(now.from[0] < before.from[0]);
        assert_stayed(&before, &now);
        before = now;
    }
}

/* Keys at random that change nothing: what stays on the page stays, and the cursor is in its row.
 */
static void walk(struct reading *reading)
{
    static const struct {
        int32_t key;
        uint8_t modifiers;
    } keys[] = {{KEY_UP, 0},        {KEY_DOWN, 0},          {KEY_PAGE_UP, 0},
                {KEY_PAGE_DOWN, 0}, {KEY_HOME, 0},          {KEY_END, 0},
                {KEY_LEFT, 0},      {KEY_RIGHT, KEY_SHIFT}, {KEY_PAGE_UP, KEY_SHIFT},
                {KEY_UP, 0},        {KEY_END, KEY_CTRL},    {KEY_PAGE_UP, 0},
                {KEY_DOWN, 0},      {KEY_PAGE_UP, 0},       {KEY_HOME, KEY_CTRL},
                {KEY_PAGE_UP, 0}};
    uint64_t state = 11;
    struct seen before = see(reading);
    for (int i = 0; i < WALK_KEYS; i++) {
        uint32_t key = chance(&state, sizeof keys / sizeof keys[0]);
        press(reading, keys[key].key, keys[key].modifiers);
        struct seen now = see(reading);
        assert_true(page_of(reading)->cursor);
        assert_stayed(&before, &now);
        for (size_t row = 0; row < now.count; row++)
            assert_full(reading, now.from[row], now.to[row], NARROWER);
        before = now;
    }
}

static void open_letter(struct reading *reading, struct desk *desk, const struct kind *kind,
                        size_t bytes, size_t field)
{
    char *text = letter_of(kind, bytes);
    *reading = (struct reading){.desk = desk, .length = 0};
    desk->params.text_scale = fields[field].scale;
    desk_end(desk);
    desk_begin(desk);
    stage_resize(&desk->stage, fields[field].width, fields[field].height);
    desk_page(desk, LETTER_LET_GO);
    letter_resize(desk->letter);
    render_page_room(desk->stage.render, fields[field].scale, &reading->room);
    desk_wait(desk, SECONDS(10));
    (void)page_of(reading);
    type(reading, text);
    struct key home = {.typed = KEY_HOME, .position = KEY_HOME, .modifiers = KEY_CTRL};
    struct key end = {.typed = KEY_END, .position = KEY_END, .modifiers = KEY_CTRL};
    assert_true(letter_key(desk->letter, &home, desk->now));
    const struct page *page = page_of(reading);
    reading->text = page->lines[page->lines[0].faint ? 2 : 0].text;
    assert_memory_equal(reading->text, text, reading->length);
    /* As if it had only been pasted: nothing is known but its end. */
    letter_resize(desk->letter);
    assert_true(letter_key(desk->letter, &end, desk->now));
    free(text);
}

/* Once more after a letter more at the beginning, in the middle and at the end. */
static void change_about(struct reading *reading)
{
    static const char *const typed[] = {"x", "never ", "\u96E8"};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        press(reading, KEY_HOME, KEY_CTRL);
        type(reading, typed[i]);
        read_up(reading);
        for (size_t page = 0; page < 2; page++)
            press(reading, KEY_PAGE_DOWN, 0);
        press(reading, KEY_RIGHT, 0);
        (void)see(reading);
        type(reading, typed[i]);
        struct seen now = see(reading);
        for (size_t row = 0; row < now.count; row++)
            assert_full(reading, now.from[row], now.to[row], NARROWER);
        press(reading, KEY_END, KEY_CTRL);
        type(reading, typed[i]);
        read_down(reading);
    }
}

static void hold(struct desk *desk, const struct kind *kind)
{
    for (size_t field = 0; field < sizeof fields / sizeof fields[0]; field++) {
        static struct reading reading;
        open_letter(&reading, desk, kind, TEXT_BYTES, field);
        read_up(&reading);
        walk(&reading);
        read_down(&reading);
        read_up(&reading);
        change_about(&reading);
    }
}

static bool was_read(const struct reading *reading, size_t from, size_t length)
{
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->from[i] == from)
            return reading->to[i] - from == length;
    }
    return false;
}

/* The lines that leave, of a letter that is seen leaving whole, are the rows that were read. */
static void what_leaves_was_read(void **state)
{
    static struct reading reading;
    struct desk *desk = *state;
    bool left = false;
    open_letter(&reading, desk, &kinds[0], LEAVES_BYTES, 0);
    read_up(&reading);
    read_down(&reading);
    desk_key(desk, KEY_ESC);
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "go");
    for (int i = 0; i < LEAVING_LOOKS; i++) {
        time_ns until = TIME_NEVER;
        desk_wait(desk, MILLISECONDS(100));
        const struct page *page = letter_page(desk->letter, 1.0F, desk->now, &until);
        for (size_t row = 0; page != NULL && row < page->line_count; row++) {
            const struct page_line *line = &page->lines[row];
            if (line->faint || line->length == 0)
                continue;
            size_t from = (size_t)(line->text - reading.text);
            assert_true(was_read(&reading, from, line->length));
            left = left || from + line->length == reading.length;
        }
    }
    assert_true(left);
}

#define ROWS_TEST(name, i)                                                                         \
    static void name(void **state)                                                                 \
    {                                                                                              \
        hold(*state, &kinds[i]);                                                                   \
    }

ROWS_TEST(of_english, 0)
ROWS_TEST(of_one_word, 1)
ROWS_TEST(of_long_words, 2)
ROWS_TEST(of_arabic, 3)
ROWS_TEST(of_hebrew, 4)
ROWS_TEST(of_japanese, 5)
ROWS_TEST(of_thai, 6)
ROWS_TEST(of_emoji, 7)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(of_english), DESK_TEST(of_one_word), DESK_TEST(of_long_words),
        DESK_TEST(of_arabic),  DESK_TEST(of_hebrew),   DESK_TEST(of_japanese),
        DESK_TEST(of_thai),    DESK_TEST(of_emoji),    DESK_TEST(what_leaves_was_read),
    };
    return cmocka_run_group_tests_name("letter rows", tests, NULL, NULL);
}
