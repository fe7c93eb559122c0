/* Markup: the bytes of one stretch as paragraphs of clean text, their marks taken off.
 *
 * Every byte of the clean text knows which byte of the stretch it came from, so that a page's
 * place in it is a place in the file. */
#ifndef LACRIMA_READING_MARKUP_H
#define LACRIMA_READING_MARKUP_H

#include "lacrima/reading.h"
#include "source.h"

/* A tab becomes four blanks, a bad byte three bytes; nothing grows more. */
#define MARKUP_BYTES      (4 * SOURCE_STRETCH + 64)
#define MARKUP_PARAGRAPHS (SOURCE_STRETCH / 2 + 2)

struct markup_paragraph {
    enum reading_kind kind;
    uint32_t at, length; /* >= 1 byte, without blanks at either end */
};

struct markup {
    bool invalid; /* there was a byte that is no UTF-8, first at: */
    uint32_t invalid_at;
    size_t length;
    size_t paragraph_count;
    struct markup_paragraph paragraphs[MARKUP_PARAGRAPHS];
    uint32_t from[MARKUP_BYTES];
    char text[MARKUP_BYTES];
};

/* Reads `size` <= SOURCE_STRETCH bytes with a zero behind them. */
void markup_read(struct markup *markup, const char *bytes, size_t size, bool markdown);

/* For the two readers: adds the character at `bytes` + `at` (valid or not), or a text of ours that
 * stands for what is there.  Returns how many bytes were taken. */
size_t markup_character(struct markup *markup, const char *bytes, size_t at);
void markup_add(struct markup *markup, const char *text, size_t at);

void markup_open(struct markup *markup, enum reading_kind kind);
void markup_close(struct markup *markup);

/* Between two lines of one paragraph, the next beginning at `at`: a line break, a blank, or in
 * Chinese and Japanese nothing. */
void markup_join(struct markup *markup, const char *bytes, size_t at, bool hard);

/* The two readers, a line at a time without its end; state is kept between lines. */
struct markup_lines {
    struct markup *markup;
    const char *bytes;
    bool open;      /* a paragraph is being read */
    size_t columns; /* characters of the line before, in that paragraph */
    bool fenced;    /* Markdown: inside a code block, */
    char fence;     /* which began with this */
    bool hard;      /* the line before ended with a line break of its own */
    size_t lines;   /* of the paragraph so far */
    enum reading_kind kind;
};

void plain_line(struct markup_lines *lines, size_t begin, size_t end);
void markdown_line(struct markup_lines *lines, size_t begin, size_t end);

/* Markdown inside a line: emphasis, code, links, images, entities. */
void inline_read(struct markup *markup, const char *bytes, size_t begin, size_t end);

#endif
