#include "globals.h"

#include <string.h>
#include <wayland-client.h>

struct search {
    const struct global *wanted;
    size_t count;
};

static void found(void *user, struct wl_registry *registry, uint32_t name, const char *interface,
                  uint32_t version)
{
    const struct search *search = user;
    for (size_t i = 0; i < search->count; i++) {
        const struct global *global = &search->wanted[i];
        if (*global->proxy == NULL && version >= global->version &&
            strcmp(interface, global->interface->name) == 0)
            *global->proxy = wl_registry_bind(registry, name, global->interface, global->version);
    }
}

static void gone(void *user, struct wl_registry *registry, uint32_t name)
{
    (void)user;
    (void)registry;
    (void)name;
}

void globals_find(struct wl_display *display, struct wl_event_queue *queue,
                  const struct global *wanted, size_t count)
{
    static const struct wl_registry_listener listener = {.global = found, .global_remove = gone};
    struct search search = {.wanted = wanted, .count = count};
    struct wl_display *wrapper = wl_proxy_create_wrapper(display);
    if (wrapper == NULL)
        return;
    wl_proxy_set_queue((struct wl_proxy *)wrapper, queue);
    struct wl_registry *registry = wl_display_get_registry(wrapper);
    wl_proxy_wrapper_destroy(wrapper);
    if (registry == NULL)
        return;
    (void)wl_registry_add_listener(registry, &listener, &search);
    (void)wl_display_roundtrip_queue(display, queue);
    wl_registry_destroy(registry);
}
