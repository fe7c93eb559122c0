/* Photos: a folder of photographs, one after another, each made as large as the field needs it.
 *
 * Wraps SDL2_image (JPEG, PNG, WebP) and libexif (which way up a camera was held).
 *
 * Files are read and made smaller on a thread of their own, so that no frame waits for them; one
 * that cannot be read is said in one line, left out, and the next one comes.  Nothing is written.
 */
#ifndef LACRIMA_PHOTOS_H
#define LACRIMA_PHOTOS_H

#include "lacrima/base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct photos; /* owned by who opened it */

struct photos_params {
    bool offline; /* no thread: photos_poll itself reads, so an answer is always there */
    /* Hears one plain line about a file ("file: what"), from photos_poll. */
    void (*say)(void *user, const char *line);
    void *say_user;
    void (*wake)(void *user); /* an answer waits; from any thread; may be NULL */
    void *wake_user;
};

struct photos_picture {
    int width, height;
    uint8_t *rgba; /* sRGB, straight alpha, rows from the top; lives until the next call */
};

enum photos_news { PHOTOS_NONE, PHOTOS_PICTURE, PHOTOS_BEGIN, PHOTOS_END };

/* Whether this is the name of a JPEG, PNG or WebP. */
bool photos_is_picture(const char *name);

/* Opens a folder, or one picture; false with "path: why" if no picture is in it.  In the order of
 * their names, numbers by value. */
bool photos_open(struct photos **photos, const char *path, const struct photos_params *params,
                 struct error *error);

/* The folder's name; lives with photos. */
const char *photos_title(const struct photos *photos);

/* Asks for the first picture (0), the one after the one last asked for (+1) or before it (-1); for
 * a field whose room for it is this large.  A question that was not answered yet is forgotten. */
void photos_ask(struct photos *photos, int step, int width_px, int height_px);

/* The answer, once; NONE: there is none yet. */
enum photos_news photos_poll(struct photos *photos, struct photos_picture *picture);

/* Whether what was asked for waits for the folder's names. */
bool photos_waits(const struct photos *photos);

/* Waits for a file that is being read.  Accepts NULL; nulls the handle. */
void photos_close(struct photos **photos);

#endif
