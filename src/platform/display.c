#include "inner.h"

#include "lacrima/base/text.h"

#include <stdlib.h>

#define LIST_BYTES 256

/* How many places of a display SDL is asked about in each direction. */
#define PLACES 12

/* How often a window is put on its display until SDL finds it there. */
#define PUTS_MAX 10

typedef void (*clear_color_function)(float red, float green, float blue, float alpha);
typedef void (*clear_function)(unsigned mask);

#define CLEAR_COLOR_BUFFER 0x4000u /* GL_COLOR_BUFFER_BIT, the same in GL and GLES */

static const char *name_of(int display)
{
    const char *name = display < 0 ? NULL : SDL_GetDisplayName(display);
    return name != NULL ? name : "display";
}

/* Under Wayland SDL goes by where the window was when it came to its display, which is wrong as
 * soon as displays come, go or are arranged anew; so the name counts, unless two displays share
 * it.  0 (the first) where SDL cannot tell. */
static int current_display(const struct platform *platform)
{
    int found = -1, same = 0;
    for (int i = 0; i < SDL_GetNumVideoDisplays(); i++) {
        if (platform->display[0] != '\0' && text_equal(name_of(i), platform->display)) {
            found = i;
            same++;
        }
    }
    if (same != 1)
        found = SDL_GetWindowDisplayIndex(platform->window);
    return found < 0 ? 0 : found;
}

/* The display with this place, or -1. */
static int display_at(int x, int y)
{
    const SDL_Point place = {x, y};
    for (int i = 0; i < SDL_GetNumVideoDisplays(); i++) {
        SDL_Rect bounds;
        if (SDL_GetDisplayBounds(i, &bounds) == 0 && SDL_PointInRect(&place, &bounds))
            return i;
    }
    return -1;
}

/* Under X11 SDL says of a full-screen window that it is where it was put, even after the window
 * manager had to take it elsewhere; so there the place counts. */
void display_note(struct platform *platform, int x, int y)
{
    int display = SDL_GetWindowDisplayIndex(platform->window);
    if (platform_fullscreen(platform) && text_equal(SDL_GetCurrentVideoDriver(), "x11")) {
        int there = display_at(x, y);
        display = there >= 0 ? there : display;
    }
    if (display >= 0)
        (void)text_copy(platform->display, sizeof platform->display, name_of(display));
}

static bool contains_nocase(const char *text, const char *part)
{
    for (; *text != '\0'; text++) {
        size_t at = 0;
        while (part[at] != '\0' && text_lower(text[at]) == text_lower(part[at]))
            at++;
        if (part[at] == '\0')
            return true;
    }
    return false;
}

static int find_by_exact_name(const char *wanted, int count)
{
    for (int i = 0; i < count; i++) {
        if (text_equal_nocase(name_of(i), wanted))
            return i;
    }
    return -1;
}

static int find_by_name(const char *wanted, int count)
{
    int exact = find_by_exact_name(wanted, count);
    if (exact >= 0)
        return exact;
    /* SDL adds the size in inches to a monitor's name on X11; nobody types that. */
    for (int i = 0; i < count; i++) {
        if (contains_nocase(name_of(i), wanted))
            return i;
    }
    return -1;
}

static int find_by_number(const char *wanted, int count)
{
    char *end = NULL;
    long number = strtol(wanted, &end, 10);
    if (wanted[0] < '0' || wanted[0] > '9' || *end != '\0' || number >= count)
        return -1;
    return (int)number;
}

static int find_by_pointer(const struct platform *platform)
{
    SDL_Point pointer;
    if (text_equal(SDL_GetCurrentVideoDriver(), "wayland")) {
        say(platform, "Wayland does not tell where the pointer is; using the first display.");
        return -1;
    }
    SDL_GetGlobalMouseState(&pointer.x, &pointer.y);
    return display_at(pointer.x, pointer.y);
}

static void say_missing(const struct platform *platform, const char *wanted, int count)
{
    char list[LIST_BYTES] = "";
    for (int i = 0; i < count; i++) {
        char number[16];
        SDL_snprintf(number, sizeof number, "%s%d = ", i > 0 ? ", " : "", i);
        text_append(list, sizeof list, number);
        text_append(list, sizeof list, name_of(i));
    }
    say(platform, "There is no display \"%s\"; using the desktop's choice. There are: %s.", wanted,
        list);
}

int display_find(const struct platform *platform, const char *wanted)
{
    int count = SDL_GetNumVideoDisplays();
    if (wanted == NULL || wanted[0] == '\0' || count < 1)
        return -1;
    if (text_equal_nocase(wanted, "pointer"))
        return find_by_pointer(platform);
    int found = find_by_number(wanted, count);
    if (found < 0)
        found = find_by_name(wanted, count);
    if (found < 0)
        say_missing(platform, wanted, count);
    return found;
}

