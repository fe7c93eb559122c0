/* Voice: what stands on the field, spoken, while the settings ask for it.  Nothing is there before
 * they do. */
#ifndef LACRIMA_APP_VOICE_H
#define LACRIMA_APP_VOICE_H

#include "lacrima/base/time.h"

struct app;

/* What is new by now is said; what has left is said no further. */
void voice_follow(struct app *app, time_ns now);

/* What the server has to say, and nothing else: one line. */
void voice_poll(struct app *app);

/* When there may be something new, by itself. */
time_ns voice_deadline(const struct app *app, time_ns now);

/* The visit ends: it falls silent. */
void voice_hush(struct app *app);
void voice_destroy(struct app *app);

#endif
