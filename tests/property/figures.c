/* Every figure at every moment is a body: its bones keep their lengths, its joints bend as a
 * person's do, nothing of it is below the floor or leaves its room, and nothing of it jumps. */
#include "../support/cm.h"

#include "../../src/core/figure.h"

#include <math.h>
#include <stdio.h>

#define STEP_S   (1.0 / 30.0)
#define ROUNDS_S 65.0 /* longer than any figure, with its loop */
#define DEGREE   (180.0 / 3.14159265358979323846)

/* Room and floor are drawn thinner than any part of a body. */
#define THIN_MAX     0.002
#define FLOOR_SLACK  0.0012
#define SIDE_MAX     0.30 /* of S: there the breath begins */
#define PLACE_SLACK  0.006
#define SLOW_MAX     0.30 /* heights of a body a second */
#define BLOW_MAX     1.0
#define LENGTH_SLACK 1e-5

static const char *const names[FIGURE_COUNT] = {
#define X(id, name) name,
    FIGURE_LIST(X)
#undef X
};

typedef void check_moment(enum figure_id id, double t_s);

static void at_every_moment(check_moment *moment)
{
    for (int id = 0; id < FIGURE_COUNT; id++) {
        for (double t = 0.0; t < ROUNDS_S; t += STEP_S)
            moment((enum figure_id)id, t);
    }
}

#define HOLDS(condition, ...)                                                                      \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fail_msg(__VA_ARGS__);                                                                 \
    } while (0)

static double distance(struct figure_point a, struct figure_point b)
{
    return sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z));
}

struct bone {
    enum figure_joint from, to;
    double length;
};

