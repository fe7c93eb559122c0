#include "present.h"

#include "lacrima/base/text.h"

#include <SDL_syswm.h>
#include <string.h>
#include <xdg-shell-client-protocol.h>

#define GL_RENDERER_NAME    0x1F01
#define GLX_BACK_BUFFER_AGE 0x20F4
#define GLX_WIDTH           0x801D
#define GLX_HEIGHT          0x801E
#define EGL_BUFFER_AGE      0x313D
#define EGL_DRAW_SURFACE    0x3059
#define EGL_EXTENSION_NAMES 0x3055
#define GL_BGRA             0x80E1
#define GL_UNSIGNED_BYTE    0x1401
#define GL_PACK_ROW_LENGTH  0x0D02
#define GL_PACK_INVERT_MESA 0x8758

/* A pointer to a function through one to data, as SDL gives it. */
static void look_up(void *function, const char *name)
{
    void *found = SDL_GL_GetProcAddress(name);
    memcpy(function, &found, sizeof found);
}

static bool in_software(void)
{
    const char *(*get_string)(unsigned) = NULL;
    look_up(&get_string, "glGetString");
    const char *name = get_string != NULL ? get_string(GL_RENDERER_NAME) : NULL;
    return name != NULL && (strstr(name, "llvmpipe") != NULL || strstr(name, "softpipe") != NULL ||
                            strstr(name, "Software Rasterizer") != NULL);
}

/* Names are separated by blanks, and one may begin with another. */
static bool names(const char *extensions, const char *wanted)
{
    size_t length = strlen(wanted);
    for (const char *at = extensions; at != NULL && (at = strstr(at, wanted)) != NULL;
         at += length) {
        if ((at == extensions || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    }
    return false;
}

/* Under X11 a context may be of either kind, and of the other's functions a driver may find what is
 * none of them. */
static bool is_egl(void)
{
    SDL_GLContext (*current)(void) = NULL;
    look_up(&current, "eglGetCurrentContext");
    return current != NULL && current() == SDL_GL_GetCurrentContext();
}

/* What the server and the client of this display can do together. */
static void begin_glx(struct present *present)
{
    const char *(*extensions)(present_display, int) = NULL;
    look_up(&present->display, "glXGetCurrentDisplay");
    look_up(&present->drawable, "glXGetCurrentDrawable");
    look_up(&extensions, "glXQueryExtensionsString");
    if (present->display == NULL || present->drawable == NULL || extensions == NULL ||
        present->display() == NULL)
        return;
    const char *known = extensions(present->display(), 0);
    if (in_software() && names(known, "GLX_MESA_copy_sub_buffer"))
        look_up(&present->copy, "glXCopySubBufferMESA");
    look_up(&present->query_drawable, "glXQueryDrawable");
    present->copies = present->copy != NULL && present->query_drawable != NULL;
    present->tells_age =
        !present->copies && present->query_drawable != NULL && names(known, "GLX_EXT_buffer_age");
}

static void begin_egl(struct present *present)
{
    const char *(*query)(present_display, int) = NULL;
    look_up(&present->display, "eglGetCurrentDisplay");
    look_up(&present->surface, "eglGetCurrentSurface");
    look_up(&query, "eglQueryString");
    if (present->display == NULL || present->surface == NULL || query == NULL ||
        present->display() == NULL)
        return;
    const char *known = query(present->display(), EGL_EXTENSION_NAMES);
    if (names(known, "EGL_EXT_buffer_age"))
        look_up(&present->query_surface, "eglQuerySurface");
    if (names(known, "EGL_KHR_swap_buffers_with_damage"))
        look_up(&present->swap_with_damage, "eglSwapBuffersWithDamageKHR");
    else if (names(known, "EGL_EXT_swap_buffers_with_damage"))
        look_up(&present->swap_with_damage, "eglSwapBuffersWithDamageEXT");
}

/* Rows lie in memory from above, and GL's from below: only with an extension they come turned.  A
 * canvas outlives the context, for what would be seen without it is older. */
static void begin_canvas(struct present *present, SDL_Window *window, struct canvas *before)
{
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version)
    bool may = in_software() && SDL_GL_ExtensionSupported("GL_MESA_pack_invert");
    look_up(&present->pixel_store, "glPixelStorei");
    look_up(&present->read_pixels, "glReadPixels");
    may = may && present->pixel_store != NULL && present->read_pixels != NULL &&
          SDL_GetWindowWMInfo(window, &info) && info.subsystem == SDL_SYSWM_WAYLAND;
    if (may && before != NULL && canvas_is_on(before, info.info.wl.surface)) {
        present->canvas = before;
        return;
    }
    canvas_destroy(before);
    if (may)
        present->canvas = canvas_create(info.info.wl.display, info.info.wl.surface);
}

void present_begin(struct present *present, SDL_Window *window)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    struct canvas *before = present->canvas;
    *present = (struct present){0};
    if (driver == NULL)
        return;
    if (text_equal(driver, "x11")) {
        if (is_egl())
            begin_egl(present);
        else
            begin_glx(present);
    } else if (text_equal(driver, "wayland")) {
        begin_egl(present);
        begin_canvas(present, window, before);
    }
}

