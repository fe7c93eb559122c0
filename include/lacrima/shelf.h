/* Shelf: what the person keeps at hand: songs, texts, photographs, films.  One file of theirs, that
 * they can read and write; the program adds to it and marks in it, and leaves everything else in it
 * as it is.
 *
 *   [song]  or [text], [photographs], [film]: one entry
 *   path = FILE or FOLDER       (~ is the home folder; a file:// address is read too)
 *   from = 2:14   to = 3:05     (songs and films: the part that is played)
 *   fade_in = 3   fade_out = 5  (seconds)
 *   word = TEXT                 (the person's own, shown before or with it)
 *   not_today = 2026-11-26      (on this day it is left out)
 *
 * Every fault is one line, "file:line: what"; the entry it is in is set aside: it stays in the file
 * and is not used.  Whether the files are there is nobody's concern here: a disk that is not
 * mounted may come back. */
#ifndef LACRIMA_SHELF_H
#define LACRIMA_SHELF_H

#include "lacrima/base/time.h"
#include "lacrima/config.h"

#include <stdbool.h>
#include <stddef.h>

#define SHELF_ENTRIES_MAX 512
#define SHELF_WORD_BYTES  160
#define SHELF_DAY_BYTES   11         /* "2026-11-26" */
#define SHELF_TIME_BYTES  24         /* "2:14", "1:02:03.5" */
#define SHELF_PART_NS     SECONDS(3) /* the shortest part: it has to come and to leave */
#define SHELF_TIME_MAX_NS MINUTES(6000)

enum shelf_kind { SHELF_SONG, SHELF_TEXT, SHELF_PHOTOGRAPHS, SHELF_FILM };
#define SHELF_KINDS 4

struct shelf_entry {
    enum shelf_kind kind;
    char path[CONFIG_PATH_BYTES];       /* absolute, or beside the file */
    time_ns from, to;                   /* TIME_NEVER: to its end */
    time_ns fade_in, fade_out;          /* 0: as usual */
    char word[SHELF_WORD_BYTES];        /* "": none */
    char not_today[SHELF_DAY_BYTES];    /* "": no day */
    unsigned line, path_line, day_line; /* where it stands in the file; 0: nowhere */
};

struct shelf {
    size_t count;
    struct shelf_entry *entries[SHELF_ENTRIES_MAX]; /* owned */
};

/* The shelf's file in this folder; NULL: in the usual one, $XDG_DATA_HOME/lacrima. */
bool shelf_path(char *path, size_t size, const char *folder, struct error *error);

/* Reads the file into an empty shelf ({0}); absent: empty, and no fault.  Returns the number of
 * faults said. */
size_t shelf_read(struct shelf *shelf, const char *path, config_say *say, void *user);
void shelf_finish(struct shelf *shelf);

/* A whole entry, all of it empty. */
void shelf_entry_init(struct shelf_entry *entry, enum shelf_kind kind);

/* The three that change the file change it whole or not at all, and while another copy of the
 * program does the same, this one waits.  Nothing else in it is touched. */

/* Writes the entries behind all others, but for those that are there: of the same path and part,
 * and with this word or none; with any_part also those of which another part is there.  added[i]:
 * it was not there. */
bool shelf_add(const char *path, const struct shelf_entry *const *entries, size_t count,
               bool any_part, bool *added, struct error *error);

/* Takes what was added so out again; not if the person has changed it meanwhile. */
bool shelf_take_off(const char *path, const struct shelf_entry *const *entries, size_t count,
                    struct error *error);

/* Marks one that is there (by kind, path and part) as left out on this day ("": on none). */
bool shelf_mark(const char *path, const struct shelf_entry *entry, const char *day,
                struct error *error);

const char *shelf_kind_name(enum shelf_kind kind);

/* "2:14", "1:02:03", "134", "2:14.5". */
bool shelf_time(const char *text, time_ns *ns);
void shelf_time_text(char *text, size_t size, time_ns ns);

/* The day it is now, where the person is; false where there is no telling. */
bool shelf_today(char *day, size_t size);

#endif
