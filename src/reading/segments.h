/* Segments: where sentences, clauses, words and characters end, by ICU (UAX #14 and #29). */
#ifndef LACRIMA_READING_SEGMENTS_H
#define LACRIMA_READING_SEGMENTS_H

#include "lacrima/base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum segment {
    SEGMENT_SENTENCE, /* not behind "Dr." or an initial */
    SEGMENT_CLAUSE,   /* behind a comma, a colon, a dash, with the blank that follows */
    SEGMENT_WORD,     /* wherever a line may be broken */
    SEGMENT_CHARACTER /* as a person counts them */
};

struct segments;

/* NULL, with the reason, if ICU has no data. */
struct segments *segments_create(struct error *error);

/* The text that is asked about next: valid UTF-8 that stays where it is. */
void segments_set(struct segments *segments, const char *text, size_t length);

/* The first end of such a segment behind `from`; the text's length at the latest. */
size_t segments_next(struct segments *segments, enum segment segment, size_t from);

/* How many words begin in this part. */
unsigned segments_words(struct segments *segments, size_t from, size_t to);

/* Accepts NULL; nulls the handle. */
void segments_destroy(struct segments **segments);

#endif
