/* The caller's side: what is asked is packed up and handed to the worker. */
#include "worker.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 16

bool journal_create(struct journal **journal, const struct journal_params *params,
                    struct error *error)
{
    check(params->folder != NULL);
    *journal = NULL;
    if (!vault_start())
        return error_set(error, gettext("The system gives no random numbers."));
    struct journal *made = calloc(1, sizeof *made);
    if (made == NULL)
        return error_set(error, gettext("There is not enough memory."));
    struct journal_params own = *params;
    bool fits = text_copy(made->folder, sizeof made->folder, params->folder) &&
                text_copy(made->vfs, sizeof made->vfs, params->vfs);
    own.folder = made->folder;
    own.vfs = params->vfs != NULL ? made->vfs : NULL;
    letters_init(&made->letters, &own);
    if (!fits) {
        free(made);
        return error_set(error, gettext("%s: the path is too long"), params->folder);
    }
    if (!worker_start(made, error)) {
        worker_finish(made);
        free(made);
        return false;
    }
    *journal = made;
    return true;
}

enum journal_state journal_state(const struct journal *journal)
{
    /* The mutex is no part of what the caller sees. */
    struct journal *shared = (struct journal *)journal;
    (void)pthread_mutex_lock(&shared->mutex);
    enum journal_state state = shared->state;
    (void)pthread_mutex_unlock(&shared->mutex);
    return state;
}

bool journal_saved(const struct journal *journal)
{
    struct journal *shared = (struct journal *)journal;
    (void)pthread_mutex_lock(&shared->mutex);
    bool saved = shared->drafts == NULL && !shared->saving;
    (void)pthread_mutex_unlock(&shared->mutex);
    return saved;
}

static void say_lines(struct journal *journal)
{
    (void)pthread_mutex_lock(&journal->mutex);
    struct line *lines = journal->lines;
    journal->lines = NULL;
    (void)pthread_mutex_unlock(&journal->mutex);
    while (lines != NULL) {
        struct line *line = lines;
        lines = line->next;
        if (journal->letters.params.say != NULL)
            journal->letters.params.say(journal->letters.params.say_user, line->text.text);
        free(line);
    }
}

static void say_lines_now(struct journal *journal)
{
    if (!journal->started)
        say_lines(journal);
}

/* A copy in locked memory; one of no bytes is none.  A passphrase that is too long is not copied:
 * its length alone says no. */
static bool keep_secret(struct secret *secret, const char *bytes, size_t length, size_t max)
{
    secret->length = length;
    if (length == 0 || length > max)
        return true;
    secret->bytes = vault_alloc(length);
    if (secret->bytes == NULL)
        return false;
    memcpy(secret->bytes, bytes, length);
    return true;
}

static struct job *job_new(enum journal_request to, int64_t id)
{
    struct job *job = calloc(1, sizeof *job);
    check(job != NULL);
    job->answer.to = to;
    job->answer.id = id;
    return job;
}

static void ask(struct journal *journal, struct job *job)
{
    worker_ask(journal, job);
    say_lines_now(journal);
}

static void ask_with(struct journal *journal, enum journal_request to, const char *pass,
                     size_t length, const char *fresh, size_t fresh_length)
{
    struct job *job = job_new(to, 0);
    /* Without memory the passphrase counts as none, which opens nothing and says so. */
    if (!keep_secret(&job->pass, pass, length, JOURNAL_PASSPHRASE_BYTES_MAX))
        job->pass.length = 0;
    if (!keep_secret(&job->fresh, fresh, fresh_length, JOURNAL_PASSPHRASE_BYTES_MAX))
        job->fresh.length = 0;
    ask(journal, job);
}

void journal_open(struct journal *journal)
{
    ask(journal, job_new(JOURNAL_OPEN, 0));
}

void journal_begin(struct journal *journal, const char *passphrase, size_t length)
{
    ask_with(journal, JOURNAL_BEGIN, passphrase, length, NULL, 0);
}

void journal_unlock(struct journal *journal, const char *passphrase, size_t length)
{
    ask_with(journal, JOURNAL_UNLOCK, passphrase, length, NULL, 0);
}

void journal_change(struct journal *journal, const char *old, size_t old_length, const char *fresh,
                    size_t fresh_length)
{
    ask_with(journal, JOURNAL_CHANGE, old, old_length, fresh, fresh_length);
}

void journal_lock(struct journal *journal)
{
    journal->locking = true;
    ask(journal, job_new(JOURNAL_LOCK, 0));
}

void journal_list(struct journal *journal)
{
    ask(journal, job_new(JOURNAL_LIST, 0));
}

void journal_read(struct journal *journal, int64_t id)
{
    ask(journal, job_new(JOURNAL_READ, id));
}

void journal_restore(struct journal *journal)
{
    ask(journal, job_new(JOURNAL_RESTORE, 0));
}

