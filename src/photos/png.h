/* Png: a PNG's own pixels.  What SDL2_image would wait for until the end of time in one that breaks
 * off, and what libpng would speak of on standard error, is found here, before they see it. */
#ifndef LACRIMA_PHOTOS_PNG_H
#define LACRIMA_PHOTOS_PNG_H

#include "lacrima/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct png {
    uint8_t *bytes; /* owned: the file, without the parts that are not needed to see it */
    size_t size;
};

/* Whether the file begins as a PNG does. */
bool png_begins(const char *path);

/* False, with "path: why", if it is damaged.  Freed by png_finish in any case. */
bool png_read(struct png *png, const char *path, struct error *error);
void png_finish(struct png *png);

#endif
