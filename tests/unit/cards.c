/* What lies over a screen: about you, ground, people. */
#include "../support/cm.h"

#include "driver.h"
#include "lacrima/base/text.h"
#include "lacrima/core/care.h"

#include <string.h>

struct seen {
    char screen[16], state[16], setting[32], value[32];
    int awake, music, states;
};

struct sitting {
    struct driver driver;
    struct seen seen;
};

static void see(void *user, const struct driver *driver, const struct effect *effect)
{
    (void)driver;
    struct seen *seen = user;
    if (effect->kind == EFFECT_SCREEN)
        (void)text_copy(seen->screen, sizeof seen->screen, effect->name);
    if (effect->kind == EFFECT_STATE) {
        (void)text_copy(seen->state, sizeof seen->state, effect->state);
        seen->states++;
    }
    if (effect->kind == EFFECT_SETTING) {
        (void)text_copy(seen->setting, sizeof seen->setting, effect->name);
        (void)text_copy(seen->value, sizeof seen->value, effect->state);
    }
    if (effect->kind == EFFECT_AWAKE)
        seen->awake = effect->on;
    if (effect->kind == EFFECT_MUSIC)
        seen->music = (int)effect->music;
}

static void begin_with(struct sitting *s, const struct settings *settings,
                       enum technique_id technique)
{
    memset(s, 0, sizeof *s);
    s->driver.effect = see;
    s->driver.user = &s->seen;
    s->seen.music = -1;
    driver_begin(&s->driver, settings, technique);
}

static void begin(struct sitting *s, enum technique_id technique)
{
    struct settings settings;
    settings_init(&settings);
    begin_with(s, &settings, technique);
}

static void press(struct sitting *s, int32_t key, double seconds)
{
    driver_press(&s->driver, key, 0, (time_ns)(seconds * 1e9));
}

static void run(struct sitting *s, double seconds)
{
    driver_run_until(&s->driver, (time_ns)(seconds * 1e9));
}

/* Whether the settled picture of this moment holds this text, as words, key or argument. */
static bool shows(struct sitting *s, double seconds, const char *text)
{
    struct scene scene;
    (void)session_view(&s->driver.session, (time_ns)(seconds * 1e9), &scene);
    driver_check_scene(&scene);
    for (size_t i = 0; i < scene.line_count; i++) {
        const struct scene_line *line = &scene.lines[i];
        if (strstr(line->text, text) != NULL || strstr(line->key, text) != NULL ||
            strstr(line->arg, text) != NULL)
            return true;
    }
    return false;
}

static void about_you_comes_once_and_is_left_by_esc(void **state)
{
    (void)state;
    static struct sitting s;
    struct settings settings;
    settings_init(&settings);
    settings.about_due = true;
    begin_with(&s, &settings, TECHNIQUE_COUNT);
    assert_string_equal(s.seen.screen, "about");
    assert_true(shows(&s, 3, "skips"));
    press(&s, KEY_ESC, 4);
    assert_string_equal(s.seen.screen, "home");
    assert_string_equal(s.seen.setting, "about");
    press(&s, '1', 5);
    press(&s, KEY_ESC, 6);
    press(&s, KEY_ESC, 7);
    assert_string_equal(s.seen.screen, "home");
    press(&s, KEY_F3, 8);
    assert_string_equal(s.seen.screen, "about");
    press(&s, KEY_ENTER, 9);
    assert_string_equal(s.seen.screen, "home");
}

static void a_named_way_is_never_kept_waiting(void **state)
{
    (void)state;
    static struct sitting s;
    struct settings settings;
    settings_init(&settings);
    settings.about_due = true;
    begin_with(&s, &settings, TECHNIQUE_STARE);
    assert_string_equal(s.seen.screen, "technique");
    press(&s, KEY_ESC, 5);
    press(&s, KEY_ESC, 6);
    assert_string_equal(s.seen.screen, "about"); /* the first arrival at home */
    press(&s, '2', 7);                           /* any way out is a way out */
    assert_string_equal(s.seen.screen, "technique");
    assert_string_equal(s.seen.setting, "about");
    press(&s, KEY_ESC, 8);
    press(&s, KEY_ESC, 9);
    assert_string_equal(s.seen.screen, "home");
}

