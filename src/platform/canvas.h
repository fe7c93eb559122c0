/* Canvas: a Wayland window's picture in memory that the compositor reads, for what is drawn in
 * software.
 *
 * Mesa shows such a frame by copying all of it, and waits for the compositor before the next.  Here
 * only what a buffer lacks is written into it: most of a picture is as it was.  It is shown on a
 * surface over SDL's where the compositor has one (overlay.h), else on SDL's own. */
#ifndef LACRIMA_PLATFORM_CANVAS_H
#define LACRIMA_PLATFORM_CANVAS_H

#include "lacrima/base/boxes.h"

#include <SDL.h>

#include <stdbool.h>

struct canvas;
struct wl_display;
struct wl_surface;

#define CANVAS_PIXEL_BYTES 4 /* BGRA */

/* A picture, row by row from above, and where it is to be written before it is shown. */
struct canvas_picture {
    unsigned char *pixels;
    struct boxes lacks;
};

/* Before the window's next picture of SDL's.  NULL if the compositor cannot take one. */
struct canvas *canvas_create(struct wl_display *display, struct wl_surface *surface);

bool canvas_is_on(const struct canvas *canvas, const struct wl_surface *surface);

/* Takes NULL.  Before the display is closed; the surface may be gone. */
void canvas_destroy(struct canvas *canvas);

/* A buffer for a picture of that size which differs from the last one in these boxes.  False if the
 * compositor gives none back in time, or there is no memory: the picture is then to be shown in
 * another way, and the next change has to be all of it. */
bool canvas_take(struct canvas *canvas, SDL_Window *window, int width, int height,
                 const struct boxes *changed, struct canvas_picture *picture);

/* Shows what was written into the buffer that was taken last. */
void canvas_show(struct canvas *canvas, const struct boxes *changed);

/* Whether the compositor still has to say that it shows the last picture and is ready for the next,
 * by what was read of it until now. */
bool canvas_waits(struct canvas *canvas);

/* The compositor has changed the window, and waits for a sign of SDL's surface that it was heard:
 * it comes with the next picture, wherever that is shown. */
void canvas_owe(struct canvas *canvas);

/* Around a picture that SDL shows: it takes the place of this one's in one moment.  What it changes
 * is in no buffer here. */
void canvas_leave(struct canvas *canvas);
void canvas_left(struct canvas *canvas);

#endif
