/* One country's file: parsed by jansson, checked here, field by field. */
#include "inner.h"

#include "lacrima/base/text.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FAULT_BYTES     512
#define LANGUAGES_SHOWN 3
#define DIAL_BYTES_MAX  15
#define MONTHS_OLD      12

void source_say(struct source *source, unsigned line, const char *format, ...)
{
    source->count++;
    if (source->say == NULL)
        return;
    char what[FAULT_BYTES];
    char text[FAULT_BYTES * 2];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(what, sizeof what, format, args);
    va_end(args);
    if (line == 0)
        (void)snprintf(text, sizeof text, "%s: %s", source->name, what);
    else
        (void)snprintf(text, sizeof text, "%s:%u: %s", source->name, line, what);
    for (char *c = text; *c != '\0'; c++)
        *c = (unsigned char)*c < ' ' ? ' ' : *c;
    source->say(source->user, text);
}

unsigned source_line(const struct source *source, const char *key, size_t n)
{
    size_t length = strlen(key);
    unsigned line = 1;
    for (size_t i = 0; i + length <= source->size; i++) {
        line += source->bytes[i] == '\n';
        if (memcmp(source->bytes + i, key, length) == 0 && n-- == 0)
            return line;
    }
    return 0;
}

static const char *string_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? text : "";
}

/* A text that can be shown: something, without control characters, that fits. */
static bool is_shown(const char *text, size_t room)
{
    if (*text == '\0' || strlen(text) >= room)
        return false;
    for (const char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            return false;
    }
    return true;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What is shown is what is dialled, with nothing but room and marks between the digits. */
static bool same_digits(const char *display, const char *dial)
{
    for (; *display != '\0'; display++) {
        if (strchr(" ()-./", *display) != NULL)
            continue;
        if (*dial == '\0' || *display != *dial++)
            return false;
    }
    return *dial == '\0';
}

static bool is_number(const char *dial, const char *display)
{
    size_t length = strlen(dial);
    if (length == 0 || length > DIAL_BYTES_MAX || !is_shown(display, SCENE_KEY_BYTES))
        return false;
    for (const char *c = dial; *c != '\0'; c++) {
        if (!digit(*c) && !(c == dial && (*c == '+' || *c == '*')))
            return false;
    }
    return same_digits(display, dial);
}

static bool is_date(const char *text, struct helplines_date *date)
{
    int length = 0;
    return sscanf(text, "%4d-%2d-%2d%n", &date->year, &date->month, &date->day, &length) == 3 &&
           length == 10 && text[10] == '\0' && date->year >= 2000 && date->month >= 1 &&
           date->month <= 12 && date->day >= 1 && date->day <= 31;
}

static bool is_old(const struct helplines_date *checked, const struct helplines_date *today)
{
    if (today->year == 0)
        return false;
    int months = (today->year - checked->year) * 12 + today->month - checked->month;
    return months > MONTHS_OLD || (months == MONTHS_OLD && today->day > checked->day);
}

static void add_part(char *text, size_t size, const char *part)
{
    if (*part == '\0')
        return;
    if (text[0] != '\0')
        (void)text_append(text, size, ", ");
    (void)text_append(text, size, part);
}

/* What has to be known beside the number: what to send, where, for whom, when, in which
 * languages. */
static void write_note(struct people_contact *contact, const json_t *line, const json_t *json)
{
    char *note = contact->note;
    size_t size = sizeof contact->note;
    const char *url = string_of(json, "url");
    if (strncmp(url, "https://", 8) == 0)
        url += 8;
    add_part(note, size, url);
    add_part(note, size, string_of(json, "keyword"));
    add_part(note, size, string_of(line, "audience"));
    add_part(note, size, string_of(json, "hours"));
    const json_t *languages = json_object_get(json, "languages");
    size_t count = json_array_size(languages);
    for (size_t i = 0; i < count && i < LANGUAGES_SHOWN; i++) {
        const char *code = json_string_value(json_array_get(languages, i));
        add_part(note, size, code != NULL ? language_name(code) : "");
    }
    if (count > LANGUAGES_SHOWN)
        (void)text_append(note, size, " …");
}

static uint8_t method_of(const char *name)
{
    static const struct {
        const char *name;
        uint8_t method;
    } methods[] = {{"phone", PEOPLE_CALL}, {"text", PEOPLE_TEXT}, {"chat", PEOPLE_CHAT}};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (text_equal(methods[i].name, name))
            return methods[i].method;
    }
    return 0;
}

