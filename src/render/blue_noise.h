/* Blue noise: a tile that repeats without a seam, each of 256 levels equally often. */
#ifndef LACRIMA_RENDER_BLUE_NOISE_H
#define LACRIMA_RENDER_BLUE_NOISE_H

#define BLUE_NOISE_SIDE 64

extern const unsigned char blue_noise[BLUE_NOISE_SIDE * BLUE_NOISE_SIDE];

#endif
