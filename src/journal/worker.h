/* Worker: two queues and the thread that works through them (or, when synchronous, the caller).
 *
 * Jobs are the requests, in order.  Drafts are the texts that wait to be saved, at most one a
 * letter.  Drafts go first, so that whatever is asked after a save sees it.  A draft that cannot
 * be saved stays; it is tried again before every job, with every newer text, when somebody
 * flushes, and every second. */
#ifndef LACRIMA_JOURNAL_WORKER_H
#define LACRIMA_JOURNAL_WORKER_H

#include "letters.h"

#include <pthread.h>

struct secret {
    char *bytes; /* vault memory, or NULL */
    size_t length;
};

/* A request on its way there, and its answer on its way back. */
struct job {
    struct journal_answer answer;
    struct secret pass, fresh;
    char folder[FILES_PATH_BYTES];
    struct job *next;
};

struct draft {
    int64_t id;
    struct secret text;
    struct draft *next;
};

/* A line that waits to be said. */
struct line {
    struct error text;
    struct line *next;
};

struct journal {
    struct letters letters; /* the worker's own */
    char folder[FILES_PATH_BYTES];
    char vfs[64];

    /* The caller's own. */
    int64_t *open_ids; /* the letters begun or read, which may be saved */
    size_t open_count, open_room;
    bool locking; /* asked to lock, and not answered yet */

    /* Shared, under the mutex. */
    pthread_mutex_t mutex;
    pthread_cond_t work;  /* there is something to do */
    pthread_cond_t quiet; /* something has been done */
    pthread_t thread;
    bool started;
    bool stopping;
    bool busy;          /* something is being carried out */
    bool saving;        /* and it is a draft */
    bool draft_trouble; /* the drafts there are could not be saved when last tried */
    bool draft_try;     /* try them now all the same */
    struct error trouble;
    enum journal_state state;
    struct job *jobs, *answers;
    struct draft *drafts;
    struct line *lines;
};

bool worker_start(struct journal *journal, struct error *error);

/* Tries the drafts once more and ends; those that could not be saved are left, and so are jobs
 * that nobody has begun.  Then the caller frees what is left, and worker_finish() the rest. */
void worker_stop(struct journal *journal);
void worker_finish(struct journal *journal);

/* Hands over a job, or a draft (which replaces one of the same letter). */
void worker_ask(struct journal *journal, struct job *job);
void worker_save(struct journal *journal, struct draft *draft);

/* Waits until there is nothing to do that can be done. */
void worker_flush(struct journal *journal);

void draft_free(struct draft *draft);
void job_free(struct job *job);

#endif
