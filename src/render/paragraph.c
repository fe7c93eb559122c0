/* Paragraph: where a page's text is broken into lines.
 *
 * Lines are filled word by word with widths that are measured once a word, and each is then
 * measured as a whole, as it will be drawn, so that a line that was broken to fit does fit. */
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "page_rows.h"
#include "wrap.h"

#include <math.h>
#include <string.h>

/* A line that has more units is broken after them. */
#define UNITS_MAX 256
/* No line is looked for that begins farther before its end: it holds some hundred characters. */
#define BEFORE_BYTES ((size_t)2048)

/* Characters below, from Latin to Hebrew, stand beside one another, each nearly as wide as it is
 * among others of its kind, of which so many are measured. */
#define ALONE_END    0x600
#define ALONE_BYTES  2 /* of UTF-8 */
#define ALONE_COPIES 32

/* A long word, from where the line's part of it begins. */
struct part {
    size_t word_end;
    size_t fits, too_much; /* clusters that do and do not, as far as is known */
    float fits_px, each_px;
    size_t known; /* so many were measured last, */
    float known_px;
    bool alone; /* all of them are such characters */
    size_t count;
    size_t ends[RUNS_CHARS_MAX + 1]; /* of the first so many clusters; 0: where the part begins */
    float px[RUNS_CHARS_MAX + 1];    /* while all are such: together, about */
};

/* One line being filled. */
struct filler {
    struct render *render;
    const struct render_paragraph *paragraph;
    int size, width; /* em, column; px */
    size_t from;     /* the line's first byte */
    int x, space;
    size_t unit_count;
    size_t units[UNITS_MAX + 1]; /* where each unit begins, and where the last one's blanks end */
    int alone_px[ALONE_END];     /* of ALONE_COPIES, as far as they were asked for; 0: not yet */
};

/* From `at` to where a line may end, and from there over the blanks that vanish at its end. */
struct unit {
    size_t word_end, end;
    int blanks, characters;
};

static struct unit next_unit(const struct render_paragraph *p, size_t at)
{
    struct unit unit = {.word_end = at, .end = at};
    uint32_t before = 0;
    while (unit.end < p->length) {
        uint32_t codepoint = 0;
        size_t bytes = text_decode_within(p->text + unit.end, p->length - unit.end, &codepoint);
        bool blank = text_is_blank(codepoint);
        if (!blank && (unit.blanks > 0 || unit.characters == RUNS_CHARS_MAX ||
                       (unit.characters > 0 && wrap_may_break(before, codepoint))))
            break;
        unit.end += bytes;
        unit.blanks += blank ? 1 : 0;
        unit.characters += blank ? 0 : 1;
        unit.word_end = blank ? unit.word_end : unit.end;
        before = codepoint;
    }
    return unit;
}

static const char *text_at(const struct filler *filler, size_t at)
{
    return filler->paragraph->text + at;
}

/* Without the blanks at its end. */
static size_t trimmed(const struct filler *filler, size_t end)
{
    while (end > filler->from) {
        size_t last = end - 1;
        while (last > filler->from && ((unsigned char)*text_at(filler, last) & 0xC0u) == 0x80u)
            last--;
        uint32_t codepoint = 0;
        (void)text_decode_within(text_at(filler, last), end - last, &codepoint);
        if (!text_is_blank(codepoint))
            return end;
        end = last;
    }
    return end;
}

/* The width of the line as it is drawn; more than any column if it is too long to be drawn. */
static int measured(const struct filler *filler, size_t end)
{
    return text_cache_page_width(filler->render->texts, text_at(filler, filler->from),
                                 end - filler->from, filler->size,
                                 page_style(filler->paragraph->direction));
}

/* How wide a character is among others of its kind: many of them are measured, since one alone is
 * rounded up. */
