#include "pages.h"

#include <string.h>

/* A page leaves, then the next one comes. */
#define TURN_NS MILLISECONDS(1400)
/* So many words a page can be taken in calmly, and half as many more if a sentence needs them. */
#define PAGE_WORDS_MAX 72

void pages_begin(struct pages *pages, struct render *render, float text_scale)
{
    *pages = (struct pages){
        .render = render, .text_scale = text_scale, .turn = {.takes = TURN_NS, .at = TIME_NEVER}};
}

/* Hands on each line that a paragraph takes, its own line breaks included; false: it takes more
 * than a page has. */
static bool break_paragraph(struct pages *pages, const char *text, size_t length,
                            enum reading_kind kind,
                            void (*take)(void *user, const char *text, size_t length,
                                         enum reading_kind kind, enum page_direction direction),
                            void *user)
{
    struct render_room room;
    enum page_direction direction = render_page_direction(text, length);
    render_page_room(pages->render, pages->text_scale, &room);
    for (size_t at = 0; at <= length;) {
        size_t starts[PAGE_LINES_MAX];
        size_t next = 0;
        const char *newline = memchr(text + at, '\n', length - at);
        size_t end = newline != NULL ? (size_t)(newline - text) : length;
        const struct render_paragraph paragraph = {text + at, end - at, kind == READING_HEADING,
                                                   direction, true};
        size_t count =
            render_page_break(pages->render, &room, &paragraph, 0, starts, PAGE_LINES_MAX, &next);
        for (size_t i = 0; i < count; i++) {
            size_t stop = i + 1 < count ? starts[i + 1] : next;
            take(user, text + at + starts[i], stop - starts[i], kind, direction);
        }
        if (next < end - at)
            return false;
        at = end + 1;
    }
    return true;
}

/* A heading is set larger. */
static void count_line(void *user, const char *text, size_t length, enum reading_kind kind,
                       enum page_direction direction)
{
    unsigned *lines = user;
    (void)text;
    (void)length;
    (void)direction;
    *lines += kind == READING_HEADING ? 2 : 1;
}

static unsigned count_lines(void *user, const char *text, size_t length, enum reading_kind kind)
{
    unsigned lines = 0;
    return break_paragraph(user, text, length, kind, count_line, &lines) ? lines
                                                                         : PAGE_LINES_MAX + 1;
}

void pages_limit(struct pages *pages, struct reading *reading)
{
    struct render_room room;
    render_page_room(pages->render, pages->text_scale, &room);
    const struct reading_limits limits = {.words_max = PAGE_WORDS_MAX,
                                          .lines_max = (unsigned)room.lines,
                                          .lines = count_lines,
                                          .user = pages};
    reading_limit(reading, &limits);
}

static void add_line(void *user, const char *text, size_t length, enum reading_kind kind,
                     enum page_direction direction)
{
    struct page *page = user;
    if (page->line_count == PAGE_LINES_MAX)
        return;
    struct page_line *line = &page->lines[page->line_count++];
    *line = (struct page_line){.text = text,
                               .length = (uint32_t)length,
                               .direction = direction,
                               .heading = kind == READING_HEADING,
                               .faint = kind == READING_QUOTE || kind == READING_PAUSE,
                               .alpha = 1.0F};
}

/* Sets the side's text into lines. */
static void set_side(struct pages *pages, struct side *side)
{
    const struct reading_page *text = &side->text;
    side->page = (struct page){.centred = true};
    for (size_t i = 0; i < text->paragraph_count; i++) {
        const struct reading_paragraph *p = &text->paragraphs[i];
        bool close =
            i > 0 && p->kind == p[-1].kind && (p->kind == READING_ITEM || p->kind == READING_CODE);
        if (i > 0 && !close)
            add_line(&side->page, "", 0, READING_BODY, PAGE_DIRECTION_AUTO);
        (void)break_paragraph(pages, text->text + p->at, p->length, p->kind, add_line, &side->page);
    }
}

/* The page in *text comes, and the one that can be seen leaves first. */
void pages_turn(struct pages *pages, time_ns at)
{
    if (turn_begin(&pages->turn, pages->stands && pages->visible > 0.0F, at))
        pages->front = 1 - pages->front;
    set_side(pages, &pages->sides[pages->front]);
    pages->stands = true;
    pages->version++;
}

/* The side that the next page is read into: the one that is not seen, or not seen any more. */
struct reading_page *pages_next(struct pages *pages, time_ns at)
{
    bool leaving = pages->stands && turn_leaves(&pages->turn, at);
    return &pages->sides[leaving ? pages->front : 1 - pages->front].text;
}

const struct page *pages_seen(struct pages *pages, float visible, time_ns now, time_ns *until)
{
    pages->visible = visible;
    if (!pages->stands || visible <= 0.0F)
        return NULL;
    bool old = turn_leaves(&pages->turn, now);
    if (turn_goes_on(&pages->turn, now))
        *until = time_min(*until, now);
    float alpha = visible * (float)turn_shown(&pages->turn, now);
    const struct page *page = &pages->sides[old ? 1 - pages->front : pages->front].page;
    if (alpha != pages->shown.alpha || page->lines[0].text != pages->shown.lines[0].text)
        pages->version++;
    pages->shown = *page;
    pages->shown.alpha = alpha;
    pages->shown.version = pages->version;
    return &pages->shown;
}

void pages_resize(struct pages *pages, struct reading *reading)
{
    pages_limit(pages, reading);
    struct side *side = &pages->sides[pages->front];
    pages->turn.leaves = false;
    pages->version++;
    if (pages->stands && reading_page_at(reading, side->text.from, &side->text))
        set_side(pages, side);
}
