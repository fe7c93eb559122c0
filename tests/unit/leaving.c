/* How the lines of a letter leave: slowly, one after another, and all of them. */
#include "../support/cm.h"

#include "lacrima/core/letter.h"

#include <math.h>

#define FRAME_NS (NS_PER_S / 60)
#define LINES    9
#define PAGE     64
#define LONG_NS  SECONDS(30)
/* Nothing jumps: so far at most from one frame to the next, in em. */
#define STEP_EM 0.08F

static const enum letter_way ways[] = {LETTER_FIRE, LETTER_WATER, LETTER_LEAVES};

#define WAYS (sizeof ways / sizeof ways[0])

/* Of a letter that has one page. */
static time_ns leaving_ns(size_t lines)
{
    struct letter_pace pace = letter_pace(lines, PAGE, 0, LETTER_LEAVES_NS_MAX);
    return letter_pace_ns(&pace);
}

static struct letter_leaving leaving_of(enum letter_way way, size_t line, time_ns since, bool still)
{
    struct letter_pace pace = letter_pace(PAGE, PAGE, 0, LETTER_LEAVES_NS_MAX);
    return letter_leaving(way, &pace, line, since, still);
}

static void each_line_stands_until_its_turn(void **state)
{
    (void)state;
    for (size_t way = 0; way < WAYS; way++) {
        for (size_t line = 0; line < LINES; line++) {
            time_ns turn = leaving_ns(line + 1) - leaving_ns(1);
            const time_ns before[] = {-SECONDS(2), 0, turn - 1, turn};
            for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
                if (before[i] > turn)
                    continue;
                struct letter_leaving leaving = leaving_of(ways[way], line, before[i], false);
                assert_float_equal(leaving.alpha, 1.0F, 0.0F);
                assert_float_equal(leaving.rise_em, 0.0F, 0.0F);
                assert_float_equal(leaving.shift_em, 0.0F, 0.0F);
                assert_float_equal(leaving.warmth, 0.0F, 0.0F);
            }
            assert_true(leaving_of(ways[way], line, turn + SECONDS(3), false).alpha < 0.1F);
        }
    }
}

static void a_line_never_comes_back_and_takes_more_than_a_second(void **state)
{
    (void)state;
    for (size_t way = 0; way < 2 * WAYS; way++) {
        bool still = way >= WAYS;
        float last = 1.0F;
        time_ns whole_until = 0;
        time_ns gone_at = LONG_NS;
        for (time_ns t = 0; t < LONG_NS; t += FRAME_NS) {
            float alpha = leaving_of(ways[way % WAYS], 0, t, still).alpha;
            assert_true(alpha >= 0.0F && alpha <= last);
            whole_until = alpha > 0.98F ? t : whole_until;
            gone_at = alpha < 0.02F && gone_at == LONG_NS ? t : gone_at;
            last = alpha;
        }
        assert_true(gone_at - whole_until > SECONDS(1));
        assert_float_equal(last, 0.0F, 0.0F);
    }
}

static void lines_leave_in_their_order(void **state)
{
    (void)state;
    for (size_t way = 0; way < WAYS; way++) {
        for (time_ns t = 0; t < LONG_NS; t += FRAME_NS) {
            for (size_t line = 1; line < LINES; line++)
                assert_true(leaving_of(ways[way], line - 1, t, false).alpha <=
                            leaving_of(ways[way], line, t, false).alpha);
        }
    }
}

static void at_the_end_all_have_left_and_not_long_before(void **state)
{
    (void)state;
    for (size_t way = 0; way < WAYS; way++) {
        for (size_t lines = 1; lines <= PAGE; lines++) {
            time_ns end = leaving_ns(lines);
            for (size_t line = 0; line < lines; line++)
                assert_float_equal(leaving_of(ways[way], line, end, false).alpha, 0.0F, 0.0F);
            assert_true(leaving_of(ways[way], lines - 1, end - MILLISECONDS(300), false).alpha >
                        0.0F);
        }
    }
    assert_true(leaving_ns(0) == 0);
    assert_true(leaving_ns(2) > leaving_ns(1));
}

static void fire_rises_water_sinks_and_leaves_drift(void **state)
{
    (void)state;
    time_ns end = leaving_ns(1);
    for (size_t line = 0; line < LINES; line++) {
        time_ns gone = leaving_ns(line + 1);
        struct letter_leaving fire = leaving_of(LETTER_FIRE, line, gone, false);
        struct letter_leaving water = leaving_of(LETTER_WATER, line, gone, false);
        struct letter_leaving leaves = leaving_of(LETTER_LEAVES, line, gone, false);
        assert_true(fire.rise_em > 0.5F && fabsf(fire.shift_em) < fire.rise_em);
        assert_true(water.rise_em < -0.5F);
        assert_true(leaves.shift_em > 0.5F && leaves.rise_em < 0.0F);
        assert_float_equal(fire.warmth, 1.0F, 0.0F);
    }
    /* Fire glows before it goes. */
    assert_true(leaving_of(LETTER_FIRE, 0, end / 3, false).warmth > 0.8F);
    assert_float_equal(leaving_of(LETTER_FIRE, 0, end / 3, false).alpha, 1.0F, 0.0F);
    assert_float_equal(leaving_of(LETTER_WATER, 0, end / 2, false).warmth, 0.0F, 0.0F);
}

static void nothing_jumps(void **state)
{
    (void)state;
    for (size_t way = 0; way < WAYS; way++) {
        struct letter_leaving last = leaving_of(ways[way], 3, 0, false);
        for (time_ns t = 0; t < LONG_NS; t += FRAME_NS) {
            struct letter_leaving now = leaving_of(ways[way], 3, t, false);
            assert_true(fabsf(now.rise_em - last.rise_em) < STEP_EM);
            assert_true(fabsf(now.shift_em - last.shift_em) < STEP_EM);
            assert_true(fabsf(now.warmth - last.warmth) < STEP_EM);
            assert_true(last.alpha - now.alpha < STEP_EM);
            last = now;
        }
    }
}

/* Reduced motion: lines only fade. */
static void still_lines_do_not_move(void **state)
{
    (void)state;
    for (size_t way = 0; way < WAYS; way++) {
        for (time_ns t = 0; t < LONG_NS; t += FRAME_NS) {
            struct letter_leaving leaving = leaving_of(ways[way], 2, t, true);
            assert_float_equal(leaving.rise_em, 0.0F, 0.0F);
            assert_float_equal(leaving.shift_em, 0.0F, 0.0F);
            assert_float_equal(leaving.warmth, 0.0F, 0.0F);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_stands_until_its_turn),
        cmocka_unit_test(a_line_never_comes_back_and_takes_more_than_a_second),
        cmocka_unit_test(lines_leave_in_their_order),
        cmocka_unit_test(at_the_end_all_have_left_and_not_long_before),
        cmocka_unit_test(fire_rises_water_sinks_and_leaves_drift),
        cmocka_unit_test(nothing_jumps),
        cmocka_unit_test(still_lines_do_not_move),
    };
    return cmocka_run_group_tests_name("leaving", tests, NULL, NULL);
}
