/* Export: every letter as a plain text file. */
#include "letters.h"

#include "lacrima/base/file.h"
#include "lacrima/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MODE  0600
#define NAMES_MAX  10000
#define NAME_BYTES 64

/* A new file named by the letter's date; -1 with errno. */
static int open_new(int folder, char name[NAME_BYTES], int64_t created)
{
    char date[FILES_DATE_BYTES];
    files_date(date, created);
    for (int i = 1; i <= NAMES_MAX; i++) {
        char again[16] = "";
        if (i > 1)
            (void)snprintf(again, sizeof again, "-%d", i);
        (void)snprintf(name, NAME_BYTES, "letter-%s%s.txt", date, again);
        int fd =
            openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static bool write_letter(int folder, const struct letter_text *text)
{
    char name[NAME_BYTES];
    int fd = open_new(folder, name, text->created);
    if (fd < 0)
        return false;
    bool written = fchmod(fd, FILE_MODE) == 0 && file_write_all(fd, text->text, text->length) &&
                   fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 && written) {
        written = false;
        why = errno;
    }
    if (!written)
        (void)unlinkat(folder, name, 0);
    errno = why;
    return written;
}

/* Writes one; false with the answer if the rest is not worth trying. */
static bool export_one(struct letters *letters, int folder, const char *where, int64_t row,
                       struct journal_answer *answer)
{
    struct letter_text text;
    struct error error = {.text = ""};
    enum journal_result read = letters_text(letters, row, &text, &error);
    if (read == JOURNAL_DAMAGED) {
        answer->result = JOURNAL_DAMAGED;
        (void)text_copy(answer->line, sizeof answer->line,
                        gettext("A letter is damaged and was left where it is; the others were "
                                "written."));
        return true;
    }
    if (read != JOURNAL_DONE) {
        letters_impossible(answer, error.text);
        return false;
    }
    bool written = write_letter(folder, &text);
    int why = errno;
    vault_free(text.plain);
    if (!written) {
        (void)error_set(&error, "%s: %s", where, strerror(why));
        letters_impossible(answer, error.text);
        return false;
    }
    answer->count++;
    return true;
}

void letters_export(struct letters *letters, const char *folder, struct journal_answer *answer)
{
    struct journal_answer list = {.to = JOURNAL_LIST};
    struct error error;
    letters_list(letters, &list);
    answer->result = list.result;
    (void)text_copy(answer->line, sizeof answer->line, list.line);
    if (list.result != JOURNAL_DONE)
        return;
    int fd = -1;
    if (!files_make_folder(folder, &error)) {
        letters_impossible(answer, error.text);
    } else {
        fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0) {
            (void)error_set(&error, "%s: %s", folder, strerror(errno));
            letters_impossible(answer, error.text);
        }
    }
    for (size_t i = 0; i < list.count && fd >= 0; i++) {
        if (!export_one(letters, fd, folder, list.letters[i].id, answer))
            break;
    }
    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
    journal_answer_finish(&list);
}
