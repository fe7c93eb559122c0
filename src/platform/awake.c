#include "inner.h"

#include <SDL_syswm.h>

typedef Bool (*query_function)(Display *display, int *event, int *error);
typedef void (*suspend_function)(Display *display, Bool suspend);

/* SDL asks a desktop's screen saver on the session's bus and, where none answers, the compositor or
 * the X server.  But what it has asked of these two it does not take back (2.26): it takes the bus
 * for having done it.  So a compositor is asked here, and the X server is told here that it is
 * over; told twice, it does not mind. */

static void x11_release(struct platform *platform)
{
    SDL_SysWMinfo info;
    query_function query = NULL;
    suspend_function suspend = NULL;
    int event = 0;
    int error = 0;
    SDL_VERSION(&info.version)
    if (!SDL_GetWindowWMInfo(platform->window, &info) || info.subsystem != SDL_SYSWM_X11)
        return;
    void *library = SDL_LoadObject("libXss.so.1"); /* the one that SDL loads */
    if (library == NULL)
        return;
    *(void **)&query = SDL_LoadFunction(library, "XScreenSaverQueryExtension");
    *(void **)&suspend = SDL_LoadFunction(library, "XScreenSaverSuspend");
    /* A server without a saver is asked nothing: the library would complain. */
    if (query != NULL && suspend != NULL && query(info.info.x11.display, &event, &error))
        suspend(info.info.x11.display, False);
    SDL_UnloadObject(library);
}

void awake_begin(struct platform *platform)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version)
    if (platform->params.offscreen)
        return;
    if (SDL_GetWindowWMInfo(platform->window, &info) && info.subsystem == SDL_SYSWM_WAYLAND)
        platform->idle = idle_create(info.info.wl.display, info.info.wl.surface);
    if (platform->awake)
        platform_keep_awake(platform, true);
}

void awake_end(struct platform *platform)
{
    idle_destroy(platform->idle);
    platform->idle = NULL;
}

void platform_keep_awake(struct platform *platform, bool awake)
{
    platform->awake = awake;
    if (platform->params.offscreen)
        return;
    if (platform->idle != NULL) {
        idle_keep_awake(platform->idle, awake);
    } else if (awake) {
        SDL_DisableScreenSaver();
    } else {
        SDL_EnableScreenSaver();
        x11_release(platform);
    }
}
