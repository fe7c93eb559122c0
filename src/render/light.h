/* Light: how a part of a colour over the field looks, worked out once for each colour (of text:
 * looks.h).
 *
 * Everything is mixed in linear light and encoded last.  A ramp holds the outcome for every part
 * from 0 (the field) to 1 (the colour), as 8-bit sRGB codes with a fraction, so the shaders take
 * no power and do one look-up a pixel.  Along a ramp stands the square root of the part, for there
 * the codes rise nearly evenly: a step is less than a tenth of a code.
 *
 * A ramp also says how much to dither: not at all at 0, where the field's own code stands, fully
 * from a tenth of a code on, and less next to black and white, where there is no room for a full
 * swing and the mean would move.  Only the accent, a large area, is dithered, and what drains; that
 * ends in a flat colour, so there too the swing dies away. */
#ifndef LACRIMA_RENDER_LIGHT_H
#define LACRIMA_RENDER_LIGHT_H

#include "lacrima/core/scene.h"

#include <stdbool.h>

enum ramp {
    RAMP_ACCENT,
    RAMP_LINE,
    RAMP_FIGURE, /* a line's colour, or dimmer; beside a shape both are drawn in every frame */
    RAMP_DRAIN,
    RAMP_ROWS
};

/* GLES 3.0 promises textures of 2048. */
#define RAMP_STEPS 2048

/* Codes of the square root of linear light, to interpolate between. */
#define LIGHT_CURVE_STEPS 1024

struct light {
    unsigned int ramps, noise_tile; /* GL textures */
    bool known[RAMP_ROWS];
    int field[RAMP_ROWS][3];
    struct colour colours[RAMP_ROWS];
    float curve[LIGHT_CURVE_STEPS + 2];
    float row[RAMP_STEPS * 4];
};

/* Creates the textures in the current context. */
void light_init(struct light *light);

/* Brings a row up to date with the colours (field: codes of what lies below, the field or a
 * selection), if they have changed.  Binds the ramps to the active
 * texture unit if so. */
void light_set_ramp(struct light *light, enum ramp ramp, const int field[3], struct colour colour);

/* The 8-bit sRGB code, with a fraction, of linear light; right to a thousandth of a code. */
float light_code(const struct light *light, float linear);

void light_finish(struct light *light);

/* The 8-bit sRGB codes of a colour, rounded. */
void light_codes(struct colour colour, int codes[3]);

/* From a to b in linear light. */
struct colour light_between(struct colour a, struct colour b, float part);

#endif