static float alone_px(struct filler *filler, uint32_t codepoint, const char *text, size_t bytes)
{
    char row[ALONE_COPIES * ALONE_BYTES];
    int *px = &filler->alone_px[codepoint];
    for (size_t i = 0; *px == 0 && i < ALONE_COPIES; i++)
        memcpy(row + i * bytes, text, bytes);
    if (*px == 0)
        *px = text_cache_page_width(filler->render->texts, row, ALONE_COPIES * bytes, filler->size,
                                    page_style(PAGE_DIRECTION_AUTO));
    return (float)*px / (float)ALONE_COPIES;
}

/* The part's next cluster; false at the word's end. */
static bool reach(struct filler *filler, struct part *part)
{
    size_t at = part->ends[part->count];
    if (at >= part->word_end || part->count == RUNS_CHARS_MAX)
        return false;
    size_t end = text_next_cluster(filler->paragraph->text, part->word_end, at);
    part->ends[++part->count] = end;
    if (!part->alone)
        return true;
    uint32_t codepoint = 0;
    size_t bytes = text_decode_within(text_at(filler, at), end - at, &codepoint);
    part->alone = bytes == end - at && codepoint < ALONE_END;
    if (part->alone)
        part->px[part->count] =
            part->px[part->count - 1] + alone_px(filler, codepoint, text_at(filler, at), bytes);
    return true;
}

/* How many clusters will fit: by the width of each, as far as those are known, or of all. */
static size_t guess(struct filler *filler, struct part *part)
{
    float room = (float)filler->width - part->known_px + part->px[part->known];
    size_t count = part->known;
    while (count > 0 && part->px[count] > room)
        count--;
    while (part->alone && (count < part->count || reach(filler, part)) &&
           part->px[count + 1] <= room)
        count++;
    if (part->alone)
        return count > part->fits ? count : part->fits + 1;
    float more = ((float)filler->width - part->fits_px) / part->each_px;
    return part->fits + (more < 1.0F ? 1 : (size_t)more);
}

/* So many clusters are `px` wide with what is before them. */
static void learn(const struct filler *filler, struct part *part, size_t tried, int px)
{
    part->alone = part->alone && px < TEXT_CACHE_TOO_WIDE;
    part->known = tried;
    part->known_px = (float)px;
    if (px > filler->width) {
        part->too_much = tried;
        part->each_px *= 1.1F;
        return;
    }
    part->fits = tried;
    part->fits_px = (float)px;
    part->each_px = fmaxf(((float)px - (float)filler->x) / (float)tried, 1.0F);
}

/* How much of a long word, from `at` on, still fits on the line: a cluster at least if the line is
 * empty before it.  What is measured says it, that so much fits and one cluster more does not; the
 * guesses only lead there. */
static size_t part_that_fits(struct filler *filler, size_t at, size_t word_end)
{
    struct part part = {.word_end = word_end,
                        .too_much = RUNS_CHARS_MAX + 1,
                        .known_px = (float)filler->x,
                        .fits_px = (float)filler->x,
                        .each_px = (float)filler->size / 2.0F,
                        .alone = true,
                        .ends = {at}};
    while (part.too_much - part.fits > 1) {
        size_t tried = guess(filler, &part);
        tried = tried < part.too_much ? tried : part.too_much - 1;
        while (part.count < tried && reach(filler, &part))
            continue;
        if (tried > part.count) {
            tried = part.count;
            part.too_much = part.count + 1;
        }
        if (tried == part.fits)
            break;
        learn(filler, &part, tried, measured(filler, part.ends[tried]));
    }
    if (part.fits > 0 || at != filler->from || at == word_end)
        return part.ends[part.fits];
    return text_next_cluster(filler->paragraph->text, word_end, at);
}

/* Of a unit that is cut, too wide for any column: it is not measured, for it would be another one
 * at every line's beginning. */
static int unit_px(const struct filler *filler, size_t at, const struct unit *unit)
{
    if (unit->characters == RUNS_CHARS_MAX)
        return TEXT_CACHE_TOO_WIDE;
    if (unit->word_end == at)
        return 0;
    return text_cache_page_width(filler->render->texts, text_at(filler, at), unit->word_end - at,
                                 filler->size, page_style(PAGE_DIRECTION_AUTO));
}

