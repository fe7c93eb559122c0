/* SDL2_image, opened when the first picture is read or written and not when the program is loaded,
 * for it brings a decoder for every format there is.  Its functions stand here under its own names
 * and hand on to the real ones; without the library they fail, and SDL_GetError() says so. */
#include "lacrima/base/loader.h"

#include <SDL.h>
#include <SDL_image.h>
#include <stdbool.h>

#define LIBRARY "libSDL2_image-2.0.so.0"

/* X(result, name, parameters, arguments, what is answered without the library) */
#define VALUES(X)                                                                                  \
    X(int, IMG_Init, (int flags), (flags), 0)                                                      \
    X(SDL_Surface *, IMG_Load, (const char *file), (file), NULL)                                   \
    X(SDL_Surface *, IMG_Load_RW, (SDL_RWops * source, int frees), (source, frees), NULL)          \
    X(int, IMG_SavePNG, (SDL_Surface * surface, const char *file), (surface, file), -1)

static struct {
#define X(result, name, parameters, arguments, otherwise) result(SDLCALL *name) parameters;
    VALUES(X)
#undef X
} image;

/* Photographs are read on a thread of their own. */
static bool is_there(void)
{
    static const struct loader_row rows[] = {
#define X(result, name, parameters, arguments, otherwise) {#name, &image.name},
        VALUES(X)
#undef X
    };
    static struct loader loader = {
        .file = LIBRARY, .rows = rows, .count = sizeof rows / sizeof rows[0]};
    return loader_open(&loader) == LOADED || (SDL_SetError("%s cannot be opened", LIBRARY), false);
}

#define X(result, name, parameters, arguments, otherwise)                                          \
    result SDLCALL name parameters                                                                 \
    {                                                                                              \
        return is_there() ? image.name arguments : (otherwise);                                    \
    }
VALUES(X)
#undef X
