/* The part of libspeechd that is used, found when it is first needed. */
#ifndef LACRIMA_SPEECH_SPD_H
#define LACRIMA_SPEECH_SPD_H

#include "lacrima/base/error.h"

#include <stdbool.h>

/* A connection to the server.  Every call may wait for it. */
struct spd {
    void *connection; /* NULL: there is none */
};

/* False with what helps: no library, no server, or one on another machine. */
bool spd_begin(struct spd *spd, const char *language, struct error *error);

/* False if the server has gone. */
bool spd_speak(struct spd *spd, const char *text);
bool spd_be_quiet(struct spd *spd);

void spd_end(struct spd *spd);

#endif
