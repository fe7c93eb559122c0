/* The way from the question to the landing, and what leaves the program on it. */
#include "../support/cm.h"

#include "driver.h"
#include "lacrima/base/text.h"

#include <string.h>

struct seen {
    char state[16];
    int bells, settings, copies, links;
    struct effect last; /* the last copy or link */
};

static void see(void *user, const struct driver *driver, const struct effect *effect)
{
    (void)driver;
    struct seen *seen = user;
    if (effect->kind == EFFECT_STATE)
        (void)text_copy(seen->state, sizeof seen->state, effect->state);
    if (effect->kind == EFFECT_CUE && effect->cue == CUE_BELL)
        seen->bells++;
    if (effect->kind == EFFECT_SETTING)
        seen->settings++;
    if (effect->kind == EFFECT_CLIPBOARD)
        seen->copies++;
    if (effect->kind == EFFECT_LINK)
        seen->links++;
    if (effect->kind == EFFECT_CLIPBOARD || effect->kind == EFFECT_LINK)
        seen->last = *effect;
}

struct sitting {
    struct driver driver;
    struct seen seen;
    struct settings settings;
    double now;
};

static void begin(struct sitting *s, int people)
{
    memset(s, 0, sizeof *s);
    settings_init(&s->settings);
    static const char *const links[] = {"tel:11", "mailto:ana@example.org"};
    for (int i = 0; i < people; i++) {
        struct person *person = &s->settings.people.people[s->settings.people.count++];
        (void)text_copy(person->name, sizeof person->name, i == 0 ? "Ana" : "Ben");
        for (size_t k = 0; k < 2; k++)
            assert_null(person_link_read(links[k], &person->links[person->link_count++]));
    }
    s->driver.effect = see;
    s->driver.user = &s->seen;
    driver_begin(&s->driver, &s->settings, TECHNIQUE_TALK);
}

/* Each key a second after the one before. */
static void press(struct sitting *s, int32_t key, uint8_t modifiers)
{
    s->now += 1;
    driver_press(&s->driver, key, modifiers, (time_ns)(s->now * 1e9));
}

static void run(struct sitting *s, double seconds)
{
    s->now += seconds;
    driver_run_until(&s->driver, (time_ns)(s->now * 1e9));
}

static void spaces(struct sitting *s, int count)
{
    for (int i = 0; i < count; i++)
        press(s, KEY_SPACE, 0);
}

/* How bright the light is now; below 0: there is none. */
static double light(struct sitting *s, double seconds)
{
    struct scene scene;
    (void)session_view(&s->driver.session, (time_ns)((s->now + seconds) * 1e9), &scene);
    for (size_t i = 0; i < scene.shape_count; i++) {
        if (scene.shapes[i].kind == SCENE_SHAPE_GLOW)
            return (double)scene.shapes[i].amount;
    }
    return -1.0;
}

static void three_keys_then_listening_then_the_other_way_round(void **state)
{
    (void)state;
    static const char *const states[] = {"whom", "need", "how", "ask", "reply", "listen"};
    struct sitting s;
    begin(&s, 0);
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        press(&s, KEY_SPACE, 0);
        assert_string_equal(s.seen.state, states[i]);
    }
    run(&s, 599.9);
    assert_string_equal(s.seen.state, "listen");
    assert_int_equal(s.seen.bells, 0);
    run(&s, 0.1);
    assert_string_equal(s.seen.state, "turn");
    assert_int_equal(s.seen.bells, 1);
    run(&s, 3600);
    assert_string_equal(s.seen.state, "turn"); /* offered, for as long as they like */
    press(&s, KEY_SPACE, 0);
    assert_string_equal(s.seen.state, "turned");
    run(&s, 600);
    assert_string_equal(s.seen.state, "close");
    assert_int_equal(s.seen.bells, 2);
    run(&s, 30);
    assert_string_equal(s.seen.state, "breath");
}

static void the_turn_can_be_left_out(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, 0);
    spaces(&s, 6);
    run(&s, 600);
    press(&s, KEY_RIGHT, 0);
    assert_string_equal(s.seen.state, "close");
}

static void the_light_only_ever_sinks_and_in_small_steps(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, 0);
    spaces(&s, 6);
    double last = light(&s, 1.0);
    assert_true(last > 0.8 && last < 0.9);
    double first = last;
    for (double t = 1.5; t < 600; t += 0.5) {
        double now = light(&s, t);
        assert_true(now >= 0 && now <= last && now > last - 0.01);
        last = now;
    }
    assert_true(last < first / 50);
}

