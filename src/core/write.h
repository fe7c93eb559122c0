/* What the two files of `write` share: its states, and what is seen in them. */
#ifndef LACRIMA_CORE_WRITE_H
#define LACRIMA_CORE_WRITE_H

#include "lacrima/core/technique.h"

enum write_phase {
    WRITE_SETTLE,
    WRITE_FATE,
    WRITE_NEW,
    WRITE_AGAIN,
    WRITE_OLD,
    WRITE_PLACE,
    WRITE_PAGE,
    WRITE_LEAVING,
    WRITE_GO,
    WRITE_BACK,
    WRITE_CLOSE,
    WRITE_LETTERS,
    WRITE_READING,
    WRITE_REMOVE,
    WRITE_REMOVED,
    WRITE_PHASES
};

extern const struct phase write_phases[WRITE_PHASES];

/* The rows of FATE's list. */
enum { FATE_ROW_READ = LETTER_FATES, FATE_ROWS };

/* Of LEAVING's: a way each for a letter that is let go, else one that keeps it; then writing on.
 * Of REMOVE's: keep it, remove it. */
enum { REMOVE_ROW_KEEP, REMOVE_ROW_REMOVE, REMOVE_ROWS };

/* How many rows the present state's list has; 0: none. */
uint8_t write_rows(const struct visit *visit);

void write_view(const struct visit *visit, struct view *view);

/* SETTLE's choice: how the page begins. */
const char *write_opening_choice(const struct letter_state *letter);
#define WRITE_OPENINGS 5

#endif
