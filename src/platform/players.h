/* Players: other programs that play (MPRIS) are asked to pause while music sounds here, and those
 * that were asked may be asked to go on.  Nothing waits for an answer; only what says of itself
 * that it plays is spoken to, and only what was paused from here goes on. */
#ifndef LACRIMA_PLATFORM_PLAYERS_H
#define LACRIMA_PLATFORM_PLAYERS_H

#include "lacrima/base/time.h"

#include <stdbool.h>

#define PLAYERS_MAX 16

struct players;

/* NULL if memory is out.  The bus is looked for when it is first needed. */
struct players *players_create(void);

void players_pause(struct players *players, time_ns now);
void players_resume(struct players *players, time_ns now);

/* Reads what has arrived; to be called often while players_waiting. */
void players_look(struct players *players);

/* Whether answers are still on their way; not for long. */
bool players_waiting(const struct players *players, time_ns now);

/* Lets what is on its way arrive first, within a fraction of a second.  Accepts NULL. */
void players_destroy(struct players *players);

#endif