static void not_now_says_something_kind(void **state)
{
    (void)state;
    struct sitting s;
    struct scene scene;
    begin(&s, 0);
    spaces(&s, 5);
    press(&s, KEY_DOWN, 0);
    press(&s, KEY_SPACE, 0);
    assert_string_equal(s.seen.state, "not-now");
    run(&s, 5);
    (void)session_view(&s.driver.session, (time_ns)(s.now * 1e9), &scene);
    assert_string_equal(scene.lines[0].text, "If they can’t now, that says nothing about you.");
    press(&s, KEY_LEFT, 0);
    assert_string_equal(s.seen.state, "whom"); /* somebody else */
}

static void a_help_line_needs_no_choosing(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, 1);
    press(&s, KEY_SPACE, 0);
    press(&s, KEY_UP, 0); /* Ana is first; above her is the last */
    press(&s, KEY_SPACE, 0);
    assert_string_equal(s.seen.state, "line");
    press(&s, 'c', KEY_CTRL);
    assert_int_equal(s.seen.copies, 1);
    assert_string_equal(s.seen.last.name,
                        "I would like to talk to someone. I don’t know where to begin.");
    press(&s, 'o', 0);
    assert_int_equal(s.seen.links, 0);
}

/* The clipboard and a link are touched by their own keys, where a sentence stands, and nowhere
 * else. */
static void nothing_leaves_without_its_key(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, 2);
    for (int i = 0; i < 4; i++) {
        press(&s, 'c', KEY_CTRL);
        press(&s, 'o', 0);
        press(&s, KEY_SPACE, 0);
    }
    assert_string_equal(s.seen.state, "ask");
    assert_int_equal(s.seen.copies + s.seen.links, 0);
    press(&s, 'o', 0); /* it is to be said: no link carries that */
    assert_int_equal(s.seen.links, 0);
    press(&s, KEY_LEFT, 0);
    press(&s, KEY_UP, 0); /* round to a call */
    press(&s, KEY_SPACE, 0);
    assert_int_equal(s.seen.links, 0);
    press(&s, 'o', 0);
    assert_int_equal(s.seen.links, 1);
    assert_int_equal(s.seen.last.link->scheme, LINK_TEL);
    press(&s, 'c', KEY_CTRL);
    assert_int_equal(s.seen.copies, 1);
    assert_null(s.seen.last.link);
    assert_string_equal(s.seen.last.state, "Ana");
    assert_int_equal(s.seen.settings, 0); /* whom and what for is nobody's setting */
    spaces(&s, 2);
    assert_string_equal(s.seen.state, "listen");
    press(&s, 'c', KEY_CTRL);
    press(&s, 'o', 0);
    assert_int_equal(s.seen.copies + s.seen.links, 2);
}

/* A way that was chosen for someone else may not suit a listener online. */
static void the_way_suits_the_listener(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, 0);
    press(&s, KEY_SPACE, 0);
    for (int i = 0; i < 4; i++)
        press(&s, KEY_DOWN, 0);
    spaces(&s, 3);
    assert_string_equal(s.seen.state, "ask");
    press(&s, 'c', KEY_CTRL);
    assert_string_equal(s.seen.last.name,
                        "Have you time for me now? I don’t need advice, only an ear.");
}

static void a_long_list_is_shown_in_pages(void **state)
{
    (void)state;
    struct sitting s;
    struct scene scene;
    begin(&s, PEOPLE_OWN_MAX);
    press(&s, KEY_SPACE, 0);
    for (int i = 0; i < 22; i++) {
        run(&s, 3);
        (void)session_view(&s.driver.session, (time_ns)(s.now * 1e9), &scene);
        size_t rows = 0;
        size_t marked = 0;
        for (size_t k = 0; k < scene.line_count; k++) {
            rows += scene.lines[k].slot == SCENE_SLOT_LIST ? 1 : 0;
            marked += scene.lines[k].marked ? 1 : 0;
        }
        assert_int_equal(marked, 1);
        assert_in_range(rows, 2, 10);
        press(&s, KEY_DOWN, 0);
    }
    assert_int_equal(s.driver.session.visit.talk.whom, 0);
}

static void the_minutes_are_chosen_in_settle(void **state)
{
    (void)state;
    struct sitting s;
    begin(&s, 0);
    press(&s, KEY_DOWN, 0);
    press(&s, KEY_DOWN, 0);
    assert_int_equal(s.driver.session.settings.talk_min, 5);
    spaces(&s, 6);
    run(&s, 300);
    assert_string_equal(s.seen.state, "turn");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_keys_then_listening_then_the_other_way_round),
        cmocka_unit_test(the_turn_can_be_left_out),
        cmocka_unit_test(the_light_only_ever_sinks_and_in_small_steps),
        cmocka_unit_test(not_now_says_something_kind),
        cmocka_unit_test(a_help_line_needs_no_choosing),
        cmocka_unit_test(nothing_leaves_without_its_key),
        cmocka_unit_test(the_way_suits_the_listener),
        cmocka_unit_test(a_long_list_is_shown_in_pages),
        cmocka_unit_test(the_minutes_are_chosen_in_settle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
