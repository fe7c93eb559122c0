#include "figure.h"

#include "lacrima/base/check.h"
#include "lacrima/base/ease.h"

#include <math.h>

/* How visible what is not the nearer body is. */
#define FAR_PART    0.5
#define FLOOR_PART  0.3
#define CHAIR_PART  0.4
#define FLOOR_REACH 0.30   /* of S, to either side */
#define THIN        0.0012 /* half the width of floor and chair, of S */

/* The chair, from its seat's middle. */
#define SEAT_BEHIND  0.13
#define SEAT_BEFORE  0.17
#define CHAIR_BACK   0.60 /* height of its back */
#define CHAIR_HALF   0.15 /* half its width, from the front */

#define NECK_LINE_IN 0.004 /* how far the neck's line reaches into the head */
#define CURVE_PARTS  5     /* lines for each bone of the spine */

/* Half of how wide a body is drawn: a little slimmer than it is, so that what lies over one
 * another can be told apart. */
#define TRUNK_POINTS 5
static const double side_widths[TRUNK_POINTS - 1] = {0.038, 0.034, 0.037, 0.024};
static const double front_widths[TRUNK_POINTS - 1] = {0.036, 0.040, 0.044, 0.034};
#define NECK_BELOW   0.022
#define NECK_ABOVE   0.017
#define FLANK_TOP    0.034
#define FLANK_BOTTOM 0.030
#define FLANK_INSET  0.30 /* of the way from a shoulder to the middle */

/* Whatever lies in front leaves a gap around itself in what lies behind; it begins so far from the
 * joint that a bone hangs from, so that a body holds together. */
#define GAP      0.011
#define GAP_FROM 0.052

static const double degree = 3.14159265358979323846 / 180.0;

/* The bones of a limb, and where its joints begin. */
static const double limb_bones[LIMB_COUNT][3] = {
    {FIGURE_THIGH, FIGURE_SHIN, FIGURE_FOOT},
    {FIGURE_THIGH, FIGURE_SHIN, FIGURE_FOOT},
    {FIGURE_UPPER_ARM, FIGURE_FOREARM, FIGURE_HAND},
    {FIGURE_UPPER_ARM, FIGURE_FOREARM, FIGURE_HAND},
};
static const double limb_widths[LIMB_COUNT][4] = {
    {0.031, 0.023, 0.015, 0.011},
    {0.031, 0.023, 0.015, 0.011},
    {0.020, 0.017, 0.013, 0.011},
    {0.020, 0.017, 0.013, 0.011},
};
static const enum figure_joint limb_roots[LIMB_COUNT] = {JOINT_HIP_NEAR, JOINT_HIP_FAR,
                                                         JOINT_SHOULDER_NEAR, JOINT_SHOULDER_FAR};

static double loop_start(const struct figure *figure)
{
    return (double)figure->frames[figure->loop].at_s;
}

double figure_still_s(const struct figure *figure)
{
    return loop_start(figure);
}

void figure_values(const struct figure *figure, double t_s, float values[VALUE_COUNT])
{
    const struct figure_frame *frames = figure->frames;
    uint8_t last = (uint8_t)(figure->frame_count - 1);
    double end = (double)frames[last].at_s;
    double start = loop_start(figure);
    if (t_s >= end && end > start)
        t_s = start + fmod(t_s - start, end - start);
    uint8_t next = 1;
    while (next < last && t_s >= (double)frames[next].at_s)
        next++;
    const struct figure_frame *a = &frames[next - 1];
    const struct figure_frame *b = &frames[next];
    double length = (double)(b->at_s - a->at_s);
    float part = (float)ease_cosine((t_s - (double)a->at_s) / length);
    for (int i = 0; i < VALUE_COUNT; i++)
        values[i] = a->values[i] + (b->values[i] - a->values[i]) * part;
}

/* The end of a bone that begins here and points as the two numbers say. */
static struct figure_point along(struct figure_point from, const float direction[2], double length)
{
    double turn = (double)direction[0] * degree;
    double tilt = (double)direction[1] * degree;
    return (struct figure_point){from.x + length * cos(tilt) * cos(turn),
                                 from.y + length * cos(tilt) * sin(turn),
                                 from.z + length * sin(tilt)};
}

static void turn_limb(enum figure_limb limb, const float values[VALUE_COUNT],
                      struct figure_point joints[JOINT_COUNT])
{
    enum figure_joint root = limb_roots[limb];
    const float *directions = &values[VALUE_LIMBS + 6 * (int)limb];
    for (int i = 0; i < 3; i++)
        joints[(int)root + i + 1] =
            along(joints[(int)root + i], &directions[2 * (size_t)i], limb_bones[limb][i]);
}

