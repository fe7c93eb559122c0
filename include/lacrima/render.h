/* Render: draws a scene with OpenGL 3.3 core or OpenGL ES 3.0.
 *
 * The caller has made a context current and calls everything from that one thread.  The renderer
 * never polls, sleeps, swaps, exits or reads time.  Its cost follows the area of what is on the
 * field: the field itself is a clear; everything else is drawn inside its own tight box.
 *
 * Geometry, for a field of W x H px with S = min(W, H):
 *   safe area: 6 % of W and of H on each side; no text ever leaves it.
 *   fixation point and centre of all shapes: (W / 2, 0.48 H), rounded to a pixel, plus drift.
 *   body text: S / 32 px high (em) times text_scale, shrunk until its block fits its band.
 *   disc: radius R(amount) = S * (0.045 + 0.105 * amount), ring of radius 0.16 S around it: never
 *   more than a third of S across.  The other shapes are described in docs/architecture.md.
 *   page: see struct render_room.
 *
 * What a person writes or reads (a page) is kept by nobody here as words: lines are known by a
 * keyed hash, and their pictures are overwritten when they are given back. */
#ifndef LACRIMA_RENDER_H
#define LACRIMA_RENDER_H

#include "lacrima/base/boxes.h"
#include "lacrima/base/error.h"
#include "lacrima/core/page.h"
#include "lacrima/core/scene.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct render; /* owned by who created it */

struct render_params {
    int width_px, height_px; /* drawable size, 1..16384 */
    bool gles;               /* the current context is GLES 3.0, else GL 3.3 core */
    bool offscreen;          /* draw into an own framebuffer (for render_read), else into 0 */
    const char *font_family; /* fontconfig name; NULL: "serif" */
    /* Translates a message id (gettext); NULL: shown as it is.  Must return a string that lives
     * as long as the program. */
    const char *(*translate)(const char *message_id);
    /* Hears one plain line when something is wrong but drawing goes on (a font that cannot be
     * opened, a glyph atlas that is full); NULL: nobody.  Each line is said once. */
    void (*say)(void *user, const char *line);
    void *say_user;
};

/* Fonts are not searched before the first visible text, so that the first frame is early.
 * Fails if GL refuses; *render is then NULL. */
bool render_create(struct render **render, const struct render_params *params, struct error *error);

/* The context was lost, and another one is current: what lay in the old one is made anew, except
 * for the pictures, which are to be given again.  May fail, and be tried again with another
 * context. */
bool render_restore(struct render *render, bool gles, struct error *error);

/* There is no context any more, and will be none: only forgetting and destroying are left. */
void render_lose(struct render *render);

/* The new drawable size; cheap if unchanged. */
bool render_resize(struct render *render, int width_px, int height_px, struct error *error);

/* Draws the scene, all of it, and the page (NULL: none) over it, in the scene's colours, text scale
 * and drift, into the framebuffer.  Nothing is allocated once every text has been drawn before.
 * Everything is drawn, whatever stood there; that nothing changed (equal scenes, one page version)
 * is for the caller to see.  Fails only if GL reports an error (a lost context). */
bool render_draw(struct render *render, const struct scene *scene, const struct page *page,
                 struct error *error);

/* The same into a buffer that still holds what was drawn `age` frames ago (1: the last one, 0: it
 * is not known what): what stands there already is left alone, and the outcome is the same to the
 * last bit.  *changed (unless NULL): the boxes outside of which this frame is as the last one was,
 * none if they are alike.  A new size or render_forget ends what is known of former frames. */
bool render_draw_over(struct render *render, const struct scene *scene, const struct page *page,
                      int age, struct boxes *changed, struct error *error);

/* From now on a frame draws at most so many lines of a page that were never drawn (0, as at the
 * beginning: all of them), those nearest to the cursor first.  The rows of the others show what
 * they did until a frame that follows, and `waits` says that there are such rows: then the same
 * page is to be drawn again. */
void render_page_budget(struct render *render, size_t lines);
bool render_page_waits(const struct render *render);

/* Where a page's lines stand, without the scene's drift: a column of at most 32 em inside the safe
 * area, in the middle of W, with room for a notice above it and a hint below.  It follows from W,
 * H and the text scale alone. */
