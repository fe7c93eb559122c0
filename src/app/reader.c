#include "reader.h"

#include "cinema.h"
#include "lacrima/base/text.h"
#include "lacrima/photos.h"
#include "lacrima/reading.h"
#include "pages.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ANSWERS_MAX 4

struct reader {
    struct reader_params params;
    bool prepared; /* the library and the places have been read */
    bool choosing; /* nothing of the chosen one has been asked for yet */
    struct library library;
    size_t chosen;
    bool dropped; /* something was, and is chosen next: */
    size_t dropped_at;
    struct reading *reading; /* of the chosen text, or NULL */
    struct photos *photos;   /* or the chosen photographs */
    struct cinema cinema;    /* or the chosen film */
    size_t picture;          /* which of the renderer's shows the last one */
    bool pictures_held;      /* the renderer holds some */
    struct config_places places;
    bool places_dirty, places_failed;
    struct pages pages;
    size_t answer_count;
    struct event answers[ANSWERS_MAX];
};

static void say(struct reader *reader, const char *line)
{
    if (reader->params.say != NULL)
        reader->params.say(reader->params.say_user, line);
}

struct reader *reader_create(const struct reader_params *params)
{
    struct reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return NULL;
    reader->params = *params;
    reader->cinema = (struct cinema){.render = params->render,
                                     .settings = params->settings,
                                     .text_scale = params->text_scale,
                                     .offline = params->offline,
                                     .mute = params->mute,
                                     .wake = params->wake,
                                     .wake_user = params->wake_user};
    pages_begin(&reader->pages, params->render, params->text_scale);
    return reader;
}

static void prepare(struct reader *reader)
{
    const struct reader_params *params = &reader->params;
    size_t index = 0;
    if (reader->prepared)
        return;
    reader->prepared = true;
    if (params->text != NULL)
        (void)library_add(&reader->library, LIBRARY_TEXT, params->text, NULL);
    library_add_shelf(&reader->library, LIBRARY_TEXT, params->shelf, SHELF_TEXT);
    for (size_t i = 0; i < params->texts->count; i++)
        (void)library_add(&reader->library, LIBRARY_TEXT, params->texts->paths[i], NULL);
    if (params->folder != NULL) {
        (void)library_add(&reader->library, LIBRARY_PHOTOS, params->folder, &index);
        reader->chosen = params->text == NULL ? index : 0;
    }
    library_add_shelf(&reader->library, LIBRARY_PHOTOS, params->shelf, SHELF_PHOTOGRAPHS);
    for (size_t i = 0; i < params->photos->count; i++)
        (void)library_add(&reader->library, LIBRARY_PHOTOS, params->photos->paths[i], NULL);
    if (params->film != NULL) {
        (void)library_add(&reader->library, LIBRARY_FILM, params->film, &index);
        reader->chosen = params->text == NULL && params->folder == NULL ? index : reader->chosen;
    }
    library_add_shelf(&reader->library, LIBRARY_FILM, params->shelf, SHELF_FILM);
    for (size_t i = 0; i < params->films->count; i++)
        (void)library_add(&reader->library, LIBRARY_FILM, params->films->paths[i], NULL);
    struct error error;
    if (!library_add_pieces(&reader->library, params->pieces, &error))
        say(reader, error.text);
    if (params->places_path != NULL)
        config_places_read(&reader->places, params->places_path);
}

int32_t reader_tag(const struct reader *reader)
{
    bool open = reader->reading != NULL || reader->photos != NULL || reader->cinema.film != NULL;
    return open ? reader->library.items[reader->chosen].tag : 0;
}

static struct event *answer(struct reader *reader, enum read_news news, time_ns at)
{
    if (reader->answer_count == ANSWERS_MAX)
        reader->answer_count--;
    struct event *event = &reader->answers[reader->answer_count++];
    *event = (struct event){.kind = EVENT_READ, .at = at, .read = news};
    return event;
}

static const struct library_item *item(const struct reader *reader)
{
    return &reader->library.items[reader->chosen];
}

