/* What a key costs on the page of the longest letter there may be, counted and not timed: a page of
 * lines at most is laid out or drawn, whatever the letter is made of, a few of them in one frame,
 * and a key that changes one line draws one line. */
#include "desk.h"

#include "lacrima/base/hash.h"

#include <stdlib.h>
#include <string.h>

#define MIB    ((size_t)1 << 20)
#define SPARE  4096 /* for what is typed */
#define WIDTH  960
#define HEIGHT 540
/* Of a long word's line so many beginnings are tried; of a stretch that is not known so many lines
 * come before the one that is looked for. */
#define TRIES_MAX 12
#define AHEAD_MAX 64
/* Of a long word's line it is measured that it fits and that more does not; beside those there are
 * the guesses that were not quite right, and what a letter is wide. */
#define PASTE_TRIES_MAX 3
#define PROSE           80 /* words in a paragraph */
#define BUDGET          3  /* lines that are drawn for the first time in a frame */

/* Lines that are to leave, laid out in a frame; in how many frames they are at most; and how often
 * they are looked at as they leave. */
#define PLANNED           16
#define LETTER_FRAMES_MAX 200
#define LEAVING_LOOKS     36
/* How many frames of it are looked at one by one, and how far a line rises above its row. */
#define HALF_FRAMES 240
#define RISES_ROWS  2
/* A page leaves and another one comes within so many. */
#define TURN_FRAMES 150

struct table {
    struct desk *desk;
    struct scene scene;
    struct render_room room;
    struct stage_work before;
    struct boxes changed;
    long measured, drawn; /* by the last key */
    size_t frames;        /* until all of it was there */
};

/* No two lines are alike. */
static char *letter_of(const char *between, unsigned words_a_paragraph)
{
    static const char *const words[] = {"what", "was",  "said", "and", "not",    "where",
                                        "it",   "went", "rain", "I",   "though", "always"};
    char *text = calloc(MIB + 1, 1);
    uint64_t chance = 7;
    size_t at = 0;
    assert_non_null(text);
    for (unsigned count = 1; at + SPARE < MIB; count++) {
        chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const char *word = words[(chance >> 33) % (sizeof words / sizeof words[0])];
        bool ends = words_a_paragraph > 0 && count % words_a_paragraph == 0;
        at += strlen(strcat(text + at, word));
        at += strlen(strcat(text + at, ends ? "\n" : between));
    }
    return text;
}

/* One frame as the loop draws it. */
static struct stage_work see_frame(struct table *table)
{
    struct desk *desk = table->desk;
    struct error error;
    time_ns until = TIME_NEVER;
    struct stage_work before = stage_work(&desk->stage);
    const struct page *page = letter_page(desk->letter, 1.0F, desk->now, &until);
    assert_true(
        render_draw_over(desk->stage.render, &table->scene, page, 1, &table->changed, &error));
    letter_drawn(desk->letter, desk->now, render_page_waits(desk->stage.render));
    struct stage_work now = stage_work(&desk->stage);
    assert_true(now.drawn - before.drawn <= BUDGET);
    return now;
}

/* What a key gave, frame by frame. */
static void see(struct table *table)
{
    struct desk *desk = table->desk;
    struct stage_work now = see_frame(table);
    for (table->frames = 1; render_page_waits(desk->stage.render); table->frames++) {
        struct stage_work before = now;
        now = see_frame(table);
        /* Only the first one lays out; each of the others has lines of its own. */
        assert_true(now.measured == before.measured && now.drawn > before.drawn);
    }
    table->measured = now.measured - table->before.measured;
    table->drawn = now.drawn - table->before.drawn;
    table->before = now;
    assert_true(table->drawn <= table->room.lines + 1);
    assert_true(table->measured <= (long)TRIES_MAX * (table->room.lines + AHEAD_MAX));
}

static void press(struct table *table, int32_t typed, uint32_t modifiers)
{
    struct key key = {.typed = typed, .position = typed, .modifiers = (uint8_t)modifiers};
    assert_true(letter_key(table->desk->letter, &key, table->desk->now));
    see(table);
}

static void type(struct table *table, const char *text)
{
    letter_text(table->desk->letter, text, table->desk->now);
    see(table);
}

static void open_letter(struct table *table, struct desk *desk, const char *text)
{
    memset(table, 0, sizeof *table);
    table->desk = desk;
    stage_resize(&desk->stage, WIDTH, HEIGHT);
    render_page_budget(desk->stage.render, BUDGET);
    letter_resize(desk->letter);
    render_page_room(desk->stage.render, 1.0F, &table->room);
    stage_night(&table->scene);
    desk_page(desk, LETTER_LET_GO);
    desk_wait(desk, SECONDS(10));
    see(table);
    desk_wait(desk, SECONDS(10));
    type(table, text);
    assert_true(table->measured <= (long)PASTE_TRIES_MAX * (table->room.lines + AHEAD_MAX));
}

