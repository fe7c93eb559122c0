/* Page: running text that the app puts on the field, for reading and for writing.
 *
 * Unlike a scene it points into the caller's memory, because what is written here may be a letter
 * whose words must be copied nowhere: the pointers are read during a draw and not kept.  The caller
 * has broken the text into visual lines (render_page_break), so a cursor has one place only. */
#ifndef LACRIMA_CORE_PAGE_H
#define LACRIMA_CORE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE_LINES_MAX 64
#define PAGE_HALVES    2

/* The direction of the paragraph a line is part of (render_page_direction). */
enum page_direction {
    PAGE_DIRECTION_AUTO, /* that of the line's own first letter */
    PAGE_DIRECTION_LEFT, /* from left to right */
    PAGE_DIRECTION_RIGHT /* from right to left: the line ends at the right edge */
};

struct page_line {
    const char *text; /* UTF-8, without a line break, not terminated */
    uint32_t length;  /* bytes */
    enum page_direction direction;
    bool heading;   /* 1.5 times the body; takes the height of two lines */
    bool faint;     /* in ink_faint */
    bool whole;     /* nobody broke it: what is wider than the page's room is set smaller, all such
                       lines of a page alike */
    float alpha;    /* 0..1, times the page's */
    float rise_em;  /* moved up, in em: a line that leaves as smoke, water (below 0) or leaves */
    float shift_em; /* moved to the right, in em */
    float warmth;   /* 0: ink .. 1: accent, mixed in linear light */
};

/* Part of a line, in bytes from its start; from <= to, both at character boundaries. */
struct page_span {
    uint16_t line;
    uint32_t from, to;
};

struct page {
    uint64_t version; /* above 0; equal versions look the same over equal scenes, so that the app,
                         which compares them, can leave the drawing out */
    float alpha;      /* 0..1; 0: nothing is drawn */
    /* The upper and the lower half of the lines are not as visible as the page, but as these. */
    bool by_halves;
    float half_alpha[PAGE_HALVES];
    bool centred;   /* the lines' block stands in the middle of the height (reading); else it
                       begins at the top of the page's room (writing) */
    bool in_middle; /* and in the middle of the width, as wide as its widest line: a line that is
                       asked for, a list; else at the column's edge */
    size_t line_count;
    struct page_line lines[PAGE_LINES_MAX];
    size_t selected_count; /* at most one span a line */
    struct page_span selected[PAGE_LINES_MAX];
    size_t composed_count; /* the input method's unfinished text, underlined */
    struct page_span composed[PAGE_LINES_MAX];
    bool cursor;
    uint16_t cursor_line;
    uint32_t cursor_byte; /* of the line; length: behind its last character */
};

#endif
