#include "lacrima/reading.h"

#include "front.h"
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "markup.h"
#include "pager.h"
#include "segments.h"
#include "source.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* No stretch has more pages than characters. */
#define PAGES_MAX  SOURCE_STRETCH
#define LINE_BYTES 512

struct reading {
    struct source source;
    struct front front;
    bool markdown;
    reading_say *say;
    void *user;
    bool said_invalid;
    struct segments *segments;
    struct reading_limits limits;
    bool loaded;      /* a stretch is held: */
    uint64_t stretch; /* which, */
    uint64_t at;      /* where in the file it begins, */
    size_t size;      /* and how many bytes it has */
    struct pager pager;
    size_t page;       /* the page given last, of this stretch */
    size_t page_count; /* places known; the last may be behind the last paragraph */
    struct pager_place places[PAGES_MAX + 1];
    char bytes[SOURCE_STRETCH + 1];
    struct markup markup;
};

static void say_invalid(struct reading *reading)
{
    char line[LINE_BYTES];
    struct error error;
    uint64_t offset = reading->at + reading->markup.invalid_at;
    uint64_t number = source_line_of(&reading->source, offset);
    reading->said_invalid = true;
    if (number > 0)
        (void)error_set(&error, "%s:%" PRIu64 ": not UTF-8 here; shown as \xEF\xBF\xBD",
                        reading->source.path, number);
    else
        (void)error_set(&error, "%s: not UTF-8 at byte %" PRIu64 "; shown as \xEF\xBF\xBD",
                        reading->source.path, offset);
    (void)text_copy(line, sizeof line, error.text);
    if (reading->say != NULL)
        reading->say(reading->user, line);
}

static void forget_pages(struct reading *reading)
{
    reading->pager = (struct pager){
        .markup = &reading->markup, .segments = reading->segments, .limits = &reading->limits};
    reading->page = 0;
    reading->page_count = 1;
    reading->places[0] = (struct pager_place){0};
}

static void load(struct reading *reading, uint64_t stretch)
{
    if (!reading->loaded || reading->stretch != stretch) {
        reading->size = source_stretch(&reading->source, stretch, reading->bytes, &reading->at);
        reading->stretch = stretch;
        reading->loaded = true;
        markup_read(&reading->markup, reading->bytes, reading->size, reading->markdown);
        if (reading->markup.invalid && !reading->said_invalid)
            say_invalid(reading);
    }
    forget_pages(reading);
}

/* Whether there is a page of this number in the stretch; the places before it are found first. */
static bool has_page(struct reading *reading, size_t index, struct reading_page *scratch)
{
    size_t count = reading->markup.paragraph_count;
    while (reading->page_count <= index &&
           reading->places[reading->page_count - 1].paragraph < count) {
        check(reading->page_count <= PAGES_MAX);
        reading->places[reading->page_count] =
            pager_fill(&reading->pager, reading->places[reading->page_count - 1], scratch);
        reading->page_count++;
    }
    return index < reading->page_count && reading->places[index].paragraph < count;
}

static void give_page(struct reading *reading, size_t index, struct reading_page *page)
{
    struct pager_place next = pager_fill(&reading->pager, reading->places[index], page);
    if (reading->page_count == index + 1)
        reading->places[reading->page_count++] = next;
    bool last = next.paragraph == reading->markup.paragraph_count;
    page->from += reading->at;
    page->to = reading->at + (last ? reading->size : page->to);
    reading->page = index;
}

/* The first stretch from here on, going `step`, that has any text; the last tried one is held. */
static bool load_text(struct reading *reading, uint64_t stretch, int step)
{
    uint64_t count = source_count(&reading->source);
    for (; stretch<count; stretch += step> 0 ? 1 : UINT64_MAX) {
        load(reading, stretch);
        if (reading->markup.paragraph_count > 0)
            return true;
    }
    return false;
}

static bool create_parts(struct reading *reading, const char *path, struct error *error)
{
    if (!source_open(&reading->source, path, error))
        return false;
    reading->markdown = front_is_markdown(path);
    if (reading->markdown)
        front_read(&reading->front, &reading->source);
    reading->segments = segments_create(error);
    return reading->segments != NULL;
}