/* The limb's end rests at a place; the law of cosines says where its middle joint is.  What is
 * out of reach is reached for. */
static void bend_limb(const struct figure *figure, enum figure_limb limb,
                      const float values[VALUE_COUNT], struct figure_point moved,
                      struct figure_point joints[JOINT_COUNT])
{
    enum figure_joint root = limb_roots[limb];
    const float *given = &values[VALUE_LIMBS + 6 * (int)limb];
    double first = limb_bones[limb][0];
    double second = limb_bones[limb][1];
    struct figure_point from = joints[root];
    double dx = (double)given[0] + moved.x - from.x;
    double dy = (double)given[1] + moved.y - from.y;
    double reach = ease_clamp(hypot(dx, dy), fabs(first - second) + 1e-6, first + second - 1e-6);
    double turn = atan2(dy, dx);
    double cosine = (first * first + reach * reach - second * second) / (2.0 * first * reach);
    /* The middle joint lies to the other side than the one the second bone turns to. */
    double bend = -(double)figure->given[limb] * acos(ease_clamp(cosine, -1.0, 1.0));
    joints[root + 1] = (struct figure_point){from.x + first * cos(turn + bend),
                                             from.y + first * sin(turn + bend), from.z};
    joints[root + 2] =
        (struct figure_point){from.x + reach * cos(turn), from.y + reach * sin(turn), from.z};
    joints[root + 3] = along(joints[root + 2], &given[4], limb_bones[limb][2]);
}

static void place_trunk(const float values[VALUE_COUNT], struct figure_point joints[JOINT_COUNT])
{
    joints[JOINT_PELVIS] = (struct figure_point){0.0, 0.0, 0.0};
    for (int i = 0; i < 3; i++)
        joints[JOINT_LOIN + i] =
            along(joints[JOINT_PELVIS + i], &values[VALUE_SPINE + 2 * i], FIGURE_SPINE_BONE);
    joints[JOINT_HEAD] = along(joints[JOINT_NAPE], &values[VALUE_HEAD], FIGURE_HEAD_BONE);
    const float *shoulders = &values[VALUE_SHOULDERS];
    const float *hips = &values[VALUE_HIPS];
    joints[JOINT_SHOULDER_NEAR] = along(joints[JOINT_NAPE], shoulders, FIGURE_SHOULDER);
    joints[JOINT_SHOULDER_FAR] = along(joints[JOINT_NAPE], shoulders, -FIGURE_SHOULDER);
    joints[JOINT_HIP_NEAR] = along(joints[JOINT_PELVIS], hips, FIGURE_HIP);
    joints[JOINT_HIP_FAR] = along(joints[JOINT_PELVIS], hips, -FIGURE_HIP);
}

void figure_joints(const struct figure *figure, double t_s, struct figure_point joints[JOINT_COUNT])
{
    float values[VALUE_COUNT];
    figure_values(figure, t_s, values);
    place_trunk(values, joints);
    for (enum figure_limb limb = LIMB_LEG_NEAR; limb < LIMB_COUNT; limb++) {
        if (figure->given[limb] == LIMB_TURNED)
            turn_limb(limb, values, joints);
    }
    /* The pelvis was taken for the middle of the world; the pinned joint is where it belongs. */
    struct figure_point pin = joints[figure->pin];
    struct figure_point moved = {pin.x - (double)values[VALUE_PIN],
                                 pin.y - (double)values[VALUE_PIN + 1], 0.0};
    for (enum figure_limb limb = LIMB_LEG_NEAR; limb < LIMB_COUNT; limb++) {
        if (figure->given[limb] != LIMB_TURNED)
            bend_limb(figure, limb, values, moved, joints);
    }
    for (int i = 0; i < JOINT_COUNT; i++) {
        joints[i].x -= moved.x;
        joints[i].y -= moved.y;
    }
}

/* What a scene's figure is drawn with: from body units to parts of S, y down. */
struct pen {
    const struct figure *figure;
    struct scene_figure *out;
    double sign; /* -1: mirrored */
};

