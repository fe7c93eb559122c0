#include "../support/cm.h"

#include "lacrima/base/boxes.h"
#include "lacrima/base/ease.h"
#include "lacrima/base/error.h"
#include "lacrima/base/hash.h"
#include "lacrima/base/loader.h"
#include "lacrima/base/text.h"

#include <string.h>

static void copies_whole_characters_only(void **state)
{
    (void)state;
    char small[5];
    assert_false(text_copy(small, sizeof small, "abcé"));
    assert_string_equal(small, "abc");
    assert_true(text_copy(small, sizeof small, "abé"));
    assert_string_equal(small, "abé");
    assert_true(text_copy(small, sizeof small, NULL));
    assert_memory_equal(small, "\0\0\0\0\0", 5);
}

static void appends(void **state)
{
    (void)state;
    char text[8] = "ab";
    assert_true(text_append(text, sizeof text, "cd"));
    assert_false(text_append(text, sizeof text, "efgh"));
    assert_string_equal(text, "abcdefg");
}

/* What it begins with and what it ends with are kept, the end more of it. */
static void shortens_in_the_middle(void **state)
{
    (void)state;
    char text[64];
    char small[16];
    assert_true(text_shorten(text, sizeof text, "0123456789", 10));
    assert_string_equal(text, "0123456789");
    assert_true(text_shorten(text, sizeof text, "0123456789a", 10));
    assert_string_equal(text, "012…56789a");
    assert_true(text_shorten(text, sizeof text, "ääääääääääää", 10));
    assert_string_equal(text, "äää…ääääää");
    /* Nothing that is one character is parted. */
    assert_true(text_shorten(text, sizeof text, "0123456789ae\u0301fghij", 9));
    assert_string_equal(text, "01…fghij");
    assert_false(text_shorten(small, sizeof small, "ääääääääääää", 12));
    assert_string_equal(small, "äääääää");
    assert_true(
        text_shorten_paths(text, sizeof text, "/home/a person/a song.ogg: it is damaged", 12));
    assert_string_equal(text, "/ho…song.ogg: it is damaged");
    assert_true(text_shorten_paths(text, sizeof text, "The font /usr/share/f.ttf is no font", 12));
    assert_string_equal(text, "The font /us…re/f.ttf is no font");
    assert_true(text_shorten_paths(text, sizeof text, "what /a and/or /b/c: it is: /", 12));
    assert_string_equal(text, "what /a …/or /b/c: it is: /");
    assert_true(text_shorten_paths(text, sizeof text, "", 12));
    assert_string_equal(text, "");
}

/* However long the path, what is wrong with it is said. */
static void an_error_keeps_its_end(void **state)
{
    (void)state;
    struct error error;
    char path[4096];
    memset(path, 'w', sizeof path);
    path[0] = '/';
    path[sizeof path - 1] = '\0';
    assert_false(error_set(&error, "%s: %s", path, "it is damaged"));
    assert_memory_equal(error.text, "/www", 4);
    assert_non_null(strstr(error.text, "www: it is damaged"));
    assert_non_null(strstr(error.text, "w…w"));
    for (size_t i = 0; i + 4 < sizeof path; i += 4)
        memcpy(path + i, "\xF0\x9F\x98\xA2", 4);
    path[sizeof path - 4] = '\0';
    assert_false(error_set(&error, "%s: %s", path, "it is damaged"));
    assert_non_null(strstr(error.text, "\xA2: it is damaged"));
}

static void decodes_and_survives_damage(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t codepoint;
        size_t length;
    } rows[] = {
        {"a", 'a', 1},
        {"\xC3\xA9", 0xE9, 2},
        {"\xE2\x82\xAC", 0x20AC, 3},
        {"\xF0\x9F\x98\xA2", 0x1F622, 4},
        {"\x80", 0xFFFD, 1},
        {"\xC3", 0xFFFD, 1},
        {"\xC0\xAF", 0xFFFD, 1},         /* overlong */
        {"\xED\xA0\x80", 0xFFFD, 1},     /* a surrogate */
        {"\xF5\x80\x80\x80", 0xFFFD, 1}, /* beyond Unicode */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t codepoint = 0;
        assert_int_equal(text_decode(rows[i].bytes, &codepoint), rows[i].length);
        assert_int_equal(codepoint, rows[i].codepoint);
    }
}

