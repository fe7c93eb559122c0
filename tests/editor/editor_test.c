/* The editor's promises, each by itself; model_test.c holds all of them together. */
#include "../support/cm.h"

#include "lacrima/editor.h"

#include <stdlib.h>
#include <string.h>

#define MIB ((size_t)1 << 20)

struct fixture {
    void *memory;
    size_t bytes;
    struct editor *editor;
};

static struct fixture make(size_t text_max, bool one_line)
{
    const struct editor_params params = {.text_max = text_max, .one_line = one_line};
    struct fixture f = {.bytes = editor_bytes(&params)};
    f.memory = aligned_alloc(16, f.bytes);
    assert_non_null(f.memory);
    memset(f.memory, 0, f.bytes);
    f.editor = editor_init(f.memory, &params);
    return f;
}

static enum editor_answer type(struct editor *editor, const char *text)
{
    return editor_insert(editor, text, strlen(text), true);
}

static void assert_text(const struct editor *editor, const char *wanted)
{
    size_t length = 0;
    const char *text = editor_text(editor, &length);
    assert_int_equal(length, strlen(wanted));
    assert_memory_equal(text, wanted, length);
}

static void assert_selected(const struct editor *editor, size_t from, size_t to)
{
    struct editor_range range = editor_selection(editor);
    assert_int_equal(range.from, from);
    assert_int_equal(range.to, to);
}

static void line_breaks_become_one(void **state)
{
    (void)state;
    struct fixture f = make(100, false);
    assert_int_equal(type(f.editor, "a\r\nb\rc\nd\xE2\x80\xA8"
                                    "e\xC2\x85"),
                     EDITOR_DONE);
    assert_text(f.editor, "a\nb\nc\nd\ne\n");
    free(f.memory);
}

static void what_has_no_look_is_left_out(void **state)
{
    (void)state;
    struct fixture f = make(100, false);
    assert_int_equal(type(f.editor, "a\x1B[1m\tb\x7F"), EDITOR_DONE);
    assert_text(f.editor, "a[1m\tb");
    struct fixture line = make(100, true);
    assert_int_equal(type(line.editor, "one\ntwo\r\n"), EDITOR_DONE);
    assert_text(line.editor, "onetwo");
    free(f.memory);
    free(line.memory);
}

static void bad_text_changes_nothing(void **state)
{
    (void)state;
    struct fixture f = make(8, false);
    assert_int_equal(type(f.editor, "abc"), EDITOR_DONE);
    uint64_t version = editor_version(f.editor);
    assert_int_equal(editor_insert(f.editor, "x\0y", 3, true), EDITOR_REFUSED);
    assert_int_equal(type(f.editor, "\xC3"), EDITOR_REFUSED);
    assert_int_equal(type(f.editor, "\xED\xA0\x80"), EDITOR_REFUSED);
    assert_int_equal(type(f.editor, "six-by"), EDITOR_FULL);
    assert_int_equal(type(f.editor, "\x01"), EDITOR_NOTHING);
    assert_int_equal(editor_load(f.editor, "123456789", 9), EDITOR_FULL);
    assert_int_equal(editor_version(f.editor), version);
    assert_text(f.editor, "abc");
    assert_int_equal(type(f.editor, "de\r\nfg\r\n"), EDITOR_FULL);
    assert_int_equal(type(f.editor, "d\r\ne\r\nf"), EDITOR_DONE);
    assert_text(f.editor, "abcd\ne\nf");
    free(f.memory);
}

