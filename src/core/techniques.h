/* One row per technique file, and what those files share. */
#ifndef LACRIMA_CORE_TECHNIQUES_H
#define LACRIMA_CORE_TECHNIQUES_H

#include "lacrima/core/technique.h"

extern const struct technique technique_stare;
extern const struct technique technique_breathe;
extern const struct technique technique_walk;
extern const struct technique technique_music;
extern const struct technique technique_move;
extern const struct technique technique_read;
extern const struct technique technique_shower;
extern const struct technique technique_talk;
extern const struct technique technique_write;
extern const struct technique technique_yawn;
extern const struct technique technique_landing_row;

#define COUNT_OF(array) ((uint8_t)(sizeof(array) / sizeof((array)[0])))

/* How long the closing sentence stays by itself. */
#define CLOSE_NS SECONDS(12)

/* settle's length, which is a setting: for techniques whose other lengths stand in their rows. */
time_ns settle_length(const struct visit *visit, const struct settings *settings);

#endif
