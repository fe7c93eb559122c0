/* Files that are damaged, strange, or not to be touched. */
#include "support.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LETTERS    4
#define PAGE_BYTES 4096 /* SQLite's */

static const char *const texts[LETTERS] = {"The first letter.", "The second letter, longer.",
                                           "The third.", "The fourth."};

/* Some letters, with a copy of them, closed. */
static void make_letters(struct room *room, int64_t ids[LETTERS])
{
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    for (int i = 0; i < LETTERS; i++) {
        ids[i] = write_letter(room, texts[i]);
        room->now += 60;
    }
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_true(exists(in_home(room, "letters.bak.db")));
    journal_destroy(&room->journal);
}

static void assert_all(struct room *room, const int64_t ids[LETTERS])
{
    for (int i = 0; i < LETTERS; i++)
        assert_text(room, ids[i], texts[i]);
    assert_count(room, LETTERS);
}

static void a_damaged_file_is_set_aside_and_its_copy_stands_in(void **state)
{
    struct room *room = *state;
    int64_t ids[LETTERS];
    make_letters(room, ids);
    size_t size = 0;
    unsigned char *bytes = read_file(in_home(room, "letters.db"), &size);
    memset(bytes + 4096, 0xa5, 200);
    write_file(in_home(room, "letters.db"), bytes, size);
    reopen(room);
    assert_int_equal(do_open(room), JOURNAL_DONE);
    assert_non_null(strstr(answer_line, "letters.db: the file is damaged; it is kept as letters-"));
    assert_non_null(strstr(answer_line, ", and a copy from before stands in its place"));
    assert_state(room, JOURNAL_LOCKED);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_all(room, ids);
    /* The damaged one is there, as it was. */
    size_t kept_size = 0;
    const char *kept_path = only_file(room->home, "letters-20", ".db");
    unsigned char *kept = read_file(kept_path, &kept_size);
    assert_int_equal(kept_size, size);
    assert_memory_equal(kept, bytes, size);
    free(kept);
    free(bytes);
    /* It can be written to, and nothing more is said. */
    write_letter(room, "fifth");
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_string_equal(answer_line, "");
    assert_count(room, LETTERS + 1);
}

static void without_a_copy_nothing_is_begun_unasked(void **state)
{
    struct room *room = *state;
    int64_t ids[LETTERS];
    make_letters(room, ids);
    assert_int_equal(remove(in_home(room, "letters.bak.db")), 0);
    for (int i = 1; i <= 3; i++) {
        write_file(in_home(room, "letters.db"), "Dear diary", 10);
        reopen(room);
        assert_int_equal(do_open(room), JOURNAL_DONE);
        assert_non_null(strstr(answer_line, "it is kept as letters-"));
        assert_null(strstr(answer_line, "copy"));
        assert_state(room, JOURNAL_NONE);
        assert_false(exists(in_home(room, "letters.db")));
        /* Three in the same second, and each is kept. */
        assert_int_equal(count_files(room->home, "letters-20", ".db"), i);
    }
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    assert_count(room, 0);
}

/* Opens whatever letters.db is now; the letters are all there, or the file was set aside and said
 * to be; and what can be read is what was written. */
static void open_whatever(struct room *room, const int64_t ids[LETTERS])
{
    struct journal_answer answer;
    reopen(room);
    enum journal_result opened = do_open(room);
    if (opened != JOURNAL_DONE) {
        assert_state(room, JOURNAL_REFUSED);
        return;
    }
    if (journal_state(room->journal) == JOURNAL_NONE)
        return;
    assert_state(room, JOURNAL_LOCKED);
    if (do_unlock(room, PASS) != JOURNAL_DONE)
        return;
    for (int i = 0; i < LETTERS; i++) {
        if (do_read(room, ids[i], &answer) == JOURNAL_DONE)
            assert_string_equal(answer.text, texts[i]);
        journal_answer_finish(&answer);
    }
}

static void clear_aside(struct room *room)
{
    char command[320];
    (void)snprintf(command, sizeof command, "rm -f %s/letters-*", room->home);
    assert_int_equal(system(command), 0);
}

/* What was damaged was set aside as it was, to the bit, or it is still there. */
static void assert_kept(struct room *room, const unsigned char *bytes, size_t size)
{
    size_t kept_size = 0;
    if (count_files(room->home, "letters-20", ".db") == 0) {
        assert_true(exists(in_home(room, "letters.db")));
        assert_true(journal_state(room->journal) != JOURNAL_NONE);
        return;
    }
    unsigned char *kept = read_file(only_file(room->home, "letters-20", ".db"), &kept_size);
    assert_non_null(kept);
    assert_int_equal(kept_size, size);
    assert_memory_equal(kept, bytes, size);
    free(kept);
}