/* Every key that can lead far. */
static void go_about(struct table *table)
{
    press(table, KEY_HOME, KEY_CTRL);
    press(table, KEY_END, KEY_CTRL);
    press(table, KEY_PAGE_UP, 0);
    press(table, KEY_PAGE_UP, 0);
    press(table, KEY_PAGE_DOWN, KEY_SHIFT);
    press(table, KEY_UP, 0);
    press(table, KEY_RIGHT, KEY_CTRL);
    press(table, KEY_LEFT, KEY_CTRL);
    press(table, 'a', KEY_CTRL);
    assert_int_equal(table->drawn, 0);
    press(table, KEY_DELETE, 0);
    press(table, 'z', KEY_CTRL);
    press(table, 'y', KEY_CTRL);
    press(table, 'z', KEY_CTRL);
    press(table, KEY_HOME, KEY_CTRL | KEY_SHIFT);
    press(table, KEY_HOME, KEY_CTRL);
    type(table, "x");
    press(table, KEY_BACKSPACE, 0);
    press(table, KEY_END, KEY_CTRL);
}

/* At the letter's end, where nothing flows on. */
static void change_one_line(struct table *table)
{
    press(table, KEY_ENTER, 0);
    press(table, KEY_ENTER, 0);
    type(table, "a");
    type(table, "b");
    assert_int_equal(table->drawn, 1);
    assert_true(boxes_around(&table->changed).height <= table->room.line_px);
    press(table, KEY_BACKSPACE, 0);
    assert_int_equal(table->drawn, 0);
    assert_true(boxes_around(&table->changed).height <= table->room.line_px);
    press(table, KEY_LEFT, 0);
    assert_int_equal(table->drawn, 0);
    assert_int_equal(table->measured, 0);
    assert_true(boxes_around(&table->changed).width <= table->room.line_px);
    press(table, KEY_UP, KEY_SHIFT);
    assert_int_equal(table->drawn, 0);
    assert_true(boxes_around(&table->changed).height <= 3 * table->room.line_px);
}

/* What is typed while the page still comes is seen once it is there: until then it stays the page
 * that it was, though the text is another one. */
static void type_while_it_comes(struct table *table)
{
    struct desk *desk = table->desk;
    time_ns until = TIME_NEVER;
    struct key all = {.typed = 'a', .position = 'a', .modifiers = KEY_CTRL};
    struct key erase = {.typed = KEY_DELETE, .position = KEY_DELETE};
    press(table, KEY_HOME, KEY_CTRL);
    for (int i = 0; i < 3; i++)
        press(table, KEY_PAGE_DOWN, 0);
    struct key down = {.typed = KEY_PAGE_DOWN, .position = KEY_PAGE_DOWN};
    assert_true(letter_key(desk->letter, &down, desk->now));
    (void)see_frame(table);
    assert_true(render_page_waits(desk->stage.render));
    const struct page *page = letter_page(desk->letter, 1.0F, desk->now, &until);
    uint64_t version = page->version;
    size_t lines = page->line_count;
    assert_true(letter_key(desk->letter, &all, desk->now));
    assert_true(letter_key(desk->letter, &erase, desk->now));
    while (render_page_waits(desk->stage.render)) {
        page = letter_page(desk->letter, 1.0F, desk->now, &until);
        assert_true(page->version == version && page->line_count == lines);
        (void)see_frame(table);
    }
    page = letter_page(desk->letter, 1.0F, desk->now, &until);
    assert_true(page->version != version && page->line_count < lines);
    table->before = stage_work(&desk->stage);
}

/* How all that leaves looks, from its beginning to its end. */
static uint64_t how_it_leaves(struct desk *desk)
{
    uint64_t hash = HASH_START;
    for (int i = 0; i < LEAVING_LOOKS; i++) {
        time_ns until = TIME_NEVER;
        desk_wait(desk, SECONDS(2));
        const struct page *page = letter_page(desk->letter, 1.0F, desk->now, &until);
        for (size_t row = 0; page != NULL && row < page->line_count; row++) {
            const struct page_line *line = &page->lines[row];
            hash = hash_bytes(hash, line->text, line->length);
            hash = hash_bytes(hash, &line->alpha, sizeof line->alpha);
        }
    }
    return hash;
}

static const struct page_line *glowing_line(const struct page *page)
{
    for (size_t row = 0; page != NULL && row < page->line_count; row++) {
        if (page->lines[row].warmth > 0.0F)
            return &page->lines[row];
    }
    return NULL;
}

/* A line that glows is drawn with what every line is: no program is made in the frame in which the
 * first one does, however soon that comes. */
static void glow_without_more(struct table *table)
{
    struct desk *desk = table->desk;
    struct stage *stage = &desk->stage;
    const struct page *page = NULL;
    time_ns until = TIME_NEVER;
    long programs = stage_work(stage).programs;
    desk_key(desk, KEY_ESC);
    assert_string_equal(desk->state, "leaving");
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "go");
    for (int i = 0; i < LEAVING_LOOKS && glowing_line(page) == NULL; i++) {
        desk_wait(desk, MILLISECONDS(500));
        page = letter_page(desk->letter, 1.0F, desk->now, &until);
    }
    assert_non_null(glowing_line(page));
    assert_true(render_draw(stage->render, &table->scene, page, NULL));
    assert_int_equal(stage_work(stage).programs, programs);
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "page");
    desk_wait(desk, SECONDS(10));
    (void)letter_page(desk->letter, 1.0F, desk->now, &until);
}

