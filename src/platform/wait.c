#include "clock.h"
#include "inner.h"
#include "keys.h"
#include "signals.h"
#include "text.h"
#include "x11_link.h"

#include "lacrima/base/text.h"

#include <string.h>
#include <time.h>

/* A key that was held when the window got the keyboard repeats within this time under X11.  Under
 * Wayland it does not come at all, and one that comes at once was pressed while the program was
 * busy. */
#define LEAK_NS MILLISECONDS(50)

/* The settings portal's first answers take several looks; it is looked at this often, but only
 * for as long as a portal that is there may need. */
#define MOTION_LOOK_NS     MILLISECONDS(20)
#define MOTION_PATIENCE_NS SECONDS(3)

/* After a change of windows everything is drawn once more this much later: a compositor takes in
 * a change only with a window's next frame, or after about 0.2 s, and a still field gives none. */
#define REDRAW_NS MILLISECONDS(300)

/* A wait that is shorter than this is for the next frame, and ends when it should. */
#define FRAME_WAIT_NS MILLISECONDS(20)

/* A flick of a free-running wheel is a few steps, not a hundred. */
#define WHEEL_STEPS_MAX 3

static void push(struct platform *platform, enum platform_event_kind kind)
{
    if (platform->pending_count == PLATFORM_PENDING_MAX)
        return;
    int last = (platform->pending_first + platform->pending_count) % PLATFORM_PENDING_MAX;
    platform->pending[last] = (struct pending){.kind = kind};
    platform->pending_count++;
}

static void push_key(struct platform *platform, enum platform_event_kind kind, struct key key)
{
    int before = platform->pending_count;
    push(platform, kind);
    if (platform->pending_count > before) {
        int last = (platform->pending_first + before) % PLATFORM_PENDING_MAX;
        platform->pending[last].key = key;
    }
}

static void push_resized(struct platform *platform)
{
    present_resized(&platform->present, platform->window);
    push(platform, PLATFORM_RESIZED);
}

static bool pop(struct platform *platform, struct platform_event *event)
{
    if (platform->pending_count == 0)
        return false;
    event->kind = platform->pending[platform->pending_first].kind;
    event->key = platform->pending[platform->pending_first].key;
    platform->pending_first = (platform->pending_first + 1) % PLATFORM_PENDING_MAX;
    platform->pending_count--;
    return true;
}

static void press(struct platform *platform, enum platform_event_kind kind, int32_t code)
{
    struct key key = {.typed = code, .position = code};
    push_key(platform, kind, key);
}

static void take_key(struct platform *platform, const SDL_KeyboardEvent *event)
{
    SDL_Scancode scancode = event->keysym.scancode;
    platform->shift = (event->keysym.mod & KMOD_SHIFT) != 0;
    if (scancode < 0 || scancode >= SDL_NUM_SCANCODES)
        return;
    enum key_state state = (enum key_state)platform->keys_down[scancode];
    struct key key = key_from_sdl(&event->keysym, event->repeat != 0);
    /* A lone modifier or a volume key is meant for the desktop, or for a key to come. */
    if (key.typed == KEY_NONE && key.position == KEY_NONE)
        return;
    if (event->type == SDL_KEYUP) {
        /* What it typed came with it; text that comes now is an input method's. */
        platform->text_unmeant = KEY_NONE;
        platform->keys_down[scancode] = KEY_STATE_UP;
        if (state == KEY_STATE_PASSED)
            push_key(platform, PLATFORM_KEY_UP, key);
        return;
    }
    bool fresh = platform->wayland != NULL || platform_now() - platform->focused_at >= LEAK_NS;
    if (platform->text && text_takes_key(platform, event, &key, fresh)) {
        pointer_hide(platform);
        return;
    }
    if (state == KEY_STATE_UP)
        platform->keys_down[scancode] = fresh ? KEY_STATE_PASSED : KEY_STATE_LEAKED;
    if (platform->keys_down[scancode] == KEY_STATE_PASSED) {
        pointer_hide(platform);
        push_key(platform, PLATFORM_KEY_DOWN, key);
    }
}