static void one_step_is_what_a_person_sees(void **state)
{
    (void)state;
    static const char *const wholes[] = {
        "e\xCC\x81\xCC\xA3",                                    /* e with two marks */
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",         /* a family */
        "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA",                     /* a flag */
        "\xF0\x9F\xA4\xA6\xF0\x9F\x8F\xBD",                     /* a skin tone */
        "\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8",                 /* Hangul jamo */
        "\xE0\xA4\xA8\xE0\xA4\xBF",                             /* a spacing mark */
        "\xF0\x9F\x8F\xB4\xE2\x80\x8D\xE2\x98\xA0\xEF\xB8\x8F", /* a variation selector */
    };
    struct fixture f = make(1000, false);
    for (size_t i = 0; i < sizeof wholes / sizeof wholes[0]; i++) {
        editor_clear(f.editor);
        size_t size = strlen(wholes[i]);
        assert_int_equal(type(f.editor, "a"), EDITOR_DONE);
        assert_int_equal(type(f.editor, wholes[i]), EDITOR_DONE);
        assert_int_equal(type(f.editor, wholes[i]), EDITOR_DONE);
        editor_move(f.editor, EDITOR_LEFT, false);
        assert_int_equal(editor_cursor(f.editor), 1 + size);
        editor_move(f.editor, EDITOR_LEFT, false);
        assert_int_equal(editor_cursor(f.editor), 1);
        editor_move(f.editor, EDITOR_RIGHT, false);
        assert_int_equal(editor_cursor(f.editor), 1 + size);
        editor_place(f.editor, 2 + size, false);
        assert_int_equal(editor_cursor(f.editor), 1 + size);
        assert_int_equal(editor_erase(f.editor, EDITOR_RIGHT), EDITOR_DONE);
        size_t left = 0;
        (void)editor_text(f.editor, &left);
        assert_int_equal(left, 1 + size);
    }
    free(f.memory);
}

static void a_cursor_is_behind_until_something_is_done(void **state)
{
    (void)state;
    struct fixture f = make(100, false);
    (void)type(f.editor, "abc");
    assert_false(editor_is_behind(f.editor));
    editor_place_behind(f.editor, 2, false);
    assert_true(editor_is_behind(f.editor));
    uint64_t version = editor_version(f.editor);
    editor_place(f.editor, 2, false); /* another look, so another version */
    assert_false(editor_is_behind(f.editor));
    assert_int_not_equal(editor_version(f.editor), version);
    editor_place_behind(f.editor, 2, false);
    editor_move(f.editor, EDITOR_RIGHT, false);
    assert_false(editor_is_behind(f.editor));
    editor_place_behind(f.editor, 2, true);
    assert_selected(f.editor, 2, 3);
    (void)type(f.editor, "d");
    assert_false(editor_is_behind(f.editor));
    editor_place_behind(f.editor, 2, false);
    (void)editor_undo(f.editor);
    assert_false(editor_is_behind(f.editor));
    free(f.memory);
}

static void backspace_does_what_desktops_do(void **state)
{
    (void)state;
    struct fixture f = make(1000, false);
    (void)type(f.editor, "e\xCC\x81");
    (void)editor_backspace(f.editor);
    assert_text(f.editor, "");
    /* An Arabic vowel sign was typed by itself and goes by itself. */
    (void)type(f.editor, "\xD9\x85\xD9\x8E");
    (void)editor_backspace(f.editor);
    assert_text(f.editor, "\xD9\x85");
    editor_clear(f.editor);
    (void)type(f.editor, "\xF0\x9F\xA4\xA6\xF0\x9F\x8F\xBD\xE2\x80\x8D\xE2\x99\x82\xEF\xB8\x8F");
    (void)editor_backspace(f.editor);
    assert_text(f.editor, "");
    assert_int_equal(editor_backspace(f.editor), EDITOR_NOTHING);
    free(f.memory);
}

static void words_and_paragraphs(void **state)
{
    (void)state;
    struct fixture f = make(1000, false);
    (void)type(f.editor, "I didn't know.\n\xE6\xB3\xA3\xE3\x81\x84\xE3\x81\x9F  end");
    editor_move(f.editor, EDITOR_TEXT_START, false);
    static const size_t ends[] = {1, 8, 13, 18, 24, 29, 29};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        editor_move(f.editor, EDITOR_WORD_RIGHT, false);
        assert_int_equal(editor_cursor(f.editor), ends[i]);
    }
    editor_select_word(f.editor, 5);
    assert_selected(f.editor, 2, 8);
    editor_select_word(f.editor, 14);
    assert_selected(f.editor, 13, 14);
    editor_select_paragraph(f.editor, 3);
    assert_selected(f.editor, 0, 15);
    editor_select_paragraph(f.editor, 20);
    assert_selected(f.editor, 15, 29);
    assert_int_equal(editor_erase(f.editor, EDITOR_LEFT), EDITOR_DONE);
    assert_text(f.editor, "I didn't know.\n");
    (void)editor_erase(f.editor, EDITOR_WORD_LEFT);
    assert_text(f.editor, "I didn't ");
    free(f.memory);
}

