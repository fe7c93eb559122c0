/* Wrap: where a text may be broken into lines, and where it is.  Pure but for measuring. */
#ifndef LACRIMA_RENDER_WRAP_H
#define LACRIMA_RENDER_WRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A wider word may be broken anywhere, so that it fits any field. */
#define WRAP_WORD_EMS_MAX 12.0F

/* Whether a line may end between these two, with no blank there. */
bool wrap_may_break(uint32_t before, uint32_t after);

/* Measures `length` bytes of UTF-8 in units of its size (em). */
typedef float (*wrap_measure)(void *user, const char *text, size_t length);

/* A piece of text no line break falls into. */
struct wrap_unit {
    uint16_t at, length; /* bytes, without the space after it */
    float ems;           /* its width */
    float space_ems;     /* of the space after it, which vanishes at a line's end; 0: none */
    bool stops;          /* a sentence ends with it, and a space follows */
};

/* Cuts the text into at most `room` units (the last then holds the rest) and measures them. */
size_t wrap_units(const char *text, struct wrap_unit *units, size_t room, wrap_measure measure,
                  void *user);

/* The width of the units first to end (not included), as one line. */
float wrap_width(const struct wrap_unit *units, size_t first, size_t end);

/* Breaks the units into lines no wider than ems_max (a single wider unit stands alone); ends[i]
 * is the end of line i, at most `room` of them (what is left over is in the last).  Returns how
 * many lines: at least 1 unless there are no units. */
size_t wrap_lines(const struct wrap_unit *units, size_t count, float ems_max, size_t *ends,
                  size_t room);

/* The same number of lines, but as even as they can be, so that no word stands alone.  Two lines
 * part between two sentences instead, where neither is then much shorter than the other. */
size_t wrap_lines_balanced(const struct wrap_unit *units, size_t count, float ems_max, size_t *ends,
                           size_t room);

#endif