static void truncated_files_give_nothing_false(void **state)
{
    struct room *room = *state;
    int64_t ids[LETTERS];
    make_letters(room, ids);
    size_t size = 0, copy_size = 0;
    unsigned char *bytes = read_file(in_home(room, "letters.db"), &size);
    unsigned char *copy = read_file(in_home(room, "letters.bak.db"), &copy_size);
    for (size_t length = 0; length < size; length += length < 200 ? 7 : 331) {
        write_file(in_home(room, "letters.db"), bytes, length);
        open_whatever(room, ids);
        /* However short, the copy stood in. */
        assert_all(room, ids);
        /* Of the last page only its unused end may be missing without harm. */
        assert_true(size - length < PAGE_BYTES ||
                    count_files(room->home, "letters-20", ".db") == 1);
        clear_aside(room);
        write_file(in_home(room, "letters.bak.db"), copy, copy_size);
    }
    /* And without a copy. */
    for (size_t length = 0; length < size; length += 1709) {
        (void)remove(in_home(room, "letters.bak.db"));
        write_file(in_home(room, "letters.db"), bytes, length);
        open_whatever(room, ids);
        if (size - length >= PAGE_BYTES)
            assert_state(room, JOURNAL_NONE);
        if (length > 0 && length < size - PAGE_BYTES &&
            count_files(room->home, "letters-20", ".db") != 1)
            fail_msg("cut off after %zu of %zu bytes it is taken for an empty file", length, size);
        if (length > 0)
            assert_kept(room, bytes, length);
        clear_aside(room);
    }
    free(bytes);
    free(copy);
}

static void flipped_bits_are_noticed_or_harmless(void **state)
{
    struct room *room = *state;
    int64_t ids[LETTERS];
    make_letters(room, ids);
    size_t size = 0;
    unsigned char *bytes = read_file(in_home(room, "letters.db"), &size);
    (void)remove(in_home(room, "letters.bak.db"));
    unsigned int seed = 20261125;
    /* Every byte of the header, and of the rest some, by a generator of our own. */
    for (size_t i = 0; i < 900; i++) {
        seed = seed * 1664525u + 1013904223u;
        size_t at = i < 100 ? i : (seed >> 8) % size;
        unsigned char bit = (unsigned char)(1u << (seed >> 29));
        bytes[at] ^= bit;
        write_file(in_home(room, "letters.db"), bytes, size);
        open_whatever(room, ids);
        assert_kept(room, bytes, size);
        bytes[at] ^= bit;
        journal_destroy(&room->journal);
        clear_aside(room);
        (void)remove(in_home(room, "letters.bak.db"));
    }
    write_file(in_home(room, "letters.db"), bytes, size);
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_all(room, ids);
    free(bytes);
}