void present_end(struct present *present)
{
    canvas_destroy(present->canvas);
    present->canvas = NULL;
}

bool present_waits(const struct present *present)
{
    return present->canvas != NULL && canvas_waits(present->canvas);
}

void present_changed(struct present *present)
{
    if (present->canvas != NULL)
        canvas_owe(present->canvas);
}

/* SDL says what part of its surface the window is, once, as the compositor changes that.  Mutter
 * (43) takes of it what the next picture covers, and keeps to this: where that picture is still of
 * the size before (present_resized), a full-screen window would stay as small as it. */
static void tell_place(SDL_Window *window)
{
    SDL_SysWMinfo info;
    int width = 0;
    int height = 0;
    SDL_VERSION(&info.version)
    SDL_GetWindowSize(window, &width, &height);
    if ((SDL_GetWindowFlags(window) & SDL_WINDOW_FULLSCREEN) != 0 &&
        SDL_GetWindowWMInfo(window, &info) && info.info.wl.xdg_surface != NULL)
        xdg_surface_set_window_geometry(info.info.wl.xdg_surface, 0, 0, width, height);
}

/* A picture of SDL's, which nothing else covers then. */
static void swap(struct present *present, SDL_Window *window)
{
    if (present->canvas != NULL) {
        tell_place(window);
        canvas_leave(present->canvas);
    }
    SDL_GL_SwapWindow(window);
    present->width = 0;
    present->height = 0;
    if (present->canvas != NULL)
        canvas_left(present->canvas);
}

/* The driver looks at a window's size after a swap, not after a copy, and without this would go on
 * with a buffer of the old size.  What the swap shows is what is there already. */
void present_resized(struct present *present, SDL_Window *window)
{
    if (present->kept)
        swap(present, window);
    present->kept = false;
}

static unsigned ask(const struct present *present, int what)
{
    unsigned value = 0;
    present->query_drawable(present->display(), present->drawable(), what, &value);
    return value;
}

int present_age(struct present *present)
{
    if (present->copies && present->width == 0 && present->display() != NULL) {
        present->width = (int)ask(present, GLX_WIDTH);
        present->height = (int)ask(present, GLX_HEIGHT);
    }
    if (present->copies || present->canvas != NULL)
        return present->kept ? 1 : 0;
    unsigned age = 0;
    int egl_age = 0;
    if (present->tells_age)
        age = ask(present, GLX_BACK_BUFFER_AGE);
    if (present->query_surface != NULL &&
        present->query_surface(present->display(), present->surface(EGL_DRAW_SURFACE),
                               EGL_BUFFER_AGE, &egl_age) != 0)
        age = egl_age > 0 ? (unsigned)egl_age : 0;
    return age <= INT16_MAX ? (int)age : 0;
}