static void space_answers_and_arrows_go_round(void **state)
{
    (void)state;
    static struct sitting s;
    begin(&s, TECHNIQUE_COUNT);
    press(&s, KEY_F3, 1);
    press(&s, KEY_UP, 2); /* round to the last: panic */
    press(&s, KEY_SPACE, 3);
    assert_string_equal(s.seen.setting, "care.panic");
    assert_string_equal(s.seen.value, "on");
    assert_true(s.driver.session.settings.care_panic);
    press(&s, KEY_SPACE, 4);
    assert_string_equal(s.seen.value, "off");
    press(&s, KEY_DOWN, 5);
    press(&s, KEY_SPACE, 6);
    assert_string_equal(s.seen.setting, "care.lenses");
}

/* Each answer's own line says what the table says, no less and no more. */
static void every_answer_says_what_it_changes(void **state)
{
    (void)state;
    static const char *const words[CARE_CHANGES] = {
        [CARE_SOFT_EYES] = "eyes",       [CARE_NO_HOLDS] = "no held breath",
        [CARE_HALF_OPEN] = "half open",  [CARE_SEATED] = "seated",
        [CARE_NO_BOXING] = "seated",     [CARE_NEAR_HOME] = "walks",
        [CARE_MILD_WATER] = "mild water"};
    static struct sitting s;
    begin(&s, TECHNIQUE_COUNT);
    press(&s, KEY_F3, 1);
    size_t count = 0;
    const struct care_row *rows = care_rows(&count);
    for (int i = 0; i < 11; i++) {
        double at = 2.0 + 4.0 * i;
        press(&s, KEY_SPACE, at);
        const char *answer = s.seen.setting + strlen("care.");
        struct scene scene;
        (void)session_view(&s.driver.session, (time_ns)((at + 3) * 1e9), &scene);
        const char *line = "";
        for (size_t k = 0; k < scene.line_count; k++) {
            if (scene.lines[k].slot == SCENE_SLOT_LOWER)
                line = scene.lines[k].text;
        }
        for (enum care_change change = CARE_SOFT_EYES; change < CARE_CHANGES; change++) {
            bool wanted = false;
            for (size_t k = 0; k < count; k++)
                wanted = wanted || (text_equal(rows[k].name, answer) &&
                                    (rows[k].change == change ||
                                     text_equal(words[rows[k].change], words[change])));
            if ((strstr(line, words[change]) != NULL) != wanted)
                fail_msg("%s: \"%s\" and change %d", answer, line, (int)change);
        }
        press(&s, KEY_DOWN, at + 3.5);
    }
}

/* Each answer alone, from the table, is said in the settle of the way it changes and in no
 * other. */
static void every_change_is_said_in_its_way(void **state)
{
    (void)state;
    size_t count = 0;
    const struct care_row *rows = care_rows(&count);
    for (size_t i = 0; i < count; i++) {
        for (enum technique_id id = TECHNIQUE_STARE; id < TECHNIQUE_COUNT; id++) {
            if (technique_get(id) == NULL)
                continue;
            static struct sitting s;
            struct settings settings;
            settings_init(&settings);
            *(bool *)((char *)&settings + rows[i].answer) = true;
            begin_with(&s, &settings, id);
            bool wanted = care_technique(rows[i].change) == id;
            bool said = shows(&s, 3, care_words(rows[i].change));
            if (said != wanted)
                fail_msg("%s in %s: %d", rows[i].name, technique_get(id)->id, said);
        }
    }
}

