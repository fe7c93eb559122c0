/* Layout's pure parts: breaking lines, the order of mixed directions, sizes. */
#include "layout.h"
#include "script.h"
#include "wrap.h"

#include "../support/cm.h"
#include "lacrima/base/text.h"

#include <math.h>
#include <string.h>

#define UNITS_MAX 256

/* Every byte is half an em wide, so widths can be counted. */
static float half_em(void *user, const char *text, size_t length)
{
    (void)user;
    (void)text;
    return 0.5F * (float)length;
}

static size_t lines_of(const char *text, float ems, size_t *ends, bool balanced)
{
    static struct wrap_unit units[UNITS_MAX];
    size_t count = wrap_units(text, units, UNITS_MAX, half_em, NULL);
    return balanced ? wrap_lines_balanced(units, count, ems, ends, UNITS_MAX)
                    : wrap_lines(units, count, ems, ends, UNITS_MAX);
}

static void words_are_not_cut(void **state)
{
    (void)state;
    size_t ends[UNITS_MAX];
    assert_int_equal(lines_of("one two three", 100.0F, ends, false), 1);
    assert_int_equal(lines_of("one two three", 3.5F, ends, false), 2);
    assert_int_equal(ends[0], 2);
    assert_int_equal(lines_of("one two three", 0.1F, ends, false), 3);
    assert_int_equal(lines_of("", 5.0F, ends, false), 0);
    assert_int_equal(lines_of("   ", 5.0F, ends, false), 0);
    assert_int_equal(lines_of("  one  ", 5.0F, ends, false), 1);
}

static void lines_are_even(void **state)
{
    (void)state;
    size_t ends[UNITS_MAX];
    /* Greedy leaves one word alone; balanced does not, in as many lines. */
    const char *text = "aaaa aaaa aaaa aaaa aaaa";
    assert_int_equal(lines_of(text, 10.0F, ends, false), 2);
    assert_int_equal(ends[0], 4);
    assert_int_equal(lines_of(text, 10.0F, ends, true), 2);
    assert_int_equal(ends[0], 3);
    assert_int_equal(ends[1], 5);
}

static void sentences_stay_whole(void **state)
{
    (void)state;
    size_t ends[UNITS_MAX];
    /* Even lines would part in the second sentence. */
    assert_int_equal(lines_of("aaaa aaaa. aaaa aaaa aaaa aaaa", 12.5F, ends, true), 2);
    assert_int_equal(ends[0], 2);
    assert_int_equal(ends[1], 6);
    /* Too short a first line, or too long a second: as even as they can be. */
    assert_int_equal(lines_of("a. aaaa aaaa aaaa aaaa", 10.5F, ends, true), 2);
    assert_int_equal(ends[0], 3);
    assert_int_equal(lines_of("aaaa aaaa. aaaa aaaa aaaa aaaa", 9.0F, ends, true), 2);
    assert_int_equal(ends[0], 3);
}

static void long_words_and_cjk_break(void **state)
{
    (void)state;
    static struct wrap_unit units[UNITS_MAX];
    size_t count =
        wrap_units("wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", units, UNITS_MAX, half_em, NULL);
    assert_true(count > 3);
    for (size_t i = 0; i + 1 < count; i++)
        assert_int_equal(units[i].at + units[i].length, units[i + 1].at);
    /* Seven characters, no break before the stop. */
    assert_int_equal(wrap_units("涙が出てもいい。", units, UNITS_MAX, half_em, NULL), 7);
    /* A full table keeps the rest in its last unit. */
    assert_int_equal(wrap_units("a b c d e", units, 3, half_em, NULL), 3);
}

static void paths_break_behind_their_slashes(void **state)
{
    (void)state;
    static struct wrap_unit units[UNITS_MAX];
    const char *path = "/home/someone/songs/heard/of rain/and/a-name-of-its-own.zip: is";
    static const char *const parts[] = {"/",      "home/",  "someone/",
                                        "songs/", "heard/", "of",
                                        "rain/",  "and/",   "a-name-of-its-own.zip:",
                                        "is"};
    size_t count = wrap_units(path, units, UNITS_MAX, half_em, NULL);
    assert_int_equal(count, sizeof parts / sizeof parts[0]);
    for (size_t i = 0; i < count; i++)
        assert_memory_equal(path + units[i].at, parts[i], units[i].length);
    /* A name that is wider still, behind its points and dashes; never within a word. */
    const char *host = "https://a-long-name-of-somebody.example.org/its-page";
    static const char *const names[] = {"https://",  "a-",       "long-", "name-",   "of-",
                                        "somebody.", "example.", "org/",  "its-page"};
    count = wrap_units(host, units, UNITS_MAX, half_em, NULL);
    assert_int_equal(count, sizeof names / sizeof names[0]);
    for (size_t i = 0; i < count; i++)
        assert_memory_equal(host + units[i].at, names[i], units[i].length);
    /* What is no wider than a column needs none. */
    assert_int_equal(wrap_units("and/or https://a.org", units, UNITS_MAX, half_em, NULL), 2);
}

