/* Listened: how music follows on music, and how far long pieces have been heard, over visits. */
#ifndef LACRIMA_APP_LISTENED_H
#define LACRIMA_APP_LISTENED_H

#include "lacrima/audio.h"
#include "lacrima/config.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;

#define LISTENED_NEWS 8 /* places that wait to be written; an older one would be written before */

struct listened {
    char path[CONFIG_PATH_BYTES]; /* "": nothing is kept */
    bool read, failed;            /* the file has been; said once */
    struct config_places places;
    struct {
        char *name; /* owned */
        uint64_t ms;
    } news[LISTENED_NEWS];
    size_t count;
};

/* As the settings say. */
struct audio_playing listened_playing(struct app *app);

/* The person's own music: what the command line names, or else their shelf and their config. */
void listened_add(struct app *app);

/* Writes what is new into the file as it is now, for another copy of the program may have written
 * too; the disk may take its time. */
void listened_write(struct app *app);

#endif
