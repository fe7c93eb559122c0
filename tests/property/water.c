/* Ten thousand impatient people in the shower: whatever they press, and whatever sleeps, the water
 * runs no longer than its ceiling, and no key that leaves it running makes the field lighter or
 * darker. */
#include "../support/cm.h"

#include "driver.h"
#include "lacrima/base/text.h"

#include <math.h>
#include <string.h>

#define VISITS       10000
#define KEYS_A_VISIT 60
/* The luminance that a step of the level and a rounding may come to. */
#define STEP_MAX 2e-4
/* What a whole field may change by in a second. */
#define RATE_MAX_PER_S 0.10

static uint32_t seed = 20261125;

static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % sides;
}

/* In the water, as the person is: the picture of it is there, or something lies over it. */
static bool in_water(const struct session *session)
{
    enum screen screen = session->screen == SCREEN_CURTAIN ? session->behind : session->screen;
    const struct visit *visit = &session->visit;
    return screen == SCREEN_TECHNIQUE && visit->technique == TECHNIQUE_SHOWER &&
           text_equal(technique_get(TECHNIQUE_SHOWER)->phases[visit->phase].name, "water");
}

/* When this bath began: the water turned on again within the rest is the same bath. */
struct bath {
    bool in;
    time_ns began, left;
    time_ns due; /* when the water ends, seen while it runs */
};

static void look(struct bath *bath, const struct session *session)
{
    bool in = in_water(session);
    if (in && !bath->in && session->now - bath->left >= SESSION_REST_NS)
        bath->began = session->now;
    if (bath->in && !in)
        bath->left = time_min(session->now, bath->due); /* asleep, it ended all the same */
    bath->in = in;
    if (!in)
        return;
    time_ns ceiling = MINUTES(session->visit.minutes);
    assert_true(session->visit.minutes <= (session->visit.kind == 0 ? 5 : 10));
    assert_true(session->now - bath->began <= ceiling);
    bath->due = session->visit.due + session->offset;
    assert_true(bath->due <= time_max(bath->began + ceiling, session->now));
}

static void random_event(struct driver *driver, time_ns now)
{
    static const int32_t keys[] = {KEY_SPACE, KEY_SPACE, 'p',       KEY_LEFT, KEY_RIGHT, KEY_UP,
                                   KEY_DOWN,  KEY_ESC,   'c',       'h',      KEY_F2,    KEY_F3,
                                   'g',       '7',       KEY_ENTER, '2',      'm',       'v',
                                   KEY_TAB,   '7',       KEY_SPACE, 'x',      't'};
    struct event event = {.kind = EVENT_KEY_DOWN, .at = now};
    if (dice(12) == 0) {
        event.kind = EVENT_GAP;
        event.gap_ns = MILLISECONDS(dice(2) == 0 ? dice(9000) : dice(400000));
        event.at = now + event.gap_ns;
    } else {
        event.key.typed = keys[dice(sizeof keys / sizeof keys[0])];
        event.key.position = event.key.typed;
    }
    driver_event(driver, &event);
}

static void the_ceiling_holds(void **state)
{
    (void)state;
    size_t baths = 0;
    for (int i = 0; i < VISITS; i++) {
        struct settings settings;
        settings_init(&settings);
        settings.shower_min = 2 + (int32_t)dice(4);
        settings.care_heart = dice(4) == 0;
        struct driver driver = {.out = NULL};
        struct bath bath = {.left = -SESSION_REST_NS};
        driver_begin(&driver, &settings, TECHNIQUE_SHOWER);
        if (dice(2) == 0)
            driver_press(&driver, KEY_SPACE, 0, SECONDS(1));
        look(&bath, &driver.session);
        for (int k = 0; k < KEYS_A_VISIT && !driver.quit; k++) {
            time_ns now =
                driver.session.now + MILLISECONDS(dice(4) == 0 ? dice(60000) : 100 + dice(900));
            while (!driver.quit && session_deadline(&driver.session) <= now) {
                driver_run_until(&driver, session_deadline(&driver.session));
                look(&bath, &driver.session);
            }
            driver_run_until(&driver, now);
            look(&bath, &driver.session);
            random_event(&driver, now);
            bool was = bath.in;
            driver_run_until(&driver, driver.session.now); /* what is due at once */
            look(&bath, &driver.session);
            baths += !was && bath.in;
        }
    }
    assert_true(baths > VISITS / 4); /* there were such people */
}

