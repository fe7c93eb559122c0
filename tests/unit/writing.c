/* What a letter's lists do with keys, and with what comes late. */
#include "../support/cm.h"

#include "driver.h"

#include <string.h>

static void press(struct driver *driver, int32_t key, double seconds)
{
    driver_press(driver, key, 0, (time_ns)(seconds * 1e9));
}

static void tell(struct driver *driver, enum letter_journal journal, double seconds)
{
    const struct event event = {.kind = EVENT_LETTER,
                                .at = (time_ns)(seconds * 1e9),
                                .letter = LETTER_NEWS_JOURNAL,
                                .value = (int32_t)journal};
    driver_event(driver, &event);
}

/* On "Fold it away", the disk not yet looked at. */
static void begin_unseen(struct driver *driver)
{
    struct settings settings;
    *driver = (struct driver){.state = ""};
    settings_init(&settings);
    driver_begin(driver, &settings, TECHNIQUE_WRITE);
    press(driver, KEY_SPACE, 1);
    assert_string_equal(driver->state, "fate");
    driver->session.visit.letter.journal = LETTER_JOURNAL_UNSEEN;
    press(driver, KEY_DOWN, 2);
}

static void a_choice_before_the_disk_was_seen_is_kept(void **state)
{
    (void)state;
    static const struct {
        enum letter_journal journal;
        const char *state;
    } rows[] = {{LETTER_JOURNAL_NONE, "new"},
                {LETTER_JOURNAL_LOCKED, "old"},
                {LETTER_JOURNAL_UNLOCKED, "page"},
                {LETTER_JOURNAL_REFUSED, "fate"},
                {LETTER_JOURNAL_NOWHERE, "fate"}};
    static const int32_t keys[] = {KEY_SPACE, KEY_ENTER, KEY_RIGHT};
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
            struct driver driver;
            begin_unseen(&driver);
            press(&driver, keys[k], 3);
            tell(&driver, LETTER_JOURNAL_UNSEEN, 4); /* it is being opened */
            assert_string_equal(driver.state, "fate");
            tell(&driver, rows[i].journal, 5);
            assert_string_equal(driver.state, rows[i].state);
            tell(&driver, LETTER_JOURNAL_NONE, 6); /* it is done once */
            assert_string_equal(driver.state, rows[i].state);
        }
    }
}

static void a_choice_that_was_left_is_not_made(void **state)
{
    (void)state;
    static const int32_t keys[] = {KEY_UP, KEY_DOWN, 'p', 'c', 'h', KEY_F2};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct driver driver;
        begin_unseen(&driver);
        press(&driver, KEY_SPACE, 3);
        press(&driver, keys[i], 4);
        tell(&driver, LETTER_JOURNAL_NONE, 5);
        assert_string_equal(driver.state, "fate");
    }
    struct driver driver;
    begin_unseen(&driver);
    press(&driver, KEY_SPACE, 3);
    press(&driver, KEY_LEFT, 4);
    press(&driver, KEY_SPACE, 5);
    tell(&driver, LETTER_JOURNAL_NONE, 6);
    assert_string_equal(driver.state, "fate");
}

/* In writing, let go is Ctrl+Enter; Enter alone never takes a list away. */
static void enter_chooses_from_a_list(void **state)
{
    (void)state;
    struct driver driver = {.state = ""};
    struct settings settings;
    settings_init(&settings);
    driver_begin(&driver, &settings, TECHNIQUE_WRITE);
    press(&driver, KEY_SPACE, 1);
    press(&driver, KEY_ENTER, 2);
    assert_string_equal(driver.state, "page");
    press(&driver, KEY_ENTER, 3); /* something is written */
    press(&driver, KEY_ESC, 4);
    assert_string_equal(driver.state, "leaving");
    driver_press(&driver, KEY_ENTER, KEY_CTRL, SECONDS(5));
    assert_int_equal(driver.session.screen, SCREEN_LET_GO);
    press(&driver, KEY_ENTER, 6);
    press(&driver, KEY_ESC, 7);
    press(&driver, '9', 8);
    press(&driver, KEY_SPACE, 9);
    press(&driver, KEY_ESC, 10);
    assert_string_equal(driver.state, "leaving");
    press(&driver, KEY_ENTER, 11);
    assert_string_equal(driver.state, "go");
}

