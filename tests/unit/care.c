/* The care table, row by row: what each answer alone changes in the running machine, and that
 * without any nothing is changed. */
#include "../support/cm.h"

#include "driver.h"
#include "lacrima/base/text.h"
#include "lacrima/core/care.h"

#include <stddef.h>
#include <string.h>

#define NAMES_BYTES 1024

/* What a visit has been so far. */
struct visit_seen {
    struct driver driver;
    char states[NAMES_BYTES]; /* " settle hold rest" */
    char choices[NAMES_BYTES];
    time_ns entered; /* the present state */
    double widest;   /* the largest level of any shape that was looked at */
};

static void see(void *user, const struct driver *driver, const struct effect *effect)
{
    (void)driver;
    struct visit_seen *seen = user;
    if (effect->kind == EFFECT_STATE) {
        (void)text_append(seen->states, sizeof seen->states, " ");
        (void)text_append(seen->states, sizeof seen->states, effect->state);
        seen->entered = effect->at;
    }
    if (effect->kind == EFFECT_SETTING) {
        (void)text_append(seen->choices, sizeof seen->choices, " ");
        (void)text_append(seen->choices, sizeof seen->choices, effect->name);
    }
}

static struct visit_seen *begin(const struct settings *settings, enum technique_id technique)
{
    static struct visit_seen seen;
    memset(&seen, 0, sizeof seen);
    seen.driver.effect = see;
    seen.driver.user = &seen;
    driver_begin(&seen.driver, settings, technique);
    return &seen;
}

static void press(struct visit_seen *seen, int32_t key, double seconds)
{
    driver_press(&seen->driver, key, 0, (time_ns)(seconds * 1e9));
}

static const struct scene *look(struct visit_seen *seen, double seconds)
{
    static struct scene scene;
    driver_run_until(&seen->driver, (time_ns)(seconds * 1e9));
    (void)session_view(&seen->driver.session, (time_ns)(seconds * 1e9), &scene);
    driver_check_scene(&scene);
    for (size_t i = 0; i < scene.shape_count; i++)
        seen->widest =
            scene.shapes[i].amount > seen->widest ? scene.shapes[i].amount : seen->widest;
    return &scene;
}

static bool says(const struct scene *scene, const char *words)
{
    for (size_t i = 0; i < scene->line_count; i++) {
        if (strstr(scene->lines[i].text, words) != NULL)
            return true;
    }
    return false;
}

/* Twenty seconds, whatever was chosen, and the words say that blinking is free. */
static bool soft_eyes(struct settings settings)
{
    settings.stare_s = 30;
    settings.stare_ceiling_s = 60;
    struct visit_seen *seen = begin(&settings, TECHNIQUE_STARE);
    press(seen, KEY_SPACE, 2);
    bool free = says(look(seen, 4), "Soft eyes. Blink whenever");
    (void)look(seen, 70);
    assert_string_equal(seen->states, " settle hold rest");
    assert_true(seen->entered == SECONDS(22) || seen->entered == SECONDS(62));
    assert_int_equal(free, seen->entered == SECONDS(22));
    return free;
}

/* No pattern holds the breath, and none becomes hasty by that. */
static bool no_holds(struct settings settings)
{
    static const char *const held[] = {"box", "4-7-8"};
    bool without = false;
    for (size_t i = 0; i < 2; i++) {
        settings.pattern = (uint8_t)pattern_find(&settings, held[i]);
        struct visit_seen *seen = begin(&settings, TECHNIQUE_BREATHE);
        press(seen, KEY_SPACE, 2);
        (void)look(seen, 70);
        assert_non_null(strstr(seen->states, " in"));
        assert_non_null(strstr(seen->states, " out"));
        bool none = strstr(seen->states, "hold") == NULL;
        assert_true(i == 0 || none == without);
        without = none;
    }
    return without;
}

static bool half_open(struct settings settings)
{
    struct visit_seen *seen = begin(&settings, TECHNIQUE_YAWN);
    press(seen, KEY_SPACE, 2);
    bool said = false;
    for (int i = 0; i < 80; i++)
        said = says(look(seen, 2.0 + 0.1 * i), "half open") || said;
    assert_true(seen->widest > 0.3);
    bool half = seen->widest <= 0.5;
    assert_int_equal(said, half);
    return half;
}