#define LIMB(a, b, c, d, side, l1, l2, l3)                                                         \
    {JOINT_##a##_##side, JOINT_##b##_##side, l1}, {JOINT_##b##_##side, JOINT_##c##_##side, l2},    \
    {                                                                                              \
        JOINT_##c##_##side, JOINT_##d##_##side, l3                                                 \
    }
#define LEG(side) LIMB(HIP, KNEE, ANKLE, TOE, side, FIGURE_THIGH, FIGURE_SHIN, FIGURE_FOOT)
#define ARM(side)                                                                                  \
    LIMB(SHOULDER, ELBOW, WRIST, FINGER, side, FIGURE_UPPER_ARM, FIGURE_FOREARM, FIGURE_HAND)

static const struct bone bones[] = {
    {JOINT_PELVIS, JOINT_LOIN, FIGURE_SPINE_BONE},
    {JOINT_LOIN, JOINT_WAIST, FIGURE_SPINE_BONE},
    {JOINT_WAIST, JOINT_NAPE, FIGURE_SPINE_BONE},
    {JOINT_NAPE, JOINT_HEAD, FIGURE_HEAD_BONE},
    {JOINT_NAPE, JOINT_SHOULDER_NEAR, FIGURE_SHOULDER},
    {JOINT_NAPE, JOINT_SHOULDER_FAR, FIGURE_SHOULDER},
    {JOINT_PELVIS, JOINT_HIP_NEAR, FIGURE_HIP},
    {JOINT_PELVIS, JOINT_HIP_FAR, FIGURE_HIP},
    LEG(NEAR),
    LEG(FAR),
    ARM(NEAR),
    ARM(FAR),
};

static void check_lengths(enum figure_id id, double t_s)
{
    struct figure_point joints[JOINT_COUNT];
    figure_joints(&figures[id], t_s, joints);
    for (size_t i = 0; i < sizeof bones / sizeof bones[0]; i++) {
        double length = distance(joints[bones[i].from], joints[bones[i].to]);
        HOLDS(fabs(length - bones[i].length) < LENGTH_SLACK, "%s, %.2f s: bone %zu is %g long",
              names[id], t_s, i, length);
    }
}

static void bones_keep_their_lengths(void **state)
{
    (void)state;
    at_every_moment(check_lengths);
}

static void check_room(enum figure_id id, double t_s)
{
    struct scene scene;
    scene_init(&scene);
    figure_show(id, false, t_s, 1.0, &scene);
    double low = -1.0;
    double high = 1.0;
    double wide = 0.0;
    for (size_t i = 0; i < scene.figure.stroke_count; i++) {
        const struct scene_stroke *s = &scene.figure.strokes[i];
        double h0 = (double)s->half_width0;
        double h1 = (double)s->half_width1;
        if (s->clears || h0 < THIN_MAX)
            continue;
        low = fmax(low, fmax((double)s->y0 + h0, (double)s->y1 + h1));
        high = fmin(high, fmin((double)s->y0 - h0, (double)s->y1 - h1));
        wide = fmax(wide, fmax(fabs((double)s->x0) + h0, fabs((double)s->x1) + h1));
    }
    HOLDS(low <= FIGURE_FLOOR + FLOOR_SLACK, "%s, %.2f s: %.4f below the floor", names[id], t_s,
          low - FIGURE_FLOOR);
    HOLDS(high >= -FIGURE_TOP, "%s, %.2f s: %.4f too high", names[id], t_s, -FIGURE_TOP - high);
    HOLDS(wide <= SIDE_MAX, "%s, %.2f s: %.4f too wide", names[id], t_s, wide - SIDE_MAX);
}

static void nothing_leaves_the_room(void **state)
{
    (void)state;
    at_every_moment(check_room);
}

/* The turn from one bone to the next in the picture, against the clock, -180 .. 180. */
static double turn(struct figure_point a, struct figure_point b, struct figure_point c)
{
    double first = atan2(b.y - a.y, b.x - a.x);
    double second = atan2(c.y - b.y, c.x - b.x);
    return remainder(second - first, 360.0 / DEGREE) * DEGREE;
}

/* How far a joint is bent in space: 0 is straight, 180 folded. */
static double bent(struct figure_point a, struct figure_point b, struct figure_point c)
{
    double ab = distance(a, b);
    double bc = distance(b, c);
    double ac = distance(a, c);
    double cosine = (ac * ac - ab * ab - bc * bc) / (2.0 * ab * bc);
    return acos(fmin(fmax(cosine, -1.0), 1.0)) * DEGREE;
}

static bool flat(struct figure_point a, struct figure_point b, struct figure_point c)
{
    return fabs(a.z - b.z) < LENGTH_SLACK && fabs(b.z - c.z) < LENGTH_SLACK;
}

static void check_range(enum figure_id id, double t_s, const char *what, double angle, double least,
                        double most)
{
    HOLDS(angle >= least && angle <= most, "%s, %.2f s: %s bends %.0f, not %.0f to %.0f", names[id],
          t_s, what, angle, least, most);
}

/* Upright and looking to the right, forward is against the clock; a knee bends the other way. */
static void check_limbs(enum figure_id id, double t_s, const struct figure_point *j)
{
    static const enum figure_joint hips[] = {JOINT_HIP_NEAR, JOINT_HIP_FAR};
    static const enum figure_joint shoulders[] = {JOINT_SHOULDER_NEAR, JOINT_SHOULDER_FAR};
    for (int i = 0; i < 2; i++) {
        const struct figure_point *leg = &j[hips[i]];
        const struct figure_point *arm = &j[shoulders[i]];
        check_range(id, t_s, "knee", bent(leg[0], leg[1], leg[2]), 0.0, 160.0);
        check_range(id, t_s, "elbow", bent(arm[0], arm[1], arm[2]), 0.0, 150.0);
        check_range(id, t_s, "wrist", bent(arm[1], arm[2], arm[3]), 0.0, 90.0);
        if (figures[id].view != FIGURE_SIDE)
            continue;
        if (flat(arm[0], arm[1], arm[2]))
            check_range(id, t_s, "elbow", turn(arm[0], arm[1], arm[2]), -5.0, 150.0);
        if (!flat(leg[0], leg[1], leg[2]))
            continue;
        check_range(id, t_s, "knee", turn(leg[0], leg[1], leg[2]), -160.0, 5.0);
        check_range(id, t_s, "ankle", turn(leg[1], leg[2], leg[3]), -10.0, 120.0);
        check_range(id, t_s, "hip",
                    turn(j[JOINT_LOIN], j[JOINT_PELVIS],
                         (struct figure_point){j[JOINT_PELVIS].x + leg[1].x - leg[0].x,
                                               j[JOINT_PELVIS].y + leg[1].y - leg[0].y, 0.0}),
                    -40.0, 140.0);
    }
}

static void check_joints(enum figure_id id, double t_s)
{
    struct figure_point j[JOINT_COUNT];
    figure_joints(&figures[id], t_s, j);
    check_range(id, t_s, "back", bent(j[JOINT_PELVIS], j[JOINT_LOIN], j[JOINT_WAIST]), 0.0, 40.0);
    check_range(id, t_s, "back", bent(j[JOINT_LOIN], j[JOINT_WAIST], j[JOINT_NAPE]), 0.0, 40.0);
    check_range(id, t_s, "neck", bent(j[JOINT_WAIST], j[JOINT_NAPE], j[JOINT_HEAD]), 0.0, 45.0);
    check_limbs(id, t_s, j);
}

static void joints_bend_as_a_persons_do(void **state)
{
    (void)state;
    at_every_moment(check_joints);
}

/* A hand or foot that rests somewhere is within reach of it. */
static void check_places(enum figure_id id, double t_s)
{
    static const enum figure_joint ends[LIMB_COUNT] = {JOINT_ANKLE_NEAR, JOINT_ANKLE_FAR,
                                                       JOINT_WRIST_NEAR, JOINT_WRIST_FAR};
    const struct figure *figure = &figures[id];
    float values[VALUE_COUNT];
    struct figure_point joints[JOINT_COUNT];
    figure_values(figure, t_s, values);
    figure_joints(figure, t_s, joints);
    for (int limb = 0; limb < LIMB_COUNT; limb++) {
        if (figure->given[limb] == LIMB_TURNED)
            continue;
        const float *place = &values[VALUE_LIMBS + 6 * limb];
        double off =
            hypot(joints[ends[limb]].x - (double)place[0], joints[ends[limb]].y - (double)place[1]);
        HOLDS(off < PLACE_SLACK, "%s, %.2f s: limb %d ends %.4f from its place", names[id], t_s,
              limb, off);
    }
}

static void hands_and_feet_reach_their_places(void **state)
{
    (void)state;
    at_every_moment(check_places);
}

static void check_speed(enum figure_id id, double t_s)
{
    struct figure_point before[JOINT_COUNT];
    struct figure_point after[JOINT_COUNT];
    figure_joints(&figures[id], t_s, before);
    figure_joints(&figures[id], t_s + STEP_S, after);
    bool blow = id == FIGURE_BOX_LEAD || id == FIGURE_BOX_REAR;
    for (int i = 0; i < JOINT_COUNT; i++) {
        double speed = distance(before[i], after[i]) / STEP_S;
        HOLDS(speed <= (blow ? BLOW_MAX : SLOW_MAX), "%s, %.2f s: joint %d at %.2f a second",
              names[id], t_s, i, speed);
    }
}

static void nothing_jumps(void **state)
{
    (void)state;
    at_every_moment(check_speed);
}

static void check_mirrored(enum figure_id id, double t_s)
{
    struct scene scene;
    struct scene mirrored;
    scene_init(&scene);
    scene_init(&mirrored);
    figure_show(id, false, t_s, 1.0, &scene);
    figure_show(id, true, t_s, 1.0, &mirrored);
    assert_int_not_equal(scene.figure.kind, mirrored.figure.kind);
    assert_int_equal(scene.figure.stroke_count, mirrored.figure.stroke_count);
    for (size_t i = 0; i < scene.figure.stroke_count; i++) {
        struct scene_stroke *s = &mirrored.figure.strokes[i];
        s->x0 = -s->x0;
        s->x1 = -s->x1;
    }
    mirrored.figure.kind = scene.figure.kind;
    assert_true(scene_equal(&scene, &mirrored));
}

static void what_is_mirrored_is_the_same_body(void **state)
{
    (void)state;
    at_every_moment(check_mirrored);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bones_keep_their_lengths),
        cmocka_unit_test(nothing_leaves_the_room),
        cmocka_unit_test(joints_bend_as_a_persons_do),
        cmocka_unit_test(hands_and_feet_reach_their_places),
        cmocka_unit_test(nothing_jumps),
        cmocka_unit_test(what_is_mirrored_is_the_same_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
