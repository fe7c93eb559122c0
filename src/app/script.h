/* A script: lines of "SECONDS ACTION" in place of the keyboard.
 *
 * Times are the recording's own, without what `suspend` adds; lines may stand in any order.
 * Actions: key NAME, down NAME, up NAME, text "…" (as if it were typed), suspend SECONDS, resize
 * WxH, focus in|out, quit.  Key names are SDL's, in any case, with modifiers ("Ctrl+Return").  "#"
 * begins a comment. */
#ifndef LACRIMA_APP_SCRIPT_H
#define LACRIMA_APP_SCRIPT_H

#include "lacrima/base/error.h"
#include "lacrima/base/time.h"
#include "lacrima/core/key.h"

#include <stdbool.h>
#include <stddef.h>

enum script_action {
    SCRIPT_KEY, /* down and up */
    SCRIPT_DOWN,
    SCRIPT_UP,
    SCRIPT_TEXT,
    SCRIPT_SUSPEND,
    SCRIPT_RESIZE,
    SCRIPT_FOCUS,
    SCRIPT_QUIT
};

struct script_line {
    time_ns at;
    enum script_action action;
    struct key key;
    char
        *text; /* owned; TEXT's, between the quotes: \n is a line break, \" and \\ are themselves */
    time_ns suspend_ns;
    int width, height;
    bool focused;
};

struct script {
    size_t count;
    size_t next;               /* the first line that has not been played */
    struct script_line *lines; /* owned, in the order of their times */
};

/* Reads the whole file; one bad line and nothing is kept.  The error is "file:line: what". */
bool script_read(struct script *script, const char *path, struct error *error);
void script_finish(struct script *script);

/* The time of the next line, or TIME_NEVER. */
time_ns script_due(const struct script *script);

#endif
