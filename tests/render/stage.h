/* Stage: a context without a window, a renderer in it, and the pixels it drew. */
#ifndef LACRIMA_TESTS_STAGE_H
#define LACRIMA_TESTS_STAGE_H

#include "lacrima/render.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STAGE_SAID_MAX 8

struct stage {
    struct render *render;
    int width, height;
    uint8_t *rgb; /* of the last stage_draw */
    size_t said_count;
    char said[STAGE_SAID_MAX][256];
    void *window, *context;
};

/* Opens a context of the kind (GLES 3.0 or GL 3.3 core) and a renderer that draws off-screen.
 * Fails the test if either cannot be had: on a machine for these tests both can. */
void stage_open(struct stage *stage, bool gles, int width, int height);

/* The same, with a font family and a translator. */
void stage_open_with(struct stage *stage, bool gles, int width, int height, const char *family,
                     const char *(*translate)(const char *id));

void stage_resize(struct stage *stage, int width, int height);

/* Draws, and reads the pixels into stage->rgb. */
void stage_draw(struct stage *stage, const struct scene *scene);

/* The same with a page over it (NULL: none). */
void stage_draw_page(struct stage *stage, const struct scene *scene, const struct page *page);

/* What the renderer had to do for a page, since it was created: widths it did not know, lines whose
 * ink it did not have, programs. */
struct stage_work {
    long measured, drawn;
    long programs; /* shader programs it has made */
};
struct stage_work stage_work(const struct stage *stage);

/* How many things (lines, forms, a cursor) the last frame drew, once or more. */
int stage_things_drawn(const struct stage *stage);

/* One pixel, y down. */
const uint8_t *stage_pixel(const struct stage *stage, int x, int y);

void stage_close(struct stage *stage);

/* The night palette's codes, so that these tests need no other module's colours. */
void stage_night(struct scene *scene);

/* A notice as long as one may be: a name of a file, and what is wrong with it. */
extern const char stage_long_words[];

/* scene_add_line with what a test line usually has. */
struct scene_line *stage_line(struct scene *scene, enum scene_slot slot, enum scene_style style,
                              const char *key, const char *text);

#endif
