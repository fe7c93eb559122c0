#include "window.h"

#include <stddef.h>
#include <string.h>

static size_t at(int width, int x, int y)
{
    return (size_t)y * ((size_t)width + 1) + (size_t)x;
}

void window_sums(double *sums, const float *values, int width, int height, int first)
{
    memset(sums, 0, ((size_t)width + 1) * sizeof *sums);
    for (int y = first; y < height; y++) {
        double row = 0.0;
        sums[at(width, 0, y + 1)] = 0.0;
        for (int x = 0; x < width; x++) {
            row += (double)values[(size_t)y * (size_t)width + (size_t)x];
            sums[at(width, x + 1, y + 1)] = sums[at(width, x + 1, y)] + row;
        }
    }
}

void window_sums_of_mask(double *sums, const uint8_t *mask, int width, int height)
{
    memset(sums, 0, ((size_t)width + 1) * sizeof *sums);
    for (int y = 0; y < height; y++) {
        double row = 0.0;
        sums[at(width, 0, y + 1)] = 0.0;
        for (int x = 0; x < width; x++) {
            row += mask[(size_t)y * (size_t)width + (size_t)x];
            sums[at(width, x + 1, y + 1)] = sums[at(width, x + 1, y)] + row;
        }
    }
}

double window_sum(const double *sums, int width, int x, int y, int w, int h)
{
    return sums[at(width, x + w, y + h)] - sums[at(width, x, y + h)] - sums[at(width, x + w, y)] +
           sums[at(width, x, y)];
}

double window_largest(const double *sums, int width, int height, int w, int h, int *x, int *y)
{
    double largest = -1.0;
    for (int j = 0; j + h <= height; j++) {
        for (int i = 0; i + w <= width; i++) {
            double sum = window_sum(sums, width, i, j, w, h);
            if (sum > largest) {
                largest = sum;
                *x = i;
                *y = j;
            }
        }
    }
    return largest;
}
