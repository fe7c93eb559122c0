/* Present: how what was drawn gets to the display, and what of it stays in the buffer.
 *
 * Drawn in software under X11 a frame costs what its pixels cost, and most of them are as they
 * were; so only what has changed is copied to the window, and the buffer keeps the whole picture
 * (GLX_MESA_copy_sub_buffer).  Elsewhere buffers are swapped, and the driver says how old the
 * picture in the next one is, where it can (GLX_EXT_buffer_age, EGL_EXT_buffer_age), and under EGL
 * hears what has changed (EGL_KHR_swap_buffers_with_damage).  Drawn in software under Wayland the
 * changed boxes go into memory that the compositor reads (canvas.h), as Mesa itself would do with
 * all of a picture. */
#ifndef LACRIMA_PLATFORM_PRESENT_H
#define LACRIMA_PLATFORM_PRESENT_H

#include "canvas.h"

#include <SDL.h>

#include <stdbool.h>

typedef void *present_display;
typedef uintptr_t present_surface; /* an XID, or a pointer of EGL's */

struct present {
    bool copies; /* to the window; it waits for nothing */
    bool kept;   /* what was copied, or read, is in the buffer still */
    /* Copied: the size that the window had as the driver made the buffer, at the first drawing
     * after a swap; none (0) while that is to come. */
    int width, height;
    present_display (*display)(void);
    /* GLX */
    bool tells_age;
    present_surface (*drawable)(void);
    void (*copy)(present_display display, present_surface drawable, int x, int y, int width,
                 int height);
    void (*query_drawable)(present_display display, present_surface drawable, int what,
                           unsigned *value);
    /* EGL */
    void *(*surface)(int which);
    unsigned (*query_surface)(present_display display, void *surface, int what, int *value);
    unsigned (*swap_with_damage)(present_display display, void *surface, const int *boxes,
                                 int count);
    /* In software under Wayland */
    struct canvas *canvas;
    void (*pixel_store)(unsigned what, int value);
    void (*read_pixels)(int x, int y, int width, int height, unsigned format, unsigned type,
                        void *pixels);
};

/* With the window's context current; may be called again for another one. */
void present_begin(struct present *present, SDL_Window *window);

/* Whether the display still has to say that it shows the last picture; false where none does. */
bool present_waits(const struct present *present);

/* Something of the window has changed. */
void present_changed(struct present *present);

/* While the window's display is still open; the window may be gone.  More than once is no harm. */
void present_end(struct present *present);

/* The window has, or may have, another size. */
void present_resized(struct present *present, SDL_Window *window);

/* Before the drawing.  0: it is not known what the buffer holds. */
int present_age(struct present *present);

/* All of it, or these boxes alone. */
void present_show(struct present *present, SDL_Window *window);
void present_show_boxes(struct present *present, SDL_Window *window, const struct boxes *boxes);

#endif
