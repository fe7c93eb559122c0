#define _GNU_SOURCE /* memfd_create */
#include "canvas.h"
#include "globals.h"
#include "overlay.h"

#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wayland-client.h>

#define SHM_VERSION 1
/* One is seen, one waits to be seen, one is drawn into. */
#define BUFFERS_MAX 3
/* A compositor that is busy gives a buffer back later; it may also hang. */
#define WAIT_MS 20

struct buffer {
    struct wl_buffer *proxy; /* NULL: not made yet */
    unsigned char *pixels;
    bool held;          /* the compositor reads it */
    struct boxes stale; /* where it is not the last picture */
};

struct canvas {
    struct wl_display *display;
    struct wl_surface *parent;    /* SDL's */
    struct overlay *overlay;      /* NULL: pictures are shown on the parent */
    struct wl_surface *surface;   /* on which they are shown */
    struct wl_surface *speaker;   /* the same one, heard apart from SDL */
    struct wl_event_queue *queue; /* apart from what SDL hears */
    struct wl_shm *shm;
    struct wl_callback *frame; /* NULL: none is waited for */
    bool seen;                 /* the last picture was this one's */
    bool owes;                 /* SDL has taken in something of which its surface has to tell */
    int width, height;
    struct buffer buffers[BUFFERS_MAX];
    struct buffer *taken;
    int last; /* taken before */
};

static bool begin_surface(struct canvas *canvas)
{
    canvas->overlay = overlay_create(canvas->display, canvas->queue, canvas->parent);
    canvas->surface = canvas->overlay != NULL ? overlay_surface(canvas->overlay) : canvas->parent;
    canvas->speaker = wl_proxy_create_wrapper(canvas->surface);
    if (canvas->speaker == NULL)
        return false;
    wl_proxy_set_queue((struct wl_proxy *)canvas->speaker, canvas->queue);
    return true;
}

struct canvas *canvas_create(struct wl_display *display, struct wl_surface *surface)
{
    if (wl_proxy_get_version((struct wl_proxy *)surface) < WL_SURFACE_DAMAGE_BUFFER_SINCE_VERSION)
        return NULL;
    struct canvas *canvas = calloc(1, sizeof *canvas);
    if (canvas == NULL)
        return NULL;
    canvas->display = display;
    canvas->parent = surface;
    canvas->queue = wl_display_create_queue(display);
    const struct global wanted = {&wl_shm_interface, SHM_VERSION, (void **)&canvas->shm};
    if (canvas->queue != NULL)
        globals_find(display, canvas->queue, &wanted, 1);
    if (canvas->shm == NULL || !begin_surface(canvas)) {
        canvas_destroy(canvas);
        return NULL;
    }
    return canvas;
}

bool canvas_is_on(const struct canvas *canvas, const struct wl_surface *surface)
{
    return canvas->parent == surface;
}

static size_t bytes(const struct canvas *canvas)
{
    return (size_t)canvas->width * (size_t)canvas->height * CANVAS_PIXEL_BYTES;
}

static struct boxes whole(const struct canvas *canvas)
{
    return (struct boxes){.count = 1,
                          .items = {{.width = canvas->width, .height = canvas->height}}};
}

static void add_stale(const struct canvas *canvas, struct boxes *stale, const struct boxes *changed)
{
    const struct box all = {.width = canvas->width, .height = canvas->height};
    for (size_t i = 0; i < changed->count; i++)
        boxes_add(stale, box_common(changed->items[i], all));
}

static void forget_buffers(struct canvas *canvas)
{
    for (int i = 0; i < BUFFERS_MAX; i++) {
        struct buffer *buffer = &canvas->buffers[i];
        if (buffer->proxy == NULL)
            continue;
        wl_buffer_destroy(buffer->proxy);
        (void)munmap(buffer->pixels, bytes(canvas));
        *buffer = (struct buffer){0};
    }
    canvas->taken = NULL;
}

static void forget_frame(struct canvas *canvas)
{
    if (canvas->frame != NULL)
        wl_callback_destroy(canvas->frame);
    canvas->frame = NULL;
}

void canvas_destroy(struct canvas *canvas)
{
    if (canvas == NULL)
        return;
    forget_frame(canvas);
    if (canvas->speaker != NULL)
        wl_proxy_wrapper_destroy(canvas->speaker);
    overlay_destroy(canvas->overlay);
    forget_buffers(canvas);
    if (canvas->shm != NULL)
        wl_shm_destroy(canvas->shm);
    if (canvas->queue != NULL)
        wl_event_queue_destroy(canvas->queue);
    free(canvas);
}

static void released(void *user, struct wl_buffer *proxy)
{
    struct buffer *buffer = user;
    (void)proxy;
    buffer->held = false;
}

