#include "model.h"

#include "plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STATES_MAX  512
#define GUARD_BYTES 64
#define GUARD       0x5A
#define JOINED_MAX  256
/* The editor's memory of edits may be no smaller than this before it forgets one. */
#define HISTORY_LEAST 4096
#define RECORD_LEAST  28

enum kind { TYPED, BACK, AHEAD, ALONE };

/* The text before a group of edits, the selection there, and what the group has done so far. */
struct group {
    struct plain before;
    enum kind kind;
    size_t removed, inserted;
    uint8_t last; /* the last byte typed */
};

struct model {
    struct plain now;
    struct group groups[STATES_MAX];
    struct plain after[STATES_MAX]; /* where each group led */
    size_t done, used;
    bool open;
    uint8_t shadow[PLAIN_MAX]; /* the text at the last editor_take_change() */
    size_t shadow_length;
    struct editor *editor;
};

static void differ(const char *what)
{
    (void)fprintf(stderr, "editor and plain array differ: %s\n", what);
    abort();
}

static void hold(bool same, const char *what)
{
    if (!same)
        differ(what);
}

static void compare(const struct model *model)
{
    size_t length = 0;
    const char *text = editor_text(model->editor, &length);
    hold(length == model->now.length, "length");
    hold(memcmp(text, model->now.text, length) == 0, "text");
    hold(editor_cursor(model->editor) == model->now.cursor, "cursor");
    struct editor_range range = editor_selection(model->editor);
    size_t a = model->now.anchor;
    size_t c = model->now.cursor;
    hold(range.from == (a < c ? a : c) && range.to == (a < c ? c : a), "selection");
    for (size_t i = length; i < PLAIN_MAX; i++)
        hold(text[i] == 0, "what was removed is still there");
}

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool joins(const struct model *model, enum kind kind, size_t removed, size_t inserted,
                  bool blank)
{
    if (!model->open || model->done == 0 || kind == ALONE)
        return false;
    const struct group *group = &model->groups[model->done - 1];
    if (group->kind != kind || group->removed + group->inserted + removed + inserted > JOINED_MAX)
        return false;
    if (kind == TYPED)
        return removed == 0 && group->inserted > 0 && (!is_blank(group->last) || blank);
    return true;
}

/* The edit itself, and the group it belongs to. */
static void edit(struct model *model, enum kind kind, size_t from, size_t to, const uint8_t *bytes,
                 size_t count, bool blank)
{
    model->used = model->done;
    if (!joins(model, kind, to - from, count, blank)) {
        hold(model->done < STATES_MAX, "too many groups");
        model->groups[model->done++] = (struct group){.before = model->now, .kind = kind};
        model->open = kind != ALONE;
    }
    struct group *group = &model->groups[model->done - 1];
    group->removed += to - from;
    group->inserted += count;
    if (count > 0)
        group->last = bytes[count - 1];
    plain_replace(&model->now, from, to, bytes, count);
    model->now.cursor = from + count;
    model->now.anchor = model->now.cursor;
    model->after[model->done - 1] = model->now;
    model->used = model->done;
}

static void selected(const struct plain *plain, size_t *from, size_t *to)
{
    *from = plain->anchor < plain->cursor ? plain->anchor : plain->cursor;
    *to = plain->anchor < plain->cursor ? plain->cursor : plain->anchor;
}

static enum editor_answer put(struct model *model, enum kind kind, size_t from, size_t to,
                              const uint8_t *bytes, size_t count)
{
    uint8_t clean[3 * PLAIN_MAX];
    size_t taken = 0;
    if (!plain_clean(bytes, count, clean, &taken))
        return EDITOR_REFUSED;
    if (model->now.length - (to - from) + taken > PLAIN_MAX)
        return EDITOR_FULL;
    if (taken == 0 && from == to)
        return EDITOR_NOTHING;
    edit(model, kind, from, to, clean, taken, count > 0 && is_blank(bytes[0]));
    return EDITOR_DONE;
}

static void insert(struct model *model, const uint8_t *bytes, size_t count, unsigned how)
{
    size_t from = 0;
    size_t to = 0;
    enum editor_answer answer;
    const char *text = (const char *)bytes;
    selected(&model->now, &from, &to);
    if (how == 2) {
        answer = editor_append(model->editor, text, count);
        from = to = model->now.length;
    } else {
        answer = editor_insert(model->editor, text, count, how == 0);
    }
    hold(answer == put(model, how == 0 ? TYPED : ALONE, from, to, bytes, count), "answer");
}

