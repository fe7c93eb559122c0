#include "reference.h"

#include <math.h>

static double clamp(double x)
{
    return x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x;
}

static double cover(double d)
{
    return clamp(0.5 - d);
}

static double smooth(double e)
{
    return e * e * (3.0 - 2.0 * e);
}

struct view {
    double width, s, stroke, x, y, r;
};

static struct parts disc(const struct view *v, double a)
{
    double radius = v->s * (0.045 + 0.105 * a);
    double p = v->r * v->r / (radius * radius);
    return (struct parts){(1.0 - 0.35 * p) * smooth(clamp((1.0 - p) / 0.5)),
                          cover(fabs(v->r - 0.16 * v->s) - v->stroke)};
}

static struct parts bar(const struct view *v, double a)
{
    double h = fmax(4.0, 0.008 * v->s);
    double gap = v->stroke + fmax(1.5, 0.0016 * v->s);
    double d = hypot(fmax(fabs(v->x) - (0.15 * v->s - h), 0.0), v->y) - h;
    double inside = 0.15 * v->s - gap + 1.0;
    return (struct parts){cover(d + gap) * cover(v->x - (2.0 * a - 1.0) * inside),
                          cover(fabs(d) - v->stroke)};
}

static double lid(const struct view *v, double b, double k)
{
    double slope = -2.0 * k * v->x / (b * b);
    return fabs(v->y - k * (1.0 - v->x * v->x / (b * b))) / sqrt(1.0 + slope * slope);
}

static struct parts eyelid(const struct view *v, double a)
{
    double b = fmin(0.024 * v->width, 0.044 * v->s) - v->stroke;
    double upper = b * (-0.50 + 0.72 * a);
    double lower = b * (0.30 - 0.08 * a);
    double w = 1.0 - v->x * v->x / (b * b);
    double iris = cover(hypot(v->x, v->y + 0.15 * b) - 0.36 * b);
    return (struct parts){0.8 * iris * cover(upper * w - v->y) * cover(v->y - lower * w),
                          cover(fmin(lid(v, b, upper), lid(v, b, lower)) - v->stroke) *
                              cover(fabs(v->x) - b)};
}

static struct parts jaw(const struct view *v, double a)
{
    double b = v->s * (0.10 - 0.012 * a);
    double k = fmax(0.3 * v->stroke, v->s * a * (v->y < 0.0 ? 0.11 : 0.15));
    double f = hypot(v->x / b, v->y / k);
    double steep = hypot(v->x / (b * b), v->y / (k * k)) / f;
    return (struct parts){0.8 * fmin(1.0, 2.0 * a) * fmax(0.0, 1.0 - f * f),
                          cover(fabs(f - 1.0) / steep - v->stroke) *
                              cover(fabs(v->x) - b - v->stroke)};
}

static struct parts glow(const struct view *v, double radius, double a)
{
    double inside = fmax(0.0, 1.0 - v->r * v->r / (radius * radius * v->s * v->s));
    return (struct parts){a * inside * inside * inside, 0.0};
}

static struct parts dot(const struct view *v)
{
    return (struct parts){0.0, smooth(clamp((fmax(2.5, 0.004 * v->s) + 1.0 - v->r) / 2.0))};
}

static struct parts bullseye(const struct view *v)
{
    double outer = fmax(4.5, 0.01 * v->s);
    double inner = fmax(1.5, 0.01 * v->s / 3.0);
    double cross = cover(fmin(fabs(v->x), fabs(v->y)) - inner);
    return (struct parts){0.0, fmax(cover(v->r - outer) * (1.0 - cross), cover(v->r - inner))};
}

static struct parts of_kind(const struct view *v, enum scene_shape_kind kind, double a)
{
    switch (kind) {
    case SCENE_SHAPE_NONE:
        break;
    case SCENE_SHAPE_DISC:
        return disc(v, a);
    case SCENE_SHAPE_BAR:
        return bar(v, a);
    case SCENE_SHAPE_EYELID:
        return eyelid(v, a);
    case SCENE_SHAPE_JAW:
        return jaw(v, a);
    case SCENE_SHAPE_GLOW:
        return glow(v, 0.2, a);
    case SCENE_SHAPE_DOT:
        return dot(v);
    case SCENE_SHAPE_BULLSEYE:
        return bullseye(v);
    case SCENE_SHAPE_EMBER:
        return glow(v, 0.035, a);
    case SCENE_SHAPE_DRAIN: /* not around the centre: drain_test.c */
        break;
    }
    return (struct parts){0.0, 0.0};
}

struct parts reference_parts(const struct scene_shape *shape, const struct scene *scene, int width,
                             int height, int x, int y)
{
    double s = width < height ? width : height;
    struct view v = {.width = width,
                     .s = s,
                     .stroke = fmax(0.75, 0.0008 * s),
                     .x = x + 0.5 - round(width / 2.0) - scene->drift_x_px,
                     .y = y + 0.5 - round(height * 0.48) - scene->drift_y_px};
    v.r = hypot(v.x, v.y);
    struct parts parts = of_kind(&v, shape->kind, (double)shape->amount);
    parts.accent *= (double)shape->alpha;
    parts.line *= (double)shape->alpha;
    return parts;
}

static double encode(double linear)
{
    return 255.0 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1.0 / 2.4) - 0.055);
}

static double decode(double code)
{
    double c = code / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

void reference_codes(const struct scene *scene, struct parts parts, double codes[3])
{
    const double field[3] = {(double)scene->field.r, (double)scene->field.g,
                             (double)scene->field.b};
    const double accent[3] = {(double)scene->accent.r, (double)scene->accent.g,
                              (double)scene->accent.b};
    const double line[3] = {(double)scene->line.r, (double)scene->line.g, (double)scene->line.b};
    for (int i = 0; i < 3; i++) {
        double light = decode(round(encode(field[i])));
        light += (accent[i] - light) * parts.accent;
        light += (line[i] - light) * parts.line;
        codes[i] = encode(light);
    }
}
