/* Drives a session by a script without a window, and writes what happened as text. */
#ifndef LACRIMA_TESTS_DRIVER_H
#define LACRIMA_TESTS_DRIVER_H

#include "lacrima/core/session.h"

#include <stdio.h>

struct driver {
    struct session session;
    FILE *out; /* one line per effect; NULL: nothing is written */
    bool quit;
    int32_t text_chosen, text_page; /* of the texts that the driver has */
    uint32_t texts_out;             /* which of them are left out today, a bit each */
    int32_t journal;                /* what there is at first: enum letter_journal, or 0: none */
    uint32_t letters_asked;         /* of the letters that are folded away there */
    const char *state;              /* the last one that was entered */
    /* Sees every effect, after it was written; may be NULL. */
    void (*effect)(void *user, const struct driver *driver, const struct effect *effect);
    void *user;
};

/* Answers what `read` asks for, from two texts and three photographs of its own, and `write`, from
 * two letters without a word. */
void driver_begin(struct driver *driver, const struct settings *settings,
                  enum technique_id technique);
void driver_run_until(struct driver *driver, time_ns now);
void driver_event(struct driver *driver, const struct event *event);

/* A press and release of a typed key (and the same position) with modifiers. */
void driver_press(struct driver *driver, int32_t typed, uint8_t modifiers, time_ns at);

/* Three countries that do not exist; the third has more contacts than one page shows.  The driver
 * tells the session of them as the app does: when the card is first shown. */
void driver_people(struct people *people);

/* The scene as text: shapes and lines, without colours. */
void driver_print_scene(FILE *out, const struct scene *scene);

/* The hand-over check of every picture: bounds, alphas, room.  Aborts with a line if broken. */
void driver_check_scene(const struct scene *scene);

#endif
