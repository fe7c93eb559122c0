/* [people] and talk.opener: every fault with its line, and the person stays whatever is left out.
 */
#include "support.h"

static const struct people_own *people_of(const struct room *room)
{
    return &room->config.settings.people;
}

static void people_in_any_script_keep_their_order(void **state)
{
    struct room *room = *state;
    read_text(room, "[people]\n"
                    "Ana = tel:+49 (30) 123-456, mailto:ana@example.org\n"
                    "\xD8\xA2\xD9\x86\xD8\xA7 = SMS:+98.21.5\n"
                    "\"Dr. \xC5\xBB\xC3\xB3\xC5\x82\xC4\x87\" = mailto: zolc@example.pl ; at work\n"
                    "Grandfather =\n");
    assert_said(room, "");
    const struct people_own *people = people_of(room);
    assert_int_equal(people->count, 4);
    assert_string_equal(people->people[0].name, "Ana");
    assert_int_equal(people->people[0].link_count, 2);
    assert_int_equal(people->people[0].links[0].scheme, LINK_TEL);
    assert_string_equal(people->people[0].links[0].address, "+49 (30) 123-456");
    assert_int_equal(people->people[0].links[1].scheme, LINK_MAILTO);
    assert_string_equal(people->people[0].links[1].address, "ana@example.org");
    assert_string_equal(people->people[1].name, "\xD8\xA2\xD9\x86\xD8\xA7");
    assert_int_equal(people->people[1].links[0].scheme, LINK_SMS);
    assert_string_equal(people->people[2].name, "Dr. \xC5\xBB\xC3\xB3\xC5\x82\xC4\x87");
    assert_string_equal(people->people[2].links[0].address, "zolc@example.pl");
    assert_string_equal(people->people[3].name, "Grandfather");
    assert_int_equal(people->people[3].link_count, 0);
}

static void a_link_that_is_none_is_left_out_and_the_person_stays(void **state)
{
    struct room *room = *state;
    read_text(room, "[people]\n"
                    "Ana = https://example.org/ana, tel:+49 30 1\n"
                    "Ben = file:///etc/passwd\n"
                    "Cid = mailto:cid@example.org?bcc=x@example.org\n"
                    "Dan = mailto:dan\n"
                    "Eve = tel:call me\n"
                    "Fay = tel:1\n"
                    "Gil = xmpp:gil@example.org, , sms:12,\n"
                    "Hal = tel:\n");
    assert_said(room, "lacrima.ini:2: people.Ana: https://example.org/ana is not tel:, sms: or "
                      "mailto:; it is left out\n"
                      "lacrima.ini:3: people.Ben: file:///etc/passwd is not tel:, sms: or "
                      "mailto:; it is left out\n"
                      "lacrima.ini:4: people.Cid: mailto:cid@example.org?bcc=x@example.org is no "
                      "mail address; it is left out\n"
                      "lacrima.ini:5: people.Dan: mailto:dan is no mail address; it is left out\n"
                      "lacrima.ini:6: people.Eve: tel:call me is no telephone number; it is left "
                      "out\n"
                      "lacrima.ini:7: people.Fay: tel:1 is no telephone number; it is left out\n"
                      "lacrima.ini:8: people.Gil: xmpp:gil@example.org is not tel:, sms: or "
                      "mailto:; it is left out\n"
                      "lacrima.ini:9: people.Hal: tel: is no telephone number; it is left out\n");
    assert_int_equal(people_of(room)->count, 8);
    assert_int_equal(people_of(room)->people[0].link_count, 1);
    assert_int_equal(people_of(room)->people[1].link_count, 0);
    assert_int_equal(people_of(room)->people[6].link_count, 1);
}

static void people_have_their_bounds(void **state)
{
    struct room *room = *state;
    char text[8192] = "[people]\n";
    for (int i = 0; i <= PEOPLE_OWN_MAX; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, "p%d = tel:1%d\n", i, i);
        strcat(text, line);
    }
    strcat(text, "P0 = tel:99\n");
    strcat(text, "p1 = tel:11, tel:12, tel:13, tel:14, tel:15\n");
    strcat(text, "p2 = tel:");
    memset(text + strlen(text), '1', LINK_ADDRESS_BYTES);
    strcat(text, "\n");
    for (int i = 0; i < PERSON_NAME_BYTES / 2; i++)
        strcat(text, "\xC3\xA4");
    strcat(text, " = tel:11\n");
    read_text(room, text);
    assert_non_null(strstr(room->said.text, "p16: there is room for 16 only; it is left out\n"));
    assert_non_null(strstr(room->said.text, "P0: also given on line 2; this one is used\n"));
    assert_non_null(strstr(room->said.text, "room for 4 links only; tel:15 is left out\n"));
    assert_non_null(strstr(room->said.text, "1... is longer than 127 bytes; it is left out\n"));
    assert_non_null(strstr(room->said.text, ":22: people.\xC3\xA4"));
    assert_non_null(
        strstr(room->said.text, ": the name is longer than 63 bytes; it is left out\n"));
    assert_int_equal(room->said.count, 7);
    assert_int_equal(people_of(room)->count, PEOPLE_OWN_MAX);
    assert_string_equal(people_of(room)->people[0].name, "P0");
    assert_string_equal(people_of(room)->people[0].links[0].address, "99");
    assert_int_equal(people_of(room)->people[1].link_count, PERSON_LINKS_MAX);
    assert_int_equal(people_of(room)->people[2].link_count, 0);
}

