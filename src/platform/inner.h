/* The inside of struct platform, shared by the files of this module only. */
#ifndef LACRIMA_PLATFORM_INNER_H
#define LACRIMA_PLATFORM_INNER_H

#include "compose.h"
#include "idle.h"
#include "motion.h"
#include "players.h"
#include "present.h"

#include "lacrima/platform.h"

#include <SDL.h>
#include <sys/types.h>

#define PLATFORM_DISPLAYS_MAX   16
#define DISPLAY_NAME_BYTES      128
#define PLATFORM_PENDING_MAX    16
#define PLATFORM_LINKS_MAX      4
#define PLATFORM_DEFAULT_WIDTH  1280
#define PLATFORM_DEFAULT_HEIGHT 800

/* Events that one event of SDL's gave more than one of. */
struct pending {
    enum platform_event_kind kind;
    struct key key;
};

/* A black window on another display.  It has a context of its own, so that the renderer's state
 * stays untouched and each keeps its own swap interval. */
struct dark {
    SDL_Window *window;
    SDL_GLContext context;
};

/* A link that is being opened. */
struct link {
    pid_t pid; /* 0: none */
    time_ns began_at;
};

struct platform {
    SDL_Window *window;
    SDL_GLContext context;
    struct platform_params params; /* only what is a plain value; its texts are not kept */
    bool video;                    /* SDL's video was begun and must be ended */
    bool gles;
    void *x11; /* Xlib, while it is used; NULL: it is not */

    /* Displays. */
    struct dark dark[PLATFORM_DISPLAYS_MAX];
    int dark_count;
    char display[DISPLAY_NAME_BYTES]; /* where the window was last seen to be; "": not yet */
    /* The person's choice, or the one that it was taken from; "": wherever it is. */
    char wanted[DISPLAY_NAME_BYTES];
    bool wanted_typed;   /* it may be a part of the name; otherwise it is SDL's */
    bool wanted_missing; /* that display is not there; when it comes, the window goes there */
    bool fullscreen_wanted;
    time_ns fullscreen_at; /* not yet: at the latest then, or with the keyboard; TIME_NEVER: done */
    int fullscreen_display; /* where; -1: where the window is */
    bool displays_changed;
    time_ns redraw_at; /* when to draw once more after a change; TIME_NEVER: no need */

    /* Swaps. */
    struct present present;
    bool vsync;
    time_ns swap_at;     /* when the last swap returned; TIME_NEVER: none yet */
    time_ns swap_streak; /* how long the swaps of the present row took together */
    int swap_count;
    struct platform_shown shown;

    /* Waiting. */
    time_ns opened_at;
    struct pending pending[PLATFORM_PENDING_MAX];
    int pending_first, pending_count;
    Uint32 wake_type;
    SDL_atomic_t wake_asked;
    bool end_said; /* that the X server has gone */
    bool hidden;
    bool focused;
    time_ns focused_at;
    uint8_t keys_down[SDL_NUM_SCANCODES]; /* enum key_state */

    /* Text. */
    bool text;      /* somebody takes it */
    bool composing; /* an input method's unfinished text was passed on last */
    bool
        shift; /* as of the last key taken: SDL's own state is already that of the keys behind it */
    SDL_Rect text_rect;   /* where an input method was told that the cursor is */
    bool text_button;     /* the left button went down while text was taken */
    int32_t text_unmeant; /* the next text is dropped if it is this character; KEY_NONE: none is;
                             below 0: any is */

    struct compose *compose; /* under Wayland; otherwise NULL */

    /* The screen. */
    struct idle *idle; /* under Wayland; NULL: SDL is asked */
    bool awake;        /* it is not to blank */

    struct link links[PLATFORM_LINKS_MAX];

    enum platform_missed dropping; /* what is missed of the drop that comes in */
    struct wl_display *wayland;    /* SDL's connection; NULL: there is none */
    struct x11_link *x11_link;     /* under X11; NULL: SDL waits for it itself */
    int wake_file;                 /* ends a wait that is not SDL's; -1: there is none */
    SDL_atomic_t wakes_by_sdl;     /* ... which is asked to end its own too */

