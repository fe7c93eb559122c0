/* Media: good sound files in many formats, and damaged and odd ones made from them. */
#ifndef LACRIMA_TESTS_AUDIO_MEDIA_H
#define LACRIMA_TESTS_AUDIO_MEDIA_H

#include "../support/damage.h"

/* Makes the folder and a few hundred files in it; each is short, and the same every time. */
void media_make(struct damage *media);

/* A good one more, of this length, by the name it is given. */
const char *media_add_good(struct damage *media, const char *name, double seconds);

#endif