static void openers_are_the_persons_own_sentences(void **state)
{
    struct room *room = *state;
    char text[8192] = "[talk]\nopener = Have you an hour for me?\nopener =\n"
                      "opener = Have you an hour for me?\nopener = 100\t%s\n";
    for (int i = 0; i < OPENERS_OWN_MAX - 1; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, "opener = Number %d.\n", i);
        strcat(text, line);
    }
    strcat(text, "opener = ");
    memset(text + strlen(text), 'a', OPENER_BYTES);
    strcat(text, "\nopener_ = x\nminutes = 31\n");
    read_text(room, text);
    assert_said(room, "lacrima.ini:3: talk.opener: nothing is said in it; it is left out\n"
                      "lacrima.ini:4: talk.opener: the same as on line 2; one is enough\n"
                      "lacrima.ini:20: talk.opener: there is room for 16 only; it is left out\n"
                      "lacrima.ini:21: talk.opener: longer than 159 bytes; it is left out\n"
                      "lacrima.ini:22: talk.opener_: there is no such key; it is left out\n"
                      "lacrima.ini:23: talk.minutes: 31 is above 30; 30 is used\n");
    assert_int_equal(people_of(room)->opener_count, OPENERS_OWN_MAX);
    assert_string_equal(people_of(room)->openers[0], "Have you an hour for me?");
    assert_string_equal(people_of(room)->openers[1], "100 %s");
}

static void the_state_file_names_nobody(void **state)
{
    struct room *room = *state;
    static const char text[] = "[people]\nAna = tel:11\n[talk]\nopener = Hello?\nminutes = 20\n";
    write_bytes(room->path, text, sizeof text - 1);
    config_state_read(&room->config, room->path, keep_line, &room->said);
    assert_said(room, "lacrima.ini:1: there is no section [people]; what is in it is left out\n"
                      "lacrima.ini:4: talk.opener: there is no such key; it is left out\n");
    assert_int_equal(people_of(room)->count, 0);
    assert_int_equal(people_of(room)->opener_count, 0);
    assert_int_equal(room->config.settings.talk_min, 20);
}

/* What the desktop is handed. */
static void links_are_encoded(void **state)
{
    (void)state;
    static const struct {
        const char *text, *body, *uri;
    } rows[] = {
        {"tel:+49 (30) 12-3", "not for a call", "tel:+4930123"},
        {"tel:*31#5", NULL, "tel:*31%235"},
        {"sms:+49 171 2", "Ana, have you twenty minutes? I don't.",
         "sms:+491712?body=Ana%2C%20have%20you%20twenty%20minutes%3F%20I%20don%27t."},
        {"mailto:ana+x@example.org", "100 % & \xC3\xA4\n",
         "mailto:ana+x@example.org?body=100%20%25%20%26%20%C3%A4%0A"},
        {"mailto:a/b'{@example.org", "", "mailto:a%2Fb%27%7B@example.org"},
        {"mailto:\xC3\xA4@example.org", NULL, "mailto:%C3%A4@example.org"},
    };
    char uri[LINK_URI_BYTES];
    struct person_link link;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_null(person_link_read(rows[i].text, &link));
        assert_true(person_link_uri(&link, rows[i].body, uri, sizeof uri));
        assert_string_equal(uri, rows[i].uri);
    }
    char small[12];
    assert_false(person_link_uri(&link, NULL, small, sizeof small));
    assert_string_equal(small, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(people_in_any_script_keep_their_order),
        CONFIG_TEST(a_link_that_is_none_is_left_out_and_the_person_stays),
        CONFIG_TEST(people_have_their_bounds),
        CONFIG_TEST(openers_are_the_persons_own_sentences),
        CONFIG_TEST(the_state_file_names_nobody),
        cmocka_unit_test(links_are_encoded),
    };
    return cmocka_run_group_tests_name("config people", tests, NULL, NULL);
}
