/* Bounds: where words and paragraphs of a valid UTF-8 text begin and end, and its graphemes (base's
 * clusters).  Pure; the Unicode tables are libunistring's. */
#ifndef LACRIMA_EDITOR_BOUNDS_H
#define LACRIMA_EDITOR_BOUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
    const char *text; /* valid UTF-8 */
    size_t length;
};

/* The character that begins at `at` (< length); its size in bytes goes to *size (may be NULL). */
uint32_t bounds_char(struct span span, size_t at, size_t *size);

/* The beginning of the character before `at` (> 0). */
size_t bounds_char_before(struct span span, size_t at);

/* The nearest grapheme boundary after `at`, or before it; the text's ends stop both. */
size_t bounds_next(struct span span, size_t at);
size_t bounds_previous(struct span span, size_t at);

/* The nearest grapheme boundary at or before `at`, which may lie within a character. */
size_t bounds_snap(struct span span, size_t at);

/* Where Backspace at `at` (> 0) begins to erase. */
size_t bounds_backspace(struct span span, size_t at);

/* The end of the word at or after `at`, and the beginning of the one before it. */
size_t bounds_word_next(struct span span, size_t at);
size_t bounds_word_previous(struct span span, size_t at);

/* The run of one kind (word, blanks, signs) around `at`. */
void bounds_word_around(struct span span, size_t at, size_t *from, size_t *to);

size_t bounds_paragraph_start(struct span span, size_t at);
size_t bounds_paragraph_end(struct span span, size_t at);

/* Whether the first character with a direction between from and to is written right to left.  It is
 * not looked for further than a few pages from `from`. */
bool bounds_right_to_left(struct span span, size_t from, size_t to);

#endif
