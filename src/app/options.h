/* The command line.  One table of options: the parser and --help both expand it. */
#ifndef LACRIMA_APP_OPTIONS_H
#define LACRIMA_APP_OPTIONS_H

#include "lacrima/base/error.h"
#include "lacrima/base/time.h"
#include "lacrima/core/technique.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define OPTIONS_MUSIC_MAX  64
#define RECORD_MINUTES_MAX 1440

#define TEXT_SCALE_ANY     (-1)

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

struct options {
    enum technique_id technique; /* TECHNIQUE_COUNT: home */
    bool windowed, mute, voice, reduced_motion, check_config, list, shelf, help, version;
    int width, height; /* 0: default */
    const char *display, *breath, *palette, *config, *describe, *events, *render, *script;
    const char *read, *photos, *watch;
    const char *data_dir, *export_letters;
    const char *shelf_add, *word;
    time_ns shelf_from, shelf_to; /* 0, TIME_NEVER: not given */
    const char *people;           /* --people: whose, "": the chosen country's; NULL: not asked */
    char people_country[3];       /* what it points to */
    int minutes, rounds;          /* 0: not given */
    int text_scale_percent;       /* TEXT_SCALE_ANY: not given */
    int64_t fps_milli;            /* frames per 1000 s */
    time_ns seconds_ns;           /* TIME_NEVER: not given */
    enum log_level log_level;
    size_t music_count;
    const char *music[OPTIONS_MUSIC_MAX];
};

/* Reads argv (whose strings it keeps).  False with one line: wrong usage. */
bool options_read(struct options *options, int argc, char **argv, struct error *error);

void options_help(FILE *out);

/* Reads "WxH" in px, 64..16384 each. */
bool options_size(const char *text, int *width, int *height);

/* Reads a non-negative decimal number of seconds, exact to the ns, at most ten years. */
bool options_seconds(const char *text, time_ns *ns);

#endif
