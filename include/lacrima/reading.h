/* Reading: a text file as calm pages, without ever holding the whole of it.
 *
 * Wraps ICU's segmentation (Unicode's own rules for sentences, words and lines in every script,
 * with the dictionaries that Chinese, Japanese and Thai need).
 *
 * A file of any size opens at once.  It is cut into stretches of about 16 KiB, each beginning at
 * a paragraph where there is one; only one stretch is held, and no page lies in two.  So where a
 * page begins follows from the file and the limits alone, never from the way one came, and going
 * back gives the pages that going forward gave.
 *
 * A page ends with a sentence.  Only a sentence that alone is too long is cut, at a clause, else
 * at a word.  Plain text: paragraphs between empty lines; lines that an editor broke are joined,
 * short lines (verse) stay.  Markdown (.md, .markdown): its marks are taken off.  A front matter
 * between "---" lines may give "title:" and "about:".
 *
 * UTF-8 with or without a mark, any line ending.  A byte that is no UTF-8 shows as U+FFFD and is
 * said once; control characters are left out.  The file is only read, and may change meanwhile. */
#ifndef LACRIMA_READING_H
#define LACRIMA_READING_H

#include "lacrima/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reading; /* owned by who opened it */

enum reading_kind {
    READING_BODY,
    READING_HEADING,
    READING_QUOTE,
    READING_ITEM, /* of a list; its mark is part of the text */
    READING_CODE,
    READING_PAUSE /* a line in the text that says: a while later */
};

#define READING_TITLE_BYTES    160
#define READING_ABOUT_BYTES    240
#define READING_PAGE_BYTES     6144
#define READING_PARAGRAPHS_MAX 48

struct reading_paragraph {
    enum reading_kind kind;
    uint32_t at, length; /* in the page's text; a '\n' in it is a line break to be kept */
};

struct reading_page {
    uint64_t from, to; /* bytes of the file; the next page begins at or after `to` */
    unsigned words;
    size_t paragraph_count; /* >= 1 */
    struct reading_paragraph paragraphs[READING_PARAGRAPHS_MAX];
    char text[READING_PAGE_BYTES]; /* UTF-8 */
};

/* What fits on a page.  lines() says how many lines of the field a paragraph takes, 1 or more;
 * between two paragraphs one line stays empty (none within lists and code). */
struct reading_limits {
    unsigned words_max; /* >= 1; a single sentence may be half as long again */
    unsigned lines_max; /* >= 1 */
    unsigned (*lines)(void *user, const char *text, size_t length, enum reading_kind kind);
    void *user;
};

/* Hears one plain line when something in the file is not as it could be ("file:line: what"). */
typedef void reading_say(void *user, const char *line);

/* Opens a file; false with "file: why" for a folder, a device, one that cannot be read or is
 * empty, UTF-16 or no text at all, or without memory.  say may be NULL. */
bool reading_open(struct reading **reading, const char *path, reading_say *say, void *user,
                  struct error *error);

/* What it is called (front matter, first heading, or the file's name) and, from the front matter,
 * what it is about ("" if that is not said).  They live with the reading. */
const char *reading_title(const struct reading *reading);
const char *reading_about(const struct reading *reading);

/* How pages are made from now on; before the first page, and when the field changes. */
void reading_limit(struct reading *reading, const struct reading_limits *limits);

/* The page that holds this byte of the file (beyond its end: the first page).  False if there is
 * nothing to read: blank, or no longer there. */
bool reading_page_at(struct reading *reading, uint64_t offset, struct reading_page *page);

/* The page after the last one given, or before it; false, changing nothing, if there is none. */
bool reading_next(struct reading *reading, struct reading_page *page);
bool reading_previous(struct reading *reading, struct reading_page *page);

/* Accepts NULL; nulls the handle. */
void reading_close(struct reading **reading);

#endif
