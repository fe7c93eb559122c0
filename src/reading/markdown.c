/* Markdown, line by line: headings, quotes, lists, code, pauses (CommonMark's rules for what a
 * line is, simplified where a reader sees no difference). */
#include "markup.h"

#include "lacrima/base/text.h"

#include <string.h>

#define HEADING_MAX  6
#define CODE_INDENT  4
#define FENCE_LEAST  3
#define NUMBER_MAX   9
#define PAUSE_SHOWN  "\xC2\xB7 \xC2\xB7 \xC2\xB7"
#define BULLET_SHOWN "\xE2\x80\x93 "

/* The line being read. */
struct line {
    const char *bytes;
    size_t begin, end; /* without blanks before */
    size_t indent;
};

static size_t run_of(const struct line *line, size_t at, char c)
{
    size_t count = 0;
    while (at + count < line->end && line->bytes[at + count] == c)
        count++;
    return count;
}

static bool blank_at(const struct line *line, size_t at)
{
    return at >= line->end || line->bytes[at] == ' ' || line->bytes[at] == '\t';
}

/* Whether the line holds nothing but blanks and at least `least` of this mark. */
static bool only(const struct line *line, char mark, size_t least)
{
    size_t count = 0;
    for (size_t at = line->begin; at < line->end; at++) {
        if (line->bytes[at] == mark)
            count++;
        else if (!blank_at(line, at))
            return false;
    }
    return count >= least;
}

static void close_paragraph(struct markup_lines *lines)
{
    if (lines->open)
        markup_close(lines->markup);
    lines->open = false;
    lines->hard = false;
    lines->lines = 0;
}

static void open_paragraph(struct markup_lines *lines, enum reading_kind kind)
{
    close_paragraph(lines);
    markup_open(lines->markup, kind);
    lines->open = true;
    lines->kind = kind;
}

/* The text of a line joins the open paragraph, or opens one of this kind. */
static void add_text(struct markup_lines *lines, const struct line *line, enum reading_kind kind)
{
    size_t end = line->end;
    while (end > line->begin && blank_at(line, end - 1))
        end--;
    bool slash = end > line->begin && line->bytes[end - 1] == '\\';
    if (!lines->open)
        open_paragraph(lines, kind);
    else if (lines->lines > 0)
        markup_join(lines->markup, line->bytes, line->begin, lines->hard);
    inline_read(lines->markup, line->bytes, line->begin, slash ? end - 1 : end);
    lines->hard = slash || line->end - end >= 2;
    lines->lines++;
}

static void code_line(struct markup_lines *lines, size_t begin, size_t end)
{
    if (!lines->open || lines->kind != READING_CODE)
        open_paragraph(lines, READING_CODE);
    else
        markup_add(lines->markup, "\n", begin);
    for (size_t at = begin; at < end;)
        at += markup_character(lines->markup, lines->bytes, at);
}

static bool fence_line(struct markup_lines *lines, const struct line *line)
{
    char mark = line->bytes[line->begin];
    bool is_fence = (mark == '`' || mark == '~') && run_of(line, line->begin, mark) >= FENCE_LEAST;
    if (!is_fence || (lines->fenced && mark != lines->fence))
        return false;
    close_paragraph(lines);
    lines->fenced = !lines->fenced;
    lines->fence = mark;
    return true;
}

static bool heading_line(struct markup_lines *lines, struct line *line)
{
    size_t marks = run_of(line, line->begin, '#');
    if (marks == 0 || marks > HEADING_MAX || !blank_at(line, line->begin + marks))
        return false;
    size_t end = line->end;
    while (end > line->begin + marks && blank_at(line, end - 1))
        end--;
    size_t text_end = end;
    while (text_end > line->begin + marks && line->bytes[text_end - 1] == '#')
        text_end--;
    open_paragraph(lines, READING_HEADING);
    bool closed = text_end < end && blank_at(line, text_end - 1);
    inline_read(lines->markup, line->bytes, line->begin + marks, closed ? text_end : end);
    close_paragraph(lines);
    return true;
}

