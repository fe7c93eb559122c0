#include "lacrima/editor.h"

#include "lacrima/base/check.h"

#include "bounds.h"
#include "history.h"
#include "intake.h"

#include <stdalign.h>
#include <string.h>

#define ALIGNMENT 16

struct editor {
    struct editor_params params;
    size_t length, cursor, anchor;
    bool behind; /* the cursor belongs to what comes before it */
    uint64_t version;
    /* Since editor_take_change(): so many bytes at both ends are as they were then. */
    bool changed;
    size_t same_before, same_behind, length_then;
    struct history history;
    char *text; /* behind `length` all zero */
};

static size_t rounded(size_t bytes)
{
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

size_t editor_bytes(const struct editor_params *params)
{
    check(params->text_max > 0 && params->text_max <= EDITOR_TEXT_MAX);
    return rounded(sizeof(struct editor)) + rounded(history_bytes(params->text_max)) +
           rounded(params->text_max);
}

struct editor *editor_init(void *memory, const struct editor_params *params)
{
    check((uintptr_t)memory % alignof(struct editor) == 0);
    struct editor *editor = memory;
    editor->params = *params;
    editor->history.bytes = (char *)memory + rounded(sizeof *editor);
    editor->history.size = history_bytes(params->text_max);
    editor->text = editor->history.bytes + rounded(editor->history.size);
    return editor;
}

static struct span span_of(const struct editor *editor)
{
    return (struct span){.text = editor->text, .length = editor->length};
}

/* Puts the bytes in place of those between from and to, and remembers what has changed. */
static void replace(struct editor *editor, size_t from, size_t to, const char *bytes, size_t count)
{
    size_t behind = editor->length - to;
    size_t before = editor->length;
    if (!editor->changed) {
        editor->changed = true;
        editor->same_before = from;
        editor->same_behind = behind;
        editor->length_then = before;
    }
    editor->same_before = from < editor->same_before ? from : editor->same_before;
    editor->same_behind = behind < editor->same_behind ? behind : editor->same_behind;
    memmove(editor->text + from + count, editor->text + to, behind);
    memcpy(editor->text + from, bytes, count);
    editor->length = from + count + behind;
    if (editor->length < before)
        memset(editor->text + editor->length, 0, before - editor->length);
    editor->version++;
}

static void stand(struct editor *editor, size_t cursor, size_t anchor, bool behind)
{
    if (cursor == editor->cursor && anchor == editor->anchor && behind == editor->behind)
        return;
    editor->cursor = cursor;
    editor->anchor = anchor;
    editor->behind = behind;
    editor->version++;
}

static void set_cursor(struct editor *editor, size_t cursor, size_t anchor)
{
    stand(editor, cursor, anchor, false);
}

void editor_clear(struct editor *editor)
{
    replace(editor, 0, editor->length, "", 0);
    history_clear(&editor->history);
    set_cursor(editor, 0, 0);
}

const char *editor_text(const struct editor *editor, size_t *length)
{
    *length = editor->length;
    return editor->text;
}

size_t editor_cursor(const struct editor *editor)
{
    return editor->cursor;
}

struct editor_range editor_selection(const struct editor *editor)
{
    bool forward = editor->anchor <= editor->cursor;
    return (struct editor_range){.from = forward ? editor->anchor : editor->cursor,
                                 .to = forward ? editor->cursor : editor->anchor};
}

uint64_t editor_version(const struct editor *editor)
{
    return editor->version;
}

struct editor_change editor_take_change(struct editor *editor)
{
    if (!editor->changed)
        return (struct editor_change){0};
    editor->changed = false;
    size_t same = editor->same_before + editor->same_behind;
    return (struct editor_change){.from = editor->same_before,
                                  .removed = editor->length_then - same,
                                  .inserted = editor->length - same};
}

/* One edit, kept for undo: the given text comes in place of what lies between from and to. */
static enum editor_answer change(struct editor *editor, enum edit_kind kind, struct editor_range at,
                                 const char *text, size_t length)
{
    size_t taken = 0;
    bool one_line = editor->params.one_line;
    bool same = false;
    if (!intake_measure(text, length, one_line, &taken, &same))
        return EDITOR_REFUSED;
    size_t removed = at.to - at.from;
    if (taken > editor->params.text_max - (editor->length - removed))
        return EDITOR_FULL;
    if (taken == 0 && removed == 0)
        return EDITOR_NOTHING;
    struct edit edit = {.kind = kind,
                        .at = (uint32_t)at.from,
                        .removed = (uint32_t)removed,
                        .inserted = (uint32_t)taken,
                        .cursor = (uint32_t)editor->cursor,
                        .anchor = (uint32_t)editor->anchor};
    bool blank = length > 0 && strchr(" \t\r\n", text[0]) != NULL;
    char *place = history_note(&editor->history, &edit, editor->text + at.from, blank);
    intake_copy(place, text, length, one_line, same);
    replace(editor, at.from, at.to, place, taken);
    set_cursor(editor, at.from + taken, at.from + taken);
    return EDITOR_DONE;
}

enum editor_answer editor_load(struct editor *editor, const char *text, size_t length)
{
    size_t taken = 0;
    bool one_line = editor->params.one_line;
    bool same = false;
    if (!intake_measure(text, length, one_line, &taken, &same))
        return EDITOR_REFUSED;
    if (taken > editor->params.text_max)
        return EDITOR_FULL;
    editor_clear(editor);
    intake_copy(editor->text, text, length, one_line, same);
    editor->length = taken;
    editor->version++;
    set_cursor(editor, taken, taken);
    return EDITOR_DONE;
}

enum editor_answer editor_insert(struct editor *editor, const char *text, size_t length, bool typed)
{
    return change(editor, typed ? EDIT_TYPED : EDIT_ALONE, editor_selection(editor), text, length);
}

enum editor_answer editor_append(struct editor *editor, const char *text, size_t length)
{
    struct editor_range end = {.from = editor->length, .to = editor->length};
    return change(editor, EDIT_ALONE, end, text, length);
}

static size_t target(const struct editor *editor, enum editor_move move)
{
    struct span span = span_of(editor);
    size_t at = editor->cursor;
    switch (move) {
    case EDITOR_LEFT:
        return bounds_previous(span, at);
    case EDITOR_RIGHT:
        return bounds_next(span, at);
    case EDITOR_WORD_LEFT:
        return bounds_word_previous(span, at);
    case EDITOR_WORD_RIGHT:
        return bounds_word_next(span, at);
    case EDITOR_PARAGRAPH_START:
        return bounds_paragraph_start(span, at);
    case EDITOR_PARAGRAPH_END:
        return bounds_paragraph_end(span, at);
    case EDITOR_TEXT_START:
        return 0;
    case EDITOR_TEXT_END:
        return editor->length;
    }
    return at;
}

void editor_move(struct editor *editor, enum editor_move move, bool extend)
{
    struct editor_range selected = editor_selection(editor);
    size_t to = target(editor, move);
    if (!extend && selected.from < selected.to && move == EDITOR_LEFT)
        to = selected.from;
    else if (!extend && selected.from < selected.to && move == EDITOR_RIGHT)
        to = selected.to;
    history_close(&editor->history);
    set_cursor(editor, to, extend ? editor->anchor : to);
}

static void place(struct editor *editor, size_t at, bool extend, bool behind)
{
    size_t to = bounds_snap(span_of(editor), at);
    history_close(&editor->history);
    stand(editor, to, extend ? editor->anchor : to, behind);
}

void editor_place(struct editor *editor, size_t at, bool extend)
{
    place(editor, at, extend, false);
}

void editor_place_behind(struct editor *editor, size_t at, bool extend)
{
    place(editor, at, extend, true);
}

bool editor_is_behind(const struct editor *editor)
{
    return editor->behind;
}

void editor_select_all(struct editor *editor)
{
    history_close(&editor->history);
    set_cursor(editor, editor->length, 0);
}

void editor_select_word(struct editor *editor, size_t at)
{
    size_t from = 0;
    size_t to = 0;
    bounds_word_around(span_of(editor), at, &from, &to);
    history_close(&editor->history);
    set_cursor(editor, to, from);
}

void editor_select_paragraph(struct editor *editor, size_t at)
{
    struct editor_range paragraph = editor_paragraph(editor, at);
    bool last = paragraph.to == editor->length;
    history_close(&editor->history);
    set_cursor(editor, last ? paragraph.to : paragraph.to + 1, paragraph.from);
}

enum editor_answer editor_erase(struct editor *editor, enum editor_move move)
{
    struct editor_range range = editor_selection(editor);
    if (range.from < range.to)
        return change(editor, EDIT_ALONE, range, "", 0);
    size_t to = target(editor, move);
    bool back = to < editor->cursor;
    range =
        (struct editor_range){.from = back ? to : editor->cursor, .to = back ? editor->cursor : to};
    return change(editor, back ? EDIT_ERASED_BACK : EDIT_ERASED_AHEAD, range, "", 0);
}

enum editor_answer editor_backspace(struct editor *editor)
{
    struct editor_range range = editor_selection(editor);
    if (range.from < range.to)
        return change(editor, EDIT_ALONE, range, "", 0);
    if (editor->cursor == 0)
        return EDITOR_NOTHING;
    range.from = bounds_backspace(span_of(editor), editor->cursor);
    return change(editor, EDIT_ERASED_BACK, range, "", 0);
}

enum editor_answer editor_undo(struct editor *editor)
{
    struct edit last;
    const char *removed = NULL;
    const char *inserted = NULL;
    if (!history_back(&editor->history, &last, &removed, &inserted))
        return EDITOR_NOTHING;
    replace(editor, last.at, last.at + last.inserted, removed, last.removed);
    set_cursor(editor, last.cursor, last.anchor);
    return EDITOR_DONE;
}

enum editor_answer editor_redo(struct editor *editor)
{
    struct edit next;
    const char *removed = NULL;
    const char *inserted = NULL;
    if (!history_forward(&editor->history, &next, &removed, &inserted))
        return EDITOR_NOTHING;
    replace(editor, next.at, next.at + next.removed, inserted, next.inserted);
    set_cursor(editor, next.at + next.inserted, next.at + next.inserted);
    return EDITOR_DONE;
}

struct editor_range editor_paragraph(const struct editor *editor, size_t at)
{
    struct span span = span_of(editor);
    at = at > editor->length ? editor->length : at;
    return (struct editor_range){.from = bounds_paragraph_start(span, at),
                                 .to = bounds_paragraph_end(span, at)};
}

bool editor_right_to_left(const struct editor *editor, size_t at)
{
    struct editor_range paragraph = editor_paragraph(editor, at);
    return bounds_right_to_left(span_of(editor), paragraph.from, paragraph.to);
}
