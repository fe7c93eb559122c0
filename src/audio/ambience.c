#include "ambience.h"

#include "cues.h"

#include <SDL.h>

void ambience_init(struct ambience_player *player, struct engine *engine)
{
    *player = (struct ambience_player){.engine = engine};
}

void ambience_want(struct ambience_player *player, enum ambience ambience)
{
    player->wanted = ambience;
}

bool ambience_sounds(const struct ambience_player *player)
{
    return player->wanted != AMBIENCE_NONE;
}

void ambience_advance(struct ambience_player *player, bool runs)
{
    if (player->sounding != AMBIENCE_NONE && player->sounding != player->wanted) {
        engine_lasting_end(player->engine, AMBIENCE_FADE_OUT_MS);
        player->sounding = AMBIENCE_NONE;
    }
    if (!runs || player->wanted == AMBIENCE_NONE || player->sounding == player->wanted)
        return;
    if (engine_lasting_begin(player->engine, cues_texture(player->wanted), AMBIENCE_FADE_IN_MS,
                             SDL_GetTicks64()))
        player->sounding = player->wanted;
}

void ambience_device_gone(struct ambience_player *player)
{
    player->sounding = AMBIENCE_NONE;
}
