/* What is to be heard of a screen by somebody who does not look at it. */
#include "../support/cm.h"

#include "driver.h"
#include "lacrima/base/text.h"
#include "lacrima/core/spoken.h"

#include <string.h>

struct sitting {
    struct driver driver;
    struct spoken heard, now, news;
};

static struct sitting sitting;

static struct sitting *begin_with(const struct settings *settings, enum technique_id technique)
{
    memset(&sitting, 0, sizeof sitting);
    driver_begin(&sitting.driver, settings, technique);
    sitting.heard.place.held = UINT8_MAX;
    return &sitting;
}

static struct sitting *begin(enum technique_id technique)
{
    struct settings settings;
    settings_init(&settings);
    return begin_with(&settings, technique);
}

static enum spoken_news follow(struct sitting *s, double seconds)
{
    time_ns at = (time_ns)(seconds * 1e9);
    driver_run_until(&s->driver, at);
    (void)session_spoken(&s->driver.session, at, &s->now);
    enum spoken_news news = spoken_news(&s->heard, &s->now, &s->news);
    s->heard = s->now;
    return news;
}

static enum spoken_news press(struct sitting *s, int32_t key, double seconds)
{
    driver_press(&s->driver, key, 0, (time_ns)(seconds * 1e9));
    return follow(s, seconds);
}

/* The text's place among what is to be said, or -1. */
static int place(const struct spoken *spoken, const char *text)
{
    for (size_t i = 0; i < spoken->count; i++) {
        if (text_equal(spoken->lines[i].text, text))
            return (int)i;
    }
    return -1;
}

static void a_state_is_said_once_its_hint_last(void **state)
{
    (void)state;
    struct sitting *s = begin(TECHNIQUE_BREATHE);
    assert_int_equal(follow(s, 0.0), SPOKEN_SAY);
    assert_int_equal(place(&s->news, "Breathing"), 0);
    assert_int_equal(place(&s->news, "Space begins"), (int)s->news.count - 1);
    for (int i = 1; i < 11; i++)
        assert_int_equal(follow(s, i), SPOKEN_NOTHING);
    assert_int_equal(follow(s, 12.0), SPOKEN_SAY);
    assert_int_equal(s->news.count, 1);
    assert_int_equal(place(&s->news, "Breathe as you already do."), 0);
}

static void only_a_changed_choice_is_said_anew(void **state)
{
    (void)state;
    struct sitting *s = begin(TECHNIQUE_WALK);
    (void)follow(s, 0.0);
    assert_int_equal(press(s, KEY_DOWN, 1.0), SPOKEN_SAY);
    assert_int_equal(s->news.count, 1);
    assert_int_equal(s->news.lines[0].kind, SPOKEN_WORDS);
}

static void breath_is_said_at_every_turn_even_the_same_word(void **state)
{
    (void)state;
    struct sitting *s = begin(TECHNIQUE_BREATHE);
    (void)follow(s, 0.0);
    (void)press(s, KEY_SPACE, 1.0);
    const double turns[] = {11.0, 15.0, 21.0, 25.0};
    for (size_t i = 0; i < sizeof turns / sizeof turns[0]; i++) {
        assert_int_equal(follow(s, turns[i]), SPOKEN_SAY);
        assert_int_equal(s->news.count, 1);
        assert_string_equal(s->news.lines[0].text, i % 2 == 0 ? "In" : "Out");
        assert_int_equal(follow(s, turns[i] + 1.0), SPOKEN_NOTHING);
    }
    /* A breath that was jumped over leaves the same word, and it is another breath. */
    assert_int_equal(follow(s, 35.0), SPOKEN_SAY);
    assert_string_equal(s->news.lines[0].text, "Out");
}

static void numbers_that_change_by_themselves_are_not_counted(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    settings.breathe_seconds_shown = true;
    struct sitting *s = begin_with(&settings, TECHNIQUE_BREATHE);
    (void)press(s, KEY_SPACE, 1.0);
    (void)follow(s, 11.0);
    assert_int_equal(s->now.count, 1);
    for (int i = 12; i < 15; i++)
        assert_int_equal(follow(s, i), SPOKEN_NOTHING);
}

static void words_are_heard_where_none_are_seen(void **state)
{
    (void)state;
    struct sitting *s = begin(TECHNIQUE_YAWN);
    (void)follow(s, 0.0);
    assert_int_equal(press(s, 't', 1.0), SPOKEN_SAY);
    assert_int_equal(place(&s->news, "Words off"), 0);
    assert_int_equal(press(s, KEY_SPACE, 2.0), SPOKEN_SAY);
    assert_int_equal(place(&s->news, "In, wide open"), 0);
}