static void take_button(struct platform *platform, const SDL_MouseButtonEvent *event)
{
    enum platform_event_kind kind =
        event->type == SDL_MOUSEBUTTONDOWN ? PLATFORM_KEY_DOWN : PLATFORM_KEY_UP;
    if (event->button == SDL_BUTTON_LEFT)
        press(platform, kind, KEY_SPACE);
    else if (event->button == SDL_BUTTON_RIGHT)
        press(platform, kind, KEY_ESC);
}

static void take_wheel(struct platform *platform, const SDL_MouseWheelEvent *event)
{
    int32_t code = event->y > 0 ? KEY_UP : KEY_DOWN;
    int steps = SDL_min(SDL_abs(event->y), WHEEL_STEPS_MAX);
    for (int i = 0; i < steps; i++) {
        press(platform, PLATFORM_KEY_DOWN, code);
        press(platform, PLATFORM_KEY_UP, code);
    }
}

static bool is_right(const SDL_Event *from)
{
    return (from->type == SDL_MOUSEBUTTONDOWN || from->type == SDL_MOUSEBUTTONUP) &&
           from->button.button == SDL_BUTTON_RIGHT;
}

/* As keys, or as where it points while text is taken; the right button is Esc in both. */
static bool take_mouse(struct platform *platform, SDL_Event *from, struct platform_event *event)
{
    if (from->type == SDL_MOUSEMOTION)
        pointer_moved(platform);
    if (platform->text && !is_right(from))
        return text_take_mouse(platform, from, event);
    if (from->type == SDL_MOUSEWHEEL)
        take_wheel(platform, &from->wheel);
    else if (from->type != SDL_MOUSEMOTION)
        take_button(platform, &from->button);
    return false;
}

static void set_hidden(struct platform *platform, bool hidden)
{
    if (platform->hidden == hidden)
        return;
    platform->hidden = hidden;
    push(platform, hidden ? PLATFORM_HIDDEN : PLATFORM_SHOWN);
}

/* The keyboard may move between the main window and the dark ones; only leaving them all or
 * coming back counts. */
static void look_at_focus(struct platform *platform)
{
    bool focused = SDL_GetKeyboardFocus() != NULL;
    if (platform->focused == focused)
        return;
    platform->focused = focused;
    if (focused)
        platform->focused_at = platform_now();
    push(platform, focused ? PLATFORM_FOCUS_IN : PLATFORM_FOCUS_OUT);
}

static void take_main_window(struct platform *platform, const SDL_WindowEvent *event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_HIDDEN:
    case SDL_WINDOWEVENT_MINIMIZED:
        set_hidden(platform, true);
        break;
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
    case SDL_WINDOWEVENT_EXPOSED:
        set_hidden(platform, false);
        push(platform, PLATFORM_EXPOSED);
        break;
    case SDL_WINDOWEVENT_MOVED:
        display_note(platform, event->data1, event->data2);
        break;
    case SDL_WINDOWEVENT_RESIZED:
    case SDL_WINDOWEVENT_SIZE_CHANGED:
    case SDL_WINDOWEVENT_MAXIMIZED:
    case SDL_WINDOWEVENT_DISPLAY_CHANGED:
        push_resized(platform);
        break;
    default:
        break;
    }
}

static void take_window(struct platform *platform, const SDL_WindowEvent *event)
{
    if (event->event == SDL_WINDOWEVENT_CLOSE)
        push(platform, PLATFORM_QUIT);
    else if (event->event == SDL_WINDOWEVENT_FOCUS_GAINED ||
             event->event == SDL_WINDOWEVENT_FOCUS_LOST)
        look_at_focus(platform);
    else if (event->windowID == SDL_GetWindowID(platform->window))
        take_main_window(platform, event);
    else if (event->event == SDL_WINDOWEVENT_EXPOSED ||
             event->event == SDL_WINDOWEVENT_SIZE_CHANGED)
        display_redraw_dark(platform);
    /* The pointer's comings and goings change no window. */
    if (event->event != SDL_WINDOWEVENT_ENTER && event->event != SDL_WINDOWEVENT_LEAVE) {
        platform->redraw_at = platform_now() + REDRAW_NS;
        present_changed(&platform->present);
    }
}

