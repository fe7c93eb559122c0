/* What the letter's files share. */
#ifndef LACRIMA_APP_LETTER_INNER_H
#define LACRIMA_APP_LETTER_INNER_H

#include "halves.h"
#include "letter.h"
#include "turn.h"

#include "lacrima/config.h"
#include "lacrima/editor.h"

#include <sys/resource.h>
#include <sys/types.h>

#define LETTER_NEWS_MAX 16
/* Of a page whose lines come in several frames; of letters a full one has 2000. */
#define LETTER_HELD_BYTES 16384
/* A line that is being composed, with what follows it on the page. */
#define LETTER_SCRATCH_BYTES 16384
#define LETTER_DATE_BYTES    96
/* What stands before each date, and is seen before the marked one, out in the margin. */
#define LETTER_MARK       "\xE2\x80\x93 "
#define LETTER_MARK_BYTES (sizeof LETTER_MARK - 1)
#define LETTER_MARK_EM    0.76F
#define LETTER_DATES_MAX  PAGE_LINES_MAX
/* Above this many nothing is said of how many letters of a passphrase there are. */
#define LETTER_DOTS_MAX 48
#define LETTER_ABOVE    2 /* the opening line, and an empty one */
/* letter_places_max() of a page that is full, and no less. */
#define LETTER_PLACES_MAX (16 * PAGE_LINES_MAX)

struct letter_secret {
    char bytes[JOURNAL_PASSPHRASE_BYTES_MAX];
    size_t length;
};

/* In locked memory beside the text. */
struct letter_locked {
    struct letter_secret first, old;
    char composed[PLATFORM_TEXT_BYTES];
    char scratch[LETTER_SCRATCH_BYTES];
    char held[LETTER_HELD_BYTES];
};

/* The lines on the page, by their places in the text. */
struct letter_lines {
    size_t count;
    size_t above; /* so many before the first are none of the text */
    size_t from[PAGE_LINES_MAX], to[PAGE_LINES_MAX];
};

/* The lines that leave, in the order they do; of a letter that is too long for that, of pages here
 * and there, from the first to the last. */
struct letter_plan {
    /* How far it is laid out: a letter that is too long to be seen whole is begun again. */
    enum letter_planning { LETTER_PLANNED, LETTER_PLANS_WHOLE, LETTER_PLANS_PAGES } step;
    size_t from, at;                /* what is planned begins, the next line begins */
    size_t page, pages, page_bytes; /* the one that is filled; how many; what is on the first */
    size_t first;                   /* place of the page that is filled */
    time_ns within;
    struct letter_pace pace;
    time_ns began;             /* when its first line leaves, as `since` counts */
    time_ns since;             /* as far as it was seen */
    time_ns seen[PAGE_HALVES]; /* and as which the upper and the lower half of the rows were */
    bool stale;                /* the field has another size now */
    struct letter_place {
        uint32_t from, length;
        enum page_direction direction;
    } places[LETTER_PLACES_MAX];
};

/* The paragraph that was looked for last, while the text and the cursor stay as they were. */
struct letter_near {
    bool known, right;
    uint64_t version;
    size_t from, to;
};

/* Of so many parts of the letter it is known where rows begin, */
#define LETTER_ROWS_APART 3
/* and of so many in each. */
#define LETTER_ROWS_KNOWN ((size_t)512)

/* Where rows begin that follow one another in one paragraph; a count of 0: nothing is known. */
struct letter_rows {
    size_t count;
    uint32_t starts[LETTER_ROWS_KNOWN];
};

/* When the page changed last, as it was seen, and which way: 1: something came, -1: it went, 0:
 * both. */
struct letter_turned {
    time_ns at;
    int way;
};

/* What the page was when it was drawn last. */
struct letter_calm {
    bool drawn;
    float alpha, half_alpha[PAGE_HALVES];
    uint64_t version;
    size_t inserted, removed; /* bytes of the text, since */
    size_t top, cursor;
    struct editor_range chosen;
    struct letter_turned any, much;
};