/* GL's rows are counted from below. */
static void copy(struct present *present, int height, struct box box)
{
    present->copy(present->display(), present->drawable(), box.x, height - box.y - box.height,
                  box.width, box.height);
    present->kept = true;
}

/* Whether the buffer is as large as SDL takes the window to be.  SDL knows of another size as soon
 * as it asks for it, and a copy of what the buffer does not hold reads beyond it: the driver does
 * not look, and without MIT-SHM no server refuses it. */
static bool buffer_fits(const struct present *present, int width, int height)
{
    return present->width == width && present->height == height;
}

/* A window that has not yet, or without a window manager never, the size that SDL takes it to have
 * is shown by a swap, which knows better. */
static bool has_size(const struct present *present, const SDL_Rect *all)
{
    return buffer_fits(present, all->w, all->h) && ask(present, GLX_WIDTH) == (unsigned)all->w &&
           ask(present, GLX_HEIGHT) == (unsigned)all->h;
}

void present_show(struct present *present, SDL_Window *window)
{
    SDL_Rect all = {0};
    SDL_GL_GetDrawableSize(window, &all.w, &all.h);
    present->kept = false;
    if (present->copies && present->display() != NULL && has_size(present, &all))
        copy(present, all.h, (struct box){.width = all.w, .height = all.h});
    else
        swap(present, window);
}

/* False: it is to be shown by a swap. */
static bool read_into_canvas(struct present *present, SDL_Window *window, int width, int height,
                             const struct boxes *changed)
{
    struct canvas_picture picture;
    if (!canvas_take(present->canvas, window, width, height, changed, &picture))
        return false;
    present->pixel_store(GL_PACK_ROW_LENGTH, width);
    present->pixel_store(GL_PACK_INVERT_MESA, 1);
    for (size_t i = 0; i < picture.lacks.count; i++) {
        const struct box *box = &picture.lacks.items[i];
        size_t at = (size_t)box->y * (size_t)width + (size_t)box->x;
        present->read_pixels(box->x, height - box->y - box->height, box->width, box->height,
                             GL_BGRA, GL_UNSIGNED_BYTE, picture.pixels + at * CANVAS_PIXEL_BYTES);
    }
    present->pixel_store(GL_PACK_INVERT_MESA, 0);
    present->pixel_store(GL_PACK_ROW_LENGTH, 0);
    canvas_show(present->canvas, changed);
    present->kept = true;
    return true;
}

static bool swap_with_damage(struct present *present, int height, const struct boxes *boxes)
{
    int damage[4 * BOXES_MAX];
    for (size_t i = 0; i < boxes->count; i++) {
        const struct box *box = &boxes->items[i];
        const int from_below[4] = {box->x, height - box->y - box->height, box->width, box->height};
        memcpy(&damage[4 * i], from_below, sizeof from_below);
    }
    return present->swap_with_damage != NULL && boxes->count > 0 &&
           present->swap_with_damage(present->display(), present->surface(EGL_DRAW_SURFACE), damage,
                                     (int)boxes->count) != 0;
}

void present_show_boxes(struct present *present, SDL_Window *window, const struct boxes *boxes)
{
    int width = 0;
    int height = 0;
    /* Nothing to copy leaves all as it is; buffers are swapped for every frame all the same, for
     * their ages are counted in swaps. */
    bool keeps = present->copies || present->canvas != NULL;
    if (keeps && boxes->count == 0)
        return;
    SDL_GL_GetDrawableSize(window, &width, &height);
    if (present->canvas != NULL) {
        if (!read_into_canvas(present, window, width, height, boxes))
            present_show(present, window);
    } else if (present->copies && present->kept && buffer_fits(present, width, height) &&
               present->display() != NULL) {
        for (size_t i = 0; i < boxes->count; i++)
            copy(present, height, boxes->items[i]);
    } else if (present->copies) {
        present_show(present, window);
    } else if (!swap_with_damage(present, height, boxes)) {
        swap(present, window);
    }
}
