/* Inner: the renderer itself, as its parts see it. */
#ifndef LACRIMA_RENDER_INNER_H
#define LACRIMA_RENDER_INNER_H

#include "frame.h"
#include "lacrima/render.h"
#include "layout.h"
#include "light.h"
#include "looks.h"
#include "pictures.h"
#include "program.h"
#include "scribe.h"
#include "shapes.h"
#include "text_cache.h"

#define DESCRIPTION_BYTES  192
#define RENDER_SIZE_MAX_PX 16384

enum texture_unit {
    UNIT_RAMPS,
    UNIT_NOISE,
    UNIT_GLYPHS,
    UNIT_LOOKS,

    UNIT_PICTURE /* and the next */
};

struct page_view;

struct render {
    int width, height;
    int field[3]; /* codes */
    bool drained; /* the field is not flat: text is laid over what is there */
    bool offscreen;
    unsigned int framebuffer, colours; /* offscreen only */
    unsigned int vertices;             /* empty: the core profile wants one bound */
    struct shape_drain drain;
    struct frame *frame;    /* what is drawn now, and what was */
    struct page_view *page; /* what it shows of a page */
    struct page_view *page_before;
    size_t page_budget;       /* lines; 0: as many as there are */
    uint64_t measured_before; /* bytes, as the last frame of a page was drawn */
    bool clips;               /* nothing is drawn outside of `clip` */
    struct box clip;
    struct light *light;
    struct looks *looks; /* of text */
    struct programs programs;
    struct uniform_values uniforms;
    struct pictures pictures;
    struct scribe *scribe;
    struct text_cache *texts;
    struct layout *layout;
    struct layout_help help;
    void (*say)(void *user, const char *line);
    void *say_user;
    bool said_full;
    bool lost; /* there is no context to call */
    bool drew; /* since it last rested */
    size_t box_count;
    struct box boxes[LAYOUT_PIECES_MAX + PAGE_LINES_MAX];
    char description[DESCRIPTION_BYTES];
};

/* Brings a ramp up to date; ground: the codes of what lies below.  The glyphs' unit is active
 * afterwards. */
void inner_set_ramp(struct render *render, enum ramp ramp, const int ground[3],
                    struct colour colour);

/* Forgets errors that are not ours; a lost context answers for ever, so not for ever. */
void inner_forget_errors(void);

bool inner_is_well(const char *doing, struct error *error);

/* Nothing is drawn outside of the box, nor outside of what was clipped before; false if that is
 * nowhere.  Uncut ends it. */
bool inner_cut(const struct render *render, const struct box *box);
void inner_uncut(const struct render *render);

/* Draws a box with the current program. */
void inner_draw_box(struct render *render, int kind, struct box box);

/* The line's ink from the cache or drawn anew; NULL if there is nothing to see. */
const struct text_line *inner_line(struct render *render, const char *text, size_t length,
                                   int size_px, struct runs_style style);

/* Where the line's ink lies when its pen begins at (x, y), kept inside the safe area. */
struct box inner_ink_box(const struct render *render, const struct text_line *line, int x, int y);

/* Ink of this colour, where so much of it is visible, over the field. */
struct look inner_look(const struct render *render, struct colour colour, float alpha);

bool inner_draw_ink(struct render *render, const struct text_line *line, struct box box,
                    const struct look *look, struct error *error);

#endif
