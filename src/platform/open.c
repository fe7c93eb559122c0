#include "compose.h"
#include "inner.h"
#include "x11_link.h"
#include "x11_map.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define DRIVERS_MAX       2
#define SOFTWARE_VARIABLE "LIBGL_ALWAYS_SOFTWARE"
#define THREADS_VARIABLE  "LP_NUM_THREADS"
#define WINDOW_WIDTH_MIN  320
#define WINDOW_HEIGHT_MIN 200

/* So large a picture is drawn in software by several threads. */
#define THREADS_PIXELS ((int64_t)1920 * 1200)

/* A window that has not got the keyboard by then goes on without.  Where the machine is busy, its
 * first picture, before which no compositor gives it the keyboard, may take a good part of this. */
#define FULLSCREEN_PATIENCE_NS SECONDS(3)

enum attempt_result { ATTEMPT_OPENED, ATTEMPT_NO_VIDEO, ATTEMPT_NO_CONTEXT };

struct attempt {
    const char *driver; /* NULL: what SDL_VIDEODRIVER says */
    bool gles;
    bool egl; /* under X11, where GLX is the usual way to a context */
    bool software;
    bool x11; /* what the driver was */
};

void say(const struct platform *platform, const char *format, ...)
{
    char line[ERROR_TEXT_BYTES];
    va_list args;
    if (platform->params.say == NULL)
        return;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    platform->params.say(platform->params.say_user, line);
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value != NULL && value[0] != '\0';
}

