#include "shapes.h"

#include "lacrima/base/check.h"
#include "light.h"

#include <math.h>

#define CENTRE_DOWN 0.48

/* A box or polygon is so much wider than what it shows, for the smoothed edge. */
#define MARGIN            0.75

#define GLOW_RADIUS       0.2
#define EMBER_RADIUS      0.035

#define DRAIN_SURFACE     0.024
#define DRAIN_SURFACE_MIN 4.0

/* Sides of the polygon around a filled circle, and around a thin ring. */
#define DISC_SIDES 12.0
#define RING_SIDES 32.0

static const double pi = 3.14159265358979323846;

/* The field, as shapes see it. */
struct ground {
    double width, s, stroke;
    double x, y; /* the centre, drift included */
};

void shape_centre(int width, int height, int *x, int *y)
{
    *x = (int)lround(width / 2.0);
    *y = (int)lround(height * CENTRE_DOWN);
}

static double reach_of_kind(enum scene_shape_kind kind)
{
    switch (kind) {
    case SCENE_SHAPE_NONE:
        break;
    case SCENE_SHAPE_DISC:
        return 0.162;
    case SCENE_SHAPE_BAR:
    case SCENE_SHAPE_DOT:
    case SCENE_SHAPE_BULLSEYE:
        return 0.02;
    case SCENE_SHAPE_EYELID:
        return 0.03;
    case SCENE_SHAPE_JAW:
        return 0.152;
    case SCENE_SHAPE_GLOW:
        return GLOW_RADIUS;
    case SCENE_SHAPE_EMBER:
        return EMBER_RADIUS;
    case SCENE_SHAPE_DRAIN:
        break;
    }
    return 0.0;
}

double shape_reach_of(const struct scene_shape *shape)
{
    return reach_of_kind(shape->kind) * (shape->beside ? BESIDE_SIZE : 1.0);
}

static void place_box(struct shape_form *form, const struct ground *ground, double half_width,
                      double up, double down)
{
    double left = floor(ground->x - half_width - MARGIN);
    double right = ceil(ground->x + half_width + MARGIN);
    double top = floor(ground->y - up - MARGIN);
    double bottom = ceil(ground->y + down + MARGIN);
    form->place = (struct shape_place){
        .box = {(float)left, (float)top, (float)(right - left), (float)(bottom - top)}};
}

/* The polygon that holds everything from one radius to another, and the box around it. */
static void place_round(struct shape_form *form, const struct ground *ground, double inner,
                        double outer, double sides)
{
    place_box(form, ground, outer, outer, outer);
    form->place.polygon[0] = (float)fmax(inner - MARGIN, 0.0);
    form->place.polygon[1] = (float)((outer + MARGIN) / cos(pi / sides));
    form->place.polygon[2] = (float)sides;
}

static void set_form(struct shape_form *form, double a, double b, double c, double d)
{
    form->form[0] = (float)a;
    form->form[1] = (float)b;
    form->form[2] = (float)c;
    form->form[3] = (float)d;
}

static void form_disc(struct shape_form *form, const struct ground *ground, double amount)
{
    double radius = ground->s * (0.045 + 0.105 * amount);
    set_form(form, radius, 1.0 / (radius * radius), 0.0, 0.0);
    place_round(form, ground, 0.0, radius - MARGIN, DISC_SIDES);
}

static void form_ring(struct shape_form *form, const struct ground *ground)
{
    double radius = 0.16 * ground->s;
    set_form(form, radius, 0.0, 0.0, 0.0);
    place_round(form, ground, radius - ground->stroke, radius + ground->stroke, RING_SIDES);
}

static void form_bar(struct shape_form *form, const struct ground *ground, double amount)
{
    double half_width = 0.15 * ground->s;
    double half_height = fmax(4.0, 0.008 * ground->s);
    double gap = ground->stroke + fmax(1.5, 0.0016 * ground->s);
    double inside = half_width - gap + 1.0;
    set_form(form, half_width, half_height, inside * (2.0 * amount - 1.0), gap);
    double up = half_height + ground->stroke;
    place_box(form, ground, half_width + ground->stroke, up, up);
}

static void form_eyelid(struct shape_form *form, const struct ground *ground, double amount)
{
    double half_width = fmin(0.024 * ground->width, 0.044 * ground->s) - ground->stroke;
    double upper = half_width * (-0.50 + 0.72 * amount);
    double lower = half_width * (0.30 - 0.08 * amount);
    set_form(form, half_width, upper, lower, 0.36 * half_width);
    place_box(form, ground, half_width, fmax(0.0, -upper) + ground->stroke, lower + ground->stroke);
}

