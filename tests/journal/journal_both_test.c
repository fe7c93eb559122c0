/* Two programs at once on the same letters. */
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAVES 60
/* A journal waits for the other for some seconds.  On a slow disk it may come to nothing, which is
 * an answer like any other: it is asked again. */
#define TRIES 20

/* Another journal on the same folder, unlocked. */
static struct journal *second(struct room *room)
{
    struct journal *journal = NULL;
    struct error error;
    struct journal_answer answer;
    const struct journal_params params = {
        .folder = room->home, .synchronous = true, .cost = JOURNAL_COST_LEAST};
    assert_true(journal_create(&journal, &params, &error));
    journal_unlock(journal, PASS, strlen(PASS));
    assert_true(journal_poll(journal, &answer));
    assert_int_equal(answer.result, JOURNAL_DONE);
    journal_answer_finish(&answer);
    return journal;
}

static void read_by(struct journal *journal, int64_t id, const char *text)
{
    struct journal_answer answer;
    journal_read(journal, id);
    assert_true(journal_poll(journal, &answer));
    assert_int_equal(answer.result, JOURNAL_DONE);
    assert_string_equal(answer.text, text);
    journal_answer_finish(&answer);
}

static void what_one_saves_the_other_reads(void **state)
{
    struct room *room = *state;
    struct error error;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    struct journal *other = second(room);
    int64_t id = write_letter(room, "from here");
    read_by(other, id, "from here");
    assert_true(journal_save(other, id, "from there", 10, &error));
    assert_true(journal_saved(other));
    journal_destroy(&other);
    assert_text(room, id, "from there");
}

static void the_same_letter_changed_twice_is_kept_twice(void **state)
{
    struct room *room = *state;
    struct error error;
    struct journal_answer list;
    struct journal_answer answer;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t id = write_letter(room, "Dear");
    struct journal *other = second(room);
    read_by(other, id, "Dear");
    save_text(room, id, "Dear Mother");
    assert_true(journal_save(other, id, "Dear Father", 11, &error));
    assert_true(journal_flush(other, &error));
    journal_destroy(&other);
    assert_int_equal(do_list(room, &list), JOURNAL_DONE);
    assert_int_equal(list.count, 2);
    unsigned int seen = 0;
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(do_read(room, list.letters[i].id, &answer), JOURNAL_DONE);
        seen |= strcmp(answer.text, "Dear Mother") == 0 ? 1U : 0U;
        seen |= strcmp(answer.text, "Dear Father") == 0 ? 2U : 0U;
        journal_answer_finish(&answer);
    }
    assert_int_equal(seen, 3);
    journal_answer_finish(&list);
}

/* A program of its own: saves one letter again and again, and others beside it. */
static void write_on(struct room *room, char mark)
{
    char text[SAVES + 1] = "";
    struct error error;
    reopen(room);
    if (do_unlock(room, PASS) != JOURNAL_DONE)
        _exit(1);
    int64_t id = journal_new(room->journal);
    for (int i = 0; i < SAVES; i++) {
        text[i] = mark;
        int64_t other = journal_new(room->journal);
        if (!journal_save(room->journal, id, text, strlen(text), &error) ||
            !journal_save(room->journal, other, &mark, 1, &error))
            _exit(2);
    }
    int tries = 0;
    while (!journal_flush(room->journal, &error)) {
        if (++tries == TRIES)
            _exit(3);
    }
    journal_destroy(&room->journal);
    _exit(0);
}

static void two_programs_lose_nothing(void **state)
{
    struct room *room = *state;
    struct journal_answer list;
    struct journal_answer answer;
    pid_t children[2];
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t older = write_letter(room, "an older one");
    journal_destroy(&room->journal);
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0)
            write_on(room, (char)('a' + i));
    }
    for (int i = 0; i < 2; i++) {
        int status = 0;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_text(room, older, "an older one");
    assert_int_equal(do_list(room, &list), JOURNAL_DONE);
    assert_int_equal(list.count, 1 + 2 * (1 + SAVES));
    size_t by[2] = {0, 0};
    size_t whole = 0;
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(do_read(room, list.letters[i].id, &answer), JOURNAL_DONE);
        if (answer.length == SAVES)
            whole++;
        else if (answer.length == 1)
            by[answer.text[0] - 'a']++;
        journal_answer_finish(&answer);
    }
    journal_answer_finish(&list);
    assert_int_equal(whole, 2);
    assert_int_equal(by[0], SAVES);
    assert_int_equal(by[1], SAVES);
    assert_int_equal(count_files(room->home, "letters-20", ""), 0);
}

/* One opens and closes again and again, which repairs, checks and copies, while the other saves. */
static void opening_beside_a_program_that_saves(void **state)
{
    struct room *room = *state;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t older = write_letter(room, "an older one");
    journal_destroy(&room->journal);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        write_on(room, 'a');
    int status = 0;
    while (waitpid(child, &status, WNOHANG) == 0) {
        int tries = 0;
        do
            reopen(room);
        while (do_unlock(room, PASS) == JOURNAL_IMPOSSIBLE && ++tries < TRIES);
        assert_state(room, JOURNAL_UNLOCKED);
        assert_text(room, older, "an older one");
    }
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_count(room, 2 + SAVES);
    assert_int_equal(count_files(room->home, "letters-20", ""), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOURNAL_TEST(what_one_saves_the_other_reads),
        JOURNAL_TEST(the_same_letter_changed_twice_is_kept_twice),
        JOURNAL_TEST(two_programs_lose_nothing),
        JOURNAL_TEST(opening_beside_a_program_that_saves),
    };
    return cmocka_run_group_tests_name("journal both", tests, NULL, NULL);
}
