#include "listened.h"

#include "app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LONG_S      600.0 /* shorter than this, a piece begins at its beginning */
#define BEGINNING_S 20.0  /* left so soon, or so near its end, so does a long one */

/* What a song is known by.  It is its path as it was given, and no more: to ask the file system for
 * its true one would wait for a disk that sleeps. */
static char *name_of(const char *path)
{
    char here[CONFIG_PATH_BYTES];
    bool relative = path[0] != '/' && getcwd(here, sizeof here) != NULL;
    size_t size = sizeof CONFIG_PLACE_NAME + (relative ? strlen(here) + 1 : 0) + strlen(path);
    char *name = malloc(size);
    if (name != NULL)
        (void)snprintf(name, size, "%s%s%s%s", CONFIG_PLACE_NAME, relative ? here : "",
                       relative ? "/" : "", path);
    return name;
}

static const struct config_places *places_of(struct listened *listened)
{
    if (!listened->read)
        config_places_read(&listened->places, listened->path);
    listened->read = true;
    return &listened->places;
}

static double place_of(void *user, const char *path)
{
    struct listened *listened = &((struct app *)user)->listened;
    char *name = name_of(path);
    if (name == NULL)
        return 0.0;
    double place_s = (double)config_place(places_of(listened), name) / 1000.0;
    free(name);
    return place_s;
}

static void keep_place(void *user, const char *path, double place_s, double length_s)
{
    struct app *app = user;
    struct listened *listened = &app->listened;
    if (length_s < LONG_S)
        return;
    char *name = name_of(path);
    if (name == NULL)
        return;
    if (place_s < BEGINNING_S || place_s > length_s - BEGINNING_S)
        place_s = 0.0;
    uint64_t ms = (uint64_t)(place_s * 1000.0);
    if (config_place(places_of(listened), name) == ms) {
        free(name);
        return;
    }
    config_set_place(&listened->places, name, ms);
    size_t i = 0;
    while (i < listened->count && strcmp(listened->news[i].name, name) != 0)
        i++;
    if (i == LISTENED_NEWS) {
        listened_write(app);
        i = listened->count;
    }
    if (i == listened->count) {
        listened->news[i].name = name;
        listened->count++;
    } else {
        free(name);
    }
    listened->news[i].ms = ms;
}

struct audio_playing listened_playing(struct app *app)
{
    const struct settings *settings = &app->session.settings;
    bool kept = settings->sound_remember_place && app->listened.path[0] != '\0';
    return (struct audio_playing){.crossfade = SECONDS(settings->sound_crossfade_s),
                                  .gapless = settings->sound_gapless,
                                  .loop = settings->sound_loop,
                                  .place_of = kept ? place_of : NULL,
                                  .keep_place = kept ? keep_place : NULL,
                                  .user = app};
}

void listened_add(struct app *app)
{
    const struct options *options = app->options;
    for (size_t i = 0; i < options->music_count; i++)
        (void)audio_music_add(app->audio, options->music[i]);
    if (options->music_count > 0)
        return;
    kept_songs(app);
    for (size_t i = 0; i < app->config.music.count; i++)
        (void)audio_music_add(app->audio, app->config.music.paths[i]);
}

void listened_write(struct app *app)
{
    struct listened *listened = &app->listened;
    struct error error;
    if (listened->count == 0)
        return;
    config_places_read(&listened->places, listened->path);
    for (size_t i = 0; i < listened->count; i++) {
        config_set_place(&listened->places, listened->news[i].name, listened->news[i].ms);
        free(listened->news[i].name);
    }
    listened->count = 0;
    if (config_places_write(&listened->places, listened->path, &error) || listened->failed)
        return;
    listened->failed = true;
    app_say(app, LOG_WARN, error.text);
}