static void writes_thousandths(void **state)
{
    (void)state;
    static const struct {
        int64_t milli;
        const char *text;
    } rows[] = {{0, "0"},       {4000, "4"},    {5500, "5.5"},   {250, "0.25"},
                {3370, "3.37"}, {-50, "-0.05"}, {1001, "1.001"}, {120000, "120"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[24];
        text_from_milli(text, sizeof text, rows[i].milli);
        assert_string_equal(text, rows[i].text);
    }
}

static void compares(void **state)
{
    (void)state;
    assert_true(text_equal_nocase("Ctrl", "cTRL"));
    assert_false(text_equal_nocase("ctrl", "ctr"));
    assert_false(text_equal_nocase("ctr", "ctrl"));
}

static void eases_from_nought_to_one(void **state)
{
    (void)state;
    static const double ramps[] = {0.0, 0.15, 0.18, 0.5};
    for (size_t i = 0; i < sizeof ramps / sizeof ramps[0]; i++) {
        double before = 0.0;
        assert_true(ease_ramped(0.0, ramps[i]) == 0.0);
        assert_true(ease_ramped(1.0, ramps[i]) == 1.0);
        assert_true(ease_ramped(0.5, ramps[i]) > 0.499 && ease_ramped(0.5, ramps[i]) < 0.501);
        for (int n = 1; n <= 1000; n++) {
            double now = ease_ramped(n / 1000.0, ramps[i]);
            assert_true(now >= before && now - before < 0.0025);
            before = now;
        }
    }
    assert_true(ease_cosine(-3.0) == 0.0 && ease_cosine(7.0) == 1.0);
}

static void errors_are_one_line(void **state)
{
    (void)state;
    struct error error;
    assert_false(error_set(&error, "%s:%d: bad\nname\t", "a", 3));
    assert_string_equal(error.text, "a:3: bad name ");
    assert_false(error_set(NULL, "lost"));
}

/* Each row is one character, as a person sees it. */
static void clusters_are_whole_characters(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "e\xCC\x81", "👩‍👩‍👧", "🇩🇪",   "🇫🇷", "กำ", "x",    "न्",
        "각",        "👍🏽",           "\xFF", "\n", "é",  "\r\n", "\xC3"};
    char text[256] = "";
    size_t begins[16] = {0};
    size_t count = sizeof rows / sizeof rows[0];
    for (size_t i = 0; i < count; i++) {
        (void)strcat(text, rows[i]);
        begins[i + 1] = strlen(text);
    }
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(text_next_cluster(text, begins[count], begins[i]), begins[i + 1]);
        assert_int_equal(text_previous_cluster(text, begins[count], begins[i + 1]), begins[i]);
        /* From the middle of one, too. */
        for (size_t at = begins[i]; at < begins[i + 1]; at++) {
            assert_int_equal(text_cluster(text, begins[count], at), begins[i]);
            assert_int_equal(text_next_cluster(text, begins[count], at), begins[i + 1]);
        }
    }
    assert_int_equal(text_cluster(text, begins[count], begins[count] + 9), begins[count]);
    assert_int_equal(text_next_cluster(text, begins[count], begins[count]), begins[count]);
    assert_int_equal(text_previous_cluster(text, begins[count], 0), 0);
    char marks[1000];
    memset(marks, 0x80, sizeof marks);
    size_t at = 0;
    while (at < sizeof marks)
        at = text_next_cluster(marks, sizeof marks, at);
    assert_int_equal(at, sizeof marks);
    while (at > 0)
        at = text_previous_cluster(marks, sizeof marks, at);
}

static void a_cut_character_is_not_read_past_its_end(void **state)
{
    (void)state;
    uint32_t codepoint = 0;
    assert_int_equal(text_decode_within("\xE2\x82\xAC", 2, &codepoint), 1);
    assert_int_equal(codepoint, 0xFFFD);
    assert_int_equal(text_decode_within("\xE2\x82\xAC", 3, &codepoint), 3);
    assert_int_equal(codepoint, 0x20AC);
}

