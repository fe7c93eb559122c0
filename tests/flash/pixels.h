/* Pixels: which of them turn from lighter to darker or to and from a saturated red, and how often
 * within a second.  Whole spans of a row are taken at once, for most of a field goes one way. */
#ifndef LACRIMA_TESTS_PIXELS_H
#define LACRIMA_TESTS_PIXELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A value that goes up and down: which way it last went by enough, and how far at most. */
struct zigzag {
    float low, high;
    float way; /* 1 up, -1 down, 0 not known yet */
};

/* 1 if with this value a change of at least `change` has come about that goes the other way than
 * the last such, else 0.  All in numbers and without branches, so that many can be taken at once.
 */
static inline float zigzag_turns(struct zigzag *z, float value, float change, float darker_max)
{
    float way = z->way;
    float high = value > z->high ? value : z->high;
    float low = value < z->low ? value : z->low;
    float rises = value - low >= change ? 1.0F : 0.0F;
    float falls = high - value >= change ? 1.0F : 0.0F;
    float rose = (way < 1.0F ? rises : 0.0F) * (low < darker_max ? 1.0F : 0.0F);
    float fell = (way > -1.0F ? falls : 0.0F) * (value < darker_max ? 1.0F : 0.0F);
    way = way * (1.0F - rose) * (1.0F - fell) + rose - fell;
    /* On its way up only the height counts from which it will fall; and so downward. */
    float highest = value >= high ? 1.0F : 0.0F;
    float lowest = value <= low ? 1.0F : 0.0F;
    float ends = rose + fell + (way > 0.0F ? highest : 0.0F) + (way < 0.0F ? lowest : 0.0F);
    z->low = ends > 0.0F ? value : low;
    z->high = ends > 0.0F ? value : high;
    z->way = way;
    return rose + fell;
}

/* When the last few changes were, as frame numbers from 1; 0: none. */
#define PIXELS_RING 8
struct ring {
    uint32_t frame[PIXELS_RING];
    uint8_t next;
};

/* The most changes that a pixel of the frame has made within the second that ends with it. */
struct pixels_most {
    int general, red;
    size_t general_at, red_at; /* which pixel */
};

struct pixels {
    int width, height;
    uint32_t frame;
    uint32_t second; /* in frames */
    float linear[256];
    uint8_t *before;  /* the frame before this one: what is as it was is not looked at */
    float *luminance; /* of the present frame */
    float *low, *high, *way;
    struct ring *general, *reds;
    uint8_t *redness;  /* enum redness */
    float *red_uv;     /* the colour that a change to or from red is measured from */
    uint8_t *red_mask; /* 1: it has changed too often */
    uint8_t *general_mask;
    size_t masked; /* of either kind */
    float *turned; /* of a row */
};

/* What has changed with a frame. */
struct pixels_box {
    int x0, y0, x1, y1; /* x1 and y1 are one beyond; none if y1 is 0 */
    bool brighter;      /* a pixel in it has become brighter */
};

bool pixels_create(struct pixels *pixels, int width, int height, uint32_t second);
void pixels_take(struct pixels *pixels, const uint8_t *rgb, struct pixels_box *box,
                 struct pixels_most *most);
void pixels_destroy(struct pixels *pixels);

#endif
