/* Every operation as a person meets it. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void looking_makes_nothing(void **state)
{
    struct room *room = *state;
    assert_state(room, JOURNAL_UNSEEN);
    assert_int_equal(do_open(room), JOURNAL_DONE);
    assert_state(room, JOURNAL_NONE);
    assert_false(exists(room->home));
    assert_string_equal(answer_line, "");
    assert_int_equal(do_unlock(room, PASS), JOURNAL_IMPOSSIBLE);
    assert_false(exists(room->home));
}

static void letters_are_kept(void **state)
{
    struct room *room = *state;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    assert_state(room, JOURNAL_UNLOCKED);
    assert_count(room, 0);
    int64_t first = write_letter(room, "Dear M,\nI never said it.\n");
    room->now += 60;
    int64_t second = write_letter(room, "");
    save_text(room, first, "Dear M,\nI never said it. Na\xc3\xafve.\n");
    assert_true(journal_saved(room->journal));
    reopen(room);
    assert_int_equal(do_open(room), JOURNAL_DONE);
    assert_state(room, JOURNAL_LOCKED);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_text(room, first, "Dear M,\nI never said it. Na\xc3\xafve.\n");
    assert_text(room, second, "");
    assert_string_equal(room->said, "");
}

static void the_list_is_dates_newest_first(void **state)
{
    struct room *room = *state;
    struct journal_answer list;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t ids[3];
    for (int i = 0; i < 3; i++) {
        ids[i] = write_letter(room, "text");
        room->now += 100;
    }
    save_text(room, ids[0], "changed");
    assert_int_equal(do_list(room, &list), JOURNAL_DONE);
    assert_int_equal(list.count, 3);
    for (int i = 0; i < 3; i++) {
        assert_true(list.letters[i].id == ids[2 - i]);
        assert_int_equal(list.letters[i].created, TEST_TIME + 100 * (2 - i));
        assert_true(list.letters[i].readable);
    }
    assert_int_equal(list.letters[2].changed, TEST_TIME + 300);
    assert_int_equal(list.letters[1].changed, TEST_TIME + 100);
    journal_answer_finish(&list);
}

static void another_passphrase_changes_nothing(void **state)
{
    struct room *room = *state;
    size_t before_size = 0, after_size = 0;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t id = write_letter(room, "text");
    reopen(room);
    unsigned char *before = read_file(in_home(room, "letters.db"), &before_size);
    static const char *const others[] = {OTHER, "A quiet passphrase", "a quiet passphrase ", "a"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(do_unlock(room, others[i]), JOURNAL_OTHER_PASSPHRASE);
        assert_string_equal(answer_line,
                            "This passphrase does not open the letters. Nothing has changed.");
        assert_state(room, JOURNAL_LOCKED);
    }
    assert_int_equal(do_change(room, OTHER, "new"), JOURNAL_OTHER_PASSPHRASE);
    assert_int_equal(do_unlock(room, ""), JOURNAL_IMPOSSIBLE);
    unsigned char *after = read_file(in_home(room, "letters.db"), &after_size);
    assert_int_equal(before_size, after_size);
    assert_memory_equal(before, after, after_size);
    free(before);
    free(after);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_text(room, id, "text");
}

static void locked_letters_give_nothing(void **state)
{
    struct room *room = *state;
    struct journal_answer answer;
    struct error error;
    size_t count = 0;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t id = write_letter(room, "text");
    assert_int_equal(do_lock(room), JOURNAL_DONE);
    assert_state(room, JOURNAL_LOCKED);
    assert_int_equal(do_list(room, &answer), JOURNAL_IMPOSSIBLE);
    assert_int_equal(do_read(room, id, &answer), JOURNAL_IMPOSSIBLE);
    assert_null(answer.text);
    assert_int_equal(do_remove(room, id), JOURNAL_IMPOSSIBLE);
    assert_int_equal(do_export(room, room->folder, &count), JOURNAL_IMPOSSIBLE);
    assert_false(journal_save(room->journal, id, "x", 1, &error));
    assert_int_equal(do_begin(room, OTHER), JOURNAL_IMPOSSIBLE);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    /* What was open before the lock is not open after it. */
    assert_false(journal_save(room->journal, id, "x", 1, &error));
    assert_text(room, id, "text");
    assert_true(journal_save(room->journal, id, "x", 1, &error));
}

static void a_changed_passphrase_leaves_the_letters(void **state)
{
    struct room *room = *state;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t id = write_letter(room, "text");
    assert_int_equal(do_change(room, PASS, OTHER), JOURNAL_DONE);
    save_text(room, id, "later text");
    assert_int_equal(do_change(room, PASS, "third"), JOURNAL_OTHER_PASSPHRASE);
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_OTHER_PASSPHRASE);
    assert_int_equal(do_change(room, OTHER, PASS), JOURNAL_DONE);
    assert_state(room, JOURNAL_LOCKED);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_text(room, id, "later text");
}

