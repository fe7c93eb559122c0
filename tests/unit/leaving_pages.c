/* How the lines of a letter leave: all of them, each once, in their order, within a bound of time,
 * and whatever the letter's length and the page's: no row's light turns round twice in a second. */
#include "../support/cm.h"

#include "lacrima/core/letter.h"

#include <math.h>

#define STEP_NS      MILLISECONDS(50)
#define STEP_SECONDS 0.05F
#define ROWS_MAX     64

static void follow_row(const struct letter_pace *pace, enum letter_way way, bool still, size_t row,
                       size_t *seen)
{
    float before = -1.0F;
    int went = 0;
    time_ns turned = -SECONDS(2);
    size_t last = 0;
    size_t shown = SIZE_MAX;
    for (time_ns t = -SECONDS(2); t <= letter_pace_ns(pace) + SECONDS(1); t += STEP_NS) {
        size_t place = letter_pace_place(pace, row, t);
        struct letter_leaving seen_now = {0};
        if (place < pace->places)
            seen_now = letter_leaving(way, pace, place, t, still);
        if (before < 0.0F)
            before = seen_now.alpha;
        float change = seen_now.alpha - before;
        assert_true(fabsf(change) <= 1.0F * STEP_SECONDS);
        assert_true(seen_now.alpha >= 0.0F && seen_now.alpha <= 1.0F);
        int goes = change > 0.0F ? 1 : change < 0.0F ? -1 : 0;
        if (goes != 0 && goes != went) {
            assert_true(went == 0 || t - turned >= SECONDS(1));
            turned = went != 0 ? t : turned;
            went = goes;
        }
        if (seen_now.alpha >= 0.999F && place != shown) {
            assert_true(place % pace->rows == row && (shown == SIZE_MAX || place > last));
            shown = last = place;
            (*seen)++;
        }
        if (still)
            assert_true(seen_now.rise_em == 0.0F && seen_now.shift_em == 0.0F &&
                        seen_now.warmth == 0.0F);
        before = seen_now.alpha;
    }
    assert_true(before == 0.0F);
}

static void follow(size_t lines, size_t rows, size_t above, enum letter_way way, bool still)
{
    struct letter_pace pace = letter_pace(lines + above, rows, above, LETTER_LEAVES_NS_MAX);
    size_t seen = 0;
    assert_true(letter_pace_ns(&pace) <= LETTER_LEAVES_NS_MAX);
    for (size_t row = 0; row < rows; row++)
        follow_row(&pace, way, still, row, &seen);
    assert_int_equal(seen, lines);
}

static void every_line_leaves(void **state)
{
    (void)state;
    static const size_t pages_of[] = {1, 3, 14, 30, ROWS_MAX};
    for (size_t i = 0; i < sizeof pages_of / sizeof pages_of[0]; i++) {
        size_t rows = pages_of[i];
        size_t above = rows > 4 ? 2 : 0;
        size_t most = letter_places_max(rows, LETTER_LEAVES_NS_MAX) - above;
        const size_t lines[] = {1, rows - above, rows, 2 * rows + 1, most};
        for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++) {
            enum letter_way way = (enum letter_way)((i + k) % LETTER_WAYS);
            follow(lines[k], rows, above, way, k % 2 == 1);
        }
    }
}

static void a_page_takes_its_time(void **state)
{
    (void)state;
    struct letter_pace one = letter_pace(3, 14, 0, LETTER_LEAVES_NS_MAX);
    struct letter_pace two = letter_pace(28, 14, 0, LETTER_LEAVES_NS_MAX);
    assert_true(one.every == two.every && one.every >= SECONDS(1));
    assert_int_equal(letter_places_max(14, LETTER_LEAVES_NS_MAX) % 14, 0);
    assert_true(letter_places_max(14, LETTER_LEAVES_NS_MAX) >= (size_t)14 * 10);
    /* So little time is left that all go at once; still they fade. */
    struct letter_pace late = letter_pace(14, 14, 0, SECONDS(1));
    assert_true(letter_places_max(14, SECONDS(1)) == 14 && letter_pace_ns(&late) >= SECONDS(3));
}

static void nothing_leaves_of_nothing(void **state)
{
    (void)state;
    struct letter_pace none = letter_pace(2, 14, 2, LETTER_LEAVES_NS_MAX);
    assert_true(letter_pace_ns(&none) == 0);
    for (size_t row = 0; row < 14; row++)
        assert_true(letter_pace_place(&none, row, 0) >= none.places);
}

static void what_the_keeper_says_is_bounded(void **state)
{
    (void)state;
    struct letter_state letter = {0};
    letter_hear(&letter, LETTER_NEWS_LEAVES, INT32_MAX);
    assert_true(MILLISECONDS(letter.leaves_ms) == LETTER_LEAVES_NS_MAX);
    letter_hear(&letter, LETTER_NEWS_LEAVES, -1);
    assert_int_equal(letter.leaves_ms, 0);
    letter_hear(&letter, LETTER_NEWS_LEAVES, 5400);
    assert_int_equal(letter.leaves_ms, 5400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_leaves),
        cmocka_unit_test(a_page_takes_its_time),
        cmocka_unit_test(nothing_leaves_of_nothing),
        cmocka_unit_test(what_the_keeper_says_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
