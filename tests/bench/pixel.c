/* The least that a program can ask of a compositor: one pixel of a full-screen window is another in
 * each picture, and each is given as soon as the compositor asks for it.  What this is late by, no
 * program can mend.  It runs until it is asked to end. */
#define _GNU_SOURCE /* memfd_create */
#include "globals.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-client.h>
#include <xdg-shell-client-protocol.h>

#define COMPOSITOR_VERSION WL_SURFACE_DAMAGE_BUFFER_SINCE_VERSION
#define SHM_VERSION        1
#define SHELL_VERSION      1
#define BUFFERS            3 /* one is seen, one waits to be seen, one is drawn into */
#define PIXEL_BYTES        4
#define GREY               0x141414U
#define WIDTH              1280
#define HEIGHT             720

struct pixel {
    struct wl_display *display;
    struct wl_event_queue *queue;
    struct wl_compositor *compositor;
    struct wl_shm *shm;
    struct xdg_wm_base *shell;
    struct wl_surface *surface;
    struct xdg_surface *shown;
    struct xdg_toplevel *window;
    int width, height; /* as the compositor wants them, once there is a window */
    bool made;         /* buffers of that size */
    struct wl_buffer *buffers[BUFFERS];
    uint32_t *pixels[BUFFERS];
    uint32_t drawn;
};

static bool make(struct pixel *pixel)
{
    int32_t size = pixel->width * pixel->height * PIXEL_BYTES;
    for (int i = 0; i < BUFFERS; i++) {
        if (pixel->buffers[i] != NULL)
            wl_buffer_destroy(pixel->buffers[i]);
        int file = memfd_create("pixel", MFD_CLOEXEC);
        if (file < 0 || ftruncate(file, size) != 0)
            return false;
        void *mapped = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (mapped == MAP_FAILED)
            return false;
        pixel->pixels[i] = mapped;
        struct wl_shm_pool *pool = wl_shm_create_pool(pixel->shm, file, size);
        pixel->buffers[i] =
            wl_shm_pool_create_buffer(pool, 0, pixel->width, pixel->height,
                                      pixel->width * PIXEL_BYTES, WL_SHM_FORMAT_XRGB8888);
        wl_shm_pool_destroy(pool);
        (void)close(file);
    }
    return true;
}

static void draw(struct pixel *pixel);

static void asked(void *user, struct wl_callback *frame, uint32_t time_ms)
{
    (void)time_ms;
    wl_callback_destroy(frame);
    draw(user);
}

static void draw(struct pixel *pixel)
{
    static const struct wl_callback_listener listener = {.done = asked};
    if (!pixel->made)
        return;
    uint32_t turn = pixel->drawn++ % BUFFERS;
    pixel->pixels[turn][0] = GREY * (turn + 1);
    wl_callback_add_listener(wl_surface_frame(pixel->surface), &listener, pixel);
    wl_surface_attach(pixel->surface, pixel->buffers[turn], 0, 0);
    wl_surface_damage_buffer(pixel->surface, 0, 0, 1, 1);
    wl_surface_commit(pixel->surface);
}

static void sized(void *user, struct xdg_toplevel *window, int32_t width, int32_t height,
                  struct wl_array *states)
{
    struct pixel *pixel = user;
    (void)window;
    (void)states;
    if (width < 1 || height < 1 || (width == pixel->width && height == pixel->height))
        return;
    pixel->width = width;
    pixel->height = height;
    pixel->made = false;
}

static void closed(void *user, struct xdg_toplevel *window)
{
    (void)user;
    (void)window;
}

static void placed(void *user, struct xdg_surface *shown, uint32_t serial)
{
    struct pixel *pixel = user;
    xdg_surface_ack_configure(shown, serial);
    if (!pixel->made)
        pixel->made = make(pixel);
    if (pixel->drawn == 0)
        draw(pixel);
}

static void pinged(void *user, struct xdg_wm_base *shell, uint32_t serial)
{
    (void)user;
    xdg_wm_base_pong(shell, serial);
}

static bool begin(struct pixel *pixel)
{
    static const struct xdg_wm_base_listener shell = {.ping = pinged};
    static const struct xdg_surface_listener shown = {.configure = placed};
    static const struct xdg_toplevel_listener window = {.configure = sized, .close = closed};
    const struct global wanted[] = {
        {&wl_compositor_interface, COMPOSITOR_VERSION, (void **)&pixel->compositor},
        {&wl_shm_interface, SHM_VERSION, (void **)&pixel->shm},
        {&xdg_wm_base_interface, SHELL_VERSION, (void **)&pixel->shell},
    };
    pixel->display = wl_display_connect(NULL);
    if (pixel->display == NULL)
        return false;
    pixel->queue = wl_display_create_queue(pixel->display);
    globals_find(pixel->display, pixel->queue, wanted, sizeof wanted / sizeof wanted[0]);
    if (pixel->compositor == NULL || pixel->shm == NULL || pixel->shell == NULL)
        return false;
    xdg_wm_base_add_listener(pixel->shell, &shell, pixel);
    pixel->surface = wl_compositor_create_surface(pixel->compositor);
    pixel->shown = xdg_wm_base_get_xdg_surface(pixel->shell, pixel->surface);
    xdg_surface_add_listener(pixel->shown, &shown, pixel);
    pixel->window = xdg_surface_get_toplevel(pixel->shown);
    xdg_toplevel_add_listener(pixel->window, &window, pixel);
    xdg_toplevel_set_fullscreen(pixel->window, NULL);
    wl_surface_commit(pixel->surface);
    return true;
}

int main(void)
{
    struct pixel pixel = {.width = WIDTH, .height = HEIGHT};
    if (!begin(&pixel)) {
        (void)fprintf(stderr, "no compositor\n");
        return 1;
    }
    while (wl_display_dispatch_queue(pixel.display, pixel.queue) >= 0) {
    }
    return 0;
}
