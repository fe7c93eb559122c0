/* Script: which writing system a character belongs to, and in which order a line's characters
 * stand.
 *
 * The order is the Unicode bidirectional algorithm's, by ICU: the line takes the direction it is
 * given, else that of its first strong character; "12:30" and "(so)" read as they are written
 * inside a sentence that runs from right to left. */
#ifndef LACRIMA_RENDER_SCRIPT_H
#define LACRIMA_RENDER_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An ISO 15924 code; "Zyyy" for what every script shares. */
const char *script_of(uint32_t codepoint);

/* The script by ICU, a number from 0 and its English name ("Tamil"); NULL for what several scripts
 * share, and for what none has. */
#define SCRIPT_NUMBERS 256
const char *script_name(uint32_t codepoint, size_t *number);

/* Whether the character belongs to the one before it: a mark, a joiner, a variation selector. */
bool script_attaches(uint32_t codepoint);

/* Whether a line may be broken before or after the character without a space (CJK). */
bool script_breaks_anywhere(uint32_t codepoint);

/* A line's own direction. */
enum script_base { SCRIPT_BASE_AUTO, SCRIPT_BASE_LEFT, SCRIPT_BASE_RIGHT };

/* Whether the character gives a line its direction, and which. */
enum script_base script_strong(uint32_t codepoint);

/* A longer line is cut before. */
#define SCRIPT_LINE_CHARS 512

/* One level a character, at most SCRIPT_LINE_CHARS of them: odd runs from right to left.  base: the
 * line's direction; AUTO is that of its first strong character.  Returns the level of the line
 * itself, 0 or 1.  Keeps nothing of the line. */
uint8_t script_levels(const uint32_t *codepoints, size_t count, enum script_base base,
                      uint8_t *levels);

/* Whether the script's letters join their neighbours, so that half a word is shaped as if it went
 * on. */
bool script_joins(const char *script);

/* The order, from left to right, in which pieces with these levels are drawn: order[0] is the
 * leftmost one's index. */
void script_visual_order(const uint8_t *levels, size_t count, size_t *order);

#endif
