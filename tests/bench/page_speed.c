/* What a key costs on the page of the longest letter there may be, part by part and without a
 * window: what the letter does, where its lines are, and the drawing.  No test: a busy machine is
 * not a fault. */
#include "desk.h"

#include <epoxy/gl.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MIB    ((size_t)1 << 20)
#define WIDTH  1920
#define HEIGHT 1080

struct bench {
    struct desk *desk;
    struct scene scene;
    const char *kind;
};

static double now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void show(struct bench *bench, const char *name, double begun)
{
    struct desk *desk = bench->desk;
    struct boxes changed;
    struct error error;
    time_ns until = TIME_NEVER;
    double handled = now_ms();
    const struct page *page = letter_page(desk->letter, 1.0F, desk->now, &until);
    double laid = now_ms();
    (void)render_draw_over(desk->stage.render, &bench->scene, page, 1, &changed, &error);
    glFinish();
    double drawn = now_ms();
    if (name != NULL)
        (void)printf("  %-22s %7.2f ms: key %6.2f, lines %6.2f, drawing %6.2f; %dx%d\n", name,
                     drawn - begun, handled - begun, laid - handled, drawn - laid,
                     boxes_around(&changed).width, boxes_around(&changed).height);
    /* What moves by itself has come to rest. */
    desk->now += SECONDS(5);
    (void)letter_page(desk->letter, 1.0F, desk->now, &until);
}

static void press(struct bench *bench, const char *name, int32_t typed, uint32_t modifiers)
{
    struct key key = {.typed = typed, .position = typed, .modifiers = (uint8_t)modifiers};
    double begun = now_ms();
    (void)letter_key(bench->desk->letter, &key, bench->desk->now);
    show(bench, name, begun);
}

static void type(struct bench *bench, const char *name, const char *text)
{
    double begun = now_ms();
    letter_text(bench->desk->letter, text, bench->desk->now);
    show(bench, name, begun);
}

static void point(struct bench *bench, const char *name, int x, int y, bool extend)
{
    double begun = now_ms();
    letter_point(bench->desk->letter, x, y, 1, extend);
    show(bench, name, begun);
}

static void keys(struct bench *bench)
{
    press(bench, "Ctrl+Home", KEY_HOME, KEY_CTRL);
    press(bench, "Ctrl+End, unseen", KEY_END, KEY_CTRL);
    press(bench, "Page Up from there", KEY_PAGE_UP, 0);
    press(bench, "Page Up again", KEY_PAGE_UP, 0);
    press(bench, "Home", KEY_HOME, 0);
    press(bench, "End", KEY_END, 0);
    press(bench, "Ctrl+End", KEY_END, KEY_CTRL);
    type(bench, "a letter at the end", "x");
    type(bench, "another one", "y");
    press(bench, "Enter at the end", KEY_ENTER, 0);
    press(bench, "Backspace", KEY_BACKSPACE, 0);
    press(bench, "Ctrl+Home", KEY_HOME, KEY_CTRL);
    type(bench, "a letter at the start", "x");
    press(bench, "Down", KEY_DOWN, 0);
    press(bench, "Right", KEY_RIGHT, 0);
    press(bench, "Page Down", KEY_PAGE_DOWN, 0);
    for (int i = 0; i < 12; i++)
        press(bench, NULL, KEY_PAGE_DOWN, 0);
    press(bench, "Page Down", KEY_PAGE_DOWN, 0);
    type(bench, "a letter in the middle", "x");
    type(bench, "another one", "y");
    press(bench, "undo", 'z', KEY_CTRL);
    press(bench, "Up", KEY_UP, 0);
    press(bench, "Shift+Up", KEY_UP, KEY_SHIFT);
    press(bench, "Shift+Page Up", KEY_PAGE_UP, KEY_SHIFT);
    point(bench, "a click", 800, 400, false);
    point(bench, "drag", 900, 700, true);
    press(bench, "Ctrl+Right", KEY_RIGHT, KEY_CTRL);
    press(bench, "select all", 'a', KEY_CTRL);
    press(bench, "delete all of it", KEY_DELETE, 0);
    press(bench, "undo, 1 MiB", 'z', KEY_CTRL);
    press(bench, "redo, 1 MiB", 'y', KEY_CTRL);
    press(bench, "undo, 1 MiB", 'z', KEY_CTRL);
    press(bench, "Shift+Ctrl+Home", KEY_HOME, KEY_CTRL | KEY_SHIFT);
}

/* No two lines are alike, as in a letter. */
static void fill(char *text, const char *between, unsigned words_a_paragraph)
{
    static const char *const words[] = {
        "what",    "was",    "said",   "and",     "not",   "where",  "it",     "went",  "after",
        "that",    "summer", "house",  "nobody",  "I",     "you",    "always", "never", "the",
        "window",  "rain",   "letter", "quietly", "hands", "would",  "have",   "a",     "of",
        "kitchen", "asked",  "again",  "morning", "for",   "though", "years"};
    uint64_t chance = 1;
    size_t at = 0;
    for (unsigned count = 1; at + 4096 < MIB; count++) {
        chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const char *word = words[(chance >> 33) % (sizeof words / sizeof words[0])];
        const char *behind =
            words_a_paragraph > 0 && count % words_a_paragraph == 0 ? "\n" : between;
        memcpy(text + at, word, strlen(word));
        at += strlen(word);
        memcpy(text + at, behind, strlen(behind));
        at += strlen(behind);
    }
}

static void measure(const char *kind, const char *between, unsigned words_a_paragraph)
{
    struct bench bench = {.kind = kind};
    void *state = NULL;
    char *text = calloc(MIB + 1, 1);
    if (text == NULL || desk_setup(&state) != 0)
        exit(1);
    fill(text, between, words_a_paragraph);
    bench.desk = state;
    stage_resize(&bench.desk->stage, WIDTH, HEIGHT);
    letter_resize(bench.desk->letter);
    stage_night(&bench.scene);
    desk_page(bench.desk, LETTER_LET_GO);
    (void)printf("a letter of 1 MiB, %s\n", kind);
    show(&bench, NULL, 0.0);
    show(&bench, NULL, 0.0);
    type(&bench, "pasted, 1 MiB", text);
    keys(&bench);
    (void)desk_teardown(&state);
    free(text);
}

int main(void)
{
    measure("paragraphs", " ", 80);
    measure("one paragraph", " ", 0);
    measure("one word", "", 0);
    return 0;
}
