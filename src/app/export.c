#include "export.h"

#include "lacrima/base/text.h"
#include "lacrima/journal.h"
#include "paths.h"

#include <errno.h>
#include <libintl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#define FOLDER_BYTES 4096

/* What would leave the terminal without its echo if it ended the program while that is off. */
static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
#define ENDING_COUNT (sizeof ending / sizeof ending[0])

static volatile sig_atomic_t ended_by;

static void note(int number)
{
    ended_by = number;
}

static void say(void *user, const char *line)
{
    (void)user;
    (void)fprintf(stderr, "lacrima: %s\n", line);
}

/* Waits with this mask, so that a signal which came before is heard as well; false if one came. */
static bool await_input(const sigset_t *mask)
{
    fd_set input;
    FD_ZERO(&input);
    FD_SET(STDIN_FILENO, &input);
    while (pselect(STDIN_FILENO + 1, &input, NULL, NULL, NULL, mask) < 0) {
        if (errno != EINTR || ended_by != 0)
            return false;
        FD_SET(STDIN_FILENO, &input);
    }
    return true;
}

/* Reads a line without its end.  Byte by byte: no buffer of another library keeps a copy.  With a
 * mask, signals are blocked but for the waiting. */
static bool read_line(char *into, size_t size, size_t *length, const sigset_t *mask,
                      struct error *error)
{
    *length = 0;
    for (;;) {
        char byte = 0;
        ssize_t got = mask == NULL || await_input(mask) ? read(STDIN_FILENO, &byte, 1) : -1;
        if (got < 0 && errno == EINTR && ended_by == 0)
            continue;
        if (got < 0)
            return error_set(error, gettext("the passphrase could not be read: %s"),
                             strerror(errno));
        if (got == 0 || byte == '\n')
            break;
        if (*length == size)
            return error_set(error, gettext("a passphrase has at most %d bytes"), (int)size);
        into[(*length)++] = byte;
    }
    return *length > 0 || error_set(error, gettext("no passphrase was given"));
}

/* The same at a terminal: asked for, and not shown. */
static bool ask_line(char *into, size_t size, size_t *length, struct error *error)
{
    struct termios before;
    struct termios quiet;
    struct sigaction kept[ENDING_COUNT];
    struct sigaction noting = {.sa_handler = note};
    sigset_t blocked;
    sigset_t mask;
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return error_set(error, gettext("the passphrase could not be read: %s"), strerror(errno));
    (void)sigemptyset(&noting.sa_mask);
    (void)sigemptyset(&blocked);
    for (size_t i = 0; i < ENDING_COUNT; i++)
        (void)sigaddset(&blocked, ending[i]);
    (void)sigprocmask(SIG_BLOCK, &blocked, &mask);
    for (size_t i = 0; i < ENDING_COUNT; i++)
        (void)sigaction(ending[i], &noting, &kept[i]);
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    bool read = false;
    /* Hidden before it is asked for; what cannot be hidden is not asked for. */
    if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0) {
        (void)fputs(gettext("Passphrase of the letters: "), stderr);
        read = read_line(into, size, length, &mask, error);
        (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        (void)fputc('\n', stderr);
    } else {
        (void)error_set(error, gettext("the passphrase could not be read: %s"), strerror(errno));
    }
    for (size_t i = 0; i < ENDING_COUNT; i++)
        (void)sigaction(ending[i], &kept[i], NULL);
    (void)sigprocmask(SIG_SETMASK, &mask, NULL);
    if (ended_by != 0) {
        sodium_memzero(into, size);
        (void)raise(ended_by);
    }
    return read;
}

/* The answer to the only request that is under way; its line, if it has one, is said. */
static enum journal_result take(struct journal *journal, size_t *count)
{
    struct journal_answer answer;
    if (!journal_poll(journal, &answer))
        return JOURNAL_IMPOSSIBLE;
    if (answer.line[0] != '\0')
        say(NULL, answer.line);
    *count = answer.count;
    enum journal_result result = answer.result;
    journal_answer_finish(&answer);
    return result;
}

static bool unlock(struct journal *journal)
{
    struct error error;
    size_t length = 0;
    size_t count = 0;
    char *passphrase = sodium_init() >= 0 ? sodium_malloc(JOURNAL_PASSPHRASE_BYTES_MAX) : NULL;
    bool read = false;
    if (passphrase == NULL)
        (void)error_set(&error, gettext("out of memory"));
    else if (isatty(STDIN_FILENO))
        read = ask_line(passphrase, JOURNAL_PASSPHRASE_BYTES_MAX, &length, &error);
    else
        read = read_line(passphrase, JOURNAL_PASSPHRASE_BYTES_MAX, &length, NULL, &error);
    if (read)
        journal_unlock(journal, passphrase, length);
    else
        say(NULL, error.text);
    sodium_free(passphrase);
    return read && take(journal, &count) == JOURNAL_DONE;
}

static bool write_out(struct journal *journal, const char *from, const char *into)
{
    size_t count = 0;
    journal_open(journal);
    if (take(journal, &count) != JOURNAL_DONE)
        return false;
    if (journal_state(journal) == JOURNAL_NONE) {
        (void)fprintf(stderr, gettext("lacrima: there are no letters in %s\n"), from);
        return false;
    }
    if (!unlock(journal))
        return false;
    journal_export(journal, into);
    enum journal_result result = take(journal, &count);
    if (result != JOURNAL_IMPOSSIBLE)
        (void)printf(ngettext("%zu letter is in %s now\n", "%zu letters are in %s now\n", count),
                     count, into);
    return result == JOURNAL_DONE;
}

int export_letters(const struct options *options)
{
    char folder[FOLDER_BYTES];
    struct error error;
    struct journal *journal = NULL;
    if (!letters_path(folder, sizeof folder, options->data_dir)) {
        say(NULL, gettext("neither --data-dir nor HOME says where the letters are"));
        return 1;
    }
    const struct journal_params params = {.folder = folder, .synchronous = true, .say = say};
    if (!journal_create(&journal, &params, &error)) {
        say(NULL, error.text);
        return 1;
    }
    bool done = write_out(journal, folder, options->export_letters);
    journal_destroy(&journal);
    return done ? 0 : 1;
}