struct render_room {
    struct box box;
    int lines;   /* of body text that fit into its height, 1..PAGE_LINES_MAX; a heading takes two */
    int body_px; /* em: S / 32 * text_scale, less where not even three lines would fit */
    int heading_px;
    int line_px; /* from one base line to the next */
};

void render_page_room(const struct render *render, float text_scale, struct render_room *room);

/* The direction of a paragraph: that of its first letter that has one, else AUTO. */
enum page_direction render_page_direction(const char *text, size_t length);

/* Text between two line breaks; UTF-8, malformed bytes are drawn as such, not terminated. */
struct render_paragraph {
    const char *text;
    size_t length;
    bool heading;
    enum page_direction direction; /* of the whole paragraph, to be given to its lines too */
    bool settled; /* nobody is writing it: a last word does not stand alone on its line */
};

/* Breaks the paragraph into lines that fit the room, beginning at byte `from`, where a line begins
 * (0, or a start or *next of an earlier call: what was before has no influence).  Writes where each
 * line begins, starts[0] == from, at most starts_max (>= 1) of them, and returns how many; the last
 * one ends at *next, which is length when all is broken.  An empty paragraph is one line.
 *
 * A line ends after blanks, which hang beyond the column, or where its script lets it; a word wider
 * than 12 em anywhere; never inside a grapheme cluster.  Takes about 0.1 ms a line. */
size_t render_page_break(struct render *render, const struct render_room *room,
                         const struct render_paragraph *paragraph, size_t from, size_t *starts,
                         size_t starts_max, size_t *next);

/* The other way: where the line begins that ends at byte `to` (> 0, and a line may end there) and
 * is so full that nothing more before it would fit, though what follows might.  As long. */
size_t render_page_break_before(struct render *render, const struct render_room *room,
                                const struct render_paragraph *paragraph, size_t to);

/* The box of the page's cursor, px, without the scene's drift; false if it has none on a line.  It
 * stands before the character at page->cursor_byte (a cluster's start, or the line's length); where
 * two directions meet, on the side of the line's own, so that no two places share a position. */
bool render_page_cursor(struct render *render, const struct render_room *room,
                        const struct page *page, struct box *box);

/* The cursor place nearest to a point (px, any), by the nearest line first, at a cluster's start or
 * a line's length; false if the page has no line. */
bool render_page_point(struct render *render, const struct render_room *room,
                       const struct page *page, int x_px, int y_px, uint16_t *line, uint32_t *byte);

/* Overwrites and frees every trace of texts: pictures of lines, in memory and in GL textures, their
 * hashes and widths, and the text in hand.  What the libraries below keep for themselves is named
 * in src/render/fonts.h; the last frame is in the window until another is drawn. */
void render_forget(struct render *render);

/* Where the scene's pictures stand: inside the safe area, with room for a notice above and a hint
 * below.  A picture keeps its shape, is as large as fits, and at most twice its own size. */
void render_picture_room(const struct render *render, float text_scale, struct box *box);

/* Takes one of the scene's pictures: R, G, B, A bytes of sRGB with straight alpha, rows from the
 * top; NULL: it is dropped.  It is drawn dimmed (SCENE_PICTURE_LUMINANCE), with soft edges.  Fails
 * if GL has no room for it; there is then none. */
bool render_picture(struct render *render, size_t which, const uint8_t *rgba, int width, int height,
                    struct error *error);

/* Gives back what was needed only to get ready to draw and, if the picture is going to stand
 * `still` for a while, what was needed to draw it; true if there was something.  It costs nothing
 * when there was not. */
bool render_rest(struct render *render, bool still);

/* Reads the last drawn frame: RGB, 8 bits each, rows from the top, width * height * 3 bytes.
 * Offscreen renderers only (checked). */
void render_read(struct render *render, uint8_t *rgb, size_t size);

/* The same where the box is; the rest of the picture stays as it is. */
void render_read_box(struct render *render, const struct box *box, uint8_t *rgb, size_t size);

/* The boxes of the texts drawn by the last render_draw, ink extents in px, for tests and for
 * presenting damage; returns how many there are, writes at most `room` of them. */
size_t render_text_boxes(const struct render *render, struct box *boxes, size_t room);

/* "OpenGL 3.3, llvmpipe (LLVM 15...)": for --version, logs and goldens.  Lives with render. */
const char *render_description(const struct render *render);

/* Accepts NULL and a NULL handle; nulls the handle.  The context must still be current. */
void render_destroy(struct render **render);

#endif
