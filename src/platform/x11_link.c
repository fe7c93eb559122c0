#define _GNU_SOURCE /* POLLRDHUP */
#include "x11_link.h"

#include "lost.h"
#include "signals.h"

#include "lacrima/base/text.h"

#include <SDL_syswm.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

/* What a server that goes had sent of keys: more than hands type while a frame is drawn. */
#define LAST_KEYS_MAX 128
#define HANG_UP       (POLLHUP | POLLRDHUP | POLLERR | POLLNVAL)

typedef int (*io_error_handler)(Display *display);
typedef io_error_handler (*set_io_handler)(io_error_handler handler);
typedef void (*exit_handler)(Display *display, void *user);

/* Xlib's, from the library that SDL loads. */
struct xlib {
    int (*events)(Display *display, int mode);
    int (*next)(Display *display, XEvent *event);
    int (*put_back)(Display *display, XEvent *event);
    void (*set_exit)(Display *display, exit_handler handler, void *user); /* libX11 1.7 */
};

struct x11_link {
    struct xlib xlib;
    Display *display;
    bool lost;
};

/* A handler can reach nothing but statics; there is one process and one window. */
static struct x11_link server;
static pthread_t owner;
static bool goes_on; /* Xlib may return from where it found the server gone */
static atomic_bool found_elsewhere;
static atomic_int elsewhere_wakes = -1;

/* Xlib tells whoever finds the server gone, and ends the program when this returns.  The window's
 * thread is inside of a call of the platform's then, and nothing of what is kept is half done.
 * Other threads have connections of their own only in what others wrote, as a film's decoder. */
static int on_io_error(Display *display)
{
    const uint64_t once = 1;
    (void)display;
    if (!pthread_equal(pthread_self(), owner)) {
        atomic_store(&found_elsewhere, true);
        if (atomic_load(&elsewhere_wakes) != -1)
            (void)!write(atomic_load(&elsewhere_wakes), &once, sizeof once);
        lost_wait();
    }
    if (!goes_on)
        lost_end();
    return 0;
}

/* Xlib's own does not ask. */
static void on_exit_wanted(Display *display, void *user)
{
    (void)display;
    (void)user;
    if (!goes_on)
        exit(EXIT_FAILURE);
}

void x11_link_watch(void *xlib)
{
    set_io_handler set = NULL;
    owner = pthread_self();
    *(void **)&set = SDL_LoadFunction(xlib, "XSetIOErrorHandler");
    if (set != NULL)
        (void)set(on_io_error);
}

void x11_link_begin(struct platform *platform)
{
    SDL_SysWMinfo info;
    struct xlib xlib = {0};
    SDL_VERSION(&info.version)
    if (platform->x11 == NULL || platform->wake_file == -1 ||
        !SDL_GetWindowWMInfo(platform->window, &info) || info.subsystem != SDL_SYSWM_X11)
        return;
    *(void **)&xlib.events = SDL_LoadFunction(platform->x11, "XEventsQueued");
    *(void **)&xlib.next = SDL_LoadFunction(platform->x11, "XNextEvent");
    *(void **)&xlib.put_back = SDL_LoadFunction(platform->x11, "XPutBackEvent");
    *(void **)&xlib.set_exit = SDL_LoadFunction(platform->x11, "XSetIOErrorExitHandler");
    if (xlib.events == NULL || xlib.next == NULL || xlib.put_back == NULL)
        return;
    server = (struct x11_link){.xlib = xlib, .display = info.info.x11.display};
    if (xlib.set_exit != NULL)
        xlib.set_exit(server.display, on_exit_wanted, NULL);
    atomic_store(&elsewhere_wakes, platform->wake_file);
    platform->x11_link = &server;
}

void x11_link_end(struct platform *platform)
{
    atomic_store(&elsewhere_wakes, -1);
    platform->x11_link = NULL;
}

/* Of what the server had sent when it went only keys are still of worth, and SDL may ask it about
 * the rest: they alone are passed on.  Xlib, once it knows, does nothing that is asked of it. */
static void drain(void)
{
    XEvent keys[LAST_KEYS_MAX];
    int count = 0;
    goes_on = true;
    (void)server.xlib.events(server.display, QueuedAfterReading);
    while (server.xlib.events(server.display, QueuedAlready) > 0) {
        XEvent event;
        (void)server.xlib.next(server.display, &event);
        if ((event.type == KeyPress || event.type == KeyRelease) && count < LAST_KEYS_MAX)
            keys[count++] = event;
    }
    for (int i = count; i > 0; i--)
        (void)server.xlib.put_back(server.display, &keys[i - 1]);
    text_wipe(keys, sizeof keys);
    SDL_PumpEvents();
    goes_on = false;
}

static void hung_up(void)
{
    server.lost = true;
    lost_say();
    lost_limit();
    if (server.xlib.set_exit != NULL)
        drain();
}

bool x11_link_there(const struct platform *platform)
{
    struct pollfd file = {.fd = ConnectionNumber(server.display), .events = POLLIN | POLLRDHUP};
    if (!x11_link_lost(platform) && poll(&file, 1, 0) > 0 && (file.revents & HANG_UP) != 0)
        hung_up();
    return !x11_link_lost(platform);
}

void x11_link_sleep(struct platform *platform, time_ns ns)
{
    struct pollfd files[] = {
        {.fd = ConnectionNumber(server.display), .events = POLLIN},
        {.fd = platform->wake_file, .events = POLLIN},
    };
    uint64_t wakes = 0;
    /* What Xlib has read while it waited for an answer would be waited for in vain.  If this finds
     * the server gone, the next look does. */
    goes_on = server.xlib.set_exit != NULL;
    int queued = server.xlib.events(server.display, QueuedAfterFlush);
    goes_on = false;
    if (queued > 0)
        return;
    signals_poll(files, SDL_arraysize(files), ns);
    if (files[1].revents != 0)
        (void)!read(platform->wake_file, &wakes, sizeof wakes);
    if (atomic_load(&found_elsewhere))
        lost_end();
}

bool x11_link_lost(const struct platform *platform)
{
    return platform->x11_link != NULL && server.lost;
}
