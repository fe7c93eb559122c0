/* Boxes: where a picture has changed, as a few boxes.  What lies between two that are far apart
 * need not be drawn, nor shown again. */
#ifndef LACRIMA_BASE_BOXES_H
#define LACRIMA_BASE_BOXES_H

#include <stdbool.h>
#include <stddef.h>

#define BOXES_MAX 4
/* Two boxes are one if it is larger than they are by no more than this, about what it costs to draw
 * and to show another box, and a part of what they are: lines of text, one under the other. */
#define BOX_COST_PX 24576
#define BOX_PARTS   4

struct box {
    int x, y, width, height; /* px, y down from the top */
};

/* They may overlap. */
struct boxes {
    size_t count;
    struct box items[BOXES_MAX];
};

/* Adds what lies in the box.  Two that cost no more as one become one; so do, if there is no room
 * for another, the two that grow least by it.  An empty one adds nothing. */
void boxes_add(struct boxes *boxes, struct box box);

bool box_is_empty(struct box box);

/* The one around both, neither of them empty. */
struct box box_around(struct box a, struct box b);

/* The one around all; empty if there is none. */
struct box boxes_around(const struct boxes *boxes);

/* What lies in both; empty if nothing does. */
struct box box_common(struct box a, struct box b);

#endif
