#include "shelf.h"

#include "file.h"
#include "lacrima/base/text.h"
#include "lines.h"
#include "numbers.h"

#include <stdlib.h>
#include <string.h>

#define FADE_LEAST_NS SECONDS(1)
#define FADE_MOST_NS  SECONDS(30)

enum key { KEY_PATH, KEY_FROM, KEY_TO, KEY_FADE_IN, KEY_FADE_OUT, KEY_WORD, KEY_NOT_TODAY };

static const char *const keys[] = {
    [KEY_PATH] = "path",           [KEY_FROM] = "from",         [KEY_TO] = "to",
    [KEY_FADE_IN] = "fade_in",     [KEY_FADE_OUT] = "fade_out", [KEY_WORD] = "word",
    [KEY_NOT_TODAY] = "not_today",
};

#define KEYS_COUNT (sizeof keys / sizeof keys[0])

struct shelf_reading {
    struct shelf *shelf;
    struct faults *faults;
    struct shelf_entry *entry; /* the one that is being read, or NULL */
    size_t faults_before;      /* when it began; what is only said afterwards does not count */
    unsigned line;
    unsigned given[KEYS_COUNT]; /* the line each key was given on; 0: not given */
};

static const char *const kinds[SHELF_KINDS] = {[SHELF_SONG] = "song",
                                               [SHELF_TEXT] = "text",
                                               [SHELF_PHOTOGRAPHS] = "photographs",
                                               [SHELF_FILM] = "film"};

const char *shelf_kind_name(enum shelf_kind kind)
{
    return kinds[kind];
}

void shelf_entry_init(struct shelf_entry *entry, enum shelf_kind kind)
{
    memset(entry, 0, sizeof *entry);
    entry->kind = kind;
    entry->to = TIME_NEVER;
}

/* Said, and no reason to set the entry aside. */
#define SAY_ONLY(reading, ...)                                                                     \
    do {                                                                                           \
        faults_add((reading)->faults, __VA_ARGS__);                                                \
        (reading)->faults_before++;                                                                \
    } while (false)

/* Whether the part is one; it is said if it is not. */
static void check_part(struct shelf_reading *r)
{
    const struct shelf_entry *entry = r->entry;
    if (entry->to == TIME_NEVER || entry->to - entry->from >= SHELF_PART_NS)
        return;
    faults_add(r->faults, r->line,
               "%s: this is not at least %d seconds after its beginning; the entry is set aside",
               keys[KEY_TO], (int)(SHELF_PART_NS / NS_PER_S));
}

static void close_entry(struct shelf_reading *r)
{
    struct shelf_entry *entry = r->entry;
    if (entry == NULL)
        return;
    if (r->faults->count == r->faults_before && entry->path[0] == '\0')
        faults_add(r->faults, entry->line, "[%s] has no path; it is set aside", kinds[entry->kind]);
    r->line = r->given[KEY_TO];
    if (r->faults->count == r->faults_before)
        check_part(r);
    r->entry = NULL;
    if (r->faults->count == r->faults_before)
        r->shelf->count++;
    else
        free(entry);
}

static void open_entry(struct shelf_reading *r, unsigned line, enum shelf_kind kind)
{
    if (r->shelf->count == SHELF_ENTRIES_MAX) {
        faults_add(r->faults, line, "there is room for %d entries; this one is set aside",
                   SHELF_ENTRIES_MAX);
        return;
    }
    struct shelf_entry *entry = malloc(sizeof *entry);
    if (entry == NULL) {
        faults_add(r->faults, line, "out of memory; the entry is set aside");
        return;
    }
    shelf_entry_init(entry, kind);
    entry->line = line;
    r->shelf->entries[r->shelf->count] = entry;
    r->entry = entry;
    r->faults_before = r->faults->count;
    memset(r->given, 0, sizeof r->given);
}

/* A heading ends the entry before it. */
static bool heading(void *user, unsigned line, const char *section)
{
    struct shelf_reading *r = user;
    close_entry(r);
    for (enum shelf_kind kind = SHELF_SONG; kind < SHELF_KINDS; kind++) {
        if (!text_equal_nocase(section, kinds[kind]))
            continue;
        open_entry(r, line, kind);
        return true;
    }
    return false;
}

static void take_time(struct shelf_reading *r, enum key key, const char *value, time_ns *into)
{
    if (r->entry->kind != SHELF_SONG && r->entry->kind != SHELF_FILM)
        SAY_ONLY(r, r->line, "%s is for songs and films; here it changes nothing", keys[key]);
    else if (!shelf_time(value, into))
        faults_add(r->faults, r->line, "%s: %s is no time like 2:14; the entry is set aside",
                   keys[key], quote_of(value).text);
}

