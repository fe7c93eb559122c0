#include "queue.h"

#include "track.h"

#include "lacrima/base/check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_ENTRIES      512 /* of folders, per call */
#define FOLDER_FAULTS_MAX 20
#define LINE_BYTES        1024

void queue_say(const struct queue *queue, const char *path, const char *what)
{
    if (queue->say == NULL)
        return;
    char line[LINE_BYTES];
    char clean[LINE_BYTES];
    (void)snprintf(line, sizeof line, "%s: %s", path, what);
    text_clean(clean, sizeof clean, line);
    queue->say(queue->say_user, clean);
}

static void say_of_folder(void *user, const char *path, const char *what)
{
    queue_say(user, path, what);
}

bool queue_init(struct queue *queue, const char *own_dir, const char *xdg_music_dir,
                void (*say)(void *user, const char *line), void *say_user)
{
    *queue = (struct queue){.say = say, .say_user = say_user, .direction = 1};
    queue->list =
        (struct playlist){.accepts = track_name_accepted, .say = say_of_folder, .say_user = queue};
    if (own_dir != NULL)
        queue->own_dir = strdup(own_dir);
    if (xdg_music_dir != NULL)
        queue->xdg_music_dir = strdup(xdg_music_dir);
    return (own_dir == NULL || queue->own_dir != NULL) &&
           (xdg_music_dir == NULL || queue->xdg_music_dir != NULL);
}

void queue_read_elsewhere(struct queue *queue, void (*wake)(void *user), void *wake_user)
{
    queue->list.threaded = true;
    queue->list.wake = wake;
    queue->list.wake_user = wake_user;
}

void queue_finish(struct queue *queue)
{
    playlist_clear(&queue->list);
    free(queue->own_dir);
    free(queue->xdg_music_dir);
}

bool queue_add_part(struct queue *queue, const char *path, bool folder,
                    const struct playlist_part *part, bool *replaced)
{
    *replaced = queue->stage != STAGE_PERSON;
    if (*replaced) {
        playlist_clear(&queue->list);
        queue->stage = STAGE_PERSON;
        queue->goal = 0;
    }
    queue->person_added = true;
    return playlist_add_part(&queue->list, path, folder, part);
}

bool queue_leave_out(struct queue *queue, int32_t tag, bool out)
{
    return playlist_leave_out(&queue->list, tag, out);
}

bool queue_add(struct queue *queue, const char *path, bool *replaced)
{
    *replaced = false;
    struct stat status;
    struct error error;
    bool folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    if (folder && access(path, R_OK | X_OK) != 0) {
        queue_say(queue, path, strerror(errno));
        return false;
    }
    if (!folder && !track_check(path, &error)) {
        queue_say(queue, path, error.text);
        return false;
    }
    return queue_add_part(queue, path, folder, &(struct playlist_part){.tag = 0}, replaced);
}

void queue_seek(struct queue *queue, ptrdiff_t goal, int direction, bool wraps)
{
    queue->goal = goal;
    queue->direction = direction;
    queue->wraps = wraps;
}

bool queue_read(struct queue *queue)
{
    return playlist_read(&queue->list, READ_ENTRIES) || !playlist_waits(&queue->list);
}

/* Goes on to the next place where music may be; false if there is none. */
static bool next_stage(struct queue *queue)
{
    playlist_clear(&queue->list);
    const char *folder = NULL;
    while (folder == NULL && queue->stage != STAGE_NONE) {
        queue->stage++;
        if (queue->stage == STAGE_FOLDER && !queue->person_added)
            folder = queue->xdg_music_dir;
        if (queue->stage == STAGE_OWN)
            folder = queue->own_dir;
        if (folder != NULL && access(folder, R_OK | X_OK) != 0)
            folder = NULL;
    }
    queue->goal = 0;
    queue->direction = 1;
    return folder != NULL && playlist_add(&queue->list, folder, true);
}

/* Only called while the list holds a track that can be tried, so a wrapping search ends. */
static enum queue_choice search(struct queue *queue, bool *moved)
{
    const struct playlist *list = &queue->list;
    bool complete = playlist_complete(list);
    for (;;) {
        if (queue->goal >= (ptrdiff_t)list->count) {
            if (!complete)
                return CHOICE_WAIT;
            if (!queue->wraps)
                return CHOICE_END;
            queue->goal = 0;
        }
        if (queue->goal < 0) {
            if (!complete)
                return CHOICE_WAIT;
            queue->goal = (ptrdiff_t)list->count - 1;
        }
        if (!list->tracks[queue->goal].bad && !list->tracks[queue->goal].out)
            return CHOICE_FOUND;
        queue->goal += queue->direction;
        *moved = true;
    }
}

enum queue_choice queue_choose(struct queue *queue, bool *moved)
{
    *moved = false;
    if (queue->list.playable > 0)
        return search(queue, moved);
    if (!playlist_complete(&queue->list))
        return CHOICE_WAIT;
    *moved = true;
    if (next_stage(queue))
        return CHOICE_WAIT;
    if (queue->say != NULL)
        queue->say(queue->say_user, "No music was found that can be played.");
    return CHOICE_EMPTY;
}

const char *queue_path(const struct queue *queue, ptrdiff_t index)
{
    check(index >= 0 && index < (ptrdiff_t)queue->list.count);
    return queue->list.tracks[index].path;
}

const struct playlist_part *queue_part(const struct queue *queue, ptrdiff_t index)
{
    check(index >= 0 && index < (ptrdiff_t)queue->list.count);
    return &queue->list.tracks[index].part;
}

void queue_reject(struct queue *queue, const char *what)
{
    const struct playlist_track *track = &queue->list.tracks[queue->goal];
    if (track->given || queue->folder_faults < FOLDER_FAULTS_MAX)
        queue_say(queue, track->path, what);
    else if (queue->folder_faults == FOLDER_FAULTS_MAX)
        queue_say(queue, track->path, "and more files cannot be played");
    if (!track->given)
        queue->folder_faults++;
    playlist_mark_bad(&queue->list, (size_t)queue->goal);
}

void queue_retry(struct queue *queue)
{
    if (queue->stage == STAGE_NONE) {
        playlist_clear(&queue->list);
        queue->stage = STAGE_PERSON;
    }
}