/* Takes the unit onto the line; false, with where the line ends, if it is not taken whole. */
static bool take(struct filler *filler, size_t at, const struct unit *unit, size_t *end)
{
    int width = unit_px(filler, at, unit);
    bool is_long = width > (int)(WRAP_WORD_EMS_MAX * (float)filler->size);
    bool whole = filler->x + width <= filler->width && filler->unit_count < UNITS_MAX;
    if (whole) {
        filler->units[filler->unit_count++] = at;
        filler->x += width + unit->blanks * filler->space;
        *end = unit->end;
        return true;
    }
    *end = at;
    if (is_long || filler->unit_count == 0)
        *end = part_that_fits(filler, at, unit->word_end);
    return false;
}

/* The end of the line that begins at filler->from. */
static size_t line_end(struct filler *filler)
{
    const struct render_paragraph *p = filler->paragraph;
    size_t end = filler->from;
    filler->x = 0;
    filler->unit_count = 0;
    bool taken = true;
    while (taken && end < p->length) {
        struct unit unit = next_unit(p, end);
        taken = take(filler, end, &unit, &end);
    }
    /* Together words may be wider than one by one. */
    while (filler->unit_count > 0 && measured(filler, trimmed(filler, end)) > filler->width) {
        size_t last = filler->units[--filler->unit_count];
        filler->x = 0;
        end = last > filler->from ? last : part_that_fits(filler, last, trimmed(filler, end));
    }
    /* Nor inside of what a person takes for one character. */
    size_t before = text_previous_cluster(p->text, p->length, end);
    size_t after = text_next_cluster(p->text, p->length, before);
    if (after > end)
        end = before > filler->from ? before : after;
    return end;
}

/* A word that is alone on the last line takes the one before it down to itself, if the line above
 * keeps two words and both fit. */
static void keep_company(struct filler *filler, size_t *starts, size_t count)
{
    const struct render_paragraph *p = filler->paragraph;
    size_t last = starts[count - 1];
    size_t at = starts[count - 2];
    size_t before = at;
    size_t units = 0;
    struct unit unit = {0};
    if (next_unit(p, last).end < p->length)
        return;
    for (; at < last; at = unit.end) {
        unit = next_unit(p, at);
        before = at;
        units++;
    }
    filler->from = before;
    if (units > 2 && at == last && unit.blanks > 0 &&
        measured(filler, trimmed(filler, p->length)) <= filler->width)
        starts[count - 1] = before;
}

size_t render_page_break(struct render *render, const struct render_room *room,
                         const struct render_paragraph *paragraph, size_t from, size_t *starts,
                         size_t starts_max, size_t *next)
{
    check(from <= paragraph->length && starts_max > 0);
    struct filler filler = {.render = render,
                            .paragraph = paragraph,
                            .size = paragraph->heading ? room->heading_px : room->body_px,
                            .width = room->box.width,
                            .from = from};
    filler.space =
        text_cache_page_width(render->texts, " ", 1, filler.size, page_style(PAGE_DIRECTION_AUTO));
    size_t count = 0;
    do {
        starts[count++] = filler.from;
        filler.from = line_end(&filler);
    } while (filler.from < paragraph->length && count < starts_max);
    *next = filler.from;
    if (paragraph->settled && *next == paragraph->length && count > 1)
        keep_company(&filler, starts, count);
    return count;
}

/* Where the units begin that lie between `from` and `to`, at least the last of them. */
static void units_before(struct filler *filler, size_t from, size_t to)
{
    const struct render_paragraph part = {.text = filler->paragraph->text, .length = to};
    size_t *units = filler->units;
    filler->unit_count = 0;
    for (size_t at = from; at < to; at = next_unit(&part, at).end) {
        if (filler->unit_count == UNITS_MAX) {
            filler->unit_count = UNITS_MAX / 2;
            memmove(units, units + UNITS_MAX / 2, UNITS_MAX / 2 * sizeof *units);
        }
        units[filler->unit_count++] = at;
    }
    /* The first one may be no more than a word's end. */
    if (from > 0 && units[0] == from && filler->unit_count > 1)
        memmove(units, units + 1, --filler->unit_count * sizeof *units);
}