/* One that is not there may still come: a name is kept as it was typed. */
void display_want(struct platform *platform, const char *wanted, int found)
{
    bool named = wanted != NULL && !text_equal_nocase(wanted, "pointer") &&
                 !(wanted[0] >= '0' && wanted[0] <= '9');
    platform->wanted[0] = '\0';
    if (found >= 0)
        (void)text_copy(platform->wanted, sizeof platform->wanted, name_of(found));
    else if (named)
        (void)text_copy(platform->wanted, sizeof platform->wanted, wanted);
    platform->wanted_missing = found < 0 && platform->wanted[0] != '\0';
    platform->wanted_typed = platform->wanted_missing;
}

static bool put(SDL_Window *window, int x, int y, int display)
{
    SDL_SetWindowPosition(window, x, y);
    return SDL_GetWindowDisplayIndex(window) == display;
}

/* Tells SDL that a window, not full-screen now, is on this display.  SDL goes by where the window's
 * middle is, and takes the first of the displays there.  But under Wayland it may keep the size
 * that a display had when it came (2.26), so after a change of resolution two displays lie over
 * each other in its eyes.  Then it is asked about one place of this display after the other until
 * one belongs to no display before it: under Wayland nothing moves by that. */
static void place(SDL_Window *window, int display)
{
    SDL_Rect bounds;
    int at = display_middle(display);
    int width = 0, height = 0;
    /* Under X11 SDL takes the next place that the window manager gives a window for the one asked
     * for, though a slow one may only just be done with what came before. */
    for (int i = 0; i < PUTS_MAX; i++) {
        if (put(window, at, at, display))
            return;
    }
    if (!text_equal(SDL_GetCurrentVideoDriver(), "wayland") ||
        SDL_GetDisplayBounds(display, &bounds) != 0)
        return;
    SDL_GetWindowSize(window, &width, &height);
    for (int i = 0; i < PLACES * PLACES; i++) {
        int x = bounds.x + (bounds.w - 1) * (i % PLACES) / (PLACES - 1);
        int y = bounds.y + (bounds.h - 1) * (i / PLACES) / (PLACES - 1);
        if (put(window, x - width / 2, y - height / 2, display))
            return;
    }
}

/* Leaving full-screen and coming back is the only way that moves a full-screen window both on
 * X11 and on Wayland, where a program cannot place its windows but can name a display for
 * full-screen. */
static void move_to(struct platform *platform, int display)
{
    bool fullscreen = platform_fullscreen(platform);
    if (fullscreen)
        SDL_SetWindowFullscreen(platform->window, 0);
    place(platform->window, display);
    if (fullscreen || platform->fullscreen_wanted)
        SDL_SetWindowFullscreen(platform->window, SDL_WINDOW_FULLSCREEN_DESKTOP);
    x11_cover(platform, platform->window, display);
    (void)text_copy(platform->display, sizeof platform->display, name_of(display));
}

const char *platform_next_display(struct platform *platform)
{
    int count = SDL_GetNumVideoDisplays();
    if (platform->params.offscreen || count < 2)
        return NULL;
    int next = (current_display(platform) + 1) % count;
    display_undarken(platform);
    move_to(platform, next);
    display_darken_others(platform);
    display_want(platform, name_of(next), next);
    return name_of(next);
}

const char *platform_display_name(const struct platform *platform)
{
    return name_of(current_display(platform));
}

bool platform_fullscreen(const struct platform *platform)
{
    return (SDL_GetWindowFlags(platform->window) & SDL_WINDOW_FULLSCREEN) != 0;
}

