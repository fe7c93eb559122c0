/* Scene: what is seen at one moment, as a value.  No pointers, no clock, no seconds.
 *
 * Two equal scenes look the same, and drawing the second costs nothing.  The core builds
 * scenes, the renderer draws them; where a slot or a shape lies on the field is decided by the
 * renderer from the field's size alone, so the core knows no pixels.
 *
 * Colours are linear-light (not sRGB-encoded) with sRGB primaries, 0..1.  Relative luminance is
 * 0.2126 R + 0.7152 G + 0.0722 B (WCAG 2.2). */
#ifndef LACRIMA_CORE_SCENE_H
#define LACRIMA_CORE_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCENE_TEXT_BYTES  320
#define SCENE_ARG_BYTES   160
#define SCENE_KEY_BYTES   24
#define SCENE_LINES_MAX   72
#define SCENE_SHAPES_MAX  6
#define SCENE_STROKES_MAX 64
#define SCENE_PICTURES    2

/* No large area of a picture is brighter than this, or in a pale palette than the field: the
 * renderer dims it, in linear light. */
#define SCENE_PICTURE_LUMINANCE 0.08
/* Of a film: as bright as white is in a cinema (48 cd/m2) on a display of 250 cd/m2. */
#define SCENE_FILM_LUMINANCE 0.19

struct colour {
    float r, g, b;
};

/* Where a line stands.  The lines of one slot and layer form one block, in order, centred
 * horizontally.  The field's height is divided in three bands; shapes live in the middle one. */
enum scene_slot {
    SCENE_SLOT_TOP,    /* one notice line near the top edge of the safe area */
    SCENE_SLOT_UPPER,  /* sentences above the middle band, their block ending at its edge */
    SCENE_SLOT_CENTRE, /* sentences around the centre, when no shape is shown */
    SCENE_SLOT_LOWER,  /* sentences below the middle band, their block beginning at its edge */
    SCENE_SLOT_LIST,   /* rows of key and text around the centre, keys right-aligned in a column */
    SCENE_SLOT_TABLE,  /* the same, smaller, in two columns where the field is wide enough */
    SCENE_SLOT_FOOT,   /* the hint near the bottom edge of the safe area */
    SCENE_SLOT_BESIDE  /* a word below the small shape beside the figure */
};
#define SCENE_SLOTS (SCENE_SLOT_BESIDE + 1)

enum scene_style {
    SCENE_STYLE_BODY,
    SCENE_STYLE_LARGE, /* 1.5 times the body: a pacer's word, a question */
    SCENE_STYLE_SMALL  /* 0.8 times the body: hints, the keys */
};

enum scene_ink {
    SCENE_INK_PLAIN, /* scene.ink */
    SCENE_INK_FAINT  /* scene.ink_faint */
};

struct scene_line {
    enum scene_slot slot;
    enum scene_style style;
    enum scene_ink ink;
    bool literal;  /* true: text is shown as it is; false: it is a message id to translate */
    bool marked;   /* the chosen row of a list */
    uint8_t layer; /* 0 or 1: two layers are laid out apart (the old and the new, in a fade) */
    float alpha;   /* 0..1, mixed between field and ink in linear light */
    char key[SCENE_KEY_BYTES];   /* first column in LIST and TABLE, a literal, may be empty */
    char text[SCENE_TEXT_BYTES]; /* UTF-8; after translation the first "%s" becomes arg */
    char arg[SCENE_ARG_BYTES];   /* UTF-8, a literal */
};

enum scene_shape_kind {
    SCENE_SHAPE_NONE,
    SCENE_SHAPE_DISC,     /* breath disc inside its ring; amount = how full the lungs are, 0..1 */
    SCENE_SHAPE_BAR,      /* reduced motion: a slow bar filling from left to right, 0..1 */
    SCENE_SHAPE_EYELID,   /* the blink glyph; amount = how closed, 0 open .. 1 closed */
    SCENE_SHAPE_JAW,      /* the yawn line; amount = how open, 0 a line .. 1 wide */
    SCENE_SHAPE_GLOW,     /* an ember-dim glow; amount = brightness 0..1 */
    SCENE_SHAPE_DOT,      /* fixation: a small dot */
    SCENE_SHAPE_BULLSEYE, /* fixation: bull's-eye with cross hair (Thaler et al. 2013, "ABC") */
    SCENE_SHAPE_EMBER,    /* a small dim glow, to find the screen by; amount = brightness 0..1 */
    SCENE_SHAPE_DRAIN     /* the whole field: the accent below a level that sinks from the top edge
                             (amount 0) to the bottom edge (1).  No other shape is drawn beside it,
                             and all text over it takes ink_over */
};