static void an_answer_holds_at_once(void **state)
{
    (void)state;
    static struct sitting s;
    begin(&s, TECHNIQUE_STARE);
    press(&s, KEY_SPACE, 2);
    assert_string_equal(s.seen.state, "hold");
    press(&s, KEY_F3, 5);
    press(&s, KEY_DOWN, 6);
    press(&s, KEY_SPACE, 7); /* dry eyes */
    press(&s, KEY_ESC, 8);
    assert_string_equal(s.seen.screen, "technique");
    assert_string_equal(s.seen.state, "settle");
    assert_true(shows(&s, 10, "soft eyes"));
    press(&s, KEY_SPACE, 11);
    run(&s, 31);
    assert_string_equal(s.seen.state, "rest"); /* after 20 s, as soft eyes have it */
    press(&s, KEY_F3, 33); /* what does not touch this way leaves it where it was */
    press(&s, KEY_UP, 34);
    press(&s, KEY_SPACE, 35);
    press(&s, KEY_ESC, 36);
    assert_string_equal(s.seen.screen, "paused");
    assert_string_equal(s.seen.state, "rest");
}

static void ground_waits_and_leads_to_people(void **state)
{
    (void)state;
    static const char *const names[] = {"eyes",  "see",   "touch", "hear",
                                        "smell", "taste", "feet",  "water"};
    static struct sitting s;
    begin(&s, TECHNIQUE_BREATHE);
    run(&s, 30);
    press(&s, 'g', 30.5);
    assert_string_equal(s.seen.screen, "ground");
    assert_true(s.seen.awake);
    run(&s, 4000); /* as long as it takes */
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_string_equal(s.seen.state, names[i]);
        press(&s, i % 2 == 0 ? KEY_SPACE : KEY_RIGHT, 4001.0 + 2.0 * (double)i);
    }
    assert_string_equal(s.seen.screen, "people");
    press(&s, KEY_ESC, 4030);
    assert_string_equal(s.seen.screen, "paused");
    press(&s, KEY_SPACE, 4032);
    assert_string_equal(s.seen.screen, "technique");
    assert_true(session_deadline(&s.driver.session) < SECONDS(4042)); /* the clock had stood */
    assert_int_equal(s.driver.session.visit.technique, TECHNIQUE_BREATHE);
}

static void left_goes_back_in_ground(void **state)
{
    (void)state;
    static struct sitting s;
    begin(&s, TECHNIQUE_COUNT);
    press(&s, 'g', 1);
    press(&s, KEY_LEFT, 2);
    assert_string_equal(s.seen.state, "eyes");
    press(&s, KEY_SPACE, 3);
    press(&s, KEY_SPACE, 4);
    press(&s, KEY_LEFT, 5);
    assert_string_equal(s.seen.state, "see");
    press(&s, KEY_ESC, 6);
    assert_string_equal(s.seen.screen, "home");
    assert_false(s.seen.awake);
}

/* From every screen but the curtain, and back to it. */
static void people_are_one_key_away(void **state)
{
    (void)state;
    static struct sitting s;
    struct settings settings;
    settings_init(&settings);
    settings.about_due = true;
    begin_with(&s, &settings, TECHNIQUE_COUNT);
    static const struct {
        int32_t key;
        const char *screen;
    } ways[] = {{0, "about"},       {KEY_ESC, "home"},    {'h', "home"},
                {'1', "technique"}, {'p', "technique"},   {KEY_ENTER, "let-go"},
                {'k', "let-go"},    {'g', "ground"},      {KEY_ESC, "let-go"},
                {'2', "let-go"},    {KEY_ESC, "landing"}, {KEY_ESC, "home"},
                {'4', "technique"}, {KEY_F3, "about"}};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        double at = 1.0 + 10.0 * (double)i;
        if (ways[i].key != 0)
            press(&s, ways[i].key, at);
        bool keys = ways[i].key == 'h';
        assert_string_equal(s.seen.screen, keys ? "keys" : ways[i].screen);
        press(&s, KEY_F2, at + 2);
        assert_string_equal(s.seen.screen, "people");
        assert_true(s.seen.awake);
        assert_true(shows(&s, at + 4, "999, 112"));
        press(&s, KEY_ESC, at + 6);
        bool paused =
            text_equal(ways[i].screen, "technique") || text_equal(ways[i].screen, "landing");
        assert_string_equal(s.seen.screen, paused ? "paused" : ways[i].screen);
    }
}