static void answer(struct driver *driver, enum letter_news news, int32_t value, double seconds)
{
    const struct event event = {
        .kind = EVENT_LETTER, .at = (time_ns)(seconds * 1e9), .letter = news, .value = value};
    driver_event(driver, &event);
}

/* What was said of a passphrase is said where it is asked for, and nowhere else. */
static void a_refusal_leaves_with_its_question(void **state)
{
    (void)state;
    struct driver driver;
    const struct letter_state *letter = &driver.session.visit.letter;
    begin_unseen(&driver);
    tell(&driver, LETTER_JOURNAL_LOCKED, 3);
    press(&driver, KEY_SPACE, 4);
    assert_string_equal(driver.state, "old");
    answer(&driver, LETTER_NEWS_TROUBLE, LETTER_TROUBLE_OTHER, 5);
    assert_int_equal(letter->trouble, LETTER_TROUBLE_OTHER);
    press(&driver, KEY_ESC, 6);
    assert_string_equal(driver.state, "fate");
    assert_int_equal(letter->trouble, LETTER_TROUBLE_NONE);

    tell(&driver, LETTER_JOURNAL_UNLOCKED, 7);
    press(&driver, KEY_DOWN, 8);
    press(&driver, KEY_DOWN, 9);
    press(&driver, KEY_SPACE, 10);
    assert_string_equal(driver.state, "letters");
    press(&driver, KEY_UP, 11); /* the last row: another passphrase */
    press(&driver, KEY_SPACE, 12);
    assert_string_equal(driver.state, "old");
    answer(&driver, LETTER_NEWS_TROUBLE, LETTER_TROUBLE_OTHER, 13);
    assert_int_equal(letter->trouble, LETTER_TROUBLE_OTHER);
    press(&driver, KEY_ESC, 14);
    assert_string_equal(driver.state, "letters");
    assert_int_equal(letter->trouble, LETTER_TROUBLE_NONE);
}

static bool shows(const struct driver *driver, const char *words, double seconds)
{
    struct scene scene;
    (void)session_view(&driver->session, (time_ns)(seconds * 1e9), &scene);
    for (size_t i = 0; i < scene.line_count; i++) {
        if (strcmp(scene.lines[i].text, words) == 0)
            return true;
    }
    return false;
}

/* T is a letter where a passphrase is typed: words could not be had back there. */
static void what_is_asked_is_there_though_words_are_off(void **state)
{
    (void)state;
    const char *const more = "Enter goes on, Esc goes back";
    struct driver driver;
    begin_unseen(&driver);
    driver.session.settings.look_words = false;
    tell(&driver, LETTER_JOURNAL_NONE, 3);
    assert_false(shows(&driver, "What becomes of this letter?", 6));
    press(&driver, KEY_SPACE, 7);
    assert_string_equal(driver.state, "new");
    assert_true(shows(&driver, "A passphrase for the letters you fold away.", 10));
    assert_true(shows(&driver, more, 10));
    answer(&driver, LETTER_NEWS_DONE, 0, 11);
    press(&driver, KEY_ESC, 14);
    tell(&driver, LETTER_JOURNAL_LOCKED, 15);
    press(&driver, KEY_SPACE, 16);
    assert_string_equal(driver.state, "old");
    assert_true(shows(&driver, "The passphrase of your folded letters.", 20));
    press(&driver, KEY_ESC, 21);
    press(&driver, KEY_DOWN, 22);
    press(&driver, KEY_SPACE, 23);
    assert_string_equal(driver.state, "place");
    assert_true(shows(&driver, "Where is the file to be kept?", 26));
    assert_true(shows(&driver, more, 26));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_choice_before_the_disk_was_seen_is_kept),
        cmocka_unit_test(a_refusal_leaves_with_its_question),
        cmocka_unit_test(a_choice_that_was_left_is_not_made),
        cmocka_unit_test(enter_chooses_from_a_list),
        cmocka_unit_test(what_is_asked_is_there_though_words_are_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
