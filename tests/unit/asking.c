/* The sentences: every combination of whom, what for and how says one, and says it well. */
#include "../support/cm.h"

#include "../../src/core/asking.h"
#include "lacrima/base/text.h"
#include "lacrima/core/scene.h"

#include <string.h>

#define WORDS_MAX 24 /* two lines of about twelve words */

static void add_person(struct settings *settings, const char *name, const char *link)
{
    struct person *person = &settings->people.people[settings->people.count++];
    (void)text_copy(person->name, sizeof person->name, name);
    if (link != NULL)
        assert_null(person_link_read(link, &person->links[person->link_count++]));
}

static void add_opener(struct settings *settings, const char *text)
{
    (void)text_copy(settings->people.openers[settings->people.opener_count++], OPENER_BYTES, text);
}

static void check_sentence(const char *text)
{
    size_t words = 1;
    size_t length = strlen(text);
    assert_true(length > 0 && length < SCENE_TEXT_BYTES);
    assert_true(text[0] >= 'A' && text[0] <= 'Z');
    assert_true(text[length - 1] == '.' || text[length - 1] == '?');
    assert_null(strstr(text, "%"));
    assert_null(strstr(text, "  "));
    assert_null(strstr(text, " ,"));
    for (const char *c = text; *c != '\0'; c++) {
        words += *c == ' ' ? 1 : 0;
        /* After a sentence a blank and a capital letter. */
        if ((*c == '.' || *c == '?') && c[1] != '\0')
            assert_true(c[1] == ' ' && c[2] >= 'A' && c[2] <= 'Z');
    }
    if (words > WORDS_MAX)
        fail_msg("%zu words: %s", words, text);
}

/* Calls visit for every sentence that can be asked for; returns how many there are. */
static size_t each(const struct settings *settings,
                   void (*visit)(const struct settings *, const struct asking *))
{
    size_t sentences = 0;
    struct asking asking = {0};
    for (; asking.whom < asking_whom_count(settings); asking.whom++) {
        size_t needs = asking_need_count(settings, asking_whom(settings, asking.whom));
        assert_true(needs > 0);
        for (asking.need = 0; asking.need < needs; asking.need++) {
            size_t ways = 0;
            for (asking.how = HOW_SAY; asking.how < HOWS; asking.how++) {
                if (!asking_offers(settings, &asking, asking.how))
                    continue;
                visit(settings, &asking);
                ways++;
                sentences++;
            }
            assert_true(ways > 0);
        }
    }
    return sentences;
}

static void check_one(const struct settings *settings, const struct asking *asking)
{
    char text[1024];
    struct words words = asking_draft(settings, asking);
    bool named = asking_whom(settings, asking->whom) == WHOM_PERSON && !words.literal;
    assert_int_equal(strstr(words.text, "%s") != NULL, named);
    assert_int_equal(words.arg != NULL, named);
    assert_true(strlen(words.text) < SCENE_TEXT_BYTES);
    assert_true(text_fill(text, sizeof text, words.text, words.arg));
    check_sentence(text);
    if (named)
        assert_non_null(strstr(text, settings->people.people[asking->whom].name));
    struct listening listening = asking_listening(settings, asking);
    check_sentence(listening.first);
    check_sentence(listening.second);
}

static void every_sentence_is_one(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    /* Six needs for two, three for a therapist, two for a group, in three ways; two for a
     * listener online in two; the line's one. */
    assert_int_equal(each(&settings, check_one), 2 * 6 * 3 + 3 * 3 + 2 * 3 + 2 * 2 + 1);
    add_person(&settings, "Ana", NULL);
    add_person(&settings, "Mama", NULL);
    add_opener(&settings, "Can I come over?");
    assert_int_equal(each(&settings, check_one), 4 * 7 * 3 + 4 * 3 + 3 * 3 + 2 * 2 + 3 + 1);
}

static void check_room(const struct settings *settings, const struct asking *asking)
{
    char text[1024];
    struct words words = asking_draft(settings, asking);
    assert_true(words.arg == NULL || strlen(words.arg) < SCENE_ARG_BYTES);
    assert_true(text_fill(text, sizeof text, words.text, words.arg));
    const struct person_link *link = asking_link(settings, asking);
    char uri[LINK_URI_BYTES];
    if (link != NULL)
        assert_true(person_link_uri(link, text, uri, sizeof uri));
}

/* The longest names, links and openers fit everywhere. */
static void the_longest_fit(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    char name[PERSON_NAME_BYTES] = "";
    char opener[OPENER_BYTES] = "";
    while (text_append(name, sizeof name, "\xD8\xA2")) {
    }
    while (text_append(opener, sizeof opener, "%s \xF0\x9F\x98\xA2")) {
    }
    for (int i = 0; i < PEOPLE_OWN_MAX; i++)
        add_person(&settings, name, "mailto:anna@example.org");
    for (int i = 0; i < OPENERS_OWN_MAX; i++)
        add_opener(&settings, opener);
    assert_true(each(&settings, check_room) > 1000);
}

static void openers_stand_as_they_were_written(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    add_person(&settings, "Ana", NULL);
    add_opener(&settings, "100 %s");
    struct asking asking = {.need = (uint8_t)(asking_need_count(&settings, WHOM_PERSON) - 1)};
    struct words words = asking_draft(&settings, &asking);
    assert_true(words.literal && words.arg == NULL);
    assert_string_equal(words.text, "100 %s");
    words = asking_need_words(&settings, WHOM_PERSON, asking.need);
    assert_true(words.literal);
    assert_string_equal(words.text, "100 %s");
    assert_int_equal(asking_need_count(&settings, WHOM_LINE), 1);
}

/* A call takes the first number, a message the first link that can carry one, speaking none. */
static void a_link_suits_the_way(void **state)
{
    (void)state;
    struct settings settings;
    settings_init(&settings);
    add_person(&settings, "Ana", "mailto:ana@example.org");
    struct person *ana = &settings.people.people[0];
    struct asking asking = {.how = HOW_MESSAGE};
    assert_ptr_equal(asking_link(&settings, &asking), &ana->links[0]);
    asking.how = HOW_CALL;
    assert_null(asking_link(&settings, &asking));
    assert_null(person_link_read("sms:11", &ana->links[1]));
    assert_null(person_link_read("tel:12", &ana->links[2]));
    ana->link_count = 3;
    assert_ptr_equal(asking_link(&settings, &asking), &ana->links[2]);
    asking.how = HOW_MESSAGE;
    assert_ptr_equal(asking_link(&settings, &asking), &ana->links[0]);
    asking.how = HOW_SAY;
    assert_null(asking_link(&settings, &asking));
    asking.whom = 1; /* a friend without a name */
    asking.how = HOW_CALL;
    assert_null(asking_link(&settings, &asking));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sentence_is_one),
        cmocka_unit_test(the_longest_fit),
        cmocka_unit_test(openers_stand_as_they_were_written),
        cmocka_unit_test(a_link_suits_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
