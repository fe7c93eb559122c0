/* What is dropped on the window: paths of files, one after the other, and an end that says what was
 * missed of it.
 *
 * Under Wayland SDL 2.26 takes a drop in at the moment it hears of it, as it waits for events; it
 * gives whoever drags 14 ms for each part, and takes what came by then for all of it.  As with a
 * paste (clipboard.c) it waits longer when a signal ends its wait; but nobody says beforehand that
 * a drop comes.  Only this is known: while something is dragged, the pointer is in no window.  So
 * where SDL knows of no pointer, the waiting is done here, and SDL takes in what came while the
 * bell rings. */
#include "inner.h"
#include "signals.h"

#include "lacrima/base/text.h"

#include <SDL_syswm.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wayland-client.h>

void drops_begin(struct platform *platform)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version)
    if (platform->params.offscreen || !SDL_GetWindowWMInfo(platform->window, &info) ||
        info.subsystem != SDL_SYSWM_WAYLAND)
        return;
    if (platform->wake_file != -1)
        platform->wayland = info.info.wl.display;
}

void drops_end(struct platform *platform)
{
    platform->wayland = NULL;
}

/* SDL repeats a key that is held only while it waits itself. */
static bool key_is_held(void)
{
    int count = 0;
    const Uint8 *held = SDL_GetKeyboardState(&count);
    return memchr(held, SDL_PRESSED, (size_t)count) != NULL;
}

bool drops_may_come(const struct platform *platform)
{
    return platform->wayland != NULL && SDL_GetMouseFocus() == NULL && !key_is_held();
}

/* Until the compositor says something, somebody wakes this thread, or a signal comes. */
static void sleep_until_heard(struct platform *platform, int ms)
{
    struct pollfd files[] = {{.fd = wl_display_get_fd(platform->wayland), .events = POLLIN},
                             {.fd = platform->wake_file, .events = POLLIN}};
    uint64_t wakes = 0;
    (void)wl_display_flush(platform->wayland);
    /* What another queue's reader has read for SDL would be waited for in vain. */
    if (wl_display_prepare_read(platform->wayland) != 0)
        return;
    signals_accept(true);
    (void)poll(files, SDL_arraysize(files), ms);
    signals_accept(false);
    wl_display_cancel_read(platform->wayland);
    (void)!read(platform->wake_file, &wakes, sizeof wakes);
}

static void drop_text(SDL_DropEvent *drop)
{
    if (drop->file != NULL)
        text_wipe(drop->file, strlen(drop->file));
    SDL_free(drop->file);
}

/* Of a list that ends anywhere the last path would be another file's, so half of it is none. */
static void give_up(struct platform *platform)
{
    SDL_Event event;
    while (SDL_PeepEvents(&event, 1, SDL_GETEVENT, SDL_DROPFILE, SDL_DROPCOMPLETE) == 1)
        drop_text(&event.drop);
    platform->dropping = PLATFORM_MISSED_LATE;
    event = (SDL_Event){.type = SDL_DROPCOMPLETE};
    (void)SDL_PushEvent(&event);
}

void drops_wait(struct platform *platform, int ms)
{
    if (ms > 0)
        sleep_until_heard(platform, ms);
    signals_ring_begin();
    SDL_PumpEvents();
    if (!signals_ring_end())
        give_up(platform);
}

void drops_wake(struct platform *platform)
{
    const uint64_t once = 1;
    if (platform->wake_file != -1)
        (void)!write(platform->wake_file, &once, sizeof once);
}

/* A path that was cut would be another file's. */
static bool take_path(struct platform *platform, const char *path, struct platform_event *event)
{
    bool fits = text_copy(event->path, sizeof event->path, path);
    if (!fits)
        platform->dropping = PLATFORM_MISSED_LONG;
    else if (platform->dropping == PLATFORM_MISSED_ALL)
        platform->dropping = PLATFORM_MISSED_NOTHING;
    event->kind = fits ? PLATFORM_DROPPED : PLATFORM_NONE;
    return fits;
}

bool drops_take(struct platform *platform, SDL_DropEvent *drop, struct platform_event *event)
{
    bool given = false;
    switch (drop->type) {
    case SDL_DROPBEGIN:
        platform->dropping = PLATFORM_MISSED_ALL;
        break;
    case SDL_DROPFILE:
        given = drop->file != NULL && take_path(platform, drop->file, event);
        break;
    case SDL_DROPTEXT:
        platform->dropping = PLATFORM_MISSED_TEXT;
        break;
    default:
        event->kind = PLATFORM_DROP_END;
        event->missed = platform->dropping;
        given = true;
        break;
    }
    drop_text(drop);
    return given;
}
