#include "pager.h"

#include "lacrima/base/check.h"

#include <string.h>

/* A heading below this part of a page waits for the next; a clause shorter than this part of one
 * is no page. */
#define HEADING_PART 2
#define CLAUSE_PART  3
/* Where nothing says where to cut, so many bytes are tried first. */
#define CUT_BYTES 1024

/* A page being filled: from `start` to `at`.  "before" is what the paragraphs before at.paragraph
 * take. */
struct fill {
    struct pager *pager;
    struct pager_place start, at;
    unsigned words, lines, lines_before;
    size_t bytes_before;
    bool body; /* something other than headings and pauses stands on it */
};

static const struct markup_paragraph *paragraph_at(const struct fill *fill, uint32_t index)
{
    return &fill->pager->markup->paragraphs[index];
}

static const char *text_at(const struct fill *fill, uint32_t index)
{
    return fill->pager->markup->text + paragraph_at(fill, index)->at;
}

/* Segments are asked about one paragraph at a time. */
static struct segments *segments_of(const struct fill *fill)
{
    struct pager *pager = fill->pager;
    uint32_t index = fill->at.paragraph;
    if (pager->set != index + 1)
        segments_set(pager->segments, text_at(fill, index), paragraph_at(fill, index)->length);
    pager->set = index + 1;
    return pager->segments;
}

static size_t trimmed(const char *text, size_t length)
{
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\n'))
        length--;
    return length;
}

/* Where the page's part of the present paragraph begins. */
static uint32_t part_of(const struct fill *fill)
{
    return fill->at.paragraph == fill->start.paragraph ? fill->start.offset : 0;
}

/* Lists and code stand together; everything else has an empty line between. */
static unsigned gap_before(const struct fill *fill)
{
    uint32_t index = fill->at.paragraph;
    if (index == fill->start.paragraph)
        return 0;
    enum reading_kind kind = paragraph_at(fill, index)->kind;
    bool close = kind == READING_ITEM || kind == READING_CODE;
    return close && paragraph_at(fill, index - 1)->kind == kind ? 0 : 1;
}

/* Adds the present paragraph's text up to `end`, if the page then still fits. */
static bool add(struct fill *fill, size_t end, unsigned words_max)
{
    const struct reading_limits *limits = fill->pager->limits;
    const struct markup_paragraph *paragraph = paragraph_at(fill, fill->at.paragraph);
    uint32_t from = part_of(fill);
    const char *text = text_at(fill, fill->at.paragraph) + from;
    size_t length = trimmed(text, end - from);
    unsigned words = fill->words + segments_words(segments_of(fill), fill->at.offset, end);
    if (words > words_max || fill->bytes_before + length > READING_PAGE_BYTES ||
        fill->at.paragraph - fill->start.paragraph >= READING_PARAGRAPHS_MAX)
        return false;
    unsigned lines = fill->lines_before + gap_before(fill) +
                     limits->lines(limits->user, text, length, paragraph->kind);
    if (lines > limits->lines_max)
        return false;
    fill->words = words;
    fill->lines = lines;
    fill->body =
        fill->body || (paragraph->kind != READING_HEADING && paragraph->kind != READING_PAUSE);
    fill->at.offset = (uint32_t)end;
    if (end == paragraph->length) {
        fill->at = (struct pager_place){.paragraph = fill->at.paragraph + 1};
        fill->lines_before = lines;
        fill->bytes_before += length;
    }
    return true;
}

/* Where the next sentence ends; code is cut at its lines. */
static size_t next_sentence(const struct fill *fill)
{
    const struct markup_paragraph *paragraph = paragraph_at(fill, fill->at.paragraph);
    if (paragraph->kind != READING_CODE)
        return segments_next(segments_of(fill), SEGMENT_SENTENCE, fill->at.offset);
    const char *text = text_at(fill, fill->at.paragraph);
    const char *newline = memchr(text + fill->at.offset, '\n', paragraph->length - fill->at.offset);
    return newline != NULL ? (size_t)(newline - text) + 1 : paragraph->length;
}

/* Adds segments of the present paragraph while they fit. */
static void add_segments(struct fill *fill, enum segment segment)
{
    uint32_t index = fill->at.paragraph;
    while (fill->at.paragraph == index &&
           add(fill, segments_next(segments_of(fill), segment, fill->at.offset),
               fill->pager->limits->words_max)) {
    }
}

