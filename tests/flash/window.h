/* Sums over any rectangle of a picture, from an integral image. */
#ifndef LACRIMA_TESTS_WINDOW_H
#define LACRIMA_TESTS_WINDOW_H

#include "pixels.h"

#include <stdbool.h>
#include <stdint.h>

struct window {
    int width, height;
    double *sums; /* (width + 1) x (height + 1) */
    double *rows; /* of each row, up to each place */
};

bool window_create(struct window *window, int width, int height);
void window_destroy(struct window *window);

/* What lies outside of the box is as it was. */
void window_sums(struct window *window, const float *values, const struct pixels_box *box);
void window_sums_of_mask(struct window *window, const uint8_t *mask);

double window_sum(const struct window *window, int x, int y, int w, int h);

/* The largest sum of a w x h window at any place inside where it meets the box, and the first such
 * place. */
double window_largest(const struct window *window, const struct pixels_box *box, int w, int h,
                      int *x, int *y);

/* How far the values lie apart. */
float window_range(const float *values, uint32_t count);

#endif
