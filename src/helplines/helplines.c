/* The folder of countries, and what the locale proposes. */
#include "lacrima/helplines.h"

#include "inner.h"
#include "lacrima/base/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH_BYTES 4096
#define NAME_CHARS 7 /* "DE.json" */

struct load {
    struct people *people;
    const char *folder;
    const struct helplines_date *today;
    helplines_say *say;
    void *user;
    size_t faults;
};

static void hear(void *user, const char *line)
{
    struct load *load = user;
    load->faults++;
    if (load->say != NULL)
        load->say(load->user, line);
}

static bool capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_country_file(const char *name)
{
    return strlen(name) == NAME_CHARS && capital(name[0]) && capital(name[1]) &&
           text_equal(name + 2, ".json");
}

/* Reads a file whole into bytes; NULL with the reason if it cannot, or is too large. */
static char *read_whole(const char *path, size_t *size, const char **why)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(HELPLINES_FILE_BYTES_MAX + 1);
    *why = NULL;
    if (file == NULL || bytes == NULL)
        *why = strerror(errno);
    else
        *size = fread(bytes, 1, HELPLINES_FILE_BYTES_MAX + 1, file);
    if (*why == NULL && ferror(file) != 0)
        *why = strerror(errno);
    else if (*why == NULL && *size > HELPLINES_FILE_BYTES_MAX)
        *why = "it is larger than 256 KiB";
    if (file != NULL)
        (void)fclose(file);
    if (*why == NULL)
        return bytes;
    free(bytes);
    return NULL;
}

static struct people_country *room_for(struct load *load, const char *code)
{
    struct people *people = load->people;
    for (uint8_t i = 0; i < people->country_count; i++) {
        if (text_equal(people->countries[i].code, code))
            return &people->countries[i];
    }
    return people->country_count < PEOPLE_COUNTRIES_MAX ? &people->countries[people->country_count]
                                                        : NULL;
}

static void load_file(struct load *load, const char *name)
{
    char path[PATH_BYTES];
    char line[PATH_BYTES + 128];
    const char code[COUNTRY_BYTES] = {name[0], name[1], '\0'};
    (void)snprintf(path, sizeof path, "%s/%s", load->folder, name);
    struct people_country *country = room_for(load, code);
    const char *why = "there is no room for one more country";
    size_t size = 0;
    char *bytes = country != NULL ? read_whole(path, &size, &why) : NULL;
    if (bytes == NULL) {
        (void)snprintf(line, sizeof line, "%s: cannot be read: %s", path, why);
        hear(load, line);
        return;
    }
    struct people_country read;
    bool usable = helplines_read(&read, path, bytes, size, load->today, hear, load);
    free(bytes);
    if (!usable)
        return;
    if (country == &load->people->countries[load->people->country_count])
        load->people->country_count++;
    *country = read;
}

/* "日本 (Japan)": what stands in the brackets is what everything is sorted by. */
static const char *english(const struct people_country *country)
{
    const char *bracket = strrchr(country->name, '(');
    return bracket != NULL ? bracket + 1 : country->name;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(english(a), english(b));
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void load_folder(struct load *load)
{
    static const char all[] = "the help lines cannot be read";
    char names[PEOPLE_COUNTRIES_MAX * 2][NAME_CHARS + 1];
    char line[PATH_BYTES];
    size_t count = 0;
    DIR *folder = opendir(load->folder);
    if (folder == NULL) {
        (void)snprintf(line, sizeof line, "%s: %s: %s", load->folder, all, strerror(errno));
        hear(load, line);
        return;
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (is_country_file(entry->d_name) && count < sizeof names / sizeof names[0])
            (void)text_copy(names[count++], sizeof names[0], entry->d_name);
    }
    (void)closedir(folder);
    qsort(names, count, sizeof names[0], by_text);
    for (size_t i = 0; i < count; i++)
        load_file(load, names[i]);
}

size_t helplines_load(struct people *people, const char *folder, const struct helplines_date *today,
                      helplines_say *say, void *user)
{
    struct load load = {
        .people = people, .folder = folder, .today = today, .say = say, .user = user};
    size_t count = 0;
    const struct known *known = known_countries(&count);
    people->country_count = 0;
    for (size_t i = 0; i < count; i++)
        (void)known_country(&people->countries[people->country_count++], known[i].code);
    load_folder(&load);
    qsort(people->countries, people->country_count, sizeof people->countries[0], by_name);
    return load.faults;
}

void helplines_propose(char code[COUNTRY_BYTES], const char *locale)
{
    (void)text_copy(code, COUNTRY_BYTES, "");
    const char *territory = locale != NULL ? strchr(locale, '_') : NULL;
    if (territory == NULL || !capital(territory[1]) || !capital(territory[2]) ||
        (territory[3] != '\0' && territory[3] != '.' && territory[3] != '@'))
        return;
    (void)text_copy(code, COUNTRY_BYTES, (const char[]){territory[1], territory[2], '\0'});
}
