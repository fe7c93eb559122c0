#include "idle.h"
#include "globals.h"

#include <idle-inhibit-unstable-v1-client-protocol.h>
#include <stdint.h>
#include <stdlib.h>
#include <wayland-client.h>

#define MANAGER_VERSION 1

struct idle {
    struct wl_display *display;
    struct wl_surface *surface;
    struct wl_event_queue *queue; /* apart from what SDL hears */
    struct zwp_idle_inhibit_manager_v1 *manager;
    struct zwp_idle_inhibitor_v1 *inhibitor; /* NULL: it may blank */
};

struct idle *idle_create(struct wl_display *display, struct wl_surface *surface)
{
    struct idle *idle = calloc(1, sizeof *idle);
    if (idle == NULL)
        return NULL;
    idle->display = display;
    idle->surface = surface;
    idle->queue = wl_display_create_queue(display);
    const struct global wanted = {&zwp_idle_inhibit_manager_v1_interface, MANAGER_VERSION,
                                  (void **)&idle->manager};
    if (idle->queue != NULL)
        globals_find(display, idle->queue, &wanted, 1);
    if (idle->manager == NULL) {
        idle_destroy(idle);
        return NULL;
    }
    return idle;
}

void idle_keep_awake(struct idle *idle, bool awake)
{
    if (awake == (idle->inhibitor != NULL))
        return;
    if (awake) {
        idle->inhibitor =
            zwp_idle_inhibit_manager_v1_create_inhibitor(idle->manager, idle->surface);
    } else {
        zwp_idle_inhibitor_v1_destroy(idle->inhibitor);
        idle->inhibitor = NULL;
    }
    (void)wl_display_flush(idle->display);
}

void idle_destroy(struct idle *idle)
{
    if (idle == NULL)
        return;
    if (idle->inhibitor != NULL)
        zwp_idle_inhibitor_v1_destroy(idle->inhibitor);
    if (idle->manager != NULL)
        zwp_idle_inhibit_manager_v1_destroy(idle->manager);
    if (idle->queue != NULL)
        wl_event_queue_destroy(idle->queue);
    free(idle);
}
