/* The same visit, whatever the frame rate: the log of a visit with keys in it is compared, byte
 * for byte, over steps from a millisecond to a second and over irregular ones. */
#include "../support/cm.h"

#include "driver.h"

#include <stdlib.h>
#include <string.h>

struct press {
    int32_t key;
    bool down; /* false: let go */
    time_ns at;
};

struct visit_case {
    enum technique_id technique;
    const char *pattern;
    time_ns length;
    struct press presses[12];
};

static const struct visit_case cases[] = {
    {TECHNIQUE_STARE, "six", SECONDS(420), {{KEY_SPACE, true, MILLISECONDS(20123)}}},
    {TECHNIQUE_BREATHE,
     "coherent",
     SECONDS(420),
     {{'p', true, MILLISECONDS(61001)}, {'p', true, MILLISECONDS(99999)}}},
    {TECHNIQUE_BREATHE, "three-part", SECONDS(90), {{KEY_RIGHT, true, MILLISECONDS(30500)}}},
    {TECHNIQUE_BREATHE, "4-7-8", SECONDS(140), {{KEY_SPACE, true, MILLISECONDS(110000)}}},
    {TECHNIQUE_BREATHE,
     "yours",
     SECONDS(100),
     {{KEY_SPACE, true, MILLISECONDS(24001)},
      {KEY_SPACE, false, MILLISECONDS(28113)},
      {KEY_SPACE, true, MILLISECONDS(33777)},
      {KEY_SPACE, false, MILLISECONDS(37003)}}},
    {TECHNIQUE_MOVE, "six", SECONDS(300), {{KEY_RIGHT, true, MILLISECONDS(50123)}}},
    {TECHNIQUE_MOVE,
     "six",
     SECONDS(260),
     {{KEY_UP, true, MILLISECONDS(1500)},
      {'p', true, MILLISECONDS(95001)},
      {'p', true, SECONDS(101)}}},
    {TECHNIQUE_YAWN,
     "six",
     SECONDS(300),
     {{KEY_ENTER, true, MILLISECONDS(150000)},
      {'x', true, MILLISECONDS(170000)},
      {KEY_ESC, true, MILLISECONDS(172000)}}},
    {TECHNIQUE_TALK,
     "six",
     SECONDS(90),
     {{KEY_SPACE, true, MILLISECONDS(14001)},
      {KEY_DOWN, true, MILLISECONDS(15003)},
      {KEY_SPACE, true, MILLISECONDS(16007)},
      {KEY_SPACE, true, MILLISECONDS(17011)},
      {KEY_SPACE, true, MILLISECONDS(18013)},
      {KEY_SPACE, true, MILLISECONDS(19017)},
      {KEY_RIGHT, true, MILLISECONDS(50021)},
      {KEY_RIGHT, true, MILLISECONDS(52027)}}},
    {TECHNIQUE_WALK,
     "six",
     SECONDS(1100),
     {{KEY_UP, true, SECONDS(3)},
      {'h', true, SECONDS(100)},
      {'c', true, SECONDS(290)},
      {KEY_SPACE, true, SECONDS(400)},
      {KEY_SPACE, true, SECONDS(401)},
      {'p', true, SECONDS(500)},
      {'p', true, MILLISECONDS(520333)},
      {'k', true, SECONDS(900)}}},
    {TECHNIQUE_SHOWER,
     "six",
     SECONDS(420),
     {{KEY_SPACE, true, MILLISECONDS(5001)},
      {'c', true, SECONDS(200)},
      {KEY_SPACE, true, SECONDS(330)},
      {KEY_SPACE, true, SECONDS(331)},
      {'k', true, SECONDS(350)}}},
    {TECHNIQUE_MUSIC,
     "six",
     SECONDS(60),
     {{'c', true, MILLISECONDS(20000)},
      {KEY_SPACE, true, MILLISECONDS(25000)},
      {KEY_SPACE, true, MILLISECONDS(26000)}}},
};

#define IRREGULAR (-1)

static time_ns next_step(time_ns step, uint32_t *seed)
{
    if (step != IRREGULAR)
        return step;
    *seed = *seed * 1664525U + 1013904223U;
    return MILLISECONDS(1) + (time_ns)(*seed % 700000000U);
}

/* Runs the visit in these steps and returns its log, which the caller frees. */
static char *run(const struct visit_case *c, time_ns step)
{
    char *text = NULL;
    size_t size = 0;
    struct driver driver = {.out = open_memstream(&text, &size)};
    struct settings settings;
    settings_init(&settings);
    settings.pattern = (uint8_t)pattern_find(&settings, c->pattern);
    driver_begin(&driver, &settings, c->technique);
    uint32_t seed = 7;
    size_t next = 0;
    for (time_ns now = 0; now < c->length; now += next_step(step, &seed)) {
        for (; next < 12 && c->presses[next].key != 0 && c->presses[next].at <= now; next++) {
            const struct press *p = &c->presses[next];
            struct event event = {.kind = p->down ? EVENT_KEY_DOWN : EVENT_KEY_UP, .at = p->at};
            event.key = (struct key){.typed = p->key, .position = p->key};
            driver_event(&driver, &event);
        }
        driver_run_until(&driver, now);
        struct scene scene;
        (void)session_view(&driver.session, now, &scene);
        driver_check_scene(&scene);
    }
    driver_run_until(&driver, c->length);
    for (int i = 0; i < 8; i++) {
        struct scene scene;
        (void)session_view(&driver.session, c->length + MILLISECONDS(113 * i), &scene);
        driver_print_scene(driver.out, &scene);
    }
    (void)fclose(driver.out);
    return text;
}

static void the_log_is_the_same_at_any_step(void **state)
{
    (void)state;
    static const time_ns steps[] = {MILLISECONDS(7), SECONDS(1) / 60, MILLISECONDS(33),
                                    MILLISECONDS(999), IRREGULAR};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *finest = run(&cases[i], MILLISECONDS(1));
        assert_true(strlen(finest) > 200);
        for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++) {
            char *other = run(&cases[i], steps[k]);
            assert_string_equal(other, finest);
            free(other);
        }
        free(finest);
    }
}

/* What the view says about when it changes is kept: before that time, the same scene. */
static void a_still_picture_stays_still(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct driver driver = {.out = NULL};
        struct settings settings;
        settings_init(&settings);
        settings.pattern = (uint8_t)pattern_find(&settings, cases[i].pattern);
        driver_begin(&driver, &settings, cases[i].technique);
        unsigned still = 0;
        for (time_ns now = 0; now < cases[i].length; now += MILLISECONDS(217)) {
            driver_run_until(&driver, now);
            struct scene scene;
            time_ns until = session_view(&driver.session, now, &scene);
            until = time_min(until, session_deadline(&driver.session));
            until = time_min(until, now + SECONDS(90));
            for (time_ns t = now; t < until; t += (until - now) / 3 + 1) {
                struct scene later;
                (void)session_view(&driver.session, t, &later);
                assert_true(scene_equal(&scene, &later));
                still++;
            }
        }
        assert_true(still > 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_log_is_the_same_at_any_step),
        cmocka_unit_test(a_still_picture_stays_still),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
