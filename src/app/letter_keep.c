/* How a letter is kept: in the journal, or as a file. */
#include "letter_inner.h"

#include "lacrima/base/text.h"

#include <libintl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define NAMES_MAX 99

static void say(void *user, const char *line)
{
    letter_say(user, line);
}

/* What is about to be locked counts as locked, so that nothing new is begun under its key. */
static enum letter_journal journal_known(const struct letter *letter)
{
    if (letter->params.recording)
        return LETTER_JOURNAL_RECORDING;
    if (letter->journal == NULL)
        return letter->params.folder == NULL ? LETTER_JOURNAL_NOWHERE : LETTER_JOURNAL_REFUSED;
    switch (journal_state(letter->journal)) {
    case JOURNAL_UNSEEN:
        break;
    case JOURNAL_NONE:
        return LETTER_JOURNAL_NONE;
    case JOURNAL_LOCKED:
        return LETTER_JOURNAL_LOCKED;
    case JOURNAL_UNLOCKED:
        return letter->locking ? LETTER_JOURNAL_LOCKED : LETTER_JOURNAL_UNLOCKED;
    case JOURNAL_REFUSED:
        return LETTER_JOURNAL_REFUSED;
    }
    return LETTER_JOURNAL_UNSEEN;
}

bool letter_journal(struct letter *letter)
{
    struct error error;
    if (letter->journal != NULL || letter->params.folder == NULL)
        return letter->journal != NULL;
    const struct journal_params params = {
        .folder = letter->params.folder,
        .say = say,
        .say_user = letter,
        .wake = letter->params.wake,
        .wake_user = letter->params.wake_user,
    };
    if (!journal_create(&letter->journal, &params, &error))
        letter_say(letter, error.text);
    return letter->journal != NULL;
}

void letter_look(struct letter *letter)
{
    if (!letter_memory(letter)) {
        letter_say(letter, gettext("There is not enough memory for a letter now."));
        return;
    }
    letter_news(letter, LETTER_NEWS_UNLOCKED, letter->unlocked);
    if (letter_journal(letter) && (journal_state(letter->journal) == JOURNAL_UNSEEN ||
                                   journal_state(letter->journal) == JOURNAL_REFUSED))
        journal_open(letter->journal);
    letter_news(letter, LETTER_NEWS_JOURNAL, (int32_t)journal_known(letter));
}

static void answer(struct letter *letter, const struct journal_answer *given)
{
    letter->awaits = false;
    if (given->result == JOURNAL_DONE)
        letter_news(letter, LETTER_NEWS_DONE, 0);
    else
        letter_news(letter, LETTER_NEWS_TROUBLE,
                    given->result == JOURNAL_OTHER_PASSPHRASE ? LETTER_TROUBLE_OTHER
                                                              : LETTER_TROUBLE_IMPOSSIBLE);
    if (letter->entry != NULL)
        editor_clear(letter->entry);
}

static void open_read(struct letter *letter, const struct journal_answer *given)
{
    if (given->result == JOURNAL_DONE && letter_memory(letter) &&
        editor_load(letter->text, given->text, given->length) == EDITOR_DONE) {
        (void)editor_take_change(letter->text);
        editor_move(letter->text, EDITOR_TEXT_START, false);
        letter->id = given->id;
        letter->fate = LETTER_FOLD;
        letter->open = true;
        letter->dirty = false;
        letter->top = 0;
        letter->aside = 0;
        letter_rows_forget(letter);
        letter->follow = true;
        letter->written = given->length > 0;
        letter_news(letter, LETTER_NEWS_OPEN, 1);
        letter_news(letter, LETTER_NEWS_WRITTEN, letter->written);
    }
    answer(letter, given);
}

static bool is_awaited(const struct letter *letter, enum journal_request request)
{
    if (!letter->awaits)
        return false;
    switch (request) {
    case JOURNAL_BEGIN:
    case JOURNAL_CHANGE:
        return letter->asked == LETTER_ASK_AGAIN;
    case JOURNAL_UNLOCK:
        return letter->asked == LETTER_ASK_OLD;
    case JOURNAL_LIST:
        return letter->asked == LETTER_ASK_LIST;
    case JOURNAL_READ:
        return letter->asked == LETTER_ASK_READ;
    case JOURNAL_REMOVE:
        return letter->asked == LETTER_ASK_REMOVE;
    case JOURNAL_OPEN:
    case JOURNAL_LOCK:
    case JOURNAL_EXPORT:
    case JOURNAL_RESTORE:
        break;
    }
    return false;
}

static void take(struct letter *letter, const struct journal_answer *given)
{
    letter->locking = letter->locking && given->to != JOURNAL_LOCK;
    if (given->line[0] != '\0' && given->result != JOURNAL_OTHER_PASSPHRASE)
        letter_say(letter, given->line);
    letter_news(letter, LETTER_NEWS_JOURNAL, (int32_t)journal_known(letter));
    if (!is_awaited(letter, given->to))
        return;
    if (given->to == JOURNAL_READ) {
        open_read(letter, given);
    } else if (given->to == JOURNAL_LIST && given->result == JOURNAL_DONE) {
        letter->awaits = false;
        letter_list(letter, given);
    } else {
        answer(letter, given);
    }
}

/* A passphrase that is still being tried, or a letter that is still being read, is waited for: the
 * next screen asks again. */
void letter_lock(struct letter *letter)
{
    if (letter->journal == NULL || letter->open || letter->awaits || letter->locking ||
        journal_state(letter->journal) != JOURNAL_UNLOCKED)
        return;
    letter->locking = true;
    journal_lock(letter->journal);
    letter_news(letter, LETTER_NEWS_JOURNAL, (int32_t)journal_known(letter));
}