static bool seated(struct settings settings)
{
    struct visit_seen *seen = begin(&settings, TECHNIQUE_MOVE);
    bool said = says(look(seen, 4), "A steady chair");
    press(seen, KEY_SPACE, 5);
    for (int i = 0; i < 30; i++)
        press(seen, KEY_RIGHT, 6.0 + i);
    (void)look(seen, 40);
    bool sat = strstr(seen->states, " sit-neck") != NULL;
    bool stood = strstr(seen->states, " neck") != NULL || strstr(seen->states, " child") != NULL ||
                 strstr(seen->states, " lunge") != NULL || strstr(seen->states, " rest") != NULL;
    assert_true(sat != stood && sat == said);
    return sat;
}

/* Not by a key, and not by the config. */
static bool no_boxing(struct settings settings)
{
    settings.moving = MOVING_BOX_2;
    struct visit_seen *seen = begin(&settings, TECHNIQUE_MOVE);
    press(seen, KEY_DOWN, 2);
    press(seen, KEY_UP, 3);
    press(seen, KEY_SPACE, 4);
    (void)look(seen, 60);
    bool boxed = strstr(seen->states, " ready") != NULL;
    assert_int_equal(boxed, strstr(seen->choices, "move.kind") != NULL);
    return !boxed;
}

static bool near_home(struct settings settings)
{
    struct visit_seen *seen = begin(&settings, TECHNIQUE_WALK);
    const struct scene *scene = look(seen, 4);
    bool near = says(scene, "near home, with a place to sit");
    assert_true(near == says(scene, "stay seated, and call someone"));
    return near;
}

/* Lukewarm and seated; sauna and steam are not among the choices. */
static bool mild_water(struct settings settings)
{
    struct visit_seen *seen = begin(&settings, TECHNIQUE_SHOWER);
    bool mild = says(look(seen, 4), "Lukewarm, and sit down in it.");
    for (int i = 0; i < 20; i++)
        press(seen, KEY_UP, 5.0 + 0.5 * i);
    for (int i = 0; i < 20; i++)
        press(seen, KEY_DOWN, 20.0 + 0.5 * i);
    bool heat = strstr(seen->choices, "sauna") != NULL || strstr(seen->choices, "steam") != NULL;
    assert_true(mild != heat);
    return mild;
}

typedef bool shows_change(struct settings);

static shows_change *const changes[CARE_CHANGES] = {
    [CARE_SOFT_EYES] = soft_eyes,  [CARE_NO_HOLDS] = no_holds,   [CARE_HALF_OPEN] = half_open,
    [CARE_SEATED] = seated,        [CARE_NO_BOXING] = no_boxing, [CARE_NEAR_HOME] = near_home,
    [CARE_MILD_WATER] = mild_water};

static void every_row_changes_its_way(void **state)
{
    (void)state;
    size_t count = 0;
    const struct care_row *rows = care_rows(&count);
    for (size_t i = 0; i < count; i++) {
        struct settings settings;
        settings_init(&settings);
        *(bool *)((char *)&settings + rows[i].answer) = true;
        if (!changes[rows[i].change](settings))
            fail_msg("%s: change %d is not there", rows[i].name, (int)rows[i].change);
    }
}

#define BIT(change) (1U << (unsigned)(change))

/* Written down once more, so that no row can be lost or go astray unseen. */
static void each_answer_asks_for_what_is_written_here(void **state)
{
    (void)state;
    const unsigned body = BIT(CARE_NO_HOLDS) | BIT(CARE_SEATED) | BIT(CARE_NO_BOXING) |
                          BIT(CARE_NEAR_HOME) | BIT(CARE_MILD_WATER);
    const struct {
        size_t answer;
        unsigned asks;
    } answers[] = {
        {offsetof(struct settings, care_lenses), BIT(CARE_SOFT_EYES)},
        {offsetof(struct settings, care_dry_eyes), BIT(CARE_SOFT_EYES)},
        {offsetof(struct settings, care_eye_surgery),
         BIT(CARE_SOFT_EYES) | (body & ~BIT(CARE_NEAR_HOME))},
        {offsetof(struct settings, care_light), BIT(CARE_SOFT_EYES)},
        {offsetof(struct settings, care_pregnancy), body},
        {offsetof(struct settings, care_heart), body},
        {offsetof(struct settings, care_dizziness), body},
        {offsetof(struct settings, care_asthma), BIT(CARE_NO_HOLDS) | BIT(CARE_NEAR_HOME)},
        {offsetof(struct settings, care_jaw), BIT(CARE_HALF_OPEN)},
        {offsetof(struct settings, care_back), BIT(CARE_SEATED) | BIT(CARE_NO_BOXING)},
        {offsetof(struct settings, care_panic), BIT(CARE_NO_HOLDS) | BIT(CARE_NEAR_HOME)},
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct settings settings;
        unsigned asked = 0;
        settings_init(&settings);
        *(bool *)((char *)&settings + answers[i].answer) = true;
        for (enum care_change change = CARE_SOFT_EYES; change < CARE_CHANGES; change++)
            asked |= care_asks(&settings, change) ? BIT(change) : 0;
        assert_int_equal(asked, answers[i].asks);
    }
}

