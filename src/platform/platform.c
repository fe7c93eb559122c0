#include "bus.h"
#include "inner.h"
#include "lost.h"
#include "signals.h"
#include "x11_link.h"

#include "lacrima/base/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <wayland-client.h>

/* Swaps that come faster than this part of the refresh interval, for this many in a row, do not
 * wait for the display, whatever the driver said (software drawing under X11 does not). */
#define SWAP_ROW           24
#define SWAP_EARLY_PERCENT 80

/* A swap that takes this long waits for a display that is off or shows something else. */
#define SWAP_STUCK_NS MILLISECONDS(250)

/* Where the system knows no refresh rate. */
#define REFRESH_HZ_USUAL 60

/* One that shows none for so long shows the window to nobody. */
#define SHOWN_PATIENCE_NS MILLISECONDS(100)

/* Swaps further apart than this belong to no row: nothing was moving. */
#define SWAP_APART_NS MILLISECONDS(100)

/* Under Wayland a swap that waits for the display waits up to a second where the compositor
 * shows the window to nobody, and every cue would be late with it.  Without waiting the
 * compositor still shows whole frames only, so nothing is lost but the pace, which the loop
 * keeps. */
static void begin_swaps(struct platform *platform)
{
    bool may_wait =
        !platform->params.offscreen && !text_equal(SDL_GetCurrentVideoDriver(), "wayland");
    present_begin(&platform->present, platform->window);
    platform->shown.at = TIME_NEVER;
    platform->shown.by = TIME_NEVER;
    platform->swap_at = TIME_NEVER;
    platform->vsync = may_wait && !platform->present.copies && SDL_GL_SetSwapInterval(1) == 0;
    if (!platform->vsync)
        SDL_GL_SetSwapInterval(0);
}

/* With a window that has just been opened: how it is waited for. */
static void begin_waits(struct platform *platform)
{
    drops_begin(platform);
    x11_link_begin(platform);
    SDL_AtomicSet(&platform->wakes_by_sdl, platform->x11_link == NULL);
}

bool platform_create(struct platform **platform, const struct platform_params *params,
                     struct error *error)
{
    *platform = NULL;
    struct platform *made = calloc(1, sizeof *made);
    if (made == NULL)
        return error_set(error, "There is no memory for a window.");
    made->params = *params;
    made->wake_file = params->offscreen ? -1 : eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    lost_begin(params);
    if (!params->offscreen)
        signals_install();
    if (bus_leave_silent())
        say(made, "The desktop's message bus (D-Bus) does not answer; going on without it.");
    if (!open_window(made, params, error)) {
        signals_restore();
        if (made->wake_file != -1)
            (void)close(made->wake_file);
        free(made);
        return false;
    }
    made->params.title = NULL;
    made->params.display = NULL;
    made->fullscreen_wanted = !params->windowed && !params->offscreen;
    made->wake_type = SDL_RegisterEvents(1);
    made->opened_at = platform_now();
    made->focused_at = -SECONDS(1); /* keys that come before any focus are no leak */
    made->pointer_hide_at = TIME_NEVER;
    made->redraw_at = TIME_NEVER;
    begin_swaps(made);
    awake_begin(made);
    begin_waits(made);
    if (!params->offscreen) {
        made->motion = motion_create();
        pointer_begin(made);
        display_darken_others(made);
    }
    *platform = made;
    return true;
}

bool platform_restore(struct platform *platform, bool in_software, struct error *error)
{
    bool text = platform->text;
    display_undarken(platform);
    if (in_software && text)
        platform_text_end(platform); /* it belongs to the window that goes */
    if (!(in_software ? open_window_again(platform, error) : open_context_again(platform, error)))
        return false;
    if (in_software && text)
        platform_text_begin(platform);
    if (in_software)
        memset(platform->keys_down, 0, sizeof platform->keys_down);
    begin_swaps(platform);
    if (in_software) {
        awake_begin(platform); /* nobody knows the new window yet */
        begin_waits(platform);
    }
    if (!platform->params.offscreen)
        display_darken_others(platform);
    return true;
}