/* A film of the shelf may be a part of one. */
static bool open_cinema(struct reader *reader, int64_t place_ms, struct error *error)
{
    int64_t from_ms = 0;
    int64_t to_ms = FILM_UNBOUNDED;
    if (item(reader)->tag > 0) {
        const struct shelf_entry *entry = reader->params.shelf->entries[item(reader)->tag - 1];
        from_ms = entry->from / NS_PER_MS;
        to_ms = entry->to == TIME_NEVER ? FILM_UNBOUNDED : entry->to / NS_PER_MS;
    }
    bool within = place_ms > from_ms && (to_ms == FILM_UNBOUNDED || place_ms < to_ms);
    return cinema_open(&reader->cinema, item(reader)->path, within ? place_ms : from_ms, to_ms,
                       error);
}

static bool open_item(struct reader *reader, struct error *error)
{
    const struct reader_params *params = &reader->params;
    const struct photos_params photos = {.offline = params->offline,
                                         .say = params->say,
                                         .say_user = params->say_user,
                                         .wake = params->wake,
                                         .wake_user = params->wake_user};
    if (item(reader)->kind == LIBRARY_FILM)
        return open_cinema(reader, (int64_t)config_place(&reader->places, item(reader)->path),
                           error);
    if (item(reader)->kind == LIBRARY_PHOTOS)
        return photos_open(&reader->photos, item(reader)->path, &photos, error);
    if (!reading_open(&reader->reading, item(reader)->path, params->say, params->say_user, error))
        return false;
    pages_limit(&reader->pages, reader->reading);
    return true;
}

/* What is wrong with it, in one line. */
static void say_lost(struct reader *reader, const struct error *error)
{
    struct error line;
    const char *path = item(reader)->path;
    if (item(reader)->tag == 0 || access(path, F_OK) == 0)
        line = *error;
    else
        (void)error_set(&line, gettext("%s: it is not there now; it stays on your shelf"), path);
    say(reader, line.text);
}

/* Opens what is chosen; what cannot be opened is said and taken out, and the next is chosen. */
static bool open_chosen(struct reader *reader, bool back)
{
    reading_close(&reader->reading);
    photos_close(&reader->photos);
    cinema_leave(&reader->cinema);
    while (library_skip_out(&reader->library, &reader->chosen, reader->params.left_out, back)) {
        struct error error;
        if (open_item(reader, &error))
            return true;
        say_lost(reader, &error);
        library_remove(&reader->library, reader->chosen);
    }
    return false;
}

static void remember(struct reader *reader, uint64_t offset)
{
    config_set_place(&reader->places, item(reader)->path, offset);
    reader->places_dirty = true;
}

/* Where the film stands is where it goes on the next time. */
static void keep_film(struct reader *reader)
{
    if (reader->cinema.film != NULL)
        remember(reader, (uint64_t)cinema_place(&reader->cinema));
}

static void choose(struct reader *reader, int step, time_ns at)
{
    size_t count = reader->library.count;
    bool other = step != 0 || reader->dropped ||
                 (reader->reading == NULL && reader->photos == NULL && reader->cinema.film == NULL);
    keep_film(reader);
    if (reader->dropped)
        reader->chosen = reader->dropped_at;
    else if (count > 0)
        reader->chosen = (reader->chosen + count + (size_t)(step + 1) - 1) % count;
    reader->dropped = false;
    if (other)
        (void)open_chosen(reader, step < 0);
    struct event *event = answer(reader, READ_CHOSEN, at);
    if (reader->photos != NULL) {
        event->value = READ_KIND_PHOTOS;
        (void)text_copy(event->text, sizeof event->text, photos_title(reader->photos));
    }
    if (reader->cinema.film != NULL) {
        event->value = READ_KIND_FILM;
        (void)text_copy(event->text, sizeof event->text, film_title(reader->cinema.film));
    }
    event->shelf = reader_tag(reader) > 0;
    (void)text_copy(event->about, sizeof event->about, event->shelf ? item(reader)->word : NULL);
    if (reader->reading == NULL)
        return;
    (void)text_copy(event->text, sizeof event->text, reading_title(reader->reading));
    if (event->about[0] == '\0')
        (void)text_copy(event->about, sizeof event->about, reading_about(reader->reading));
}