/* Reads one contact; NULL, or what is wrong with it. */
static const char *read_contact(struct people_contact *contact, const json_t *line,
                                const json_t *json)
{
    memset(contact, 0, sizeof *contact);
    contact->methods = method_of(string_of(json, "method"));
    if (contact->methods == 0)
        return "the method is not phone, text or chat";
    const char *display = string_of(json, "display");
    if (contact->methods == PEOPLE_CHAT && !is_shown(string_of(json, "url"), PEOPLE_NOTE_BYTES))
        return "a chat has no url";
    if (contact->methods != PEOPLE_CHAT && !is_number(string_of(json, "dial"), display))
        return "dial is not a number as it is dialled, or display shows other digits";
    if (contact->methods != PEOPLE_CHAT)
        (void)text_copy(contact->number, sizeof contact->number, display);
    write_note(contact, line, json);
    return NULL;
}

/* One number that can be called and sent a text is one row. */
static bool joins_last(struct people_country *country, size_t first,
                       const struct people_contact *contact)
{
    if (country->contact_count == first || contact->number[0] == '\0')
        return false;
    struct people_contact *last = &country->contacts[country->contact_count - 1];
    if (!text_equal(last->number, contact->number) || !text_equal(last->note, contact->note))
        return false;
    last->methods |= contact->methods;
    return true;
}

static void write_name(char *text, size_t size, const json_t *json)
{
    const char *local = string_of(json, "local_name");
    const char *name = string_of(json, "name");
    if (*local == '\0' || text_equal(local, name)) {
        (void)text_copy(text, size, name);
        return;
    }
    (void)text_copy(text, size, local);
    (void)text_append(text, size, " (");
    (void)text_append(text, size, name);
    (void)text_append(text, size, ")");
}

/* The oldest check of all lines is the card's; every source is named as long as there is room. */
static void note_check(struct people_country *country, const json_t *json)
{
    const char *checked = string_of(json, "checked");
    const char *source = string_of(json, "source");
    if (country->checked[0] == '\0' || strcmp(checked, country->checked) < 0)
        (void)text_copy(country->checked, sizeof country->checked, checked);
    if (strstr(country->source, source) != NULL ||
        strlen(country->source) + strlen(source) + 3 > sizeof country->source)
        return;
    if (country->source[0] != '\0')
        (void)text_append(country->source, sizeof country->source, "; ");
    (void)text_append(country->source, sizeof country->source, source);
}

