/* Numbers and words as the files write them; never by the C library's locale. */
#ifndef LACRIMA_CONFIG_NUMBERS_H
#define LACRIMA_CONFIG_NUMBERS_H

#include "lacrima/core/scene.h"

#include <stdbool.h>
#include <stdint.h>

/* "-3", "20": the whole text, with an optional sign.  Absurd ones saturate. */
bool number_whole(const char *text, int64_t *value);

/* "1.25" -> 125; what is beyond two decimals is dropped. */
bool number_hundredths(const char *text, int64_t *value);

/* yes/no, true/false, on/off, 1/0. */
bool number_bool(const char *text, bool *value);

/* "#rrggbb" at *text, which moves behind it. */
bool number_colour(const char **text, struct colour *colour);

#endif
