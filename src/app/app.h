/* App: the wiring between the session and the world, the same for a visit and a recording.
 * Only app sees every other module. */
#ifndef LACRIMA_APP_APP_H
#define LACRIMA_APP_APP_H

#include "events.h"
#include "kept.h"
#include "letter.h"
#include "listened.h"
#include "options.h"
#include "reader.h"
#include "script.h"
#include "voice.h"

#include "lacrima/audio.h"
#include "lacrima/config.h"
#include "lacrima/core/session.h"
#include "lacrima/platform.h"
#include "lacrima/render.h"

#define APP_TITLE         "Lacrima"
#define APP_NEUTRAL_TITLE "Desktop"
/* Of a path that is shown, so that its line needs no smaller size. */
#define SHOWN_PATH_CHARS 60

struct app {
    const struct options *options;
    struct config config;
    char state_path[CONFIG_PATH_BYTES]; /* "": nothing is kept */
    char about_path[CONFIG_PATH_BYTES];
    char places_path[CONFIG_PATH_BYTES];
    struct listened listened;
    struct settings kept;    /* as the files said, before the command line */
    struct settings started; /* as the visit began, or as they were when last kept */
    bool state_dirty;
    bool about_dirty;
    struct kept kept_shelf;
    bool state_failed; /* said once */
    struct session session;
    struct session ahead; /* a copy, run ahead to see what will be heard */
    time_ns foreseen;     /* the deadline up to which that was done; 0: none */
    struct platform *platform;
    struct render *render;
    int render_width, render_height; /* px, of the field now */
    struct audio *audio;
    struct reader *reader;
    struct letter *letter;
    struct voice *voice; /* NULL until one is asked for */
    bool page_is_letter; /* whose page is on the field: the letter's, or the reader's */
    bool takes_text;     /* what the platform was told last */
    char letters_path[CONFIG_PATH_BYTES];
    struct events_log log;
    struct script script;
    struct scene scenes[2];      /* the last one drawn, and the next */
    unsigned drawn_scene;        /* which is which */
    const struct page *page;     /* what stands over the scene, borrowed; NULL: none */
    uint64_t drawn_page_version; /* of the last one drawn; 0: there was none */
    uint64_t drawn_film;         /* which picture of a film was drawn */
    struct boxes changed;        /* outside of them the frame is as the one before */
    bool drawn;                  /* it has been drawn and still stands */
    time_ns reached;             /* up to when the session is being run */
    enum cue belated; /* what was due while a swap held everything up, and is still to sound */
    bool quit;
    char trouble[ERROR_TEXT_BYTES]; /* why the program ends by itself; "": it does not */
    time_ns waits_since;            /* for a folder that is being read; TIME_NEVER: for none */
    bool waits_said;
    bool notice_waits; /* something was said that the field has not shown yet */
    char notice[EVENT_TEXT_BYTES];
    unsigned long frames;
};

/* Reads config, state and options, and creates what plays and draws.  app: all zero.  exit_status
 * is 1 or 2 on failure. */
bool app_create(struct app *app, const struct options *options, int *exit_status,
                struct error *error);
void app_destroy(struct app *app);

/* Writes a line to standard error if the level is wanted; warnings and errors also wait for
 * the field. */
void app_say(struct app *app, enum log_level level, const char *line);

/* Reads config, state and options into the session's settings. */
void app_settings(struct app *app);

/* The settings as they are to be kept: the files' own, with what keys have changed. */
void app_changed_settings(const struct app *app, struct settings *settings);

/* Carries out what the session has asked for, and empties the list. */
void app_carry_out(struct app *app, struct effects *effects);

/* Takes into what is kept the answers of "about you" as their file says them now. */
void app_refresh_answers(struct app *app);

/* The same of the state's file. */
void app_refresh_state(struct app *app);

/* Begins the session at time 0. */
void app_begin(struct app *app);