static void form_jaw(struct shape_form *form, const struct ground *ground, double amount)
{
    double half_width = ground->s * (0.10 - 0.012 * amount);
    double above = fmax(0.3 * ground->stroke, 0.11 * ground->s * amount);
    double below = fmax(0.3 * ground->stroke, 0.15 * ground->s * amount);
    set_form(form, half_width, above, below, JAW_DEPTH * fmin(1.0, 2.0 * amount));
    place_box(form, ground, half_width + ground->stroke, above + ground->stroke,
              below + ground->stroke);
}

static void form_glow(struct shape_form *form, const struct ground *ground, double part,
                      double amount)
{
    double radius = part * ground->s;
    set_form(form, radius, 1.0 / (radius * radius), amount, 0.0);
    place_round(form, ground, 0.0, radius - MARGIN, DISC_SIDES);
}

static void form_target(struct shape_form *form, const struct ground *ground, double radius,
                        double inner)
{
    set_form(form, radius, inner, 0.0, 0.0);
    place_box(form, ground, radius, radius, radius);
}

static void form_of_kind(struct shape_form *form, const struct ground *ground, double amount)
{
    if (form->kind == SHAPE_RING) {
        form_ring(form, ground);
        return;
    }
    switch ((enum scene_shape_kind)form->kind) {
    case SCENE_SHAPE_NONE:
        break;
    case SCENE_SHAPE_DISC:
        form_disc(form, ground, amount);
        break;
    case SCENE_SHAPE_BAR:
        form_bar(form, ground, amount);
        break;
    case SCENE_SHAPE_EYELID:
        form_eyelid(form, ground, amount);
        break;
    case SCENE_SHAPE_JAW:
        form_jaw(form, ground, amount);
        break;
    case SCENE_SHAPE_GLOW:
        form_glow(form, ground, GLOW_RADIUS, amount);
        break;
    case SCENE_SHAPE_EMBER:
        form_glow(form, ground, EMBER_RADIUS, amount);
        break;
    case SCENE_SHAPE_DOT:
        form_target(form, ground, fmax(2.5, 0.004 * ground->s), 0.0);
        break;
    case SCENE_SHAPE_BULLSEYE:
        form_target(form, ground, fmax(4.5, 0.01 * ground->s), fmax(1.5, 0.01 * ground->s / 3.0));
        break;
    case SCENE_SHAPE_DRAIN:
        break;
    }
}

/* How high a kind lies over the others, whatever the scene's order: light below, marks above. */
static int rank(int kind)
{
    static const int ranks[SHAPE_KINDS] = {
        [SCENE_SHAPE_GLOW] = 1,     [SCENE_SHAPE_DISC] = 2, [SHAPE_RING] = 3,
        [SCENE_SHAPE_BAR] = 4,      [SCENE_SHAPE_JAW] = 5,  [SCENE_SHAPE_EYELID] = 6,
        [SCENE_SHAPE_BULLSEYE] = 7, [SCENE_SHAPE_DOT] = 8,  [SCENE_SHAPE_EMBER] = 9};
    return ranks[kind];
}

static float clamp_unit(float x)
{
    return fminf(fmaxf(x, 0.0F), 1.0F);
}

static void add_form(struct shape_forms *forms, const struct ground *ground, int kind,
                     const struct scene_shape *shape)
{
    check(forms->count < SHAPE_FORMS_MAX);
    size_t at = forms->count++;
    for (; at > 0 && rank(forms->items[at - 1].kind) > rank(kind); at--)
        forms->items[at] = forms->items[at - 1];
    struct shape_form *form = &forms->items[at];
    *form = (struct shape_form){.kind = kind,
                                .alpha = clamp_unit(shape->alpha),
                                .stroke = (float)ground->stroke,
                                .centre = {(float)ground->x, (float)ground->y}};
    form_of_kind(form, ground, (double)clamp_unit(shape->amount));
}

static bool boxes_meet(const float a[4], const float b[4])
{
    return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}

/* A disc's body and its ring do not share a pixel, except on a field of a few hundred px, where
 * the ring's margin reaches into a full disc. */
