#include "cinema.h"

#include "lacrima/base/text.h"

#include <stdlib.h>

/* On and back by so much. */
#define SKIP_S 10

/* Where SDL is told to make no sound that anybody hears, a film makes none either. */
static bool nobody_hears(void)
{
    const char *driver = getenv("SDL_AUDIODRIVER");
    return driver != NULL && (text_equal(driver, "dummy") || text_equal(driver, "disk"));
}

bool cinema_open(struct cinema *cinema, const char *path, int64_t place_ms, int64_t to_ms,
                 struct error *error)
{
    const struct film_params params = {.offline = cinema->offline,
                                       .mute = cinema->mute || nobody_hears(),
                                       .from_ms = place_ms > 0 ? place_ms : FILM_UNBOUNDED,
                                       .to_ms = to_ms,
                                       .volume_percent = cinema->settings->sound_volume,
                                       .subtitles = cinema->settings->look_words,
                                       .wake = cinema->wake,
                                       .wake_user = cinema->wake_user};
    cinema_leave(cinema);
    cinema->shows = cinema->stands = cinema->ended = false;
    return film_open(&cinema->film, path, &params, error);
}

void cinema_resize(struct cinema *cinema)
{
    struct box room;
    if (cinema->film == NULL || !cinema->shows)
        return;
    render_picture_room(cinema->render, cinema->text_scale, &room);
    film_room(cinema->film, room.width, room.height);
}

void cinema_show(struct cinema *cinema)
{
    cinema->shows = true;
    cinema->stands = false;
    cinema_resize(cinema);
}

/* It goes on once its first picture is there to come with its sound. */
void cinema_play(struct cinema *cinema, bool on, time_ns at)
{
    cinema->plays = on;
    if (cinema->film == NULL || !cinema->stands)
        return;
    if (on)
        film_play(cinema->film, at);
    else
        film_hold(cinema->film, at);
}

void cinema_skip(struct cinema *cinema, bool back)
{
    if (cinema->film != NULL)
        film_skip(cinema->film, back ? -SKIP_S : SKIP_S);
}

void cinema_settings(struct cinema *cinema)
{
    if (cinema->film == NULL)
        return;
    film_volume(cinema->film, cinema->settings->sound_volume);
    film_subtitles(cinema->film, cinema->settings->look_words);
}

void cinema_silence(struct cinema *cinema, bool on)
{
    if (cinema->film != NULL)
        film_silence(cinema->film, on);
}

void cinema_restore(struct cinema *cinema)
{
    if (cinema->film != NULL && cinema->shows)
        film_again(cinema->film);
}

static enum cinema_news take(struct cinema *cinema, const struct film_picture *picture, time_ns now,
                             struct error *error)
{
    bool first = !cinema->stands;
    if (!render_picture(cinema->render, CINEMA_PICTURE, picture->rgba, picture->width,
                        picture->height, error))
        return CINEMA_TROUBLE;
    cinema->version++;
    cinema->stands = true;
    if (first && cinema->plays)
        film_play(cinema->film, now);
    return first ? CINEMA_BEGINS : CINEMA_MOVES;
}

enum cinema_news cinema_poll(struct cinema *cinema, time_ns now, struct error *error)
{
    struct film_picture picture;
    if (cinema->parting != NULL && film_leave(cinema->parting))
        film_close(&cinema->parting);
    if (cinema->film == NULL || (cinema->offline && !cinema->shows))
        return CINEMA_NONE;
    switch (film_poll(cinema->film, now, &picture, error)) {
    case FILM_NONE:
        break;
    case FILM_PICTURE:
        return take(cinema, &picture, now, error);
    case FILM_END:
        cinema->ended = true;
        return CINEMA_ENDS;
    case FILM_TROUBLE:
        return CINEMA_TROUBLE;
    }
    return CINEMA_NONE;
}

int64_t cinema_place(struct cinema *cinema)
{
    return cinema->film == NULL || cinema->ended ? 0 : film_place_ms(cinema->film);
}

void cinema_leave(struct cinema *cinema)
{
    if (cinema->film == NULL)
        return;
    film_close(&cinema->parting);
    if (film_leave(cinema->film))
        film_close(&cinema->film);
    cinema->parting = cinema->film;
    cinema->film = NULL;
}

void cinema_finish(struct cinema *cinema)
{
    cinema_leave(cinema);
    film_close(&cinema->parting);
}
