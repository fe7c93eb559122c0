/* Plain text and Markdown as paragraphs of clean text. */
#include "../support/cm.h"

#include "markup.h"

#include <stdio.h>
#include <string.h>

static struct markup markup;

/* Every paragraph on a line of its own, its kind before it, line breaks as "/". */
static const char *shown(const char *text, size_t length, bool markdown)
{
    static const char *const kinds[] = {"", "# ", "> ", "- ", "` ", "~ "};
    static char out[4096];
    size_t used = 0;
    markup_read(&markup, text, length, markdown);
    for (size_t i = 0; i < markup.paragraph_count; i++) {
        const struct markup_paragraph *p = &markup.paragraphs[i];
        used += (size_t)snprintf(out + used, sizeof out - used, "%s%s%.*s", i > 0 ? "\n" : "",
                                 kinds[p->kind], (int)p->length, markup.text + p->at);
    }
    for (size_t i = 0; i < markup.length; i++)
        assert_true(markup.from[i] < length && (i == 0 || markup.from[i] >= markup.from[i - 1]));
    out[used] = '\0';
    return out;
}

static void expect(bool markdown, const char *text, const char *wanted)
{
    assert_string_equal(shown(text, strlen(text), markdown), wanted);
}

static void plain_text_is_paragraphs(void **state)
{
    (void)state;
    expect(false, "One.\n\nTwo.\r\n\r\n\r\nThree.\r\rFour.", "One.\nTwo.\nThree.\nFour.");
    expect(false, "short line\nanother\n\n*not* _md_ # [x](y)",
           "short line\nanother\n*not* _md_ # [x](y)");
    expect(false,
           "A line that an editor broke because it had become rather long\n"
           "goes on here, and again it goes on for as long as a line can go,\nuntil it ends.",
           "A line that an editor broke because it had become rather long goes on here, and again "
           "it goes on for as long as a line can go, until it ends.");
    expect(false, "  indented\t\ttwice  ", "indented twice");
    expect(false, " \n\t\n\r\n", "");
}

static void a_very_long_line_is_a_paragraph(void **state)
{
    (void)state;
    char text[400];
    memset(text, 'a', 300);
    text[150] = '\n';
    text[301] = '\0';
    (void)shown(text, 300, false);
    assert_int_equal(markup.paragraph_count, 2);
}

static void chinese_lines_join_without_a_blank(void **state)
{
    (void)state;
    char text[512] = "";
    for (int i = 0; i < 50; i++)
        strcat(text, "\xE9\x9B\xA8");
    strcat(text, "\n\xE9\xA3\x8E");
    assert_null(strchr(shown(text, strlen(text), false), ' '));
    assert_int_equal(markup.paragraph_count, 1);
}

static void what_is_no_text_harms_nothing(void **state)
{
    (void)state;
    static const char text[] = "a\0b\x01\x7F"
                               "c\xFF"
                               "d\xC3";
    assert_string_equal(shown(text, sizeof text - 1, false), "abc\xEF\xBF\xBD"
                                                             "d\xEF\xBF\xBD");
    assert_true(markup.invalid);
    assert_int_equal(markup.invalid_at, 6);
    (void)shown("fine", 4, false);
    assert_false(markup.invalid);
}

static void markdown_is_shown_calmly(void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } table[] = {
        {"# One\ntext\n## Two ##\n\nThree\n=====\nfour\n----\n",
         "# One\ntext\n# Two\n# Three\n# four"},
        {"*a* **b** ***c*** _d_ __e__ ~~f~~", "a b c d e f"},
        {"2 * 3 * 4, snake_case_name, a ~ b", "2 * 3 * 4, snake_case_name, a ~ b"},
        {"\\*a\\* and `*b*` and ``c ` d``", "*a* and *b* and c ` d"},
        {"[the *words*](http://x/y \"t\") ![a picture](p.png) [n][1] [alone]",
         "the words a picture n [alone]"},
        {"<https://a.b/c> x<br>y <em>z</em> a < b &amp; &mdash;",
         "https://a.b/c x\ny z a < b & \xE2\x80\x94"},
        {"- one\n- two\n  goes on\n3. three\n\n* four",
         "- \xE2\x80\x93 one\n- \xE2\x80\x93 two goes "
         "on\n- 3. three\n- \xE2\x80\x93 four"},
        {"> said\n> she\n>\n> again\nlazily", "> said she\n> again lazily"},
        {"a\n\n---\n\nb\n\n* * *\n",
         "a\n~ \xC2\xB7 \xC2\xB7 \xC2\xB7\nb\n~ \xC2\xB7 \xC2\xB7 \xC2\xB7"},
        {"```c\nint  a; *b*\n\n\tc\n```\ntext", "` int  a; *b*\n\n    c\ntext"},
        {"    code\n    more\n\ntext", "` code\nmore\ntext"},
        {"one  \ntwo\\\nthree\nfour", "one\ntwo\nthree four"},
        {"It was\n1987. It rained.", "It was 1987. It rained."},
        {"<!-- not shown -->\n[1]: http://x\ntext[^1]", "text"},
        {"#hashtag and #", "#hashtag and #"},
        {"*unclosed and [open and `tick", "unclosed and [open and `tick"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        expect(true, table[i].text, table[i].wanted);
}

/* Marks that never close may not make reading slow: this would take minutes if it grew with the
 * square. */
static void marks_that_never_close_are_cheap(void **state)
{
    (void)state;
    static char text[SOURCE_STRETCH + 1];
    static const char marks[] = "[`<(*_![";
    for (size_t i = 0; i < SOURCE_STRETCH; i++)
        text[i] = marks[i % (sizeof marks - 1)];
    markup_read(&markup, text, SOURCE_STRETCH, true);
    for (size_t i = 0; i < SOURCE_STRETCH; i++)
        text[i] = '[';
    markup_read(&markup, text, SOURCE_STRETCH, true);
    assert_int_equal(markup.paragraph_count, 1);
    memset(text, '\t', SOURCE_STRETCH);
    memcpy(text, "```\n", 4);
    text[SOURCE_STRETCH - 1] = 'x';
    markup_read(&markup, text, SOURCE_STRETCH, true);
    assert_int_equal(markup.paragraph_count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_is_paragraphs),
        cmocka_unit_test(a_very_long_line_is_a_paragraph),
        cmocka_unit_test(chinese_lines_join_without_a_blank),
        cmocka_unit_test(what_is_no_text_harms_nothing),
        cmocka_unit_test(markdown_is_shown_calmly),
        cmocka_unit_test(marks_that_never_close_are_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