static void read_line(struct people_country *country, const json_t *json, size_t number,
                      struct source *source)
{
    unsigned at = source_line(source, "\"id\"", number);
    struct helplines_date checked;
    const char *id = string_of(json, "id");
    if (!is_shown(id, PEOPLE_NAME_BYTES) || !is_shown(string_of(json, "name"), PEOPLE_NAME_BYTES)) {
        source_say(source, at, "line %zu has no id or no name; it is left out", number + 1);
        return;
    }
    if (!is_date(string_of(json, "checked"), &checked) ||
        !is_shown(string_of(json, "source"), PEOPLE_SOURCE_BYTES)) {
        source_say(source, at, "%s: not known when and where it was checked; it is left out", id);
        return;
    }
    size_t first = country->contact_count;
    const json_t *contacts = json_object_get(json, "contacts");
    for (size_t i = 0; i < json_array_size(contacts); i++) {
        struct people_contact contact;
        const char *wrong = read_contact(&contact, json, json_array_get(contacts, i));
        if (wrong != NULL) {
            source_say(source, at, "%s, contact %zu: %s; it is left out", id, i + 1, wrong);
            continue;
        }
        write_name(contact.name, sizeof contact.name, json);
        if (joins_last(country, first, &contact))
            continue;
        if (country->contact_count == PEOPLE_CONTACTS_MAX) {
            source_say(source, at, "%s, contact %zu: there is room for %d only; it is left out", id,
                       i + 1, PEOPLE_CONTACTS_MAX);
            continue;
        }
        country->contacts[country->contact_count++] = contact;
    }
    if (country->contact_count > first)
        note_check(country, json);
    else
        source_say(source, at, "%s: there is no contact; it is left out", id);
}

/* The emergency numbers, as they are written: the first is the one to call. */
static bool read_emergency(struct people_country *country, const json_t *root)
{
    char numbers[sizeof country->emergency] = "";
    char notes[sizeof country->emergency_note] = "";
    const json_t *list = json_object_get(root, "emergency");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *json = json_array_get(list, i);
        const char *display = string_of(json, "display");
        const char *note = string_of(json, "note");
        if (!is_number(string_of(json, "dial"), display))
            return false;
        if (strlen(numbers) + strlen(display) + 3 > sizeof numbers)
            break;
        add_part(numbers, sizeof numbers, display);
        if (*note == '\0')
            continue;
        add_part(notes, sizeof notes, display);
        (void)text_append(notes, sizeof notes, " ");
        (void)text_append(notes, sizeof notes, note);
    }
    if (numbers[0] == '\0')
        return false;
    (void)text_copy(country->emergency, sizeof country->emergency, numbers);
    (void)text_copy(country->emergency_note, sizeof country->emergency_note, notes);
    return true;
}

static bool read_root(struct people_country *country, const char *code, const json_t *root,
                      const struct helplines_date *today, struct source *source)
{
    bool usable = known_country(country, code);
    if (!text_equal(string_of(root, "country"), code)) {
        source_say(source, source_line(source, "\"country\"", 0),
                   "country is not %s, as the file's name says", code);
        return usable;
    }
    if (!usable)
        memset(country, 0, sizeof *country);
    (void)text_copy(country->code, sizeof country->code, code);
    if (is_shown(string_of(root, "name"), PEOPLE_NAME_BYTES / 2))
        write_name(country->name, sizeof country->name, root);
    if (!read_emergency(country, root)) {
        source_say(source, source_line(source, "\"emergency\"", 0),
                   "there is no emergency number as it is dialled");
        if (!usable)
            return false;
    }
    const json_t *lines = json_object_get(root, "lines");
    for (size_t i = 0; i < json_array_size(lines); i++)
        read_line(country, json_array_get(lines, i), i, source);
    struct helplines_date checked;
    country->old = is_date(country->checked, &checked) && is_old(&checked, today);
    return country->name[0] != '\0';
}

bool helplines_read(struct people_country *country, const char *name, const char *bytes,
                    size_t size, const struct helplines_date *today, helplines_say *say, void *user)
{
    struct source source = {.name = name, .bytes = bytes, .size = size, .say = say, .user = user};
    const char *slash = strrchr(name, '/');
    char code[COUNTRY_BYTES] = "";
    (void)text_copy(code, sizeof code, slash != NULL ? slash + 1 : name);
    json_error_t error;
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
    bool usable = false;
    if (root == NULL) {
        source_say(&source, error.line > 0 ? (unsigned)error.line : 1,
                   "%s; only the emergency "
                   "number is shown",
                   error.text);
        usable = known_country(country, code);
    } else {
        usable = read_root(country, code, root, today, &source);
    }
    json_decref(root);
    return usable;
}