static void undo_goes_word_by_word(void **state)
{
    (void)state;
    struct fixture f = make(1000, false);
    for (const char *c = "I miss you"; *c != '\0'; c++)
        (void)editor_insert(f.editor, c, 1, true);
    (void)editor_backspace(f.editor);
    (void)editor_backspace(f.editor);
    static const char *const steps[] = {"I miss you", "I miss ", "I ", ""};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        assert_int_equal(editor_undo(f.editor), EDITOR_DONE);
        assert_text(f.editor, steps[i]);
    }
    assert_int_equal(editor_undo(f.editor), EDITOR_NOTHING);
    assert_int_equal(editor_redo(f.editor), EDITOR_DONE);
    assert_text(f.editor, "I ");
    (void)type(f.editor, "x");
    assert_int_equal(editor_redo(f.editor), EDITOR_NOTHING);
    free(f.memory);
}

static void undo_gives_the_selection_back(void **state)
{
    (void)state;
    struct fixture f = make(1000, false);
    (void)type(f.editor, "one two");
    editor_move(f.editor, EDITOR_WORD_LEFT, true);
    (void)type(f.editor, "2");
    assert_text(f.editor, "one 2");
    (void)editor_undo(f.editor);
    assert_text(f.editor, "one two");
    assert_selected(f.editor, 4, 7);
    assert_int_equal(editor_cursor(f.editor), 4);
    free(f.memory);
}

/* The largest text there may be, replaced by another as large, and taken back. */
static void a_whole_mebibyte_can_be_taken_back(void **state)
{
    (void)state;
    struct fixture f = make(MIB, false);
    char *text = malloc(2 * MIB);
    assert_non_null(text);
    memset(text, 'a', MIB);
    memset(text + MIB, 'b', MIB);
    assert_int_equal(editor_insert(f.editor, text, MIB, false), EDITOR_DONE);
    assert_int_equal(type(f.editor, "x"), EDITOR_FULL);
    editor_select_all(f.editor);
    assert_int_equal(editor_insert(f.editor, text + MIB, MIB, false), EDITOR_DONE);
    assert_int_equal(editor_undo(f.editor), EDITOR_DONE);
    size_t length = 0;
    const char *now = editor_text(f.editor, &length);
    assert_int_equal(length, MIB);
    assert_memory_equal(now, text, MIB);
    assert_int_equal(editor_redo(f.editor), EDITOR_DONE);
    assert_memory_equal(now, text + MIB, MIB);
    free(text);
    free(f.memory);
}

static bool holds(const struct fixture *f, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i + length <= f->bytes; i++) {
        if (memcmp((const char *)f->memory + i, text, length) == 0)
            return true;
    }
    return false;
}

static void cleared_is_gone(void **state)
{
    (void)state;
    struct fixture f = make(1000, false);
    (void)type(f.editor, "unspeakable");
    assert_true(holds(&f, "unspeak"));
    (void)editor_erase(f.editor, EDITOR_WORD_LEFT);
    (void)editor_undo(f.editor);
    (void)editor_undo(f.editor);
    assert_int_equal(editor_load(f.editor, "other", 5), EDITOR_DONE);
    assert_false(holds(&f, "unspeak"));
    assert_int_equal(editor_undo(f.editor), EDITOR_NOTHING);
    assert_text(f.editor, "other");
    editor_clear(f.editor);
    assert_false(holds(&f, "oth"));
    free(f.memory);
}

static void direction_is_the_first_strong_letter(void **state)
{
    (void)state;
    struct fixture f = make(1000, false);
    (void)type(f.editor, "12 abc\n12 \xD8\xA3\xD9\x86\xD8\xAA\n...");
    assert_false(editor_right_to_left(f.editor, 3));
    assert_true(editor_right_to_left(f.editor, 8));
    assert_false(editor_right_to_left(f.editor, 19));
    free(f.memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_breaks_become_one),
        cmocka_unit_test(what_has_no_look_is_left_out),
        cmocka_unit_test(bad_text_changes_nothing),
        cmocka_unit_test(one_step_is_what_a_person_sees),
        cmocka_unit_test(a_cursor_is_behind_until_something_is_done),
        cmocka_unit_test(backspace_does_what_desktops_do),
        cmocka_unit_test(words_and_paragraphs),
        cmocka_unit_test(undo_goes_word_by_word),
        cmocka_unit_test(undo_gives_the_selection_back),
        cmocka_unit_test(a_whole_mebibyte_can_be_taken_back),
        cmocka_unit_test(cleared_is_gone),
        cmocka_unit_test(direction_is_the_first_strong_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
