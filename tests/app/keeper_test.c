/* The letter's keeper: what becomes of each fate, when it is saved, and what it says. */
#include "desk.h"

#include "lacrima/base/text.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SOON_NS MILLISECONDS(100)
/* docs/privacy.md: within a second; this much is left for the disk. */
#define SAVED_AFTER_NS MILLISECONDS(500)

static void assert_file(const struct desk *desk, const char *expected)
{
    char text[256] = "";
    assert_true(desk_read(desk_file(desk), text, sizeof text) >= 0);
    assert_string_equal(text, expected);
}

static void a_letter_that_is_let_go_is_in_no_file(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_LET_GO);
    desk_type(desk, "never sent", SOON_NS);
    desk_wait(desk, SECONDS(10));
    assert_int_equal(desk->kept_until, -1);
    assert_true(letter_deadline(desk->letter) == TIME_NEVER);
    assert_int_not_equal(access(desk->letters, F_OK), 0);
    assert_string_equal(desk_file(desk), "");
    desk_end(desk);
    assert_string_equal(desk_file(desk), "");
    assert_string_equal(desk->said, "");
}

/* However much is typed meanwhile: nothing puts it off. */
static void it_is_saved_half_a_second_after_its_first_change(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_FILE);
    assert_true(letter_deadline(desk->letter) == TIME_NEVER);
    assert_file(desk, "");
    desk_type(desk, "a", SOON_NS);
    time_ns due = desk->now + SAVED_AFTER_NS;
    assert_true(letter_deadline(desk->letter) == due);
    for (int i = 0; i < 4; i++) {
        desk_type(desk, "b", SOON_NS);
        assert_true(letter_deadline(desk->letter) == due);
    }
    desk_wait(desk, due - 1 - desk->now);
    assert_true(letter_deadline(desk->letter) == due); /* not yet */
    desk_wait(desk, 1);
    desk_await_kept(desk, due);
    assert_file(desk, "abbbb");
    struct stat there;
    assert_int_equal(stat(desk_file(desk), &there), 0);
    assert_int_equal(there.st_mode & 07777, 0600);
    assert_true(letter_deadline(desk->letter) == TIME_NEVER);
    assert_string_equal(desk->said, "");
}

static void closing_the_program_saves_what_was_typed_last(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_FILE);
    desk_type(desk, "the last word", SOON_NS);
    desk_end(desk);
    assert_file(desk, "the last word");
    assert_string_equal(desk->said, "");
}

/* As it is seen: in a paragraph from right to left, Left goes on in the text. */
static void left_goes_to_the_left(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_FILE);
    desk_type(desk, "\u05D0\u05D1\u05D2", SOON_NS);
    desk_key(desk, KEY_RIGHT);
    desk_type(desk, "\u05D3", SOON_NS);
    desk_key(desk, KEY_LEFT);
    desk_type(desk, "\u05D4", SOON_NS);
    desk_key(desk, KEY_ENTER);
    desk_type(desk, "ab", SOON_NS);
    desk_key(desk, KEY_LEFT);
    desk_type(desk, "c", SOON_NS);
    desk_end(desk);
    assert_file(desk, "\u05D0\u05D1\u05D3\u05D2\u05D4\nacb");
}

static void a_file_in_which_nothing_was_written_is_taken_away(void **state)
{
    struct desk *desk = *state;
    desk_page(desk, LETTER_FILE);
    assert_file(desk, "");
    desk_key(desk, KEY_ESC);
    assert_string_equal(desk->state, "close");
    assert_string_equal(desk_file(desk), "");
}

static void what_is_there_is_never_written_over(void **state)
{
    struct desk *desk = *state;
    char path[256];
    (void)snprintf(path, sizeof path, "%s/letter-there.txt", desk->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs("somebody's", file);
    (void)fclose(file);
    desk_key(desk, KEY_SPACE);
    desk_key(desk, KEY_DOWN);
    desk_key(desk, KEY_DOWN);
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "place");
    struct key all = {.typed = 'a', .position = 'a', .modifiers = KEY_CTRL};
    assert_true(letter_key(desk->letter, &all, desk->now));
    desk_type(desk, "letter-there.txt", SOON_NS); /* in HOME */
    desk_key(desk, KEY_ENTER);
    assert_string_equal(desk->state, "place");
    assert_int_equal(desk->session.visit.letter.trouble, LETTER_TROUBLE_THERE);
    assert_file(desk, "somebody's");
    assert_true(letter_key(desk->letter, &all, desk->now));
    desk_key(desk, KEY_BACKSPACE);
    desk_key(desk, KEY_ENTER);
    assert_int_equal(desk->session.visit.letter.trouble, LETTER_TROUBLE_EMPTY);
}

static void a_folded_letter_is_there_again(void **state)
{
    static const char *const older[] = {"an older one"};
    struct desk *desk = *state;
    desk_make_letters(desk, older, 1);
    desk_page(desk, LETTER_FOLD);
    desk_type(desk, "Dear", SOON_NS);
    time_ns due = desk->now + SAVED_AFTER_NS;
    desk_type(desk, " M", SOON_NS);
    desk_wait(desk, due - desk->now);
    desk_await_kept(desk, due);
    desk_type(desk, ",", SOON_NS);
    desk_key(desk, KEY_ESC);
    assert_string_equal(desk->state, "leaving");
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "close"); /* with all of it on the disk */
    assert_true(desk->kept_until > due);
    desk_end(desk);

    desk_begin(desk);
    desk_key(desk, KEY_SPACE);
    while (desk->session.visit.letter.journal == LETTER_JOURNAL_UNSEEN)
        desk_await(desk);
    desk_key(desk, KEY_UP); /* the last row: what is folded away */
    desk_key(desk, KEY_SPACE);
    desk_type(desk, "another", SOON_NS);
    desk_key(desk, KEY_ENTER);
    while (desk->session.visit.letter.trouble == LETTER_TROUBLE_NONE)
        desk_await(desk);
    assert_int_equal(desk->session.visit.letter.trouble, LETTER_TROUBLE_OTHER);
    desk_type(desk, DESK_PASS, SOON_NS);
    desk_key(desk, KEY_ENTER);
    desk_await_state(desk, "letters");
    while (desk->session.visit.letter.letters == 0)
        desk_await(desk);
    assert_int_equal(desk->session.visit.letter.letters, 2);
    assert_string_equal(desk->said, "");
}

