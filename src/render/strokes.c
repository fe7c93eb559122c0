#include "strokes.h"

#include "shapes.h"

#include <math.h>

#define HALF_WIDTH_MIN 0.75F
#define STROKE_CLEARS  -1.0F

_Static_assert(UNIFORM_STROKES_MAX >= SCENE_STROKES_MAX, "a pass holds every stroke of a figure");

size_t strokes_place(const struct scene *scene, int width, int height,
                     struct uniform_values *uniforms)
{
    const struct scene_figure *figure = &scene->figure;
    if (!(figure->alpha > 0.0F))
        return 0;
    int centre_x = 0;
    int centre_y = 0;
    shape_centre(width, height, &centre_x, &centre_y);
    float s = (float)(width < height ? width : height);
    float x = (float)(centre_x + scene->drift_x_px);
    float y = (float)(height - centre_y - scene->drift_y_px);
    for (size_t i = 0; i < figure->stroke_count; i++) {
        const struct scene_stroke *stroke = &figure->strokes[i];
        float *ends = &uniforms->stroke_ends[4 * i];
        float *form = &uniforms->stroke_form[3 * i];
        ends[0] = x + s * stroke->x0;
        ends[1] = y - s * stroke->y0;
        ends[2] = x + s * stroke->x1;
        ends[3] = y - s * stroke->y1;
        form[0] = fmaxf(s * stroke->half_width0, HALF_WIDTH_MIN);
        form[1] = fmaxf(s * stroke->half_width1, HALF_WIDTH_MIN);
        form[2] = stroke->clears ? STROKE_CLEARS : fminf(stroke->part * figure->alpha, 1.0F);
    }
    return figure->stroke_count;
}

/* A body is a large area, not a line: on a dark field it stays so dim that no window of the field
 * reaches a luminance of 0.10, on a screen of any proportions, and still stands out by 3:1 (WCAG
 * 1.4.11). */
#define FIGURE_LUMINANCE_MAX 0.14

struct colour strokes_colour(const struct scene *scene)
{
    struct colour c = scene->line;
    double luminance = colour_luminance(c);
    if (colour_luminance(scene->field) >= 0.10 || luminance <= FIGURE_LUMINANCE_MAX)
        return c;
    float part = (float)(FIGURE_LUMINANCE_MAX / luminance);
    return (struct colour){c.r * part, c.g * part, c.b * part};
}
