/* Shapes: the sizes of everything that is drawn from a distance function.
 *
 * W, H: the field, px; S = min(W, H); a = amount.  All lengths in px; r: distance from the centre
 * C = (round(W / 2), round(0.48 H)) + drift, a corner between pixels; x, y: from C, y down, at
 * the middle of a pixel.  cover(d) = clamp(0.5 - d, 0, 1) smooths an edge over one pixel; d is
 * the distance outside it.  "accent" and "line" are the parts of a pixel that get that colour, in
 * linear light, accent first, both times alpha.
 *
 * A shape beside a figure has the sizes of a field BESIDE_SIZE times as large (but for t), around
 * C + (BESIDE_X S, 0).
 *
 *   stroke    t = max(0.75, 0.0008 S), half the width of every line
 *   DISC      R = S (0.045 + 0.105 a), p = r^2 / R^2, e = clamp((1 - p) / DISC_RIM, 0, 1)
 *             accent = (1 - DISC_FALLOFF p) e^2 (3 - 2 e)
 *             and the ring around it:  line = cover(|r - 0.16 S| - t)
 *   BAR       a rounded box, half width 0.15 S, half height h = max(4, 0.008 S), d to its edge
 *             line = cover(|d| - t);  accent = cover(d + gap) cover(x - x_fill)
 *             gap = t + max(1.5, 0.0016 S);  x_fill runs over the inside, from -l - 1 to l + 1
 *             with l = 0.15 S - gap
 *   EYELID    half width b = min(0.024 W, 0.044 S) - t; two lids y = k (1 - (x / b)^2)
 *             upper k = b (-0.50 + 0.72 a), lower k = b (0.30 - 0.08 a): at 1 they are one line
 *             line = cover(distance to the nearer lid - t) cover(|x| - b), where the distance is
 *             |y - f(x)| / sqrt(1 + f'(x)^2), exact enough for a line a few px wide
 *             iris, 0.36 b around (0, IRIS_RISE b), what of it lies between the lids:
 *             accent = IRIS_DEPTH cover(r - 0.36 b) cover(upper - y) cover(y - lower)
 *   JAW       two half ellipses, half width b = 0.10 S - 0.012 S a; height k = max(0.3 t, 0.11 S a)
 *             above, max(0.3 t, 0.15 S a) below: 0.26 S tall when wide open
 *             f = sqrt((x / b)^2 + (y / k)^2)
 *             line = cover(|(f - 1) / |grad f|| - t) cover(|x| - b - t)
 *             accent = JAW_DEPTH min(1, 2 a) max(0, 1 - f^2)
 *   GLOW      R = 0.2 S;  accent = a max(0, 1 - r^2 / R^2)^3, which looks like exp(-3.5 r^2/R^2)
 *             but ends, and ends before the texts above and below begin
 *   EMBER     the same with R = 0.035 S
 *   DOT       R = max(2.5, 0.004 S), e = clamp((R + 1 - r) / 2, 0, 1);  line = e^2 (3 - 2 e)
 *   BULLSEYE  R = max(4.5, 0.01 S), inner i = max(1.5, 0.01 S / 3)
 *             line = max(cover(r - R) (1 - cover(min(|x|, |y|) - i)), cover(r - i))
 *   DRAIN     no drift; y from the top edge.  b = max(4, round(0.024 S)), l = round(a (H + b))
 *             above row l - b the field; from row l on the drained colour, the 8-bit code nearest
 *             to alpha of the accent over the field; between them
 *             drained = e^2 (3 - 2 e), e = (y - l + b) / b
 */
#ifndef LACRIMA_RENDER_SHAPES_H
#define LACRIMA_RENDER_SHAPES_H

#include "lacrima/core/scene.h"

#include <stdbool.h>
#include <stddef.h>

#define DISC_RIM     0.50
#define DISC_FALLOFF 0.35
#define IRIS_RISE    -0.15
#define IRIS_DEPTH   0.80
#define JAW_DEPTH    0.80
#define BESIDE_SIZE  0.34
#define BESIDE_X     0.36

/* A place to draw: a box when sides is 0, else a polygon around the centre. */
struct shape_place {
    float box[4];     /* left, top, width, height, px */
    float polygon[3]; /* inner radius, outer radius, sides */
};

/* The kinds of forms are those of shapes and one more: a disc is two forms, body and ring. */
enum { SHAPE_RING = SCENE_SHAPE_DRAIN + 1, SHAPE_KINDS };

/* One thing to draw, ready for its shader. */
struct shape_form {
    int kind;
    float alpha;
    float stroke;    /* t */
    float centre[2]; /* px, y down */
    float form[4];   /* DISC: R, 1 / R^2; RING: its radius; BAR: half width, h, x_fill, gap; EYELID:
                        b, upper, lower, iris; JAW: b, k above, k below, depth; GLOW: R, 1 / R^2, a;
                        EMBER: as GLOW; DOT: R; BULLSEYE: R, i; DRAIN: l - b, 1 / b */
    struct shape_place place; /* tight: nothing outside it is touched */
};

#define SHAPE_FORMS_MAX (2 * SCENE_SHAPES_MAX)

/* All visible shapes of a scene, in the order in which they lie over one another. */
struct shape_forms {
    size_t count;
    struct shape_form items[SHAPE_FORMS_MAX];
    bool apart; /* no two share a pixel */
};

/* The centre C, without drift. */
void shape_centre(int width, int height, int *x, int *y);

/* How far a shape reaches above or below the centre at most, as a part of S; 0 for none. */
double shape_reach_of(const struct scene_shape *shape);

/* The scene's shapes on a field of this size, drift included. */
void shape_forms_init(struct shape_forms *forms, const struct scene *scene, int width, int height);

/* A drain lies under nothing and beside nothing: it is the field itself. */
struct shape_drain {
    bool visible;
    int level;              /* the first row of the flat part, 0 .. H and beyond */
    int codes[3];           /* of the flat part */
    struct shape_form form; /* the soft surface above it, unless no row of it is on the field */
    bool has_surface;
};

/* The scene's drain on a field of this size and of these codes. */
void shape_drain_init(struct shape_drain *drain, const struct scene *scene, int width, int height,
                      const int field[3]);

/* The box around all of them. */
struct shape_place shape_forms_box(const struct shape_forms *forms);

#endif
