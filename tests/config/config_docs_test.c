/* docs/configuration.md says the same as the tables in core/settings.h, and its examples have no
 * fault. */
#include "support.h"

#include "lacrima/base/text.h"

#define DOC_BYTES  65536
#define CELLS      6
#define CELL_BYTES 256
/* text_scale, reduced_motion, fixation, palette, display, font, pattern, country, pace, move.kind,
 * walk.bells. */
#define OTHER_KEYS 11

static char doc[DOC_BYTES];

static int read_doc(void **state)
{
    FILE *file = fopen(LACRIMA_CONFIGURATION_DOC, "rb");
    assert_non_null(file);
    size_t size = fread(doc, 1, sizeof doc - 1, file);
    assert_true(size > 0 && size < sizeof doc - 1);
    assert_int_equal(fclose(file), 0);
    return room_setup(state);
}

/* Splits "| a | b |" into its cells, trimmed; true if it is a row with at least a section and a
 * key. */
static bool split(const char *line, char cells[CELLS][CELL_BYTES])
{
    size_t n = 0;
    memset(cells, 0, CELLS * CELL_BYTES);
    while (*line == '|' && n < CELLS) {
        line++;
        size_t length = strcspn(line, "|\n");
        size_t end = length;
        size_t begin = 0;
        while (begin < end && line[begin] == ' ')
            begin++;
        while (end > begin && line[end - 1] == ' ')
            end--;
        (void)snprintf(cells[n++], CELL_BYTES, "%.*s", (int)(end - begin), line + begin);
        line += length;
    }
    return n > 2 && strcmp(cells[0], "section") != 0 && cells[0][0] != '-';
}

/* The row of a key; false if the page has none. */
static bool find_row(const char *section, const char *key, char cells[CELLS][CELL_BYTES])
{
    for (const char *line = doc; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n' ? 1 : 0;
        if (split(line, cells) && text_equal(cells[0], section) && text_equal(cells[1], key))
            return true;
    }
    return false;
}

static void every_number_is_documented(void **state)
{
    (void)state;
    char cells[CELLS][CELL_BYTES];
    char range[64], standard[16];
#define INT(section, key, field, min, max, def, by_key)                                            \
    assert_true(find_row(#section, #key, cells));                                                  \
    (void)snprintf(range, sizeof range, "%d to %d", min, max);                                     \
    (void)snprintf(standard, sizeof standard, "%d", def);                                          \
    assert_string_equal(cells[2], range);                                                          \
    assert_string_equal(cells[3], standard);                                                       \
    assert_true((cells[4][0] != '\0') == ((by_key) != 0));
    SETTINGS_INTS(INT)
#undef INT
}

static void every_switch_is_documented(void **state)
{
    (void)state;
    char cells[CELLS][CELL_BYTES];
#define BOOL(section, key, field, def, by_key)                                                     \
    assert_true(find_row(#section, #key, cells));                                                  \
    assert_string_equal(cells[2], "yes, no");                                                      \
    assert_string_equal(cells[3], (def) ? "yes" : "no");                                           \
    if (strcmp(#section, "care") != 0)                                                             \
        assert_true((cells[4][0] != '\0') == ((by_key) != 0));
    SETTINGS_BOOLS(BOOL)
#undef BOOL
}

static void no_key_is_documented_that_does_not_exist(void **state)
{
    (void)state;
    size_t known = OTHER_KEYS;
#define ONE(...) known++;
    SETTINGS_INTS(ONE)
    SETTINGS_BOOLS(ONE)
#undef ONE
    size_t rows = 0;
    char cells[CELLS][CELL_BYTES];
    for (const char *line = doc; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n' ? 1 : 0;
        rows += split(line, cells) ? 1 : 0;
    }
    assert_int_equal(rows, known);
}

static void every_built_in_name_is_documented(void **state)
{
    struct room *room = *state;
    char pattern[CELLS][CELL_BYTES], palette[CELLS][CELL_BYTES], quoted[64];
    assert_true(find_row("breathe", "pattern", pattern));
    assert_true(find_row("look", "palette", palette));
    for (size_t i = 0; i < pattern_count(&room->config.settings); i++) {
        (void)snprintf(quoted, sizeof quoted, "`%s`", pattern_get(&room->config.settings, i)->name);
        assert_non_null(strstr(pattern[2], quoted));
    }
    for (size_t i = 0; i < palette_count(&room->config.settings); i++) {
        (void)snprintf(quoted, sizeof quoted, "`%s`", palette_name(&room->config.settings, i));
        assert_non_null(strstr(palette[2], quoted));
    }
}

static void the_bounds_of_people_are_documented(void **state)
{
    (void)state;
    char text[128];
    (void)snprintf(text, sizeof text, "any name of up to %d bytes", PERSON_NAME_BYTES - 1);
    assert_non_null(strstr(doc, text));
    (void)snprintf(text, sizeof text, "Up to %d people with %d links each", PEOPLE_OWN_MAX,
                   PERSON_LINKS_MAX);
    assert_non_null(strstr(doc, text));
    for (enum link_scheme scheme = LINK_TEL; scheme < LINK_SCHEMES; scheme++) {
        (void)snprintf(text, sizeof text, "`%s:`", link_scheme_name(scheme));
        assert_non_null(strstr(doc, text));
    }
    (void)snprintf(text, sizeof text, "with up to %d bytes behind it", LINK_ADDRESS_BYTES - 1);
    assert_non_null(strstr(doc, text));
    (void)snprintf(text, sizeof text, "up to %d of up to %d bytes", OPENERS_OWN_MAX,
                   OPENER_BYTES - 1);
    assert_non_null(strstr(doc, text));
}

static void the_examples_have_no_fault(void **state)
{
    struct room *room = *state;
    static const char begin[] = "```ini\n";
    size_t examples = 0;
    for (const char *at = strstr(doc, begin); at != NULL; at = strstr(at, begin)) {
        at += sizeof begin - 1;
        const char *end = strstr(at, "```");
        assert_non_null(end);
        read_bytes(room, at, (size_t)(end - at));
        assert_said(room, "");
        at = end + 3;
        examples++;
    }
    assert_int_equal(examples, 7);
}

#define DOC_TEST(function) cmocka_unit_test_setup_teardown(function, read_doc, room_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DOC_TEST(every_number_is_documented),
        DOC_TEST(every_switch_is_documented),
        DOC_TEST(no_key_is_documented_that_does_not_exist),
        DOC_TEST(every_built_in_name_is_documented),
        DOC_TEST(the_bounds_of_people_are_documented),
        DOC_TEST(the_examples_have_no_fault),
    };
    return cmocka_run_group_tests_name("config docs", tests, NULL, NULL);
}
