#include "overlay.h"
#include "globals.h"

#include <stdint.h>
#include <stdlib.h>
#include <viewporter-client-protocol.h>
#include <wayland-client.h>

#define COMPOSITOR_VERSION    WL_SURFACE_DAMAGE_BUFFER_SINCE_VERSION
#define SUBCOMPOSITOR_VERSION 1
#define VIEWPORTER_VERSION    1
#define NO_SIZE               (-1) /* a viewport's: the picture's own */

struct overlay {
    struct wl_compositor *compositor;
    struct wl_subcompositor *subcompositor;
    struct wp_viewporter *viewporter; /* NULL: it has none */
    struct wl_surface *surface;
    struct wl_subsurface *place;
    struct wp_viewport *viewport; /* NULL: never needed yet */
    int width_px, height_px, width, height;
};

/* What lies over the window hears nothing: events go to what is below. */
static void take_no_input(struct overlay *overlay)
{
    struct wl_region *nothing = wl_compositor_create_region(overlay->compositor);
    if (nothing == NULL)
        return;
    wl_surface_set_input_region(overlay->surface, nothing);
    wl_region_destroy(nothing);
}

static bool begin(struct overlay *overlay, struct wl_surface *parent)
{
    if (overlay->compositor == NULL || overlay->subcompositor == NULL)
        return false;
    overlay->surface = wl_compositor_create_surface(overlay->compositor);
    if (overlay->surface == NULL)
        return false;
    overlay->place =
        wl_subcompositor_get_subsurface(overlay->subcompositor, overlay->surface, parent);
    if (overlay->place == NULL)
        return false;
    wl_subsurface_set_desync(overlay->place);
    take_no_input(overlay);
    return true;
}

struct overlay *overlay_create(struct wl_display *display, struct wl_event_queue *queue,
                               struct wl_surface *parent)
{
    struct overlay *overlay = calloc(1, sizeof *overlay);
    if (overlay == NULL)
        return NULL;
    const struct global wanted[] = {
        {&wl_compositor_interface, COMPOSITOR_VERSION, (void **)&overlay->compositor},
        {&wl_subcompositor_interface, SUBCOMPOSITOR_VERSION, (void **)&overlay->subcompositor},
        {&wp_viewporter_interface, VIEWPORTER_VERSION, (void **)&overlay->viewporter},
    };
    globals_find(display, queue, wanted, sizeof wanted / sizeof wanted[0]);
    if (begin(overlay, parent))
        return overlay;
    overlay_destroy(overlay);
    return NULL;
}

void overlay_destroy(struct overlay *overlay)
{
    if (overlay == NULL)
        return;
    if (overlay->viewport != NULL)
        wp_viewport_destroy(overlay->viewport);
    if (overlay->place != NULL)
        wl_subsurface_destroy(overlay->place);
    if (overlay->surface != NULL)
        wl_surface_destroy(overlay->surface);
    if (overlay->viewporter != NULL)
        wp_viewporter_destroy(overlay->viewporter);
    if (overlay->subcompositor != NULL)
        wl_subcompositor_destroy(overlay->subcompositor);
    if (overlay->compositor != NULL)
        wl_compositor_destroy(overlay->compositor);
    free(overlay);
}

struct wl_surface *overlay_surface(struct overlay *overlay)
{
    return overlay->surface;
}

static void set_opaque(struct overlay *overlay, int width, int height)
{
    struct wl_region *all = wl_compositor_create_region(overlay->compositor);
    if (all == NULL)
        return;
    wl_region_add(all, 0, 0, width, height);
    wl_surface_set_opaque_region(overlay->surface, all);
    wl_region_destroy(all);
}

/* Whole pixels to a point are a buffer's scale; anything else takes a viewport. */
static bool set_scale(struct overlay *overlay, int width_px, int height_px, int width, int height)
{
    int scale = width > 0 ? width_px / width : 0;
    if (scale > 0 && width * scale == width_px && height * scale == height_px) {
        if (overlay->viewport != NULL)
            wp_viewport_set_destination(overlay->viewport, NO_SIZE, NO_SIZE);
        wl_surface_set_buffer_scale(overlay->surface, scale);
        return true;
    }
    if (overlay->viewport == NULL && overlay->viewporter != NULL)
        overlay->viewport = wp_viewporter_get_viewport(overlay->viewporter, overlay->surface);
    if (overlay->viewport == NULL || width < 1 || height < 1)
        return false;
    wl_surface_set_buffer_scale(overlay->surface, 1);
    wp_viewport_set_destination(overlay->viewport, width, height);
    return true;
}

bool overlay_fit(struct overlay *overlay, int width_px, int height_px, int width, int height)
{
    if (overlay->width_px == width_px && overlay->height_px == height_px &&
        overlay->width == width && overlay->height == height)
        return true;
    if (!set_scale(overlay, width_px, height_px, width, height))
        return false;
    set_opaque(overlay, width, height);
    overlay->width_px = width_px;
    overlay->height_px = height_px;
    overlay->width = width;
    overlay->height = height;
    return true;
}

void overlay_leave(struct overlay *overlay)
{
    wl_subsurface_set_sync(overlay->place);
    wl_surface_attach(overlay->surface, NULL, 0, 0);
    wl_surface_commit(overlay->surface);
}

void overlay_left(struct overlay *overlay)
{
    wl_subsurface_set_desync(overlay->place);
}
