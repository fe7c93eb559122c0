/* Easing curves from 0 to 1.  All take x in 0..1 (clamped) and are monotone. */
#ifndef LACRIMA_BASE_EASE_H
#define LACRIMA_BASE_EASE_H

/* (1 - cos(pi x)) / 2. */
double ease_cosine(double x);

/* Raised-cosine ramps of length `ramp` (0..0.5) at both ends around a straight middle, with a
 * continuous speed: the breath pacer's curve (a pure cosine looks late at a boundary; see
 * docs/evidence.md).  ramp = 0 is a straight line. */
double ease_ramped(double x, double ramp);

/* Leaves slowly and late: below 0.08 for the whole first half.  Of two that follow each other, one
 * going and one coming, the darkness between lasts as long as one of them. */
double ease_late(double x);

double ease_clamp(double x, double low, double high);

#endif
