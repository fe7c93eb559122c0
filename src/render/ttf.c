/* SDL2_ttf, opened when the first words are to be drawn and not when the program is loaded: with
 * HarfBuzz, FreeType and GLib behind it, it is most of what would have to be read from a cold disk
 * beside what any such window needs, and the first frame is without words.  Its functions stand
 * here under its own names and hand on to the real ones; without the library they fail, no word is
 * shown, and SDL_GetError() says why. */
#include <SDL.h>
#include <SDL_ttf.h>

#define LATE_LIBRARY "libSDL2_ttf-2.0.so.0"

#define LATE_VALUES(X)                                                                             \
    X(int, TTF_Init, (void), (), -1)                                                               \
    X(TTF_Font *, TTF_OpenFontIndexRW, (SDL_RWops * file, int frees, int size, long index),        \
      (file, frees, size, index), NULL)                                                            \
    X(int, TTF_SetFontSize, (TTF_Font * font, int size), (font, size), -1)                         \
    X(int, TTF_SetFontDirection, (TTF_Font * font, TTF_Direction direction), (font, direction),    \
      -1)                                                                                          \
    X(int, TTF_SetFontScriptName, (TTF_Font * font, const char *script), (font, script), -1)       \
    X(int, TTF_FontHeight, (const TTF_Font *font), (font), 0)                                      \
    X(int, TTF_FontAscent, (const TTF_Font *font), (font), 0)                                      \
    X(int, TTF_GlyphMetrics32,                                                                     \
      (TTF_Font * font, Uint32 letter, int *left, int *right, int *low, int *high, int *advance),  \
      (font, letter, left, right, low, high, advance), -1)                                         \
    X(int, TTF_SizeUTF8, (TTF_Font * font, const char *text, int *width, int *height),             \
      (font, text, width, height), -1)                                                             \
    X(SDL_Surface *, TTF_RenderUTF8_Blended, (TTF_Font * font, const char *text, SDL_Color ink),   \
      (font, text, ink), NULL)

#define LATE_ACTS(X)                                                                               \
    X(TTF_SetFontHinting, (TTF_Font * font, int hinting), (font, hinting))                         \
    X(TTF_CloseFont, (TTF_Font * font), (font))                                                    \
    X(TTF_Quit, (void), ())

#define LATE_CALL    SDLCALL
#define LATE_MISSING SDL_SetError("%s cannot be opened", LATE_LIBRARY)

#include "lacrima/base/late.h"
