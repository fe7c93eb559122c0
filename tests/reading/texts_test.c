/* The pieces that come with the program: enough of them, each of a length that a sitting bears,
 * and each says what it is about before it is read. */
#include "../support/cm.h"

#include "lacrima/base/text.h"
#include "lacrima/reading.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#define PIECES_LEAST 6
#define WORDS_LEAST  400
#define WORDS_MOST   900
#define PATH_BYTES   512

static unsigned faults;

static void say(void *user, const char *line)
{
    (void)user;
    faults++;
    print_error("%s\n", line);
}

static unsigned words_of(struct reading *reading)
{
    static struct reading_page page;
    unsigned words = 0;
    for (bool there = reading_page_at(reading, 0, &page); there;
         there = reading_next(reading, &page))
        words += page.words;
    return words;
}

static void check_piece(const char *path)
{
    struct reading *reading = NULL;
    struct error error;
    if (!reading_open(&reading, path, say, NULL, &error))
        fail_msg("%s", error.text);
    unsigned words = words_of(reading);
    if (words < WORDS_LEAST || words > WORDS_MOST)
        fail_msg("%s: %u words", path, words);
    const char *about = reading_about(reading);
    size_t length = strlen(about);
    assert_true(strlen(reading_title(reading)) > 0 && length > 0);
    /* A sentence or two, whole: the note may not be cut where it is shown. */
    assert_true(about[length - 1] == '.' && length < READING_ABOUT_BYTES - 1);
    reading_close(&reading);
}

static void every_piece_is_short_and_says_what_it_is_about(void **state)
{
    (void)state;
    unsigned pieces = 0;
    DIR *folder = opendir(LACRIMA_SOURCE_TEXTS);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char path[PATH_BYTES];
        const char *dot = strrchr(entry->d_name, '.');
        if (dot == NULL || !text_equal(dot, ".md"))
            continue;
        (void)snprintf(path, sizeof path, "%s/%s", LACRIMA_SOURCE_TEXTS, entry->d_name);
        check_piece(path);
        pieces++;
    }
    (void)closedir(folder);
    assert_true(pieces >= PIECES_LEAST);
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_piece_is_short_and_says_what_it_is_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