/* True if event is filled at once; otherwise what it gave is pending. */
static bool take(struct platform *platform, SDL_Event *from, struct platform_event *event)
{
    switch (from->type) {
    case SDL_KEYDOWN:
    case SDL_KEYUP:
        take_key(platform, &from->key);
        return false;
    case SDL_TEXTINPUT:
        return text_take_typed(platform, from, event);
    case SDL_TEXTEDITING:
    case SDL_TEXTEDITING_EXT:
        return text_take_edited(platform, from, event);
    case SDL_MOUSEMOTION:
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
    case SDL_MOUSEWHEEL:
        return take_mouse(platform, from, event);
    case SDL_WINDOWEVENT:
        take_window(platform, &from->window);
        return false;
    case SDL_DISPLAYEVENT:
        platform->displays_changed = true;
        return false;
    case SDL_DROPBEGIN:
    case SDL_DROPFILE:
    case SDL_DROPTEXT:
    case SDL_DROPCOMPLETE:
        return drops_take(platform, &from->drop, event);
    case SDL_QUIT:
        push(platform, PLATFORM_QUIT);
        return false;
    default:
        break;
    }
    if (from->type == platform->wake_type && SDL_AtomicSet(&platform->wake_asked, 0) != 0)
        push(platform, PLATFORM_WOKEN);
    return false;
}

/* Whether the frame that the display was given last is shown, or nobody waits for that any more. */
static bool look_for_shown(struct platform *platform, time_ns now)
{
    if (platform->shown.by == TIME_NEVER)
        return false;
    bool waits = present_waits(&platform->present);
    if (waits && now < platform->shown.by)
        return false;
    platform->shown.at = waits ? TIME_NEVER : now;
    platform->shown.by = TIME_NEVER;
    return true;
}

/* What comes from elsewhere than SDL's queue. */
static bool look_around(struct platform *platform, time_ns now, struct platform_event *event)
{
    pointer_run(platform, now);
    links_run(platform);
    if (look_for_shown(platform, now)) {
        event->kind = PLATFORM_WOKEN;
        return true;
    }
    if (platform->fullscreen_at != TIME_NEVER &&
        (platform->focused || now >= platform->fullscreen_at))
        display_fullscreen_late(platform);
    if (now >= platform->redraw_at) {
        platform->redraw_at = TIME_NEVER;
        display_redraw_dark(platform);
        push(platform, PLATFORM_EXPOSED);
        return pop(platform, event);
    }
    if (platform->displays_changed) {
        platform->displays_changed = false;
        display_settle(platform);
        push_resized(platform);
        return pop(platform, event);
    }
    if (platform->players != NULL)
        players_look(platform->players);
    if (platform->motion != NULL && motion_changed(platform->motion, &event->reduced)) {
        event->kind = PLATFORM_MOTION;
        return true;
    }
    return false;
}

/* How long SDL may sleep. */
static time_ns rest(const struct platform *platform, time_ns now, time_ns until)
{
    time_ns wake_at = time_min(until, now + CLOCK_ALIVE_NS);
    wake_at = time_min(wake_at, time_min(platform->pointer_hide_at, platform->redraw_at));
    wake_at = time_min(wake_at, time_min(platform->fullscreen_at, platform->shown.by));
    wake_at = time_min(wake_at, links_look_at(platform, now));
    if (platform->motion != NULL && motion_waiting(platform->motion) &&
        now < platform->opened_at + MOTION_PATIENCE_NS)
        wake_at = time_min(wake_at, now + MOTION_LOOK_NS);
    if (platform->players != NULL && players_waiting(platform->players, now))
        wake_at = time_min(wake_at, now + MOTION_LOOK_NS);
    return time_max(wake_at - now, 0);
}

/* SDL knows milliseconds.  A wait is rounded up, for one that ends a little early would spin
 * through the last millisecond; but frames would be uneven by as much, so before one that last part
 * is slept here, where nothing is heard meanwhile. */
static int sleep_ms(time_ns ns)
{
    if (ns >= FRAME_WAIT_NS)
        return (int)((ns + NS_PER_MS - 1) / NS_PER_MS);
    if (ns > 0 && ns < NS_PER_MS) {
        const struct timespec part = {.tv_nsec = (long)ns};
        (void)nanosleep(&part, NULL);
    }
    return (int)(ns / NS_PER_MS);
}