static void set_hints(const struct platform_params *params)
{
    static const char *const hints[][2] = {
        {SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0"},
        {SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1"},
        /* Compositors flicker when they step aside for a full-screen window and come back. */
        {SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0"},
        /* Every window's own close request is answered, the dark ones' too. */
        {SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0"},
        /* An input method's unfinished text may be longer than SDL's short event. */
        {SDL_HINT_IME_SUPPORT_EXTENDED_TEXT, "1"},
        {SDL_HINT_APP_NAME, "lacrima"},
        {SDL_HINT_SCREENSAVER_INHIBIT_ACTIVITY_NAME, "lacrima"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        SDL_SetHint(hints[i][0], hints[i][1]);
    /* A recording does not look at events, so Ctrl+C must keep its usual effect. */
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, params->offscreen ? "1" : "0");
    /* SDL reads the window's class from the environment only. */
    setenv("SDL_VIDEO_X11_WMCLASS", "lacrima", 0);
    setenv("SDL_VIDEO_WAYLAND_WMCLASS", "lacrima", 0);
}

static void set_context_attributes(bool gles)
{
    const struct {
        SDL_GLattr name;
        int value;
    } attributes[] = {
        {SDL_GL_CONTEXT_PROFILE_MASK,
         gles ? SDL_GL_CONTEXT_PROFILE_ES : SDL_GL_CONTEXT_PROFILE_CORE},
        {SDL_GL_CONTEXT_MAJOR_VERSION, 3},
        {SDL_GL_CONTEXT_MINOR_VERSION, gles ? 0 : 3},
        {SDL_GL_RED_SIZE, 8},
        {SDL_GL_GREEN_SIZE, 8},
        {SDL_GL_BLUE_SIZE, 8},
        {SDL_GL_ALPHA_SIZE, 0},
        {SDL_GL_DEPTH_SIZE, 0},
        {SDL_GL_STENCIL_SIZE, 0},
        {SDL_GL_MULTISAMPLEBUFFERS, 0},
        {SDL_GL_DOUBLEBUFFER, 1},
        /* After a reset of the graphics card each call says so; else a driver may draw nothing,
         * or end the process.  A driver that cannot promise it is not asked. */
        {SDL_GL_CONTEXT_RESET_NOTIFICATION, SDL_GL_CONTEXT_RESET_LOSE_CONTEXT},
    };
    SDL_GL_ResetAttributes();
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
        SDL_GL_SetAttribute(attributes[i].name, attributes[i].value);
}

SDL_Window *open_dark_window(int display)
{
    int at = display_middle(display);
    return SDL_CreateWindow("lacrima", at, at, PLATFORM_DEFAULT_WIDTH, PLATFORM_DEFAULT_HEIGHT,
                            SDL_WINDOW_OPENGL | SDL_WINDOW_BORDERLESS | SDL_WINDOW_SKIP_TASKBAR |
                                SDL_WINDOW_ALLOW_HIGHDPI | SDL_WINDOW_RESIZABLE);
}

/* A Wayland compositor opens a window where the person is and gives it the keyboard, but SDL
 * names a display for a full-screen window, and on a display where the person is not, it comes
 * without the keyboard.  So with several displays the window opens first and fills one after. */
static bool must_open_first(const struct platform_params *params)
{
    return !params->offscreen && !params->windowed && SDL_GetNumVideoDisplays() > 1 &&
           text_equal(SDL_GetCurrentVideoDriver(), "wayland");
}

void window_size(const struct platform_params *params, int *width, int *height)
{
    *width = params->width > 0 ? params->width : PLATFORM_DEFAULT_WIDTH;
    *height = params->height > 0 ? params->height : PLATFORM_DEFAULT_HEIGHT;
}

static bool create_window(struct platform *platform, const struct platform_params *params)
{
    int width = 0;
    int height = 0;
    window_size(params, &width, &height);
    int display = params->offscreen ? -1 : display_find(platform, params->display);
    display_want(platform, params->display, display);
    bool late = must_open_first(params);
    platform->fullscreen_at = late ? platform_now() + FULLSCREEN_PATIENCE_NS : TIME_NEVER;
    platform->fullscreen_display = display;
    int at = display < 0 ? (int)SDL_WINDOWPOS_UNDEFINED : display_middle(display);
    Uint32 flags = SDL_WINDOW_OPENGL | SDL_WINDOW_ALLOW_HIGHDPI;
    if (params->offscreen)
        flags |= SDL_WINDOW_HIDDEN;
    else
        flags |= SDL_WINDOW_RESIZABLE;
    if (!params->offscreen && !params->windowed && !late)
        flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
    const char *title = params->title != NULL ? params->title : "Lacrima";
    struct x11_map *map = params->offscreen ? NULL : x11_map_begin();
    platform->window = SDL_CreateWindow(title, at, at, width, height, flags);
    x11_map_end(map);
    if (platform->window == NULL)
        return false;
    if (!params->offscreen)
        SDL_SetWindowMinimumSize(platform->window, WINDOW_WIDTH_MIN, WINDOW_HEIGHT_MIN);
    if ((flags & SDL_WINDOW_FULLSCREEN) != 0)
        x11_cover(platform, platform->window, SDL_GetWindowDisplayIndex(platform->window));
    return true;
}

/* SDL 2.26 composes dead keys under Wayland even while text input is off, and then the key
 * never arrives: a French keyboard would have no "[". */
static void keep_dead_keys(struct platform *platform, const char *driver)
{
    bool wayland = driver != NULL && text_equal(driver, "wayland");
    if (wayland == (platform->compose != NULL))
        return;
    if (!wayland) {
        compose_destroy(platform->compose);
        platform->compose = NULL;
        return;
    }
    setenv("XKB_LOG_LEVEL", "critical", 0);
    platform->compose = compose_create();
}

static bool begin_video(struct platform *platform, const char *driver)
{
    const char *named = driver != NULL ? driver : getenv("SDL_VIDEODRIVER");
    keep_dead_keys(platform, named);
    x11_overlook_errors(platform, named);
    if (driver != NULL)
        SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, driver, SDL_HINT_OVERRIDE);
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
        x11_finish(platform);
        return false;
    }
    /* SDL begins with text input on; then dead keys would be composed instead of arriving. */
    SDL_StopTextInput();
    return true;
}

void close_window(struct platform *platform)
{
    display_undarken(platform);
    awake_end(platform);
    drops_end(platform);
    x11_link_end(platform);
    if (platform->context != NULL)
        SDL_GL_DeleteContext(platform->context);
    platform->context = NULL;
    if (platform->window != NULL)
        SDL_DestroyWindow(platform->window);
    platform->window = NULL;
    present_end(&platform->present); /* only now: an older picture lies behind it */
    if (platform->video)
        SDL_QuitSubSystem(SDL_INIT_VIDEO);
    platform->video = false;
    x11_finish(platform);
}

/* Whether this picture, or one on any of the displays, is large.  (Under Wayland SDL counts a
 * display's pixels after it was scaled.) */
static bool is_large(const struct platform_params *params)
{
    int width = 0;
    int height = 0;
    window_size(params, &width, &height);
    int64_t most = (int64_t)width * height;
    int displays = params->offscreen ? 0 : SDL_GetNumVideoDisplays();
    for (int i = 0; i < displays; i++) {
        SDL_DisplayMode mode;
        if (SDL_GetDesktopDisplayMode(i, &mode) == 0)
            most = SDL_max(most, (int64_t)mode.w * mode.h);
    }
    return most > THREADS_PIXELS;
}

/* Mesa draws with a thread for each processor, and a frame is as late as the latest of them: where
 * another program keeps one processor busy, often.  A frame of a few milliseconds is drawn in time
 * by the one thread that asks for it.  The driver reads this as the window is made. */
static void draw_with_one_thread(const struct platform_params *params)
{
    if (!is_large(params))
        setenv(THREADS_VARIABLE, "0", 0);
}

/* The drivers read their environment when they are loaded, so each attempt begins anew. */
static enum attempt_result try_attempt(struct platform *platform,
                                       const struct platform_params *params,
                                       struct attempt *attempt)
{
    bool forced = attempt->software && !is_set(SOFTWARE_VARIABLE);
    if (forced)
        setenv(SOFTWARE_VARIABLE, "1", 1);
    SDL_SetHint(SDL_HINT_VIDEO_X11_FORCE_EGL, attempt->egl ? "1" : "0");
    platform->video = begin_video(platform, attempt->driver);
    if (!platform->video) {
        if (forced)
            unsetenv(SOFTWARE_VARIABLE);
        return ATTEMPT_NO_VIDEO;
    }
    attempt->x11 = text_equal(SDL_GetCurrentVideoDriver(), "x11");
    x11_overlook_errors(platform, SDL_GetCurrentVideoDriver());
    set_context_attributes(attempt->gles);
    draw_with_one_thread(params);
    if (create_window(platform, params))
        platform->context = SDL_GL_CreateContext(platform->window);
    if (platform->context != NULL) {
        platform->gles = attempt->gles;
        return ATTEMPT_OPENED;
    }
    char reason[ERROR_TEXT_BYTES];
    text_copy(reason, sizeof reason, SDL_GetError());
    close_window(platform);
    if (forced)
        unsetenv(SOFTWARE_VARIABLE);
    SDL_SetError("%s", reason);
    return ATTEMPT_NO_CONTEXT;
}

/* The video drivers to try, in order.  SDL 2.26 would take X11 first even in a Wayland session,
 * where Xwayland then scales and delays. */
static int choose_drivers(const struct platform_params *params, const char *drivers[DRIVERS_MAX])
{
    if (params->offscreen) {
        drivers[0] = "offscreen";
        return 1;
    }
    if (is_set("SDL_VIDEODRIVER")) {
        drivers[0] = NULL;
        return 1;
    }
    /* Without a runtime folder there is no socket to look for, and libwayland would complain on
     * standard error. */
    bool may = is_set("WAYLAND_SOCKET") || is_set("XDG_RUNTIME_DIR");
    bool asked = is_set("WAYLAND_SOCKET") || is_set("WAYLAND_DISPLAY");
    int count = 0;
    if (may && asked)
        drivers[count++] = "wayland";
    drivers[count++] = "x11";
    if (may && !asked)
        drivers[count++] = "wayland";
    return count;
}

static const char *driver_words(const char *driver)
{
    return driver != NULL ? driver : getenv("SDL_VIDEODRIVER");
}

static void add_reason(char *reasons, size_t size, const char *driver)
{
    if (reasons[0] != '\0')
        text_append(reasons, size, "; ");
    text_append(reasons, size, driver_words(driver));
    text_append(reasons, size, ": ");
    text_append(reasons, size, SDL_GetError());
}

/* Both contexts, the asked-for first. */
static enum attempt_result try_contexts(struct platform *platform,
                                        const struct platform_params *params,
                                        struct attempt *attempt)
{
    attempt->gles = params->gles;
    enum attempt_result result = try_attempt(platform, params, attempt);
    if (result == ATTEMPT_NO_CONTEXT) {
        attempt->gles = !attempt->gles;
        result = try_attempt(platform, params, attempt);
    }
    return result;
}

/* An X server without GLX (some of those that are shown elsewhere) has EGL all the same. */
static enum attempt_result try_driver(struct platform *platform,
                                      const struct platform_params *params, const char *driver,
                                      bool software)
{
    struct attempt attempt = {.driver = driver, .software = software};
    enum attempt_result result = try_contexts(platform, params, &attempt);
    if (result == ATTEMPT_NO_CONTEXT && attempt.x11) {
        attempt.egl = true;
        result = try_contexts(platform, params, &attempt);
    }
    return result;
}

static bool open_in_software(struct platform *platform, const struct platform_params *params,
                             const char *const drivers[], int count)
{
    for (int i = 0; i < count; i++) {
        if (try_driver(platform, params, drivers[i], true) == ATTEMPT_OPENED)
            return true;
    }
    return false;
}

bool open_window(struct platform *platform, const struct platform_params *params,
                 struct error *error)
{
    const char *drivers[DRIVERS_MAX] = {NULL};
    char reasons[ERROR_TEXT_BYTES / 2] = "";
    int count = choose_drivers(params, drivers);
    bool any_video = false;
    set_hints(params);
    for (int i = 0; i < count; i++) {
        enum attempt_result result = try_driver(platform, params, drivers[i], false);
        if (result == ATTEMPT_OPENED)
            return true;
        any_video = any_video || result == ATTEMPT_NO_CONTEXT;
        add_reason(reasons, sizeof reasons, drivers[i]);
    }
    if (!any_video)
        return error_set(error,
                         "No display could be opened (%s). Start Lacrima in a Wayland or X11 "
                         "desktop session; it looks at WAYLAND_DISPLAY, DISPLAY and "
                         "SDL_VIDEODRIVER.",
                         reasons);
    if (open_in_software(platform, params, drivers, count)) {
        say(platform, "The graphics driver gave no OpenGL 3.3 or OpenGL ES 3.0; drawing in "
                      "software.");
        return true;
    }
    return error_set(error,
                     "No OpenGL 3.3 or OpenGL ES 3.0, neither from the graphics driver nor in "
                     "software (%s). On Debian, install libgl1-mesa-dri, libgl1 and libegl1.",
                     reasons);
}

bool open_context_again(struct platform *platform, struct error *error)
{
    if (platform->context != NULL)
        SDL_GL_DeleteContext(platform->context);
    set_context_attributes(platform->gles);
    platform->context = SDL_GL_CreateContext(platform->window);
    return platform->context != NULL || error_set(error, "%s", SDL_GetError());
}

bool open_window_again(struct platform *platform, struct error *error)
{
    const char *drivers[DRIVERS_MAX] = {NULL};
    struct platform_params params = platform->params;
    params.windowed = !platform->fullscreen_wanted;
    close_window(platform);
    int count = choose_drivers(&params, drivers);
    if (!open_in_software(platform, &params, drivers, count))
        return error_set(error, "%s", SDL_GetError());
    say(platform, "The graphics driver was lost; drawing in software.");
    return true;
}
