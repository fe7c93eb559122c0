#include "shelf_command.h"

#include "goal.h"

#include "lacrima/base/text.h"
#include "lacrima/shelf.h"

#include <errno.h>
#include <libintl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void print_fault(void *user, const char *line)
{
    (void)user;
    (void)fprintf(stderr, "lacrima: %s\n", line);
}

static int fail(const struct error *error)
{
    print_fault(NULL, error->text);
    return 1;
}

static void print_part(FILE *out, const struct shelf_entry *entry)
{
    char from[SHELF_TIME_BYTES];
    char to[SHELF_TIME_BYTES];
    char in[SHELF_TIME_BYTES];
    char away[SHELF_TIME_BYTES];
    shelf_time_text(from, sizeof from, entry->from);
    shelf_time_text(to, sizeof to, entry->to == TIME_NEVER ? 0 : entry->to);
    text_from_milli(in, sizeof in, entry->fade_in / NS_PER_MS);
    text_from_milli(away, sizeof away, entry->fade_out / NS_PER_MS);
    if (entry->from > 0 && entry->to != TIME_NEVER)
        (void)fprintf(out, gettext("             from %s to %s\n"), from, to);
    else if (entry->to != TIME_NEVER)
        (void)fprintf(out, gettext("             from its beginning to %s\n"), to);
    else if (entry->from > 0)
        (void)fprintf(out, gettext("             from %s to its end\n"), from);
    if (entry->fade_in > 0)
        (void)fprintf(out, gettext("             comes in %s s\n"), in);
    if (entry->fade_out > 0)
        (void)fprintf(out, gettext("             goes in %s s\n"), away);
}

static void print_entry(FILE *out, const struct shelf_entry *entry, const char *today)
{
    bool there = access(entry->path, F_OK) == 0;
    (void)fprintf(out, "%-12s %s\n", gettext(shelf_kind_name(entry->kind)), entry->path);
    print_part(out, entry);
    if (entry->word[0] != '\0')
        (void)fprintf(out, "             %s\n", entry->word);
    if (text_equal(entry->not_today, today) && *today != '\0')
        (void)fputs(gettext("             not today\n"), out);
    else if (entry->not_today[0] != '\0')
        (void)fprintf(out, gettext("             not on %s\n"), entry->not_today);
    if (!there)
        (void)fputs(gettext("             not there now; it stays on the shelf\n"), out);
}

int shelf_list(const struct options *options, FILE *out)
{
    static struct shelf shelf;
    char path[CONFIG_PATH_BYTES];
    char today[SHELF_DAY_BYTES] = "";
    struct error error;
    if (!shelf_path(path, sizeof path, options->data_dir, &error))
        return fail(&error);
    (void)shelf_read(&shelf, path, print_fault, NULL);
    (void)shelf_today(today, sizeof today);
    for (size_t i = 0; i < shelf.count; i++)
        print_entry(out, shelf.entries[i], today);
    if (shelf.count == 0)
        (void)fputs(gettext("Nothing is on the shelf. lacrima --shelf-add PATH puts it there.\n"),
                    out);
    shelf_finish(&shelf);
    return 0;
}

static bool entry_of(const struct options *options, const char *path, struct shelf_entry *entry,
                     struct error *error)
{
    enum goal goal = goal_of(path, error);
    if (goal == GOAL_NONE)
        return false;
    enum shelf_kind kind = goal_shelf_kind(goal);
    bool part = options->shelf_from > 0 || options->shelf_to != TIME_NEVER;
    if (part && kind != SHELF_SONG && kind != SHELF_FILM)
        return error_set(error, gettext("%s: --from and --to are for songs and films"), path);
    shelf_entry_init(entry, kind);
    entry->from = options->shelf_from;
    entry->to = options->shelf_to;
    if (!text_copy(entry->path, sizeof entry->path, path) ||
        !text_copy(entry->word, sizeof entry->word, options->word))
        return error_set(error, gettext("%s: the word is too long; there is room for %d bytes"),
                         path, SHELF_WORD_BYTES - 1);
    return true;
}

int shelf_put(const struct options *options)
{
    static struct shelf_entry entry;
    const struct shelf_entry *entries[] = {&entry};
    char shelf[CONFIG_PATH_BYTES];
    struct error error;
    bool added = true;
    char *path = realpath(options->shelf_add, NULL);
    bool put = path != NULL || error_set(&error, "%s: %s", options->shelf_add, strerror(errno));
    put = put && shelf_path(shelf, sizeof shelf, options->data_dir, &error) &&
          entry_of(options, path, &entry, &error) &&
          shelf_add(shelf, entries, 1, false, &added, &error);
    free(path);
    if (put && !added) {
        (void)error_set(&error, gettext("%s: it is on the shelf already"), entry.path);
        print_fault(NULL, error.text);
    }
    return put ? 0 : fail(&error);
}
