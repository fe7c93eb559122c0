/* Ten thousand people who press anything at any time: no check is tripped, no bound is left, no
 * field is too bright or changes too fast, and home is always a few keys away. */
#include "../support/cm.h"

#include "driver.h"
#include "lacrima/base/text.h"

#define SEQUENCES       10000
#define KEYS_A_SEQUENCE 24
#define DARK_MAX        0.10
#define RATE_MAX_PER_S  0.10

static uint32_t seed = 20261123;

static uint32_t dice(uint32_t sides)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % sides;
}

static const int32_t keys[] = {
    '1',       '2',       '4',     '0',       '5',       '9',      KEY_SPACE, KEY_SPACE,
    KEY_SPACE, KEY_ENTER, KEY_ESC, KEY_RIGHT, KEY_RIGHT, KEY_LEFT, KEY_UP,    KEY_DOWN,
    KEY_TAB,   'p',       'm',     'n',       '-',       '=',      't',       'v',
    'l',       '[',       ']',     'x',       'c',       'h',      'f',       'd',
    '8',       'o',       'k',     KEY_F1,    KEY_F2,    KEY_F3,   'g',       KEY_F2,
    '3',       '7',       '6',     '9',       KEY_ENTER, KEY_F4,   KEY_F12,   KEY_DELETE,
};

static double luminance(const struct driver *driver, time_ns at, struct scene *scene)
{
    (void)session_view(&driver->session, at, scene);
    driver_check_scene(scene);
    return colour_luminance(scene->field);
}

static struct settings random_settings(void)
{
    struct settings s;
    settings_init(&s);
    s.palette = (uint8_t)dice((uint32_t)palette_count(&s));
    s.pattern = (uint8_t)dice((uint32_t)pattern_count(&s));
    s.breathe_min = 1 + (int32_t)dice(2);
    s.stare_rounds = 1 + (int32_t)dice(5);
    s.walk_min = 5 + (int32_t)dice(10);
    s.walk_bells_min = 5 * (int32_t)dice(3);
    s.shower_min = 2 + (int32_t)dice(4);
    s.yawn_waves = 3 + (int32_t)dice(6);
    s.motion = dice(2) == 0 ? MOTION_FULL : MOTION_REDUCED;
    s.care_dry_eyes = dice(3) == 0;
    s.care_heart = dice(3) == 0;
    s.care_jaw = dice(3) == 0;
    s.care_back = dice(3) == 0;
    s.moving = (enum moving)dice(MOVING_KINDS);
    s.read_pace = (enum pace)dice(PACES);
    s.read_slide_s = 5 + (int32_t)dice(10);
    s.breathe_seconds_shown = dice(2) == 0;
    s.talk_min = 5 + (int32_t)dice(26);
    s.people.count = dice(PEOPLE_OWN_MAX + 1);
    for (size_t i = 0; i < s.people.count; i++) {
        (void)text_copy(s.people.people[i].name, PERSON_NAME_BYTES, "Ana");
        s.people.people[i].link_count = dice(2);
    }
    return s;
}

static void one_event(struct driver *driver, time_ns now)
{
    struct event event = {.at = now};
    uint32_t what = dice(20);
    if (what == 0) {
        event.kind = EVENT_GAP;
        event.gap_ns = MILLISECONDS(dice(2) == 0 ? dice(9000) : dice(900000));
        event.at = now + event.gap_ns;
    } else if (what == 1) {
        event.kind = EVENT_MUSIC_STARTED;
        event.text[0] = 'A';
    } else if (what == 2) {
        event.kind = EVENT_MUSIC_ENDED;
    } else if (what == 3) {
        event.kind = EVENT_NOTICE;
        event.text[0] = 'N';
        event.shelf = dice(2) == 0;
    } else if (what == 5) {
        event.kind = EVENT_BROUGHT;
        event.value = dice(2) == 0 ? BROUGHT_MUSIC : BROUGHT_READING;
    } else if (what == 4) {
        event.kind = EVENT_LETTER;
        event.letter = dice(2) == 0 ? LETTER_NEWS_DONE : LETTER_NEWS_TROUBLE;
        event.value = event.letter == LETTER_NEWS_DONE ? 0 : (int32_t)dice(6);
    } else {
        int32_t key = keys[dice(sizeof keys / sizeof keys[0])];
        event.kind = dice(6) == 0 ? EVENT_KEY_UP : EVENT_KEY_DOWN;
        event.key = (struct key){.typed = key, .position = key};
        event.key.modifiers = dice(8) == 0 ? KEY_SHIFT : dice(16) == 0 ? KEY_CTRL : 0;
        event.key.repeat = dice(10) == 0;
    }
    driver_event(driver, &event);
}

/* From wherever it is: the curtain opens by two Spaces, everything else by Esc. */
static void the_way_home(struct driver *driver, time_ns now)
{
    const struct session *s = &driver->session;
    for (int i = 0; i < 8 && s->screen != SCREEN_HOME && !driver->quit; i++) {
        now += MILLISECONDS(500);
        driver_press(driver, s->screen == SCREEN_CURTAIN ? KEY_SPACE : KEY_ESC, 0, now);
    }
    assert_true(driver->quit || s->screen == SCREEN_HOME);
    if (driver->quit)
        return;
    now += MILLISECONDS(500);
    driver_press(driver, 'h', 0, now); /* an overlay may be over home: it goes with a key */
    now += MILLISECONDS(500);
    driver_press(driver, 'q', KEY_CTRL, now);
    assert_true(driver->quit);
}

static void one_sequence(void)
{
    static const enum technique_id first[] = {TECHNIQUE_COUNT, TECHNIQUE_COUNT, TECHNIQUE_BREATHE,
                                              TECHNIQUE_MOVE,  TECHNIQUE_TALK,  TECHNIQUE_READ,
                                              TECHNIQUE_WRITE, TECHNIQUE_WRITE};
    struct driver driver = {.out = NULL};
    struct settings settings = random_settings();
    driver_begin(&driver, &settings, first[dice(sizeof first / sizeof first[0])]);
    time_ns now = 0;
    for (int i = 0; i < KEYS_A_SEQUENCE && !driver.quit; i++) {
        struct scene scene;
        double before = luminance(&driver, time_max(now, driver.session.now), &scene);
        time_ns was = time_max(now, driver.session.now);
        now = was + MILLISECONDS(dice(4) == 0 ? dice(40000) : dice(900));
        driver_run_until(&driver, now);
        double after = luminance(&driver, now, &scene);
        double rate = RATE_MAX_PER_S * time_seconds(now - was) + 1e-6;
        assert_true(after - before <= rate && before - after <= rate);
        was = now;
        one_event(&driver, now);
        now = time_max(now, driver.session.now); /* a gap took time as well */
        double at_key = luminance(&driver, now, &scene);
        rate = RATE_MAX_PER_S * time_seconds(now - was) + 1e-6;
        assert_true(at_key - after <= rate && after - at_key <= rate);
        if (at_key < 0.2 && driver.session.colours_since == TIME_NEVER)
            assert_true(at_key < DARK_MAX && colour_luminance(scene.accent) < DARK_MAX);
    }
    if (!driver.quit)
        the_way_home(&driver, now);
}

static void home_is_always_near(void **state)
{
    (void)state;
    for (int i = 0; i < SEQUENCES; i++)
        one_sequence();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(home_is_always_near)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