/* A drag that is beyond the page. */
struct letter_drag {
    int lines; /* with each step; below 0: up, 0: it is not */
    int x_px, y_px;
    time_ns due;
};

struct letter_file {
    char path[CONFIG_PATH_BYTES]; /* "": none */
    dev_t device;
    ino_t node;
    bool swept; /* its folder, of what a kill may have left there */
};

struct letter {
    struct letter_params params;
    void *text_memory, *entry_memory; /* owned, locked; NULL: no letter is open */
    struct letter_locked *locked;
    struct editor *text, *entry;
    bool unlocked; /* the system refused to lock them */
    struct rlimit core_before;
    int dumpable_before;

    bool open;
    bool written;
    enum letter_fate fate;
    enum letter_ask asked;   /* what the answers belong to */
    bool awaits;             /* the journal has not answered yet */
    bool locking;            /* it was asked to forget its key, and has not answered yet */
    struct journal *journal; /* owned; NULL before anything is kept */
    int64_t id;
    struct letter_file file;
    struct letter_filing *filing; /* owned; a text on its way into that file, or NULL */
    bool dirty, save_failed;
    time_ns due;    /* when it is to be saved */
    time_ns handed; /* what was typed up to then is on its way to the disk; TIME_NEVER: nothing */

    size_t letter_count;
    int64_t *ids; /* owned; of the folded letters */
    char (*dates)[LETTER_DATE_BYTES];

    struct render_room room;
    size_t top;   /* where the page begins */
    size_t aside; /* what is before was set aside */
    bool follow;  /* the page follows the cursor */
    int goal_x;   /* where Up and Down go, px; -1: where the cursor is */
    size_t composed, composed_to;
    bool commits; /* something was composed: the text that comes next is what became of it */
    uint64_t composed_version;
    struct letter_near near;
    struct letter_rows rows[LETTER_ROWS_APART]; /* the first one was asked for last */
    struct letter_lines lines;
    struct letter_plan plan;
    size_t lines_a_frame; /* letter_budget() */
    struct letter_calm calm;
    struct letter_drag drag;
    /* The text, or the lines that leave: what the page shows, and what it showed before. */
    enum letter_shown front, behind;
    time_ns behind_since; /* how far the lines that were taken back had left */
    struct turn turn;
    float visible;           /* as it was seen last */
    enum letter_shown shown; /* by the page */
    struct halves halves;    /* of a page that comes or leaves, or whose lines leave */
    struct page page;
    struct page held; /* what is being drawn, in several frames; of version 0: nothing is */
    bool entry_shown; /* the page holds a line that was asked for */
    uint64_t seen;    /* what the page was made of */
    uint64_t version;

    size_t news_count;
    struct {
        enum letter_news news;
        int32_t value;
    } news[LETTER_NEWS_MAX];
};

void letter_news(struct letter *letter, enum letter_news news, int32_t value);
void letter_say(struct letter *letter, const char *line);
/* The page as what is asked of it now would find it: several keys may come between two frames. */
void letter_settle(struct letter *letter);

/* letter_memory.c: locked memory for a letter; false without any.  Forget wipes and frees all. */
bool letter_memory(struct letter *letter);
void letter_forget(struct letter *letter);

/* letter_keep.c */
bool letter_journal(struct letter *letter);
void letter_journal_poll(struct letter *letter);
void letter_look(struct letter *letter);
/* Enter in a line that was asked for. */
void letter_commit(struct letter *letter);
void letter_place(struct letter *letter);
void letter_list(struct letter *letter, const struct journal_answer *answer);

/* letter_save.c: what has become of a text that was handed over, and what is due to be. */
void letter_save_poll(struct letter *letter, time_ns now);
/* At the end it waits for the disk and says whether all of it is there. */
bool letter_save(struct letter *letter, bool at_end, time_ns now);
void letter_end(struct letter *letter, time_ns at);

