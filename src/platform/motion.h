/* Motion: the desktop's reduced-motion setting, asked of its settings portal over the session
 * bus.  Never waits; without a bus or a portal it just never knows.  The bus is a local socket:
 * any other kind of address is left alone. */
#ifndef LACRIMA_PLATFORM_MOTION_H
#define LACRIMA_PLATFORM_MOTION_H

#include <stdbool.h>

struct motion;

/* Connects and asks.  NULL if there is nobody to ask. */
struct motion *motion_create(void);

/* Reads what has arrived; true if the setting is now known or has changed. */
bool motion_changed(struct motion *motion, bool *reduced);

/* Whether the first answers are still on their way. */
bool motion_waiting(const struct motion *motion);

/* Accepts NULL. */
void motion_destroy(struct motion *motion);

#endif
