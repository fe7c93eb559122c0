#include "worker.h"

#include "lacrima/base/text.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RETRY_S 1

void draft_free(struct draft *draft)
{
    if (draft != NULL)
        vault_free(draft->text.bytes);
    free(draft);
}

void job_free(struct job *job)
{
    if (job == NULL)
        return;
    vault_free(job->pass.bytes);
    vault_free(job->fresh.bytes);
    journal_answer_finish(&job->answer);
    free(job);
}

static void add_job(struct job **list, struct job *job)
{
    while (*list != NULL)
        list = &(*list)->next;
    job->next = NULL;
    *list = job;
}

/* A line that cannot even be kept in memory is lost. */
static void add_line(struct journal *journal, const struct error *text)
{
    struct line **end = &journal->lines;
    struct line *line = calloc(1, sizeof *line);
    if (line == NULL)
        return;
    line->text = *text;
    while (*end != NULL)
        end = &(*end)->next;
    *end = line;
}

static void wake(struct journal *journal)
{
    if (journal->started && journal->letters.params.wake != NULL)
        journal->letters.params.wake(journal->letters.params.wake_user);
}

/* Said once, and again when the reason is another or after it had been well. */
static void say_trouble(struct journal *journal, const struct error *why)
{
    struct error line;
    if (journal->draft_trouble && text_equal(journal->trouble.text, why->text))
        return;
    journal->trouble = *why;
    (void)error_set(&line,
                    gettext("%s; what you write is kept here meanwhile and saved as soon as it "
                            "can be"),
                    why->text);
    add_line(journal, &line);
}

static bool has_draft(const struct journal *journal, int64_t id)
{
    for (const struct draft *draft = journal->drafts; draft != NULL; draft = draft->next) {
        if (draft->id == id)
            return true;
    }
    return false;
}

/* Tries each draft once.  The mutex is held, and let go while the disk works. */
static void save_drafts(struct journal *journal)
{
    struct draft *waiting = journal->drafts;
    struct draft *unsaved = NULL;
    struct error why = {.text = ""};
    journal->drafts = NULL;
    journal->draft_try = false;
    journal->busy = journal->saving = true;
    (void)pthread_mutex_unlock(&journal->mutex);
    while (waiting != NULL) {
        struct draft *draft = waiting;
        waiting = draft->next;
        if (letters_save(&journal->letters, draft->id, draft->text.bytes, draft->text.length,
                         &why)) {
            draft_free(draft);
        } else {
            draft->next = unsaved;
            unsaved = draft;
        }
    }
    (void)pthread_mutex_lock(&journal->mutex);
    journal->busy = journal->saving = false;
    if (unsaved != NULL) {
        say_trouble(journal, &why);
    } else if (journal->draft_trouble) {
        struct error line;
        (void)error_set(&line, "%s", gettext("What you wrote is saved now."));
        add_line(journal, &line);
    }
    journal->draft_trouble = unsaved != NULL;
    while (unsaved != NULL) {
        struct draft *draft = unsaved;
        unsaved = draft->next;
        /* A newer text of the same letter may have come meanwhile: it is the one to save. */
        if (has_draft(journal, draft->id)) {
            draft_free(draft);
        } else {
            draft->next = journal->drafts;
            journal->drafts = draft;
        }
    }
}

static void lock_letters(struct journal *journal, struct journal_answer *answer)
{
    answer->result = JOURNAL_DONE;
    if (journal->drafts == NULL)
        letters_lock(&journal->letters);
    else
        letters_impossible(answer, journal->trouble.text);
}

static void carry_out(struct journal *journal, struct job *job)
{
    struct letters *letters = &journal->letters;
    struct journal_answer *answer = &job->answer;
    switch (answer->to) {
    case JOURNAL_OPEN:
        letters_open(letters, answer);
        break;
    case JOURNAL_BEGIN:
        letters_begin(letters, job->pass.bytes, job->pass.length, answer);
        break;
    case JOURNAL_UNLOCK:
        letters_unlock(letters, job->pass.bytes, job->pass.length, answer);
        break;
    case JOURNAL_LOCK:
        lock_letters(journal, answer);
        break;
    case JOURNAL_CHANGE:
        letters_change(letters, job->pass.bytes, job->pass.length, job->fresh.bytes,
                       job->fresh.length, answer);
        break;
    case JOURNAL_LIST:
        letters_list(letters, answer);
        break;
    case JOURNAL_READ:
        letters_read(letters, answer->id, answer);
        break;
    case JOURNAL_REMOVE:
        letters_remove(letters, answer->id, answer);
        break;
    case JOURNAL_EXPORT:
        letters_export(letters, job->folder, answer);
        break;
    case JOURNAL_RESTORE:
        letters_restore(letters, answer);
        break;
    }
    answer->state = letters->state;
}

/* The text of a letter that is to be removed need not be saved first. */
static void drop_draft(struct journal *journal, int64_t id)
{
    for (struct draft **at = &journal->drafts; *at != NULL; at = &(*at)->next) {
        if ((*at)->id == id) {
            struct draft *draft = *at;
            *at = draft->next;
            draft_free(draft);
            return;
        }
    }
}