/* A line of "===" or "---" under one line of text made that a heading. */
static bool underline(struct markup_lines *lines, const struct line *line)
{
    bool under = only(line, '=', 1) || (only(line, '-', 2) && !only(line, ' ', 1));
    if (!under || !lines->open || lines->kind != READING_BODY || lines->lines != 1)
        return false;
    struct markup *markup = lines->markup;
    markup->paragraphs[markup->paragraph_count].kind = READING_HEADING;
    close_paragraph(lines);
    return true;
}

static bool pause_line(struct markup_lines *lines, const struct line *line)
{
    if (!only(line, '-', 3) && !only(line, '*', 3) && !only(line, '_', 3))
        return false;
    open_paragraph(lines, READING_PAUSE);
    markup_add(lines->markup, PAUSE_SHOWN, line->begin);
    close_paragraph(lines);
    return true;
}

/* How long the mark of a list's item is, its blank included; 0: it is none. */
static size_t item_mark(const struct line *line)
{
    char c = line->bytes[line->begin];
    size_t length = 1;
    if (c >= '0' && c <= '9') {
        while (length <= NUMBER_MAX && line->begin + length < line->end &&
               line->bytes[line->begin + length] >= '0' && line->bytes[line->begin + length] <= '9')
            length++;
        char stop = line->begin + length < line->end ? line->bytes[line->begin + length] : '\0';
        if (stop != '.' && stop != ')')
            return 0;
        length++;
    } else if (c != '-' && c != '*' && c != '+') {
        return 0;
    }
    return blank_at(line, line->begin + length) && line->begin + length < line->end ? length + 1
                                                                                    : 0;
}

static bool item_line(struct markup_lines *lines, struct line *line)
{
    size_t mark = item_mark(line);
    if (mark == 0)
        return false;
    /* Inside a paragraph "1987. It rained" is text. */
    bool numbered = line->bytes[line->begin] >= '0' && line->bytes[line->begin] <= '9';
    if (numbered && lines->open && lines->kind != READING_ITEM)
        return false;
    open_paragraph(lines, READING_ITEM);
    if (numbered) {
        for (size_t i = 0; i < mark; i++)
            (void)markup_character(lines->markup, line->bytes, line->begin + i);
    } else {
        markup_add(lines->markup, BULLET_SHOWN, line->begin);
    }
    line->begin += mark;
    add_text(lines, line, READING_ITEM);
    return true;
}

static bool quote_line(struct markup_lines *lines, struct line *line)
{
    if (line->bytes[line->begin] != '>')
        return false;
    while (line->begin < line->end &&
           (line->bytes[line->begin] == '>' || blank_at(line, line->begin)))
        line->begin++;
    if (line->begin == line->end) {
        close_paragraph(lines);
        return true;
    }
    if (lines->open && lines->kind != READING_QUOTE)
        close_paragraph(lines);
    add_text(lines, line, READING_QUOTE);
    return true;
}

/* What only steers a machine: comments on one line, and where a link leads. */
static bool silent_line(const struct line *line)
{
    const char *text = line->bytes + line->begin;
    size_t length = line->end - line->begin;
    if (length >= 7 && memcmp(text, "<!--", 4) == 0)
        return memcmp(text + length - 3, "-->", 3) == 0;
    if (text[0] != '[')
        return false;
    const char *close = memchr(text, ']', length);
    return close != NULL && close > text + 1 && close + 1 < text + length && close[1] == ':';
}

void markdown_line(struct markup_lines *lines, size_t begin, size_t end)
{
    struct line line = {lines->bytes, begin, end, 0};
    while (line.begin < end && blank_at(&line, line.begin)) {
        line.indent += lines->bytes[line.begin] == '\t' ? CODE_INDENT : 1;
        line.begin++;
    }
    bool blank = line.begin == end;
    if (!blank && fence_line(lines, &line))
        return;
    if (lines->fenced)
        code_line(lines, begin, end);
    else if (blank)
        close_paragraph(lines);
    else if (line.indent >= CODE_INDENT && (!lines->open || lines->kind == READING_CODE))
        code_line(lines, begin + (lines->bytes[begin] == '\t' ? 1 : CODE_INDENT), end);
    else if (!underline(lines, &line) && !pause_line(lines, &line) && !heading_line(lines, &line) &&
             !quote_line(lines, &line) && !item_line(lines, &line) && !silent_line(&line))
        add_text(lines, &line, READING_BODY);
}
