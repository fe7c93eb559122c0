/* Frame: what a frame shows, thing by thing, and what of it must be drawn where a former frame
 * still stands in the buffer.
 *
 * Every thing is a mark: the box it touches, and two numbers that stand for all that it is drawn
 * from.  Two frames differ where their marks do.  If only marks of one place and another value have
 * changed (a disc that grows, a word that fades) and they meet nothing else, they are drawn over
 * what they were, for each fills all it touches; else the boxes around what has changed are
 * cleared, and what meets one is drawn again, clipped to it.  What has no marks (a photograph, a
 * field that drains, another colour) is drawn whole. */
#ifndef LACRIMA_RENDER_FRAME_H
#define LACRIMA_RENDER_FRAME_H

#include "lacrima/render.h"
#include "layout.h"
#include "shapes.h"
#include "text_cache.h"
#include "uniforms.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A frame of more things than this is drawn whole. */
#define FRAME_MARKS_MAX 256
/* How old a buffer's picture may be. */
#define FRAME_AGE_MAX 3

struct mark {
    uint64_t place;     /* what may be drawn over each other; 0: nothing over this */
    uint64_t value;     /* all that it is drawn from */
    float box[4];       /* left, top, width, height, px, y down: nothing beyond it is touched */
    float centre[2];    /* of what is round */
    float inner, outer; /* radii between which it touches anything; outer 0: it is a box */
};

/* What a frame shows. */
struct marks {
    bool known;
    bool whole; /* it also shows what has no marks */
    uint64_t ground;
    size_t count;
    struct mark items[FRAME_MARKS_MAX];
};

/* A line of text as it is drawn. */
struct frame_text {
    const struct text_line *line;
    struct box box;
    float alpha;
    bool faint;
};

enum repair_kind {
    REPAIR_ALL,  /* nothing of the buffer can be kept */
    REPAIR_BOX,  /* clear the boxes, and draw in each what meets it */
    REPAIR_OVER, /* draw what has changed over what it was */
};

struct repair {
    enum repair_kind kind;
    struct boxes boxes;                        /* hold all that changes; may be none */
    uint8_t draws[FRAME_MARKS_MAX];            /* which marks are drawn: a bit for each box */
    uint8_t part;                              /* the bits of what is being drawn */
    struct shape_place grown[SHAPE_FORMS_MAX]; /* where the forms are drawn */
};

/* The marks stand in the order of drawing: forms (one mark if they are mixed), figure, texts, and
 * what is added. */
struct frame {
    struct shape_forms forms;
    size_t stroke_count;
    size_t text_count;
    struct frame_text texts[LAYOUT_PIECES_MAX];
    struct repair repair;
    size_t newest;
    struct marks past[FRAME_AGE_MAX + 1];
};

/* Begins the marks of a new frame; ground: what every pixel depends on. */
void frame_begin(struct frame *frame, uint64_t ground, bool whole);

/* Notes the forms, strokes (their uniforms) and texts that stand in the frame. */
void frame_note(struct frame *frame, const struct uniform_values *uniforms, int height);

/* Adds a mark; returns which it is, for frame_draws. */
size_t frame_add(struct frame *frame, const struct mark *mark);

/* What the mark touches touches this too. */
void frame_include(struct mark *mark, const struct box *box);

/* Decides what to draw into a buffer that holds the picture of so many frames ago (0: unknown), in
 * a field of this size.  changed (unless NULL): the boxes around all that differs from the frame
 * before. */
void frame_decide(struct frame *frame, int age, int width, int height, struct boxes *changed);

/* From here on `draws` is asked for one of the repair's boxes, or for all of them. */
void frame_draw_part(struct frame *frame, size_t box);
void frame_draw_all(struct frame *frame);

/* Where the figure's mark is among the marks. */
size_t frame_figure_at(const struct frame *frame);

bool frame_draws(const struct frame *frame, size_t mark);
bool frame_draws_text(const struct frame *frame, size_t text);

/* Whatever the buffers hold, it is not known. */
void frame_forget(struct frame *frame);

/* Goes on with a hash from `from` (0: a new one). */
uint64_t frame_hash(uint64_t from, const void *bytes, size_t size);

#endif
