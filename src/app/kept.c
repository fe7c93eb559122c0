#include "kept.h"

#include "app.h"

#include "lacrima/base/text.h"

#include <stdlib.h>
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

void kept_part(const struct app *app, int32_t tag, struct audio_part *part)
{
    const struct shelf_entry *entry = app->kept_shelf.shelf.entries[tag - 1];
    struct stat status;
    *part = (struct audio_part){
        .path = entry->path,
        .folder = stat(entry->path, &status) == 0 && S_ISDIR(status.st_mode),
        .from_s = time_seconds(entry->from),
        .to_s = entry->to == TIME_NEVER ? 0.0 : time_seconds(entry->to),
        .fade_in_s = time_seconds(entry->fade_in),
        .fade_out_s = time_seconds(entry->fade_out),
        .tag = tag,
    };
}

static void add_song(struct app *app, size_t i)
{
    struct audio_part part;
    kept_part(app, (int32_t)i + 1, &part);
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
    event->shelf = tag > 0 && !kept->off[tag - 1];
    if (tag > 0)
        (void)text_copy(event->about, sizeof event->about, kept->shelf.entries[tag - 1]->word);
}

void kept_chosen(const struct app *app, struct event *event)
{
    int32_t tag = reader_tag(app->reader);
    event->shelf = event->shelf && tag > 0 && !app->kept_shelf.off[tag - 1];
}

static void set_day(struct app *app, size_t i, const char *day, time_ns now)
{
    struct kept *kept = &app->kept_shelf;
    (void)text_copy(kept->shelf.entries[i]->not_today, SHELF_DAY_BYTES, day);
    kept->marked[i] = true;
    follow(app, i, now);
}

static int32_t find(const struct kept *kept, enum shelf_kind kind, const char *path)
{
    for (size_t i = 0; i < kept->shelf.count; i++) {
        const struct shelf_entry *entry = kept->shelf.entries[i];
        if (entry->kind == kind && text_equal(entry->path, path))
            return (int32_t)i + 1;
    }
    return 0;
}

/* It is not in the file until kept_shelve() has written it. */
static int32_t add(struct kept *kept, enum shelf_kind kind, const char *path)
{
    size_t i = kept->shelf.count;
    struct shelf_entry *entry = i < SHELF_ENTRIES_MAX ? malloc(sizeof *entry) : NULL;
    if (entry == NULL)
        return 0;
    shelf_entry_init(entry, kind);
    if (!text_copy(entry->path, sizeof entry->path, path)) {
        free(entry);
        return 0;
    }
    kept->shelf.entries[i] = entry;
    kept->shelf.count++;
    kept->off[i] = true;
    return (int32_t)i + 1;
}

int32_t kept_take(struct app *app, enum shelf_kind kind, const char *path, time_ns now)
{
    struct kept *kept = &app->kept_shelf;
    if (kept->path[0] == '\0' || app->options->render != NULL)
        return 0;
    int32_t tag = find(kept, kind, path);
    /* What somebody brings is wanted today. */
    if (tag > 0 && kept->out[tag - 1])
        set_day(app, (size_t)tag - 1, "", now);
    tag = tag > 0 ? tag : add(kept, kind, path);
    if (tag > 0)
        kept->fresh[tag - 1] = kept->off[tag - 1];
    return tag;
}

static size_t gather(const struct kept *kept, const bool *which, size_t at[SHELF_ENTRIES_MAX],
                     const struct shelf_entry *entries[SHELF_ENTRIES_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < kept->shelf.count; i++) {
        if (!which[i])
            continue;
        at[count] = i;
        entries[count++] = kept->shelf.entries[i];
    }
    return count;
}

bool kept_shelve(struct app *app, size_t *count)
{
    struct kept *kept = &app->kept_shelf;
    const struct shelf_entry *entries[SHELF_ENTRIES_MAX] = {NULL};
    size_t at[SHELF_ENTRIES_MAX];
    bool added[SHELF_ENTRIES_MAX] = {false};
    struct error error;
    size_t brought = gather(kept, kept->fresh, at, entries);
    bool fine = brought == 0 || shelf_add(kept->path, entries, brought, true, added, &error);
    *count = 0;
    memset(kept->fresh, 0, sizeof kept->fresh);
    memset(kept->last, 0, sizeof kept->last);
    for (size_t i = 0; i < brought; i++) {
        /* Another copy of the program may have put it there. */
        kept->off[at[i]] = !fine;
        kept->last[at[i]] = fine && added[i];
        *count += kept->last[at[i]] ? 1 : 0;
    }
    if (!fine)
        app_say(app, LOG_WARN, error.text);
    return fine;
}

static void take_off(struct app *app)
{
    struct kept *kept = &app->kept_shelf;
    const struct shelf_entry *entries[SHELF_ENTRIES_MAX] = {NULL};
    size_t at[SHELF_ENTRIES_MAX];
    struct error error;
    size_t count = gather(kept, kept->last, at, entries);
    bool gone = shelf_take_off(kept->path, entries, count, &error);
    for (size_t i = 0; i < count; i++) {
        kept->off[at[i]] = gone;
        kept->last[at[i]] = false;
    }
    if (!gone)
        app_say(app, LOG_WARN, error.text);
}

void kept_mark(struct app *app, const struct effect *effect)
{
    struct kept *kept = &app->kept_shelf;
    bool music = text_equal(effect->name, "music");
    if (text_equal(effect->name, "drop")) {
        take_off(app);
        return;
    }
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
