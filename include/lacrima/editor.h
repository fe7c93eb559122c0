/* Editor: a text that is being written, in memory that the caller gives and nowhere else.
 *
 * It asks for no memory of its own and copies no word out of the caller's, so a caller with locked
 * memory knows where every byte of a letter is: the text, what undo remembers, and nothing more.
 * What was removed is overwritten with zeros, except where undo remembers it.
 *
 * The text is valid UTF-8 of at most text_max bytes.  Line breaks are '\n' alone; CR LF, CR, NEL
 * and Unicode's line and paragraph separators become '\n' on their way in, and control characters
 * other than the tab are left out.  A place is an offset in bytes.  The cursor walks by grapheme
 * clusters (UAX #29) and stands between characters always; the selection reaches from the anchor
 * to the cursor.
 *
 * Lines as they are seen are the caller's business: Home, End, Up, Down and the mouse come in
 * through editor_place() and editor_place_behind().
 *
 * Every call takes at most a few passes over the text: well under a millisecond for 1 MiB. */
#ifndef LACRIMA_EDITOR_H
#define LACRIMA_EDITOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct editor; /* lies at the beginning of the caller's memory */

struct editor_params {
    size_t text_max; /* bytes, 1 .. EDITOR_TEXT_MAX */
    bool one_line;   /* line breaks are left out: a name, a path, a passphrase */
};

#define EDITOR_TEXT_MAX (INT32_C(16) << 20)

/* How much memory editor_init() wants, a multiple of 16.  About three times text_max: undo can
 * always take back at least the last change, whatever it was. */
size_t editor_bytes(const struct editor_params *params);

/* Makes an empty text in memory of editor_bytes() bytes, aligned to 16 and all zero; no more of it
 * is touched than the text and its history need.  The memory is the caller's and may be wiped at
 * any time, after which the editor is gone. */
struct editor *editor_init(void *memory, const struct editor_params *params);

/* Text, cursor, selection and history become empty; every byte of them is zeroed. */
void editor_clear(struct editor *editor);

/* The text, not terminated; the pointer holds until the next change. */
const char *editor_text(const struct editor *editor, size_t *length);

size_t editor_cursor(const struct editor *editor);

struct editor_range {
    size_t from, to; /* from <= to; equal: nothing is selected, and both are the cursor */
};

struct editor_range editor_selection(const struct editor *editor);

/* Differs whenever text, cursor or selection differ from an earlier moment. */
uint64_t editor_version(const struct editor *editor);

/* What has become of the text since the last call: from `from` on, `removed` bytes of then are
 * `inserted` bytes now.  Both 0: nothing. */
struct editor_change {
    size_t from, removed, inserted;
};

struct editor_change editor_take_change(struct editor *editor);

enum editor_answer {
    EDITOR_DONE,
    EDITOR_NOTHING, /* there was nothing to do */
    EDITOR_FULL,    /* it would be longer than text_max: nothing was changed */
    EDITOR_REFUSED  /* not UTF-8, or a NUL in it: nothing was changed */
};

/* Replaces the whole text, without history; the cursor stands at its end. */
enum editor_answer editor_load(struct editor *editor, const char *text, size_t length);

/* Puts text in place of the selection and the cursor behind it.  typed: undo takes it back
 * together with what was typed just before it, a word at a time. */
enum editor_answer editor_insert(struct editor *editor, const char *text, size_t length,
                                 bool typed);

/* The same at the end of the text, wherever the cursor was. */
enum editor_answer editor_append(struct editor *editor, const char *text, size_t length);

enum editor_move {
    EDITOR_LEFT, /* towards the beginning, also in scripts written from right to left */
    EDITOR_RIGHT,
    EDITOR_WORD_LEFT,
    EDITOR_WORD_RIGHT,
    EDITOR_PARAGRAPH_START,
    EDITOR_PARAGRAPH_END,
    EDITOR_TEXT_START,
    EDITOR_TEXT_END
};

/* Moves the cursor; extend: the anchor stays, so that the selection reaches to it.  Without extend
 * Left and Right leave a selection at its edge. */
void editor_move(struct editor *editor, enum editor_move move, bool extend);

/* Puts the cursor to the grapheme boundary at or before `at` (clamped to the text). */
void editor_place(struct editor *editor, size_t at, bool extend);

/* The same place, on the side of what comes before it: where a line goes on in the next one, the
 * cursor is seen at the end of the first and not at the beginning of the second.  The next that is
 * done, whatever it is, ends that. */
void editor_place_behind(struct editor *editor, size_t at, bool extend);
bool editor_is_behind(const struct editor *editor);

void editor_select_all(struct editor *editor);
/* The word, or run of blanks or signs, around `at`. */
void editor_select_word(struct editor *editor, size_t at);
/* The paragraph around `at`, with its line break. */
void editor_select_paragraph(struct editor *editor, size_t at);

/* Removes the selection, or from the cursor to where the move would lead. */
enum editor_answer editor_erase(struct editor *editor, enum editor_move move);

/* Backspace: the selection, or the grapheme before the cursor; of a letter with combining marks
 * the last mark alone in scripts that are written so (all but Latin, Greek, Cyrillic, kana and
 * emoji, as desktops do). */
enum editor_answer editor_backspace(struct editor *editor);

enum editor_answer editor_undo(struct editor *editor);
enum editor_answer editor_redo(struct editor *editor);

/* The paragraph around `at`: from behind the line break before it to its own. */
struct editor_range editor_paragraph(const struct editor *editor, size_t at);

/* Whether the paragraph around `at` runs from right to left (its first strong character does). */
bool editor_right_to_left(const struct editor *editor, size_t at);

#endif
