/* When frames are drawn: as a display asks for them where it tells when it shows one, if that is
 * not much more often than 60 times a second, and else 60 times a second. */
#ifndef LACRIMA_APP_RHYTHM_H
#define LACRIMA_APP_RHYTHM_H

#include "lacrima/platform.h"

#define FRAME_NS (NS_PER_S / 60)

struct rhythm {
    time_ns due;        /* of the next frame, whatever the display says */
    time_ns asked;      /* the earliest of it if the display asks */
    time_ns look_again; /* no picture is looked for before, as it had not changed */
};

/* The time from which the next frame may be drawn. */
time_ns rhythm_next(const struct rhythm *rhythm, struct platform_shown shown);

/* A frame was begun at this time and given to the display.  waits: that has taken until the display
 * was refreshed, so that the next may be begun a little before its time. */
void rhythm_drew(struct rhythm *rhythm, time_ns now, bool waits);

/* There was nothing to draw. */
void rhythm_looked(struct rhythm *rhythm, time_ns now);

#endif
