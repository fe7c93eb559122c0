/* The log of --events: one JSON object a line, in order, flushed at once. */
#ifndef LACRIMA_APP_EVENTS_H
#define LACRIMA_APP_EVENTS_H

#include "lacrima/base/error.h"
#include "lacrima/core/effect.h"

#include <stdbool.h>
#include <stdio.h>

struct events_log {
    FILE *out;   /* NULL: nothing is logged */
    int trouble; /* why the log ended, as errno has it; 0: it has not, or that was said */
};

/* path: a file, "-" for standard output, or NULL. */
bool events_open(struct events_log *log, const char *path, struct error *error);
void events_close(struct events_log *log);

/* Writes the effect's line; effects that are no news (awake, title) have none. */
void events_effect(struct events_log *log, const struct effect *effect);

void events_track(struct events_log *log, time_ns at, const char *title);
/* The window has got the keyboard, or has lost it. */
void events_keyboard(struct events_log *log, time_ns at, bool here);
/* What a voice is to say instead of whatever it says; "": nothing. */
void events_spoken(struct events_log *log, time_ns at, const char *text);
/* What was typed of a letter up to `until` is on the disk. */
void events_kept(struct events_log *log, time_ns at, time_ns until);
void events_setting(struct events_log *log, time_ns at, const char *name, const char *value);

/* True once after the log could not be written, with the reason; nothing more is logged then. */
bool events_failed(struct events_log *log, struct error *error);

#endif
