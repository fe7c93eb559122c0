/* Sums over any rectangle of a picture, from an integral image of (width + 1) x (height + 1). */
#ifndef LACRIMA_TESTS_WINDOW_H
#define LACRIMA_TESTS_WINDOW_H

#include <stdint.h>

/* Of the rows from `first` on: what stands above is as it was. */
void window_sums(double *sums, const float *values, int width, int height, int first);
void window_sums_of_mask(double *sums, const uint8_t *mask, int width, int height);

double window_sum(const double *sums, int width, int x, int y, int w, int h);

/* The largest sum of a w x h window at any place inside, and the first such place. */
double window_largest(const double *sums, int width, int height, int w, int h, int *x, int *y);

#endif
