/* A film in a recording: libmpv is led from picture to picture and stands still in between, so that
 * the same is drawn each time, whatever else the machine has to do.  It is always one picture ahead
 * of what is shown, because only then is it known for how long that is. */
#include "player_inner.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#ifdef LACRIMA_HAS_MPV

/* A file that says nothing of its rate. */
#define FRAME_S_ELSE 0.04
/* How long libmpv may take for one answer where nobody waits for it, and how often it is asked. */
#define ANSWER_NS SECONDS(60)
#define MOMENT_NS (NS_PER_MS / 5)

/* From how long its pictures stand on the whole: how long the last one does is not said. */
static double frame_s(struct player *player)
{
    double rate = 0.0;
    bool known =
        player->mpv->get_property(player->handle, "container-fps", MPV_FORMAT_DOUBLE, &rate) >= 0;
    return known && rate > 0.0 ? 1.0 / rate : FRAME_S_ELSE;
}

static bool is_set(struct player *player, const char *name)
{
    int flag = 0;
    return player->mpv->get_property(player->handle, name, MPV_FORMAT_FLAG, &flag) >= 0 &&
           flag != 0;
}

/* Waits until something has come to pass, whenever that is. */
static bool wait_until(struct player *player, bool (*come)(struct player *), struct error *error)
{
    const struct timespec moment = {.tv_nsec = MOMENT_NS};
    time_ns until = player_clock() + ANSWER_NS;
    while (player_clock() < until) {
        struct seen seen = player_look(player, error);
        if (seen.failed)
            return false;
        if (seen.picture)
            player_pass(player);
        if (come(player))
            return true;
        (void)nanosleep(&moment, NULL);
    }
    return error_set(error, "cannot be shown: libmpv does not answer");
}

static void learn(struct player *player)
{
    const struct mpv_functions *mpv = player->mpv;
    (void)mpv->get_property(player->handle, "dwidth", MPV_FORMAT_INT64, &player->width);
    (void)mpv->get_property(player->handle, "dheight", MPV_FORMAT_INT64, &player->height);
    (void)mpv->get_property(player->handle, "time-pos", MPV_FORMAT_DOUBLE, &player->next_s);
}

static bool has_begun(struct player *player)
{
    return player->begun;
}

static bool has_stepped(struct player *player)
{
    return is_set(player, "pause");
}

static bool has_answered(struct player *player)
{
    return player->answered;
}

/* Has the picture drawn that libmpv has gone to.  Its drawing side gets that from another thread,
 * which answers questions between two pictures: with the first answer the picture may be about to
 * be given, with the second it has been. */
static bool show(struct player *player, struct error *error)
{
    for (int i = 0; i < 2; i++) {
        player->answered = false;
        if (player->mpv->get_property_async(player->handle, 0, "vo-passes", MPV_FORMAT_NODE) < 0 ||
            !wait_until(player, has_answered, error))
            return false;
    }
    player->place_s = player->next_s;
    return player->draw(player->user) || error_set(error, "cannot be shown: libmpv does not draw");
}

/* Goes on to the next picture, or to where there is none: libmpv stands still again then. */
static bool step(struct player *player, struct error *error)
{
    const char *command[] = {"frame-step", NULL};
    int code = player->mpv->command(player->handle, command);
    if (code < 0)
        return error_set(error, "libmpv: %s", player->mpv->error_string(code));
    if (!wait_until(player, has_stepped, error))
        return false;
    learn(player);
    player->over = is_set(player, "eof-reached");
    return true;
}

/* Nothing is asked before it has begun: libmpv would wait for its picture to be taken, and this for
 * its answer. */
static bool begin(struct player *player, struct error *error)
{
    if (!wait_until(player, has_begun, error))
        return false;
    learn(player);
    return (player->width > 0 && player->height > 0) ||
           error_set(error, "cannot be shown: there is no picture in it");
}

bool player_step_to(struct player *player, int64_t place_ms, struct error *error)
{
    double at_s = ((double)place_ms + 0.5) / 1e3;
    if (!player->drawn && !(begin(player, error) && show(player, error) && step(player, error)))
        return false;
    while (!player->over && player->next_s <= at_s) {
        if (!show(player, error) || !step(player, error))
            return false;
    }
    double end_s = player->place_s + frame_s(player);
    if (player->to_ms >= 0)
        end_s = fmin(end_s, (double)player->to_ms / 1e3);
    player->ended = player->over && end_s <= at_s;
    return true;
}

bool player_ended(const struct player *player)
{
    return player->ended;
}

bool player_draw_again(struct player *player, struct error *error)
{
    char place[32];
    (void)snprintf(place, sizeof place, "%.6f", player->place_s);
    const char *seek[] = {"seek", place, "absolute+exact", NULL};
    player->begun = false;
    int code = player->mpv->command(player->handle, seek);
    if (code < 0)
        return error_set(error, "libmpv: %s", player->mpv->error_string(code));
    return begin(player, error) && show(player, error) && step(player, error);
}

#endif