static void what_covers_hushes(void **state)
{
    (void)state;
    struct sitting *s = begin(TECHNIQUE_BREATHE);
    (void)follow(s, 0.0);
    assert_int_equal(press(s, 'p', 1.0), SPOKEN_SAY);
    assert_int_equal(place(&s->news, "Paused."), 0);
    assert_int_equal(press(s, 'c', 2.0), SPOKEN_HUSH);
    assert_int_equal(follow(s, 3.0), SPOKEN_NOTHING);
    (void)press(s, KEY_SPACE, 4.0);
    assert_int_equal(press(s, KEY_SPACE, 4.5), SPOKEN_SAY);
    assert_int_equal(press(s, KEY_ENTER, 6.0), SPOKEN_HUSH);
    assert_int_equal(press(s, KEY_DOWN, 7.0), SPOKEN_SAY);
    assert_int_equal(s->news.count, 2);
    assert_string_equal(s->news.lines[0].key, "Space");
}

static void a_walk_that_begins_lets_its_words_end(void **state)
{
    (void)state;
    struct sitting *s = begin(TECHNIQUE_WALK);
    (void)press(s, KEY_SPACE, 1.0);
    assert_int_equal(follow(s, 11.0), SPOKEN_NOTHING);
    assert_int_equal(s->now.count, 0);
    assert_int_equal(press(s, 'c', 12.0), SPOKEN_HUSH);
}

static void numbers_are_said_digit_by_digit_after_whose_they_are(void **state)
{
    (void)state;
    struct sitting *s = begin(TECHNIQUE_COUNT);
    (void)press(s, KEY_F1 + 1, 1.0);
    int number = place(&s->now, "Emergency: %s");
    assert_true(number >= 0 && s->now.lines[number].digits);
    (void)press(s, KEY_SPACE, 2.0);
    number = -1;
    for (size_t i = 0; i < s->now.count; i++) {
        const struct spoken_line *line = &s->now.lines[i];
        assert_true(line->key[0] == '\0' || (line->digits && line->key_last));
        number = line->key[0] != '\0' ? (int)i : number;
    }
    assert_true(number >= 0);
}

static void of_a_list_the_marked_row_is_said(void **state)
{
    (void)state;
    struct sitting *s = begin(TECHNIQUE_COUNT);
    (void)press(s, KEY_F1 + 2, 1.0);
    int row = place(&s->now, "Contact lenses in");
    assert_true(row >= 0);
    assert_string_equal(s->now.lines[row].key, "no");
    assert_int_equal(place(&s->now, "Dry or sore eyes"), -1);
    assert_int_equal(press(s, KEY_SPACE, 2.0), SPOKEN_SAY);
    row = place(&s->news, "Contact lenses in");
    assert_true(row >= 0);
    assert_string_equal(s->news.lines[row].key, "yes");
}

static void a_song_is_not_spoken_over(void **state)
{
    (void)state;
    struct sitting *s = begin(TECHNIQUE_MUSIC);
    (void)press(s, KEY_SPACE, 1.0);
    struct event event = {.kind = EVENT_MUSIC_STARTED, .at = SECONDS(2)};
    (void)text_copy(event.text, sizeof event.text, "A song of mine");
    driver_event(&s->driver, &event);
    for (int i = 2; i < 30; i++) {
        (void)follow(s, i);
        assert_int_equal(place(&s->now, "A song of mine"), -1);
    }
}

static void each_press_of_v_leaves_less(void **state)
{
    (void)state;
    struct sitting *s = begin(TECHNIQUE_COUNT);
    const struct settings *now = &s->driver.session.settings;
    static const bool voice[] = {false, true, false, false};
    static const bool cues[] = {false, true, true, false};
    assert_true(now->sound_cues && !now->sound_voice);
    for (int i = 0; i < 4; i++) {
        (void)press(s, 'v', i + 1.0);
        assert_int_equal(now->sound_voice, voice[i]);
        assert_int_equal(now->sound_cues, cues[i]);
    }
    s->driver.session.settings.sound_voice = true;
    (void)press(s, 'v', 6.0);
    assert_false(now->sound_voice || now->sound_cues);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_state_is_said_once_its_hint_last),
        cmocka_unit_test(only_a_changed_choice_is_said_anew),
        cmocka_unit_test(breath_is_said_at_every_turn_even_the_same_word),
        cmocka_unit_test(numbers_that_change_by_themselves_are_not_counted),
        cmocka_unit_test(words_are_heard_where_none_are_seen),
        cmocka_unit_test(what_covers_hushes),
        cmocka_unit_test(a_walk_that_begins_lets_its_words_end),
        cmocka_unit_test(numbers_are_said_digit_by_digit_after_whose_they_are),
        cmocka_unit_test(of_a_list_the_marked_row_is_said),
        cmocka_unit_test(a_song_is_not_spoken_over),
        cmocka_unit_test(each_press_of_v_leaves_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
