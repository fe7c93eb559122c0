#include "people.h"

#include "lacrima/base/text.h"

#include <stdbool.h>
#include <string.h>

/* Room for what stands between two commas; a longer one is no link in any case. */
#define LINK_BYTES 256

static int find_person(const struct people_own *people, const char *name)
{
    for (size_t i = 0; i < people->count; i++) {
        if (text_equal_nocase(people->people[i].name, name))
            return (int)i;
    }
    return -1;
}

/* Takes what stands before the next comma, without the blanks around it; true if there was more
 * to read. */
static bool next_link(const char **at, char link[LINK_BYTES])
{
    if (*at == NULL)
        return false;
    const char *comma = strchr(*at, ',');
    const char *begin = *at;
    const char *end = comma != NULL ? comma : begin + strlen(begin);
    while (begin < end && (*begin == ' ' || *begin == '\t'))
        begin++;
    while (end > begin && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    char whole[LINK_BYTES] = "";
    size_t length = (size_t)(end - begin);
    memcpy(whole, begin, length < sizeof whole ? length : sizeof whole - 1);
    (void)text_copy(link, LINK_BYTES, whole);
    *at = comma != NULL ? comma + 1 : NULL;
    return true;
}

static void read_links(struct person *person, struct faults *faults, unsigned line,
                       const char *value)
{
    char text[LINK_BYTES];
    struct quote name = quote_of(person->name);
    for (const char *at = value; next_link(&at, text);) {
        struct person_link link;
        if (text[0] == '\0')
            continue;
        const char *why = person_link_read(text, &link);
        if (why != NULL) {
            faults_add(faults, line, "people.%s: %s %s; it is left out", name.text,
                       quote_of(text).text, why);
        } else if (person->link_count == PERSON_LINKS_MAX) {
            faults_add(faults, line, "people.%s: there is room for %d links only; %s is left out",
                       name.text, PERSON_LINKS_MAX, quote_of(text).text);
        } else {
            person->links[person->link_count++] = link;
        }
    }
}

void people_add(struct people_reading *reading, struct faults *faults, unsigned line,
                const char *name, const char *value)
{
    struct people_own *people = reading->people;
    struct person person = {.name = ""};
    if (strlen(name) >= sizeof person.name) {
        faults_add(faults, line, "people.%s: the name is longer than %zu bytes; it is left out",
                   quote_of(name).text, sizeof person.name - 1);
        return;
    }
    int found = find_person(people, name);
    size_t index = found >= 0 ? (size_t)found : people->count;
    if (index == PEOPLE_OWN_MAX) {
        faults_add(faults, line, "people.%s: there is room for %d only; it is left out",
                   quote_of(name).text, PEOPLE_OWN_MAX);
        return;
    }
    if (found >= 0 && reading->person_line[index] != 0)
        faults_add(faults, line, "people.%s: also given on line %u; this one is used",
                   quote_of(name).text, reading->person_line[index]);
    (void)text_copy(person.name, sizeof person.name, name);
    read_links(&person, faults, line, value);
    people->people[index] = person;
    people->count += found >= 0 ? 0 : 1;
    reading->person_line[index] = line;
}

static int find_opener(const struct people_own *people, const char *text)
{
    for (size_t i = 0; i < people->opener_count; i++) {
        if (text_equal(people->openers[i], text))
            return (int)i;
    }
    return -1;
}

void people_opener(struct people_reading *reading, struct faults *faults, unsigned line,
                   const char *value)
{
    struct people_own *people = reading->people;
    char text[OPENER_BYTES];
    bool fits = text_copy(text, sizeof text, value);
    /* A sentence is shown; a tab in it would stand there as a box. */
    for (char *c = text; *c != '\0'; c++)
        *c = *c == '\t' ? ' ' : *c;
    int found = find_opener(people, text);
    if (*text == '\0') {
        faults_add(faults, line, "talk.opener: nothing is said in it; it is left out");
    } else if (!fits) {
        faults_add(faults, line, "talk.opener: longer than %d bytes; it is left out",
                   OPENER_BYTES - 1);
    } else if (found >= 0) {
        if (reading->opener_line[found] != 0)
            faults_add(faults, line, "talk.opener: the same as on line %u; one is enough",
                       reading->opener_line[found]);
        reading->opener_line[found] = line;
    } else if (people->opener_count == OPENERS_OWN_MAX) {
        faults_add(faults, line, "talk.opener: there is room for %d only; it is left out",
                   OPENERS_OWN_MAX);
    } else {
        reading->opener_line[people->opener_count] = line;
        (void)text_copy(people->openers[people->opener_count++], OPENER_BYTES, text);
    }
}
