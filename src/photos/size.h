/* Size: how large a picture is, from its first bytes alone, so that one that would fill the memory
 * is never decoded. */
#ifndef LACRIMA_PHOTOS_SIZE_H
#define LACRIMA_PHOTOS_SIZE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* False if it is no JPEG, PNG or WebP, or does not say. */
bool size_read(FILE *file, uint32_t *width, uint32_t *height);

/* Whether a JPEG has its end: decoders fill what is missing with grey and say nothing.  True for
 * anything else.  Called after size_read. */
bool size_has_end(FILE *file);

/* Whether it is a WebP of several pictures, one after the other: SDL2_image reads none of those. */
bool size_moves(FILE *file);

#endif
