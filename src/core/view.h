/* What the techniques' views share. */
#ifndef LACRIMA_CORE_VIEW_H
#define LACRIMA_CORE_VIEW_H

#include "lacrima/core/technique.h"

/* Fades of what comes and goes inside a state. */
#define VIEW_FADE_NS SECONDS(1)

/* The picture may change at `at`. */
void view_changes_at(struct view *view, time_ns at);

/* 0..1: something that comes at `from` and is gone at `until` (TIME_NEVER: stays), fading over
 * VIEW_FADE_NS within them.  Notes when that changes. */
double view_shown(struct view *view, time_ns from, time_ns until);

/* The phase's own words, one per line, and its caution below. */
void view_words(struct view *view, const struct phase *phase, enum scene_slot words_slot,
                enum scene_slot caution_slot);

/* A line, if words are wanted and it is visible; NULL otherwise. */
struct scene_line *view_line(struct view *view, enum scene_slot slot, enum scene_style style,
                             const char *text, double alpha);

/* A row of a list to choose from: the marked one stands out. */
void view_row(struct scene_line *row, bool marked);

/* The row above (step +1) or below, in a list of `count` rows that goes round. */
int32_t view_row_step(int32_t row, int step, int32_t count);

/* A moving pacer: the shape itself, or with reduced motion the slow bar. */
void view_pacer(struct view *view, enum scene_shape_kind kind, double amount);

/* The same beside a figure, small: a breath of 4 s in and 6 s out, t after it began.  The bar has
 * its word below it. */
void view_breath_beside(struct view *view, time_ns t);

/* How full the lungs are in a breath of 4 s in and 6 s out, t after it began. */
double breath_slow(time_ns t);

/* What is breathed then: in, or out. */
const char *breath_word(time_ns t);
bool is_breath_word(const char *text);

/* How long a photograph, or a film, takes to come or leave, so that no large area changes by more
 * than 0.10 of relative luminance a second, and how much of the way it has gone after t of it. */
time_ns view_picture_fade(const struct scene *colours, bool film);
double view_picture_part(time_ns t, time_ns fade_ns);

/* The fixation target the person chose. */
void view_fixation(struct view *view, double alpha);

/* How closed the eyes of a slow full blink are, t into it: closing faster than opening, every
 * ramp >= 150 ms (Sforza 2008; docs/evidence.md). */
double blink_closed(time_ns t, time_ns closed_for);

#endif