/* Runs SQL on the closed letters.db. */
static void run_sql(struct room *room, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(in_home(room, "letters.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void damage_letter(struct room *room, int64_t id)
{
    sqlite3 *db = NULL;
    sqlite3_blob *body = NULL;
    static const unsigned char other[] = {0x00, 0x11, 0x22, 0x33};
    assert_int_equal(sqlite3_open(in_home(room, "letters.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_blob_open(db, "main", "letter", "body", id, 1, &body), SQLITE_OK);
    assert_int_equal(sqlite3_blob_write(body, other, sizeof other, sqlite3_blob_bytes(body) / 2),
                     SQLITE_OK);
    assert_int_equal(sqlite3_blob_close(body), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void one_damaged_letter_leaves_the_others(void **state)
{
    struct room *room = *state;
    struct journal_answer answer;
    int64_t ids[LETTERS];
    size_t count = 0;
    make_letters(room, ids);
    (void)remove(in_home(room, "letters.bak.db"));
    damage_letter(room, ids[1]);
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    /* It is said, no copy is made of it, and it stays. */
    assert_non_null(strstr(room->said, "A letter is damaged; it was left where it is"));
    assert_false(exists(in_home(room, "letters.bak.db")));
    assert_int_equal(do_read(room, ids[1], &answer), JOURNAL_DAMAGED);
    assert_null(answer.text);
    assert_text(room, ids[0], texts[0]);
    assert_text(room, ids[2], texts[2]);
    assert_count(room, LETTERS);
    assert_int_equal(do_export(room, in_home(room, "out"), &count), JOURNAL_DAMAGED);
    assert_int_equal(count, LETTERS - 1);
    assert_int_equal(do_remove(room, ids[1]), JOURNAL_DONE);
    assert_count(room, LETTERS - 1);
}

static void a_damaged_letter_is_read_from_the_copy(void **state)
{
    struct room *room = *state;
    struct journal_answer answer;
    int64_t ids[LETTERS];
    size_t count = 0;
    make_letters(room, ids);
    damage_letter(room, ids[1]);
    run_sql(room, "UPDATE content SET revision = revision + 1");
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_int_equal(do_read(room, ids[1], &answer), JOURNAL_DONE);
    assert_string_equal(answer.text, texts[1]);
    assert_string_equal(answer.line,
                        "This letter is damaged; what is shown is an earlier copy of it.");
    journal_answer_finish(&answer);
    assert_int_equal(do_export(room, in_home(room, "out"), &count), JOURNAL_DONE);
    assert_int_equal(count, LETTERS);
    /* Saved again, it is whole again. */
    save_text(room, ids[1], texts[1]);
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_string_equal(room->said, "");
    assert_all(room, ids);
}

static void swapped_letters_are_noticed(void **state)
{
    struct room *room = *state;
    struct journal_answer answer;
    char sql[300];
    int64_t ids[LETTERS];
    make_letters(room, ids);
    (void)remove(in_home(room, "letters.bak.db"));
    (void)snprintf(sql, sizeof sql,
                   "UPDATE letter SET head = (SELECT head FROM letter WHERE id = %lld),"
                   " body = (SELECT body FROM letter WHERE id = %lld) WHERE id = %lld",
                   (long long)ids[0], (long long)ids[0], (long long)ids[1]);
    run_sql(room, sql);
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_int_equal(do_read(room, ids[1], &answer), JOURNAL_DAMAGED);
    assert_int_equal(do_list(room, &answer), JOURNAL_DONE);
    size_t unreadable = 0;
    for (size_t i = 0; i < answer.count; i++)
        unreadable += answer.letters[i].readable ? 0 : 1;
    assert_int_equal(unreadable, 1);
    journal_answer_finish(&answer);
}

/* These sound and look like letters.db, and are not. */
static void strangers_are_set_aside(void **state)
{
    struct room *room = *state;
    static const char *const sql[] = {
        "CREATE TABLE bookmarks(a); INSERT INTO bookmarks VALUES(1)",
        "PRAGMA application_id = 1; PRAGMA user_version = 1; CREATE TABLE letter(a)",
        "PRAGMA application_id = 1281450866; PRAGMA user_version = 2; CREATE TABLE letter(a)",
        "PRAGMA application_id = 1281450866; PRAGMA user_version = -1; CREATE TABLE letter(a)",
        "PRAGMA application_id = 1281450866",
    };
    assert_int_equal(mkdir(room->home, 0700), 0);
    for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
        run_sql(room, sql[i]);
        reopen(room);
        assert_int_equal(do_open(room), JOURNAL_DONE);
        assert_state(room, JOURNAL_NONE);
        (void)only_file(room->home, "letters-20", ".db");
        clear_aside(room);
    }
    assert_int_equal(mkdir(in_home(room, "letters.db"), 0700), 0);
    reopen(room);
    assert_int_equal(do_open(room), JOURNAL_DONE);
    assert_non_null(strstr(answer_line, "letters.db: this is not a file; it is kept as letters-"));
    (void)only_file(room->home, "letters-20", ".db");
}

static void a_trigger_of_a_stranger_does_not_run(void **state)
{
    struct room *room = *state;
    int64_t ids[LETTERS];
    make_letters(room, ids);
    run_sql(room, "CREATE TRIGGER eats AFTER INSERT ON letter BEGIN DELETE FROM letter; END");
    reopen(room);
    assert_int_equal(do_open(room), JOURNAL_DONE);
    assert_non_null(strstr(answer_line, "the file is damaged; it is kept as"));
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_all(room, ids);
}

static void a_newer_version_is_left_alone(void **state)
{
    struct room *room = *state;
    int64_t ids[LETTERS];
    size_t before_size = 0, after_size = 0;
    make_letters(room, ids);
    run_sql(room, "PRAGMA user_version = 3; CREATE TABLE later(a)");
    unsigned char *before = read_file(in_home(room, "letters.db"), &before_size);
    reopen(room);
    assert_int_equal(do_open(room), JOURNAL_IMPOSSIBLE);
    assert_state(room, JOURNAL_REFUSED);
    assert_non_null(strstr(answer_line, "it was written by a newer Lacrima; it was left alone"));
    assert_int_equal(do_begin(room, PASS), JOURNAL_IMPOSSIBLE);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_IMPOSSIBLE);
    unsigned char *after = read_file(in_home(room, "letters.db"), &after_size);
    assert_int_equal(before_size, after_size);
    assert_memory_equal(before, after, after_size);
    assert_int_equal(count_files(room->home, "letters-20", ".db"), 0);
    free(before);
    free(after);
}

static void a_lost_file_comes_back_when_asked(void **state)
{
    struct room *room = *state;
    int64_t ids[LETTERS];
    make_letters(room, ids);
    assert_int_equal(remove(in_home(room, "letters.db")), 0);
    reopen(room);
    assert_int_equal(do_open(room), JOURNAL_DONE);
    assert_state(room, JOURNAL_NONE);
    assert_true(answer_restorable);
    assert_false(exists(in_home(room, "letters.db")));
    assert_int_equal(do_restore(room), JOURNAL_DONE);
    assert_state(room, JOURNAL_LOCKED);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_all(room, ids);
    assert_int_equal(do_restore(room), JOURNAL_IMPOSSIBLE);
    assert_int_equal(count_files(room->home, "letters.new.", ""), 0);
}

static void a_new_beginning_keeps_the_old_copy(void **state)
{
    struct room *room = *state;
    int64_t ids[LETTERS];
    make_letters(room, ids);
    assert_int_equal(remove(in_home(room, "letters.db")), 0);
    reopen(room);
    assert_int_equal(do_begin(room, OTHER), JOURNAL_DONE);
    write_letter(room, "new");
    reopen(room);
    assert_int_equal(do_unlock(room, OTHER), JOURNAL_DONE);
    /* Now there is a copy of the new ones, and the old one has a dated name. */
    const char *old = only_file(room->home, "letters-20", ".bak.db");
    assert_int_equal(rename(old, in_home(room, "letters.bak.db")), 0);
    assert_int_equal(remove(in_home(room, "letters.db")), 0);
    reopen(room);
    assert_int_equal(do_restore(room), JOURNAL_DONE);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_all(room, ids);
}

static void a_copy_that_is_ahead_is_never_overwritten(void **state)
{
    struct room *room = *state;
    assert_int_equal(do_begin(room, PASS), JOURNAL_DONE);
    write_letter(room, texts[0]);
    journal_destroy(&room->journal);
    copy_file(in_home(room, "letters.db"), in_home(room, "early"));
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    write_letter(room, texts[1]);
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    journal_destroy(&room->journal);
    /* Somebody puts an older letters.db back. */
    copy_file(in_home(room, "early"), in_home(room, "letters.db"));
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_count(room, 1);
    (void)only_file(room->home, "letters-20", ".bak.db");
}

static void removed_letters_and_old_passphrases_leave_the_copy(void **state)
{
    struct room *room = *state;
    int64_t ids[LETTERS];
    make_letters(room, ids);
    reopen(room);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_int_equal(do_remove(room, ids[2]), JOURNAL_DONE);
    assert_int_equal(do_change(room, PASS, OTHER), JOURNAL_DONE);
    assert_string_equal(answer_line, "");
    journal_destroy(&room->journal);
    assert_int_equal(remove(in_home(room, "letters.db")), 0);
    reopen(room);
    assert_int_equal(do_restore(room), JOURNAL_DONE);
    assert_int_equal(do_unlock(room, PASS), JOURNAL_OTHER_PASSPHRASE);
    assert_int_equal(do_unlock(room, OTHER), JOURNAL_DONE);
    assert_count(room, LETTERS - 1);
    assert_text(room, ids[3], texts[3]);
}

/* What SQLite finds no sense in it removes; in any case it is not applied to what comes after. */
static void a_journal_left_behind_does_no_harm(void **state)
{
    struct room *room = *state;
    int64_t ids[LETTERS];
    make_letters(room, ids);
    write_file(in_home(room, "letters.db"), "not a database at all", 21);
    write_file(in_home(room, "letters.db-journal"), "some journal", 12);
    reopen(room);
    assert_int_equal(do_open(room), JOURNAL_DONE);
    assert_false(exists(in_home(room, "letters.db-journal")));
    assert_int_equal(do_unlock(room, PASS), JOURNAL_DONE);
    assert_all(room, ids);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOURNAL_TEST(a_damaged_file_is_set_aside_and_its_copy_stands_in),
        JOURNAL_TEST(without_a_copy_nothing_is_begun_unasked),
        JOURNAL_TEST(truncated_files_give_nothing_false),
        JOURNAL_TEST(flipped_bits_are_noticed_or_harmless),
        JOURNAL_TEST(one_damaged_letter_leaves_the_others),
        JOURNAL_TEST(a_damaged_letter_is_read_from_the_copy),
        JOURNAL_TEST(swapped_letters_are_noticed),
        JOURNAL_TEST(strangers_are_set_aside),
        JOURNAL_TEST(a_trigger_of_a_stranger_does_not_run),
        JOURNAL_TEST(a_newer_version_is_left_alone),
        JOURNAL_TEST(a_lost_file_comes_back_when_asked),
        JOURNAL_TEST(a_new_beginning_keeps_the_old_copy),
        JOURNAL_TEST(a_copy_that_is_ahead_is_never_overwritten),
        JOURNAL_TEST(removed_letters_and_old_passphrases_leave_the_copy),
        JOURNAL_TEST(a_journal_left_behind_does_no_harm),
    };
    return cmocka_run_group_tests_name("journal damage", tests, NULL, NULL);
}
