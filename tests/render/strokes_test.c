/* Strokes: every pixel of a figure against the formula in src/render/strokes.h, worked out anew in
 * double precision, on both kinds of context, light on dark and dark on light. */
#include "reference.h"
#include "stage.h"

#include "../support/cm.h"

#include <math.h>

/* Single precision along steep edges; blending rounds once for each stroke that clears. */
#define ERROR_MAX 2.5
#define CENTRE_Y  0.48

static const struct scene_stroke strokes[] = {
    {-0.20F, 0.10F, 0.15F, -0.12F, 0.030F, 0.012F, 0.5F, false},
    {-0.18F, -0.05F, 0.18F, 0.08F, 0.020F, 0.034F, 1.0F, false},
    {0.05F, -0.15F, -0.02F, 0.16F, 0.028F, 0.020F, 0.0F, true},
    {0.05F, -0.15F, -0.02F, 0.16F, 0.017F, 0.009F, 1.0F, false},
    {-0.14F, -0.12F, -0.14F, -0.12F, 0.030F, 0.030F, 0.8F, false},
    {-0.14F, -0.12F, -0.14F, -0.12F, 0.012F, 0.012F, 0.0F, true},
    {-0.25F, 0.17F, 0.25F, 0.17F, 0.0004F, 0.0004F, 0.3F, false},
};

#define STROKES (sizeof strokes / sizeof strokes[0])

static double cover(const struct scene_stroke *stroke, double x, double y, double s)
{
    double ax = s * (double)stroke->x0;
    double ay = s * (double)stroke->y0;
    double dx = s * (double)stroke->x1 - ax;
    double dy = s * (double)stroke->y1 - ay;
    double square = dx * dx + dy * dy;
    double along = square > 0.0 ? ((x - ax) * dx + (y - ay) * dy) / square : 0.0;
    along = fmin(fmax(along, 0.0), 1.0);
    double h0 = fmax(0.75, s * (double)stroke->half_width0);
    double h1 = fmax(0.75, s * (double)stroke->half_width1);
    double d = hypot(x - ax - dx * along, y - ay - dy * along);
    return fmin(fmax(0.5 - (d - (h0 + (h1 - h0) * along)), 0.0), 1.0);
}

/* The codes of a pixel whose middle is so far from the centre. */
static void pixel_codes(const struct scene *scene, double x, double y, double s, double codes[3])
{
    double field[3];
    double line[3];
    reference_codes(scene, (struct parts){0.0, 0.0}, field);
    reference_codes(scene, (struct parts){0.0, 1.0}, line);
    for (int c = 0; c < 3; c++)
        codes[c] = field[c];
    for (size_t i = 0; i < STROKES; i++) {
        double covered = cover(&strokes[i], x, y, s);
        double part = (double)strokes[i].part * (double)scene->figure.alpha * covered;
        double here[3];
        reference_codes(scene, (struct parts){0.0, part}, here);
        for (int c = 0; c < 3; c++) {
            if (strokes[i].clears)
                codes[c] += (field[c] - codes[c]) * covered;
            else
                codes[c] = line[c] < field[c] ? fmin(codes[c], here[c]) : fmax(codes[c], here[c]);
        }
    }
}

static void compare(const struct stage *stage, const struct scene *scene)
{
    double s = stage->width < stage->height ? stage->width : stage->height;
    double middle_x = floor(stage->width / 2.0);
    double middle_y = floor(stage->height * CENTRE_Y + 0.5);
    for (int y = 0; y < stage->height; y++) {
        for (int x = 0; x < stage->width; x++) {
            double codes[3];
            pixel_codes(scene, x + 0.5 - middle_x, y + 0.5 - middle_y, s, codes);
            const uint8_t *pixel = stage_pixel(stage, x, y);
            for (int c = 0; c < 3; c++) {
                if (fabs(pixel[c] - codes[c]) > ERROR_MAX)
                    fail_msg("at %d,%d channel %d: %d, not %.2f", x, y, c, pixel[c], codes[c]);
            }
        }
    }
}

static void every_stroke_is_its_formula(void **state)
{
    (void)state;
    static const int sizes[][2] = {{320, 200}, {300, 450}};
    for (int gles = 0; gles < 2; gles++) {
        for (int turn = 0; turn < 8; turn++) {
            struct stage stage;
            stage_open(&stage, gles == 1, sizes[turn % 2][0], sizes[turn % 2][1]);
            struct scene scene;
            stage_night(&scene);
            scene.line = colour_from_codes(120, 98, 78); /* no more than a body's bound */
            if ((turn & 2) != 0) {
                struct colour field = scene.field;
                scene.field = scene.line;
                scene.line = field;
            }
            scene.figure.kind = 1;
            scene.figure.alpha = (turn & 4) != 0 ? 0.6F : 1.0F;
            for (size_t i = 0; i < STROKES; i++)
                scene.figure.strokes[scene.figure.stroke_count++] = strokes[i];
            stage_draw(&stage, &scene);
            compare(&stage, &scene);
            stage_close(&stage);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_stroke_is_its_formula)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
