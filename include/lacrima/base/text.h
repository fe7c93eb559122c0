/* Text: copying UTF-8 into fixed room without ever cutting a character in half. */
#ifndef LACRIMA_BASE_TEXT_H
#define LACRIMA_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies src (NULL counts as "") into dst of size bytes (>= 1), cut at a character boundary,
 * always terminated, the rest of dst zeroed so that equal texts are equal bytes.
 * Returns false if it had to cut. */
bool text_copy(char *dst, size_t size, const char *src);

/* Appends src to the text in dst under the same rules. */
bool text_append(char *dst, size_t size, const char *src);

/* Copies words into dst with arg (NULL counts as "") in place of their first "%s", if they have
 * one.  Nothing else in them is special.  Returns false if it had to cut. */
bool text_fill(char *dst, size_t size, const char *words, const char *arg);

/* Decodes one character at s (not at the end) and returns how many bytes it took, >= 1.
 * A malformed byte gives U+FFFD and takes one byte. */
size_t text_decode(const char *s, uint32_t *codepoint);

/* The same for a text that ends after `room` bytes (>= 1) and may not be terminated: a character
 * that is cut there is malformed. */
size_t text_decode_within(const char *s, size_t room, uint32_t *codepoint);

/* The beginning of the character before `at`; at the text's start it stays. */
size_t text_previous_char(const char *text, size_t at);

/* What a person takes for one character (a letter with its marks, a flag, a family) is a grapheme
 * cluster of Unicode.  Where the nearest one after `at` begins, the nearest before it, and the one
 * that `at` is in; the text's end and start stop all.  `at` may lie anywhere, even beyond the end.
 * A cluster of more than 256 bytes counts as several. */
size_t text_next_cluster(const char *text, size_t length, size_t at);
size_t text_previous_cluster(const char *text, size_t length, size_t at);
size_t text_cluster(const char *text, size_t length, size_t at);

/* Whether the character vanishes at a line's end. */
bool text_is_blank(uint32_t codepoint);

/* Writes value with as many of `decimals` (0..3) decimals of value/1000 as are not trailing
 * zeros: 5500 -> "5.5", 4000 -> "4", 250 -> "0.25". */
void text_from_milli(char *dst, size_t size, int64_t milli);

/* Copies text into dst; if it is longer than chars_max (>= 8), its middle gives way to an ellipsis,
 * so that it is no longer than that, and two thirds of what stays are its end.  False if even so
 * not all of it had room. */
bool text_shorten(char *dst, size_t size, const char *text, size_t chars_max);

/* A line to be shown: each path in it (from a slash at its beginning or behind a blank, to a colon
 * with a blank, or else to the next blank) is shortened so. */
bool text_shorten_paths(char *dst, size_t size, const char *line, size_t chars_max);

/* Overwrites the bytes with zeros, even if nobody reads them again; NULL with size 0 is fine. */
void text_wipe(void *bytes, size_t size);

bool text_equal(const char *a, const char *b);

/* A byte with an ASCII letter in lower case, 0 to 255.  The locale has no say: in Turkish no I is
 * an i. */
int text_lower(char c);

/* Equal, ASCII letters compared without case. */
bool text_equal_nocase(const char *a, const char *b);

#endif