static void give_page(struct reader *reader, const struct reading_page *text, time_ns at)
{
    pages_turn(&reader->pages, at);
    answer(reader, READ_PAGE, at)->value = (int32_t)text->words;
    remember(reader, text->from);
}

static void open_page(struct reader *reader, time_ns at)
{
    struct reading_page *text = pages_next(&reader->pages, at);
    uint64_t place =
        reader->reading == NULL ? 0 : config_place(&reader->places, item(reader)->path);
    if (reader->reading != NULL && reading_page_at(reader->reading, place, text))
        give_page(reader, text, at);
    else
        (void)answer(reader, READ_END, at);
}

static void turn_page(struct reader *reader, bool back, time_ns at)
{
    struct reading_page *text = pages_next(&reader->pages, at);
    if (reader->reading != NULL &&
        (back ? reading_previous(reader->reading, text) : reading_next(reader->reading, text))) {
        give_page(reader, text, at);
        return;
    }
    /* What was read to its end begins anew the next time. */
    if (!back && reader->reading != NULL)
        remember(reader, 0);
    (void)answer(reader, back ? READ_BEGIN : READ_END, at);
}

static void ask_photo(struct reader *reader, int step)
{
    struct box room;
    render_picture_room(reader->params.render, reader->params.text_scale, &room);
    photos_ask(reader->photos, step, room.width, room.height);
}

/* What was seen to its end begins anew. */
static void open_film(struct reader *reader, time_ns at)
{
    struct error error;
    if (!reader->cinema.ended || open_cinema(reader, 0, &error)) {
        cinema_show(&reader->cinema);
        return;
    }
    say(reader, error.text);
    (void)answer(reader, READ_END, at);
}

static void open(struct reader *reader, time_ns at)
{
    if (reader->photos != NULL)
        ask_photo(reader, 0);
    else if (reader->cinema.film != NULL)
        open_film(reader, at);
    else
        open_page(reader, at);
}

static void go(struct reader *reader, bool back, time_ns at)
{
    if (reader->photos != NULL)
        ask_photo(reader, back ? -1 : +1);
    else if (reader->cinema.film != NULL)
        cinema_skip(&reader->cinema, back);
    else
        turn_page(reader, back, at);
}

void reader_ask(struct reader *reader, enum read_ask ask, time_ns at)
{
    prepare(reader);
    reader->choosing = (reader->choosing && ask == READ_HOLD) || ask == READ_TELL ||
                       ask == READ_NEXT || ask == READ_PREVIOUS;
    switch (ask) {
    case READ_TELL:
        choose(reader, 0, at);
        break;
    case READ_NEXT:
        choose(reader, +1, at);
        break;
    case READ_PREVIOUS:
        choose(reader, -1, at);
        break;
    case READ_OPEN:
        open(reader, at);
        break;
    case READ_FORWARD:
    case READ_BACK:
        go(reader, ask == READ_BACK, at);
        break;
    case READ_PLAY:
    case READ_HOLD:
        cinema_play(&reader->cinema, ask == READ_PLAY, at);
        if (ask == READ_HOLD)
            keep_film(reader);
        break;
    }
}

/* What the photographs have to say becomes an answer. */
static void take_photo(struct reader *reader, time_ns now)
{
    struct photos_picture picture;
    struct error error;
    if (reader->photos == NULL)
        return;
    switch (photos_poll(reader->photos, &picture)) {
    case PHOTOS_NONE:
        break;
    case PHOTOS_BEGIN:
        (void)answer(reader, READ_BEGIN, now);
        break;
    case PHOTOS_END:
        (void)answer(reader, READ_END, now);
        break;
    case PHOTOS_PICTURE:
        reader->picture = 1 - reader->picture;
        reader->pictures_held = true;
        if (!render_picture(reader->params.render, reader->picture, picture.rgba, picture.width,
                            picture.height, &error))
            say(reader, error.text);
        answer(reader, READ_PHOTO, now)->value = (int32_t)reader->picture;
        break;
    }
}