static void a_country_is_proposed_and_never_chosen_for_anyone(void **state)
{
    (void)state;
    static struct sitting s;
    begin(&s, TECHNIQUE_COUNT);
    press(&s, KEY_F2, 1);
    assert_true(shows(&s, 3, "Bsland") && shows(&s, 3, "0800 00 0"));
    assert_string_equal(s.driver.session.settings.country, "");
    press(&s, KEY_ESC, 4);
    assert_string_equal(s.seen.setting, "");
    press(&s, KEY_F2, 5);
    press(&s, KEY_DOWN, 6);
    press(&s, KEY_SPACE, 7);
    assert_string_equal(s.seen.setting, "helplines.country");
    assert_string_equal(s.seen.value, "XC");
    assert_true(shows(&s, 9, "110") && shows(&s, 9, "2026-06-02") && shows(&s, 9, "a year"));
    assert_true(shows(&s, 9, "0800 00 4") && !shows(&s, 9, "0800 00 5"));
    press(&s, KEY_RIGHT, 10);
    assert_true(shows(&s, 12, "0800 00 6") && shows(&s, 12, "110"));
    press(&s, KEY_LEFT, 13);
    assert_true(shows(&s, 15, "0800 00 0"));
    press(&s, KEY_SPACE, 16);
    assert_true(shows(&s, 18, "Which country"));
    press(&s, KEY_UP, 19);
    press(&s, KEY_ESC, 20); /* what was chosen stays */
    assert_string_equal(s.driver.session.settings.country, "XC");
    assert_true(shows(&s, 22, "0800 00 0"));
}

static void another_country_has_emergency_numbers_only(void **state)
{
    (void)state;
    static struct sitting s;
    struct settings settings;
    settings_init(&settings);
    (void)text_copy(settings.country, sizeof settings.country, COUNTRY_ELSEWHERE);
    begin_with(&s, &settings, TECHNIQUE_COUNT);
    press(&s, KEY_F2, 1);
    assert_true(shows(&s, 3, "112, 911, 999") && shows(&s, 3, "000"));
    assert_false(shows(&s, 3, "116"));
}

static void ones_own_people_follow_the_lines(void **state)
{
    (void)state;
    static struct sitting s;
    struct settings settings;
    settings_init(&settings);
    (void)text_copy(settings.country, sizeof settings.country, "XB");
    static const char *const links[][2] = {
        {"mailto:ana@example.org", "tel:+49 30 1234"}, {NULL, NULL}, {"sms:0171 22", NULL}};
    static const char *const names[] = {"Ana", "Grandfather", "Mama"};
    for (size_t i = 0; i < 3; i++) {
        struct person *person = &settings.people.people[settings.people.count++];
        (void)text_copy(person->name, sizeof person->name, names[i]);
        for (size_t k = 0; k < 2 && links[i][k] != NULL; k++)
            assert_null(person_link_read(links[i][k], &person->links[person->link_count++]));
    }
    begin_with(&s, &settings, TECHNIQUE_COUNT);
    press(&s, KEY_F2, 1);
    assert_true(shows(&s, 3, "999, 112") && shows(&s, 3, "0800 00 1"));
    assert_true(shows(&s, 3, "Ana") && shows(&s, 3, "+49 30 1234"));
    assert_true(shows(&s, 3, "ana@example.org") && shows(&s, 3, "Mama"));
    assert_true(shows(&s, 3, "Grandfather") && shows(&s, 3, "0171 22"));
}

