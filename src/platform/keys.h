/* Keys: from SDL's key symbols, and from a script's words, to struct key.  Pure. */
#ifndef LACRIMA_PLATFORM_KEYS_H
#define LACRIMA_PLATFORM_KEYS_H

#include "lacrima/core/key.h"

#include <SDL.h>

/* A press as SDL reports it.  typed or position is KEY_NONE where neither a character nor one
 * of the KEY_ constants fits (a lone modifier, a dead key, a multimedia key). */
struct key key_from_sdl(const SDL_Keysym *keysym, bool repeat);

#endif
