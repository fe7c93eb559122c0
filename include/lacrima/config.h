/* Config: reads lacrima.ini (the person's own file, never written here) and keeps what keys
 * change in a small state file.  Wraps inih, chosen because it is tiny, packaged and knows line
 * numbers.
 *
 * The file's keys are those of the tables in core/settings.h, and:
 *   [look]     palette = NAME   text_scale = 0.75 .. 2.5   reduced_motion = auto|yes|no
 *              fixation = none|dot|bullseye   display = N|NAME|pointer   font = FAMILY
 *   [breathe]  pattern = NAME or in-hold-out-hold
 *   [patterns] any-name = in-hold-out-hold             (a pattern of the person's own)
 *   [palettes] any-name = #rrggbb #rrggbb              (field, ink)
 *   [helplines] country = XX                          (ISO 3166-1 alpha-2)
 *   [music]    path = FILE or FOLDER                   (repeatable; ~ is the home folder)
 *   [read]     text = FILE   photos = FOLDER   film = FILE   (repeatable)
 *              pace = off|slow|medium
 *   [people]   any-name = tel:…, sms:…, mailto:…       (links, or nothing)
 *   [talk]     opener = TEXT                           (repeatable)
 *
 * Every fault is one line, "file:line: what", and the next best value is used: out of range, the
 * nearest bound; unknown or malformed, the default. */
#ifndef LACRIMA_CONFIG_H
#define LACRIMA_CONFIG_H

#include "lacrima/base/error.h"
#include "lacrima/core/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONFIG_PATH_BYTES     4096
#define CONFIG_PATHS_MAX      64
#define CONFIG_FILE_BYTES_MAX (1024 * 1024) /* a larger file is not a config; said, not read */

struct config_list {
    size_t count;
    char *paths[CONFIG_PATHS_MAX]; /* owned by the config */
};

struct config {
    struct settings settings;
    char display[128]; /* "" if not given */
    char font[128];
    struct settings given; /* as lacrima.ini (or the defaults) said: what differs, keys changed */
    char given_display[128];
    struct config_list music, texts, photos, films;
};

/* Hears one fault line; called in the file's order. */
typedef void config_say(void *user, const char *line);

/* All defaults. */
void config_init(struct config *config);
void config_finish(struct config *config);

/* Reads a config file over what is in *config.  A file that does not exist is no fault if
 * `optional`.  Returns the number of faults said. */
size_t config_read(struct config *config, const char *path, bool optional, config_say *say,
                   void *user);

/* Reads the state file (the settings whose table row says changed_by_key, the palette, fixation,
 * pattern, and the display) over *config; same rules.  Absent: no fault.  Call it after
 * config_read. */
size_t config_state_read(struct config *config, const char *path, config_say *say, void *user);

/* Writes it, as far as it differs from what config_read left (so that a value no key ever changed
 * never hides a later edit of lacrima.ini): temporary file in the same folder, fsync, rename,
 * fsync of the folder; 0600, the folders made 0700 as needed.  Two copies of the program can do
 * this at once: the last wins, and no reader ever sees half a file. */
bool config_state_write(const struct config *config, const char *path, struct error *error);

/* The answers of "about you" ([care], nothing else), over *config; same rules.  *there: whether the
 * file exists, that is, whether the person has been asked. */
size_t config_about_read(struct config *config, const char *path, bool *there, config_say *say,
                         void *user);

/* Writes them as config_state_write writes.  All eleven stand in the file; those that say what
 * lacrima.ini says are remarks. */
bool config_about_write(const struct config *config, const char *path, struct error *error);

/* How far texts have been read, and films and long songs played.  A text is known by a hash of its
 * path, so that the file tells nobody what was read. */
#define CONFIG_PLACES_MAX 128

struct config_places {
    size_t count; /* the one read last comes first */
    struct {
        uint64_t text, offset;
    } places[CONFIG_PLACES_MAX];
};

/* Absent, or not as it was written: no place, and nothing is said. */
void config_places_read(struct config_places *places, const char *path);
bool config_places_write(const struct config_places *places, const char *path, struct error *error);

/* The byte that the text at this path was left at; 0: its beginning.  Setting 0 forgets it; of too
 * many, the one read longest ago is forgotten. */
#define CONFIG_PLACE_NAME "name:" /* before one that is not to be looked for on a disk */
uint64_t config_place(const struct config_places *places, const char *text_path);
void config_set_place(struct config_places *places, const char *text_path, uint64_t offset);

/* $XDG_CONFIG_HOME/lacrima/lacrima.ini, in $XDG_STATE_HOME/lacrima state.ini, about-you.ini,
 * places and heard (places in songs), and $XDG_DATA_HOME/lacrima for the letters; with their
 * standard fallbacks under $HOME. False, with the reason, if there is no home to be found. */
bool config_default_path(char *path, size_t size, struct error *error);
bool config_state_path(char *path, size_t size, struct error *error);
bool config_places_path(char *path, size_t size, struct error *error);
bool config_heard_path(char *path, size_t size, struct error *error);
bool config_letters_path(char *path, size_t size, struct error *error);
bool config_about_path(char *path, size_t size, struct error *error);

/* The XDG music folder (user-dirs.dirs, else ~/Music if it exists); false if none. */
bool config_music_folder(char *path, size_t size);

#endif
