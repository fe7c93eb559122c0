/* Technique: one way, as tables.  A technique is rows of phases and rows of transitions; the
 * sequencer runs them, --describe draws them, and the tests walk them.  What tables cannot say
 * (a breath pattern's lengths, what is seen) are small pure functions beside them. */
#ifndef LACRIMA_CORE_TECHNIQUE_H
#define LACRIMA_CORE_TECHNIQUE_H

#include "lacrima/base/time.h"
#include "lacrima/core/cue.h"
#include "lacrima/core/effect.h"
#include "lacrima/core/event.h"
#include "lacrima/core/keymap.h"
#include "lacrima/core/letter.h"
#include "lacrima/core/scene.h"
#include "lacrima/core/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the article's order: also the digit keys' order, 1 .. 9, 0. */
enum technique_id {
    TECHNIQUE_STARE,
    TECHNIQUE_BREATHE,
    TECHNIQUE_WALK,
    TECHNIQUE_MUSIC,
    TECHNIQUE_MOVE,
    TECHNIQUE_READ,
    TECHNIQUE_SHOWER,
    TECHNIQUE_TALK,
    TECHNIQUE_WRITE,
    TECHNIQUE_YAWN,
    TECHNIQUE_COUNT
};

/* Why a state changes; cause_name() is what --events prints. */
enum cause {
    CAUSE_BEGIN,       /* "begin": the technique was chosen */
    CAUSE_TIME,        /* "time": its length is over */
    CAUSE_SPACE,       /* "space": Space was pressed where it means going on */
    CAUSE_RELEASE,     /* "release": Space was let go where it is held */
    CAUSE_RIGHT,       /* "right": to where the state would lead by itself */
    CAUSE_LEFT,        /* "left": to the row before, as the table says */
    CAUSE_CHOICE,      /* "choice": Up or Down changed what this technique does */
    CAUSE_MUSIC_ENDED, /* "music-ended" */
    CAUSE_NEXT,        /* "next": another text, or photographs, was asked for */
    CAUSE_PREVIOUS,    /* "previous": or the one before */
    CAUSE_READ_BEGIN,  /* "read-begin": nothing comes before this page */
    CAUSE_READ_END,    /* "read-end": nothing comes after it */
    CAUSE_LETTER,      /* "letter": what was asked of the letter's keeper is done */
    CAUSE_REFUSED,     /* "refused": or cannot be */
    CAUSE_LEAVE,       /* "leave": Esc, where it goes back inside the technique */
    CAUSE_REMOVE,      /* "remove": Delete */
    CAUSE_COUNT
};

const char *cause_name(enum cause cause);

#define PHASE_WORDS_MAX 3
#define PHASE_DONE      UINT8_MAX /* a transition's target: the technique is over */

/* Lengths that the row does not say itself. */
#define PHASE_WAITS      INT64_C(0)  /* no end of its own */
#define PHASE_LENGTH_OWN INT64_C(-1) /* technique.length_ns says it */

enum phase_flag {
    PHASE_CUT = 1,       /* no cross-fade into it: its word, sound and shape change in one frame */
    PHASE_IS_SETTLE = 2, /* its end is counted anew when a choice is made in it */
    PHASE_MUSIC = 4,     /* music plays from here on */
    PHASE_QUIET = 8,     /* music fades away here */
    PHASE_CHOOSES = 16,  /* the choice is shown here as well, not in settle only */
    PHASE_AWAY = 32,     /* the person is elsewhere: its clock is elapsed time, which a suspend, the
                            keys and the curtain do not stop */
    PHASE_BOUNDED = 64,  /* away, and nothing lengthens it: it cannot be paused, and entered again
                            within SESSION_REST_NS it goes on where it is by then */
    PHASE_ANY_KEY = 128, /* every key goes on as Space does, whatever else it means */
    PHASE_BARE = 256,    /* its hint waits for a key */
    PHASE_HINT_LEAVES = 512, /* its hint leaves, though it may wait for ever */
    PHASE_FILM = 1024,       /* a film goes on while its clock runs */
    PHASE_LIST = 2048, /* a list, in a technique that takes text: Enter chooses, as Space does */
    PHASE_ASKS = 4096  /* nobody could answer without its words: they and the hint are there though
                          words are off */
};

struct phase {
    const char *name;
    const char *words[PHASE_WORDS_MAX]; /* message ids, NULL-terminated if fewer */
    const char *caution;                /* message id or NULL: shown below, faint */
    const char *hint;                   /* message id or NULL: "Space pauses" */
    time_ns length_ns;
    enum cue cue;     /* sounds on entry, as long as the phase */
    uint8_t previous; /* where Left leads */
    uint16_t flags;
};

struct breathe_state {
    struct pattern pattern; /* what this breath follows */
    bool begun;             /* the first breath has begun, at began_at */
    time_ns began_at;       /* technique time */
    uint8_t part;           /* which part of the in-breath, 0 .. */
    uint8_t cycles;         /* whole breaths of this pattern, no further than cycles_max */
    double fill_at_entry;   /* `yours`: where the field was when the key moved */
    time_ns own_in_ns;      /* `yours`: the person's own last lengths */
    time_ns own_out_ns;
    bool released; /* `yours`: Space was held and let go at least once */
    bool gentle;   /* the offer was taken: six instead of pattern `gentle_for` */
    uint8_t gentle_for;
};

/* Rows of the lists in core/asking.h. */
struct talk_state {
    uint8_t whom, need, how;
    uint8_t reply;
    bool copied; /* the sentence is on the clipboard, since this state was entered */
    bool heard;  /* somebody listened */
};

