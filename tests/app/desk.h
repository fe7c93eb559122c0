/* Desk: the letter's keeper with a session that asks and a renderer that lays out, on a clock of
 * the test's own; what the app's loop does, and nothing else of it. */
#ifndef LACRIMA_TESTS_DESK_H
#define LACRIMA_TESTS_DESK_H

#include "../support/cm.h"

#include "letter.h"
#include "stage.h"

#include <semaphore.h>

#define DESK_SAID_BYTES 4096
#define DESK_PASS       "a quiet passphrase"

struct desk {
    struct stage stage;
    struct session session;
    struct letter_params params;
    struct letter *letter;
    time_ns now;
    char folder[128];             /* of the test, removed at the end; HOME */
    char letters[192];            /* in it: of the folded letters */
    char said[DESK_SAID_BYTES];   /* every line, with a newline */
    const char *state;            /* of `write`, the last one that was entered */
    time_ns kept_now, kept_until; /* what was said last; -1: nothing */
    sem_t woken;
};

/* cmocka's: *state is the desk.  The letters' folder is not there yet. */
int desk_setup(void **state);
int desk_teardown(void **state);

/* Begins `write` anew, with another keeper. */
void desk_begin(struct desk *desk);
/* Ends the keeper, as when the program is closed. */
void desk_end(struct desk *desk);

/* Keys come a second after what was before, unless `after_ns` says how long. */
void desk_key(struct desk *desk, int32_t key);
void desk_key_after(struct desk *desk, int32_t key, time_ns after_ns);
void desk_type(struct desk *desk, const char *text, time_ns after_ns);
/* So much time passes; what is due and what was answered is taken. */
void desk_wait(struct desk *desk, time_ns after_ns);
/* Something may have been answered; until then no time passes.  Fails the test after two minutes.
 */
void desk_await(struct desk *desk);
/* Goes on until what was typed up to then is said to be kept, */
void desk_await_kept(struct desk *desk, time_ns until);
/* or until something is due to be saved again. */
void desk_await_due(struct desk *desk);
/* Goes on taking answers until this state is entered. */
void desk_await_state(struct desk *desk, const char *state);

/* At the page of a new letter with this fate. */
void desk_page(struct desk *desk, enum letter_fate fate);

/* Letters that open with DESK_PASS, at the least cost. */
void desk_make_letters(struct desk *desk, const char *const *texts, size_t count);

/* What a file holds, without more than `size`; -1: there is none. */
long desk_read(const char *path, char *text, size_t size);
/* The only file of HOME that is a letter's; "" if there is none. */
const char *desk_file(const struct desk *desk);

#define DESK_TEST(function) cmocka_unit_test_setup_teardown(function, desk_setup, desk_teardown)

#endif
