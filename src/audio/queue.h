/* Queue: which file comes next.  The person's own files and folders; if nothing was added, their
 * music folder; if there is nothing to play in those, Lacrima's own pieces. */
#ifndef LACRIMA_AUDIO_QUEUE_H
#define LACRIMA_AUDIO_QUEUE_H

#include "playlist.h"

/* Where the tracks come from: the first of these that has any. */
enum queue_stage { STAGE_PERSON, STAGE_FOLDER, STAGE_OWN, STAGE_NONE };

enum queue_choice {
    CHOICE_FOUND, /* the goal is a track that can be tried */
    CHOICE_WAIT,  /* the list has not been read that far */
    CHOICE_END,   /* past the last */
    CHOICE_EMPTY  /* nothing can be played anywhere */
};

struct queue {
    struct playlist list;
    enum queue_stage stage;
    bool person_added;
    size_t folder_faults;          /* said of files found in folders */
    char *own_dir, *xdg_music_dir; /* or NULL */
    void (*say)(void *user, const char *line);
    void *say_user;

    ptrdiff_t goal; /* index of the track to start */
    int direction;  /* where to look if that one is bad */
    bool wraps;     /* past the last comes the first */
};

/* NULL folders: none.  False if memory is out; queue_finish is right in any case. */
bool queue_init(struct queue *queue, const char *own_dir, const char *xdg_music_dir,
                void (*say)(void *user, const char *line), void *say_user);

/* From now on folders are read on a thread; wake is called from it when queue_read has more. */
void queue_read_elsewhere(struct queue *queue, void (*wake)(void *user), void *wake_user);
void queue_finish(struct queue *queue);

/* A file or folder of the person's.  *replaced: the list that was played is gone, and the goal is
 * at its beginning.  False, and said, if it cannot be read. */
bool queue_add(struct queue *queue, const char *path, bool *replaced);

/* The same of what stands on a list of theirs: what is wrong with it is said when its turn comes.
 */
bool queue_add_part(struct queue *queue, const char *path, bool folder,
                    const struct playlist_part *part, bool *replaced);

/* What has this tag is passed over from now on, or not any more; false if there is nothing with it.
 */
bool queue_leave_out(struct queue *queue, int32_t tag, bool out);

void queue_seek(struct queue *queue, ptrdiff_t goal, int direction, bool wraps);

/* Reads on in the folders, a bounded number of entries; false if there is nothing to do before the
 * thread that reads them wakes us. */
bool queue_read(struct queue *queue);

/* Moves the goal on to a track that can be tried; *moved: it is another than it was. */
enum queue_choice queue_choose(struct queue *queue, bool *moved);

const char *queue_path(const struct queue *queue, ptrdiff_t index);
const struct playlist_part *queue_part(const struct queue *queue, ptrdiff_t index);

/* The goal cannot be played, and why; said, and passed over from now on. */
void queue_reject(struct queue *queue, const char *what);

/* Looks again from the start if nothing was found the last time. */
void queue_retry(struct queue *queue);

/* "path: what", as one clean line. */
void queue_say(const struct queue *queue, const char *path, const char *what);

#endif
