/* Sound without a device, in a folder of the test's own, and what it says of its files. */
#ifndef LACRIMA_TESTS_AUDIO_OFFLINE_H
#define LACRIMA_TESTS_AUDIO_OFFLINE_H

#include "lacrima/audio.h"

#include <stddef.h>

#define OFFLINE_LINES 32

struct offline {
    char folder[64];
    struct audio *audio;
    char lines[OFFLINE_LINES][1024];
    size_t line_count;
};

int offline_set_up(void **state);
int offline_tear_down(void **state);

void offline_path(const struct offline *scene, char path[256], const char *name);

/* Music of these folders, either of which may be NULL. */
void offline_open(struct offline *scene, const char *own_dir, const char *xdg_dir);

/* The next event is this one, of this time. */
void offline_expect(struct offline *scene, time_ns now, enum audio_event_kind kind, time_ns at);

#endif