static void what_is_folded_away_is_closed_once_no_letter_is_open(void **state)
{
    static const char *const older[] = {"an older one"};
    struct desk *desk = *state;
    const struct letter_state *told = &desk->session.visit.letter;
    desk_make_letters(desk, older, 1);
    letter_lock(desk->letter); /* before anything is known of them */
    desk_page(desk, LETTER_FOLD);
    desk_type(desk, "Dear", SOON_NS);
    letter_lock(desk->letter);
    desk_type(desk, " M", SOON_NS);
    desk_wait(desk, SAVED_AFTER_NS);
    desk_await_kept(desk, desk->now);
    assert_int_equal(told->journal, LETTER_JOURNAL_UNLOCKED);
    desk_key(desk, KEY_ESC);
    desk_key(desk, KEY_SPACE);
    desk_await_state(desk, "close");
    letter_lock(desk->letter);
    desk_wait(desk, 0);
    assert_int_equal(told->journal, LETTER_JOURNAL_LOCKED); /* for who asks now already */
    desk_key(desk, KEY_LEFT);
    assert_string_equal(desk->state, "fate");
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "old");
    desk_type(desk, DESK_PASS, SOON_NS);
    desk_key(desk, KEY_ENTER);
    desk_await_state(desk, "page");
    desk_type(desk, "another", SOON_NS);
    desk_wait(desk, SAVED_AFTER_NS);
    desk_await_kept(desk, desk->now);
    assert_string_equal(desk->said, "");
}

static void two_passphrases_that_differ_open_nothing(void **state)
{
    struct desk *desk = *state;
    desk_key(desk, KEY_SPACE);
    while (desk->session.visit.letter.journal == LETTER_JOURNAL_UNSEEN)
        desk_await(desk);
    assert_int_equal(desk->session.visit.letter.journal, LETTER_JOURNAL_NONE);
    desk_key(desk, KEY_DOWN);
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "new");
    desk_key(desk, KEY_ENTER);
    assert_int_equal(desk->session.visit.letter.trouble, LETTER_TROUBLE_EMPTY);
    desk_type(desk, "one", SOON_NS);
    desk_key(desk, KEY_ENTER);
    assert_string_equal(desk->state, "again");
    desk_type(desk, "two", SOON_NS);
    desk_key(desk, KEY_ENTER);
    assert_string_equal(desk->state, "new");
    assert_int_equal(desk->session.visit.letter.trouble, LETTER_TROUBLE_DIFFERENT);
    char path[256];
    (void)snprintf(path, sizeof path, "%s/letters.db", desk->letters);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void a_recording_keeps_nothing_and_says_so(void **state)
{
    struct desk *desk = *state;
    desk_end(desk);
    desk->params.folder = NULL;
    desk->params.recording = true;
    desk_begin(desk);
    desk_key(desk, KEY_SPACE);
    assert_int_equal(desk->session.visit.letter.journal, LETTER_JOURNAL_RECORDING);
    desk_key(desk, KEY_DOWN);
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "fate");
    desk_key(desk, KEY_DOWN);
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "place");
    desk_type(desk, "letter-a.txt", SOON_NS);
    desk_key(desk, KEY_ENTER);
    assert_string_equal(desk->state, "place");
    assert_int_equal(desk->session.visit.letter.trouble, LETTER_TROUBLE_RECORDING);
    assert_string_equal(desk_file(desk), "");
}

/* Without a folder nothing can be folded away, but a file can be kept. */
static void without_a_folder_it_says_that(void **state)
{
    struct desk *desk = *state;
    desk_end(desk);
    desk->params.folder = NULL;
    desk_begin(desk);
    desk_key(desk, KEY_SPACE);
    assert_int_equal(desk->session.visit.letter.journal, LETTER_JOURNAL_NOWHERE);
    desk_key(desk, KEY_DOWN);
    desk_key(desk, KEY_SPACE);
    assert_string_equal(desk->state, "fate");
    desk_key(desk, KEY_DOWN);
    desk_key(desk, KEY_SPACE);
    desk_key(desk, KEY_ENTER);
    assert_string_equal(desk->state, "page");
    assert_file(desk, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_letter_that_is_let_go_is_in_no_file),
        DESK_TEST(it_is_saved_half_a_second_after_its_first_change),
        DESK_TEST(closing_the_program_saves_what_was_typed_last),
        DESK_TEST(left_goes_to_the_left),
        DESK_TEST(a_file_in_which_nothing_was_written_is_taken_away),
        DESK_TEST(what_is_there_is_never_written_over),
        DESK_TEST(a_folded_letter_is_there_again),
        DESK_TEST(what_is_folded_away_is_closed_once_no_letter_is_open),
        DESK_TEST(two_passphrases_that_differ_open_nothing),
        DESK_TEST(a_recording_keeps_nothing_and_says_so),
        DESK_TEST(without_a_folder_it_says_that),
    };
    return cmocka_run_group_tests_name("keeper", tests, NULL, NULL);
}
