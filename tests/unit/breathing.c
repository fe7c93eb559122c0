#include "../support/cm.h"

#include "driver.h"
#include "lacrima/base/text.h"

#include <string.h>

/* Collects when each breath phase began. */
struct breaths {
    time_ns expected; /* when the next boundary is due; 0 before the first breath */
    const struct pattern *pattern;
    size_t place; /* in, hold-in, out, hold-out */
    unsigned long boundaries;
    bool closed;
    time_ns closed_at;
    int offers;
};

static time_ns phase_length(const struct pattern *p, size_t place)
{
    const time_ns lengths[] = {p->in_ns[0], p->hold_in_ns, p->out_ns, p->hold_out_ns};
    return lengths[place];
}

static void follow(void *user, const struct driver *driver, const struct effect *effect)
{
    (void)driver;
    static const char *const names[] = {"in", "hold-in", "out", "hold-out"};
    struct breaths *b = user;
    if (effect->kind != EFFECT_STATE || !text_equal(effect->name, "breathe"))
        return;
    if (text_equal(effect->state, "offer"))
        b->offers++;
    if (text_equal(effect->state, "close")) {
        assert_true(effect->at == b->expected && b->place == 0);
        b->closed = true;
        b->closed_at = effect->at;
        return;
    }
    if (text_equal(effect->state, "settle") || text_equal(effect->state, "lead-in") ||
        text_equal(effect->state, "offer"))
        return;
    if (b->expected == 0)
        b->expected = effect->at;
    assert_true(effect->at == b->expected);
    assert_string_equal(effect->state, names[b->place]);
    b->boundaries++;
    b->expected += phase_length(b->pattern, b->place);
    do {
        b->place = (b->place + 1) % 4;
    } while (phase_length(b->pattern, b->place) == 0);
}

/* Ten hours, in steps as a busy machine would take them: every boundary at its own time to the
 * nanosecond, and the last breath whole. */
static void ten_hours(const char *text, time_ns step)
{
    struct settings settings;
    struct breaths breaths = {0};
    struct driver driver = {.effect = follow, .user = &breaths};
    settings_init(&settings);
    settings.breathe_min = 600;
    settings.pattern_own_count = 1;
    assert_true(pattern_parse(text, &settings.patterns_own[0], NULL));
    settings.pattern = (uint8_t)(pattern_count(&settings) - 1);
    breaths.pattern = &settings.patterns_own[0];
    driver_begin(&driver, &settings, TECHNIQUE_BREATHE);
    for (time_ns now = 0; !breaths.closed; now += step) {
        assert_true(now < SECONDS(37000));
        driver_run_until(&driver, now);
    }
    time_ns breathed = breaths.closed_at - SECONDS(12 + 10);
    time_ns cycle = pattern_cycle_ns(breaths.pattern);
    assert_true(breathed >= SECONDS(36000) && breathed < SECONDS(36000) + cycle);
    assert_true(breathed % cycle == 0);
    assert_true(breaths.boundaries > 6000);
}

static void ten_hours_of_coherent(void **state)
{
    (void)state;
    ten_hours("5.5-0-5.5-0", MILLISECONDS(999));
}

static void ten_hours_of_odd_lengths(void **state)
{
    (void)state;
    ten_hours("3.37-0.75-6.11-0", SECONDS(1) / 60);
}

static void four_seven_eight_stays_short(void **state)
{
    (void)state;
    struct settings settings;
    struct breaths breaths = {0};
    struct driver driver = {.effect = follow, .user = &breaths};
    settings_init(&settings);
    settings.pattern = (uint8_t)pattern_find(&settings, "4-7-8");
    breaths.pattern = pattern_get(&settings, settings.pattern);
    driver_begin(&driver, &settings, TECHNIQUE_BREATHE);
    driver_run_until(&driver, SECONDS(3600));
    assert_int_equal(breaths.offers, 1);
    assert_int_equal(breaths.boundaries, 4 * 3);
    assert_false(breaths.closed);
    breaths = (struct breaths){.pattern = pattern_get(&settings, 0)};
    driver_press(&driver, KEY_SPACE, 0, SECONDS(3601));
    driver_run_until(&driver, SECONDS(3601 + 10 + 300));
    assert_true(breaths.closed);
    assert_int_equal(breaths.boundaries, 30 * 2);
}

