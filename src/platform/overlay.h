/* Overlay: a surface of the program's own that lies over all of SDL's in a Wayland window.
 *
 * SDL (2.26) tells the compositor with each of its own frames that all of the window has changed,
 * whatever has, so every picture that is committed there is put together anew from edge to edge.
 * Over it lies this: a box that changes here is a box that the compositor repaints.  It takes no
 * input, so that the pointer, touch and drops are SDL's as before. */
#ifndef LACRIMA_PLATFORM_OVERLAY_H
#define LACRIMA_PLATFORM_OVERLAY_H

#include <stdbool.h>

struct overlay;
struct wl_display;
struct wl_event_queue;
struct wl_surface;

/* Before the window's next picture, with which it begins to be there.  NULL if the compositor has
 * none. */
struct overlay *overlay_create(struct wl_display *display, struct wl_event_queue *queue,
                               struct wl_surface *parent);

/* Takes NULL.  The parent may be gone. */
void overlay_destroy(struct overlay *overlay);

/* To this a picture is attached. */
struct wl_surface *overlay_surface(struct overlay *overlay);

/* For pictures of so many px over a window of that size.  False: they cannot be shown here. */
bool overlay_fit(struct overlay *overlay, int width_px, int height_px, int width, int height);

/* Around a new picture of SDL's, which is seen from then on: what lies over it goes in the same
 * moment, so that neither a gap nor anything older is seen. */
void overlay_leave(struct overlay *overlay);
void overlay_left(struct overlay *overlay);

#endif