static void erase(struct model *model, int move)
{
    size_t from = 0;
    size_t to = 0;
    enum kind kind = ALONE;
    bool backspace = move > EDITOR_TEXT_END;
    enum editor_answer answer = backspace ? editor_backspace(model->editor)
                                          : editor_erase(model->editor, (enum editor_move)move);
    selected(&model->now, &from, &to);
    if (from == to) {
        size_t cursor = model->now.cursor;
        size_t target = !backspace   ? plain_target(&model->now, (enum editor_move)move)
                        : cursor > 0 ? plain_backspace(&model->now)
                                     : 0;
        kind = target < cursor ? BACK : AHEAD;
        from = target < cursor ? target : cursor;
        to = target < cursor ? cursor : target;
    }
    hold(answer == put(model, kind, from, to, (const uint8_t *)"", 0), "answer to erasing");
}

static void place(struct model *model, size_t cursor, bool extend)
{
    model->open = false;
    model->now.cursor = cursor;
    if (!extend)
        model->now.anchor = cursor;
}

static void move(struct model *model, enum editor_move move, bool extend)
{
    size_t from = 0;
    size_t to = 0;
    selected(&model->now, &from, &to);
    size_t target = plain_target(&model->now, move);
    if (!extend && from < to && move == EDITOR_LEFT)
        target = from;
    if (!extend && from < to && move == EDITOR_RIGHT)
        target = to;
    editor_move(model->editor, move, extend);
    place(model, target, extend);
}

static void select_around(struct model *model, size_t at, bool paragraph)
{
    size_t from = 0;
    size_t to = 0;
    if (paragraph) {
        struct plain there = model->now;
        there.cursor = at < there.length ? at : there.length;
        from = plain_target(&there, EDITOR_PARAGRAPH_START);
        to = plain_target(&there, EDITOR_PARAGRAPH_END);
        to += to < there.length;
        editor_select_paragraph(model->editor, at);
    } else {
        plain_word(&model->now, at, &from, &to);
        editor_select_word(model->editor, at);
    }
    place(model, to, false);
    model->now.anchor = from;
}

static void undo(struct model *model)
{
    model->open = false;
    enum editor_answer answer = editor_undo(model->editor);
    if (answer == EDITOR_NOTHING && model->done > 0) {
        /* The oldest was forgotten; that is right only if there was much to remember. */
        size_t bytes = 0;
        for (size_t i = 0; i < model->used; i++)
            bytes += RECORD_LEAST + model->groups[i].removed + model->groups[i].inserted;
        hold(bytes > HISTORY_LEAST, "an edit was forgotten without need");
        memmove(model->groups, model->groups + model->done,
                (model->used - model->done) * sizeof model->groups[0]);
        memmove(model->after, model->after + model->done,
                (model->used - model->done) * sizeof model->after[0]);
        model->used -= model->done;
        model->done = 0;
        return;
    }
    hold((answer == EDITOR_DONE) == (model->done > 0), "answer to undo");
    if (answer == EDITOR_DONE)
        model->now = model->groups[--model->done].before;
}

static void redo(struct model *model)
{
    model->open = false;
    enum editor_answer answer = editor_redo(model->editor);
    hold((answer == EDITOR_DONE) == (model->done < model->used), "answer to redo");
    if (answer == EDITOR_DONE)
        model->now = model->after[model->done++];
}

static void take_change(struct model *model)
{
    struct editor_change change = editor_take_change(model->editor);
    struct plain then = {.length = model->shadow_length};
    memcpy(then.text, model->shadow, then.length);
    hold(change.from + change.removed <= then.length, "a change beyond the text");
    hold(change.from + change.inserted <= model->now.length, "a change beyond the new text");
    plain_replace(&then, change.from, change.from + change.removed, model->now.text + change.from,
                  change.inserted);
    hold(then.length == model->now.length, "the change's length");
    hold(memcmp(then.text, model->now.text, then.length) == 0, "the change");
    memcpy(model->shadow, model->now.text, model->now.length);
    model->shadow_length = model->now.length;
}