/* What an unlocked journal does once the person has their answer. */
static void tend(struct journal *journal)
{
    struct error line;
    (void)pthread_mutex_unlock(&journal->mutex);
    bool something = letters_tend(&journal->letters, &line);
    (void)pthread_mutex_lock(&journal->mutex);
    if (something)
        add_line(journal, &line);
}

static void run_job(struct journal *journal)
{
    struct job *job = journal->jobs;
    enum journal_request to = job->answer.to;
    journal->jobs = job->next;
    journal->busy = true;
    /* One that was being saved when the removal was asked for may have come back. */
    if (to == JOURNAL_REMOVE)
        drop_draft(journal, job->answer.id);
    (void)pthread_mutex_unlock(&journal->mutex);
    carry_out(journal, job);
    vault_free(job->pass.bytes);
    vault_free(job->fresh.bytes);
    job->pass.bytes = job->fresh.bytes = NULL;
    (void)pthread_mutex_lock(&journal->mutex);
    bool unlocked = to == JOURNAL_UNLOCK && job->answer.result == JOURNAL_DONE;
    journal->state = job->answer.state;
    add_job(&journal->answers, job);
    if (unlocked) {
        wake(journal);
        tend(journal);
    }
    journal->busy = false;
}

/* Does the next thing that can be done; false if there is none.  The mutex is held. */
static bool step(struct journal *journal)
{
    bool drafts_due = journal->drafts != NULL && (!journal->draft_trouble || journal->draft_try);
    if (drafts_due)
        save_drafts(journal);
    else if (journal->jobs != NULL && !journal->stopping)
        run_job(journal);
    else
        return false;
    (void)pthread_cond_broadcast(&journal->quiet);
    wake(journal);
    return true;
}

static void wait_for_work(struct journal *journal)
{
    struct timespec until;
    if (journal->drafts == NULL || clock_gettime(CLOCK_MONOTONIC, &until) != 0) {
        (void)pthread_cond_wait(&journal->work, &journal->mutex);
        return;
    }
    until.tv_sec += RETRY_S;
    if (pthread_cond_timedwait(&journal->work, &journal->mutex, &until) != 0)
        journal->draft_try = true;
}

static void *work(void *user)
{
    struct journal *journal = user;
    (void)pthread_mutex_lock(&journal->mutex);
    for (;;) {
        if (step(journal))
            continue;
        if (journal->stopping)
            break;
        wait_for_work(journal);
    }
    (void)pthread_mutex_unlock(&journal->mutex);
    return NULL;
}

bool worker_start(struct journal *journal, struct error *error)
{
    pthread_condattr_t monotonic;
    (void)pthread_mutex_init(&journal->mutex, NULL);
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&journal->work, &monotonic);
    (void)pthread_cond_init(&journal->quiet, NULL);
    (void)pthread_condattr_destroy(&monotonic);
    if (journal->letters.params.synchronous)
        return true;
    int rc = pthread_create(&journal->thread, NULL, work, journal);
    journal->started = rc == 0;
    return journal->started ||
           error_set(error, gettext("There is no thread to be had: %s"), strerror(rc));
}

void worker_stop(struct journal *journal)
{
    (void)pthread_mutex_lock(&journal->mutex);
    journal->stopping = true;
    journal->draft_try = true;
    (void)pthread_cond_signal(&journal->work);
    (void)pthread_mutex_unlock(&journal->mutex);
    if (journal->started)
        (void)pthread_join(journal->thread, NULL);
    journal->started = false;
    /* Without a thread, here. */
    (void)pthread_mutex_lock(&journal->mutex);
    while (step(journal))
        continue;
    (void)pthread_mutex_unlock(&journal->mutex);
}

void worker_finish(struct journal *journal)
{
    (void)pthread_cond_destroy(&journal->work);
    (void)pthread_cond_destroy(&journal->quiet);
    (void)pthread_mutex_destroy(&journal->mutex);
}

/* Lets the thread begin, or does its work here.  The mutex is held. */
static void begin(struct journal *journal)
{
    if (journal->started) {
        (void)pthread_cond_signal(&journal->work);
        return;
    }
    while (step(journal))
        continue;
}

void worker_ask(struct journal *journal, struct job *job)
{
    (void)pthread_mutex_lock(&journal->mutex);
    if (job->answer.to == JOURNAL_REMOVE)
        drop_draft(journal, job->answer.id);
    add_job(&journal->jobs, job);
    journal->draft_try = journal->drafts != NULL;
    begin(journal);
    (void)pthread_mutex_unlock(&journal->mutex);
}

void worker_save(struct journal *journal, struct draft *draft)
{
    (void)pthread_mutex_lock(&journal->mutex);
    drop_draft(journal, draft->id);
    draft->next = journal->drafts;
    journal->drafts = draft;
    journal->draft_try = true;
    begin(journal);
    (void)pthread_mutex_unlock(&journal->mutex);
}

void worker_flush(struct journal *journal)
{
    (void)pthread_mutex_lock(&journal->mutex);
    journal->draft_try = journal->drafts != NULL;
    begin(journal);
    while (journal->busy || journal->jobs != NULL ||
           (journal->drafts != NULL && (journal->draft_try || !journal->draft_trouble)))
        (void)pthread_cond_wait(&journal->quiet, &journal->mutex);
    (void)pthread_mutex_unlock(&journal->mutex);
}
