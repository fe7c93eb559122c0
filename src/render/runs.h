/* Runs: one line of text, cut into pieces that are shaped together, and where each character of
 * it begins.  The words stand in here only from runs_set to runs_wipe. */
#ifndef LACRIMA_RENDER_RUNS_H
#define LACRIMA_RENDER_RUNS_H

#include "fonts.h"
#include "script.h"

#include <SDL.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A longer line is cut; who breaks lines breaks them long before. */
#define RUNS_CHARS_MAX FONT_LINE_CHARS
_Static_assert(RUNS_CHARS_MAX <= SCRIPT_LINE_CHARS, "every line can be put in order");
/* Each character may be a run of its own, terminated. */
#define RUNS_TEXT_BYTES (RUNS_CHARS_MAX * 5)

struct run_character {
    uint32_t codepoint;
    uint32_t at, length; /* bytes of the line */
    int face;
    const char *script;
};

/* Characters that are shaped together: one face, one script, one direction. */
struct run {
    int face;
    uint8_t level;
    const char *script;
    uint32_t at, end;   /* bytes of the line */
    size_t first, last; /* characters; last not included */
    size_t text_at;     /* into texts, terminated */
    TTF_Font *font;
    SDL_Surface *surface;
    int width, height;
    int base; /* rows above the base line in the surface */
    int x;    /* from the line's left edge */
};

/* Too much for a stack. */
struct runs {
    struct fonts *fonts; /* borrowed */
    bool is_private;
    size_t count; /* of characters */
    uint32_t codepoints[RUNS_CHARS_MAX];
    struct run_character characters[RUNS_CHARS_MAX];
    uint8_t levels[RUNS_CHARS_MAX];
    uint8_t level; /* of the line */
    size_t run_count;
    struct run runs[RUNS_CHARS_MAX];
    size_t order[RUNS_CHARS_MAX]; /* from left to right */
    uint8_t run_levels[RUNS_CHARS_MAX];
    size_t text_used;
    char texts[RUNS_TEXT_BYTES];
    char part[RUNS_TEXT_BYTES];
    int size_px, width;
};

/* How a line is read. */
struct runs_style {
    enum script_base base;
    /* A person's own text: nothing is ever said about its characters, and one that no font has is
     * drawn as the primary font's sign for that, so that it is seen to be there. */
    bool is_private;
};

/* Reads the line and cuts it. */
void runs_set(struct runs *runs, const char *text, size_t length, struct runs_style style);

/* Shapes the runs in a size and puts them side by side: width, x and order hold from now on.
 * Returns the line's width, px. */
int runs_shape(struct runs *runs, int size_px);

/* How many bytes of the line were read: less than all of a line that is too long. */
size_t runs_read(const struct runs *runs);

/* Makes the run's face ready for the library's functions; false if it cannot be. */
bool runs_begin(const struct runs *runs, struct run *run);

const char *runs_text(const struct runs *runs, const struct run *run);

/* How far the characters of the run before the byte reach into it, from where it begins to be
 * read, px.  After runs_shape. */
int runs_part(struct runs *runs, const struct run *run, size_t byte);

/* Where a cursor before the byte of the line stands, px from its left edge: between two directions
 * at the side of the line's own.  After runs_shape. */
int runs_cursor(struct runs *runs, size_t byte);

/* Overwrites the line's words. */
void runs_wipe(struct runs *runs);

#endif