/* Fails unless the line is there, and to be read, for as long as it is wanted, and nowhere else. */
static void expect_walk_line(const struct scene *scene, int second, const char *line, bool wanted)
{
    bool read = false;
    for (size_t i = 0; i < scene->line_count; i++)
        read = read || (text_equal(scene->lines[i].text, line) && scene->lines[i].alpha > 0.99);
    if (read != wanted)
        fail_msg("a walk, after %d s, %s: %s", second, wanted ? "does not say" : "still says",
                 line);
}

/* What somebody has to know who walks among cars, or with a weak heart, is said before the field
 * goes dark, all the time, to whom it concerns; and then nothing is on the screen to be read. */
static void a_walk_says_what_keeps_safe_before_it_begins(void **state)
{
    (void)state;
    enum { SETTLE_S = 12, LEAD_S = 10, FADED_S = 3, DARK_S = 60 };
    static const char *const lines[2][2] = {
        {"Take tissues, and %s minutes. Walk as slowly as you like.",
         "Where there are cars, look up. Turning back sooner is fine."},
        {"Take tissues, and %s minutes: short rounds near home, with a place to sit.",
         "Sit when you want to. Short of breath, a tight chest or dizzy: stay seated, and call "
         "someone."}};
    static const char lead[] = "In ten seconds it is dark here, and the walk begins.";
    for (int near = 0; near < 2; near++) {
        struct settings settings;
        settings_init(&settings);
        settings.care_heart = near == 1;
        struct visit_seen *seen = begin(&settings, TECHNIQUE_WALK);
        for (int second = FADED_S; second < SETTLE_S + LEAD_S + DARK_S; second++) {
            const struct scene *scene = look(seen, second);
            bool settles = second < SETTLE_S;
            bool leads = !settles && second < SETTLE_S + LEAD_S;
            if (!settles &&
                (leads ? second < SETTLE_S + FADED_S : second < SETTLE_S + LEAD_S + FADED_S))
                continue; /* the one fades into the other */
            for (int i = 0; i < 2; i++) {
                expect_walk_line(scene, second, lines[near][i], settles);
                expect_walk_line(scene, second, lines[1 - near][i], false);
            }
            expect_walk_line(scene, second, lead, leads);
            if (!settles && !leads && scene->line_count > 0)
                fail_msg("a walk, after %d s, says in the dark: %s", second, scene->lines[0].text);
        }
    }
}

/* An answer changes what its rows say and nothing else. */
static void no_answer_changes_more(void **state)
{
    (void)state;
    size_t count = 0;
    const struct care_row *rows = care_rows(&count);
    for (size_t i = 0; i <= count; i++) {
        struct settings settings;
        settings_init(&settings);
        const char *name = i < count ? rows[i].name : "";
        if (i < count)
            *(bool *)((char *)&settings + rows[i].answer) = true;
        for (enum care_change change = CARE_SOFT_EYES; change < CARE_CHANGES; change++) {
            bool wanted = false;
            for (size_t k = 0; k < count; k++)
                wanted = wanted || (rows[k].change == change && text_equal(rows[k].name, name));
            if (changes[change](settings) != wanted)
                fail_msg("%s: change %d", name, (int)change);
        }
    }
}

/* Breath that is not held takes no less time than the least that a pattern may take. */
static void holds_that_leave_make_no_haste(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    settings.care_panic = true;
    bool moved = false;
    assert_true(pattern_parse("0.5-10-0.5-10", &settings.patterns_own[0], &moved));
    (void)text_copy(settings.patterns_own[0].name, sizeof settings.patterns_own[0].name, "held");
    settings.pattern_own_count = 1;
    settings.pattern = (uint8_t)pattern_find(&settings, "held");
    struct visit_seen *seen = begin(&settings, TECHNIQUE_BREATHE);
    press(seen, KEY_SPACE, 2);
    (void)look(seen, 72); /* a lead-in of ten seconds, and a minute */
    int breaths = 0;
    for (const char *at = strstr(seen->states, " out"); at != NULL; at = strstr(at + 1, " out"))
        breaths++;
    assert_in_range(breaths, 10, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_changes_its_way),
        cmocka_unit_test(each_answer_asks_for_what_is_written_here),
        cmocka_unit_test(a_walk_says_what_keeps_safe_before_it_begins),
        cmocka_unit_test(no_answer_changes_more),
        cmocka_unit_test(holds_that_leave_make_no_haste),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
