/* Figure: a person drawn in lines, moving slowly from pose to pose.
 *
 * The poses stand in assets/figures, one file a figure; scripts/make-figures turns them into the
 * table `figures` when the program is built.  A body is a tree of bones of fixed length; a pose
 * gives each bone's direction, and poses are mixed by direction, so no bone ever changes its
 * length.  A hand or a foot that rests on something is given by its place instead, and the two
 * bones of that limb follow from it.
 *
 * Body units: the height of a standing person is 1; x to the right, y up, z towards the viewer;
 * the floor is y = 0.  A direction is a turn in degrees against the clock from x, and a tilt out
 * of the picture towards the viewer.  Seen from the side a figure looks to the right and `near`
 * is its right side; seen from the front `near` is on the picture's left.  What is mirrored is
 * mirrored as a whole. */
#ifndef LACRIMA_CORE_FIGURE_H
#define LACRIMA_CORE_FIGURE_H

#include "lacrima/core/scene.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* X(ENUM, "file's name") */
#define FIGURE_LIST(X)                                                                             \
    X(NECK, "neck")                                                                                \
    X(CAT_COW, "cat-cow")                                                                          \
    X(CHILD, "child")                                                                              \
    X(LUNGE, "lunge")                                                                              \
    X(PIGEON, "pigeon")                                                                            \
    X(BUTTERFLY, "butterfly")                                                                      \
    X(REST, "rest")                                                                                \
    X(CHAIR_NECK, "chair-neck")                                                                    \
    X(CHAIR_CAT_COW, "chair-cat-cow")                                                              \
    X(CHAIR_FOLD, "chair-fold")                                                                    \
    X(CHAIR_FOUR, "chair-four")                                                                    \
    X(CHAIR_TWIST, "chair-twist")                                                                  \
    X(CHAIR_REST, "chair-rest")                                                                    \
    X(BOX_LEAD, "box-lead")                                                                        \
    X(BOX_REAR, "box-rear")                                                                        \
    X(BOX_REST, "box-rest")

enum figure_id {
#define X(id, name) FIGURE_##id,
    FIGURE_LIST(X)
#undef X
        FIGURE_COUNT
};

enum figure_view { FIGURE_SIDE, FIGURE_FRONT };

enum figure_joint {
    JOINT_PELVIS,
    JOINT_LOIN,
    JOINT_WAIST,
    JOINT_NAPE, /* between the shoulders */
    JOINT_HEAD, /* its middle */
    JOINT_HIP_NEAR,
    JOINT_KNEE_NEAR,
    JOINT_ANKLE_NEAR,
    JOINT_TOE_NEAR,
    JOINT_HIP_FAR,
    JOINT_KNEE_FAR,
    JOINT_ANKLE_FAR,
    JOINT_TOE_FAR,
    JOINT_SHOULDER_NEAR,
    JOINT_ELBOW_NEAR,
    JOINT_WRIST_NEAR,
    JOINT_FINGER_NEAR,
    JOINT_SHOULDER_FAR,
    JOINT_ELBOW_FAR,
    JOINT_WRIST_FAR,
    JOINT_FINGER_FAR,
    JOINT_COUNT
};

/* Limbs in the joints' order. */
enum figure_limb { LIMB_LEG_NEAR, LIMB_LEG_FAR, LIMB_ARM_NEAR, LIMB_ARM_FAR, LIMB_COUNT };

/* How a limb is given: by its bones' directions, or by where its end rests and which way its
 * middle joint bends (as a mathematical sign: +1 turns the second bone against the clock). */
enum figure_given { LIMB_TURNED = 0, LIMB_BENT_PLUS = 1, LIMB_BENT_MINUS = -1 };

/* The numbers of one pose: places and directions, each of two. */
enum figure_value {
    VALUE_PIN = 0,   /* where the pinned joint stands: x, y */
    VALUE_SPINE = 2, /* three directions, from the pelvis up */
    VALUE_HEAD = 8,
    VALUE_SHOULDERS = 10, /* from the far to the near one */
    VALUE_HIPS = 12,
    VALUE_LIMBS = 14, /* six a limb: three directions; or x, y of its end, nothing, and the
                         direction of the hand or foot */
    VALUE_COUNT = VALUE_LIMBS + 6 * LIMB_COUNT
};

struct figure_frame {
    float at_s; /* since the figure began; frames ascend */
    float values[VALUE_COUNT];
};

struct figure {
    enum figure_view view;
    float scale;  /* of S: how large one body height is drawn */
    float middle; /* the x that stands in the middle */
    float chair;  /* x of the chair's seat, if there is one */
    bool has_chair;
    bool head_over; /* the head lies over the nearer arm */
    enum figure_joint pin;
    int8_t given[LIMB_COUNT]; /* enum figure_given */
    uint8_t loop;             /* after the last frame it goes on from this one */
    uint8_t frame_count;
    const struct figure_frame *frames;
};

extern const struct figure figures[FIGURE_COUNT];

/* Lengths of the bones, and what else is measured in body units. */
#define FIGURE_SPINE_BONE 0.100
#define FIGURE_HEAD_BONE  0.125
#define FIGURE_SHOULDER   0.095
#define FIGURE_HIP        0.050
#define FIGURE_THIGH      0.240
#define FIGURE_SHIN       0.235
#define FIGURE_FOOT       0.100
#define FIGURE_UPPER_ARM  0.165
#define FIGURE_FOREARM    0.150
#define FIGURE_HAND       0.065
#define FIGURE_HEAD       0.064 /* its radius */
#define FIGURE_SEAT       0.245 /* a chair's height */

/* Where the floor lies below the field's centre, and how far above it nothing reaches, of S. */
#define FIGURE_FLOOR 0.195
#define FIGURE_TOP   0.210

struct figure_point {
    double x, y, z;
};

/* Where every joint is, t seconds after the figure began. */
void figure_joints(const struct figure *figure, double t_s,
                   struct figure_point joints[JOINT_COUNT]);

/* The pose itself, between two of the figure's frames. */
void figure_values(const struct figure *figure, double t_s, float values[VALUE_COUNT]);

/* The moment that stands for the figure when nothing is to move: its loop's beginning. */
double figure_still_s(const struct figure *figure);

/* Puts the figure into the scene. */
void figure_show(enum figure_id id, bool mirrored, double t_s, double alpha, struct scene *scene);

#endif