void platform_destroy(struct platform **platform)
{
    if (platform == NULL || *platform == NULL)
        return;
    motion_destroy((*platform)->motion);
    players_destroy((*platform)->players);
    /* Of an X server that has gone nothing is asked any more. */
    bool there = !x11_link_lost(*platform);
    if (there)
        platform_text_end(*platform);
    if (!(*platform)->params.offscreen)
        signals_restore();
    if (there && !(*platform)->params.offscreen) {
        platform_keep_awake(*platform, false);
        SDL_ShowCursor(SDL_ENABLE);
    }
    if (there)
        close_window(*platform);
    x11_link_end(*platform);
    compose_destroy((*platform)->compose);
    if ((*platform)->wake_file != -1)
        (void)close((*platform)->wake_file);
    free(*platform);
    *platform = NULL;
}

void platform_players_pause(struct platform *platform)
{
    if (platform->params.offscreen)
        return;
    if (platform->players == NULL)
        platform->players = players_create();
    if (platform->players != NULL)
        players_pause(platform->players, platform_now());
}

void platform_players_resume(struct platform *platform)
{
    if (platform->players != NULL)
        players_resume(platform->players, platform_now());
}

void platform_drawable_size(const struct platform *platform, int *width_px, int *height_px)
{
    SDL_GL_GetDrawableSize(platform->window, width_px, height_px);
    *width_px = SDL_min(*width_px, PLATFORM_SIZE_MAX_PX);
    *height_px = SDL_min(*height_px, PLATFORM_SIZE_MAX_PX);
}

bool platform_lost(const struct platform *platform)
{
    bool lost = x11_link_lost(platform) ||
                (platform->wayland != NULL && wl_display_get_error(platform->wayland) != 0);
    if (lost)
        lost_say();
    return lost;
}

bool platform_gles(const struct platform *platform)
{
    return platform->gles;
}

bool platform_vsync(const struct platform *platform)
{
    return platform->vsync;
}

/* The fastest display counts: a window may have moved. */
static int refresh_hz(void)
{
    int highest = 0;
    for (int i = 0; i < SDL_GetNumVideoDisplays(); i++) {
        SDL_DisplayMode mode;
        if (SDL_GetDesktopDisplayMode(i, &mode) == 0)
            highest = SDL_max(highest, mode.refresh_rate);
    }
    return highest > 0 ? highest : REFRESH_HZ_USUAL;
}

static void stop_waiting(struct platform *platform)
{
    platform->vsync = false;
    SDL_GL_SetSwapInterval(0);
}

static void measure_swap(struct platform *platform, time_ns began)
{
    time_ns before = platform->swap_at;
    platform->swap_at = platform_now();
    if (platform->swap_at - began > SWAP_STUCK_NS)
        stop_waiting(platform);
    if (before == TIME_NEVER || platform->swap_at - before > SWAP_APART_NS) {
        platform->swap_count = 0;
        platform->swap_streak = 0;
        return;
    }
    platform->swap_count++;
    platform->swap_streak += platform->swap_at - before;
    if (platform->swap_count < SWAP_ROW)
        return;
    time_ns least = NS_PER_S / refresh_hz() * SWAP_EARLY_PERCENT / 100;
    if (platform->swap_streak / platform->swap_count < least)
        stop_waiting(platform);
    platform->swap_count = 0;
    platform->swap_streak = 0;
}

void platform_swap(struct platform *platform)
{
    time_ns began = platform_now();
    present_show(&platform->present, platform->window);
    platform->shown.at = TIME_NEVER;
    platform->shown.by = TIME_NEVER;
    if (platform->vsync)
        measure_swap(platform, began);
}

void platform_swap_boxes(struct platform *platform, const struct boxes *boxes)
{
    time_ns began = platform_now();
    present_show_boxes(&platform->present, platform->window, boxes);
    platform->shown.at = TIME_NEVER;
    bool waits = platform->wayland != NULL && present_waits(&platform->present);
    platform->shown.by = waits ? began + SHOWN_PATIENCE_NS : TIME_NEVER;
    if (platform->vsync)
        measure_swap(platform, began);
}

struct platform_shown platform_shown(const struct platform *platform)
{
    return platform->shown;
}

int platform_buffer_age(struct platform *platform)
{
    return present_age(&platform->present);
}

void platform_set_title(struct platform *platform, const char *title)
{
    SDL_SetWindowTitle(platform->window, title);
}
