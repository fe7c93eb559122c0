/* Layout: where each line of a scene stands on the field.
 *
 * Pure arithmetic over widths in em, measured through a callback that remembers them; nothing is
 * allocated.  W, H, S as in render.h; all in px, y down from the top, without the scene's drift.
 *
 *   body size          S / 32 * text_scale; LARGE 1.5, SMALL 0.8 of it; TABLE at most SMALL
 *   line height        1.45 of the size, 0.35 more between the lines of a slot
 *   width              at most 30 em (about twelve words), and the safe area's
 *   TOP, FOOT          at the edges of the safe area, at most 0.14 H high
 *   UPPER, LOWER       end and begin S / 6 + 0.03 S from the centre; beside a LIST or TABLE they
 *                      stand close to it instead
 *   CENTRE, LIST, TABLE  around the centre, 0.48 H
 *   BESIDE             below the small shape beside a figure, around its middle
 *
 * What stands at an edge has a size of its own, which only the line itself and the field decide: it
 * keeps it for as long as it is seen, whatever comes and leaves beside it.  Its body size is at
 * most S / 20; what is too high even so has longer lines, and is set smaller.
 *
 * All others have the room between.  When they do not fit, they are set smaller together until they
 * do, so that what is important stays larger than what is not.  First UPPER and LOWER come closer:
 * up to the shape between them, or to each other if there is none. */
#ifndef LACRIMA_RENDER_LAYOUT_H
#define LACRIMA_RENDER_LAYOUT_H

#include "lacrima/core/scene.h"
#include "script.h"
#include "wrap.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LAYOUT_PIECES_MAX 512
#define LAYOUT_UNITS_MAX  6144
#define LAYOUT_TEXT_BYTES 32768
#define LAYOUT_BREAKS_MAX 64

#define LAYOUT_SAFE       0.06

/* Of a notice's height and a hint's: two lines of the small size and a gap, but at most so much of
 * H.  A page (page_rows.h) lies between. */
#define LAYOUT_EDGE_EMS  3.0F
#define LAYOUT_EDGE_PART 0.14F

enum layout_align {
    LAYOUT_LEFT,   /* x is the pen's start */
    LAYOUT_CENTRE, /* x is the middle of the advance */
    LAYOUT_RIGHT   /* x is the pen's end */
};

/* One line of text as it is drawn. */
struct layout_piece {
    uint32_t at; /* into texts */
    uint16_t length;
    uint8_t line; /* of the scene */
    enum layout_align align;
    enum script_base direction;
    int size_px;
    float x, base; /* base: the base line */
};

/* A line of the scene, prepared. */
struct layout_row {
    uint32_t text_at, key_at; /* into texts, terminated */
    uint32_t unit_first;
    uint16_t unit_count;
    float key_ems;
    enum script_base base; /* the direction of the sentence, whatever stands for its "%s" */
};

struct layout {
    /* What is laid out now, to know when nothing has to be done. */
    bool valid;
    int width, height;
    float shape_reach; /* how far shapes reach from the centre, of S; 0: there is none */
    struct scene_line lines[SCENE_LINES_MAX];
    bool visible[SCENE_LINES_MAX];
    size_t line_count;
    float text_scale;

    size_t piece_count;
    struct layout_piece pieces[LAYOUT_PIECES_MAX];

    struct layout_row rows[SCENE_LINES_MAX];
    size_t unit_count;
    struct wrap_unit units[LAYOUT_UNITS_MAX];
    size_t text_used;
    char texts[LAYOUT_TEXT_BYTES];
};

struct layout_help {
    const char *(*translate)(const char *message_id); /* may be NULL */
    wrap_measure measure;
    void *measure_user;
};

/* Lays the scene out, if it differs from the last one in more than colours and alphas. */
void layout_update(struct layout *layout, const struct scene *scene, int width, int height,
                   const struct layout_help *help);

#endif