static void directions_are_ordered(void **state)
{
    (void)state;
    static const struct {
        const char *text; /* upper case stands for right-to-left letters */
        const char *seen;
    } rows[] = {{"abc", "abc"},
                {"ABC", "CBA"},
                {"ab CD ef", "ab DC ef"},
                {"AB cd EF", "FE cd BA"},
                {"AB 12", "12 BA"},
                {"ab CD EF gh", "ab FE DC gh"},
                {"AB, CD.", ".DC ,BA"},
                {"ab CD 12 ef", "ab 12 DC ef"},
                {"ab (CD)", "ab (DC)"},
                {"", ""},
                {"AB 12:30", "12:30 BA"},
                {"AB 1,234.5 CD", "DC 1,234.5 BA"},
                {"AB-12 (cd) EF", "FE )cd( 12-BA"},
                {"50% AB", "BA 50%"},
                {"ab CD 12:30 ef", "ab 12:30 DC ef"}};
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        size_t count = strlen(rows[r].text);
        uint32_t codepoints[32];
        uint8_t levels[32];
        size_t order[32];
        char seen[32] = "";
        for (size_t i = 0; i < count; i++) {
            char c = rows[r].text[i];
            codepoints[i] = c >= 'A' && c <= 'Z' ? 0x05D0U + (uint32_t)(c - 'A') : (uint32_t)c;
        }
        (void)script_levels(codepoints, count, SCRIPT_BASE_AUTO, levels);
        script_visual_order(levels, count, order);
        for (size_t i = 0; i < count; i++)
            seen[i] = rows[r].text[order[i]];
        assert_string_equal(seen, rows[r].seen);
    }
}

static void scripts_are_known(void **state)
{
    (void)state;
    assert_string_equal(script_of('a'), "Latn");
    assert_string_equal(script_of(0x0639), "Arab");
    assert_string_equal(script_of(0x05D0), "Hebr");
    assert_string_equal(script_of(0x0905), "Deva");
    assert_string_equal(script_of(0x6D99), "Hani");
    assert_string_equal(script_of(' '), "Zyyy");
    assert_string_equal(script_of(0x10FFFF), "Zyyy");
}

static const struct layout_piece *piece_of_line(const struct layout *layout, size_t line)
{
    for (size_t i = 0; i < layout->piece_count; i++) {
        if (layout->pieces[i].line == line)
            return &layout->pieces[i];
    }
    return NULL;
}

static void add(struct scene *scene, enum scene_slot slot, enum scene_style style, const char *text)
{
    scene_add_line(scene, slot, style, text)->literal = true;
}

static void sizes_and_places_are_as_written(void **state)
{
    (void)state;
    static struct layout layout;
    static struct scene scene;
    const struct layout_help help = {NULL, half_em, NULL};
    scene_init(&scene);
    scene_add_shape(&scene, SCENE_SHAPE_DISC, 1.0, 1.0);
    add(&scene, SCENE_SLOT_UPPER, SCENE_STYLE_BODY, "upper");
    add(&scene, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, "lower");
    add(&scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "foot");
    layout_update(&layout, &scene, 1920, 1080, &help);
    assert_int_equal(layout.piece_count, 3);
    assert_int_equal(piece_of_line(&layout, 0)->size_px, 34);
    assert_int_equal(piece_of_line(&layout, 1)->size_px, 51);
    assert_int_equal(piece_of_line(&layout, 2)->size_px, 27);
    /* The middle band is S / 6 either way of 0.48 H and stays free. */
    assert_true(piece_of_line(&layout, 0)->base < 518 - 180);
    assert_true(piece_of_line(&layout, 1)->base - 51 > 518 + 180);
    assert_true(piece_of_line(&layout, 2)->base < 1080 * 0.94);
    assert_true(piece_of_line(&layout, 2)->base > 1080 * 0.89);
}

