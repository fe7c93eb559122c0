/* Finder: reads one folder into names on a thread of its own, so that nobody waits for a disk,
 * however many files are in it.  What it has found is taken a little at a time. */
#ifndef LACRIMA_AUDIO_FINDER_H
#define LACRIMA_AUDIO_FINDER_H

#include "playlist.h"

#include <stdbool.h>
#include <stddef.h>

struct finder; /* owned by who started it */

/* Takes over nothing; what accepts, says and wakes is the list's.  NULL: there is no thread to be
 * had.  The list's wake is called from the thread when there is something to take. */
struct finder *finder_start(const struct playlist *list, const char *folder);

/* Appends at most `most` of what was found to the list, and says what is to be said; *taken: how
 * many.  True once that was all. */
bool finder_take(struct finder *finder, struct playlist *list, size_t most, size_t *taken);

/* Stops reading.  Accepts NULL; nulls the handle. */
void finder_stop(struct finder **finder);

#endif