/* What cannot be shown is taken out; where it was only chosen, another is chosen for it. */
static void lose_film(struct reader *reader, const struct error *error, time_ns now)
{
    char line[ERROR_TEXT_BYTES];
    (void)text_copy(line, sizeof line, film_title(reader->cinema.film));
    (void)text_append(line, sizeof line, ": ");
    (void)text_append(line, sizeof line, error->text);
    say(reader, line);
    cinema_leave(&reader->cinema);
    library_remove(&reader->library, reader->chosen);
    if (reader->choosing)
        choose(reader, 0, now);
    else
        (void)answer(reader, READ_END, now);
}

static void take_film(struct reader *reader, time_ns now)
{
    struct error error;
    switch (cinema_poll(&reader->cinema, now, &error)) {
    case CINEMA_NONE:
        break;
    case CINEMA_BEGINS:
        answer(reader, READ_FILM, now)->value = CINEMA_PICTURE;
        reader->pictures_held = true;
        break;
    case CINEMA_MOVES:
        reader->pictures_held = true;
        break;
    case CINEMA_ENDS:
        remember(reader, 0);
        (void)answer(reader, READ_END, now);
        break;
    case CINEMA_TROUBLE:
        lose_film(reader, &error, now);
        break;
    }
}

uint64_t reader_picture_version(const struct reader *reader)
{
    return reader->cinema.version;
}

bool reader_waits(const struct reader *reader)
{
    return reader->photos != NULL && photos_waits(reader->photos);
}

bool reader_plays(const struct reader *reader)
{
    return reader->cinema.film != NULL && reader->cinema.plays && !reader->cinema.ended;
}

void reader_settings(struct reader *reader)
{
    cinema_settings(&reader->cinema);
}

void reader_silence(struct reader *reader, bool on)
{
    cinema_silence(&reader->cinema, on);
}

bool reader_poll(struct reader *reader, time_ns now, struct event *event)
{
    take_photo(reader, now);
    take_film(reader, now);
    if (reader->answer_count == 0)
        return false;
    *event = reader->answers[0];
    reader->answer_count--;
    memmove(&reader->answers[0], &reader->answers[1],
            reader->answer_count * sizeof reader->answers[0]);
    return true;
}

const struct page *reader_page(struct reader *reader, float visible, time_ns now, time_ns *until)
{
    return pages_seen(&reader->pages, visible, now, until);
}

void reader_resize(struct reader *reader)
{
    cinema_resize(&reader->cinema);
    if (reader->reading != NULL)
        pages_resize(&reader->pages, reader->reading);
}

void reader_restore(struct reader *reader)
{
    cinema_restore(&reader->cinema);
    if (reader->pictures_held && reader->photos != NULL)
        ask_photo(reader, 0);
}

bool reader_add(struct reader *reader, const struct library_item *item, bool first, time_ns at)
{
    size_t index = 0;
    bool added = false;
    prepare(reader);
    if (!library_join(&reader->library, item, &index, &added))
        return false;
    /* What is being read stays what it is until something is chosen again. */
    reader->chosen += added && index <= reader->chosen && reader->library.count > 1 ? 1 : 0;
    reader->dropped_at += added && reader->dropped && index <= reader->dropped_at ? 1 : 0;
    reader->dropped = reader->dropped || first;
    if (first)
        reader->dropped_at = index;
    if (first && reader->choosing)
        choose(reader, 0, at);
    return true;
}

void reader_rest(struct reader *reader)
{
    keep_film(reader);
    cinema_leave(&reader->cinema);
    if (!reader->pictures_held)
        return;
    reader->pictures_held = false;
    for (size_t i = 0; i < SCENE_PICTURES; i++)
        (void)render_picture(reader->params.render, i, NULL, 0, 0, NULL);
}

void reader_keep(struct reader *reader)
{
    struct error error;
    if (!reader->places_dirty || reader->params.places_path == NULL)
        return;
    reader->places_dirty = false;
    if (config_places_write(&reader->places, reader->params.places_path, &error) ||
        reader->places_failed)
        return;
    reader->places_failed = true;
    say(reader, error.text);
}

void reader_destroy(struct reader **reader)
{
    if (reader == NULL || *reader == NULL)
        return;
    reading_close(&(*reader)->reading);
    photos_close(&(*reader)->photos);
    cinema_finish(&(*reader)->cinema);
    library_finish(&(*reader)->library);
    free(*reader);
    *reader = NULL;
}
