/* Block: the lines of one slot, measured and placed as a whole at any size. */
#ifndef LACRIMA_RENDER_BLOCK_H
#define LACRIMA_RENDER_BLOCK_H

#include "layout.h"

/* About twelve words. */
#define BLOCK_EMS_MAX 30.0F

struct block {
    struct layout *layout;
    enum scene_slot slot;
    bool shown; /* false: only its room is kept; another layer draws it */
    bool wide;  /* the field is wide enough for a table in two columns */
    float body_px, width_max;
    float ems_max; /* a sentence's line is no longer: BLOCK_EMS_MAX, or more if need be */
    size_t count;
    uint8_t lines[SCENE_LINES_MAX]; /* of the scene, in order */
};

struct block_size {
    float height;
    bool fits; /* no line is wider than width_max */
};

/* Of one line in this style, of everything `scale` (0..1) times as large as wanted. */
float block_line_height(float body_px, enum scene_style style, float scale);

/* The size when everything is `scale` times as large as wanted. */
struct block_size block_measure(const struct block *block, float scale);

/* Adds the block's pieces to the layout, its top edge at `top`, around x = centre. */
void block_place(const struct block *block, float scale, float centre, float top);

/* The bytes of the mark beside a chosen row; layout keeps them at the start of its texts. */
#define BLOCK_MARK "\xE2\x80\x93"

#endif
