#define _XOPEN_SOURCE 700 /* realpath() */

/* Places: how far texts have been read.  One line each, a hash and a number of bytes. */
#include "file.h"
#include "lacrima/base/check.h"
#include "lacrima/base/hash.h"
#include "lacrima/base/text.h"
#include "lacrima/config.h"
#include "write.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES 48

static const char heading[] =
    "# How far texts have been read, and films or songs played: a hash of the path, and bytes or\n"
    "# milliseconds. Delete this file to forget.\n";

/* Takes "." and ".." and doubled slashes out of an absolute path, as it is written. */
static void normalise(char *path)
{
    size_t end = 0;
    for (const char *name = path; *name != '\0';) {
        name += strspn(name, "/");
        size_t length = strcspn(name, "/");
        if (length == 2 && memcmp(name, "..", 2) == 0) {
            while (end > 0 && path[--end] != '/')
                ;
        } else if (length > 0 && !(length == 1 && *name == '.')) {
            path[end++] = '/';
            memmove(path + end, name, length);
            end += length;
        }
        name += length;
    }
    path[end] = '\0';
}

/* From the root on, whether it is there or not; NULL without memory, or without a folder that the
 * program is in. */
static char *from_root(const char *path)
{
    char here[CONFIG_PATH_BYTES] = "";
    bool relative = path[0] != '/';
    if (relative && getcwd(here, sizeof here) == NULL)
        return NULL;
    size_t size = strlen(here) + 1 + strlen(path) + 1;
    char *whole = malloc(size);
    if (whole == NULL)
        return NULL;
    (void)snprintf(whole, size, "%s%s%s", here, relative ? "/" : "", path);
    normalise(whole);
    return whole;
}

/* Of a text that is gone the true path is its folder's, and its own name. */
static char *true_path(const char *path)
{
    char *real = realpath(path, NULL);
    if (real != NULL)
        return real;
    char *whole = from_root(path);
    char *slash = whole != NULL ? strrchr(whole, '/') : NULL;
    if (slash == NULL || slash == whole)
        return whole;
    *slash = '\0';
    char *folder = realpath(whole, NULL);
    *slash = '/';
    size_t size = folder != NULL ? strlen(folder) + strlen(slash) + 1 : 0;
    char *there = folder != NULL ? malloc(size) : NULL;
    if (there != NULL)
        (void)snprintf(there, size, "%s%s", text_equal(folder, "/") ? "" : folder, slash);
    free(folder);
    if (there == NULL)
        return whole;
    free(whole);
    return there;
}

static uint64_t hash_as_given(const char *path)
{
    return hash_bytes(HASH_START, path, strlen(path));
}

static uint64_t hash_of(const char *path)
{
    /* One text, whichever way its path was given. */
    bool is_name = strncmp(path, CONFIG_PLACE_NAME, strlen(CONFIG_PLACE_NAME)) == 0;
    char *real = is_name ? NULL : true_path(path);
    uint64_t hash = hash_as_given(real != NULL ? real : path);
    free(real);
    return hash;
}

static size_t find(const struct config_places *places, uint64_t text)
{
    size_t i = 0;
    while (i < places->count && places->places[i].text != text)
        i++;
    return i;
}

void config_places_read(struct config_places *places, const char *path)
{
    char *bytes = NULL;
    size_t size = 0;
    char *save = NULL;
    places->count = 0;
    if (file_read(path, &bytes, &size, NULL) != FILE_READ)
        return;
    for (char *line = strtok_r(bytes, "\n", &save); line != NULL;
         line = strtok_r(NULL, "\n", &save)) {
        uint64_t text = 0;
        uint64_t offset = 0;
        char after = '\0';
        bool read =
            *line != '#' && sscanf(line, "%" SCNx64 " %" SCNu64 "%c", &text, &offset, &after) == 2;
        if (!read || places->count == CONFIG_PLACES_MAX || find(places, text) < places->count)
            continue;
        places->places[places->count].text = text;
        places->places[places->count++].offset = offset;
    }
    free(bytes);
}

bool config_places_write(const struct config_places *places, const char *path, struct error *error)
{
    char text[sizeof heading + CONFIG_PLACES_MAX * LINE_BYTES];
    (void)text_copy(text, sizeof text, heading);
    for (size_t i = 0; i < places->count; i++) {
        char line[LINE_BYTES];
        (void)snprintf(line, sizeof line, "%016" PRIx64 " %" PRIu64 "\n", places->places[i].text,
                       places->places[i].offset);
        (void)text_append(text, sizeof text, line);
    }
    return write_whole(path, text, error);
}

uint64_t config_place(const struct config_places *places, const char *text_path)
{
    size_t i = find(places, hash_of(text_path));
    return i < places->count ? places->places[i].offset : 0;
}

static void drop(struct config_places *places, size_t i)
{
    memmove(&places->places[i], &places->places[i + 1],
            (places->count - i - 1) * sizeof places->places[0]);
    places->count--;
}

void config_set_place(struct config_places *places, const char *text_path, uint64_t offset)
{
    uint64_t text = hash_of(text_path);
    /* Once a text that was gone was known by its path as it was given, whichever folder that began
     * in. */
    size_t former = find(places, hash_as_given(text_path));
    if (former < places->count && places->places[former].text != text)
        drop(places, former);
    size_t i = find(places, text);
    /* What was read before it moves down into its place. */
    if (i == places->count && offset > 0 && places->count < CONFIG_PLACES_MAX)
        places->count++;
    if (i == places->count && offset == 0)
        return;
    if (i == CONFIG_PLACES_MAX)
        i--;
    if (offset == 0) {
        drop(places, i);
        return;
    }
    memmove(&places->places[1], &places->places[0], i * sizeof places->places[0]);
    places->places[0].text = text;
    places->places[0].offset = offset;
}
