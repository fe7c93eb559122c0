/* Scribe: shapes lines of text, measures them and draws each into 8-bit coverage. */
#ifndef LACRIMA_RENDER_SCRIBE_H
#define LACRIMA_RENDER_SCRIBE_H

#include "runs.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scribe;

struct raster {
    uint8_t *coverage; /* width * height, rows from the top; NULL: nothing to see */
    size_t bytes;      /* allocated at coverage */
    int width, height; /* the ink only, px */
    int left, top;     /* from the pen's start on the base line to the ink, y down */
    int advance;       /* how far the pen moves */
};

/* NULL without memory.  The parameters are those of render_params; family is copied. */
struct scribe *scribe_create(const char *family, void (*say)(void *user, const char *line),
                             void *say_user);

/* Draws `length` bytes of UTF-8.  False without memory; a line no font can draw is true with no
 * ink.  The caller ends it with raster_finish. */
bool scribe_draw(struct scribe *scribe, const char *text, size_t length, int size_px,
                 struct runs_style style, struct raster *raster);

/* Overwrites and frees the coverage. */
void raster_finish(struct raster *raster);

/* The advance of the text in units of its own size, measured at one size for all. */
double scribe_measure(struct scribe *scribe, const char *text, size_t length);

/* The line's runs in a size, to be asked where its characters stand; borrowed until the next call.
 * The caller wipes them (runs_wipe). */
struct runs *scribe_shape(struct scribe *scribe, const char *text, size_t length, int size_px,
                          struct runs_style style);

/* Makes the font library forget the last line it shaped in each face; see scribe.c for what of it
 * cannot be reached. */
void scribe_forget(struct scribe *scribe);

void scribe_destroy(struct scribe **scribe);

#endif
