/* Session: one sitting, from home to home, as a pure machine.
 *
 * The caller gives it time and events and takes effects and scenes; it holds no pointer to
 * anything of the caller's and reads no clock.  Whole loop of a program:
 *
 *     session_begin(&session, technique, 0, &effects);      then carry out the effects
 *     while it runs:
 *         for each event: session_event(&session, &event, &effects);       carry out
 *         while (session_run_next(&session, now, &effects))                carry out
 *         until = session_view(&session, now, &scene);      draw the scene if it differs
 *         sleep until the next event, session_deadline(), or `until`
 */
#ifndef LACRIMA_CORE_SESSION_H
#define LACRIMA_CORE_SESSION_H

#include "lacrima/core/effect.h"
#include "lacrima/core/event.h"
#include "lacrima/core/keymap.h"
#include "lacrima/core/people.h"
#include "lacrima/core/spoken.h"
#include "lacrima/core/technique.h"

/* A gap shorter than this is a hiccup and changes nothing. */
#define SESSION_GAP_MIN_NS SECONDS(2)

/* Keys this soon after a screen appears are ignored (but Esc and the curtain). */
#define SESSION_DEAF_NS MILLISECONDS(400)

/* A bounded state (PHASE_BOUNDED) begins anew only after it has been left for this long. */
#define SESSION_REST_NS MINUTES(5)

enum screen { SCREEN_HOME, SCREEN_TECHNIQUE, SCREEN_LANDING, SCREEN_LET_GO, SCREEN_CURTAIN };

/* Why the technique's clock stands still; several may hold at once.  An away state's stands for
 * HELD_PAUSED alone. */
enum held {
    HELD_PAUSED = 1,
    HELD_KEYS = 2, /* the keys overlay is shown */
    HELD_GAP = 4,  /* paused by a gap, not by the person: other words */
    /* Cards: they lie over any screen but the curtain.  Where several hold, the last of these is
     * on top and leaves first; what is under them is not touched, but a technique is paused (an
     * away state goes on). */
    HELD_ABOUT = 8,
    HELD_GROUND = 16,
    HELD_PEOPLE = 32
};

/* What the cards remember. */
struct cards {
    bool about_open;
    uint8_t about_row;
    uint32_t care_before; /* what was asked for as "about you" opened, a bit for each change */
    uint8_t ground_step;
    bool choosing;    /* people: the countries are shown */
    uint8_t country;  /* people: the marked row */
    uint8_t page;     /* people: which part of the card */
    bool people_told; /* the app has told whom there is to call */
};

struct session {
    struct settings settings;
    time_ns now; /* the latest time it was told */
    enum screen screen;
    enum screen behind;   /* curtain: what it hides */
    uint8_t held;         /* enum held */
    time_ns screen_since; /* when the screen, or what lies over it, appeared */
    time_ns stood_since;  /* technique clock stands since then; TIME_NEVER: it runs */
    time_ns offset;       /* technique time = session time - offset */
    struct visit visit;
    enum technique_id chosen; /* home: the marked row */
    bool let_go_asked;        /* let go: the two things are offered */
    time_ns let_go_asked_at;
    time_ns curtain_space_at; /* the first Space, or TIME_NEVER */
    struct cards cards;
    const struct people *people;       /* borrowed; NULL: it has not been told */
    enum technique_id bound_technique; /* whose bounded state was entered last; COUNT: none's */
    time_ns bound_since;               /* when it first was, on this clock */
    time_ns bound_left;                /* and when it was left */
    bool music_on;
    bool track_shelf;       /* the track that sounds stands on the person's shelf */
    bool awake;             /* what the app was told last */
    bool film_plays;        /* what the app was told last */
    enum ambience ambience; /* what the app was told last */
    struct scene fade_from; /* the picture that is leaving */
    time_ns fade_since;     /* TIME_NEVER: no fade */
    time_ns fade_ns;
    bool fade_comes;           /* nothing has to leave in it: it begins in its middle */
    bool words_fade;           /* in it only words leave and come */
    time_ns cut_at;            /* when a word last changed in one frame */
    bool pictures_fade;        /* photographs take part in it, at their own slow pace */
    struct scene colours_from; /* only its colours count */
    time_ns colours_since;
    time_ns colours_ns;
    bool colours_slow;    /* between dark and pale */
    time_ns colours_step; /* till then they go on, however near a state's end is */
    time_ns hint_since;
    char said[SCENE_TEXT_BYTES]; /* what a key has just changed: a message id */
    char said_arg[SCENE_ARG_BYTES];
    time_ns said_at;       /* TIME_NEVER: nothing */
    time_ns said_rises_at; /* TIME_NEVER: it did not come by itself, to an empty foot */
    char notice[EVENT_TEXT_BYTES];
    time_ns notice_at; /* TIME_NEVER: none */
    bool notice_shelf; /* K takes off the shelf what it speaks of */
};

void session_init(struct session *session, const struct settings *settings);

/* The first screen: home, or (technique < TECHNIQUE_COUNT) that technique's settle. */
void session_begin(struct session *session, enum technique_id technique, time_ns at,
                   struct effects *effects);

/* Tells whom there is to call, and whoever tells it keeps it; until then the card knows emergency
 * numbers only.  The app does it when the card is first shown, so that no start waits for it. */
void session_people(struct session *session, const struct people *people);

/* Takes an event; event->at must not be before an earlier time. */
void session_event(struct session *session, const struct event *event, struct effects *effects);

/* If a deadline is due at or before now, handles the first of them at its own exact time and
 * returns true; otherwise only notes the time.  Call until it returns false. */
bool session_run_next(struct session *session, time_ns now, struct effects *effects);

/* The next time session_run_next has something to do, or TIME_NEVER. */
time_ns session_deadline(const struct session *session);

/* What is seen at now (not before the latest time told).  Pure: changes nothing.  Returns until
 * when it stays like this: now itself while something moves, TIME_NEVER if it just stays. */
time_ns session_view(const struct session *session, time_ns now, struct scene *scene);

/* Whether something that is brought in now is opened at once: at home, and in its own way. */
bool session_opens(const struct session *session, enum brought brought);

/* What of that is to be heard by somebody who does not look: its words, whether or not words are
 * wanted on the field.  As pure, and returns the same. */
time_ns session_spoken(const struct session *session, time_ns now, struct spoken *spoken);

/* Whether what is typed is text now (platform_text_begin). */
bool session_takes_text(const struct session *session);

/* The technique's own time: it stands while the technique does. */
time_ns session_technique_time(const struct session *session, time_ns now);

/* The name that --events prints for what is on the screen now: home, technique, landing,
 * let-go, curtain, paused, keys, about, ground, people. */
const char *session_screen_name(const struct session *session);

#endif