void platform_toggle_fullscreen(struct platform *platform)
{
    if (platform->params.offscreen)
        return;
    platform->fullscreen_wanted = !platform_fullscreen(platform);
    platform->fullscreen_at = TIME_NEVER;
    display_undarken(platform);
    SDL_SetWindowFullscreen(platform->window,
                            platform->fullscreen_wanted ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    x11_cover(platform, platform->window, current_display(platform));
    display_darken_others(platform);
}

static void draw_dark(const struct dark *dark)
{
    clear_color_function clear_color = NULL;
    clear_function clear = NULL;
    if (dark->context == NULL || SDL_GL_MakeCurrent(dark->window, dark->context) != 0)
        return;
    *(void **)&clear_color = SDL_GL_GetProcAddress("glClearColor");
    *(void **)&clear = SDL_GL_GetProcAddress("glClear");
    SDL_GL_SetSwapInterval(0);
    if (clear_color != NULL && clear != NULL) {
        clear_color(0.0f, 0.0f, 0.0f, 1.0f);
        clear(CLEAR_COLOR_BUFFER);
        SDL_GL_SwapWindow(dark->window);
    }
}

static void return_to_main(struct platform *platform)
{
    SDL_GL_MakeCurrent(platform->window, platform->context);
    SDL_GL_SetSwapInterval(platform->vsync ? 1 : 0);
    /* A window that was not the current one may have got another buffer. */
    platform->present.kept = false;
}

void display_darken_others(struct platform *platform)
{
    int count = SDL_GetNumVideoDisplays();
    int current = current_display(platform);
    if (!platform->params.others_dark || platform->params.offscreen || !platform->fullscreen_wanted)
        return;
    /* The main window comes first, or one of these gets its keyboard, and all are opened twice. */
    if (platform->fullscreen_at != TIME_NEVER)
        return;
    for (int i = 0; i < count && platform->dark_count < PLATFORM_DISPLAYS_MAX; i++) {
        struct dark dark = {.window = i == current ? NULL : open_dark_window(i)};
        if (dark.window == NULL)
            continue;
        dark.context = SDL_GL_CreateContext(dark.window);
        draw_dark(&dark);
        /* Only now: before its first picture a window may be put over the main one, and a
         * compositor takes full-screen from what lies below. */
        place(dark.window, i);
        /* One that is elsewhere is better not there: SDL iconifies the full-screen window of a
         * display, the main one perhaps, for another that is to fill it. */
        if (SDL_GetWindowDisplayIndex(dark.window) != i) {
            if (dark.context != NULL)
                SDL_GL_DeleteContext(dark.context);
            SDL_DestroyWindow(dark.window);
            continue;
        }
        SDL_SetWindowFullscreen(dark.window, SDL_WINDOW_FULLSCREEN_DESKTOP);
        x11_cover(platform, dark.window, i);
        platform->dark[platform->dark_count++] = dark;
    }
    if (platform->dark_count > 0) {
        return_to_main(platform);
        SDL_RaiseWindow(platform->window);
    }
}

void display_undarken(struct platform *platform)
{
    for (int i = 0; i < platform->dark_count; i++) {
        if (platform->dark[i].context != NULL)
            SDL_GL_DeleteContext(platform->dark[i].context);
        SDL_DestroyWindow(platform->dark[i].window);
    }
    if (platform->dark_count > 0 && platform->context != NULL)
        return_to_main(platform);
    platform->dark_count = 0;
}

void display_redraw_dark(struct platform *platform)
{
    for (int i = 0; i < platform->dark_count; i++)
        draw_dark(&platform->dark[i]);
    if (platform->dark_count > 0)
        return_to_main(platform);
}

void display_fullscreen_late(struct platform *platform)
{
    int display = platform->fullscreen_display;
    platform->fullscreen_at = TIME_NEVER;
    if (!platform->fullscreen_wanted)
        return;
    move_to(platform, display >= 0 ? display : current_display(platform));
    display_darken_others(platform);
}

/* The display that the person wants the window on, if it has just come (back); otherwise -1.  Where
 * it is there all along, the window is elsewhere because somebody has moved it. */
static int returned_display(struct platform *platform)
{
    int count = SDL_GetNumVideoDisplays();
    bool was_missing = platform->wanted_missing;
    if (platform->wanted[0] == '\0' && find_by_exact_name(platform->display, count) < 0)
        (void)text_copy(platform->wanted, sizeof platform->wanted, platform->display);
    if (platform->wanted[0] == '\0')
        return -1;
    /* Names may begin alike: only what a person has typed may be a part of one. */
    int display = platform->wanted_typed ? find_by_name(platform->wanted, count)
                                         : find_by_exact_name(platform->wanted, count);
    platform->wanted_missing = display < 0;
    if (display >= 0)
        (void)text_copy(platform->wanted, sizeof platform->wanted, name_of(display));
    platform->wanted_typed = platform->wanted_typed && display < 0;
    return was_missing ? display : -1;
}

void display_settle(struct platform *platform)
{
    SDL_Rect bounds;
    int width = 0, height = 0;
    int returned = returned_display(platform);
    display_undarken(platform);
    if (platform->fullscreen_wanted && platform->fullscreen_at == TIME_NEVER) {
        int display = returned >= 0 ? returned : current_display(platform);
        SDL_GetWindowSize(platform->window, &width, &height);
        bool covers =
            SDL_GetDisplayBounds(display, &bounds) == 0 && bounds.w == width && bounds.h == height;
        /* Naming a display makes it true, and no dark window can come to lie over the main one. */
        if (!covers || returned >= 0 || !platform_fullscreen(platform) ||
            platform->params.others_dark)
            move_to(platform, display);
    }
    display_darken_others(platform);
}
