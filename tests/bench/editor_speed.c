/* What an editor's operation costs on the longest letter there may be.  No test: a busy machine is
 * not a fault. */
#include "lacrima/editor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MIB    ((size_t)1 << 20)
#define ROUNDS 200

static double now_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void type_at(struct editor *editor, size_t at)
{
    editor_place(editor, at, false);
    (void)editor_insert(editor, "x", 1, true);
}

static void type_at_start(struct editor *editor)
{
    type_at(editor, 0);
}

static void type_in_the_middle(struct editor *editor)
{
    type_at(editor, MIB / 2);
}

static void erase_a_word(struct editor *editor)
{
    editor_place(editor, MIB / 3, false);
    (void)editor_erase(editor, EDITOR_WORD_LEFT);
}

static void walk(struct editor *editor)
{
    editor_move(editor, EDITOR_LEFT, false);
}

static void select_paragraph(struct editor *editor)
{
    editor_select_paragraph(editor, MIB / 2);
}

static void undo(struct editor *editor)
{
    (void)editor_undo(editor);
}

static void redo(struct editor *editor)
{
    (void)editor_redo(editor);
}

static void replace_all(struct editor *editor)
{
    editor_select_all(editor);
    (void)editor_insert(editor, "gone", 4, false);
    (void)editor_undo(editor);
}

static void measure(struct editor *editor, const char *name, void (*work)(struct editor *))
{
    double worst = 0.0;
    double begin = now_us();
    for (int i = 0; i < ROUNDS; i++) {
        double before = now_us();
        work(editor);
        double took = now_us() - before;
        worst = took > worst ? took : worst;
    }
    (void)printf("  %-34s %8.1f us, at most %8.1f us\n", name, (now_us() - begin) / ROUNDS, worst);
}

static void measure_all(struct editor *editor)
{
    measure(editor, "a letter typed at the start", type_at_start);
    measure(editor, "a letter typed in the middle", type_in_the_middle);
    measure(editor, "a word erased", erase_a_word);
    measure(editor, "a step to the left", walk);
    measure(editor, "undo", undo);
    measure(editor, "redo", redo);
    measure(editor, "a paragraph selected", select_paragraph);
    measure(editor, "all of it replaced and taken back", replace_all);
}

int main(void)
{
    static const char *const texts[] = {"words and paragraphs of them\n", "no line break at all ",
                                        "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA"};
    static const char *const names[] = {"short lines", "one paragraph", "one word of flags"};
    const struct editor_params params = {.text_max = MIB};
    void *memory = aligned_alloc(16, editor_bytes(&params));
    char *text = malloc(MIB);
    if (memory == NULL || text == NULL)
        return 1;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t size = strlen(texts[i]);
        size_t length = (MIB - 2000) / size * size;
        for (size_t at = 0; at < length; at += size)
            memcpy(text + at, texts[i], size);
        memset(memory, 0, editor_bytes(&params));
        struct editor *editor = editor_init(memory, &params);
        (void)editor_load(editor, text, length);
        (void)printf("the editor with 1 MiB, %s\n", names[i]);
        measure_all(editor);
    }
    free(text);
    free(memory);
    return 0;
}
