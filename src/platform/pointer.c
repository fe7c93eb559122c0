#include "inner.h"

#define POINTER_REST_NS SECONDS(2)

static void show(struct platform *platform, bool shown)
{
    if (platform->pointer_shown == shown)
        return;
    platform->pointer_shown = shown;
    SDL_ShowCursor(shown ? SDL_ENABLE : SDL_DISABLE);
}

void pointer_begin(struct platform *platform)
{
    platform->pointer_shown = true;
    platform->pointer_hide_at = platform_now() + POINTER_REST_NS;
}

void pointer_moved(struct platform *platform)
{
    show(platform, true);
    platform->pointer_hide_at =
        platform->pointer_neutral ? TIME_NEVER : platform_now() + POINTER_REST_NS;
}

void pointer_hide(struct platform *platform)
{
    if (platform->pointer_neutral)
        return;
    show(platform, false);
    platform->pointer_hide_at = TIME_NEVER;
}

void pointer_run(struct platform *platform, time_ns now)
{
    if (now >= platform->pointer_hide_at)
        pointer_hide(platform);
}

void pointer_text(struct platform *platform, bool text)
{
    if (platform->params.offscreen)
        return;
    if (text && platform->pointer_beam == NULL)
        platform->pointer_beam = SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_IBEAM);
    if (platform->pointer_beam != NULL)
        SDL_SetCursor(text ? platform->pointer_beam : SDL_GetDefaultCursor());
    if (text || platform->pointer_beam == NULL)
        return;
    SDL_FreeCursor(platform->pointer_beam);
    platform->pointer_beam = NULL;
}

void platform_pointer_neutral(struct platform *platform, bool neutral)
{
    if (platform->params.offscreen || platform->pointer_neutral == neutral)
        return;
    platform->pointer_neutral = neutral;
    pointer_moved(platform);
}
