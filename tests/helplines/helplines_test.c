/* The help lines' files: all of them, what is wrong in one, and what holds without any. */
#include "../support/cm.h"

#include "../../src/helplines/inner.h"
#include "lacrima/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SAID_BYTES 8192

static const struct helplines_date near_day = {2026, 11, 25};

struct said {
    size_t count;
    char text[SAID_BYTES];
};

static void keep(void *user, const char *line)
{
    struct said *said = user;
    said->count++;
    (void)text_append(said->text, sizeof said->text, line);
    (void)text_append(said->text, sizeof said->text, "\n");
}

static struct people people;

static const struct people_country *get(const char *code)
{
    const struct people_country *found = people_find(&people, code);
    assert_non_null(found);
    return found;
}

static bool has(const struct people_country *country, const char *number, uint8_t methods,
                const char *note)
{
    for (uint8_t i = 0; i < country->contact_count; i++) {
        const struct people_contact *contact = &country->contacts[i];
        if (text_equal(contact->number, number) && contact->methods == methods &&
            strstr(contact->note, note) != NULL)
            return true;
    }
    return false;
}

static void every_file_is_read_without_a_fault(void **state)
{
    (void)state;
    struct said said = {0};
    assert_int_equal(helplines_load(&people, LACRIMA_HELPLINES, &near_day, keep, &said), 0);
    assert_string_equal(said.text, "");
    size_t known = 0;
    const struct known *countries = known_countries(&known);
    assert_int_equal(people.country_count, known);
    for (size_t i = 0; i < known; i++) {
        const struct people_country *country = get(countries[i].code);
        assert_string_equal(country->emergency, countries[i].emergency);
        assert_non_null(strstr(country->name, countries[i].name));
        assert_true(country->contact_count > 0 && country->checked[0] != '\0');
        assert_true(country->source[0] != '\0' && !country->old);
    }
}

/* The numbers that lists get wrong. */
static void numbers_are_as_they_are_dialled(void **state)
{
    (void)state;
    (void)helplines_load(&people, LACRIMA_HELPLINES, &near_day, NULL, NULL);
    assert_true(has(get("FR"), "3114", PEOPLE_CALL, "24/7"));
    assert_true(has(get("US"), "988", PEOPLE_CALL | PEOPLE_TEXT, "24/7"));
    assert_true(has(get("US"), "741741", PEOPLE_TEXT, "HOME"));
    assert_true(has(get("GB"), "116 123", PEOPLE_CALL, "24/7"));
    assert_true(has(get("GB"), "85258", PEOPLE_TEXT, "SHOUT"));
    assert_true(has(get("IE"), "50808", PEOPLE_TEXT, "HELLO"));
    assert_true(has(get("NL"), "113", PEOPLE_CALL, ""));
    assert_true(has(get("NL"), "0800-0113", PEOPLE_CALL, ""));
    assert_true(has(get("DE"), "0800 111 0 111", PEOPLE_CALL, "24/7"));
    assert_true(has(get("DE"), "116 111", PEOPLE_CALL, "children and young people"));
    assert_true(has(get("ES"), "024", PEOPLE_CALL, ""));
    assert_true(has(get("PT"), "1411", PEOPLE_CALL, ""));
    assert_true(has(get("KR"), "109", PEOPLE_CALL, "24/7"));
    assert_true(has(get("JP"), "0120-279-338", PEOPLE_CALL, "日本語"));
    assert_true(has(get("JP"), "0800-300-8355", PEOPLE_CALL, "English"));
    for (uint8_t i = 0; i < people.country_count; i++) {
        const struct people_country *country = &people.countries[i];
        for (uint8_t k = 0; k < country->contact_count; k++)
            assert_null(strchr(country->contacts[k].number, '+'));
    }
    assert_null(people_find(&people, "XX"));
}

static void they_are_sorted_by_their_english_names(void **state)
{
    (void)state;
    (void)helplines_load(&people, LACRIMA_HELPLINES, &near_day, NULL, NULL);
    assert_string_equal(people.countries[0].code, "AR");
    assert_string_equal(people.countries[people.country_count - 1].code, "US");
    const struct people_country *de = get("DE");
    assert_true(de < get("IN") && get("BR") < de); /* Germany, whatever its own name is */
}

static void a_year_makes_a_check_old(void **state)
{
    (void)state;
    static const struct {
        struct helplines_date today;
        bool old;
    } days[] = {{{2026, 6, 2}, false}, {{2027, 6, 2}, false}, {{2027, 6, 3}, true},
                {{2027, 7, 1}, true},  {{2031, 1, 1}, true},  {{0, 0, 0}, false}};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        (void)helplines_load(&people, LACRIMA_HELPLINES, &days[i].today, NULL, NULL);
        assert_string_equal(get("KR")->checked, "2026-06-02");
        assert_int_equal(get("KR")->old, days[i].old);
    }
}

#define FILE_OF(emergency, contact)                                                                \
    "{\n \"country\": \"DE\", \"name\": \"Germany\", \"local_name\": \"Deutschland\",\n"           \
    " \"emergency\": [" emergency "],\n \"lines\": [\n"                                            \
    "  {\"id\": \"de-one\", \"name\": \"One\", \"source\": \"a list\", \"checked\": "              \
    "\"2026-06-02\",\n   \"contacts\": [" contact "]},\n"                                          \
    "  {\"id\": \"de-two\", \"name\": \"Two\", \"source\": \"a list\", \"checked\": "              \
    "\"2026-06-02\",\n   \"contacts\": [{\"method\": \"phone\", \"dial\": \"22\", "                \
    "\"display\": \"2-2\"}]}\n ]\n}\n"