/* The published values of FNV-1a: a file of places depends on them. */
static void hashes_are_what_they_were(void **state)
{
    (void)state;
    assert_true(hash_bytes(HASH_START, "", 0) == HASH_START);
    assert_true(hash_bytes(HASH_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(hash_bytes(HASH_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
    assert_true(hash_bytes(hash_bytes(HASH_START, "foo", 3), "bar", 3) ==
                UINT64_C(0x85944171f73967e8));
}

/* What is loaded with every program, and what no machine has. */
static void libraries_are_opened_once(void **state)
{
    (void)state;
    double (*cosine)(double) = NULL;
    const struct loader_row rows[] = {{"cos", &cosine}};
    struct loader loader = {.file = "libm.so.6", .rows = rows, .count = 1};
    assert_int_equal(loader_open(&loader), LOADED);
    assert_true(cosine(0.0) == 1.0);
    cosine = NULL;
    assert_int_equal(loader_open(&loader), LOADED);
    assert_null(cosine);
    const struct loader_row later[] = {{"cos", &cosine}, {"of_another_age", &cosine}};
    struct loader old = {.file = "libm.so.6", .rows = later, .count = 2};
    assert_int_equal(loader_open(&old), LOADED_OTHER);
    assert_string_equal(old.lacks, "of_another_age");
    struct loader none = {.file = "libof-no-machine.so.9", .rows = rows, .count = 1};
    assert_int_equal(loader_open(&none), LOADED_ABSENT);
    assert_int_equal(loader_open(&none), LOADED_ABSENT);
}

static bool is_held(const struct boxes *boxes, struct box box)
{
    for (size_t i = 0; i < boxes->count; i++) {
        struct box around = box_around(boxes->items[i], box);
        if (memcmp(&around, &boxes->items[i], sizeof around) == 0)
            return true;
    }
    return false;
}

static void boxes_hold_all_and_stay_few(void **state)
{
    (void)state;
    enum { added = 12, rounds = 500, field = 1000 };
    uint64_t chance = 1;
    for (int round = 0; round < rounds; round++) {
        struct boxes boxes = {0};
        struct box box[added];
        for (int i = 0; i < added; i++) {
            int four[4];
            for (int k = 0; k < 4; k++) {
                chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
                four[k] = (int)((chance >> 33) % (k < 2 ? field : field / 4));
            }
            box[i] = (struct box){four[0], four[1], 1 + four[2], 1 + four[3]};
            boxes_add(&boxes, box[i]);
            assert_true(boxes.count >= 1 && boxes.count <= BOXES_MAX);
            for (int k = 0; k <= i; k++)
                assert_true(is_held(&boxes, box[k]));
        }
    }
}

static void boxes_far_apart_stay_apart(void **state)
{
    (void)state;
    struct boxes boxes = {0};
    boxes_add(&boxes, (struct box){.x = 5, .y = 5});
    assert_int_equal(boxes.count, 0);
    assert_true(box_is_empty(boxes_around(&boxes)));
    boxes_add(&boxes, (struct box){0, 0, 800, 40});
    boxes_add(&boxes, (struct box){0, 600, 800, 40});
    assert_int_equal(boxes.count, 2);
    assert_int_equal(boxes_around(&boxes).height, 640);
    /* The next line but one, and then the one that was left out: one box. */
    boxes_add(&boxes, (struct box){0, 55, 800, 40});
    boxes_add(&boxes, (struct box){0, 10, 800, 40});
    assert_int_equal(boxes.count, 2);
    /* What is far from both is a third one. */
    boxes_add(&boxes, (struct box){900, 300, 200, 200});
    assert_int_equal(boxes.count, 3);
    assert_true(box_is_empty(box_common(boxes.items[0], boxes.items[2])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_whole_characters_only),
        cmocka_unit_test(appends),
        cmocka_unit_test(decodes_and_survives_damage),
        cmocka_unit_test(shortens_in_the_middle),
        cmocka_unit_test(an_error_keeps_its_end),
        cmocka_unit_test(clusters_are_whole_characters),
        cmocka_unit_test(a_cut_character_is_not_read_past_its_end),
        cmocka_unit_test(writes_thousandths),
        cmocka_unit_test(compares),
        cmocka_unit_test(eases_from_nought_to_one),
        cmocka_unit_test(errors_are_one_line),
        cmocka_unit_test(hashes_are_what_they_were),
        cmocka_unit_test(libraries_are_opened_once),
        cmocka_unit_test(boxes_hold_all_and_stay_few),
        cmocka_unit_test(boxes_far_apart_stay_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