void journal_export(struct journal *journal, const char *folder)
{
    struct job *job = job_new(JOURNAL_EXPORT, 0);
    /* Half a path is another folder: none at all, and that is said. */
    if (!text_copy(job->folder, sizeof job->folder, folder))
        job->folder[0] = '\0';
    ask(journal, job);
}

static size_t find_open(const struct journal *journal, int64_t id)
{
    size_t i = 0;
    while (i < journal->open_count && journal->open_ids[i] != id)
        i++;
    return i;
}

static void add_open(struct journal *journal, int64_t id)
{
    if (find_open(journal, id) < journal->open_count)
        return;
    if (journal->open_count == journal->open_room) {
        size_t room = journal->open_room > 0 ? 2 * journal->open_room : FIRST_ROOM;
        int64_t *larger = realloc(journal->open_ids, room * sizeof *larger);
        check(larger != NULL);
        journal->open_ids = larger;
        journal->open_room = room;
    }
    journal->open_ids[journal->open_count++] = id;
}

void journal_remove(struct journal *journal, int64_t id)
{
    size_t i = find_open(journal, id);
    if (i < journal->open_count)
        journal->open_ids[i] = journal->open_ids[--journal->open_count];
    ask(journal, job_new(JOURNAL_REMOVE, id));
}

int64_t journal_new(struct journal *journal)
{
    int64_t id = vault_id_new();
    add_open(journal, id);
    return id;
}

bool journal_save(struct journal *journal, int64_t id, const char *text, size_t length,
                  struct error *error)
{
    if (length > JOURNAL_TEXT_BYTES_MAX)
        return error_set(error, gettext("The letter is longer than can be kept."));
    if (journal->locking || journal_state(journal) != JOURNAL_UNLOCKED)
        return error_set(error, gettext("The letters are locked."));
    if (find_open(journal, id) == journal->open_count)
        return error_set(error, gettext("This letter has not been opened."));
    struct draft *draft = calloc(1, sizeof *draft);
    if (draft == NULL || !keep_secret(&draft->text, text, length, JOURNAL_TEXT_BYTES_MAX)) {
        draft_free(draft);
        return error_set(error, gettext("There is not enough memory."));
    }
    draft->id = id;
    worker_save(journal, draft);
    say_lines_now(journal);
    return true;
}

/* What the caller's side has to know of an answer. */
static void note(struct journal *journal, const struct journal_answer *answer)
{
    if (answer->to == JOURNAL_READ && answer->result == JOURNAL_DONE)
        add_open(journal, answer->id);
    if (answer->to == JOURNAL_LOCK) {
        journal->locking = false;
        if (answer->result == JOURNAL_DONE)
            journal->open_count = 0;
    }
}

bool journal_poll(struct journal *journal, struct journal_answer *answer)
{
    (void)pthread_mutex_lock(&journal->mutex);
    struct job *job = journal->answers;
    if (job != NULL)
        journal->answers = job->next;
    (void)pthread_mutex_unlock(&journal->mutex);
    say_lines(journal);
    memset(answer, 0, sizeof *answer);
    if (job == NULL)
        return false;
    *answer = job->answer;
    job->answer.text = NULL;
    job->answer.letters = NULL;
    job_free(job);
    note(journal, answer);
    return true;
}

void journal_answer_finish(struct journal_answer *answer)
{
    vault_free(answer->text);
    free(answer->letters);
    answer->text = NULL;
    answer->letters = NULL;
}

bool journal_flush(struct journal *journal, struct error *error)
{
    worker_flush(journal);
    say_lines_now(journal);
    (void)pthread_mutex_lock(&journal->mutex);
    bool saved = journal->drafts == NULL;
    struct error trouble = journal->trouble;
    (void)pthread_mutex_unlock(&journal->mutex);
    return saved || error_set(error, "%s", trouble.text);
}

static void free_jobs(struct job *jobs)
{
    while (jobs != NULL) {
        struct job *job = jobs;
        jobs = job->next;
        job_free(job);
    }
}

void journal_destroy(struct journal **journal)
{
    if (journal == NULL || *journal == NULL)
        return;
    struct journal *ending = *journal;
    *journal = NULL;
    worker_stop(ending);
    say_lines(ending);
    if (ending->drafts != NULL && ending->letters.params.say != NULL)
        ending->letters.params.say(ending->letters.params.say_user,
                                   gettext("What was written last could not be saved."));
    while (ending->drafts != NULL) {
        struct draft *draft = ending->drafts;
        ending->drafts = draft->next;
        draft_free(draft);
    }
    free_jobs(ending->jobs);
    free_jobs(ending->answers);
    letters_finish(&ending->letters);
    worker_finish(ending);
    free(ending->open_ids);
    free(ending);
}