static void holds_are_left_out_where_they_strain(void **state)
{
    (void)state;
    struct settings settings;
    struct breaths breaths = {0};
    struct driver driver = {.effect = follow, .user = &breaths};
    settings_init(&settings);
    settings.pattern = (uint8_t)pattern_find(&settings, "box");
    settings.care_heart = true;
    struct pattern without = *pattern_get(&settings, settings.pattern);
    without.hold_in_ns = 0;
    without.hold_out_ns = 0;
    breaths.pattern = &without;
    driver_begin(&driver, &settings, TECHNIQUE_BREATHE);
    driver_run_until(&driver, SECONDS(400));
    assert_true(breaths.closed);
}

struct led {
    char state[16];
};

static void watch(void *user, const struct driver *driver, const struct effect *effect)
{
    (void)driver;
    struct led *led = user;
    if (effect->kind == EFFECT_STATE)
        (void)text_copy(led->state, sizeof led->state, effect->state);
}

static void space_key(struct driver *driver, bool down, double seconds)
{
    struct event event = {.kind = down ? EVENT_KEY_DOWN : EVENT_KEY_UP,
                          .at = (time_ns)(seconds * 1e9)};
    event.key = (struct key){.typed = KEY_SPACE, .position = KEY_SPACE};
    driver_event(driver, &event);
}

static double fill_at(const struct driver *driver, double seconds)
{
    struct scene scene;
    (void)session_view(&driver->session, (time_ns)(seconds * 1e9), &scene);
    assert_int_equal(scene.shape_count, 1);
    return (double)scene.shapes[0].amount;
}

/* `yours`: the key is the breath; the field follows without a jump, and the end waits for the
 * breath to be whole. */
static void the_person_leads(void **state)
{
    (void)state;
    struct settings settings;
    struct led led = {{0}};
    struct driver driver = {.effect = watch, .user = &led};
    settings_init(&settings);
    settings.breathe_min = 1;
    settings.pattern = (uint8_t)pattern_find(&settings, "yours");
    driver_begin(&driver, &settings, TECHNIQUE_BREATHE);
    driver_run_until(&driver, SECONDS(25));
    assert_string_equal(led.state, "out");
    assert_true(fill_at(&driver, 25) == 0.0);
    double t = 26;
    while (t < 80) {
        space_key(&driver, true, t);
        assert_string_equal(led.state, "in");
        double before = fill_at(&driver, t + 2.999);
        space_key(&driver, false, t + 3);
        assert_string_equal(led.state, "out");
        double jump = fill_at(&driver, t + 3) - before;
        assert_true(jump < 0.01 && jump > -0.01);
        t += 8;
    }
    driver_run_until(&driver, SECONDS(82)); /* a minute after the first breath */
    assert_string_equal(led.state, "close");
}

static void the_led_end_is_whole(void **state)
{
    (void)state;
    struct settings settings;
    struct led led = {{0}};
    struct driver driver = {.effect = watch, .user = &led};
    settings_init(&settings);
    settings.breathe_min = 1;
    settings.pattern = (uint8_t)pattern_find(&settings, "yours");
    driver_begin(&driver, &settings, TECHNIQUE_BREATHE); /* breath begins at 22, ends from 82 */
    space_key(&driver, true, 78);
    driver_run_until(&driver, SECONDS(85));
    assert_string_equal(led.state, "in");
    space_key(&driver, false, 86);
    driver_run_until(&driver, SECONDS(91));
    assert_string_equal(led.state, "out");
    driver_run_until(&driver, SECONDS(92)); /* the out-breath's own length: 6 s */
    assert_string_equal(led.state, "close");
}

static void another_pattern_begins_with_the_next_breath(void **state)
{
    (void)state;
    struct settings settings;
    struct breaths breaths = {0};
    struct driver driver = {.effect = follow, .user = &breaths};
    settings_init(&settings);
    breaths.pattern = pattern_get(&settings, 0);
    driver_begin(&driver, &settings, TECHNIQUE_BREATHE);
    driver_run_until(&driver, SECONDS(25)); /* in, from 22 */
    driver_press(&driver, KEY_UP, 0, SECONDS(25));
    driver_run_until(&driver, MILLISECONDS(31999));
    breaths.pattern = pattern_get(&settings, 1);
    driver_run_until(&driver, SECONDS(100));
    assert_true(breaths.boundaries > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_hours_of_coherent),
        cmocka_unit_test(ten_hours_of_odd_lengths),
        cmocka_unit_test(four_seven_eight_stays_short),
        cmocka_unit_test(holds_are_left_out_where_they_strain),
        cmocka_unit_test(the_person_leads),
        cmocka_unit_test(the_led_end_is_whole),
        cmocka_unit_test(another_pattern_begins_with_the_next_breath),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
