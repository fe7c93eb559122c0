/* Platform: the window, its displays, the keyboard, the clipboard and the clock, through SDL2.
 *
 * One window, one thread (the one that created it).  Borderless desktop full-screen, no mode
 * switch.  X11 and Wayland; SDL's offscreen driver for --render. */
#ifndef LACRIMA_PLATFORM_H
#define LACRIMA_PLATFORM_H

#include "lacrima/base/boxes.h"
#include "lacrima/base/error.h"
#include "lacrima/base/time.h"
#include "lacrima/core/key.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct platform; /* owned by who created it */

struct platform_params {
    const char *title;
    bool offscreen; /* no window on any display: SDL's offscreen driver, virtual time */
    bool gles;      /* ask for GLES 3.0 first (tests); otherwise GL 3.3 core, then GLES 3.0,
                       then both again in software */
    bool windowed;
    int width, height;   /* windowed or offscreen size; 0: 1280x800 */
    const char *display; /* number from 0, name, "pointer", or NULL for the desktop's choice */
    bool others_dark;    /* black borderless windows on the other displays */
    /* Hears one plain line when something is not as asked but the visit goes on (a display that
     * does not exist, software drawing); NULL: nobody. */
    void (*say)(void *user, const char *line);
    void *say_user;
    /* The line for standard error where the display server goes: PLATFORM_QUIT comes then, and
     * platform_lost() says why.  Where Xlib finds its server gone in the middle of a call it cannot
     * go back: the window's thread calls keep, and the program ends at once with status 1.  NULL:
     * Xlib's own line and end; nothing to keep. */
    const char *lost_line;
    void (*keep)(void *user);
    void *keep_user;
};

enum platform_event_kind {
    PLATFORM_NONE,
    PLATFORM_KEY_DOWN, /* key (mouse clicks and wheel arrive as Space, Esc, Up, Down, except while
                          text is taken) */
    PLATFORM_KEY_UP,
    /* Only while text is taken (platform_text_begin): */
    PLATFORM_TEXT,    /* text: typed, by the layout, dead keys, Compose or an input method */
    PLATFORM_COMPOSE, /* text: an input method's unfinished text, all of it, "" when there is none
                         any more; from, to: its cursor, or the part being worked on, in bytes */
    PLATFORM_POINT,   /* x_px, y_px, clicks, key.modifiers: the left button went down */
    PLATFORM_POINT_MOVE, /* x_px, y_px: the pointer moved with the button down */
    PLATFORM_POINT_END,  /* x_px, y_px: the button went up */
    PLATFORM_SCROLL,     /* steps: the wheel, downwards above 0 */
    PLATFORM_RESIZED,    /* drawable size or display changed: ask platform_drawable_size */
    PLATFORM_EXPOSED,    /* draw again even if nothing changed */
    PLATFORM_HIDDEN,     /* not visible: do not draw (swap may block) */
    PLATFORM_SHOWN,
    PLATFORM_FOCUS_IN,
    PLATFORM_FOCUS_OUT,
    PLATFORM_DROPPED,  /* path: a file or folder was dropped on the window */
    PLATFORM_DROP_END, /* missed: that was all of it, and why some of it was not passed on */
    PLATFORM_MOTION,   /* reduced: the desktop's reduced-motion setting is now known or changed */
    PLATFORM_WOKEN,    /* platform_wake was called */
    PLATFORM_QUIT      /* the window manager or a signal asks to close */
};

/* What of a drop is no path.  Text is passed on to nobody, and overwritten. */
enum platform_missed {
    PLATFORM_MISSED_NOTHING,
    PLATFORM_MISSED_TEXT,
    PLATFORM_MISSED_LONG, /* a path that is too long */
    PLATFORM_MISSED_ALL,  /* there was nothing in it that lies on this machine */
    PLATFORM_MISSED_LATE  /* whoever had it did not give it in time: none of it is passed on */
};

#define PLATFORM_PATH_BYTES 4096
#define PLATFORM_TEXT_BYTES 1024
#define PLATFORM_STEPS_MAX  12

struct platform_event {
    enum platform_event_kind kind;
    struct key key;
    bool reduced;
    int x_px, y_px; /* of the drawable, y down; may lie outside of it */
    int clicks;     /* 2: the second of a double click, and so on */
    int steps;      /* of a wheel, -PLATFORM_STEPS_MAX..PLATFORM_STEPS_MAX */
    uint32_t from, to;
    char text[PLATFORM_TEXT_BYTES]; /* UTF-8; the receiver overwrites it when it has it */
    char path[PLATFORM_PATH_BYTES];
    enum platform_missed missed;
};

/* Opens the window with a current GL context.  On failure *platform is NULL and the error says
 * what was tried and what to install. */
bool platform_create(struct platform **platform, const struct platform_params *params,
                     struct error *error);

/* Waits at most timeout_ns (0: only looks; TIME_NEVER: as long as it takes) for an event.
 * Returns false, with kind PLATFORM_NONE, if none came.  Does not poll: the process sleeps. */
bool platform_wait(struct platform *platform, time_ns timeout_ns, struct platform_event *event);