/* Where in the word from `at` on the line begins that goes on behind the word to `end`, and is as
 * wide as filler->x there: at the word's end if nothing of it fits. */
static size_t part_before(struct filler *filler, size_t at, size_t word_end, size_t end)
{
    size_t begins[RUNS_CHARS_MAX + 1];
    size_t count = 0;
    for (; at < word_end && count < RUNS_CHARS_MAX; count++) {
        begins[count] = at;
        at = text_next_cluster(filler->paragraph->text, word_end, at);
    }
    begins[count] = at;
    size_t fits = count; /* from there on, and from before `least` on not */
    size_t least = 0;
    float fits_px = (float)filler->x;
    float each_px = (float)filler->size / 2.0F;
    while (least < fits) {
        float guess = ((float)filler->width - fits_px) / each_px;
        size_t more = guess < 1.0F ? 1 : (size_t)guess;
        size_t tried = fits - (more < fits - least ? more : fits - least);
        filler->from = begins[tried];
        int px = measured(filler, end);
        if (px < TEXT_CACHE_TOO_WIDE)
            each_px = fmaxf(((float)px - (float)filler->x) / (float)(count - tried), 1.0F);
        if (px > filler->width) {
            least = tried + 1;
        } else {
            fits = tried;
            fits_px = (float)px;
        }
    }
    return begins[fits];
}

/* Takes units onto the line from its end on, as many as fit; returns the first one's number. */
static size_t take_back(struct filler *filler, size_t to, size_t end)
{
    const struct render_paragraph part = {.text = filler->paragraph->text, .length = to};
    size_t first = filler->unit_count;
    filler->x = 0;
    while (first > 0) {
        size_t at = filler->units[first - 1];
        struct unit unit = next_unit(&part, at);
        int width = unit_px(filler, at, &unit);
        width += first < filler->unit_count ? unit.blanks * filler->space : 0;
        if (filler->x + width > filler->width)
            break;
        filler->x += width;
        first--;
    }
    for (; first < filler->unit_count; first++) {
        filler->from = filler->units[first];
        filler->x = measured(filler, end);
        if (filler->x <= filler->width)
            return first;
    }
    filler->x = 0;
    return first;
}

/* The beginning of the line that ends at `to`, from `from` on. */
static size_t line_begin(struct filler *filler, size_t from, size_t to)
{
    const struct render_paragraph part = {.text = filler->paragraph->text, .length = to};
    filler->from = from;
    size_t end = trimmed(filler, to);
    if (end == from)
        return from;
    units_before(filler, from, to);
    size_t first = take_back(filler, to, end);
    size_t begin = first < filler->unit_count ? filler->units[first] : end;
    if (first == 0)
        return begin;
    size_t at = filler->units[first - 1];
    struct unit unit = next_unit(&part, at);
    if (begin == end || unit_px(filler, at, &unit) > (int)(WRAP_WORD_EMS_MAX * (float)filler->size))
        begin = part_before(filler, at, begin, end);
    return begin < end ? begin : text_previous_cluster(filler->paragraph->text, end, end);
}

size_t render_page_break_before(struct render *render, const struct render_room *room,
                                const struct render_paragraph *paragraph, size_t to)
{
    check(to > 0 && to <= paragraph->length);
    const char *text = paragraph->text;
    size_t length = paragraph->length;
    struct filler filler = {.render = render,
                            .paragraph = paragraph,
                            .size = paragraph->heading ? room->heading_px : room->body_px,
                            .width = room->box.width};
    filler.space =
        text_cache_page_width(render->texts, " ", 1, filler.size, page_style(PAGE_DIRECTION_AUTO));
    size_t from = to > BEFORE_BYTES ? text_cluster(text, length, to - BEFORE_BYTES) : 0;
    size_t begin = line_begin(&filler, from, to);
    size_t whole = text_cluster(text, length, begin);
    size_t next = text_next_cluster(text, length, begin);
    return whole == begin || next >= to ? whole : next;
}
