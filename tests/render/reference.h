/* Reference: what every pixel of a shape should be, worked out anew in double precision from the
 * formulas in src/render/shapes.h and product.md; it shares no code with the renderer. */
#ifndef LACRIMA_TESTS_REFERENCE_H
#define LACRIMA_TESTS_REFERENCE_H

#include "lacrima/core/scene.h"

struct parts {
    double accent, line;
};

/* The parts of pixel (x, y), y down, that are accent and line. */
struct parts reference_parts(const struct scene_shape *shape, const struct scene *scene, int width,
                             int height, int x, int y);

/* The codes, with fractions, of a pixel with these parts over the field's rounded codes. */
void reference_codes(const struct scene *scene, struct parts parts, double codes[3]);

#endif
