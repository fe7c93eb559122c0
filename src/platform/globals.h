/* Globals: what a Wayland compositor has to offer beside what SDL took of it. */
#ifndef LACRIMA_PLATFORM_GLOBALS_H
#define LACRIMA_PLATFORM_GLOBALS_H

#include <stddef.h>
#include <stdint.h>

struct wl_display;
struct wl_event_queue;
struct wl_interface;

struct global {
    const struct wl_interface *interface;
    uint32_t version; /* which the compositor must have at least */
    void **proxy;     /* stays as it is if there is none */
};

/* Asks on this queue, apart from what SDL hears, and waits for the answer; what it gives hears on
 * that queue too. */
void globals_find(struct wl_display *display, struct wl_event_queue *queue,
                  const struct global *wanted, size_t count);

#endif
