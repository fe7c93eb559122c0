#include "kept.h"

#include "app.h"

#include "lacrima/base/text.h"

#include <string.h>
#include <sys/stat.h>

static void say_fault(void *user, const char *line)
{
    app_say(user, LOG_WARN, line);
}

static void settle_out(struct kept *kept, size_t i)
{
    kept->out[i] =
        kept->today[0] != '\0' && text_equal(kept->shelf.entries[i]->not_today, kept->today);
}

void kept_begin(struct app *app)
{
    struct kept *kept = &app->kept_shelf;
    struct error error;
    bool recording = app->options->render != NULL;
    if (recording && app->options->data_dir == NULL)
        return;
    if (!shelf_path(kept->path, sizeof kept->path, app->options->data_dir, &error)) {
        kept->path[0] = '\0';
        return; /* that there is no home has been said */
    }
    (void)shelf_read(&kept->shelf, kept->path, say_fault, app);
    if (!recording)
        (void)shelf_today(kept->today, sizeof kept->today);
    for (size_t i = 0; i < kept->shelf.count; i++)
        settle_out(kept, i);
}

static void add_song(struct app *app, size_t i)
{
    const struct shelf_entry *entry = app->kept_shelf.shelf.entries[i];
    struct stat status;
    struct audio_part part = {
        .path = entry->path,
        .folder = stat(entry->path, &status) == 0 && S_ISDIR(status.st_mode),
        .from_s = time_seconds(entry->from),
        .to_s = entry->to == TIME_NEVER ? 0.0 : time_seconds(entry->to),
        .fade_in_s = time_seconds(entry->fade_in),
        .fade_out_s = time_seconds(entry->fade_out),
        .tag = (int32_t)i + 1,
    };
    (void)audio_music_add_part(app->audio, &part);
}

void kept_songs(struct app *app)
{
    const struct kept *kept = &app->kept_shelf;
    for (size_t i = 0; i < kept->shelf.count; i++) {
        if (kept->shelf.entries[i]->kind != SHELF_SONG)
            continue;
        add_song(app, i);
        if (kept->out[i])
            (void)audio_music_leave_out(app->audio, (int32_t)i + 1, true, 0);
    }
}

/* The reader looks at `out` itself. */
static void follow(struct app *app, size_t i, time_ns now)
{
    struct kept *kept = &app->kept_shelf;
    bool was = kept->out[i];
    settle_out(kept, i);
    if (was == kept->out[i] || kept->shelf.entries[i]->kind != SHELF_SONG)
        return;
    /* What was left out to the last may have made room for our own pieces. */
    if (!audio_music_leave_out(app->audio, (int32_t)i + 1, kept->out[i], now) && !kept->out[i])
        add_song(app, i);
}

void kept_settle(struct app *app, time_ns now)
{
    struct kept *kept = &app->kept_shelf;
    char today[SHELF_DAY_BYTES];
    if (app->options->render != NULL || !shelf_today(today, sizeof today) ||
        text_equal(today, kept->today))
        return;
    (void)text_copy(kept->today, sizeof kept->today, today);
    for (size_t i = 0; i < kept->shelf.count; i++)
        follow(app, i, now);
}

void kept_started(struct app *app, int32_t tag, struct event *event)
{
    struct kept *kept = &app->kept_shelf;
    kept->playing = tag;
    event->shelf = tag > 0;
    if (tag > 0)
        (void)text_copy(event->about, sizeof event->about, kept->shelf.entries[tag - 1]->word);
}

static void set_day(struct app *app, size_t i, const char *day, time_ns now)
{
    struct kept *kept = &app->kept_shelf;
    (void)text_copy(kept->shelf.entries[i]->not_today, SHELF_DAY_BYTES, day);
    kept->marked[i] = true;
    follow(app, i, now);
}

void kept_mark(struct app *app, const struct effect *effect)
{
    struct kept *kept = &app->kept_shelf;
    bool music = text_equal(effect->name, "music");
    int32_t tag = music ? kept->playing : reader_tag(app->reader);
    /* A recording has no day: there it is one that never ends. */
    if (kept->today[0] == '\0')
        (void)text_copy(kept->today, sizeof kept->today, "0000-00-00");
    if (effect->on && tag > 0)
        set_day(app, (size_t)tag - 1, kept->today, effect->at);
    for (size_t i = 0; i < kept->shelf.count && !effect->on; i++) {
        if (kept->out[i] && (kept->shelf.entries[i]->kind == SHELF_SONG) == music)
            set_day(app, i, "", effect->at);
    }
}

void kept_write(struct app *app)
{
    struct kept *kept = &app->kept_shelf;
    struct error error;
    if (kept->path[0] == '\0' || app->options->render != NULL)
        return;
    for (size_t i = 0; i < kept->shelf.count; i++) {
        const struct shelf_entry *entry = kept->shelf.entries[i];
        bool marked = kept->marked[i];
        kept->marked[i] = false;
        if (!marked || shelf_mark(kept->path, entry, entry->not_today, &error) || kept->failed)
            continue;
        kept->failed = true;
        app_say(app, LOG_WARN, error.text);
    }
}

void kept_finish(struct kept *kept)
{
    shelf_finish(&kept->shelf);
}