static struct scene_stroke *add_stroke(struct pen *pen, struct figure_point a,
                                       struct figure_point b, double width_a, double width_b)
{
    check(pen->out->stroke_count < SCENE_STROKES_MAX);
    double scale = (double)pen->figure->scale;
    double middle = (double)pen->figure->middle;
    struct scene_stroke *added = &pen->out->strokes[pen->out->stroke_count++];
    *added = (struct scene_stroke){.x0 = (float)(pen->sign * scale * (a.x - middle)),
                                   .y0 = (float)(FIGURE_FLOOR - scale * a.y),
                                   .x1 = (float)(pen->sign * scale * (b.x - middle)),
                                   .y1 = (float)(FIGURE_FLOOR - scale * b.y),
                                   .half_width0 = (float)(scale * width_a),
                                   .half_width1 = (float)(scale * width_b)};
    return added;
}

static void stroke(struct pen *pen, struct figure_point a, struct figure_point b, double width_a,
                   double width_b, double part)
{
    add_stroke(pen, a, b, width_a, width_b)->part = (float)part;
}

static void clear(struct pen *pen, struct figure_point a, struct figure_point b, double width_a,
                  double width_b)
{
    add_stroke(pen, a, b, width_a, width_b)->clears = true;
}

static void thin(struct pen *pen, double x0, double y0, double x1, double y1, double part)
{
    double width = THIN / (double)pen->figure->scale;
    stroke(pen, (struct figure_point){x0, y0, 0.0}, (struct figure_point){x1, y1, 0.0}, width,
           width, part);
}

/* Drawn last: nobody's gap interrupts it. */
static void draw_floor(struct pen *pen)
{
    double reach = FLOOR_REACH / (double)pen->figure->scale;
    double middle = (double)pen->figure->middle;
    double below = -THIN / (double)pen->figure->scale;
    thin(pen, middle - reach, below, middle + reach, below, FLOOR_PART);
}

static void draw_chair(struct pen *pen)
{
    const struct figure *figure = pen->figure;
    if (!figure->has_chair)
        return;
    double x = (double)figure->chair;
    bool side = figure->view == FIGURE_SIDE;
    double left = x - (side ? SEAT_BEHIND : CHAIR_HALF);
    double right = x + (side ? SEAT_BEFORE : CHAIR_HALF);
    thin(pen, left, 0.0, left, CHAIR_BACK, CHAIR_PART);
    thin(pen, left, FIGURE_SEAT, right, FIGURE_SEAT, CHAIR_PART);
    thin(pen, right, 0.0, right, side ? FIGURE_SEAT : CHAIR_BACK, CHAIR_PART);
    if (!side)
        thin(pen, left, CHAIR_BACK, right, CHAIR_BACK, CHAIR_PART);
}

/* A bone from its root on, and before it the gap around it. */
static void draw_bone(struct pen *pen, struct figure_point a, struct figure_point b,
                      const double widths[2])
{
    double length = fmax(hypot(b.x - a.x, b.y - a.y), 1e-6);
    double from = fmin(GAP_FROM / length, 1.0);
    struct figure_point start = {a.x + (b.x - a.x) * from, a.y + (b.y - a.y) * from, 0.0};
    clear(pen, start, b, widths[0] + (widths[1] - widths[0]) * from + GAP, widths[1] + GAP);
    stroke(pen, a, b, widths[0], widths[1], 1.0);
}

static void draw_limb(struct pen *pen, const struct figure_point joints[JOINT_COUNT],
                      enum figure_limb limb, bool behind)
{
    const struct figure_point *bones = &joints[limb_roots[limb]];
    const double *widths = limb_widths[limb];
    for (int i = 0; i < 3; i++) {
        if (behind)
            stroke(pen, bones[i], bones[i + 1], widths[i], widths[i + 1], FAR_PART);
        else
            draw_bone(pen, bones[i], bones[i + 1], &widths[i]);
    }
}

/* A Catmull-Rom curve through p[1] and p[2]. */
static double curve(const double p[4], double t)
{
    return 0.5 *
           (2.0 * p[1] + (p[2] - p[0]) * t + (2.0 * p[0] - 5.0 * p[1] + 4.0 * p[2] - p[3]) * t * t +
            (3.0 * p[1] - p[0] - 3.0 * p[2] + p[3]) * t * t * t);
}

static struct figure_point curve_point(const struct figure_point points[TRUNK_POINTS], int from,
                                       double t)
{
    double x[4];
    double y[4];
    for (int i = 0; i < 4; i++) {
        int at = from + i - 1;
        at = at < 0 ? 0 : at >= TRUNK_POINTS ? TRUNK_POINTS - 1 : at;
        x[i] = points[at].x;
        y[i] = points[at].y;
    }
    return (struct figure_point){curve(x, t), curve(y, t), 0.0};
}

