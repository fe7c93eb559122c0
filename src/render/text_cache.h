/* Text cache: every line that was drawn lately, as a texture of its ink, and every width that
 * was measured lately.  What stands here is never shaped or drawn again.
 *
 * No words are kept: a line is known by a keyed hash of 128 bits, whose key is drawn anew at the
 * start and whenever everything is forgotten, and never leaves this cache.  Ink is overwritten
 * before it is given back. */
#ifndef LACRIMA_RENDER_TEXT_CACHE_H
#define LACRIMA_RENDER_TEXT_CACHE_H

#include "scribe.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Above what one scene can show (72 lines, keys apart, broken into several each). */
#define TEXT_CACHE_LINES_MAX 512
/* Measured words, and lines; a visit knows about a thousand. */
#define TEXT_CACHE_WIDTHS 4096
/* The width of what is too long to be drawn as one line: more than any column's. */
#define TEXT_CACHE_TOO_WIDE (1 << 20)

/* Both 0: a free place. */
struct text_name {
    uint64_t high, low;
};

struct text_line {
    struct text_name name;
    uint64_t used;                         /* when it was last drawn, counted in frames */
    unsigned int texture;                  /* 0: no ink */
    int width, height, left, top, advance; /* as in struct raster */
};

struct text_width {
    struct text_name name;
    float width; /* in em or, for words of a page, in px of their size */
};

struct text_cache {
    struct scribe *scribe;
    struct text_name key;
    uint64_t frame;
    int texture_max;  /* px on a side */
    size_t ink_bytes; /* held by textures */
    /* What was not known yet, so far: widths of a page that were measured, lines that were drawn.
     */
    uint64_t shaped, shaped_bytes, drawn;
    struct text_line lines[TEXT_CACHE_LINES_MAX];
    struct text_width widths[TEXT_CACHE_WIDTHS];
};

/* The scribe is borrowed.  Textures belong to the current context. */
void text_cache_init(struct text_cache *cache, struct scribe *scribe);

/* Once before the lines of a frame: what is drawn in it stays until the next. */
void text_cache_begin_frame(struct text_cache *cache);

/* The line's texture; NULL if the cache is full of this frame's lines or memory is out. */
const struct text_line *text_cache_line(struct text_cache *cache, const char *text, size_t length,
                                        int size_px, struct runs_style style);

/* Whether that would be there at once. */
bool text_cache_knows(struct text_cache *cache, const char *text, size_t length, int size_px,
                      struct runs_style style);

/* The line (NULL: none) is used in this frame too. */
void text_cache_hold(struct text_cache *cache, const struct text_line *line);

/* Width in units of the text's size. */
float text_cache_width(struct text_cache *cache, const char *text, size_t length);

/* The same for a word or a line of a page at the size it is drawn at, in px. */
int text_cache_page_width(struct text_cache *cache, const char *text, size_t length, int size_px,
                          struct runs_style style);

/* Overwrites and gives back everything, and draws another key. */
void text_cache_forget(struct text_cache *cache);

void text_cache_finish(struct text_cache *cache);

#endif