/* SDL_PollEvent marks the end of each round in the queue and stops at a mark left from before,
 * with events still behind it; so the queue is read directly. */
static bool next_queued(SDL_Event *from)
{
    while (SDL_PeepEvents(from, 1, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1) {
        if (from->type != SDL_POLLSENTINEL)
            return true;
    }
    return false;
}

static bool poll_sdl(SDL_Event *from)
{
    if (next_queued(from))
        return true;
    SDL_PumpEvents();
    return next_queued(from);
}

/* The same, and the wait too. */
static bool wait_without_sdl(struct platform *platform, int ms, SDL_Event *from)
{
    if (next_queued(from))
        return true;
    drops_wait(platform, 0);
    bool came = next_queued(from);
    bool shown = platform->shown.by != TIME_NEVER && !present_waits(&platform->present);
    if (came || shown || ms == 0)
        return came;
    drops_wait(platform, ms);
    return next_queued(from);
}

/* Under X11, where nothing is rounded and every wait is this one. */
static bool wait_for_x11(struct platform *platform, time_ns ns, SDL_Event *from)
{
    if (next_queued(from))
        return true;
    if (x11_link_there(platform) && poll_sdl(from))
        return true;
    if (ns == 0 || x11_link_lost(platform))
        return false;
    x11_link_sleep(platform, ns);
    return x11_link_there(platform) && poll_sdl(from);
}

/* Off screen there is nothing to wait for: only what the program itself pushed is looked at.  SDL
 * does not wait where something may be dropped, nor for a frame to be shown, for which it would not
 * return. */
static bool next_from_sdl(struct platform *platform, time_ns ns, SDL_Event *from)
{
    if (SDL_AtomicGet(&platform->wake_asked) != 0) {
        *from = (SDL_Event){.type = platform->wake_type};
        return true;
    }
    if (platform->x11_link != NULL)
        return wait_for_x11(platform, ns, from);
    int ms = platform->params.offscreen ? 0 : sleep_ms(ns);
    if (drops_may_come(platform) || platform->shown.by != TIME_NEVER)
        return wait_without_sdl(platform, ms, from);
    if (ms == 0)
        return poll_sdl(from);
    signals_accept(true);
    bool came = SDL_WaitEventTimeout(from, ms) != 0;
    signals_accept(false);
    return came;
}

/* What was heard before the server went, then that the visit is to end. */
static bool next_at_the_end(struct platform *platform, struct platform_event *event)
{
    SDL_Event from;
    while (!pop(platform, event)) {
        if (next_queued(&from)) {
            if (take(platform, &from, event))
                return true;
            continue;
        }
        if (platform->end_said)
            return false;
        platform->end_said = true;
        push(platform, PLATFORM_QUIT);
    }
    return true;
}

bool platform_wait(struct platform *platform, time_ns timeout_ns, struct platform_event *event)
{
    SDL_Event from;
    time_ns now = platform_now();
    time_ns until = time_add(now, timeout_ns);
    event->kind = PLATFORM_NONE;
    event->key = (struct key){.typed = KEY_NONE, .position = KEY_NONE};
    event->reduced = false;
    event->path[0] = '\0';
    event->text[0] = '\0';
    for (;;) {
        if (x11_link_lost(platform))
            return next_at_the_end(platform, event);
        if (pop(platform, event) || look_around(platform, now, event))
            return true;
        if (next_from_sdl(platform, rest(platform, now, until), &from)) {
            bool waits = from.type == SDL_KEYDOWN && text_waits(platform, &from);
            if (!waits && take(platform, &from, event))
                return true;
            now = platform_now();
            continue;
        }
        now = platform_now();
        if (platform->params.offscreen || now >= until)
            return false;
    }
}

void platform_wake(struct platform *platform)
{
    SDL_Event event = {.type = platform->wake_type};
    if (SDL_AtomicCAS(&platform->wake_asked, 0, 1) && SDL_AtomicGet(&platform->wakes_by_sdl) != 0)
        (void)SDL_PushEvent(&event);
    drops_wake(platform);
}