static void the_curtain_hides_a_card_and_gives_it_back(void **state)
{
    (void)state;
    static struct sitting s;
    struct scene scene;
    begin(&s, TECHNIQUE_STARE);
    press(&s, KEY_F2, 3);
    press(&s, 'c', 5);
    (void)session_view(&s.driver.session, MILLISECONDS(5150), &scene);
    assert_int_equal(scene.line_count + scene.shape_count, 0);
    assert_false(s.seen.awake);
    press(&s, KEY_F2, 6);
    assert_string_equal(s.seen.screen, "curtain");
    press(&s, KEY_SPACE, 7);
    press(&s, KEY_SPACE, 8);
    assert_string_equal(s.seen.screen, "people");
    press(&s, KEY_ESC, 9);
    assert_string_equal(s.seen.screen, "paused");
}

static void let_go_works_from_a_card(void **state)
{
    (void)state;
    static struct sitting s;
    struct scene scene;
    begin(&s, TECHNIQUE_STARE);
    press(&s, 'g', 3);
    press(&s, KEY_ENTER, 5);
    assert_string_equal(s.seen.screen, "let-go");
    (void)session_view(&s.driver.session, MILLISECONDS(5310), &scene);
    assert_int_equal(scene.line_count + scene.shape_count, 0);
}

/* As in every list; over the numbers themselves it lets go, as everywhere. */
static void enter_chooses_a_country(void **state)
{
    (void)state;
    static struct sitting s;
    begin(&s, TECHNIQUE_STARE);
    press(&s, KEY_F2, 3);
    press(&s, KEY_DOWN, 4);
    press(&s, KEY_ENTER, 5);
    assert_string_equal(s.seen.screen, "people");
    assert_string_equal(s.seen.setting, "helplines.country");
    assert_string_equal(s.seen.value, s.driver.session.settings.country);
    press(&s, KEY_ENTER, 6);
    assert_string_equal(s.seen.screen, "let-go");
}

static void music_waits_with_the_way(void **state)
{
    (void)state;
    static struct sitting s;
    begin(&s, TECHNIQUE_MUSIC);
    press(&s, KEY_SPACE, 2);
    assert_int_equal(s.seen.music, MUSIC_PLAY);
    press(&s, 'g', 4);
    assert_int_equal(s.seen.music, MUSIC_PAUSE);
    press(&s, KEY_ESC, 6);
    assert_int_equal(s.seen.music, MUSIC_PAUSE);
    press(&s, KEY_SPACE, 8);
    assert_int_equal(s.seen.music, MUSIC_PLAY);
    press(&s, KEY_ENTER, 10);
    assert_int_equal(s.seen.music, MUSIC_BED);
    press(&s, KEY_F2, 12); /* the bed goes on under the numbers */
    assert_int_equal(s.seen.music, MUSIC_BED);
    press(&s, '1', 14);
    assert_int_equal(s.seen.music, MUSIC_RISE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(about_you_comes_once_and_is_left_by_esc),
        cmocka_unit_test(a_named_way_is_never_kept_waiting),
        cmocka_unit_test(space_answers_and_arrows_go_round),
        cmocka_unit_test(every_answer_says_what_it_changes),
        cmocka_unit_test(every_change_is_said_in_its_way),
        cmocka_unit_test(an_answer_holds_at_once),
        cmocka_unit_test(ground_waits_and_leads_to_people),
        cmocka_unit_test(left_goes_back_in_ground),
        cmocka_unit_test(people_are_one_key_away),
        cmocka_unit_test(a_country_is_proposed_and_never_chosen_for_anyone),
        cmocka_unit_test(another_country_has_emergency_numbers_only),
        cmocka_unit_test(ones_own_people_follow_the_lines),
        cmocka_unit_test(the_curtain_hides_a_card_and_gives_it_back),
        cmocka_unit_test(let_go_works_from_a_card),
        cmocka_unit_test(enter_chooses_a_country),
        cmocka_unit_test(music_waits_with_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
