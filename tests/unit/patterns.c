#include "../support/cm.h"

#include "lacrima/core/settings.h"

static void reads_what_a_person_writes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        time_ns in, hold_in, out, hold_out;
        bool clamped;
    } rows[] = {
        {"5.5-0-5.5-0", MILLISECONDS(5500), 0, MILLISECONDS(5500), 0, false},
        {"3.37-0.5-6.11-0", MILLISECONDS(3370), MILLISECONDS(500), MILLISECONDS(6110), 0, false},
        {"4-0.49-6-0.25", SECONDS(4), MILLISECONDS(500), SECONDS(6), MILLISECONDS(500), true},
        {"4-4-4-4", SECONDS(4), SECONDS(4), SECONDS(4), SECONDS(4), false},
        {"0.1-0-4-0", MILLISECONDS(500), 0, SECONDS(4), 0, true},
        {"4-0.1-4-0", SECONDS(4), MILLISECONDS(500), SECONDS(4), 0, true},
        {"40-0-4-0", SECONDS(20), 0, SECONDS(4), 0, true},
        {"1-0-1-0", SECONDS(1), 0, SECONDS(2), 0, true},                 /* 3 s a cycle at least */
        {"20-20-20-20", SECONDS(20), SECONDS(20), SECONDS(20), 0, true}, /* 60 s at most */
        {"4.10-0-6.00-0", MILLISECONDS(4100), 0, SECONDS(6), 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct pattern p;
        bool clamped = false;
        assert_true(pattern_parse(rows[i].text, &p, &clamped));
        assert_true(p.in_ns[0] == rows[i].in && p.hold_in_ns == rows[i].hold_in);
        assert_true(p.out_ns == rows[i].out && p.hold_out_ns == rows[i].hold_out);
        assert_int_equal(clamped, rows[i].clamped);
        assert_true(pattern_cycle_ns(&p) >= SECONDS(3) && pattern_cycle_ns(&p) <= SECONDS(60));
    }
}

static void refuses_what_is_no_pattern(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",         "4",         "4-0-6",       "4-0-6-0-1", "4-0-6-",    "a-b-c-d",   "4-0-6-0 ",
        "-4-0-6-0", "4,5-0-4-0", "4.123-0-4-0", "4--0-6",    "nan-0-4-0", "1e3-0-4-0", "."};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct pattern p = {.out_ns = 77};
        assert_false(pattern_parse(texts[i], &p, NULL));
        assert_true(p.out_ns == 77);
    }
}

static void built_in_patterns_are_as_specified(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        time_ns cycle;
    } rows[] = {{"six", SECONDS(10)},       {"coherent", SECONDS(11)}, {"box", SECONDS(16)},
                {"4-7-8", SECONDS(19)},     {"sigh", SECONDS(9)},      {"long", SECONDS(12)},
                {"three-part", SECONDS(12)}};
    struct settings settings;
    settings_init(&settings);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int index = pattern_find(&settings, rows[i].name);
        assert_int_equal(index, (int)i);
        assert_true(pattern_cycle_ns(pattern_get(&settings, i)) == rows[i].cycle);
    }
    assert_int_equal(pattern_get(&settings, 3)->cycles_max, 4);
    assert_true(pattern_get(&settings, (size_t)pattern_find(&settings, "YOURS"))->led);
    assert_int_equal(pattern_find(&settings, "wim"), -1);
}

/* No pattern that over-breathes: more than 10 breaths a minute is nowhere built in. */
static void none_over_breathes(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    for (size_t i = 0; i < pattern_count(&settings); i++)
        assert_true(pattern_cycle_ns(pattern_get(&settings, i)) >= SECONDS(9));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_a_person_writes),
        cmocka_unit_test(refuses_what_is_no_pattern),
        cmocka_unit_test(built_in_patterns_are_as_specified),
        cmocka_unit_test(none_over_breathes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