/* The same text anew, its history forgotten. */
static void reload(struct model *model)
{
    struct plain text = model->now;
    hold(editor_load(model->editor, (const char *)text.text, text.length) == EDITOR_DONE, "load");
    model->done = model->used = 0;
    place(model, text.length, false);
}

static const char *const snippets[] = {
    "a",
    "b",
    " ",
    "word",
    "two words",
    "\n",
    "it's",
    "\xC3\xA9",
    "e\xCC\x81",
    "\xCC\x81",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
    "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA",
    "\xF0\x9F\x87\xAB",
    "\xE2\x80\x8D",
    "\xF0\x9F\x8F\xBD",
    "\xF0\x9F\x98\xA2",
    "\xD9\x85\xD9\x8E\xD8\xB1\xD9\x92",
    "\xD7\xA9\xD6\xB8",
    "\xE0\xA4\x95\xE0\xA5\x8D\xE0\xA4\xB7",
    "\xE1\x84\x80\xE1\x85\xA1",
    "\xE1\x86\xA8",
    "\xED\x95\x9C",
    "\xE6\xB3\xA3\xE3\x81\x8F",
    "\xE3\x82\xAB",
    "\r\n",
    "\r",
    "\xC2\x85",
    "\xE2\x80\xA8",
    "\t",
    "\x01",
    "\x7F",
    "\xFF",
    "\xED\xA0\x80",
    "\xC0\x80",
    "\xE2\x80",
    "!?",
    "\xE2\x80\x99",
    "long enough to be cut by a wrap",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789",
};

#define SNIPPETS (sizeof snippets / sizeof snippets[0])

static void operate(struct model *model, uint8_t what, uint8_t with, const uint8_t *rest,
                    size_t left)
{
    size_t at = (size_t)with * PLAIN_MAX / UINT8_MAX;
    bool extend = (with & 1U) != 0;
    switch (what % 16) {
    case 0:
    case 1:
    case 2:
    case 3: {
        const char *text = snippets[with % SNIPPETS];
        insert(model, (const uint8_t *)text, strlen(text), what % 4 == 3 ? 1 : 0);
        break;
    }
    case 4:
        insert(model, rest, with % 16 < left ? with % 16 : left, with / 16 % 3);
        break;
    case 5:
    case 6:
        erase(model, with % (EDITOR_TEXT_END + 4));
        break;
    case 7:
    case 8:
    case 9:
        move(model, (enum editor_move)(with / 2 % (EDITOR_TEXT_END + 1)), extend);
        break;
    case 10:
        editor_place(model->editor, at, extend);
        place(model, plain_snap(&model->now, at), extend);
        break;
    case 11:
        select_around(model, at, extend);
        break;
    case 12:
        undo(model);
        break;
    case 13:
        redo(model);
        break;
    case 14:
        take_change(model);
        break;
    default:
        if (with == 0) {
            reload(model);
        } else if (with < 8) {
            editor_select_all(model->editor);
            place(model, model->now.length, true);
            model->now.anchor = 0;
        }
        break;
    }
}

size_t model_drive(const uint8_t *data, size_t size)
{
    static struct model model;
    const struct editor_params params = {.text_max = PLAIN_MAX};
    size_t bytes = editor_bytes(&params);
    uint8_t *memory = aligned_alloc(16, bytes + GUARD_BYTES);
    hold(memory != NULL, "no memory");
    memset(memory, 0, bytes);
    memset(memory + bytes, GUARD, GUARD_BYTES);
    memset(&model, 0, sizeof model);
    model.editor = editor_init(memory, &params);
    size_t count = 0;
    for (size_t at = 0; at + 1 < size && plain_in_bounds(&model.now); at += 2, count++) {
        if (model.done == STATES_MAX - 1)
            reload(&model);
        uint64_t version = editor_version(model.editor);
        struct plain then = model.now;
        operate(&model, data[at], data[at + 1], data + at + 2, size - at - 2);
        compare(&model);
        bool same = memcmp(&then, &model.now, sizeof then) == 0;
        hold(same || editor_version(model.editor) != version, "version");
    }
    take_change(&model);
    for (size_t i = 0; i < GUARD_BYTES; i++)
        hold(memory[bytes + i] == GUARD, "written beyond the memory");
    editor_clear(model.editor);
    free(memory);
    return count;
}
