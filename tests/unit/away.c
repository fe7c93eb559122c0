/* Away states against plain arithmetic: a suspend of every length, begun at every few seconds of
 * every away state, and what is to be heard of it. */
#include "../support/cm.h"

#include "driver.h"
#include "lacrima/base/text.h"

#include <string.h>

#define HEARD_MAX 16

struct bell {
    time_ns at;
    enum cue cue;
};

/* One way's bells, in order; the last is that of its end. */
struct way {
    enum technique_id technique;
    int32_t presses; /* of Space, a second apart, until the away state begins */
    const char *state, *end;
    bool end_is_away;
    time_ns leads; /* from the last press to the first step */
    struct bell bells[6];
    size_t bell_count;
};

static const struct way ways[] = {
    {TECHNIQUE_WALK,
     1,
     "away",
     "back",
     true,
     SECONDS(10),
     {{MINUTES(5), CUE_BELL},
      {MINUTES(6), CUE_BELLS_TWO},
      {MINUTES(10), CUE_BELL},
      {MINUTES(12), CUE_BELLS_THREE}},
     4},
    {TECHNIQUE_SHOWER,
     1,
     "water",
     "dry",
     true,
     0,
     {{MINUTES(4), CUE_BELL}, {MINUTES(5), CUE_BELLS_TWO}},
     2},
    {TECHNIQUE_TALK, 6, "listen", "turn", false, 0, {{MINUTES(10), CUE_BELL}}, 1},
};

struct heard {
    struct bell bells[HEARD_MAX];
    size_t count;
    char state[16];
    char screen[16];
    bool listens; /* once the away state has begun */
};

static void hear(void *user, const struct driver *driver, const struct effect *effect)
{
    (void)driver;
    struct heard *heard = user;
    if (effect->kind == EFFECT_STATE)
        (void)text_copy(heard->state, sizeof heard->state, effect->state);
    if (effect->kind == EFFECT_SCREEN)
        (void)text_copy(heard->screen, sizeof heard->screen, effect->name);
    if (effect->kind != EFFECT_CUE || !heard->listens)
        return;
    assert_true(heard->count < HEARD_MAX);
    heard->bells[heard->count++] = (struct bell){effect->at, effect->cue};
}

/* Goes to where the away time begins, and returns when that is. */
static time_ns set_out(struct driver *driver, struct heard *heard, const struct way *way)
{
    struct settings settings;
    settings_init(&settings);
    memset(heard, 0, sizeof *heard);
    *driver = (struct driver){.effect = hear, .user = heard};
    driver_begin(driver, &settings, way->technique);
    time_ns at = SECONDS(1);
    for (int32_t i = 0; i < way->presses; i++, at += SECONDS(1))
        driver_press(driver, KEY_SPACE, 0, at);
    heard->listens = true;
    return at - SECONDS(1) + way->leads;
}

static void suspend(struct driver *driver, time_ns from, time_ns length)
{
    driver_run_until(driver, from);
    const struct event event = {.kind = EVENT_GAP, .at = from + length, .gap_ns = length};
    driver_event(driver, &event);
}

/* What is to be heard of these bells when no time passes unheard but from `from` to `to`. */
static size_t expected(const struct way *way, time_ns begun, time_ns from, time_ns to,
                       struct bell *bells)
{
    size_t count = 0;
    struct bell late = {.cue = CUE_NONE};
    for (size_t i = 0; i < way->bell_count; i++) {
        struct bell bell = {begun + way->bells[i].at, way->bells[i].cue};
        if (bell.at <= from || bell.at > to) {
            if (bell.at > to && late.cue != CUE_NONE)
                bells[count++] = late;
            if (bell.at > to)
                late.cue = CUE_NONE;
            bells[count++] = bell;
        } else if (bell.cue >= late.cue) {
            late = (struct bell){to, bell.cue};
        }
    }
    if (late.cue != CUE_NONE)
        bells[count++] = late;
    return count;
}