/* letter_file.c: a new file for the letter, and its text into it. */
enum letter_trouble letter_file_claim(struct letter *letter, const char *path, size_t length);
/* The text, copied, is on its way; none may be already.  False: it could not be copied. */
bool letter_file_begin(struct letter *letter, const char *text, size_t length, struct error *error);
enum letter_filed {
    LETTER_FILED_NOTHING, /* there was nothing on its way */
    LETTER_FILED_NOT_YET,
    LETTER_FILED,
    LETTER_FILED_NOT /* the error says why */
};
enum letter_filed letter_file_end(struct letter *letter, bool wait, struct error *error);
/* One in which nothing was ever written is taken away again. */
void letter_file_drop(struct letter_file *file);

/* letter_rows.c: the paragraph around a place, without its line break, and which way it runs. */
struct editor_range letter_paragraph(struct letter *letter, size_t at);
enum page_direction letter_direction(struct letter *letter, size_t at);
/* Where the line begins that follows one which ends at `end`: there, or behind a line break. */
size_t letter_after(const struct letter *letter, size_t end);
/* The line that ends there goes on in the next one: no line break is between them. */
bool letter_goes_on(const struct letter *letter, size_t end);
/* Where the line begins that `at` is in, where the one from `start` ends, and where the next one or
 * the one before begins. */
size_t letter_line_of(struct letter *letter, size_t at);
size_t letter_line_end(struct letter *letter, size_t start);
size_t letter_line_step(struct letter *letter, size_t start, int step);
/* The end of the line from `start`, for one who goes on to others and will not come back. */
size_t letter_row_end(struct letter *letter, size_t start);
void letter_rows_changed(struct letter *letter, const struct editor_change *change);
void letter_rows_forget(struct letter *letter);

/* letter_layout.c */
enum letter_shown letter_shows(const struct letter *letter);
/* What has become of the text since the last time. */
void letter_changed(struct letter *letter, time_ns at);
void letter_lay_out(struct letter *letter, struct page *page);
/* A place in the text, after a change of it. */
void letter_change_place(size_t *place, const struct editor_change *change);
bool letter_has_opening(const struct letter *letter);
/* A place in the text; behind: at the end of a line that goes on, and not where the next begins. */
struct letter_spot {
    size_t at;
    bool behind;
};

/* Where the line begins that the cursor is seen in. */
size_t letter_line_at_cursor(struct letter *letter);
/* The end of the line from `start`, and the place in it nearest to x. */
struct letter_spot letter_end_of(struct letter *letter, size_t start);
struct letter_spot letter_at_x(struct letter *letter, size_t start, int x_px);
int letter_cursor_x(struct letter *letter);
/* The place in the text that a point of the page means. */
bool letter_place_at(struct letter *letter, int x_px, int y_px, bool extend,
                     struct letter_spot *spot);
void letter_stand(struct letter *letter, struct letter_spot spot, bool extend);

/* letter_entry.c: the line that is asked for; of a passphrase (secret) no word. */
void letter_show_entry(struct letter *letter, bool secret, struct page *page);

/* letter_held.c: whether what is being drawn is still to be shown, as visible as it was. */
bool letter_holds(const struct letter *letter, float alpha);
void letter_hold(struct letter *letter);
void letter_hold_end(struct letter *letter);

/* letter_point.c: the page moves on under a drag that is beyond it. */
void letter_drag_poll(struct letter *letter, time_ns now);

/* letter_calm.c */
bool letter_is_page(const struct letter *letter);
void letter_calm_changed(struct letter *letter, const struct editor_change *change);

/* letter_leaving.c: all of the letter's lines, and how they look so long after the first began to
 * leave.  Says how long they take. */
void letter_plan(struct letter *letter);
/* Plans on, as far as a frame may; returns whether there is more to plan. */
bool letter_plan_on(struct letter *letter);
void letter_lay_leaving(struct letter *letter, time_ns since, struct page *page);
void letter_plan_changed(struct letter *letter, const struct editor_change *change);

#endif
