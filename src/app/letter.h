/* Letter: the keeper of what is written.  It holds the words, lays them on the field, and keeps
 * them as their fate says.  The session asks (enum letter_ask) and is answered by events.
 *
 * Words, passphrases and what an input method composes lie in locked memory (libsodium's), which
 * is overwritten and given back as the letter ends; while it is there the process leaves no core
 * dump.  No word is ever logged, and none of a letter that is let go reaches the clipboard. */
#ifndef LACRIMA_APP_LETTER_H
#define LACRIMA_APP_LETTER_H

#include "lacrima/core/page.h"
#include "lacrima/core/session.h"
#include "lacrima/journal.h"
#include "lacrima/platform.h"
#include "lacrima/render.h"

struct letter; /* owned by who created it */

struct letter_params {
    struct render *render;         /* these three must outlive it */
    struct platform *platform;     /* for the clipboard */
    const struct session *session; /* what is asked for */
    float text_scale;
    const char *folder; /* of the folded letters; NULL: there is none, so none can be folded away */
    bool recording;     /* nothing at all is kept */
    void (*say)(void *user, const char *line);
    void *say_user;
    void (*wake)(void *user); /* an answer waits; from any thread */
    void *wake_user;
    void (*kept)(void *user, time_ns now, time_ns until); /* what was typed up to `until` is on the
                                                             disk; may be NULL */
    void *kept_user;
};

/* NULL without memory.  No file is touched before somebody wants to fold away or keep. */
struct letter *letter_create(const struct letter_params *params);

/* From now on so many lines at most that are to leave are laid out in a frame, from when it is
 * asked for them; 0, as at the beginning: all at once.  The session has to know how long they take
 * before it hears of a key: then what is left is laid out at once. */
void letter_budget(struct letter *letter, size_t lines);
void letter_plan_end(struct letter *letter);

void letter_ask(struct letter *letter, enum letter_ask ask, time_ns at);

/* Takes the next answer; false if there is none.  Saves what is due. */
bool letter_poll(struct letter *letter, time_ns now, struct event *event);

/* When something is due to be saved or a drag goes on, or TIME_NEVER. */
time_ns letter_deadline(const struct letter *letter);

/* While text is taken.  False: the key is the session's. */
bool letter_key(struct letter *letter, const struct key *key, time_ns at);
void letter_text(struct letter *letter, const char *utf8, time_ns at);
void letter_compose(struct letter *letter, const char *utf8, uint32_t to);
/* extend: with Shift. */
void letter_point(struct letter *letter, int x_px, int y_px, int clicks, bool extend);
/* The button is held; a drag that is beyond the page goes on by itself (letter_deadline) until
 * the button is released. */
void letter_drag(struct letter *letter, int x_px, int y_px, time_ns now);
void letter_release(struct letter *letter);
void letter_scroll(struct letter *letter, int steps);

/* The page as it is seen at this time; visible: the scene's `page`.  NULL: there is none.  until:
 * lowered to when it changes next.  What it points to stays until the next call of any of these. */
const struct page *letter_page(struct letter *letter, float visible, time_ns now, time_ns *until);

/* True: the page changes by much too soon after it last did, and what was drawn stays for a while
 * (until: lowered to its end).  Every page that was drawn is told; waits: some of its lines come in
 * the frames that follow, and until they have come letter_page() gives this page, whatever is typed
 * meanwhile. */
bool letter_stays(const struct letter *letter, time_ns now, time_ns *until);
void letter_drawn(struct letter *letter, time_ns now, bool waits);

/* The field has another size. */
void letter_resize(struct letter *letter);

/* Saves what is to be kept, as far as that is possible now; the letter goes on. */
void letter_keep(struct letter *letter, time_ns now);

/* Closes the folded letters, if none of them stands open: who reads one next is asked for the
 * passphrase. */
void letter_lock(struct letter *letter);

/* Saves what is to be kept, forgets the rest.  Accepts NULL; nulls the handle. */
void letter_destroy(struct letter **letter);

#endif