/* Makes platform_wait return PLATFORM_WOKEN soon.  From any thread; a signal-safe subset is not
 * promised. */
void platform_wake(struct platform *platform);

/* Other programs that play (MPRIS, over the session bus) are asked to pause; those that were asked
 * are asked to go on, unless somebody has meanwhile seen to them.  Neither waits. */
void platform_players_pause(struct platform *platform);
void platform_players_resume(struct platform *platform);

/* Of a larger window only so much is drawn into. */
#define PLATFORM_SIZE_MAX_PX 16384
void platform_drawable_size(const struct platform *platform, int *width_px, int *height_px);

/* Whether the display server has gone: PLATFORM_QUIT has come for that.  Says the line for it,
 * once. Under X11 the program has some seconds from then on. */
bool platform_lost(const struct platform *platform);

/* Whether the context is GLES. */
bool platform_gles(const struct platform *platform);

/* After the GL context was lost: makes another one current, for the same window or (in_software)
 * for a new one that the processor draws, whose title is the usual one.  May be called again after
 * it failed, if only with in_software. */
bool platform_restore(struct platform *platform, bool in_software, struct error *error);

/* Shows what was drawn.  May wait for the display's refresh. */
void platform_swap(struct platform *platform);

/* The same where only these boxes differ from what is shown. */
void platform_swap_boxes(struct platform *platform, const struct boxes *boxes);

/* What the display says of the frame that it was given last. */
struct platform_shown {
    time_ns at; /* when it said that it shows it; TIME_NEVER: it does not say */
    time_ns by; /* how long that is waited for, in which at is TIME_NEVER; TIME_NEVER: it is not */
};

/* platform_wait returns PLATFORM_WOKEN when a frame that is waited for is shown. */
struct platform_shown platform_shown(const struct platform *platform);

/* How many swaps ago the picture was drawn that is in the buffer to be drawn into: 1: it is the
 * last one; 0: nothing is known of it.  To be asked before each drawing. */
int platform_buffer_age(struct platform *platform);

/* Whether swaps wait for the display (vsync); if not the loop keeps its own pace. */
bool platform_vsync(const struct platform *platform);

void platform_toggle_fullscreen(struct platform *platform);
bool platform_fullscreen(const struct platform *platform);

/* Moves to the next display; returns its name (which lives until the next call), or NULL if
 * there is only one. */
const char *platform_next_display(struct platform *platform);

/* The name of the display the window is on now; never NULL. */
const char *platform_display_name(const struct platform *platform);

void platform_set_title(struct platform *platform, const char *title);

/* Keeps the screen from blanking, or lets it.  Released by destroy in any case. */
void platform_keep_awake(struct platform *platform, bool awake);

/* Neutral: pointer shown at once and plain (curtain).  Otherwise the pointer hides after 2 s
 * without movement, by itself inside platform_wait, and on key presses. */
void platform_pointer_neutral(struct platform *platform, bool neutral);

/* Between these two somebody takes text: what keys type comes as PLATFORM_TEXT and not as keys,
 * except with Ctrl or Super, or where they type nothing (Enter, Tab, arrows, Backspace ...); a key
 * that has been held since before types nothing; the mouse points.  At all other times no text is
 * composed, so that dead keys are keys.  End overwrites what SDL's queue still holds of the text;
 * an input method, the X server or the compositor have heard it as well.  Both may be called again.
 */
void platform_text_begin(struct platform *platform);
void platform_text_end(struct platform *platform);

/* Where the cursor stands, so that an input method shows its choices beside it. */
void platform_text_box(struct platform *platform, int x_px, int y_px, int width_px, int height_px);

/* Puts UTF-8 on the desktop's clipboard, where every program can read it; only when a person asks
 * for it. */
bool platform_clipboard_set(struct platform *platform, const char *text, struct error *error);

/* What is on the clipboard, "" if it is no text; cut at a character after bytes_max.  NULL without
 * memory.  Given back with platform_clipboard_drop, which overwrites it (NULL is fine). */
char *platform_clipboard_get(struct platform *platform, size_t bytes_max);
void platform_clipboard_drop(char *text);

/* Gives a tel:, mailto:, sms: or https: link to the desktop (xdg-open, without a shell) and returns
 * at once.  Fails for any other link and where there is no opener; if the opener itself finds no
 * program, params.say is told within seconds.  An offscreen platform opens nothing. */
bool platform_open_link(struct platform *platform, const char *url, struct error *error);

/* Accepts NULL; nulls the handle. */
void platform_destroy(struct platform **platform);

/* Time since the first call, suspended time included (CLOCK_BOOTTIME, else CLOCK_MONOTONIC). */
time_ns platform_now(void);

/* How much of platform_now() the machine has spent suspended so far, or the process stopped
 * (SIGSTOP), as far as the system tells; only grows. */
time_ns platform_suspended(void);

/* Reads a script's key: SDL's names in any case with modifiers, "Ctrl+Return", "shift+n", "1".
 * Works without a window.  Returns false if there is no such key. */
bool platform_key_from_name(const char *name, struct key *key);

#endif
