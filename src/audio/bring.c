/* What is brought in while the program runs: it comes before what stands on the list already. */
#include "music.h"

static ptrdiff_t clamp(ptrdiff_t at, size_t count)
{
    return at < 0 ? 0 : at > (ptrdiff_t)count ? (ptrdiff_t)count : at;
}

static bool bring_file(struct music *music, struct bringing *bringing)
{
    struct playlist *list = &music->queue.list;
    bool stopped = music->state == MUSIC_STOPPED;
    ptrdiff_t first = music->current + (stopped ? 0 : 1);
    ptrdiff_t at = clamp(first + (ptrdiff_t)bringing->nth, list->count);
    if (!playlist_insert(list, (size_t)at, bringing->path, bringing->part))
        return false;
    if (music->queue.goal > at)
        music->queue.goal++;
    if (stopped && bringing->nth == 0)
        music->current = at;
    bringing->next = true;
    return true;
}

/* Its names come behind those that have been read; it is next where they are all that there is. */
static bool bring_folder(struct music *music, struct bringing *bringing)
{
    struct playlist *list = &music->queue.list;
    bool between = list->finder == NULL && list->depth == 0;
    bringing->next = between && music->state == MUSIC_STOPPED;
    if (bringing->next && bringing->nth == 0)
        music->current = (ptrdiff_t)list->count;
    return playlist_put_first(list, bringing->nth, bringing->path, bringing->part);
}

bool music_bring(struct music *music, struct bringing *bringing)
{
    bringing->next = music->queue.stage != STAGE_PERSON;
    if (bringing->next || (music->state != MUSIC_STOPPED && !bringing->soon))
        return music_add_part(music, bringing->path, bringing->folder, bringing->part);
    music->queue.person_added = true;
    return bringing->folder ? bring_folder(music, bringing) : bring_file(music, bringing);
}