struct scene_shape {
    enum scene_shape_kind kind;
    bool beside;  /* a small one, beside the figure; else of full size, in the centre */
    float amount; /* 0..1 */
    float alpha;  /* 0..1 */
};

/* A line with round ends, as wide at each of them as is said; of no length: a filled circle.
 * Lengths are parts of S, the field's shorter side, from the centre of the middle band, y down. */
struct scene_stroke {
    float x0, y0, x1, y1;
    float half_width0, half_width1;
    float part;  /* 0..1: how much of scene.line it shows; where strokes meet the most counts */
    bool clears; /* shows nothing: what earlier strokes drew there is the field again */
};

/* A body drawn in strokes; at most one stands on the field. */
struct scene_figure {
    uint16_t kind; /* which one: two of one kind are the same figure in two poses; 0: none */
    float alpha;   /* 0..1 */
    size_t stroke_count;
    struct scene_stroke strokes[SCENE_STROKES_MAX];
};

struct scene {
    struct colour field;     /* the whole field, one flat colour; its 8-bit code is what counts */
    struct colour ink;       /* text */
    struct colour ink_faint; /* hints and second thoughts; still 7:1 on the field */
    struct colour ink_over;  /* text where the accent may lie under it: 7:1 on both */
    struct colour accent;    /* the body of disc, bar, glow: a large area */
    struct colour line;      /* thin things: ring, eyelid, jaw, fixation target, bar's outline */
    float text_scale;        /* 0.75 .. 2.5 */
    int16_t drift_x_px;      /* all text and shapes move this much; a pixel or two a minute */
    int16_t drift_y_px;
    float page;                     /* how visible the page over the scene is (core/page.h), 0..1 */
    bool entry;                     /* the page is one line that is asked for, in the middle of the
                                       field: sentences keep clear of it */
    float pictures[SCENE_PICTURES]; /* how visible each of the renderer's pictures is; 0..1, their
                                       sum as well: what is left of it is field */
    bool film;                      /* pictures are a film's */
    size_t shape_count;
    struct scene_shape shapes[SCENE_SHAPES_MAX];
    struct scene_figure figure;
    size_t line_count;
    struct scene_line lines[SCENE_LINES_MAX];
};

/* An empty scene: black field and ink, scale 1, nothing on it. */
void scene_init(struct scene *scene);

/* Adds a line with alpha 1, layer 0, plain ink and no key or argument, and returns it for the
 * caller to finish; texts that do not fit are cut at a character.  text may be NULL (empty).
 * When the scene is full the last line is overwritten (a bug: checked in tests by counts). */
struct scene_line *scene_add_line(struct scene *scene, enum scene_slot slot, enum scene_style style,
                                  const char *text);

/* Adds a shape in the centre; one with alpha 0 is left out. */
void scene_add_shape(struct scene *scene, enum scene_shape_kind kind, double amount, double alpha);

/* The same, small and beside the figure. */
void scene_add_shape_beside(struct scene *scene, enum scene_shape_kind kind, double amount,
                            double alpha);

/* Takes away whatever stands on the field. */
void scene_bare(struct scene *scene);

bool scene_equal(const struct scene *a, const struct scene *b);

/* The scene part of the way (mix 0..1) from one to the other.  What both show alike stays; what
 * only the old one shows leaves in the first half, what only the new one shows comes in the
 * second, so two texts never stand in the same place at once.  Colours go linearly. */
void scene_mix(const struct scene *from, const struct scene *to, double mix, struct scene *out);

/* What is mixed with `from` was `before` and is now another in one frame: where the lines of the
 * two were alike, and so stood, the new ones stand at once, as visible as the old. */
void scene_cut(struct scene *from, const struct scene *before, const struct scene *now);

/* Relative luminance of a colour, 0..1. */
double colour_luminance(struct colour c);

/* sRGB codes 0..255 to linear light. */
struct colour colour_from_codes(int r, int g, int b);

/* (L1 + 0.05) / (L2 + 0.05), the lighter first; 1..21 (WCAG 2.2 contrast ratio). */
double colour_contrast(struct colour a, struct colour b);

#endif
