/* Frames are drawn in step with a display that tells when it shows them, also after it was missed:
 * against displays that are simulated. */
#include "../support/cm.h"

#include "rhythm.h"

#define PATIENCE_NS   MILLISECONDS(100)
#define COST_NS       MILLISECONDS(2) /* from the beginning of a frame until the display has it */
#define SETTLE_FRAMES 40
#define FRAMES_MAX    400

/* One has turns that nothing moves; the other's come a period after it has shown something, and
 * what it is given later than that it shows at once (a compositor without a screen). */
enum kind { GRID, FREE };

struct display {
    enum kind kind;
    time_ns period;
    bool silent; /* it does not say when it shows a frame */
};

struct run {
    struct display display;
    struct rhythm rhythm;
    time_ns now;
    time_ns shown;                /* when the last frame was shown */
    time_ns begun[FRAMES_MAX];    /* frames */
    time_ns given_in[FRAMES_MAX]; /* how long after the display's turn it was given one */
    int frames;
};

static void begin(struct run *run, struct display display)
{
    *run = (struct run){.display = display, .now = SECONDS(5), .shown = SECONDS(4)};
}

static time_ns turn_before(const struct run *run, time_ns at)
{
    return run->display.kind == GRID ? at - at % run->display.period : run->shown;
}

static time_ns shows_at(const struct run *run, time_ns given)
{
    time_ns turn = turn_before(run, given) + run->display.period;
    return run->display.kind == GRID ? turn : time_max(given, turn);
}

/* One frame that is held up for so long before it is drawn. */
static void frame(struct run *run, time_ns held_up)
{
    const struct platform_shown unknown = {.at = TIME_NEVER, .by = TIME_NEVER};
    struct platform_shown shown = unknown;
    if (run->frames > 0 && !run->display.silent) {
        shown.by = run->begun[run->frames - 1] + PATIENCE_NS;
        if (run->shown <= shown.by) {
            run->now = time_max(run->now, run->shown);
            shown = (struct platform_shown){.at = run->now, .by = TIME_NEVER};
        }
    }
    run->now = time_max(run->now, rhythm_next(&run->rhythm, shown)) + held_up;
    run->begun[run->frames] = run->now;
    rhythm_drew(&run->rhythm, run->now, false);
    run->now += COST_NS;
    run->given_in[run->frames] = run->now - turn_before(run, run->now);
    run->shown = shows_at(run, run->now);
    run->frames++;
}

static void frames(struct run *run, int count)
{
    for (int i = 0; i < count; i++)
        frame(run, 0);
}

static void is_in_step(const struct run *run, int count)
{
    for (int i = run->frames - count; i < run->frames; i++)
        assert_true(run->given_in[i] <= COST_NS + MILLISECONDS(1));
}

static double frames_a_second(const struct run *run, int count)
{
    time_ns taken = run->begun[run->frames - 1] - run->begun[run->frames - 1 - count];
    return count / time_seconds(taken);
}

static void frames_are_in_step_again_after_any_delay(void **state)
{
    (void)state;
    static const struct display displays[] = {{.kind = FREE, .period = MILLISECONDS(16)},
                                              {.kind = FREE, .period = NS_PER_S / 60},
                                              {.kind = GRID, .period = NS_PER_S / 60},
                                              {.kind = GRID, .period = MILLISECONDS(20)}};
    for (size_t i = 0; i < sizeof displays / sizeof displays[0]; i++) {
        for (time_ns delay = 0; delay < MILLISECONDS(60); delay += MILLISECONDS(1)) {
            struct run run;
            begin(&run, displays[i]);
            frames(&run, SETTLE_FRAMES);
            is_in_step(&run, 10);
            frame(&run, delay);
            frames(&run, SETTLE_FRAMES);
            is_in_step(&run, 10);
        }
    }
}

static void a_display_near_60_hz_sets_the_pace(void **state)
{
    (void)state;
    for (int hz = 50; hz <= 66; hz += 2) {
        struct run run;
        begin(&run, (struct display){.kind = GRID, .period = NS_PER_S / hz});
        frames(&run, 200);
        double rate = frames_a_second(&run, 150);
        assert_true(rate > hz - 0.1 && rate < hz + 0.1);
    }
}

static void a_faster_display_gets_no_more_than_it_needs(void **state)
{
    (void)state;
    static const int rates[] = {75, 90, 100, 120, 144, 165, 240};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        struct run run;
        begin(&run, (struct display){.kind = GRID, .period = NS_PER_S / rates[i]});
        frames(&run, 350);
        double rate = frames_a_second(&run, 300);
        assert_true(rate > 59.5 && rate < 68.5);
    }
}

static void a_silent_display_gets_60_a_second(void **state)
{
    (void)state;
    struct run run;
    begin(&run, (struct display){.kind = GRID, .period = NS_PER_S / 144, .silent = true});
    frames(&run, 200);
    double rate = frames_a_second(&run, 150);
    assert_true(rate > 59.9 && rate < 60.1);
}

static void nothing_new_is_looked_for_a_frame_later(void **state)
{
    (void)state;
    const struct platform_shown shown = {.at = SECONDS(5), .by = TIME_NEVER};
    struct rhythm rhythm = {0};
    rhythm_drew(&rhythm, SECONDS(4), false);
    assert_true(rhythm_next(&rhythm, shown) <= SECONDS(5));
    rhythm_looked(&rhythm, SECONDS(5));
    assert_int_equal(rhythm_next(&rhythm, shown), SECONDS(5) + FRAME_NS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_are_in_step_again_after_any_delay),
        cmocka_unit_test(a_display_near_60_hz_sets_the_pace),
        cmocka_unit_test(a_faster_display_gets_no_more_than_it_needs),
        cmocka_unit_test(a_silent_display_gets_60_a_second),
        cmocka_unit_test(nothing_new_is_looked_for_a_frame_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