/* The mean luminance of what fills the field. */
static double luminance(const struct session *session, time_ns now)
{
    struct scene scene;
    (void)session_view(session, now, &scene);
    driver_check_scene(&scene);
    double field = colour_luminance(scene.field);
    for (size_t i = 0; i < scene.shape_count; i++) {
        const struct scene_shape *shape = &scene.shapes[i];
        if (shape->kind == SCENE_SHAPE_DRAIN)
            field += (1.0 - (double)shape->amount) * (double)shape->alpha *
                     (colour_luminance(scene.accent) - colour_luminance(scene.field));
    }
    return field;
}

static void begin_water(struct driver *driver, size_t palette, int32_t minutes)
{
    struct settings settings;
    settings_init(&settings);
    settings.palette = (uint8_t)palette;
    settings.shower_min = minutes;
    *driver = (struct driver){.out = NULL};
    driver_begin(driver, &settings, TECHNIQUE_SHOWER);
    driver_press(driver, KEY_SPACE, 0, SECONDS(3));
    assert_true(in_water(&driver->session));
}

/* Every half second something is pressed: the level sinks, and nothing else happens to it. */
static void it_only_sinks(void **state)
{
    (void)state;
    static const int32_t keys[] = {'h',    KEY_F2,   KEY_F3, 'g', 'p', KEY_SPACE,
                                   KEY_UP, KEY_DOWN, 't',    'v', 'x', '-',
                                   '=',    'h',      KEY_F2, 'n', 'm', KEY_SPACE};
    struct settings settings;
    settings_init(&settings);
    for (size_t palette = 0; palette < palette_count(&settings); palette++) {
        struct driver driver;
        begin_water(&driver, palette, 2);
        double bare = colour_luminance(driver.session.fade_from.field);
        double before = luminance(&driver.session, SECONDS(5));
        for (time_ns now = SECONDS(5); now < SECONDS(120); now += MILLISECONDS(500)) {
            int32_t key = keys[dice(sizeof keys / sizeof keys[0])];
            driver_press(&driver, key, 0, now);
            for (int i = 0; i < 10; i++) {
                time_ns then = now + MILLISECONDS(49 + 50 * i);
                driver_run_until(&driver, then);
                double here = luminance(&driver.session, then);
                assert_true(fabs(here - before) < STEP_MAX);
                assert_true(fabs(here - bare) <= fabs(before - bare) + 1e-9);
                before = here;
            }
        }
        assert_true(in_water(&driver.session));
    }
}

/* It comes and goes within what a field may change by, in every palette, by every way out. */
static void no_way_out_flashes(void **state)
{
    (void)state;
    static const int32_t ways_out[] = {KEY_ESC, KEY_RIGHT, KEY_LEFT, KEY_ENTER, 'c', '2'};
    struct settings settings;
    settings_init(&settings);
    for (size_t palette = 0; palette < palette_count(&settings); palette++) {
        for (size_t k = 0; k < sizeof ways_out / sizeof ways_out[0]; k++) {
            struct driver driver;
            begin_water(&driver, palette, 5);
            double seen[100];
            for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++) {
                time_ns now = SECONDS(3) + MILLISECONDS(50) * (time_ns)i;
                if (i == 50)
                    driver_press(&driver, ways_out[k], 0, now);
                driver_run_until(&driver, now);
                seen[i] = luminance(&driver.session, now);
                for (size_t j = i < 20 ? 0 : i - 20; j < i; j++)
                    assert_true(fabs(seen[i] - seen[j]) <= RATE_MAX_PER_S);
            }
            assert_true(fabs(seen[49] - seen[0]) > 0.02); /* it was there */
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ceiling_holds),
        cmocka_unit_test(it_only_sinks),
        cmocka_unit_test(no_way_out_flashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