static void check_bells(const struct heard *heard, const struct bell *bells, size_t count)
{
    assert_int_equal(heard->count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(heard->bells[i].cue, bells[i].cue);
        assert_int_equal(heard->bells[i].at, bells[i].at);
    }
}

static time_ns end_of(const struct way *way, time_ns begun)
{
    return begun + way->bells[way->bell_count - 1].at;
}

static void every_bell_once_whatever_sleeps(void **state)
{
    (void)state;
    static const time_ns lengths[] = {SECONDS(5), MINUTES(10), MINUTES(9 * 60)};
    for (size_t w = 0; w < sizeof ways / sizeof ways[0]; w++) {
        const struct way *way = &ways[w];
        for (size_t l = 0; l < sizeof lengths / sizeof lengths[0]; l++) {
            for (time_ns in = -way->leads; in < MINUTES(14); in += MILLISECONDS(3700)) {
                struct driver driver;
                struct heard heard;
                struct bell bells[HEARD_MAX];
                time_ns begun = set_out(&driver, &heard, way);
                time_ns from = begun + in;
                if (!way->end_is_away && from >= end_of(way, begun))
                    break;
                suspend(&driver, from, lengths[l]);
                assert_string_equal(heard.screen, "technique");
                bool over = from + lengths[l] >= end_of(way, begun);
                bool leads = from + lengths[l] < begun;
                assert_string_equal(heard.state, over ? way->end : leads ? "lead" : way->state);
                /* After the end it waits, however long. */
                driver_run_until(&driver, from + lengths[l] + MINUTES(9 * 60));
                assert_string_equal(heard.state, way->end);
                size_t count = expected(way, begun, from, from + lengths[l], bells);
                check_bells(&heard, bells, count);
            }
        }
    }
}

/* Three suspends in one walk: none of them hides a bell, none makes one twice. */
static void several_sleeps_in_one_walk(void **state)
{
    (void)state;
    struct driver driver;
    struct heard heard;
    time_ns begun = set_out(&driver, &heard, &ways[0]);
    suspend(&driver, begun + SECONDS(295), SECONDS(10));
    suspend(&driver, begun + SECONDS(306), SECONDS(290));
    suspend(&driver, begun + SECONDS(719), SECONDS(600));
    const struct bell bells[] = {{begun + SECONDS(305), CUE_BELL},
                                 {begun + SECONDS(596), CUE_BELLS_TWO},
                                 {begun + SECONDS(600), CUE_BELL},
                                 {begun + SECONDS(1319), CUE_BELLS_THREE}};
    check_bells(&heard, bells, 4);
}

/* Keys, cards and the curtain lie over an away state; under them it goes on, and so do its bells.
 */
static void what_lies_over_it_stops_nothing(void **state)
{
    (void)state;
    static const int32_t over[] = {'h', KEY_F2, KEY_F3, 'g', 'c'};
    for (size_t w = 0; w < sizeof ways / sizeof ways[0]; w++) {
        for (size_t k = 0; k < sizeof over / sizeof over[0]; k++) {
            struct driver driver;
            struct heard heard;
            struct bell bells[HEARD_MAX];
            time_ns begun = set_out(&driver, &heard, &ways[w]);
            driver_press(&driver, over[k], 0, begun + SECONDS(2));
            assert_string_not_equal(heard.screen, "technique");
            heard.count = 0; /* the ground card's own sound is another's */
            driver_run_until(&driver, end_of(&ways[w], begun) + SECONDS(5));
            assert_string_equal(heard.state, ways[w].end);
            size_t count = expected(&ways[w], begun, 0, 0, bells);
            check_bells(&heard, bells, count);
            time_ns at = end_of(&ways[w], begun) + SECONDS(6);
            driver_press(&driver, over[k] == 'c' ? KEY_SPACE : KEY_ESC, 0, at);
            if (over[k] == 'c')
                driver_press(&driver, KEY_SPACE, 0, at + SECONDS(1));
            /* What is not away does not begin behind the curtain's back. */
            bool goes_on = over[k] != 'c' || ways[w].end_is_away;
            assert_string_equal(heard.screen, goes_on ? "technique" : "paused");
            assert_string_equal(heard.state, ways[w].end);
        }
    }
}

