/* Files: the folder of the letters, whose the files in it are, and setting one aside. */
#ifndef LACRIMA_JOURNAL_FILES_H
#define LACRIMA_JOURNAL_FILES_H

#include "lacrima/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FILES_PATH_BYTES 4096
#define FILES_DATE_BYTES 32

/* "2026-11-25T03-42-00" in local time: a date that every file system takes. */
void files_date(char date[FILES_DATE_BYTES], int64_t seconds);

/* Makes a folder and what is above it, 0700; what exists is left as it is. */
bool files_make_folder(const char *folder, struct error *error);

enum files_folder { FILES_FOLDER_READY, FILES_FOLDER_ABSENT, FILES_FOLDER_REFUSED };

/* Whether the folder is one to keep letters in (a folder of this person's, in which nobody else
 * can write), and its path without links. */
enum files_folder files_folder(const char *folder, char *real, size_t size, struct error *error);

enum files_kind {
    FILES_ABSENT,
    FILES_PLAIN,  /* a file of this person's; made 0600 if it was more */
    FILES_OTHER,  /* a folder, a pipe: no file */
    FILES_REFUSED /* a link, another person's, or not to be looked at */
};

enum files_kind files_look(const char *path, struct error *error);

/* Makes an empty file, 0600 whatever the umask; false if there is one already. */
bool files_make(const char *path, struct error *error);

/* Opens the folder, with its lock shared: no file of it is moved by another program while that
 * lasts.  alone (not NULL): tries to have it alone first, and tells.  -1 with the reason. */
int files_lock(const char *folder, bool *alone, struct error *error);

/* From alone to shared. */
void files_lock_share(int folder);

/* Gives path (and SQLite's journal beside it) a dated name, "STEM-DATE.END", that nobody has;
 * writes it to aside.  With `fresh`, that file takes the place in one step. */
bool files_set_aside(const char *path, const char *end, int64_t now, const char *fresh, char *aside,
                     size_t size, struct error *error);

/* Removes what begins so: what a program that was killed left half made.  Only when alone. */
void files_clear(const char *folder, const char *begin);

/* Tells the disk what the folder that path lies in holds. */
void files_sync_folder(const char *path);

#endif
