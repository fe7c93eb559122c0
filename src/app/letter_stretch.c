/* Where the text around a place begins and ends that is broken into lines together.  That is a
 * paragraph; a very long one is broken in stretches, each of which begins a line, so that a place
 * in its middle costs no more than a page. */
#include "letter_inner.h"

#include "lacrima/base/text.h"

#include <string.h>

/* About sixty lines. */
#define STRETCH_BYTES ((size_t)4096)

/* The paragraph around `at`; asked for often between two changes, and long to look for. */
static void look_around(struct letter *letter, size_t at)
{
    struct letter_near *near = &letter->near;
    uint64_t version = editor_version(letter->text);
    if (near->known && near->version == version && near->from <= at && at <= near->to)
        return;
    struct editor_range range = editor_paragraph(letter->text, at);
    *near = (struct letter_near){.known = true,
                                 .version = version,
                                 .from = range.from,
                                 .to = range.to,
                                 .right = editor_right_to_left(letter->text, at)};
}

/* Where stretch `number` of the paragraph begins; its end if it has no such one. */
static size_t begin_of(const struct letter *letter, size_t number)
{
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    const struct letter_near *near = &letter->near;
    size_t wanted = near->from + number * STRETCH_BYTES;
    if (number == 0)
        return near->from;
    if (wanted >= near->to)
        return near->to;
    for (size_t begin = wanted; begin > wanted - LETTER_STRETCH_SLACK; begin--) {
        if (text[begin - 1] == ' ')
            return begin;
    }
    return near->from +
           text_previous_cluster(text + near->from, near->to - near->from, wanted - near->from);
}

struct render_paragraph letter_paragraph(struct letter *letter, size_t at, size_t *from)
{
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    const struct letter_near *near = &letter->near;
    at = at < length ? at : length;
    look_around(letter, at);
    /* The paragraph's end is in its last stretch. */
    size_t in = at == near->to && at > near->from ? at - 1 : at;
    size_t number = (in - near->from) / STRETCH_BYTES;
    size_t begin = begin_of(letter, number);
    size_t end = begin_of(letter, number + 1);
    if (in >= end && end < near->to) {
        begin = end;
        end = begin_of(letter, number + 2);
    }
    *from = begin;
    return (struct render_paragraph){.text = text + begin,
                                     .length = end - begin,
                                     .direction =
                                         near->right ? PAGE_DIRECTION_RIGHT : PAGE_DIRECTION_LEFT};
}

size_t letter_after(const struct letter *letter, size_t end)
{
    size_t length = 0;
    const char *text = editor_text(letter->text, &length);
    return end >= length || text[end] == '\n' ? end + 1 : end;
}

bool letter_goes_on(const struct letter *letter, size_t end)
{
    return letter_after(letter, end) == end;
}
