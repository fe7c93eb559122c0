/* Track: one music file, opened through SDL_mixer (which must be open). */
#ifndef LACRIMA_AUDIO_TRACK_H
#define LACRIMA_AUDIO_TRACK_H

#include "lacrima/audio.h"

#include <stdbool.h>
#include <stddef.h>

#define TRACK_HEAD_BYTES 4096

/* What its first bytes say that a file is: nothing that is played here, a recording that a decoder
 * can read, or something that only SDL_mixer plays. */
enum track_kind { TRACK_NONE, TRACK_READ, TRACK_MIXED };
enum track_kind track_kind_of(const unsigned char *head, size_t count, const char *path);

struct track {
    void *music;     /* Mix_Music *; NULL: nothing is open */
    double length_s; /* <= 0: unknown */
    char title[AUDIO_TITLE_BYTES];
};

/* Can a file of this name be music that this SDL_mixer decodes?  Looks at the ending only. */
bool track_name_accepted(const char *name);

/* Is it a readable file with something in it?  The error is only what is wrong, without a path. */
bool track_check(const char *path, struct error *error);

/* Does it begin as music does that can be opened? */
bool track_is_music(const char *path);

/* Opens; the error is only what is wrong, without a path.  The title is always valid UTF-8. */
bool track_open(struct track *track, const char *path, struct error *error);
void track_close(struct track *track);

/* Loudness over a whole file, one mean square for each ENVELOPE_STEP_S. */
#define ENVELOPE_STEP_S 0.02
struct envelope {
    float *mean_square;
    size_t count;
    double length_s;
};

/* A title for a file that says none; as clean. */
void track_name(char title[AUDIO_TITLE_BYTES], const char *path);

/* Decodes the file at whatever SDL_mixer was opened with, which must be 16-bit mono. */
bool envelope_read(struct envelope *envelope, const char *path, int rate, struct error *error);
void envelope_free(struct envelope *envelope);

/* Copies text, replacing what is not UTF-8 and control characters, without blank ends. */
void text_clean(char *dst, size_t size, const char *src);

#endif
