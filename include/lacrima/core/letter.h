/* Letter: what the session and the letter's keeper say to each other.
 *
 * The session decides what is asked and what follows; the keeper (app) holds the words, opens the
 * journal and writes files.  No word of a letter, a passphrase or a path passes here. */
#ifndef LACRIMA_CORE_LETTER_H
#define LACRIMA_CORE_LETTER_H

#include "lacrima/base/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What becomes of a letter; known before its first word. */
enum letter_fate {
    LETTER_LET_GO, /* in locked memory only, and gone at the end */
    LETTER_FOLD,   /* kept, encrypted, under a passphrase */
    LETTER_FILE,   /* kept as plain text where the person says */
    LETTER_FATES
};

/* How a letter that is let go leaves the screen. */
enum letter_way { LETTER_FIRE, LETTER_WATER, LETTER_LEAVES, LETTER_WAYS };

/* What a passphrase is asked for. */
enum letter_purpose { LETTER_TO_WRITE, LETTER_TO_READ, LETTER_TO_CHANGE };

enum letter_journal {
    LETTER_JOURNAL_UNSEEN,
    LETTER_JOURNAL_NONE,     /* nothing was ever folded away: a new passphrase is asked for */
    LETTER_JOURNAL_LOCKED,   /* there are letters: theirs is */
    LETTER_JOURNAL_UNLOCKED, /* none is */
    LETTER_JOURNAL_REFUSED,  /* it cannot be used; a notice says why */
    LETTER_JOURNAL_NOWHERE,  /* nothing says in which folder it would be */
    LETTER_JOURNAL_RECORDING /* a recording keeps nothing, a file neither */
};

/* What the session asks of the keeper, as a state is entered or a key pressed. */
enum letter_ask {
    LETTER_ASK_NOTHING,
    LETTER_ASK_LOOK,   /* say what is possible: memory, journal */
    LETTER_ASK_NEW,    /* one line is asked for: a new passphrase, */
    LETTER_ASK_AGAIN,  /* the same once more, and it is taken, */
    LETTER_ASK_OLD,    /* the one that there is, */
    LETTER_ASK_PLACE,  /* or where the file is to lie */
    LETTER_ASK_PAGE,   /* the page is written on: a new letter, if none is open */
    LETTER_ASK_ASIDE,  /* what is written is set aside, and a new beginning made below it */
    LETTER_ASK_LINES,  /* lay out the lines that will leave, and say how long they take */
    LETTER_ASK_LIST,   /* the letters that are folded away */
    LETTER_ASK_READ,   /* open letter `letter` of the list */
    LETTER_ASK_REMOVE, /* remove it for good */
    LETTER_ASK_END     /* the letter is over: wiped if it was let go, else saved and closed */
};

/* What the keeper has to say.  DONE and TROUBLE answer what was asked. */
enum letter_news {
    LETTER_NEWS_DONE,
    LETTER_NEWS_TROUBLE,  /* value: enum letter_trouble */
    LETTER_NEWS_BUSY,     /* a passphrase is being turned into a key: a moment */
    LETTER_NEWS_UNLOCKED, /* value: 1 if the system refuses to lock memory */
    LETTER_NEWS_JOURNAL,  /* value: enum letter_journal */
    LETTER_NEWS_OPEN,     /* value: 1 if a letter is open */
    LETTER_NEWS_WRITTEN,  /* value: 1 if there is a word on its page */
    LETTER_NEWS_LEAVES,   /* value: how long its lines take to leave, ms */
    LETTER_NEWS_LETTERS   /* value: how many there are in the list */
};

/* Why nothing has come of what was asked; each has its sentence. */
enum letter_trouble {
    LETTER_TROUBLE_NONE,
    LETTER_TROUBLE_EMPTY,     /* nothing was entered */
    LETTER_TROUBLE_DIFFERENT, /* the second time was not like the first */
    LETTER_TROUBLE_OTHER,     /* this passphrase does not open them */
    LETTER_TROUBLE_THERE,     /* there is a file of that name */
    LETTER_TROUBLE_RECORDING, /* a recording keeps nothing */
    LETTER_TROUBLE_IMPOSSIBLE /* a notice says what */
};

/* What the session knows of the letter. */
struct letter_state {
    uint8_t row; /* the marked row of the state's list */
    enum letter_fate fate;
    enum letter_way way;
    enum letter_purpose purpose;
    enum letter_journal journal;
    enum letter_trouble trouble;
    bool memory_refused;
    bool busy;
    bool waits_to_fold; /* it was to be folded away before it was known whether it can be */
    bool open;          /* a letter is open; it stays so when the technique is left */
    bool written;       /* it has a word on its page */
    uint8_t opening;    /* which opening line its page begins with */
    int32_t leaves_ms;  /* how long its lines take to leave */
    int32_t letters;    /* in the list */
    int32_t letter;     /* the marked one; `letters`: another passphrase */
    time_ns began;      /* technique time: the bell counts from here */
};

/* The keeper's news change what is known. */
void letter_hear(struct letter_state *letter, enum letter_news news, int32_t value);

/* What of the letter is on the page now. */
enum letter_shown {
    LETTER_SHOWS_NOTHING,
    LETTER_SHOWS_ENTRY,   /* the one line that is asked for, */
    LETTER_SHOWS_SECRET,  /* or a passphrase: only that something is there */
    LETTER_SHOWS_TEXT,    /* the letter */
    LETTER_SHOWS_LEAVING, /* its lines, as they leave */
    LETTER_SHOWS_LIST     /* the folded letters' dates */
};

/* The faint line that an empty page begins with, a message id. */
const char *letter_opening(const struct letter_state *letter);

/* How fast the lines leave.  They stand on pages of `rows` places each, one page under the other:
 * where a line has gone, that of the page below comes.  The first `above` places are empty. */
struct letter_pace {
    size_t places, rows, above;
    time_ns every; /* from one line to the next */
};

/* However long a letter is, it leaves within this. */
#define LETTER_LEAVES_NS_MAX SECONDS(75)

/* How many places can be seen leaving within so much time: whole pages, one at least.  Of a letter
 * that needs more, some pages go unseen. */
size_t letter_places_max(size_t rows, time_ns within);

/* Slow where there is time for it.  places <= letter_places_max(rows, within). */
struct letter_pace letter_pace(size_t places, size_t rows, size_t above, time_ns within);

time_ns letter_pace_ns(const struct letter_pace *pace);

/* The place that is seen in the row, `since` after the first line began to leave, or the one that
 * comes there next; `places` or more: none any more. */
size_t letter_pace_place(const struct letter_pace *pace, size_t row, time_ns since);

/* When the line there begins to leave. */
time_ns letter_pace_leaves(const struct letter_pace *pace, size_t place);

/* A line that comes, stands or leaves. */
struct letter_leaving {
    float alpha;    /* 0..1, changing by less than 1 a second */
    float rise_em;  /* up; below 0: down */
    float shift_em; /* to the right */
    float warmth;   /* 0: ink .. 1: accent */
};

/* still: without movement. */
struct letter_leaving letter_leaving(enum letter_way way, const struct letter_pace *pace,
                                     size_t place, time_ns since, bool still);

#endif
