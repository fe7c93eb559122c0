/* Playlist: the music files to play, in order.  Folders are read on a thread, or without one a few
 * entries at a time, so that one of any size costs no call much; names come out in natural order (2
 * before 10).  Nothing is
 * opened or stat'ed here beyond what a folder's own entries say of themselves. */
#ifndef LACRIMA_AUDIO_PLAYLIST_H
#define LACRIMA_AUDIO_PLAYLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLAYLIST_TRACKS_MAX 200000
#define PLAYLIST_DEPTH_MAX  16

/* What of a file is played, and whose it is. */
struct playlist_part {
    double from_s, to_s;          /* <= 0: from its beginning, to its end */
    double fade_in_s, fade_out_s; /* <= 0: as usual */
    int32_t tag;                  /* the caller's name for it; 0: none */
};

struct playlist_track {
    char *path;
    bool bad;   /* could not be played; passed over from now on */
    bool out;   /* not wanted now; passed over until it is */
    bool given; /* by itself, not found in a folder */
    struct playlist_part part;
};

struct playlist_name {
    char *text;
    bool folder;
};

/* A folder that is being read; its names wait in a heap, so that no call has to sort them all. */
struct playlist_folder {
    char *path;
    void *dir; /* DIR *, NULL once every entry has been read */
    struct playlist_name *heap;
    size_t count, room;
};

struct playlist_source {
    char *path;
    bool folder;
    bool out;
    struct playlist_part part; /* of a folder only its tag counts */
};

struct playlist {
    bool (*accepts)(const char *name); /* is this the name of a music file? */
    void (*say)(void *user, const char *path, const char *what);
    void *say_user;
    bool threaded; /* folders are read on a thread, which calls wake when there is news: */
    void (*wake)(void *user); /* from that thread; may be NULL */
    void *wake_user;
    struct finder *finder; /* of the folder that is being read there, or NULL */
    struct playlist_track *tracks;
    size_t count, room, playable;
    struct playlist_source *sources;
    size_t source_count, source_room, source_next;
    struct playlist_part part; /* of what is being read, */
    bool out;                  /* and whether it is left out */
    struct playlist_folder folders[PLAYLIST_DEPTH_MAX];
    size_t depth;
    bool waits;
};

/* The list must start as {0}, but for what it says, accepts and wakes, which is kept. */
void playlist_clear(struct playlist *list);

/* To the end; false if memory is out. */
bool playlist_add(struct playlist *list, const char *path, bool folder);
bool playlist_add_part(struct playlist *list, const char *path, bool folder,
                       const struct playlist_part *part);

/* A file among what has been read, before the one that is at this place; and a folder before all
 * that has not been read but so many. */
bool playlist_insert(struct playlist *list, size_t at, const char *path,
                     const struct playlist_part *part);
bool playlist_put_first(struct playlist *list, size_t behind, const char *path,
                        const struct playlist_part *part);

/* Handles at most `entries` folder entries or names; true once everything has been read.  Less than
 * that, and nothing more to do now: a thread is still reading (playlist_waits). */
bool playlist_read(struct playlist *list, size_t entries);
bool playlist_waits(const struct playlist *list);
bool playlist_complete(const struct playlist *list);

/* Whether a file of such a name lies in the folder, or in folders of it so many levels down.  It
 * looks at a bounded number of entries and takes no for an answer then. */
bool playlist_finds(const char *path, bool (*accepts)(const char *name), unsigned levels);

/* A track, at once; the path (NULL: nothing happens) is taken over.  given: by itself, not found in
 * a folder. */
void playlist_append(struct playlist *list, char *path, bool given);

/* Everything with this tag is passed over from now on, or not any more; false if there is nothing
 * with it. */
bool playlist_leave_out(struct playlist *list, int32_t tag, bool out);

void playlist_mark_bad(struct playlist *list, size_t index);

/* The order of names within a folder: as a person counts, capital letters or not. */
int playlist_compare(const char *a, const char *b);

#endif
