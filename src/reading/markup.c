#include "markup.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD"
#define SHORT_LINE  45  /* characters: a line this short was meant to end there */
#define LONG_LINE   100 /* a line this long is a paragraph by itself */

static void add_byte(struct markup *markup, char c, size_t at)
{
    check(markup->length < MARKUP_BYTES);
    markup->from[markup->length] = (uint32_t)at;
    markup->text[markup->length++] = c;
}

void markup_add(struct markup *markup, const char *text, size_t at)
{
    for (; *text != '\0'; text++)
        add_byte(markup, *text, at);
}

static char last_byte(const struct markup *markup)
{
    const struct markup_paragraph *paragraph = &markup->paragraphs[markup->paragraph_count];
    return markup->length > paragraph->at ? markup->text[markup->length - 1] : '\n';
}

/* Runs of blanks are one, and none begins a line; code keeps its own. */
static void add_blank(struct markup *markup, bool tab, size_t at)
{
    bool code = markup->paragraphs[markup->paragraph_count].kind == READING_CODE;
    if (code)
        markup_add(markup, tab ? "    " : " ", at);
    else if (last_byte(markup) != ' ' && last_byte(markup) != '\n')
        add_byte(markup, ' ', at);
}

/* Controls, marks that only steer a machine, and an inner byte order mark are left out. */
static bool is_silent(uint32_t c)
{
    return c < ' ' || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

size_t markup_character(struct markup *markup, const char *bytes, size_t at)
{
    uint32_t c = 0;
    size_t taken = text_decode(bytes + at, &c);
    if (c == 0xFFFD && taken == 1) {
        if (!markup->invalid)
            markup->invalid_at = (uint32_t)at;
        markup->invalid = true;
        markup_add(markup, REPLACEMENT, at);
    } else if (c == ' ' || c == '\t' || c == 0x0B) {
        add_blank(markup, c == '\t', at);
    } else if (c == 0x2028 || c == 0x2029 || c == 0x85) {
        add_byte(markup, '\n', at);
    } else if (!is_silent(c)) {
        for (size_t i = 0; i < taken; i++)
            add_byte(markup, bytes[at + i], at);
    }
    return taken;
}

void markup_open(struct markup *markup, enum reading_kind kind)
{
    check(markup->paragraph_count < MARKUP_PARAGRAPHS);
    struct markup_paragraph *paragraph = &markup->paragraphs[markup->paragraph_count];
    paragraph->kind = kind;
    paragraph->at = (uint32_t)markup->length;
}

/* A paragraph of blanks is none. */
void markup_close(struct markup *markup)
{
    struct markup_paragraph *paragraph = &markup->paragraphs[markup->paragraph_count];
    while (markup->length > paragraph->at &&
           (markup->text[markup->length - 1] == ' ' || markup->text[markup->length - 1] == '\n'))
        markup->length--;
    paragraph->length = (uint32_t)markup->length - paragraph->at;
    if (paragraph->length > 0)
        markup->paragraph_count++;
}

/* Chinese and Japanese join broken lines without a blank. */
static bool is_wide(const char *text)
{
    uint32_t c = 0;
    (void)text_decode(text, &c);
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFF00 && c <= 0xFF60);
}

void markup_join(struct markup *markup, const char *bytes, size_t at, bool hard)
{
    char before[5] = ""; /* the last character, terminated */
    size_t begin = markup->length;
    while (begin > 0 && markup->length - begin < sizeof before - 1) {
        begin--;
        if (((unsigned char)markup->text[begin] & 0xC0u) != 0x80u)
            break;
    }
    memcpy(before, markup->text + begin, markup->length - begin);
    if (hard)
        markup_add(markup, "\n", at);
    else if (!is_wide(before) || !is_wide(bytes + at))
        add_blank(markup, false, at);
}

void plain_line(struct markup_lines *lines, size_t begin, size_t end)
{
    struct markup *markup = lines->markup;
    while (begin < end && (lines->bytes[begin] == ' ' || lines->bytes[begin] == '\t'))
        begin++;
    if (begin == end || lines->columns > LONG_LINE) {
        if (lines->open)
            markup_close(markup);
        lines->open = false;
        lines->columns = 0;
        if (begin == end)
            return;
    }
    if (lines->open)
        markup_join(markup, lines->bytes, begin, lines->hard);
    else
        markup_open(markup, READING_BODY);
    lines->open = true;
    lines->columns = 0;
    for (size_t at = begin; at < end; lines->columns++)
        at += markup_character(markup, lines->bytes, at);
    lines->hard = lines->columns < SHORT_LINE;
}

static size_t line_end(const char *bytes, size_t begin, size_t size)
{
    while (begin < size && bytes[begin] != '\n' && bytes[begin] != '\r' && bytes[begin] != '\f')
        begin++;
    return begin;
}

void markup_read(struct markup *markup, const char *bytes, size_t size, bool markdown)
{
    markup->invalid = false;
    markup->length = 0;
    markup->paragraph_count = 0;
    struct markup_lines lines = {.markup = markup, .bytes = bytes};
    for (size_t begin = 0; begin < size;) {
        size_t end = line_end(bytes, begin, size);
        if (markdown)
            markdown_line(&lines, begin, end);
        else
            plain_line(&lines, begin, end);
        begin = end + 1;
        if (bytes[end] == '\r' && begin < size && bytes[begin] == '\n')
            begin++;
    }
    if (lines.open)
        markup_close(markup);
}
