#include "library.h"

#include "lacrima/base/text.h"
#include "lacrima/film.h"
#include "lacrima/photos.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PATH_BYTES 4096

bool library_add(struct library *library, enum library_kind kind, const char *path, size_t *index)
{
    char *kept = library->count < LIBRARY_ITEMS_MAX ? malloc(strlen(path) + 1) : NULL;
    if (kept == NULL)
        return false;
    (void)strcpy(kept, path);
    size_t at = 0;
    while (at < library->count && library->items[at].kind <= kind)
        at++;
    memmove(&library->items[at + 1], &library->items[at],
            (library->count - at) * sizeof library->items[0]);
    library->items[at] = (struct library_item){.kind = kind, .path = kept};
    library->count++;
    if (index != NULL)
        *index = at;
    return true;
}

bool library_join(struct library *library, const struct library_item *item, size_t *index,
                  bool *added)
{
    *added = false;
    for (*index = 0; *index < library->count; ++*index) {
        const struct library_item *it = &library->items[*index];
        if (it->kind == item->kind && text_equal(it->path, item->path))
            return true;
    }
    *added = library_add(library, item->kind, item->path, index);
    if (*added)
        library->items[*index].tag = item->tag;
    return *added;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name);
    size_t end = strlen(ending);
    return length > end && text_equal_nocase(name + length - end, ending);
}

static int is_text(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && ends_with(entry->d_name, ".md");
}

/* By their bytes, not by the desktop's language: everywhere the same. */
static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

bool library_add_pieces(struct library *library, const char *folder, struct error *error)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_text, by_bytes);
    if (count < 0)
        return error_set(error, "%s: the pieces to read cannot be read: %s", folder,
                         strerror(errno));
    for (int i = 0; i < count; i++) {
        char path[PATH_BYTES];
        int length = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (length > 0 && (size_t)length < sizeof path)
            (void)library_add(library, LIBRARY_PIECE, path, NULL);
        free(entries[i]);
    }
    free(entries);
    return true;
}

void library_add_shelf(struct library *library, enum library_kind as, const struct shelf *shelf,
                       enum shelf_kind kind)
{
    for (size_t i = 0; i < shelf->count; i++) {
        const struct shelf_entry *entry = shelf->entries[i];
        size_t index = 0;
        if (entry->kind != kind || !library_add(library, as, entry->path, &index))
            continue;
        library->items[index].tag = (int32_t)i + 1;
        library->items[index].word = entry->word[0] != '\0' ? entry->word : NULL;
    }
}

bool library_skip_out(const struct library *library, size_t *chosen, const bool *left_out,
                      bool back)
{
    size_t count = library->count;
    *chosen = *chosen < count ? *chosen : 0;
    for (size_t i = 0; i < count; i++) {
        int32_t tag = library->items[*chosen].tag;
        if (tag == 0 || !left_out[tag - 1])
            return true;
        *chosen = (*chosen + (back ? count - 1 : 1)) % count;
    }
    return false;
}

void library_remove(struct library *library, size_t index)
{
    free(library->items[index].path);
    library->count--;
    memmove(&library->items[index], &library->items[index + 1],
            (library->count - index) * sizeof library->items[0]);
}

static bool has_picture(const char *folder)
{
    DIR *dir = opendir(folder);
    bool found = false;
    if (dir == NULL)
        return false;
    for (const struct dirent *entry = readdir(dir); entry != NULL && !found; entry = readdir(dir))
        found = photos_is_picture(entry->d_name);
    (void)closedir(dir);
    return found;
}

bool library_kind_of(const char *path, enum library_kind *kind)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return false;
    bool folder = S_ISDIR(status.st_mode);
    bool picture = folder ? has_picture(path) : photos_is_picture(path);
    bool film = !folder && film_is_film(path);
    *kind = folder || picture ? LIBRARY_PHOTOS : film ? LIBRARY_FILM : LIBRARY_TEXT;
    if (folder || picture || film)
        return picture || film;
    return ends_with(path, ".md") || ends_with(path, ".markdown") || ends_with(path, ".txt");
}

void library_finish(struct library *library)
{
    while (library->count > 0)
        library_remove(library, library->count - 1);
}
