#include "window.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static size_t at(const struct window *window, int x, int y)
{
    return (size_t)y * ((size_t)window->width + 1) + (size_t)x;
}

bool window_create(struct window *window, int width, int height)
{
    size_t count = ((size_t)width + 1) * ((size_t)height + 1);
    *window = (struct window){.width = width, .height = height};
    window->sums = calloc(count, sizeof *window->sums);
    window->rows = calloc(count, sizeof *window->rows);
    return window->sums != NULL && window->rows != NULL;
}

void window_destroy(struct window *window)
{
    free(window->sums);
    free(window->rows);
}

/* Adds the rows up, from the one that is the first to have changed, where they have. */
static void add_up(struct window *window, int first_x, int first_y)
{
    size_t stride = (size_t)window->width + 1;
    for (int y = first_y; y < window->height; y++) {
        double *restrict below = window->sums + at(window, 0, y + 1);
        const double *restrict above = below - stride;
        const double *restrict row = window->rows + at(window, 0, y);
        for (int x = first_x + 1; x <= window->width; x++)
            below[x] = above[x] + row[x];
    }
}

void window_sums(struct window *window, const float *values, const struct pixels_box *box)
{
    for (int y = box->y0; y < box->y1; y++) {
        double *row = window->rows + at(window, 0, y);
        const float *value = values + (size_t)y * (size_t)window->width;
        for (int x = box->x0; x < window->width; x++)
            row[x + 1] = row[x] + (double)value[x];
    }
    add_up(window, box->x0, box->y0);
}

void window_sums_of_mask(struct window *window, const uint8_t *mask)
{
    for (int y = 0; y < window->height; y++) {
        double *row = window->rows + at(window, 0, y);
        const uint8_t *value = mask + (size_t)y * (size_t)window->width;
        for (int x = 0; x < window->width; x++)
            row[x + 1] = row[x] + value[x];
    }
    add_up(window, 0, 0);
}

double window_sum(const struct window *window, int x, int y, int w, int h)
{
    const double *sums = window->sums;
    return sums[at(window, x + w, y + h)] - sums[at(window, x, y + h)] -
           sums[at(window, x + w, y)] + sums[at(window, x, y)];
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

double window_largest(const struct window *window, const struct pixels_box *box, int w, int h,
                      int *x, int *y)
{
    double largest = -1.0;
    int first = larger(0, box->x0 - w + 1);
    int last = smaller(window->width - w, box->x1 - 1);
    for (int j = larger(0, box->y0 - h + 1); j <= smaller(window->height - h, box->y1 - 1); j++) {
        const double *above = window->sums + at(window, 0, j);
        const double *below = window->sums + at(window, 0, j + h);
        double most = -1.0;
        for (int i = first; i <= last; i++) {
            double sum = below[i + w] - below[i] - above[i + w] + above[i];
            most = sum > most ? sum : most;
        }
        if (most <= largest)
            continue;
        largest = most;
        *y = j;
        for (*x = first; *x < last && window_sum(window, *x, j, w, h) < most; ++*x)
            continue;
    }
    return largest;
}

float window_range(const float *values, uint32_t count)
{
    float low = values[0];
    float high = values[0];
    for (uint32_t i = 1; i < count; i++) {
        low = values[i] < low ? values[i] : low;
        high = values[i] > high ? values[i] : high;
    }
    return high - low;
}
