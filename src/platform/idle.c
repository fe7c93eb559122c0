#include "idle.h"

#include <idle-inhibit-unstable-v1-client-protocol.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wayland-client.h>

#define MANAGER_VERSION 1

struct idle {
    struct wl_display *display;
    struct wl_surface *surface;
    struct wl_event_queue *queue; /* apart from what SDL hears */
    struct zwp_idle_inhibit_manager_v1 *manager;
    struct zwp_idle_inhibitor_v1 *inhibitor; /* NULL: it may blank */
};

static void found(void *user, struct wl_registry *registry, uint32_t name, const char *interface,
                  uint32_t version)
{
    struct idle *idle = user;
    (void)version;
    if (idle->manager == NULL && strcmp(interface, zwp_idle_inhibit_manager_v1_interface.name) == 0)
        idle->manager = wl_registry_bind(registry, name, &zwp_idle_inhibit_manager_v1_interface,
                                         MANAGER_VERSION);
}

static void gone(void *user, struct wl_registry *registry, uint32_t name)
{
    (void)user;
    (void)registry;
    (void)name;
}

/* What the compositor can do is asked on a queue of its own, so that nothing of SDL's is heard
 * here. */
static void look_for_manager(struct idle *idle)
{
    static const struct wl_registry_listener listener = {.global = found, .global_remove = gone};
    struct wl_display *wrapper = wl_proxy_create_wrapper(idle->display);
    if (wrapper == NULL)
        return;
    wl_proxy_set_queue((struct wl_proxy *)wrapper, idle->queue);
    struct wl_registry *registry = wl_display_get_registry(wrapper);
    wl_proxy_wrapper_destroy(wrapper);
    if (registry == NULL)
        return;
    (void)wl_registry_add_listener(registry, &listener, idle);
    (void)wl_display_roundtrip_queue(idle->display, idle->queue);
    wl_registry_destroy(registry);
}

struct idle *idle_create(struct wl_display *display, struct wl_surface *surface)
{
    struct idle *idle = calloc(1, sizeof *idle);
    if (idle == NULL)
        return NULL;
    idle->display = display;
    idle->surface = surface;
    idle->queue = wl_display_create_queue(display);
    if (idle->queue != NULL)
        look_for_manager(idle);
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
