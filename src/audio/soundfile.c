/* libsndfile and libsamplerate, opened when the first piece of music is wanted: SDL2_mixer and the
 * sound servers bring both into the process anyway.  Their functions stand here under their own
 * names and hand on to the real ones; without the libraries nothing can be opened with them, and
 * SDL2_mixer plays what it can, one after another. */
#include "lacrima/base/loader.h"

#include <samplerate.h>
#include <sndfile.h>
#include <stdbool.h>

#define READER    "libsndfile.so.1"
#define RESAMPLER "libsamplerate.so.0"

/* X(result, name, parameters, arguments, what is answered without the library) */
#define READER_VALUES(X)                                                                           \
    X(SNDFILE *, sf_open_fd, (int file, int mode, SF_INFO *info, int closes),                      \
      (file, mode, info, closes), NULL)                                                            \
    X(int, sf_close, (SNDFILE * file), (file), 0)                                                  \
    X(const char *, sf_get_string, (SNDFILE * file, int which), (file, which), NULL)               \
    X(sf_count_t, sf_seek, (SNDFILE * file, sf_count_t frames, int from), (file, frames, from),    \
      -1)                                                                                          \
    X(sf_count_t, sf_readf_float, (SNDFILE * file, float *into, sf_count_t frames),                \
      (file, into, frames), 0)

#define RESAMPLER_VALUES(X)                                                                        \
    X(SRC_STATE *, src_new, (int kind, int channels, int *error), (kind, channels, error), NULL)   \
    X(SRC_STATE *, src_delete, (SRC_STATE * state), (state), NULL)                                 \
    X(int, src_process, (SRC_STATE * state, SRC_DATA * data), (state, data), 1)

static struct {
#define X(result, name, parameters, arguments, otherwise) result(*name) parameters;
    READER_VALUES(X)
    RESAMPLER_VALUES(X)
#undef X
} library;

/* Files are opened on several threads. */
static bool are_there(void)
{
#define X(result, name, parameters, arguments, otherwise) {#name, &library.name},
    static const struct loader_row reader_rows[] = {READER_VALUES(X)};
    static const struct loader_row resampler_rows[] = {RESAMPLER_VALUES(X)};
#undef X
    static struct loader reader = {
        .file = READER, .rows = reader_rows, .count = sizeof reader_rows / sizeof reader_rows[0]};
    static struct loader resampler = {.file = RESAMPLER,
                                      .rows = resampler_rows,
                                      .count = sizeof resampler_rows / sizeof resampler_rows[0]};
    return loader_open(&reader) == LOADED && loader_open(&resampler) == LOADED;
}

#define X(result, name, parameters, arguments, otherwise)                                          \
    result name parameters                                                                         \
    {                                                                                              \
        return are_there() ? library.name arguments : (otherwise);                                 \
    }
READER_VALUES(X)
RESAMPLER_VALUES(X)
#undef X