/* Handles everything due up to now, in order, at its own time. */
void app_run_until(struct app *app, time_ns now);

/* Runs up to the event's time, then gives it to the session. */
void app_event(struct app *app, const struct event *event);

/* Runs up to the time, then gives typed text (UTF-8) to whoever takes text; nobody: it is lost.  It
 * is copied nowhere and said nowhere. */
void app_text(struct app *app, const char *utf8, time_ns at);

/* What an input method composes, and where the mouse points, while text is taken. */
void app_compose(struct app *app, const char *utf8, uint32_t to, time_ns at);
void app_point(struct app *app, const struct platform_event *heard, time_ns at);
/* After a frame: the input method is told where the cursor is now. */
void app_settle_box(struct app *app);
/* Whether the page stays as it was drawn for a while (letter_calm.c). */
bool app_letter_stays(const struct app *app, time_ns now, time_ns *until);

/* Tells audio what the session will ask for next, so that it is ready by then. */
void app_foresee(struct app *app);

/* Takes what audio has to say, and the field's waiting notice. */
void app_poll(struct app *app, time_ns now);

/* While a folder is read that somebody waits for, one quiet line says so, once it takes a while. */
void app_poll_waiting(struct app *app, time_ns now);
time_ns app_waiting_deadline(const struct app *app);

/* Plays the script's lines that are due at script time `script_now`; `now` is session time.
 * Returns the time that `suspend` lines added. */
time_ns app_play_script(struct app *app, time_ns script_now, time_ns now);

/* Draws if the picture has changed (or `anyway`, and then all of it); true if it drew.  until: when
 * it may change next. */
bool app_draw(struct app *app, time_ns now, bool anyway, time_ns *until);

/* The drawing of this scene failed, as it does when the graphics card was reset: begins anew in
 * another context, at last in software, and draws it there.  False, with a line, if nothing helps.
 */
bool app_restore_drawing(struct app *app, const struct scene *scene, struct error *error);

/* The field has another size from now on. */
void app_resize(struct app *app, int width_px, int height_px, time_ns at);

/* A message as the person's language has it. */
const char *app_translate(const char *message_id);

/* A sentence of the person's goes to the clipboard, or into the link they asked to open. */
void app_copy(struct app *app, const struct effect *effect);
void app_open(struct app *app, const struct effect *effect);

/* What there is to read; nothing of it is opened before somebody wants to. */
bool app_create_reader(struct app *app, struct error *error);

/* The answers to what the session has asked to be read. */
void app_take_read(struct app *app, time_ns now);

/* The letter's keeper; nothing is opened before somebody wants to write. */
bool app_create_letter(struct app *app, struct error *error);
void app_take_letter(struct app *app, time_ns now);
/* Before the session hears of a key it knows how long the letter's lines take to leave. */
void app_plan_letter(struct app *app);
/* A screen comes: with the landing, and at home, the folded letters are closed. */
void app_close_letters(struct app *app, const char *screen);

/* What the session asks of the two whose page is on the field. */
void app_ask_letter(struct app *app, const struct effect *effect);
void app_ask_reader(struct app *app, const struct effect *effect);

/* The platform takes text while the session does. */
void app_settle_text(struct app *app);

/* A text, a picture or a folder of pictures joins what there is to read; first: it is chosen next.
 * False if there is no room. */
bool app_add_reading(struct app *app, const struct library_item *item, bool first, time_ns now);

void app_keep_state(struct app *app);

/* Saves what is kept, and lets words and sounds fade; within a second, or until asked again. */
void farewell(struct app *app, bool hidden);
/* Saves what is kept when the desktop has gone. */
void farewell_keep(struct app *app);
/* What the platform is told of that. */
void farewell_lost(struct app *app, struct platform_params *params);

/* The two drivers; they return the exit status. */
int live_run(struct app *app, struct error *error);
int record_run(struct app *app, const char *where, struct error *error);

#endif