/* Back and neck are one bow, up to the edge of the head. */
static void draw_spine(struct pen *pen, const struct figure_point joints[JOINT_COUNT],
                       const double widths[TRUNK_POINTS - 1])
{
    struct figure_point head = joints[JOINT_HEAD];
    struct figure_point nape = joints[JOINT_NAPE];
    double length = fmax(hypot(head.x - nape.x, head.y - nape.y), 1e-6);
    double rest = (FIGURE_HEAD - NECK_LINE_IN) / length;
    struct figure_point edge = {head.x - (head.x - nape.x) * rest,
                                head.y - (head.y - nape.y) * rest, 0.0};
    const struct figure_point points[TRUNK_POINTS] = {joints[JOINT_PELVIS], joints[JOINT_LOIN],
                                                      joints[JOINT_WAIST], nape, edge};
    struct figure_point before = points[0];
    for (int bone = 0; bone + 1 < TRUNK_POINTS; bone++) {
        bool neck = bone + 2 == TRUNK_POINTS;
        double first = neck ? NECK_BELOW : widths[bone];
        double last = neck ? NECK_ABOVE : widths[bone + 1];
        for (int i = 1; i <= CURVE_PARTS; i++) {
            double from = (double)(i - 1) / CURVE_PARTS;
            double to = (double)i / CURVE_PARTS;
            struct figure_point here = curve_point(points, bone, to);
            stroke(pen, before, here, first + (last - first) * from, first + (last - first) * to,
                   1.0);
            before = here;
        }
    }
}

static void draw_head(struct pen *pen, struct figure_point head)
{
    if (pen->figure->head_over)
        clear(pen, head, head, FIGURE_HEAD + GAP, FIGURE_HEAD + GAP);
    stroke(pen, head, head, FIGURE_HEAD, FIGURE_HEAD, 1.0);
}

static struct figure_point between(struct figure_point a, struct figure_point b, double part)
{
    return (struct figure_point){a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part, 0.0};
}

/* From the front a trunk has a width: shoulders, hips, and a flank on either side. */
static void draw_flanks(struct pen *pen, const struct figure_point joints[JOINT_COUNT])
{
    static const enum figure_joint ends[2][2] = {{JOINT_SHOULDER_NEAR, JOINT_HIP_NEAR},
                                                 {JOINT_SHOULDER_FAR, JOINT_HIP_FAR}};
    stroke(pen, joints[JOINT_SHOULDER_NEAR], joints[JOINT_SHOULDER_FAR], limb_widths[2][0],
           limb_widths[2][0], 1.0);
    for (int i = 0; i < 2; i++) {
        struct figure_point top = between(joints[ends[i][0]], joints[JOINT_NAPE], FLANK_INSET);
        struct figure_point bottom = between(joints[ends[i][1]], joints[JOINT_PELVIS], FLANK_INSET);
        top.y += limb_widths[2][0] - FLANK_TOP;
        stroke(pen, top, bottom, FLANK_TOP, FLANK_BOTTOM, 1.0);
    }
}

void figure_show(enum figure_id id, bool mirrored, double t_s, double alpha, struct scene *scene)
{
    check(id < FIGURE_COUNT);
    const struct figure *figure = &figures[id];
    struct figure_point joints[JOINT_COUNT];
    figure_joints(figure, t_s, joints);
    struct scene_figure *out = &scene->figure;
    out->stroke_count = 0;
    out->kind = (uint16_t)(2 * (int)id + (mirrored ? 2 : 1));
    out->alpha = (float)ease_clamp(alpha, 0.0, 1.0);
    struct pen pen = {.figure = figure, .out = out, .sign = mirrored ? -1.0 : 1.0};
    draw_chair(&pen);
    bool side = figure->view == FIGURE_SIDE;
    if (side) {
        draw_limb(&pen, joints, LIMB_LEG_FAR, true);
        draw_limb(&pen, joints, LIMB_ARM_FAR, true);
    }
    draw_spine(&pen, joints, side ? side_widths : front_widths);
    if (!figure->head_over)
        draw_head(&pen, joints[JOINT_HEAD]);
    if (!side) {
        draw_flanks(&pen, joints);
        draw_limb(&pen, joints, LIMB_LEG_FAR, false);
    }
    draw_limb(&pen, joints, LIMB_LEG_NEAR, false);
    if (!side)
        draw_limb(&pen, joints, LIMB_ARM_FAR, false);
    draw_limb(&pen, joints, LIMB_ARM_NEAR, false);
    if (figure->head_over)
        draw_head(&pen, joints[JOINT_HEAD]);
    draw_floor(&pen);
}
