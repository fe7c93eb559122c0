/* Looks: how the ink of a line of text is seen, worked out once for each way it looks.
 *
 * What a pixel of text shows depends on its line's colour, on what lies below and on how much of
 * the pixel is ink, and of that there are 256 steps.  So each look is a row of 256 colours, and a
 * pixel costs two look-ups and no arithmetic: a page whose lines fade and glow, each in its own
 * way, is drawn anew sixty times a second.  Mixed in linear light, as all is (light.h). */
#ifndef LACRIMA_RENDER_LOOKS_H
#define LACRIMA_RENDER_LOOKS_H

#include "light.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A frame of more looks than this sends some of them again. */
#define LOOKS_MAX     128
#define LOOK_STEPS    256
#define LOOK_CHANNELS 4

struct look {
    struct colour colour;
    int ground[3]; /* codes of what lies below */
    float alpha;
    bool over; /* what lies below is not flat: the driver mixes, in codes, which no eye tells apart
                  on text */
};

struct looks {
    unsigned int texture;
    uint64_t asked;               /* how often */
    uint64_t used[LOOKS_MAX];     /* when; 0: a free row */
    struct look known[LOOKS_MAX]; /* the look of each row */
    size_t from, to;              /* rows that are not in the texture yet; equal: none */
    uint8_t codes[LOOKS_MAX][LOOK_STEPS][LOOK_CHANNELS];
};

/* Creates the texture in the current context. */
void looks_init(struct looks *looks);

/* The look's row; for several lines of one frame it is best asked beforehand, so that all rows go
 * to the texture at once. */
int looks_row(struct looks *looks, const struct light *light, const struct look *look);

/* Brings the texture up to date, and binds it to the active texture unit. */
void looks_bind(struct looks *looks);

void looks_finish(struct looks *looks);

#endif