/* What is read, as the app says. */
struct read_state {
    enum read_kind kind;
    bool chosen; /* something can be read at all */
    bool shelf;  /* it stands on the person's shelf */
    char title[SCENE_ARG_BYTES];
    char about[SCENE_TEXT_BYTES];
    int32_t words;    /* of the page that stands there; 0: none yet */
    uint8_t picture;  /* the scene's picture that is shown, */
    time_ns shown_at; /* since then (technique time; TIME_NEVER: none yet), */
    time_ns fade_ns;  /* coming this slowly, */
    bool after;       /* and another leaving for it */
    bool turning;     /* the state was entered from itself */
    int8_t step;      /* where to turn when it has come: -1 back, else forward */
};

struct visit {
    enum technique_id technique; /* TECHNIQUE_COUNT in the landing */
    uint8_t phase;
    time_ns entered;        /* technique time: stands still while paused */
    time_ns entered_before; /* when the phase before this one was entered */
    time_ns due;            /* TIME_NEVER in a waiting phase */
    time_ns mark_due;
    uint8_t marks;  /* how many marks of this phase have been */
    uint8_t rounds; /* stare: holds ended; yawn: waves ended */
    struct breathe_state breathe;
    struct talk_state talk;
    struct read_state read;
    struct letter_state letter;   /* outlives the visit: a letter stays open */
    char title[EVENT_TEXT_BYTES]; /* music: the track that sounds */
    char word[EVENT_TEXT_BYTES];  /* the person's own for it, or "" */
    time_ns titled_at;            /* when it began, TIME_NEVER before */
    double level;                 /* music: how loud it is now */
    uint8_t kind;                 /* walk: the question; shower: which kind of water */
    uint8_t minutes;              /* shower: how long, of that kind */
};

/* What Up or Down has just changed. */
struct choice {
    const char *name; /* of the setting, as --events prints it; NULL: none, and none is logged */
    const char *word; /* its new value as a word, or NULL: */
    int32_t value;    /* as a number */
};

struct transition {
    uint8_t from;
    enum cause cause;
    bool (*guard)(const struct visit *, const struct settings *, time_ns at); /* NULL: always */
    const char *guard_name;                                                   /* for --describe */
    uint8_t to;
};

/* A sound within a phase. */
struct mark {
    time_ns after; /* since the phase was entered */
    enum cue cue;
};

/* What a technique draws into.  next is when the picture may differ from this one: now while
 * something moves, TIME_NEVER if nothing will. */
struct view {
    const struct settings *settings;
    struct scene *scene;
    time_ns now; /* technique time */
    time_ns next;
    bool words; /* the person wants to see words */
};

struct technique {
    const char *id;
    const char *title; /* message id */
    const struct phase *phases;
    uint8_t phase_count;
    const struct transition *transitions;
    uint8_t transition_count;
    /* Length of a PHASE_LENGTH_OWN phase from its entry, > 0, or TIME_NEVER. */
    time_ns (*length_ns)(const struct visit *, const struct settings *);
    /* The n-th sound inside the present phase; false if there are no more.  May be NULL. */
    bool (*mark)(const struct visit *, const struct settings *, uint8_t n, struct mark *);
    /* After a phase is entered (visit.phase, .entered set), before its length is asked. */
    void (*enter)(struct visit *, const struct settings *, uint8_t from);
    /* Up and Down choose the track, not a setting. */
    bool chooses_track;
    /* Up (+1) or Down (-1): changes the setting, or something of this visit only. */
    struct choice (*choose)(struct visit *, struct settings *, int step);
    /* The choice as a line: a message id, and an argument for its "%s"; NULL: none now. */
    const char *(*choice)(const struct visit *, const struct settings *, char *arg,
                          size_t arg_size);
    /* The technique's own answer to a key, before the session's; true: that was all.  For keys
     * that mean the same everywhere there are causes instead.  May be NULL. */
    bool (*answer)(struct visit *, struct settings *, enum action, time_ns at, struct effects *);
    /* What sounds for as long as the present phase lasts.  May be NULL: nothing. */
    enum ambience (*ambience)(const struct visit *, const struct settings *);
    /* After a phase is entered and logged: what it asks of the app.  May be NULL. */
    void (*ask)(const struct visit *, enum cause, time_ns at, struct effects *);
    /* What the app says to that.  Returns the cause that follows, or CAUSE_COUNT.  May be NULL. */
    enum cause (*hear)(struct visit *, const struct settings *, const struct event *, time_ns at);
    /* N, and in settle Up and Down, ask for another text (CAUSE_NEXT, CAUSE_PREVIOUS), not for
     * another track; elsewhere Down and Up, which the wheel is as well, turn as Right and Left. */
    bool chooses_text;
    /* Whether Space belongs to the technique now and never pauses. */
    bool (*keeps_space)(const struct visit *);
    /* Whether what is typed is text now, and no key.  May be NULL. */
    bool (*takes_text)(const struct visit *);
    /* Pure: what is seen. */
    void (*view)(const struct visit *, struct view *);
};

/* The technique in this row, or NULL if it is not built yet. */
const struct technique *technique_get(enum technique_id id);

/* What every visit ends in; runs by the same sequencer. */
const struct technique *technique_landing(void);

/* The row with this id, or "1" .. "9", "0" by its key; TECHNIQUE_COUNT if there is none. */
enum technique_id technique_find(const char *id_or_key);

/* '1' .. '9', '0'. */
char technique_key(enum technique_id id);

/* What of a letter is on the page; LETTER_SHOWS_NOTHING outside of `write`. */
enum letter_shown letter_shown(const struct visit *visit);

/* In LETTER_SHOWS_LEAVING: when the first line begins to leave (technique time). */
time_ns letter_leaves_at(const struct visit *visit);

/* The next built technique after (step +1) or before (-1) this one, going round. */
enum technique_id technique_step(enum technique_id id, int step);

#endif
