/* Error: what went wrong in the world (a file, a device, a driver), as one plain line.
 *
 * A function that can fail returns false and fills the error; NULL is accepted by all of
 * them and the text is then lost.  Bugs are not errors: they are check()ed (check.h). */
#ifndef LACRIMA_BASE_ERROR_H
#define LACRIMA_BASE_ERROR_H

#include <stdbool.h>

#define ERROR_TEXT_BYTES 512

struct error {
    char text[ERROR_TEXT_BYTES]; /* UTF-8, one line, no newline, always terminated */
};

/* Writes the line, cut to fit; control characters become spaces.  Always returns false, so
 * that a failing function can say `return error_set(error, "...")`. */
bool error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
