#include "drop.h"

#include "lacrima/base/text.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One that is dropped. */
struct thing {
    enum goal goal;
    const char *path;
    int32_t tag; /* of the shelf's entry; 0: it is on none */
};

static bool hear(struct app *app, struct drop *drop, const struct thing *thing, bool *next)
{
    struct stat status;
    struct audio_part part = {.path = thing->path,
                              .folder = stat(thing->path, &status) == 0 && S_ISDIR(status.st_mode)};
    if (thing->tag > 0)
        kept_part(app, thing->tag, &part);
    bool soon = session_opens(&app->session, BROUGHT_MUSIC);
    return audio_music_bring(app->audio, &part, drop->songs++, soon, next);
}

static bool look(struct app *app, const struct drop *drop, const struct thing *thing, time_ns now)
{
    enum library_kind kind = thing->goal == GOAL_TEXT   ? LIBRARY_TEXT
                             : thing->goal == GOAL_FILM ? LIBRARY_FILM
                                                        : LIBRARY_PHOTOS;
    char path[PLATFORM_PATH_BYTES];
    (void)text_copy(path, sizeof path, thing->path);
    const struct library_item item = {.kind = kind, .path = path, .tag = thing->tag};
    return app_add_reading(app, &item, drop->taken == 0, now);
}

/* The end of a path, which may end with a slash. */
static void name_of(char *name, size_t size, const char *path)
{
    char whole[PLATFORM_PATH_BYTES];
    (void)text_copy(whole, sizeof whole, path);
    size_t length = strlen(whole);
    while (length > 1 && whole[length - 1] == '/')
        whole[--length] = '\0';
    const char *slash = strrchr(whole, '/');
    (void)text_copy(name, size, slash != NULL && slash[1] != '\0' ? slash + 1 : whole);
}

static void join(struct app *app, struct drop *drop, const char *path, const struct thing *thing,
                 time_ns now)
{
    struct error error;
    bool next = true;
    bool joined =
        thing->goal == GOAL_MUSIC ? hear(app, drop, thing, &next) : look(app, drop, thing, now);
    if (!joined) {
        drop->refused = true;
        (void)error_set(&error, gettext("%s: there is no room for it"), path);
        app_say(app, LOG_WARN, error.text);
        return;
    }
    if (drop->taken++ > 0)
        return;
    drop->first = thing->goal;
    drop->first_shelf = thing->tag > 0;
    drop->first_next = next;
    name_of(drop->name, sizeof drop->name, path);
}

void drop_take(struct app *app, struct drop *drop, const char *path, time_ns now)
{
    struct error error;
    /* Who writes has let go of the file in the wrong place. */
    drop->writing = drop->writing || session_takes_text(&app->session);
    if (drop->writing)
        return;
    struct thing thing = {.goal = goal_of(path, &error)};
    if (thing.goal == GOAL_NONE) {
        app_say(app, LOG_WARN, error.text);
        drop->refused = true;
        return;
    }
    /* By whichever way it is reached, it is one thing. */
    char *real = realpath(path, NULL);
    thing.path = real != NULL ? real : path;
    thing.tag = kept_take(app, goal_shelf_kind(thing.goal), thing.path, now);
    join(app, drop, path, &thing, now);
    free(real);
}

static const char *words_of_missed(enum platform_missed missed)
{
    switch (missed) {
    case PLATFORM_MISSED_TEXT:
        return gettext("Only files and folders can be dropped here. In a letter, Ctrl+V takes "
                       "what was copied.");
    case PLATFORM_MISSED_LONG:
        return gettext("What was dropped has too long a path to be opened.");
    case PLATFORM_MISSED_ALL:
        return gettext("What was dropped is no file on this computer.");
    case PLATFORM_MISSED_LATE:
        return gettext("What was dropped did not come whole, and was left where it is.");
    case PLATFORM_MISSED_NOTHING:
        break;
    }
    return NULL;
}

/* Of what is no shelf's to keep. */
static const char *words_of(enum goal goal)
{
    return goal == GOAL_MUSIC  ? gettext("Added to the music: %s")
           : goal == GOAL_TEXT ? gettext("Added to what can be read: %s")
           : goal == GOAL_FILM ? gettext("Added to the films: %s")
                               : gettext("Added to the photographs: %s");
}

static void say(struct app *app, const struct drop *drop, size_t fresh, time_ns now)
{
    struct event event = {.kind = EVENT_NOTICE, .at = now, .shelf = fresh > 0};
    char name[EVENT_TEXT_BYTES];
    char shown[EVENT_TEXT_BYTES];
    (void)text_shorten(shown, sizeof shown, drop->name, SHOWN_PATH_CHARS);
    (void)text_fill(name, sizeof name,
                    drop->taken > 1 ? gettext("%s, and what came with it") : "%s", shown);
    const char *words = fresh > 0           ? gettext("On your shelf: %s. K takes it off again.")
                        : drop->first_shelf ? gettext("On your shelf already: %s")
                                            : words_of(drop->first);
    (void)text_fill(event.text, sizeof event.text, words, name);
    app_say(app, LOG_INFO, event.text);
    app_event(app, &event);
}

static void open_it(struct app *app, const struct drop *drop, time_ns now)
{
    bool music = drop->first == GOAL_MUSIC;
    struct event event = {
        .kind = EVENT_BROUGHT, .at = now, .value = music ? BROUGHT_MUSIC : BROUGHT_READING};
    if (drop->first_next)
        app_event(app, &event);
}

void drop_end(struct app *app, struct drop *drop, enum platform_missed missed, time_ns now)
{
    const char *words = words_of_missed(missed);
    size_t fresh = 0;
    bool shelved = kept_shelve(app, &fresh);
    if (drop->writing && words == NULL)
        words = gettext("Here a letter is written: what was dropped was left where it is.");
    if (words != NULL)
        app_say(app, LOG_WARN, words);
    else if (drop->taken > 0 && shelved && (fresh > 0 || !drop->refused))
        say(app, drop, fresh, now);
    if (drop->taken > 0)
        open_it(app, drop, now);
    *drop = (struct drop){.taken = 0};
}
