/* Strokes: a scene's figure, ready for its shader.
 *
 * S = min(W, H), C as in shapes.h, drift included.  A stroke from p to q (parts of S from C) with
 * half width h = max(0.75, S * half_width), going over from the one end's to the other's, d the
 * distance of a pixel's middle from the nearest point of the segment, and h what it is there:
 *
 *   cover = clamp(0.5 - (d - h), 0, 1)
 *   line = part alpha cover, and where strokes meet, the most of them
 *
 * One that clears takes away as much as it covers of what the strokes before it left. */
#ifndef LACRIMA_RENDER_STROKES_H
#define LACRIMA_RENDER_STROKES_H

#include "uniforms.h"

#include "lacrima/core/scene.h"

#include <stddef.h>

/* Fills the strokes' uniforms, y up.  Returns how many there are: 0 if the figure is not seen. */
size_t strokes_place(const struct scene *scene, int width, int height,
                     struct uniform_values *uniforms);

/* A body's colour: the scene's line, or dimmer where that would be a large bright area. */
struct colour strokes_colour(const struct scene *scene);

#endif
