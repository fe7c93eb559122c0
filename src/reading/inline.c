/* Markdown inside a line: marks of emphasis leave, links and pictures leave their words. */
#include "markup.h"

#include "lacrima/base/text.h"

#include <string.h>

#define DEPTH_MAX 4    /* links within links; deeper marks stay as they are */
#define REACH_MAX 2000 /* bytes: a bracket that closes no sooner is a bracket */

struct inline_text {
    struct markup *markup;
    const char *bytes;
    size_t begin, end;
    unsigned depth;
};

static bool is_punctuation(char c)
{
    return strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c) != NULL && c != '\0';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           ((unsigned char)c & 0x80u) != 0;
}

static char byte_at(const struct inline_text *text, size_t at)
{
    return at >= text->begin && at < text->end ? text->bytes[at] : ' ';
}

static char byte_before(const struct inline_text *text, size_t at)
{
    return at > text->begin ? text->bytes[at - 1] : ' ';
}

static size_t run_of(const struct inline_text *text, size_t at)
{
    size_t count = 1;
    while (at + count < text->end && text->bytes[at + count] == text->bytes[at])
        count++;
    return count;
}

/* Whether a run of * or _ (or ~~) stands at a word, so that it is emphasis and no asterisk. */
static bool is_emphasis(const struct inline_text *text, size_t at, size_t count)
{
    char before = byte_before(text, at);
    char after = byte_at(text, at + count);
    char mark = text->bytes[at];
    if ((before == ' ' && after == ' ') || (mark == '~' && count != 2))
        return false;
    return mark != '_' || !is_letter(before) || !is_letter(after);
}

/* Where the code that a run of backticks begins ends; 0: nowhere. */
static size_t code_end(const struct inline_text *text, size_t at, size_t count)
{
    for (size_t i = at + count; i < text->end && i < at + REACH_MAX;) {
        if (text->bytes[i] != '`') {
            i++;
            continue;
        }
        size_t other = run_of(text, i);
        if (other == count)
            return i;
        i += other;
    }
    return 0;
}

/* The bracket that closes the one at `at`, or 0. */
static size_t closing(const struct inline_text *text, size_t at, char open, char close)
{
    unsigned depth = 0;
    for (size_t i = at; i < text->end && i < at + REACH_MAX; i++) {
        if (text->bytes[i] == '\\') {
            i++;
        } else if (text->bytes[i] == open) {
            depth++;
        } else if (text->bytes[i] == close && --depth == 0) {
            return i;
        }
    }
    return 0;
}

static void read_text(const struct inline_text *text);

/* [words](where), [words][name], ![words](where), [^note]; false if it is only a bracket. */
static bool read_link(const struct inline_text *text, size_t *at)
{
    size_t open = text->bytes[*at] == '!' ? *at + 1 : *at;
    if (byte_at(text, open) != '[' || text->depth >= DEPTH_MAX)
        return false;
    size_t close = closing(text, open, '[', ']');
    if (close == 0)
        return false;
    size_t after = close + 1;
    char next = byte_at(text, after);
    size_t last = next == '('   ? closing(text, after, '(', ')')
                  : next == '[' ? closing(text, after, '[', ']')
                                : 0;
    bool note = byte_at(text, open + 1) == '^';
    if (last == 0 && !note)
        return false;
    if (!note) {
        struct inline_text words = *text;
        words.begin = open + 1;
        words.end = close;
        words.depth++;
        read_text(&words);
    }
    *at = (last != 0 ? last : close) + 1;
    return true;
}

/* <https://…> leaves its words; a tag leaves, but for a line break. */
static bool read_tag(const struct inline_text *text, size_t *at)
{
    char first = byte_at(text, *at + 1);
    bool tag = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '/' ||
               first == '!';
    size_t close = tag ? closing(text, *at, '<', '>') : 0;
    if (close == 0)
        return false;
    size_t length = close - *at - 1;
    const char *inside = text->bytes + *at + 1;
    if (memchr(inside, ':', length) != NULL || memchr(inside, '@', length) != NULL) {
        if (memchr(inside, '=', length) == NULL) {
            for (size_t i = *at + 1; i < close;)
                i += markup_character(text->markup, text->bytes, i);
        }
    } else if (length >= 2 && (inside[0] | 0x20) == 'b' && (inside[1] | 0x20) == 'r') {
        markup_add(text->markup, "\n", *at);
    }
    *at = close + 1;
    return true;
}

static bool read_entity(const struct inline_text *text, size_t *at)
{
    static const struct {
        const char *name, *shown;
    } entities[] = {
        {"amp;", "&"},
        {"lt;", "<"},
        {"gt;", ">"},
        {"quot;", "\""},
        {"#39;", "'"},
        {"nbsp;", "\xC2\xA0"},
        {"mdash;", "\xE2\x80\x94"},
        {"ndash;", "\xE2\x80\x93"},
        {"hellip;", "\xE2\x80\xA6"},
    };
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        size_t length = strlen(entities[i].name);
        if (text->end - *at - 1 < length ||
            memcmp(text->bytes + *at + 1, entities[i].name, length) != 0)
            continue;
        markup_add(text->markup, entities[i].shown, *at);
        *at += 1 + length;
        return true;
    }
    return false;
}

static bool read_code(const struct inline_text *text, size_t *at)
{
    size_t count = run_of(text, *at);
    size_t end = code_end(text, *at, count);
    if (end == 0)
        return false;
    for (size_t i = *at + count; i < end;)
        i += markup_character(text->markup, text->bytes, i);
    *at = end + count;
    return true;
}

/* Takes a mark at `at`; false if what stands there is a character like any other. */
static bool read_mark(const struct inline_text *text, size_t *at)
{
    char c = text->bytes[*at];
    size_t count = 0;
    switch (c) {
    case '\\':
        if (!is_punctuation(byte_at(text, *at + 1)))
            return false;
        *at += 1 + markup_character(text->markup, text->bytes, *at + 1);
        return true;
    case '`':
        return read_code(text, at);
    case '*':
    case '_':
    case '~':
        count = run_of(text, *at);
        if (!is_emphasis(text, *at, count))
            return false;
        *at += count;
        return true;
    case '!':
    case '[':
        return read_link(text, at);
    case '<':
        return read_tag(text, at);
    case '&':
        return read_entity(text, at);
    default:
        return false;
    }
}

static void read_text(const struct inline_text *text)
{
    size_t at = text->begin;
    while (at < text->end) {
        if (!read_mark(text, &at))
            at += markup_character(text->markup, text->bytes, at);
    }
}

void inline_read(struct markup *markup, const char *bytes, size_t begin, size_t end)
{
    const struct inline_text text = {markup, bytes, begin, end, 0};
    read_text(&text);
}