    /* The pointer. */
    SDL_Cursor *pointer_beam; /* over text; NULL: the usual one */
    bool pointer_neutral;
    bool pointer_shown;
    time_ns pointer_hide_at; /* TIME_NEVER: it is hidden already, or stays */

    struct motion *motion;   /* NULL: nobody to ask */
    struct players *players; /* NULL: none was ever spoken to */
};

/* What was passed on of a key that is held. */
enum key_state {
    KEY_STATE_UP,
    KEY_STATE_PASSED, /* its press was passed on, so its release will be */
    KEY_STATE_TYPED,  /* it types, and is no key event */
    KEY_STATE_LEAKED  /* held since before the window had the keyboard: nothing of it counts */
};

/* open.c: SDL's video, the window and the context, by the order of fallbacks. */
bool open_window(struct platform *platform, const struct platform_params *params,
                 struct error *error);
void close_window(struct platform *platform);

/* After the context was lost: another one for the same window; or another window, which is drawn in
 * software. */
bool open_context_again(struct platform *platform, struct error *error);
bool open_window_again(struct platform *platform, struct error *error);

/* What a window has that does not fill its display. */
void window_size(const struct platform_params *params, int *width, int *height);

/* One more window like the main one, not yet full-screen. */
SDL_Window *open_dark_window(int display);

void say(const struct platform *platform, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* display.c */

/* A window position that means the middle of this display. */
static inline int display_middle(int display)
{
    return (int)(SDL_WINDOWPOS_CENTERED_MASK | (unsigned)display);
}

/* The display that was asked for, or -1: the desktop's choice. */
int display_find(const struct platform *platform, const char *wanted);

/* Takes the display that was asked for as the one to come back to; found: what display_find()
 * said. */
void display_want(struct platform *platform, const char *wanted, int found);

/* Notes which display the window is on, just after SDL was told that it stands there. */
void display_note(struct platform *platform, int x, int y);

/* Sets the other displays dark, or clears away what stood there. */
void display_darken_others(struct platform *platform);
void display_undarken(struct platform *platform);

/* Draws the dark windows again. */
void display_redraw_dark(struct platform *platform);

/* Full-screen at last, where it had to wait for the window to be shown. */
void display_fullscreen_late(struct platform *platform);

/* After displays came or went: full-screen where the window is now, or where the person wants
 * it. */
void display_settle(struct platform *platform);

/* x11.c: a stray error of the X server's does not end the visit.  Told before SDL begins its video,
 * which puts back at its end what it found, and after, when it has put its own in its place. */
void x11_overlook_errors(struct platform *platform, const char *driver);
void x11_finish(struct platform *platform);

/* Gives a window whose full-screen has just been changed the size that a window manager would
 * have given it, where there is none. */
void x11_cover(struct platform *platform, SDL_Window *window, int display);

/* drops.c: with a window that has just been opened, or is about to be closed. */
void drops_begin(struct platform *platform);
void drops_end(struct platform *platform);

/* Whether drops_wait must take the place of SDL's own wait: only there a drop is not cut short.  It
 * waits (0: only looks) until something has come and gives it to SDL's queue, which must be empty.
 */
bool drops_may_come(const struct platform *platform);
void drops_wait(struct platform *platform, int ms);

/* Ends the wait, from any thread. */
void drops_wake(struct platform *platform);

/* True if event is filled: none of these events fits into struct pending.  SDL leaves out what is
 * no file of this machine. */
bool drops_take(struct platform *platform, SDL_DropEvent *drop, struct platform_event *event);

/* awake.c: with a window that has just been opened, or is about to be closed. */
void awake_begin(struct platform *platform);
void awake_end(struct platform *platform);

/* pointer.c */
void pointer_begin(struct platform *platform);
void pointer_moved(struct platform *platform);
void pointer_hide(struct platform *platform);
void pointer_run(struct platform *platform, time_ns now);
void pointer_text(struct platform *platform, bool text);

/* link.c: takes in what became of the links, and says when to look again. */
void links_run(struct platform *platform);
time_ns links_look_at(const struct platform *platform, time_ns now);

#endif
