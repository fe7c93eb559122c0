/* Plain: what the editor is held to.  A text in an array, its boundaries found by going through
 * the whole of it each time. */
#ifndef LACRIMA_TESTS_EDITOR_PLAIN_H
#define LACRIMA_TESTS_EDITOR_PLAIN_H

#include "lacrima/editor.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLAIN_MAX 512

struct plain {
    uint8_t text[PLAIN_MAX];
    size_t length, cursor, anchor;
};

/* Takes out what the editor leaves out; false if it is to be refused.  out: 3 x length is enough.
 */
bool plain_clean(const uint8_t *text, size_t length, uint8_t *out, size_t *taken);

/* Where the move leads. */
size_t plain_target(const struct plain *plain, enum editor_move move);
size_t plain_backspace(const struct plain *plain);
size_t plain_snap(const struct plain *plain, size_t at);
void plain_word(const struct plain *plain, size_t at, size_t *from, size_t *to);

/* Whether all graphemes are of a length that the editor takes for one. */
bool plain_in_bounds(const struct plain *plain);

/* Puts bytes in place of what lies between from and to. */
void plain_replace(struct plain *plain, size_t from, size_t to, const uint8_t *bytes, size_t count);

#endif
