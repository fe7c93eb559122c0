/* SDL2_mixer, opened when the first sound or piece of music is wanted and not when the program is
 * loaded: with its decoders and sound servers it brings some twenty libraries, and loading them
 * takes half as long as all else that is loaded before anything can be seen.  Here stand its
 * functions, under its own names and as its own header declares them, each handing on to the real
 * one; so nothing else has to know.  Where the library is missing they fail as it would, and the
 * visit goes on in silence. */
#include <SDL.h>
#include <SDL_mixer.h>

#define LATE_LIBRARY "libSDL2_mixer-2.0.so.0"

#define LATE_VALUES(X)                                                                             \
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

#define LATE_ACTS(X)                                                                               \
    X(Mix_CloseAudio, (void), ())                                                                  \
    X(Mix_FreeChunk, (Mix_Chunk * chunk), (chunk))                                                 \
    X(Mix_FreeMusic, (Mix_Music * music), (music))                                                 \
    X(Mix_PauseMusic, (void), ())                                                                  \
    X(Mix_ResumeMusic, (void), ())                                                                 \
    X(Mix_HookMusicFinished, (void (*finished)(void)), (finished))                                 \
    X(Mix_SetPostMix, (void (*mix)(void *user, Uint8 *stream, int length), void *user), (mix, user))

#define LATE_CALL    SDLCALL
#define LATE_MISSING SDL_SetError("%s cannot be opened", LATE_LIBRARY)

#include "lacrima/base/late.h"