static bool make(struct canvas *canvas, struct buffer *buffer)
{
    static const struct wl_buffer_listener listener = {.release = released};
    size_t size = bytes(canvas);
    if (size > INT32_MAX)
        return false;
    int file = memfd_create("lacrima", MFD_CLOEXEC);
    if (file < 0)
        return false;
    void *pixels = MAP_FAILED;
    if (ftruncate(file, (off_t)size) == 0)
        pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    struct wl_shm_pool *pool =
        pixels != MAP_FAILED ? wl_shm_create_pool(canvas->shm, file, (int32_t)size) : NULL;
    if (pool != NULL) {
        buffer->proxy =
            wl_shm_pool_create_buffer(pool, 0, canvas->width, canvas->height,
                                      canvas->width * CANVAS_PIXEL_BYTES, WL_SHM_FORMAT_XRGB8888);
        wl_shm_pool_destroy(pool);
    }
    (void)close(file);
    if (buffer->proxy == NULL) {
        if (pixels != MAP_FAILED)
            (void)munmap(pixels, size);
        return false;
    }
    (void)wl_buffer_add_listener(buffer->proxy, &listener, buffer);
    buffer->pixels = pixels;
    buffer->stale = whole(canvas);
    return true;
}

/* In turn, so that what has left the picture is soon in none of them. */
static struct buffer *find(struct canvas *canvas)
{
    for (int i = 1; i <= BUFFERS_MAX; i++) {
        int at = (canvas->last + i) % BUFFERS_MAX;
        if (canvas->buffers[at].proxy == NULL || canvas->buffers[at].held)
            continue;
        canvas->last = at;
        return &canvas->buffers[at];
    }
    for (int at = 0; at < BUFFERS_MAX; at++) {
        if (canvas->buffers[at].proxy == NULL)
            return make(canvas, &canvas->buffers[at]) ? &canvas->buffers[at] : NULL;
    }
    return NULL;
}

static void hear(struct canvas *canvas, int wait_ms)
{
    struct pollfd socket = {.fd = wl_display_get_fd(canvas->display), .events = POLLIN};
    (void)wl_display_flush(canvas->display);
    if (wl_display_prepare_read_queue(canvas->display, canvas->queue) == 0) {
        if (poll(&socket, 1, wait_ms) > 0)
            (void)wl_display_read_events(canvas->display);
        else
            wl_display_cancel_read(canvas->display);
    }
    (void)wl_display_dispatch_queue_pending(canvas->display, canvas->queue);
}

bool canvas_take(struct canvas *canvas, SDL_Window *window, int width, int height,
                 const struct boxes *changed, struct canvas_picture *picture)
{
    int window_width = 0;
    int window_height = 0;
    SDL_GetWindowSize(window, &window_width, &window_height);
    if (canvas->overlay != NULL &&
        !overlay_fit(canvas->overlay, width, height, window_width, window_height))
        return false;
    (void)wl_display_dispatch_queue_pending(canvas->display, canvas->queue);
    if (width != canvas->width || height != canvas->height)
        forget_buffers(canvas);
    canvas->width = width;
    canvas->height = height;
    for (int i = 0; i < BUFFERS_MAX; i++)
        add_stale(canvas, &canvas->buffers[i].stale, changed);
    canvas->taken = find(canvas);
    for (int waited = 0; canvas->taken == NULL && waited < WAIT_MS; waited++) {
        hear(canvas, 1);
        canvas->taken = find(canvas);
    }
    if (canvas->taken == NULL)
        return false;
    *picture = (struct canvas_picture){canvas->taken->pixels, canvas->taken->stale};
    return true;
}

static void heard_frame(void *user, struct wl_callback *frame, uint32_t time_ms)
{
    struct canvas *canvas = user;
    (void)frame;
    (void)time_ms;
    forget_frame(canvas);
}

void canvas_show(struct canvas *canvas, const struct boxes *changed)
{
    static const struct wl_callback_listener listener = {.done = heard_frame};
    struct buffer *buffer = canvas->taken;
    buffer->stale.count = 0;
    buffer->held = true;
    forget_frame(canvas);
    canvas->frame = wl_surface_frame(canvas->speaker);
    if (canvas->frame != NULL)
        (void)wl_callback_add_listener(canvas->frame, &listener, canvas);
    wl_surface_attach(canvas->surface, buffer->proxy, 0, 0);
    for (size_t i = 0; i < changed->count; i++) {
        const struct box *box = &changed->items[i];
        wl_surface_damage_buffer(canvas->surface, box->x, box->y, box->width, box->height);
    }
    wl_surface_commit(canvas->surface);
    if (canvas->overlay != NULL && canvas->owes)
        wl_surface_commit(canvas->parent);
    canvas->owes = false;
    (void)wl_display_flush(canvas->display);
    canvas->taken = NULL;
    canvas->seen = true;
}

bool canvas_waits(struct canvas *canvas)
{
    if (canvas->frame != NULL)
        (void)wl_display_dispatch_queue_pending(canvas->display, canvas->queue);
    return canvas->frame != NULL;
}

void canvas_owe(struct canvas *canvas)
{
    canvas->owes = true;
}

void canvas_leave(struct canvas *canvas)
{
    forget_frame(canvas);
    for (int i = 0; i < BUFFERS_MAX; i++)
        canvas->buffers[i].stale = whole(canvas);
    if (canvas->overlay != NULL && canvas->seen)
        overlay_leave(canvas->overlay);
}

void canvas_left(struct canvas *canvas)
{
    if (canvas->overlay != NULL && canvas->seen)
        overlay_left(canvas->overlay);
    canvas->seen = false;
    canvas->owes = false;
}
