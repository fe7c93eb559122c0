#include "people.h"

#include "lacrima/base/text.h"
#include "lacrima/helplines.h"
#include "paths.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Columns of the plain text. */
#define NUMBER_COLUMN 18

static void say_fault(void *user, const char *line)
{
    app_say(user, LOG_WARN, line);
}

static struct helplines_date today(void)
{
    time_t now = time(NULL);
    struct tm local;
    if (now == (time_t)-1 || localtime_r(&now, &local) == NULL)
        return (struct helplines_date){.year = 0};
    return (struct helplines_date){
        .year = local.tm_year + 1900, .month = local.tm_mon + 1, .day = local.tm_mday};
}

/* LC_ALL goes before everything.  Else where the person's telephone is says more than which
 * language they read; the first of these that names a territory is taken. */
static void propose(char code[COUNTRY_BYTES])
{
    static const char *const names[] = {"LC_TELEPHONE", "LC_MESSAGES", "LANG"};
    const char *all = getenv("LC_ALL");
    helplines_propose(code, all);
    if (all != NULL && *all != '\0')
        return;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && code[0] == '\0'; i++)
        helplines_propose(code, getenv(names[i]));
}

/* A recording depends on nothing that is not named on its command line: not on the day, and not
 * on the locale. */
static void load(struct people *people, bool recording, helplines_say *say, void *user)
{
    char folder[CONFIG_PATH_BYTES] = "";
    struct helplines_date date = today();
    if (recording)
        date.year = 0;
    memset(people, 0, sizeof *people);
    assets_path(folder, sizeof folder, "helplines");
    (void)helplines_load(people, folder, &date, say, user);
    if (!recording)
        propose(people->proposed);
}

void app_tell_people(struct app *app)
{
    static struct people people;
    if (app->session.cards.people_told)
        return;
    load(&people, app->options->render != NULL, say_fault, app);
    session_people(&app->session, &people);
}

static void print_number(FILE *out, const char *number, const char *name, const char *note)
{
    (void)fprintf(out, "  %-*s  %s\n", NUMBER_COLUMN, number, name);
    if (*note != '\0')
        (void)fprintf(out, "  %-*s  %s\n", NUMBER_COLUMN, "", note);
}

static const char *method_words(uint8_t methods)
{
    if (methods == PEOPLE_CHAT)
        return gettext("Write: %s");
    if (methods == PEOPLE_TEXT)
        return gettext("Text message: %s");
    return (methods & PEOPLE_TEXT) != 0 ? gettext("Call or text: %s") : gettext("Call: %s");
}

static void print_country(FILE *out, const struct people_country *country)
{
    char note[PEOPLE_NOTE_BYTES * 2];
    (void)fprintf(out, "%s\n\n", country->name);
    print_number(out, country->emergency, gettext("Emergency"), country->emergency_note);
    for (uint8_t i = 0; i < country->contact_count; i++) {
        const struct people_contact *contact = &country->contacts[i];
        const char *words = method_words(contact->methods);
        const char *place = strstr(words, "%s");
        (void)snprintf(note, sizeof note, "%.*s%s",
                       (int)(place != NULL ? place - words : (ptrdiff_t)strlen(words)), words,
                       contact->note);
        print_number(out, contact->number, contact->name, note);
    }
    if (country->checked[0] == '\0')
        return;
    (void)fprintf(out, "\n%s %s: %s\n", gettext("Checked on"), country->checked, country->source);
    if (country->old)
        (void)fprintf(out, "%s\n",
                      gettext("That is more than a year ago, and numbers change: "
                              "findahelpline.com may know newer ones."));
}

static void print_elsewhere(FILE *out, const struct people *people)
{
    (void)fputs(gettext("The emergency number is 112, 911 or 999 in most countries, 000 or 111 in "
                        "some.\nfindahelpline.com knows help lines of many countries.\n"),
                out);
    (void)fputs(gettext("lacrima --people CC prints those of one country; known here are:\n"), out);
    for (uint8_t i = 0; i < people->country_count; i++) {
        const struct people_country *country = &people->countries[i];
        (void)fprintf(out, "  %s  %s: %s\n", country->code, country->name, country->emergency);
    }
}

/* As the help lines: the first way to reach them in the column, the others below. */
static void print_own(FILE *out, const struct people_own *own)
{
    for (size_t i = 0; i < own->count; i++) {
        const struct person *person = &own->people[i];
        char others[PERSON_LINKS_MAX * sizeof person->links[0].address] = "";
        for (size_t k = 1; k < person->link_count; k++) {
            (void)text_append(others, sizeof others, k == 1 ? "" : ", ");
            (void)text_append(others, sizeof others, person->links[k].address);
        }
        (void)fputs(i == 0 ? "\n" : "", out);
        print_number(out, person->link_count > 0 ? person->links[0].address : "", person->name,
                     others);
    }
}

static void print_fault(void *user, const char *line)
{
    (void)user;
    (void)fprintf(stderr, "lacrima: %s\n", line);
}

static void read_config(struct config *config, const struct options *options)
{
    char path[CONFIG_PATH_BYTES];
    struct error error;
    config_init(config);
    if (options->config != NULL)
        (void)config_read(config, options->config, false, print_fault, NULL);
    else if (config_default_path(path, sizeof path, &error))
        (void)config_read(config, path, true, print_fault, NULL);
    if (config_state_path(path, sizeof path, &error))
        (void)config_state_read(config, path, print_fault, NULL);
}

int people_print(const struct options *options, FILE *out)
{
    static struct people people;
    static struct config config;
    read_config(&config, options);
    load(&people, false, print_fault, NULL);
    const char *code = options->people;
    if (*code == '\0')
        code = config.settings.country;
    bool proposed = *code == '\0';
    const struct people_country *country = people_find(&people, proposed ? people.proposed : code);
    if (country == NULL) {
        print_elsewhere(out, &people);
    } else {
        if (proposed)
            (void)fputs(gettext("Your language setting names this country; lacrima --people CC "
                                "prints another one's.\n\n"),
                        out);
        print_country(out, country);
    }
    print_own(out, &config.settings.people);
    config_finish(&config);
    return fflush(out) == 0 ? 0 : 1;
}
