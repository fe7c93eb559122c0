#include "drop.h"

#include "goal.h"

#include "lacrima/base/text.h"

#include <libintl.h>
#include <string.h>

static bool join(struct app *app, enum goal goal, const char *path, time_ns now)
{
    if (goal == GOAL_MUSIC)
        return audio_music_add(app->audio, path);
    enum library_kind kind = goal == GOAL_TEXT   ? LIBRARY_TEXT
                             : goal == GOAL_FILM ? LIBRARY_FILM
                                                 : LIBRARY_PHOTOS;
    return app_add_reading(app, kind, path, now);
}

static const char *words_of(enum goal goal)
{
    return goal == GOAL_MUSIC  ? gettext("Added to the music: %s")
           : goal == GOAL_TEXT ? gettext("Added to what can be read: %s")
           : goal == GOAL_FILM ? gettext("Added to the films: %s")
                               : gettext("Added to the photographs: %s");
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

void drop_take(struct app *app, struct drop *drop, const char *path, time_ns now)
{
    struct error error;
    enum goal goal = goal_of(path, &error);
    if (goal == GOAL_NONE) {
        app_say(app, LOG_WARN, error.text);
        drop->refused = true;
    } else if (join(app, goal, path, now)) {
        char name[EVENT_TEXT_BYTES];
        name_of(name, sizeof name, path);
        if (drop->taken++ == 0)
            (void)text_fill(drop->line, sizeof drop->line, words_of(goal), name);
    } else {
        drop->refused = true;
        (void)error_set(&error, gettext("%s: there is no room for it"), path);
        /* Why music is not taken has been said. */
        if (goal != GOAL_MUSIC)
            app_say(app, LOG_WARN, error.text);
    }
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
    case PLATFORM_MISSED_NOTHING:
        break;
    }
    return NULL;
}

void drop_end(struct app *app, struct drop *drop, enum platform_missed missed, time_ns now)
{
    const char *words = words_of_missed(missed);
    if (words != NULL) {
        app_say(app, LOG_WARN, words);
    } else if (drop->taken > 0 && !drop->refused) {
        struct event event = {.kind = EVENT_NOTICE, .at = now};
        (void)text_fill(event.text, sizeof event.text,
                        drop->taken > 1 ? gettext("%s, and what came with it") : "%s", drop->line);
        app_say(app, LOG_INFO, event.text);
        app_event(app, &event);
    }
    *drop = (struct drop){.taken = 0};
}