static void take_fade(struct shelf_reading *r, enum key key, const char *value, time_ns *into)
{
    int64_t hundredths = 0;
    if (!number_hundredths(value, &hundredths)) {
        faults_add(r->faults, r->line, "%s: %s is no number of seconds; the entry is set aside",
                   keys[key], quote_of(value).text);
        return;
    }
    time_ns asked = hundredths * (NS_PER_S / 100);
    *into = time_max(FADE_LEAST_NS, time_min(asked, FADE_MOST_NS));
    if (*into != asked)
        SAY_ONLY(r, r->line, "%s: %s is outside %d to %d; %d is used", keys[key],
                 quote_of(value).text, (int)(FADE_LEAST_NS / NS_PER_S),
                 (int)(FADE_MOST_NS / NS_PER_S), (int)(*into / NS_PER_S));
}

static bool is_day(const char *value)
{
    static const char pattern[] = "dddd-dd-dd";
    if (strlen(value) != sizeof pattern - 1)
        return false;
    for (size_t i = 0; i < sizeof pattern - 1; i++) {
        bool digit = value[i] >= '0' && value[i] <= '9';
        if (pattern[i] == 'd' ? !digit : value[i] != '-')
            return false;
    }
    return true;
}

static void take_day(struct shelf_reading *r, const char *value)
{
    if (is_day(value))
        (void)text_copy(r->entry->not_today, sizeof r->entry->not_today, value);
    else
        faults_add(r->faults, r->line,
                   "not_today: %s is no day like 2026-11-26; the entry is set aside",
                   quote_of(value).text);
}

static void take_path(struct shelf_reading *r, const char *value)
{
    struct error error;
    r->entry->path_line = r->line;
    if (!shelf_path_from(r->entry->path, sizeof r->entry->path, r->faults->file, value, &error))
        faults_add(r->faults, r->line, "path: %s; the entry is set aside", error.text);
}

static void take(struct shelf_reading *r, enum key key, const char *value)
{
    struct shelf_entry *entry = r->entry;
    switch (key) {
    case KEY_PATH:
        take_path(r, value);
        break;
    case KEY_FROM:
        take_time(r, key, value, &entry->from);
        break;
    case KEY_TO:
        take_time(r, key, value, &entry->to);
        break;
    case KEY_FADE_IN:
        take_fade(r, key, value, &entry->fade_in);
        break;
    case KEY_FADE_OUT:
        take_fade(r, key, value, &entry->fade_out);
        break;
    case KEY_WORD:
        if (!text_copy(entry->word, sizeof entry->word, value))
            SAY_ONLY(r, r->line, "word: there is room for %d bytes; its beginning is shown",
                     SHELF_WORD_BYTES - 1);
        break;
    case KEY_NOT_TODAY:
        entry->day_line = r->line;
        take_day(r, value);
        break;
    }
}

static void read_pair(void *user, unsigned line, const char *section, const char *key,
                      const char *value)
{
    struct shelf_reading *r = user;
    r->line = line;
    if (r->entry == NULL)
        return;
    for (size_t i = 0; i < KEYS_COUNT; i++) {
        if (!text_equal_nocase(key, keys[i]))
            continue;
        if (r->given[i] != 0)
            faults_add(r->faults, line,
                       "%s stands twice, here and on line %u; the entry is set "
                       "aside",
                       keys[i], r->given[i]);
        r->given[i] = line;
        take(r, (enum key)i, value);
        return;
    }
    SAY_ONLY(r, line, "%s.%s: there is no such key; it stays, and changes nothing",
             quote_of(section).text, quote_of(key).text);
}

void shelf_read_bytes(struct shelf *shelf, const char *bytes, size_t size, struct faults *faults)
{
    struct shelf_reading reading = {.shelf = shelf, .faults = faults};
    lines_read(bytes, size, &(struct lines_handler){heading, read_pair, &reading}, faults);
    close_entry(&reading);
}

size_t shelf_read(struct shelf *shelf, const char *path, config_say *say, void *user)
{
    struct faults faults = {.file = path, .say = say, .user = user};
    struct error error;
    char *bytes = NULL;
    size_t size = 0;
    enum file_read read = file_read(path, &bytes, &size, &error);
    if (read == FILE_READ)
        shelf_read_bytes(shelf, bytes, size, &faults);
    else if (read == FILE_FAILED)
        faults_add(&faults, 0, "%s", error.text);
    free(bytes);
    return faults.count;
}

void shelf_finish(struct shelf *shelf)
{
    for (size_t i = 0; i < shelf->count; i++)
        free(shelf->entries[i]);
    shelf->count = 0;
}
