/* SDL2_image, opened when the first picture is read or written and not when the program is loaded,
 * for it brings a decoder for every format there is.  Its functions stand here under its own names
 * and hand on to the real ones; without the library they fail, and SDL_GetError() says so. */
#include <SDL.h>
#include <SDL_image.h>

#define LATE_LIBRARY "libSDL2_image-2.0.so.0"

#define LATE_VALUES(X)                                                                             \
    X(int, IMG_Init, (int flags), (flags), 0)                                                      \
    X(SDL_Surface *, IMG_Load, (const char *file), (file), NULL)                                   \
    X(SDL_Surface *, IMG_Load_RW, (SDL_RWops * source, int frees), (source, frees), NULL)          \
    X(int, IMG_SavePNG, (SDL_Surface * surface, const char *file), (surface, file), -1)

#define LATE_CALL    SDLCALL
#define LATE_MISSING SDL_SetError("%s cannot be opened", LATE_LIBRARY)

#include "lacrima/base/late.h"
