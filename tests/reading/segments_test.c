/* Where sentences, clauses and words end, in the scripts that people read. */
#include "../support/cm.h"

#include "segments.h"

#include <stdio.h>
#include <string.h>

static struct segments *segments;

/* The text's segments with "|" between them. */
static void split(enum segment segment, const char *text, char *out, size_t size)
{
    size_t length = strlen(text);
    size_t used = 0;
    segments_set(segments, text, length);
    for (size_t at = 0; at < length;) {
        size_t end = segments_next(segments, segment, at);
        assert_true(end > at && end <= length && used + end - at + 2 < size);
        memcpy(out + used, text + at, end - at);
        used += end - at;
        if (end < length)
            out[used++] = '|';
        at = end;
    }
    out[used] = '\0';
}

static void expect(enum segment segment, const char *wanted)
{
    char text[512];
    char out[1024];
    size_t used = 0;
    for (const char *c = wanted; *c != '\0'; c++) {
        if (*c != '|')
            text[used++] = *c;
    }
    text[used] = '\0';
    split(segment, text, out, sizeof out);
    assert_string_equal(out, wanted);
}

static void sentences_end_where_readers_stop(void **state)
{
    (void)state;
    static const char *const table[] = {
        "It rained. |She stayed in. |Nobody rang.",
        "Really? |Yes! |Good.",
        "Dr. Brandt met Mrs. Ito at St. Anne's. |It was late.",
        "J. K. Larsen wrote to A. Brandt. |Nobody answered.",
        "So did I. |Then it was over.",
        "Bring fruit, e.g. Pears, and i.e. nothing else. |Thanks.",
        "Ask Prof. Weiss vs. Col. Reyes. |They know.",
        "It cost 3.50 at 4.15 p.m. yesterday. |Cheap.",
        "\"Go.\" |He went.",
        "\xE2\x80\x9CGo.\xE2\x80\x9D |He went.",
        "(She had gone.) |He stayed.",
        "\xC2\xABPars.\xC2\xBB |Il partit.",
        "He waited... and waited. |Nothing.",
        "\xC2\xBFQui\xC3\xA9n es? |Nadie.",
        "Er kam, d.h. Zu sp\xC3\xA4t. |Sie ging.",
        /* Chinese, Japanese */
        "\xE4\xB8\x8B\xE9\x9B\xA8\xE4\xBA\x86\xE3\x80\x82|\xE5\xA5\xB9\xE6\xB2\xA1\xE6\x9D\xA5"
        "\xE3\x80\x82|\xE4\xBB\x96\xE7\xAD\x89\xE7\x9D\x80\xEF\xBC\x81",
        "\xE9\x9B\xA8\xE3\x81\xA0\xE3\x80\x82|\xE5\xBD\xBC\xE5\xA5\xB3\xE3\x81\xAF\xE6\x9D\xA5"
        "\xE3\x81\xAA\xE3\x81\x84\xE3\x80\x82",
        /* Arabic, Urdu, Hebrew */
        "\xD8\xA3\xD9\x8A\xD9\x86 \xD8\xA3\xD9\x86\xD8\xAA\xD8\x9F |\xD9\x87\xD9\x86\xD8\xA7.",
        "\xDB\x8C\xDB\x81 \xDA\xAF\xDA\xBE\xD8\xB1 \xDB\x81\xDB\x92\xDB\x94 |\xD9\x88\xDB\x81 "
        "\xDA\xAF\xDB\x8C\xD8\xA7\xDB\x94",
        "\xD7\x94\xD7\x95\xD7\x90 \xD7\x91\xD7\x90. |\xD7\x94\xD7\x99\xD7\x90 \xD7\x9C\xD7\x90?",
        /* Hindi, Greek's question mark, Russian */
        "\xE0\xA4\xB5\xE0\xA4\xB9 \xE0\xA4\x97\xE0\xA4\xAF\xE0\xA4\xBE\xE0\xA5\xA4 |"
        "\xE0\xA4\xAE\xE0\xA5\x88\xE0\xA4\x82 \xE0\xA4\xB0\xE0\xA4\xB9\xE0\xA4\xBE\xE0\xA5\xA4",
        "\xD0\x9E\xD0\xBD \xD1\x83\xD1\x88\xD1\x91\xD0\xBB. |\xD0\x9E\xD0\xBD\xD0\xB0 "
        "\xD0\xBC\xD0\xBE\xD0\xBB\xD1\x87\xD0\xB0\xD0\xBB\xD0\xB0.",
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        expect(SEGMENT_SENTENCE, table[i]);
}

static void clauses_end_behind_their_marks(void **state)
{
    (void)state;
    expect(SEGMENT_CLAUSE, "She came, |sat down; |said: |nothing.");
    expect(SEGMENT_CLAUSE, "No mark anywhere here");
    expect(SEGMENT_CLAUSE, "1,000 men \xE2\x80\x94 |all gone");
    expect(SEGMENT_CLAUSE, "\xE9\x9B\xA8\xEF\xBC\x8C|\xE9\xA3\x8E\xE3\x80\x81|\xE9\x9B\xAA");
    expect(SEGMENT_CLAUSE, "\xD8\xA3\xD8\x8C |\xD8\xA8");
}

static void words_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned words;
    } table[] = {
        {"It rained, all night.", 4},
        {"don't", 1},
        {"3.50 and 4", 3},
        {" \xE2\x80\x94 . ", 0},
        {"\xD8\xA3\xD9\x8A\xD9\x86 \xD8\xA3\xD9\x86\xD8\xAA\xD8\x9F", 2},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        size_t length = strlen(table[i].text);
        segments_set(segments, table[i].text, length);
        assert_int_equal(segments_words(segments, 0, length), table[i].words);
    }
    /* Without blanks a dictionary tells: more than one, fewer than the characters. */
    static const char chinese[] = "\xE6\x88\x91\xE4\xBB\xAC\xE6\x98\x8E\xE5\xA4\xA9\xE8\xA7\x81";
    static const char thai[] = "\xE0\xB8\xA7\xE0\xB8\xB1\xE0\xB8\x99\xE0\xB8\x99\xE0\xB8\xB5\xE0"
                               "\xB9\x89\xE0\xB8\x9D\xE0\xB8\x99\xE0\xB8\x95\xE0\xB8\x81";
    segments_set(segments, chinese, sizeof chinese - 1);
    assert_in_range(segments_words(segments, 0, sizeof chinese - 1), 2, 4);
    segments_set(segments, thai, sizeof thai - 1);
    assert_in_range(segments_words(segments, 0, sizeof thai - 1), 2, 6);
}

static void a_character_is_what_a_person_counts(void **state)
{
    (void)state;
    expect(SEGMENT_CHARACTER, "e\xCC\x81|x");
    expect(SEGMENT_CHARACTER,
           "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7|\xE0\xA4\xA8\xE0\xA4\xBF|a");
}

static int set_up(void **state)
{
    (void)state;
    struct error error;
    segments = segments_create(&error);
    return segments != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    segments_destroy(&segments);
    return segments == NULL ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_end_where_readers_stop),
        cmocka_unit_test(clauses_end_behind_their_marks),
        cmocka_unit_test(words_are_told_apart),
        cmocka_unit_test(a_character_is_what_a_person_counts),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
