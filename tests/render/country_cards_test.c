/* The card of every country as it is laid out in several fields and sizes: no address, name or
 * number is parted within a word. */
#include "../support/cm.h"

#include "lacrima/base/text.h"
#include "lacrima/core/session.h"
#include "lacrima/helplines.h"
#include "layout.h"
#include "scribe.h"

#include <stdio.h>
#include <string.h>

#define ASSETS    LACRIMA_SOURCE_ASSETS "/helplines"
#define PAGES_MAX 6
#define KEY_NS    SECONDS(5)

static float measure(void *user, const char *text, size_t length)
{
    return (float)scribe_measure(user, text, length);
}

/* Where a line may end without a blank. */
static bool may_part(const char *text, size_t at)
{
    size_t before = text_previous_char(text, at);
    uint32_t a = 0;
    uint32_t b = 0;
    (void)text_decode(text + before, &a);
    (void)text_decode(text + at, &b);
    return strchr("/.-_?&=", (int)a) != NULL || wrap_may_break(a, b);
}

static void assert_whole(const struct layout *layout, const char *country, int width, float scale)
{
    for (size_t i = 1; i < layout->piece_count; i++) {
        const struct layout_piece *before = &layout->pieces[i - 1];
        const struct layout_piece *piece = &layout->pieces[i];
        uint32_t end = before->at + before->length;
        if (before->line != piece->line || piece->at != end || may_part(layout->texts, end))
            continue;
        (void)fprintf(stderr, "%s at %d px, words at %g: \"%.*s\" goes on as \"%.*s\"\n", country,
                      width, (double)scale, before->length, layout->texts + before->at,
                      piece->length, layout->texts + piece->at);
        fail();
    }
}

static void press(struct session *session, int32_t typed, time_ns at)
{
    struct effects effects = {0};
    struct event event = {.kind = EVENT_KEY_DOWN, .at = at};
    event.key.typed = event.key.position = typed;
    while (session_run_next(session, at, &effects))
        effects.count = 0;
    session_event(session, &event, &effects);
    effects.count = 0;
    event.kind = EVENT_KEY_UP;
    session_event(session, &event, &effects);
}

static void see_card(const struct people *people, const struct people_country *country, int percent,
                     struct scribe *scribe)
{
    static const int fields[][2] = {{1280, 800}, {1920, 1080}, {1080, 1920}};
    static struct session session;
    static struct layout layout;
    static struct scene scene;
    struct settings settings;
    struct effects effects = {0};
    const struct layout_help help = {.measure = measure, .measure_user = scribe};
    settings_init(&settings);
    settings.text_scale_percent = percent;
    (void)text_copy(settings.country, sizeof settings.country, country->code);
    session_init(&session, &settings);
    session_begin(&session, TECHNIQUE_COUNT, 0, &effects);
    session_people(&session, people);
    press(&session, KEY_F2, KEY_NS);
    for (time_ns at = 2 * KEY_NS; at < (2 + PAGES_MAX) * KEY_NS; at += KEY_NS) {
        (void)session_view(&session, at, &scene);
        assert_true(scene.line_count > 2);
        for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
            layout_update(&layout, &scene, fields[i][0], fields[i][1], &help);
            assert_true(layout.piece_count >= scene.line_count);
            assert_whole(&layout, country->code, fields[i][0], scene.text_scale);
        }
        press(&session, KEY_RIGHT, at);
    }
}

static void no_word_of_a_card_is_parted(void **state)
{
    (void)state;
    static struct people people;
    static const int percents[] = {100, 150, 250};
    const struct helplines_date today = {.year = 2030, .month = 1, .day = 1}; /* all is old */
    struct scribe *scribe = scribe_create(NULL, NULL, NULL);
    assert_non_null(scribe);
    assert_int_equal(helplines_load(&people, ASSETS, &today, NULL, NULL), 0);
    assert_true(people.country_count > 20);
    for (uint8_t i = 0; i < people.country_count; i++) {
        for (size_t k = 0; k < sizeof percents / sizeof percents[0]; k++)
            see_card(&people, &people.countries[i], percents[k], scribe);
    }
    scribe_destroy(&scribe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_word_of_a_card_is_parted)};
    return cmocka_run_group_tests_name("country cards", tests, NULL, NULL);
}