static void a_bar_has_its_word_below_it(void **state)
{
    (void)state;
    static struct layout layout;
    static struct scene scene;
    const struct layout_help help = {NULL, half_em, NULL};
    static const int fields[][2] = {{1920, 1080}, {1080, 1920}, {640, 480}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        int s = fields[i][0] < fields[i][1] ? fields[i][0] : fields[i][1];
        scene_init(&scene);
        scene.text_scale = 2.5F;
        scene_add_shape_beside(&scene, SCENE_SHAPE_BAR, 0.5, 1.0);
        add(&scene, SCENE_SLOT_BESIDE, SCENE_STYLE_BODY, "Out");
        layout_update(&layout, &scene, fields[i][0], fields[i][1], &help);
        const struct layout_piece *word = piece_of_line(&layout, 0);
        assert_int_equal(word->align, LAYOUT_CENTRE);
        assert_float_equal(word->x, (float)(fields[i][0] / 2) + 0.36F * (float)s, 1.0F);
        assert_true(word->base > 0.48F * (float)fields[i][1] + 0.02F * (float)s);
        assert_true(word->x + 0.75F * (float)word->size_px <= 0.94F * (float)fields[i][0]);
    }
}

static void sizes_follow_the_text_scale(void **state)
{
    (void)state;
    static struct layout layout;
    static struct scene scene;
    const struct layout_help help = {NULL, half_em, NULL};
    static const float scales[] = {0.75F, 1.0F, 1.5F, 2.5F};
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        scene_init(&scene);
        scene.text_scale = scales[i];
        add(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, "short");
        layout_update(&layout, &scene, 1280, 800, &help);
        assert_int_equal(piece_of_line(&layout, 0)->size_px, lroundf(25.0F * scales[i]));
    }
}

/* A line that is asked for stands in the middle of the field, and no words over it. */
static void words_keep_clear_of_an_entry(void **state)
{
    (void)state;
    static struct layout layout;
    static struct scene scene;
    const struct layout_help help = {NULL, half_em, NULL};
    static const int fields[][2] = {{1920, 1080}, {640, 480}, {1080, 1920}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        float s = (float)(fields[i][0] < fields[i][1] ? fields[i][0] : fields[i][1]);
        scene_init(&scene);
        scene.text_scale = 2.5F;
        scene.page = 1.0F;
        scene.entry = true;
        add(&scene, SCENE_SLOT_UPPER, SCENE_STYLE_BODY, "Where is the file to be kept?");
        add(&scene, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL,
            "There is a file of that name. It stays as it is; another name will do.");
        add(&scene, SCENE_SLOT_LOWER, SCENE_STYLE_SMALL,
            "A new file. What is there already stays as it is.");
        add(&scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "Enter goes on, Esc goes back");
        layout_update(&layout, &scene, fields[i][0], fields[i][1], &help);
        float middle = (float)fields[i][1] / 2.0F;
        float half = 1.4F * 2.5F * s / 32.0F / 2.0F;
        for (size_t p = 0; p < layout.piece_count; p++) {
            const struct layout_piece *piece = &layout.pieces[p];
            if (piece->line == 0)
                assert_true(piece->base + 0.25F * (float)piece->size_px < middle - half);
            else
                assert_true(piece->base - 0.75F * (float)piece->size_px > middle + half);
        }
    }
}

/* The hint leaves after a while: what stands beside a shape stays where it is. */
static void words_stay_where_a_hint_leaves(void **state)
{
    (void)state;
    static struct layout layout;
    static struct scene scene;
    const struct layout_help help = {NULL, half_em, NULL};
    static const int fields[][2] = {{1920, 1080}, {320, 180}, {640, 480}, {1080, 1920}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        for (int percent = 75; percent <= 250; percent += 25) {
            scene_init(&scene);
            scene.text_scale = (float)percent / 100.0F;
            scene_add_shape(&scene, SCENE_SHAPE_BAR, 0.5, 1.0);
            add(&scene, SCENE_SLOT_LOWER, SCENE_STYLE_LARGE, "and out");
            add(&scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "Space pauses");
            layout_update(&layout, &scene, fields[i][0], fields[i][1], &help);
            const struct layout_piece with = *piece_of_line(&layout, 0);
            scene.line_count = 1;
            layout_update(&layout, &scene, fields[i][0], fields[i][1], &help);
            assert_int_equal(piece_of_line(&layout, 0)->size_px, with.size_px);
            assert_float_equal(piece_of_line(&layout, 0)->base, with.base, 0.01);
        }
    }
}

