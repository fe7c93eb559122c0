/* When a letter is saved: half a second after a change, again until it works, and at the end. */
#include "letter_inner.h"

#include <libintl.h>

/* What could not be saved is tried again so often. */
#define AGAIN_NS SECONDS(2)

static void failed(struct letter *letter, const struct error *error, time_ns now)
{
    letter->dirty = true;
    letter->due = now + AGAIN_NS;
    letter->handed = TIME_NEVER;
    /* Once said, it is tried again in silence until it works. */
    if (!letter->save_failed) {
        struct error line;
        (void)error_set(&line,
                        gettext("%s; what you write is kept here meanwhile and saved as soon as "
                                "it can be"),
                        error->text);
        letter_say(letter, line.text);
    }
    letter->save_failed = true;
}

static void on_disk(struct letter *letter, time_ns now)
{
    if (letter->save_failed)
        letter_say(letter, gettext("What you wrote is saved now."));
    letter->save_failed = false;
    if (letter->params.kept != NULL)
        letter->params.kept(letter->params.kept_user, now, letter->handed);
    letter->handed = TIME_NEVER;
}

/* What has come of the text that went to the file. */
static void hear_file(struct letter *letter, bool wait, time_ns now)
{
    struct error error = {{0}};
    switch (letter_file_end(letter, wait, &error)) {
    case LETTER_FILED_NOTHING:
    case LETTER_FILED_NOT_YET:
        break;
    case LETTER_FILED:
        on_disk(letter, now);
        break;
    case LETTER_FILED_NOT:
        failed(letter, &error, now);
        break;
    }
}

/* The journal itself says what it cannot save, and tries again. */
static void hear_journal(struct letter *letter, time_ns now)
{
    if (letter->handed != TIME_NEVER && journal_saved(letter->journal))
        on_disk(letter, now);
}

static void hear(struct letter *letter, time_ns now)
{
    if (letter->fate == LETTER_FILE)
        hear_file(letter, false, now);
    else if (letter->fate == LETTER_FOLD)
        hear_journal(letter, now);
}

/* Gives the text to whoever brings it to the disk. */
static void hand_over(struct letter *letter, time_ns now)
{
    size_t length = 0;
    struct error error = {{0}};
    const char *text = editor_text(letter->text, &length);
    bool fine = letter->fate == LETTER_FILE
                    ? letter_file_begin(letter, text, length, &error)
                    : journal_save(letter->journal, letter->id, text, length, &error);
    if (!fine) {
        failed(letter, &error, now);
        return;
    }
    letter->dirty = false;
    letter->handed = now;
}

static bool is_kept(const struct letter *letter)
{
    return letter->open && letter->fate != LETTER_LET_GO && letter->text != NULL;
}

void letter_save_poll(struct letter *letter, time_ns now)
{
    if (!is_kept(letter))
        return;
    hear(letter, now);
    if (letter->dirty && now >= letter->due)
        (void)letter_save(letter, false, now);
}

/* Waits for the disk.  What is said next is that the letter is kept, so it has to be true. */
static bool flush(struct letter *letter, time_ns now)
{
    struct error error = {{0}};
    if (letter->fate == LETTER_FILE) {
        hear_file(letter, true, now);
        return !letter->dirty;
    }
    if (!journal_saved(letter->journal) && !journal_flush(letter->journal, &error)) {
        letter_say(letter, error.text);
        return false;
    }
    hear_journal(letter, now);
    return !letter->dirty;
}

bool letter_save(struct letter *letter, bool at_end, time_ns now)
{
    if (!is_kept(letter))
        return true;
    /* Two texts of one file must not overtake each other. */
    if (at_end)
        hear_file(letter, true, now);
    if (letter->dirty && letter->filing == NULL)
        hand_over(letter, now);
    return !at_end || flush(letter, now);
}

void letter_end(struct letter *letter, time_ns at)
{
    if (!letter->open)
        return;
    letter->save_failed = false; /* whoever ends it is told once more */
    if (!letter_save(letter, true, at)) {
        letter_news(letter, LETTER_NEWS_TROUBLE, LETTER_TROUBLE_IMPOSSIBLE);
        return;
    }
    letter_file_drop(&letter->file);
    letter->open = false;
    letter->dirty = false;
    letter_news(letter, LETTER_NEWS_OPEN, 0);
    letter_forget(letter);
}