/* The last character's end that is no further than `room` bytes on, or the first one's. */
static size_t character_before(const struct fill *fill, size_t room)
{
    size_t from = fill->at.offset;
    size_t end = segments_next(segments_of(fill), SEGMENT_CHARACTER, from);
    while (end < paragraph_at(fill, fill->at.paragraph)->length) {
        size_t next = segments_next(segments_of(fill), SEGMENT_CHARACTER, end);
        if (next > from + room)
            break;
        end = next;
    }
    return end;
}

/* The sentence alone is too long: it is cut at a clause, else at a word, else anywhere. */
static void cut(struct fill *fill)
{
    const struct reading_limits *limits = fill->pager->limits;
    struct pager_place before = fill->at;
    add_segments(fill, SEGMENT_CLAUSE);
    if (fill->at.paragraph == before.paragraph && fill->words < limits->words_max / CLAUSE_PART)
        add_segments(fill, SEGMENT_WORD);
    if (fill->at.paragraph != before.paragraph || fill->at.offset != before.offset)
        return;
    for (size_t room = CUT_BYTES; room > 0; room /= 2) {
        if (add(fill, character_before(fill, room), limits->words_max + 1))
            return;
    }
    /* Not even one character fits below what stands there: that is then the page. */
    if (fill->words == 0 && fill->lines == 0) {
        fill->at.offset = (uint32_t)character_before(fill, 1);
        if (fill->at.offset == paragraph_at(fill, fill->at.paragraph)->length)
            fill->at = (struct pager_place){.paragraph = fill->at.paragraph + 1};
    }
}

/* A heading stands above what it heads. */
static bool heading_waits(const struct fill *fill)
{
    const struct reading_limits *limits = fill->pager->limits;
    return fill->body && fill->at.offset == 0 &&
           paragraph_at(fill, fill->at.paragraph)->kind == READING_HEADING &&
           (fill->words * HEADING_PART > limits->words_max ||
            fill->lines * HEADING_PART > limits->lines_max);
}

static void leave_headings(struct fill *fill)
{
    struct pager_place at = fill->at;
    if (!fill->body || at.offset != 0 || at.paragraph == fill->pager->markup->paragraph_count)
        return;
    while (at.paragraph > fill->start.paragraph &&
           paragraph_at(fill, at.paragraph - 1)->kind == READING_HEADING)
        at.paragraph--;
    if (at.paragraph > fill->start.paragraph)
        fill->at = at;
}

static void copy_part(const struct fill *fill, uint32_t index, struct reading_page *page,
                      size_t *used)
{
    const struct markup_paragraph *paragraph = paragraph_at(fill, index);
    size_t from = index == fill->start.paragraph ? fill->start.offset : 0;
    size_t to = index == fill->at.paragraph ? fill->at.offset : paragraph->length;
    const char *text = text_at(fill, index);
    size_t length = trimmed(text + from, to - from);
    if (length == 0 || page->paragraph_count == READING_PARAGRAPHS_MAX)
        return;
    page->paragraphs[page->paragraph_count++] = (struct reading_paragraph){
        .kind = paragraph->kind, .at = (uint32_t)*used, .length = (uint32_t)length};
    memcpy(page->text + *used, text + from, length);
    *used += length;
}

static uint64_t byte_of(const struct fill *fill, struct pager_place place)
{
    const struct markup *markup = fill->pager->markup;
    if (place.paragraph == markup->paragraph_count)
        return UINT32_MAX;
    return markup->from[paragraph_at(fill, place.paragraph)->at + place.offset];
}

struct pager_place pager_fill(struct pager *pager, struct pager_place place,
                              struct reading_page *page)
{
    const struct reading_limits *limits = pager->limits;
    struct fill fill = {.pager = pager, .start = place, .at = place};
    check(place.paragraph < pager->markup->paragraph_count);
    while (fill.at.paragraph < pager->markup->paragraph_count && !heading_waits(&fill)) {
        unsigned words_max =
            fill.words == 0 ? limits->words_max + limits->words_max / 2 : limits->words_max;
        if (add(&fill, next_sentence(&fill), words_max))
            continue;
        if (!fill.body)
            cut(&fill);
        break;
    }
    leave_headings(&fill);
    size_t used = 0;
    page->paragraph_count = 0;
    page->words = fill.words;
    for (uint32_t i = place.paragraph; i <= fill.at.paragraph; i++) {
        if (i < fill.at.paragraph || fill.at.offset > 0)
            copy_part(&fill, i, page, &used);
    }
    page->from = byte_of(&fill, fill.start);
    page->to = byte_of(&fill, fill.at);
    return fill.at;
}
