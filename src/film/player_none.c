/* The player where libmpv's headers were not there to build it. */
#include "player.h"

#ifndef LACRIMA_HAS_MPV

bool player_open(struct player **player, const struct player_params *params, struct error *error)
{
    (void)params;
    *player = NULL;
    return error_set(error, "this Lacrima was built without films; on Debian: apt install "
                            "libmpv-dev, and build it again");
}

time_ns player_follow(struct player *player, const struct wants *wants)
{
    (void)player;
    (void)wants;
    return TIME_NEVER;
}

struct seen player_look(struct player *player, struct error *error)
{
    (void)player;
    (void)error;
    return (struct seen){0};
}

bool player_size(struct player *player, const struct wants *wants, int *width, int *height)
{
    (void)player;
    (void)wants;
    *width = *height = 0;
    return false;
}

bool player_draw(struct player *player, uint8_t *rgba, int width, int height)
{
    (void)player;
    (void)rgba;
    (void)width;
    (void)height;
    return false;
}

int64_t player_place_ms(const struct player *player)
{
    (void)player;
    return 0;
}

bool player_step_to(struct player *player, int64_t place_ms, struct error *error)
{
    (void)player;
    (void)place_ms;
    return error_set(error, "no films");
}

bool player_ended(const struct player *player)
{
    (void)player;
    return true;
}

bool player_draw_again(struct player *player, struct error *error)
{
    (void)player;
    return error_set(error, "no films");
}

void player_close(struct player *player)
{
    (void)player;
}
#endif