#define E112 "{\"dial\": \"112\", \"display\": \"112\"}"

static void what_is_damaged_is_said_and_left_out(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
        uint8_t contacts;
    } rows[] = {
        {FILE_OF(E112, "{\"method\": \"phone\", \"dial\": \"11\", \"display\": \"11\"}"), "", 2},
        {FILE_OF(E112,
                 "{\"method\": \"phone\", \"dial\": \"+49116123\", \"display\": \"116 123\"}"),
         "DE.json:5: de-one, contact 1: dial is not a number as it is dialled, or display shows "
         "other digits; it is left out\nDE.json:5: de-one: there is no contact; it is left out\n",
         1},
        {FILE_OF(E112, "{\"method\": \"fax\", \"dial\": \"11\", \"display\": \"11\"}"),
         "DE.json:5: de-one, contact 1: the method is not phone, text or chat; it is left out\n"
         "DE.json:5: de-one: there is no contact; it is left out\n",
         1},
        {FILE_OF(E112, "{\"method\": \"chat\"}"),
         "DE.json:5: de-one, contact 1: a chat has no url; it is left out\n"
         "DE.json:5: de-one: there is no contact; it is left out\n",
         1},
        {FILE_OF("", "{\"method\": \"phone\", \"dial\": \"11\", \"display\": \"11\"}"),
         "DE.json:3: there is no emergency number as it is dialled\n", 2},
        {"{\n \"country\": \"AT\"\n}\n", "DE.json:2: country is not DE, as the file's name says\n",
         0},
        {"{\n \"country\": \"DE\",\n \"country\": \"DE\"\n}\n",
         "DE.json:3: duplicate object key near '\"country\"'; only the emergency number is shown\n",
         0},
        {"{\n \"country\": \"DE\",\n \"lines\": [\n", NULL, 0},
        {"", NULL, 0},
        {"[]", "DE.json: country is not DE, as the file's name says\n", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct said said = {0};
        struct people_country country;
        assert_true(helplines_read(&country, "DE.json", rows[i].text, strlen(rows[i].text),
                                   &near_day, keep, &said));
        if (rows[i].said != NULL)
            assert_string_equal(said.text, rows[i].said);
        else
            assert_int_equal(said.count, 1);
        assert_string_equal(country.emergency, "112"); /* whatever is wrong */
        assert_int_equal(country.contact_count, rows[i].contacts);
    }
}

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
}

static void a_damaged_folder_costs_nobody_the_emergency_number(void **state)
{
    (void)state;
    char folder[] = "/tmp/lacrima-helplines-XXXXXX";
    char command[96];
    struct said said = {0};
    size_t known = 0;
    (void)known_countries(&known);
    assert_non_null(mkdtemp(folder));
    write_file(folder, "DE.json", "{ \"country\": ");
    write_file(folder, "XQ.json", FILE_OF(E112, ""));
    write_file(folder, "notes.txt", "nothing");
    assert_int_equal(helplines_load(&people, folder, &near_day, keep, &said), 2);
    assert_non_null(strstr(said.text, "DE.json:1: "));
    assert_non_null(strstr(said.text, "XQ.json:2: "));
    assert_int_equal(people.country_count, known);
    assert_string_equal(get("DE")->emergency, "112");
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
    said = (struct said){0};
    assert_int_equal(helplines_load(&people, folder, &near_day, keep, &said), 1);
    assert_non_null(strstr(said.text, "the help lines cannot be read"));
    assert_int_equal(people.country_count, known);
    assert_string_equal(get("JP")->emergency, "119, 110");
}

static void the_locale_only_proposes(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"de_AT.UTF-8", "AT"}, {"en_US", "US"}, {"pt_BR.UTF-8@abc", "BR"},
        {"sr_RS@latin", "RS"}, {"C", ""},       {"C.UTF-8", ""},
        {"POSIX", ""},         {"eo", ""},      {"", ""},
        {"es_419", ""},        {"de_at", ""},   {"zh_Hant_TW", ""},
        {"en_USA", ""},        {"_", ""},       {"x_A", ""}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char code[COUNTRY_BYTES] = "??";
        helplines_propose(code, rows[i][0]);
        assert_string_equal(code, rows[i][1]);
    }
    char code[COUNTRY_BYTES] = "??";
    helplines_propose(code, NULL);
    assert_string_equal(code, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_is_read_without_a_fault),
        cmocka_unit_test(numbers_are_as_they_are_dialled),
        cmocka_unit_test(they_are_sorted_by_their_english_names),
        cmocka_unit_test(a_year_makes_a_check_old),
        cmocka_unit_test(what_is_damaged_is_said_and_left_out),
        cmocka_unit_test(a_damaged_folder_costs_nobody_the_emergency_number),
        cmocka_unit_test(the_locale_only_proposes),
    };
    return cmocka_run_group_tests_name("helplines", tests, NULL, NULL);
}