/* A walk can be paused, and then its time stands still, asleep or awake; a shower cannot. */
static void a_pause_is_a_pause(void **state)
{
    (void)state;
    struct driver driver;
    struct heard heard;
    time_ns begun = set_out(&driver, &heard, &ways[0]);
    driver_press(&driver, KEY_SPACE, 0, begun + SECONDS(100));
    assert_string_equal(heard.screen, "paused");
    suspend(&driver, begun + SECONDS(110), MINUTES(60));
    assert_string_equal(heard.screen, "paused");
    driver_press(&driver, KEY_SPACE, 0, begun + SECONDS(110) + MINUTES(61));
    time_ns stood = SECONDS(10) + MINUTES(61);
    driver_run_until(&driver, end_of(&ways[0], begun) + stood);
    assert_string_equal(heard.state, "back");
    assert_int_equal(heard.bells[3].at, end_of(&ways[0], begun) + stood);
    begun = set_out(&driver, &heard, &ways[1]);
    driver_press(&driver, KEY_SPACE, 0, begun + SECONDS(100));
    driver_press(&driver, 'p', 0, begun + SECONDS(101));
    assert_string_equal(heard.screen, "technique");
    driver_run_until(&driver, end_of(&ways[1], begun));
    assert_string_equal(heard.state, "dry");
}

/* What follows an away state waits for the person: the quiet after a shower is not slept through.
 */
static void what_follows_is_not_slept_through(void **state)
{
    (void)state;
    struct driver driver;
    struct heard heard;
    time_ns begun = set_out(&driver, &heard, &ways[2]);
    driver_run_until(&driver, end_of(&ways[2], begun));
    driver_press(&driver, KEY_SPACE, 0, end_of(&ways[2], begun) + SECONDS(5));
    assert_string_equal(heard.state, "turned");
    time_ns from = end_of(&ways[2], begun) + SECONDS(20);
    suspend(&driver, from, MINUTES(9 * 60));
    assert_string_equal(heard.state, "close");
    driver_run_until(&driver, from + MINUTES(9 * 60) + SECONDS(29));
    assert_string_equal(heard.state, "close");
    driver_run_until(&driver, from + MINUTES(9 * 60) + SECONDS(31));
    assert_string_equal(heard.screen, "landing");
}

/* What a swap that hung held up: no swell that is over, and one bell for all. */
static void of_belated_cues_one_bell_is_left(void **state)
{
    (void)state;
    static const struct {
        enum cue due[4];
        enum cue left;
    } rows[] = {
        {{CUE_SWELL_IN, CUE_HOLD, CUE_SWELL_OUT, CUE_TOP_UP}, CUE_NONE},
        {{CUE_YAWN_IN, CUE_YAWN_OUT, CUE_MARK, CUE_CLACK}, CUE_NONE},
        {{CUE_BELL, CUE_BELLS_TWO, CUE_BELL, CUE_SWELL_IN}, CUE_BELLS_TWO},
        {{CUE_SWELL_OUT, CUE_BELLS_THREE, CUE_BELLS_TWO, CUE_CLACK}, CUE_BELLS_THREE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        enum cue left = CUE_NONE;
        for (size_t k = 0; k < sizeof rows[i].due / sizeof rows[i].due[0]; k++)
            left = cue_belated(left, rows[i].due[k]);
        assert_int_equal(left, rows[i].left);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bell_once_whatever_sleeps),
        cmocka_unit_test(several_sleeps_in_one_walk),
        cmocka_unit_test(what_lies_over_it_stops_nothing),
        cmocka_unit_test(a_pause_is_a_pause),
        cmocka_unit_test(what_follows_is_not_slept_through),
        cmocka_unit_test(of_belated_cues_one_bell_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
