/* SDL2_mixer, opened when the first sound or piece of music is wanted and not when the program is
 * loaded: with its decoders and sound servers it brings some twenty libraries, and loading them
 * takes half as long as all else that is loaded before anything can be seen.  Here stand its
 * functions, under its own names and as its own header declares them, each handing on to the real
 * one; so nothing else has to know.  Where the library is missing they fail as it would, and the
 * visit goes on in silence. */
#include "lacrima/base/loader.h"

#include <SDL.h>
#include <SDL_mixer.h>
#include <stdbool.h>

#define LIBRARY "libSDL2_mixer-2.0.so.0"

/* X(result, name, parameters, arguments, what is answered without the library) */
#define VALUES(X)                                                                                  \
    X(int, Mix_Init, (int flags), (flags), 0)                                                      \
    X(int, Mix_OpenAudioDevice,                                                                    \
      (int frequency, Uint16 format, int channels, int chunksize, const char *device,              \
       int allowed),                                                                               \
      (frequency, format, channels, chunksize, device, allowed), -1)                               \
    X(Mix_Chunk *, Mix_LoadWAV, (const char *file), (file), NULL)                                  \
    X(Mix_Music *, Mix_LoadMUSType_RW, (SDL_RWops * source, Mix_MusicType type, int frees),        \
      (source, type, frees), NULL)                                                                 \
    X(int, Mix_FadeInMusicPos, (Mix_Music * music, int loops, int ms, double position),            \
      (music, loops, ms, position), -1)                                                            \
    X(int, Mix_HaltMusic, (void), (), 0)                                                           \
    X(double, Mix_MusicDuration, (Mix_Music * music), (music), -1.0)                               \
    X(const char *, Mix_GetMusicTitleTag, (const Mix_Music *music), (music), "")

#define ACTS(X)                                                                                    \
    X(Mix_CloseAudio, (void), ())                                                                  \
    X(Mix_FreeChunk, (Mix_Chunk * chunk), (chunk))                                                 \
    X(Mix_FreeMusic, (Mix_Music * music), (music))                                                 \
    X(Mix_PauseMusic, (void), ())                                                                  \
    X(Mix_ResumeMusic, (void), ())                                                                 \
    X(Mix_HookMusicFinished, (void (*finished)(void)), (finished))                                 \
    X(Mix_SetPostMix, (void (*mix)(void *user, Uint8 *stream, int length), void *user), (mix, user))

static struct {
#define X(result, name, parameters, arguments, otherwise) result(SDLCALL *name) parameters;
    VALUES(X)
#undef X
#define X(name, parameters, arguments) void(SDLCALL * name) parameters;
    ACTS(X)
#undef X
} mixer;

/* Sounds are got ready and played on several threads. */
static bool is_there(void)
{
    static const struct loader_row rows[] = {
#define X(result, name, parameters, arguments, otherwise) {#name, &mixer.name},
        VALUES(X)
#undef X
#define X(name, parameters, arguments) {#name, &mixer.name},
            ACTS(X)
#undef X
    };
    static struct loader loader = {
        .file = LIBRARY, .rows = rows, .count = sizeof rows / sizeof rows[0]};
    return loader_open(&loader) == LOADED || (SDL_SetError("%s cannot be opened", LIBRARY), false);
}

#define X(result, name, parameters, arguments, otherwise)                                          \
    result SDLCALL name parameters                                                                 \
    {                                                                                              \
        return is_there() ? mixer.name arguments : (otherwise);                                    \
    }
VALUES(X)
#undef X
#define X(name, parameters, arguments)                                                             \
    void SDLCALL name parameters                                                                   \
    {                                                                                              \
        if (is_there())                                                                            \
            mixer.name arguments;                                                                  \
    }
ACTS(X)
#undef X
