/* Media: good sound files in many formats, and damaged and odd ones made from them. */
#ifndef LACRIMA_TESTS_AUDIO_MEDIA_H
#define LACRIMA_TESTS_AUDIO_MEDIA_H

#include <stdbool.h>
#include <stddef.h>

#define MEDIA_MAX 600

struct media {
    char folder[64];
    char *paths[MEDIA_MAX];
    size_t count;
};

/* Makes the folder and a few hundred files in it; each is short, and the same every time. */
void media_make(struct media *media);

/* A good one more, of this length, by the name it is given. */
const char *media_add_good(struct media *media, const char *name, double seconds);

/* Removes all of it. */
void media_remove(struct media *media);

#endif
