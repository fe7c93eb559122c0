#include "x11_link.h"

#include "lacrima/base/text.h"

#include <SDL_syswm.h>

#define XA_WINDOW_ATOM 33 /* XA_WINDOW of <X11/Xatom.h> */

typedef int (*error_handler)(void *display, void *what);
typedef error_handler (*set_handler)(error_handler handler);

/* Xlib's, from the library that SDL loads. */
struct xlib {
    Window (*root)(Display *display);
    Atom (*atom)(Display *display, const char *name, Bool only_if_exists);
    int (*property)(Display *display, Window window, Atom name, long offset, long length,
                    Bool remove, Atom wanted, Atom *type, int *format, unsigned long *count,
                    unsigned long *left, unsigned char **value);
    int (*give_back)(void *value);
    int (*move_resize)(Display *display, Window window, int x, int y, unsigned width,
                       unsigned height);
};

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
    if (platform->params.lost_line != NULL)
        x11_link_watch(platform->x11);
}

void x11_finish(struct platform *platform)
{
    if (platform->x11 != NULL)
        SDL_UnloadObject(platform->x11);
    platform->x11 = NULL;
}

static bool load(const struct platform *platform, struct xlib *xlib)
{
    *(void **)&xlib->root = SDL_LoadFunction(platform->x11, "XDefaultRootWindow");
    *(void **)&xlib->atom = SDL_LoadFunction(platform->x11, "XInternAtom");
    *(void **)&xlib->property = SDL_LoadFunction(platform->x11, "XGetWindowProperty");
    *(void **)&xlib->give_back = SDL_LoadFunction(platform->x11, "XFree");
    *(void **)&xlib->move_resize = SDL_LoadFunction(platform->x11, "XMoveResizeWindow");
    return xlib->root != NULL && xlib->atom != NULL && xlib->property != NULL &&
           xlib->give_back != NULL && xlib->move_resize != NULL;
}

/* The window that this one names there; None if it names none. */
static Window named(const struct xlib *xlib, Display *display, Window window, Atom name)
{
    Atom type = None;
    int format = 0;
    unsigned long count = 0, left = 0;
    unsigned char *value = NULL;
    Window found = None;
    if (xlib->property(display, window, name, 0, 1, False, XA_WINDOW_ATOM, &type, &format, &count,
                       &left, &value) == Success &&
        value != NULL && type == XA_WINDOW_ATOM && format == 32 && count == 1)
        found = *(const Window *)(const void *)value;
    if (value != NULL)
        (void)xlib->give_back(value);
    return found;
}

/* Whether a window manager lives that knows of full-screen windows: it names a window of its own,
 * which names itself. */
static bool managed(const struct xlib *xlib, Display *display)
{
    Atom name = xlib->atom(display, "_NET_SUPPORTING_WM_CHECK", True);
    Window own = name != None ? named(xlib, display, xlib->root(display), name) : None;
    return own != None && named(xlib, display, own, name) == own;
}

void x11_cover(struct platform *platform, SDL_Window *window, int display)
{
    struct xlib xlib;
    SDL_SysWMinfo info;
    SDL_Rect bounds;
    SDL_VERSION(&info.version)
    if (platform->x11 == NULL || !load(platform, &xlib) || !SDL_GetWindowWMInfo(window, &info) ||
        info.subsystem != SDL_SYSWM_X11 || managed(&xlib, info.info.x11.display))
        return;
    bool full = (SDL_GetWindowFlags(window) & SDL_WINDOW_FULLSCREEN) != 0;
    if (full && SDL_GetDisplayBounds(display, &bounds) == 0) {
        xlib.move_resize(info.info.x11.display, info.info.x11.window, bounds.x, bounds.y,
                         (unsigned)bounds.w, (unsigned)bounds.h);
    } else if (!full) {
        window_size(&platform->params, &bounds.w, &bounds.h);
        SDL_SetWindowSize(window, bounds.w, bounds.h);
        SDL_SetWindowPosition(window, display_middle(display), display_middle(display));
    }
}