/* A Markdown text that says no title may begin with it. */
static void find_title(struct reading *reading)
{
    char *title = reading->front.title;
    size_t size = sizeof reading->front.title;
    if (title[0] != '\0')
        return;
    front_name(reading->source.path, title, size);
    if (!reading->markdown || !load_text(reading, 0, +1))
        return;
    const struct markup_paragraph *first = &reading->markup.paragraphs[0];
    if (first->kind != READING_HEADING || first->length >= size)
        return;
    char heading[READING_TITLE_BYTES];
    memcpy(heading, reading->markup.text + first->at, first->length);
    heading[first->length] = '\0';
    (void)text_copy(title, size, heading);
}

static unsigned one_line(void *user, const char *text, size_t length, enum reading_kind kind)
{
    (void)user;
    (void)text;
    (void)length;
    (void)kind;
    return 1;
}

bool reading_open(struct reading **reading, const char *path, reading_say *say, void *user,
                  struct error *error)
{
    check(reading != NULL && path != NULL);
    *reading = NULL;
    struct reading *made = calloc(1, sizeof *made);
    if (made == NULL)
        return error_set(error, "%s: out of memory", path);
    made->source.fd = -1;
    made->say = say;
    made->user = user;
    made->limits = (struct reading_limits){.words_max = 80, .lines_max = 16, .lines = one_line};
    if (!create_parts(made, path, error)) {
        reading_close(&made);
        return false;
    }
    find_title(made);
    *reading = made;
    return true;
}

const char *reading_title(const struct reading *reading)
{
    return reading->front.title;
}

const char *reading_about(const struct reading *reading)
{
    return reading->front.about;
}

void reading_limit(struct reading *reading, const struct reading_limits *limits)
{
    check(limits->words_max > 0 && limits->lines_max > 0 && limits->lines != NULL);
    reading->limits = *limits;
    forget_pages(reading);
}

bool reading_page_at(struct reading *reading, uint64_t offset, struct reading_page *page)
{
    if (offset < reading->source.begin || offset >= reading->source.size)
        offset = reading->source.begin;
    uint64_t stretch = source_find(&reading->source, offset);
    if (!load_text(reading, stretch, +1) && !load_text(reading, 0, +1))
        return false;
    size_t index = 0;
    while (has_page(reading, index, page)) {
        give_page(reading, index, page);
        if (page->to > offset)
            return true;
        index++;
    }
    return true;
}

bool reading_next(struct reading *reading, struct reading_page *page)
{
    static struct reading_page scratch;
    uint64_t stretch = reading->stretch;
    size_t index = reading->page + 1;
    if (!reading->loaded)
        return reading_page_at(reading, 0, page);
    if (has_page(reading, index, &scratch)) {
        give_page(reading, index, page);
        return true;
    }
    if (load_text(reading, stretch + 1, +1)) {
        give_page(reading, 0, page);
        return true;
    }
    /* Back to where one was. */
    load(reading, stretch);
    for (size_t i = 1; i < index && has_page(reading, i, &scratch); i++) {
    }
    reading->page = index - 1;
    return false;
}

bool reading_previous(struct reading *reading, struct reading_page *page)
{
    static struct reading_page scratch;
    uint64_t stretch = reading->stretch;
    if (!reading->loaded)
        return false;
    if (reading->page > 0) {
        give_page(reading, reading->page - 1, page);
        return true;
    }
    if (stretch == 0)
        return false;
    if (!load_text(reading, stretch - 1, -1)) {
        load(reading, stretch);
        return false;
    }
    size_t index = 0;
    while (has_page(reading, index + 1, &scratch))
        index++;
    give_page(reading, index, page);
    return true;
}

void reading_close(struct reading **reading)
{
    if (reading == NULL || *reading == NULL)
        return;
    source_close(&(*reading)->source);
    segments_destroy(&(*reading)->segments);
    free(*reading);
    *reading = NULL;
}
