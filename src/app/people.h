/* Whom there is to call: for the card in the program, and as plain text for a terminal. */
#ifndef LACRIMA_APP_PEOPLE_H
#define LACRIMA_APP_PEOPLE_H

#include "app.h"

#include <stdio.h>

/* Tells the session, the first time the card is shown. */
void app_tell_people(struct app *app);

/* --people: needs no display, no OpenGL and no sound.  country: two letters, or "" for the one
 * that was chosen.  Returns the exit status. */
int people_print(const struct options *options, FILE *out);

#endif