/* A line at an edge is as large and where it is, whatever stands beside it. */
static void edges_keep_their_size(void **state)
{
    (void)state;
    static struct layout layout;
    static struct scene scene;
    const struct layout_help help = {NULL, half_em, NULL};
    static const int fields[][2] = {{1920, 1080}, {640, 480}, {1280, 800}, {1080, 1920}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        for (int percent = 75; percent <= 250; percent += 25) {
            scene_init(&scene);
            scene.text_scale = (float)percent / 100.0F;
            add(&scene, SCENE_SLOT_TOP, SCENE_STYLE_SMALL, "a file that cannot be read");
            add(&scene, SCENE_SLOT_FOOT, SCENE_STYLE_SMALL, "Space pauses");
            layout_update(&layout, &scene, fields[i][0], fields[i][1], &help);
            const struct layout_piece top = *piece_of_line(&layout, 0);
            const struct layout_piece foot = *piece_of_line(&layout, 1);
            int s = fields[i][0] < fields[i][1] ? fields[i][0] : fields[i][1];
            float most = fminf(scene.text_scale, 32.0F / 20.0F);
            assert_int_equal(top.size_px, lroundf(0.8F * (float)s / 32.0F * most));
            for (int n = 0; n < 24; n++)
                add(&scene, SCENE_SLOT_TABLE, SCENE_STYLE_SMALL, "a row of a long table of keys");
            layout_update(&layout, &scene, fields[i][0], fields[i][1], &help);
            assert_int_equal(piece_of_line(&layout, 0)->size_px, top.size_px);
            assert_int_equal(piece_of_line(&layout, 1)->size_px, foot.size_px);
            assert_float_equal(piece_of_line(&layout, 0)->base, top.base, 0.01);
            assert_float_equal(piece_of_line(&layout, 1)->base, foot.base, 0.01);
        }
    }
}

/* The longest path that is shown, in all the sizes that words have. */
static void a_long_path_makes_no_notice_smaller(void **state)
{
    (void)state;
    static struct layout layout;
    static struct scene scene;
    static const int fields[][2] = {{1280, 800}, {1920, 1080}, {1080, 1920}};
    static const float scales[] = {1.0F, 1.5F, 2.5F};
    const struct layout_help help = {NULL, half_em, NULL};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        for (size_t k = 0; k < sizeof scales / sizeof scales[0]; k++) {
            scene_init(&scene);
            scene.text_scale = scales[k];
            add(&scene, SCENE_SLOT_TOP, SCENE_STYLE_SMALL, "short");
            layout_update(&layout, &scene, fields[i][0], fields[i][1], &help);
            int size = layout.pieces[0].size_px;
            scene.line_count = 0;
            add(&scene, SCENE_SLOT_TOP, SCENE_STYLE_SMALL,
                "/home/somebody/Music...songs/of-rain-and-of-what-is-lost.ogg: the file is "
                "damaged");
            layout_update(&layout, &scene, fields[i][0], fields[i][1], &help);
            assert_int_equal(layout.pieces[0].size_px, size);
        }
    }
}

static void nothing_is_done_twice(void **state)
{
    (void)state;
    static struct layout layout;
    static struct scene scene;
    const struct layout_help help = {NULL, half_em, NULL};
    scene_init(&scene);
    add(&scene, SCENE_SLOT_CENTRE, SCENE_STYLE_BODY, "short");
    layout_update(&layout, &scene, 1280, 800, &help);
    layout.pieces[0].size_px = 1; /* a mark that a new layout would remove */
    scene.lines[0].alpha = 0.5F;
    scene.ink = (struct colour){0.1F, 0.2F, 0.3F};
    layout_update(&layout, &scene, 1280, 800, &help);
    assert_int_equal(layout.pieces[0].size_px, 1);
    (void)text_copy(scene.lines[0].text, sizeof scene.lines[0].text, "other");
    layout_update(&layout, &scene, 1280, 800, &help);
    assert_int_equal(layout.pieces[0].size_px, 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_not_cut),
        cmocka_unit_test(lines_are_even),
        cmocka_unit_test(sentences_stay_whole),
        cmocka_unit_test(long_words_and_cjk_break),
        cmocka_unit_test(paths_break_behind_their_slashes),
        cmocka_unit_test(directions_are_ordered),
        cmocka_unit_test(scripts_are_known),
        cmocka_unit_test(sizes_and_places_are_as_written),
        cmocka_unit_test(a_bar_has_its_word_below_it),
        cmocka_unit_test(sizes_follow_the_text_scale),
        cmocka_unit_test(words_stay_where_a_hint_leaves),
        cmocka_unit_test(words_keep_clear_of_an_entry),
        cmocka_unit_test(edges_keep_their_size),
        cmocka_unit_test(a_long_path_makes_no_notice_smaller),
        cmocka_unit_test(nothing_is_done_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
