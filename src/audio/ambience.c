#include "ambience.h"

#include "pcm.h"

#include "lacrima/base/check.h"
#include "lacrima/base/ease.h"
#include "lacrima/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_BYTES 4608
/* Longer than any visit: it ends by being ended. */
#define LENGTH_S 1e7

static const char *const files[AMBIENCE_COUNT][ENGINE_LAYERS] = {
    [AMBIENCE_WATER] = {"water-far.ogg", "water-near.ogg"}};

void ambience_init(struct ambience_player *player, struct engine *engine, void (*wake)(void *),
                   void *wake_user)
{
    memset(player, 0, sizeof *player);
    player->engine = engine;
    player->wake = wake;
    player->wake_user = wake_user;
}

void ambience_want(struct ambience_player *player, enum ambience ambience)
{
    player->wanted = ambience;
}

bool ambience_sounds(const struct ambience_player *player)
{
    return player->wanted != AMBIENCE_NONE && player->reading != AMBIENCE_UNREADABLE;
}

static int SDLCALL read_job(void *user)
{
    struct ambience_player *player = user;
    for (size_t l = 0; l < ENGINE_LAYERS && !player->failed; l++) {
        char path[PATH_BYTES];
        (void)snprintf(path, sizeof path, "%s/%s", player->dir, files[player->read][l]);
        player->failed =
            !pcm_read(&player->sound[l], path, true, &player->cancelled, &player->error);
    }
    atomic_store(&player->done, true);
    if (player->wake != NULL)
        player->wake(player->wake_user);
    return 0;
}

static void begin_reading(struct ambience_player *player, const char *dir)
{
    player->reading = AMBIENCE_READING;
    player->read = player->wanted;
    player->failed = false;
    (void)text_copy(player->dir, sizeof player->dir, dir);
    atomic_store(&player->cancelled, false);
    atomic_store(&player->done, false);
    player->thread = SDL_CreateThread(read_job, "ambience", player);
    if (player->thread == NULL)
        (void)read_job(player);
}

static void forget(struct ambience_player *player)
{
    for (size_t l = 0; l < ENGINE_LAYERS; l++) {
        free(player->sound[l].samples);
        player->sound[l] = (struct sound){0};
    }
    player->reading = AMBIENCE_UNREAD;
}

/* True if reading is over, whatever it came to. */
static bool end_reading(struct ambience_player *player)
{
    if (!atomic_load(&player->done))
        return false;
    if (player->thread != NULL)
        SDL_WaitThread(player->thread, NULL);
    player->thread = NULL;
    if (player->failed)
        forget(player);
    player->reading = player->failed ? AMBIENCE_UNREADABLE : AMBIENCE_READ;
    return true;
}

static void shape_lasting(const struct voice_plan *plan, double at_s, struct shape *shape)
{
    (void)plan;
    float gain = (float)ease_cosine(at_s / AMBIENCE_FADE_IN_S);
    *shape = (struct shape){.gain = {gain, gain}, .rate = 1.0F};
}

static void begin(struct ambience_player *player)
{
    const struct voice_plan plan = {.layers = {&player->sound[0], &player->sound[1]},
                                    .loops = true,
                                    .length_s = LENGTH_S,
                                    .shape = shape_lasting};
    if (engine_lasting_begin(player->engine, &plan, SDL_GetTicks64()))
        player->sounding = player->wanted;
}

bool ambience_advance(struct ambience_player *player, const char *dir, bool runs,
                      struct error *error)
{
    bool good = true;
    if (player->reading == AMBIENCE_READING && end_reading(player) && player->failed) {
        *error = player->error;
        good = false;
    }
    if (player->sounding != AMBIENCE_NONE && player->sounding != player->wanted) {
        engine_lasting_end(player->engine, AMBIENCE_FADE_OUT_MS);
        player->sounding = AMBIENCE_NONE;
    }
    if (!runs || player->wanted == AMBIENCE_NONE || player->sounding == player->wanted)
        return good;
    if (player->reading == AMBIENCE_UNREAD)
        begin_reading(player, dir);
    else if (player->reading == AMBIENCE_READ && player->read == player->wanted)
        begin(player);
    return good;
}

void ambience_device_gone(struct ambience_player *player)
{
    player->sounding = AMBIENCE_NONE;
    if (player->reading != AMBIENCE_READING)
        return;
    atomic_store(&player->cancelled, true);
    if (player->thread != NULL)
        SDL_WaitThread(player->thread, NULL);
    player->thread = NULL;
    forget(player);
}

void ambience_rest(struct ambience_player *player)
{
    if (player->wanted == AMBIENCE_NONE && player->sounding == AMBIENCE_NONE &&
        player->reading == AMBIENCE_READ && engine_lasting_rests(player->engine))
        forget(player);
}

void ambience_free(struct ambience_player *player)
{
    check(player->thread == NULL);
    forget(player);
}
