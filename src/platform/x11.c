#include "inner.h"

#include "lacrima/base/text.h"

/* Xlib's types, as far as they matter here: no header of X's is needed to build. */
typedef int (*error_handler)(void *display, void *what);
typedef error_handler (*set_handler)(error_handler handler);

/* Windows of the window manager come and go while SDL asks about them.  Xlib's own answer to
 * such a stray error is to end the program; nothing in a visit depends on the reply. */
static int overlook(void *display, void *what)
{
    (void)display;
    (void)what;
    return 0;
}

void x11_overlook_errors(struct platform *platform, const char *driver)
{
    if (driver == NULL || !text_equal(driver, "x11"))
        return;
    if (platform->x11 == NULL)
        platform->x11 = SDL_LoadObject("libX11.so.6"); /* the one that SDL loads */
    if (platform->x11 == NULL)
        return;
    set_handler set = NULL;
    *(void **)&set = SDL_LoadFunction(platform->x11, "XSetErrorHandler");
    if (set != NULL)
        (void)set(overlook);
}

void x11_finish(struct platform *platform)
{
    if (platform->x11 != NULL)
        SDL_UnloadObject(platform->x11);
    platform->x11 = NULL;
}
