/* A letter is typed and saved as it grows; its program is killed at any moment, hundreds of times.
 * What is found afterwards is a beginning of the letter that lacks nothing that was said to be on
 * the disk, and no older letter is missing. */
#include "support.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* With the sanitizers a process takes many times as long to begin and to end; which moments there
 * are is tried without, and the sanitizers see the same code in every round. */
#ifdef __SANITIZE_ADDRESS__
#define ROUNDS 100
#else
#define ROUNDS 500
#endif
#define WORD        "tear "
#define WORDS_MAX   400
#define SAVES_AWAIT 5
#define MOMENT_NS   3000000
#define CHANGES     60

static char whole[WORDS_MAX * sizeof WORD];
static unsigned int seed = 20261125;

static unsigned int chance(unsigned int below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* Types until it is killed; says each length that is on the disk. */
static void type(struct room *room, int pipe_end)
{
    char text[sizeof whole];
    struct error error;
    reopen(room);
    if (do_unlock(room, PASS) != JOURNAL_DONE)
        _exit(1);
    int64_t id = journal_new(room->journal);
    for (size_t length = 1; length <= strlen(whole); length += 3) {
        memcpy(text, whole, length);
        if (!journal_save(room->journal, id, text, length, &error) ||
            !journal_saved(room->journal) ||
            write(pipe_end, &length, sizeof length) != (ssize_t)sizeof length)
            _exit(1);
    }
    for (;;)
        (void)pause();
}

static int64_t clock_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Waits for so many messages and then for the moment (ns); the last length that was said, whatever
 * came between it and the kill. */
static size_t kill_after(pid_t child, int pipe_end, unsigned int saves, int64_t moment)
{
    size_t length = 0;
    size_t last = 0;
    for (unsigned int i = 0; i < saves; i++) {
        assert_int_equal(read(pipe_end, &length, sizeof length), sizeof length);
        last = length;
    }
    int64_t since = clock_now();
    while (clock_now() - since < moment)
        continue;
    assert_int_equal(kill(child, SIGKILL), 0);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    while (read(pipe_end, &length, sizeof length) == (ssize_t)sizeof length)
        last = length;
    return last;
}

/* The newest letter is a beginning of at least so many bytes; without one, nothing was promised. */
static size_t check_newest(struct room *room, size_t before, size_t promised)
{
    struct journal_answer list;
    struct journal_answer answer;
    assert_int_equal(do_list(room, &list), JOURNAL_DONE);
    size_t count = list.count;
    assert_true(count == before || count == before + 1);
    assert_true(promised == 0 || count == before + 1);
    for (size_t i = 0; i < count; i++)
        assert_true(list.letters[i].readable);
    if (count > 0) {
        size_t any = chance((unsigned int)count); /* and an older one */
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(do_read(room, list.letters[i == 0 ? 0 : any].id, &answer),
                             JOURNAL_DONE);
            assert_true(answer.length >= 1 && answer.length <= strlen(whole));
            assert_memory_equal(answer.text, whole, answer.length);
            assert_true(i > 0 || count == before || answer.length >= promised);
            journal_answer_finish(&answer);
        }
    }
    journal_answer_finish(&list);
    return count;
}

static void nothing_that_was_saved_is_lost(void **state)
{
    struct room *room = *state;
    size_t count = 0;
    for (int i = 0; i < WORDS_MAX; i++)
        (void)strcat(whole + (size_t)i * strlen(WORD), WORD);
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    for (int round = 0; round < ROUNDS; round++) {
        int ends[2];
        journal_destroy(&room->journal);
        assert_int_equal(pipe(ends), 0);
        room->now += 60; /* each letter is newer than those before */
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            (void)close(ends[0]);
            type(room, ends[1]);
        }
        (void)close(ends[1]);
        size_t promised = kill_after(child, ends[0], chance(SAVES_AWAIT), chance(MOMENT_NS));
        (void)close(ends[0]);
        reopen(room);
        assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
        assert_string_equal(answer_line, "");
        count = check_newest(room, count, promised);
    }
    assert_true(count > ROUNDS / 4);
    assert_int_equal(count_files(room->home, "letters-20", ""), 0);
}

/* Says when it begins to change the passphrase and when it has, and waits to be killed. */
static void change(struct room *room, const char *now, const char *other, int pipe_end)
{
    size_t one = 1;
    reopen(room);
    if (do_unlock(room, now) != JOURNAL_DONE || write(pipe_end, &one, sizeof one) < 0 ||
        do_change(room, now, other) != JOURNAL_DONE || write(pipe_end, &one, sizeof one) < 0)
        _exit(1);
    for (;;)
        (void)pause();
}

/* The passphrase is being changed when the program is killed: one of the two opens the letters.
 * The moments are spread over as long as the last whole change took, which is measured here because
 * no two machines agree; every third round lets the change end first, and then the other opens. */
static void a_change_of_passphrase_is_whole_or_not_at_all(void **state)
{
    struct room *room = *state;
    const char *now = PASS;
    const char *other = OTHER;
    int64_t took = 0;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t id = write_letter(room, "kept");
    for (int round = 0; round < CHANGES; round++) {
        int ends[2];
        size_t one = 0;
        bool whole_change = round % 3 == 0;
        journal_destroy(&room->journal);
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            (void)close(ends[0]);
            change(room, now, other, ends[1]);
        }
        (void)close(ends[1]);
        assert_int_equal(read(ends[0], &one, sizeof one), sizeof one);
        int64_t since = clock_now();
        if (whole_change) {
            assert_int_equal(read(ends[0], &one, sizeof one), sizeof one);
            took = clock_now() - since;
        }
        (void)kill_after(child, ends[0], 0, whole_change ? 0 : took * (round + 1) / CHANGES);
        (void)close(ends[0]);
        reopen(room);
        enum journal_result result = do_unlock(room, now);
        if (whole_change)
            assert_int_equal(result, JOURNAL_OTHER_PASSPHRASE);
        if (result == JOURNAL_OTHER_PASSPHRASE) {
            const char *was = now;
            now = other;
            other = was;
            result = do_unlock(room, now);
        }
        assert_int_equal(result, JOURNAL_DONE);
        assert_text(room, id, "kept");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOURNAL_TEST(nothing_that_was_saved_is_lost),
        JOURNAL_TEST(a_change_of_passphrase_is_whole_or_not_at_all),
    };
    return cmocka_run_group_tests_name("journal kill", tests, NULL, NULL);
}
