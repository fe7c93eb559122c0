/* What a file or folder of the person's is for. */
#ifndef LACRIMA_APP_GOAL_H
#define LACRIMA_APP_GOAL_H

#include "lacrima/base/error.h"
#include "lacrima/shelf.h"

enum goal { GOAL_NONE, GOAL_MUSIC, GOAL_TEXT, GOAL_PICTURES, GOAL_FILM };

/* By what it is; a name without an ending, or with one of somebody's own, may be a text as well.
 * None: the error says, with the path, why. */
enum goal goal_of(const char *path, struct error *error);

/* What it is on the shelf; not of GOAL_NONE. */
enum shelf_kind goal_shelf_kind(enum goal goal);

#endif