static bool ring_holds(const struct shape_form *body, const struct shape_form *ring)
{
    return body->kind == SCENE_SHAPE_DISC && ring->kind == SHAPE_RING &&
           body->centre[0] == ring->centre[0] &&
           body->form[0] <= ring->place.polygon[0] * (float)cos(pi / RING_SIDES);
}

/* Shapes in one place share pixels. */
static bool keep_apart(const struct shape_forms *forms)
{
    for (size_t i = 0; i < forms->count; i++) {
        for (size_t k = i + 1; k < forms->count; k++) {
            if (boxes_meet(forms->items[i].place.box, forms->items[k].place.box) &&
                !ring_holds(&forms->items[i], &forms->items[k]))
                return false;
        }
    }
    return true;
}

void shape_forms_init(struct shape_forms *forms, const struct scene *scene, int width, int height)
{
    int x = 0;
    int y = 0;
    shape_centre(width, height, &x, &y);
    double s = (double)(width < height ? width : height);
    struct ground ground = {.width = (double)width,
                            .s = s,
                            .stroke = fmax(0.75, 0.0008 * s),
                            .x = (double)(x + scene->drift_x_px),
                            .y = (double)(y + scene->drift_y_px)};
    struct ground beside = ground;
    beside.x += BESIDE_X * s;
    beside.s *= BESIDE_SIZE;
    beside.width *= BESIDE_SIZE;
    forms->count = 0;
    for (size_t i = 0; i < scene->shape_count; i++) {
        const struct scene_shape *shape = &scene->shapes[i];
        const struct ground *here = shape->beside ? &beside : &ground;
        if (shape->kind == SCENE_SHAPE_NONE || shape->kind == SCENE_SHAPE_DRAIN ||
            !(shape->alpha > 0.0F))
            continue;
        add_form(forms, here, (int)shape->kind, shape);
        if (shape->kind == SCENE_SHAPE_DISC)
            add_form(forms, here, SHAPE_RING, shape);
    }
    forms->apart = keep_apart(forms);
}

static const struct scene_shape *find_drain(const struct scene *scene)
{
    for (size_t i = 0; i < scene->shape_count; i++) {
        if (scene->shapes[i].kind == SCENE_SHAPE_DRAIN && scene->shapes[i].alpha > 0.0F)
            return &scene->shapes[i];
    }
    return NULL;
}

void shape_drain_init(struct shape_drain *drain, const struct scene *scene, int width, int height,
                      const int field[3])
{
    const struct scene_shape *shape = find_drain(scene);
    *drain = (struct shape_drain){.visible = shape != NULL};
    if (shape == NULL)
        return;
    double s = (double)(width < height ? width : height);
    int surface = (int)fmax(DRAIN_SURFACE_MIN, round(DRAIN_SURFACE * s));
    drain->level = (int)lround((double)clamp_unit(shape->amount) * (height + surface));
    float alpha = clamp_unit(shape->alpha);
    struct colour ground = colour_from_codes(field[0], field[1], field[2]);
    light_codes((struct colour){ground.r + alpha * (scene->accent.r - ground.r),
                                ground.g + alpha * (scene->accent.g - ground.g),
                                ground.b + alpha * (scene->accent.b - ground.b)},
                drain->codes);
    int top = drain->level - surface;
    int first = top > 0 ? top : 0;
    int last = drain->level < height ? drain->level : height;
    drain->has_surface = first < last;
    drain->form = (struct shape_form){.kind = SCENE_SHAPE_DRAIN, .alpha = 1.0F};
    set_form(&drain->form, (double)top, 1.0 / surface, 0.0, 0.0);
    drain->form.place.box[1] = (float)first;
    drain->form.place.box[2] = (float)width;
    drain->form.place.box[3] = (float)(last - first);
}

struct shape_place shape_forms_box(const struct shape_forms *forms)
{
    struct shape_place all = forms->items[0].place;
    float right = all.box[0] + all.box[2];
    float bottom = all.box[1] + all.box[3];
    for (size_t i = 1; i < forms->count; i++) {
        const float *box = forms->items[i].place.box;
        all.box[0] = fminf(all.box[0], box[0]);
        all.box[1] = fminf(all.box[1], box[1]);
        right = fmaxf(right, box[0] + box[2]);
        bottom = fmaxf(bottom, box[1] + box[3]);
    }
    return (struct shape_place){
        .box = {all.box[0], all.box[1], right - all.box[0], bottom - all.box[1]}};
}