static void a_removed_letter_is_gone(void **state)
{
    struct room *room = *state;
    struct journal_answer answer;
    struct error error;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    int64_t kept = write_letter(room, "kept");
    int64_t gone = write_letter(room, "gone");
    int64_t unsaved = journal_new(room->journal);
    assert_int_equal(do_remove(room, gone), JOURNAL_DONE);
    assert_int_equal(do_remove(room, gone), JOURNAL_IMPOSSIBLE);
    assert_int_equal(do_read(room, gone, &answer), JOURNAL_IMPOSSIBLE);
    assert_false(journal_save(room->journal, gone, "x", 1, &error));
    assert_int_equal(do_remove(room, unsaved), JOURNAL_IMPOSSIBLE);
    assert_count(room, 1);
    assert_text(room, kept, "kept");
}

static void long_letters_are_kept(void **state)
{
    struct room *room = *state;
    struct journal_answer answer;
    struct error error;
    char *text = malloc(JOURNAL_TEXT_BYTES_MAX + 1);
    assert_non_null(text);
    for (size_t i = 0; i <= JOURNAL_TEXT_BYTES_MAX; i++)
        text[i] = (char)('a' + i * 7 % 26);
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    /* Around every edge of the filling. */
    for (size_t length = 990; length < 1040; length++) {
        int64_t id = journal_new(room->journal);
        assert_true(journal_save(room->journal, id, text, length, &error));
        assert_int_equal(do_read(room, id, &answer), JOURNAL_DONE);
        assert_int_equal(answer.length, length);
        assert_memory_equal(answer.text, text, length);
        journal_answer_finish(&answer);
    }
    int64_t id = journal_new(room->journal);
    assert_false(journal_save(room->journal, id, text, JOURNAL_TEXT_BYTES_MAX + 1, &error));
    assert_true(journal_save(room->journal, id, text, JOURNAL_TEXT_BYTES_MAX, &error));
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_int_equal(do_read(room, id, &answer), JOURNAL_DONE);
    assert_int_equal(answer.length, JOURNAL_TEXT_BYTES_MAX);
    assert_memory_equal(answer.text, text, JOURNAL_TEXT_BYTES_MAX);
    journal_answer_finish(&answer);
    free(text);
}

static void passphrases_have_bounds(void **state)
{
    struct room *room = *state;
    char longest[JOURNAL_PASSPHRASE_BYTES_MAX + 2];
    memset(longest, 'p', sizeof longest);
    longest[JOURNAL_PASSPHRASE_BYTES_MAX + 1] = '\0';
    assert_int_equal(do_begin(room, ""), JOURNAL_IMPOSSIBLE);
    assert_int_equal(do_begin(room, longest), JOURNAL_IMPOSSIBLE);
    assert_false(exists(in_home(room, "letters.db")));
    longest[JOURNAL_PASSPHRASE_BYTES_MAX] = '\0';
    assert_int_equal(do_begin(room, longest), JOURNAL_DONE);
    reopen(room);
    assert_int_equal(do_unlock(room, longest), JOURNAL_DONE);
    longest[JOURNAL_PASSPHRASE_BYTES_MAX - 1] = '\0';
    assert_int_equal(do_unlock(room, longest), JOURNAL_OTHER_PASSPHRASE);
}

static void lengths_say_little(void **state)
{
    struct room *room = *state;
    size_t sizes[2];
    struct error error;
    char text[900];
    memset(text, 'x', sizeof text);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
        int64_t id = journal_new(room->journal);
        assert_true(journal_save(room->journal, id, text, i == 0 ? 1 : sizeof text, &error));
        reopen(room);
        free(read_file(in_home(room, "letters.db"), &sizes[i]));
        assert_int_equal(remove(in_home(room, "letters.db")), 0);
    }
    assert_int_equal(sizes[0], sizes[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOURNAL_TEST(looking_makes_nothing),
        JOURNAL_TEST(letters_are_kept),
        JOURNAL_TEST(the_list_is_dates_newest_first),
        JOURNAL_TEST(another_passphrase_changes_nothing),
        JOURNAL_TEST(locked_letters_give_nothing),
        JOURNAL_TEST(a_changed_passphrase_leaves_the_letters),
        JOURNAL_TEST(a_removed_letter_is_gone),
        JOURNAL_TEST(long_letters_are_kept),
        JOURNAL_TEST(passphrases_have_bounds),
        JOURNAL_TEST(lengths_say_little),
    };
    return cmocka_run_group_tests_name("journal use", tests, NULL, NULL);
}
