/* The one line that is asked for: a path, of which as much is shown as there is room for around
 * the cursor, or a passphrase, of which it is shown only that something is there. */
#include "letter_inner.h"

#include "lacrima/base/text.h"

#include <string.h>

#define DOT      "\xE2\x80\xA2"
#define ELLIPSIS "\xE2\x80\xA6"

/* Part of the line; a sign stands for what is left out before and after it. */
struct part {
    size_t from, to;
};

struct entry {
    struct letter *letter;
    const char *text;
    size_t length;
    struct render_room room;
};

/* Puts the part into the scratch room. */
static size_t put_part(const struct entry *entry, struct part part)
{
    char *scratch = entry->letter->locked->scratch;
    size_t mark = strlen(ELLIPSIS);
    size_t at = 0;
    size_t room = LETTER_SCRATCH_BYTES - 2 * mark;
    size_t length = part.to - part.from < room ? part.to - part.from : room;
    if (part.from > 0) {
        memcpy(scratch, ELLIPSIS, mark);
        at = mark;
    }
    memcpy(scratch + at, entry->text + part.from, length);
    at += length;
    if (part.to < entry->length) {
        memcpy(scratch + at, ELLIPSIS, mark);
        at += mark;
    }
    return at;
}

/* Whether the part needs no smaller size than all other words have. */
static bool fits(const struct entry *entry, struct part part)
{
    static struct page page;
    struct box box = {0};
    size_t length = put_part(entry, part);
    page = (struct page){.alpha = 1.0F, .line_count = 1, .cursor = true};
    page.lines[0] = (struct page_line){.text = entry->letter->locked->scratch,
                                       .length = (uint32_t)length,
                                       .direction = PAGE_DIRECTION_LEFT,
                                       .alpha = 1.0F};
    page.cursor_byte = (uint32_t)length;
    bool there = render_page_cursor(entry->letter->params.render, &entry->room, &page, &box);
    page = (struct page){0};
    return !there || box.x + box.width < entry->room.box.x + entry->room.box.width;
}

static size_t cluster_at(const struct entry *entry, size_t at)
{
    return text_cluster(entry->text, entry->length, at);
}

/* The longest part that ends there. */
static size_t reach_back(const struct entry *entry, size_t to)
{
    size_t low = 0;
    size_t high = to;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (fits(entry, (struct part){cluster_at(entry, middle), to}))
            high = middle;
        else
            low = middle + 1;
    }
    return cluster_at(entry, low);
}

/* The longest part that begins there. */
static size_t reach_ahead(const struct entry *entry, size_t from)
{
    size_t low = from;
    size_t high = entry->length;
    while (low < high) {
        size_t middle = (low + high + 1) / 2;
        if (fits(entry, (struct part){from, cluster_at(entry, middle)}))
            low = middle;
        else
            high = middle - 1;
    }
    return cluster_at(entry, low);
}

/* All of the line, else its end, else its beginning, else what is around the cursor. */
static struct part part_around(const struct entry *entry, size_t cursor)
{
    struct part part = {0, entry->length};
    if (fits(entry, part))
        return part;
    part.from = reach_back(entry, entry->length);
    if (cursor > part.from || cursor == entry->length)
        return part;
    part = (struct part){0, reach_ahead(entry, 0)};
    if (cursor < part.to)
        return part;
    part.from = cluster_at(entry, (reach_back(entry, cursor) + cursor) / 2);
    part.to = reach_ahead(entry, part.from);
    return part;
}

static void show_secret(size_t characters, struct page *page)
{
    static const char dots[] = DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT
        DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT DOT
            DOT DOT DOT DOT DOT DOT DOT DOT;
    page->lines[0].text = dots;
    page->lines[0].length = (uint32_t)(characters * strlen(DOT));
    page->cursor_byte = page->lines[0].length;
}

static size_t characters_of(const char *text, size_t length, size_t most)
{
    size_t characters = 0;
    for (size_t i = 0; i < length && characters < most; i++)
        characters += ((unsigned char)text[i] & 0xC0) != 0x80;
    return characters;
}

void letter_show_entry(struct letter *letter, bool secret, struct page *page)
{
    struct entry entry = {.letter = letter};
    size_t cursor = editor_cursor(letter->entry);
    entry.text = editor_text(letter->entry, &entry.length);
    *page = (struct page){
        .alpha = 1.0F, .centred = true, .in_middle = true, .line_count = 1, .cursor = true};
    page->lines[0] = (struct page_line){.whole = true, .alpha = 1.0F};
    if (secret) {
        show_secret(characters_of(entry.text, entry.length, LETTER_DOTS_MAX), page);
        return;
    }
    render_page_room(letter->params.render, letter->params.text_scale, &entry.room);
    struct part part = part_around(&entry, cursor);
    page->lines[0].length = (uint32_t)put_part(&entry, part);
    page->lines[0].text = letter->locked->scratch;
    page->cursor_byte = (uint32_t)(cursor - part.from + (part.from > 0 ? strlen(ELLIPSIS) : 0));
}