/* What a frame draws and shows while nearly every row changes: half of them at most, and as far as
 * a line rises above its own; now the upper half, now the lower. */
static void draw_by_halves(struct table *table)
{
    struct desk *desk = table->desk;
    int rows = table->room.lines;
    const int most = (rows - rows / 2 + RISES_ROWS) * table->room.line_px;
    bool upper = false;
    bool lower = false;
    desk_key(desk, KEY_ESC);
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "go");
    /* What was written leaves, and what leaves line by line comes; so does a hint at the foot. */
    (void)see_frame(table);
    struct scene_line *hint =
        stage_line(&table->scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "", "Space: take it back");
    for (int frame = 0; frame < TURN_FRAMES; frame++) {
        hint->alpha = (float)frame / (float)TURN_FRAMES;
        desk_wait(desk, SECONDS(1) / 60);
        (void)see_frame(table);
        /* Beside the half there may be the hint and the lines that were never drawn. */
        int drawn = stage_things_drawn(&desk->stage);
        if (frame > 0 && drawn > rows - rows / 2 + BUDGET + 1)
            fail_msg("frame %d of the turn draws %d things of %d", frame, drawn, rows + 1);
    }
    table->scene.line_count--;
    desk_wait(desk, SECONDS(12));
    do
        (void)see_frame(table);
    while (render_page_waits(desk->stage.render));
    for (int frame = 0; frame < HALF_FRAMES; frame++) {
        desk_wait(desk, SECONDS(1) / 60);
        (void)see_frame(table);
        struct box box = boxes_around(&table->changed);
        if (box.height > most)
            fail_msg("a frame draws %d rows of %d", box.height / table->room.line_px, rows);
        int middle = box.y + box.height / 2;
        upper = upper || (box.height > 0 && middle < HEIGHT / 2);
        lower = lower || (box.height > 0 && middle > HEIGHT / 2);
    }
    assert_true(upper && lower);
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "page");
    (void)see_frame(table);
    desk_wait(desk, SECONDS(10));
    (void)see_frame(table);
}

/* Asked for, its lines that are to leave are laid out a few in a frame, and are those that they
 * would be at once; with another key before that, all of them are. */
static void let_go(struct table *table)
{
    struct desk *desk = table->desk;
    const int32_t *ms = &desk->session.visit.letter.leaves_ms;
    uint64_t looks[3];
    int32_t takes[3];
    for (int i = 0; i < 3; i++) {
        letter_budget(desk->letter, i < 2 ? PLANNED : 0);
        desk->session.visit.letter.leaves_ms = 0;
        desk_key(desk, KEY_ESC);
        assert_string_equal(desk->state, "leaving");
        assert_true((*ms > 0) == (i == 2));
        for (int frames = 0; i == 0 && *ms == 0; frames++) {
            time_ns until = TIME_NEVER;
            long before = stage_work(&desk->stage).measured;
            (void)letter_page(desk->letter, 1.0F, desk->now, &until);
            assert_true(frames < LETTER_FRAMES_MAX);
            bool soon = until <= desk->now;
            assert_true(stage_work(&desk->stage).measured - before <= (long)TRIES_MAX * PLANNED);
            desk_wait(desk, MILLISECONDS(16));
            assert_true(soon || *ms > 0);
        }
        desk_key_after(desk, KEY_SPACE, 0);
        assert_string_equal(desk->state, "go");
        takes[i] = *ms;
        looks[i] = how_it_leaves(desk);
        desk_key(desk, KEY_SPACE);
        assert_string_equal(desk->state, "page");
        desk_wait(desk, SECONDS(10));
        time_ns until = TIME_NEVER;
        (void)letter_page(desk->letter, 1.0F, desk->now, &until);
    }
    assert_true(takes[0] > 0 && takes[0] == takes[1] && takes[1] == takes[2]);
    assert_true(looks[0] == looks[1] && looks[1] == looks[2]);
}

static void hold(struct desk *desk, const char *between, unsigned words_a_paragraph)
{
    struct table table;
    char *text = letter_of(between, words_a_paragraph);
    open_letter(&table, desk, text);
    go_about(&table);
    change_one_line(&table);
    type_while_it_comes(&table);
    letter_text(desk->letter, text, desk->now);
    glow_without_more(&table);
    draw_by_halves(&table);
    let_go(&table);
    free(text);
}

static void of_prose(void **state)
{
    hold(*state, " ", PROSE);
}

static void of_one_paragraph(void **state)
{
    hold(*state, " ", 0);
}

static void of_one_word(void **state)
{
    hold(*state, "", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(of_prose),
        DESK_TEST(of_one_paragraph),
        DESK_TEST(of_one_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
