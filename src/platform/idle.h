/* Idle: asks a Wayland compositor not to blank the screen while a window can be seen. */
#ifndef LACRIMA_PLATFORM_IDLE_H
#define LACRIMA_PLATFORM_IDLE_H

#include <stdbool.h>

struct wl_display;
struct wl_surface;
struct idle;

/* The window's connection and surface, which must outlive it.  NULL if this compositor cannot be
 * asked. */
struct idle *idle_create(struct wl_display *display, struct wl_surface *surface);

void idle_keep_awake(struct idle *idle, bool awake);

/* Accepts NULL. */
void idle_destroy(struct idle *idle);

#endif