void letter_journal_poll(struct letter *letter)
{
    struct journal_answer given;
    while (letter->journal != NULL && letter->news_count + 4 < LETTER_NEWS_MAX &&
           journal_poll(letter->journal, &given)) {
        take(letter, &given);
        journal_answer_finish(&given);
    }
}

/* The dates of the letters as this person's locale writes them. */
void letter_list(struct letter *letter, const struct journal_answer *given)
{
    size_t count = given->count;
    letter->letter_count = 0;
    free(letter->ids);
    free(letter->dates);
    letter->ids = calloc(count + 1, sizeof *letter->ids);
    letter->dates = calloc(count + 1, sizeof *letter->dates);
    if (letter->ids == NULL || letter->dates == NULL)
        return;
    for (size_t i = 0; i < count; i++) {
        time_t created = (time_t)given->letters[i].created;
        struct tm when;
        char date[LETTER_DATE_BYTES - LETTER_MARK_BYTES];
        letter->ids[i] = given->letters[i].id;
        if (!given->letters[i].readable || localtime_r(&created, &when) == NULL ||
            strftime(date, sizeof date, gettext("%A, %e %B %Y, %H:%M"), &when) == 0)
            (void)text_copy(date, sizeof date, gettext("A letter that cannot be read"));
        (void)snprintf(letter->dates[i], LETTER_DATE_BYTES, LETTER_MARK "%s", date);
    }
    (void)snprintf(letter->dates[count], LETTER_DATE_BYTES, LETTER_MARK "%s",
                   gettext("Another passphrase for all of them"));
    letter->letter_count = count;
    letter->seen = 0;
    letter_news(letter, LETTER_NEWS_LETTERS, (int32_t)count);
}

/* A name that is free, to begin with. */
void letter_place(struct letter *letter)
{
    char path[CONFIG_PATH_BYTES];
    char date[16] = "";
    const char *home = getenv("HOME");
    time_t now = time(NULL);
    struct tm when;
    struct stat there;
    /* A recording is the same on every day. */
    if (letter->entry == NULL || home == NULL || letter->params.recording)
        return;
    if (localtime_r(&now, &when) != NULL)
        (void)strftime(date, sizeof date, "%Y-%m-%d", &when);
    for (int i = 1; i <= NAMES_MAX; i++) {
        char more[8] = "";
        if (i > 1)
            (void)snprintf(more, sizeof more, "-%d", i);
        if (snprintf(path, sizeof path, "%s/%s-%s%s.txt", home, gettext("letter"), date, more) >=
            (int)sizeof path)
            return;
        if (lstat(path, &there) != 0)
            break;
    }
    (void)editor_load(letter->entry, path, strlen(path));
}

static void keep_secret(struct letter_secret *secret, const char *text, size_t length)
{
    sodium_memzero(secret, sizeof *secret);
    memcpy(secret->bytes, text, length);
    secret->length = length;
}

static void ask_journal(struct letter *letter, const char *text, size_t length, bool changes)
{
    const struct letter_secret *first = &letter->locked->first;
    const struct letter_secret *old = &letter->locked->old;
    letter->awaits = true;
    letter_news(letter, LETTER_NEWS_BUSY, 0);
    if (letter->asked == LETTER_ASK_OLD)
        journal_unlock(letter->journal, text, length);
    else if (changes)
        journal_change(letter->journal, old->bytes, old->length, first->bytes, first->length);
    else
        journal_begin(letter->journal, first->bytes, first->length);
    sodium_memzero(&letter->locked->first, sizeof letter->locked->first);
    sodium_memzero(&letter->locked->old, sizeof letter->locked->old);
}

static void commit_passphrase(struct letter *letter, const char *text, size_t length)
{
    struct letter_locked *locked = letter->locked;
    bool changes = letter->params.session->visit.letter.purpose == LETTER_TO_CHANGE;
    if (length == 0) {
        letter_news(letter, LETTER_NEWS_TROUBLE, LETTER_TROUBLE_EMPTY);
    } else if (letter->asked == LETTER_ASK_NEW) {
        keep_secret(&locked->first, text, length);
        letter_news(letter, LETTER_NEWS_DONE, 0);
    } else if (letter->asked == LETTER_ASK_OLD && changes) {
        keep_secret(&locked->old, text, length);
        letter_news(letter, LETTER_NEWS_DONE, 0);
    } else if (letter->asked == LETTER_ASK_AGAIN &&
               (length != locked->first.length ||
                sodium_memcmp(text, locked->first.bytes, length) != 0)) {
        letter_news(letter, LETTER_NEWS_TROUBLE, LETTER_TROUBLE_DIFFERENT);
    } else {
        ask_journal(letter, text, length, changes);
    }
}

void letter_commit(struct letter *letter)
{
    size_t length = 0;
    const char *text = editor_text(letter->entry, &length);
    if (letter->awaits)
        return;
    if (letter->asked == LETTER_ASK_PLACE) {
        enum letter_trouble trouble = letter->params.recording
                                          ? LETTER_TROUBLE_RECORDING
                                          : letter_file_claim(letter, text, length);
        letter_news(letter, trouble == LETTER_TROUBLE_NONE ? LETTER_NEWS_DONE : LETTER_NEWS_TROUBLE,
                    trouble);
        return;
    }
    commit_passphrase(letter, text, length);
    editor_clear(letter->entry);
}
