#include "damage.h"

#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD_BYTES 200
#define HEAD_STEP  11
#define FLIPS_EACH 12
#define NAME_BYTES 128

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

void damage_begin(struct damage *damage, const char *what)
{
    *damage = (struct damage){0};
    (void)snprintf(damage->folder, sizeof damage->folder, "/tmp/lacrima-%s-XXXXXX", what);
    assert_non_null(mkdtemp(damage->folder));
}

void damage_remove(struct damage *damage)
{
    for (size_t i = 0; i < damage->count; i++) {
        (void)remove(damage->paths[i]);
        free(damage->paths[i]);
    }
    (void)rmdir(damage->folder);
}

const char *damage_path(struct damage *damage, const char *name)
{
    assert_true(damage->count < DAMAGE_FILES_MAX);
    size_t size = strlen(damage->folder) + strlen(name) + 2;
    char *path = malloc(size);
    assert_non_null(path);
    (void)snprintf(path, size, "%s/%s", damage->folder, name);
    damage->paths[damage->count++] = path;
    return path;
}

void damage_write(struct damage *damage, const char *name, const void *data, size_t size)
{
    FILE *file = fopen(damage_path(damage, name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

struct damage_bytes damage_read(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    struct damage_bytes bytes = {.size = (size_t)ftell(file)};
    rewind(file);
    bytes.data = malloc(bytes.size);
    assert_non_null(bytes.data);
    assert_int_equal(fread(bytes.data, 1, bytes.size, file), bytes.size);
    (void)fclose(file);
    return bytes;
}

static struct damage_bytes copy_of(struct damage_bytes good)
{
    struct damage_bytes copy = {.data = malloc(good.size), .size = good.size};
    assert_non_null(copy.data);
    memcpy(copy.data, good.data, good.size);
    return copy;
}

static void write_number(struct damage *damage, const char *stem, const char *what, size_t i,
                         const char *ending, struct damage_bytes bytes)
{
    char name[NAME_BYTES];
    (void)snprintf(name, sizeof name, "%s-%s-%02zu.%s", stem, what, i, ending);
    damage_write(damage, name, bytes.data, bytes.size);
}

static void cut(struct damage *damage, const char *name, const char *ending,
                struct damage_bytes good, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t size = i < count / 2 ? 1 + i * HEAD_STEP : good.size * i / count;
        struct damage_bytes part = {good.data, size < good.size ? size : good.size};
        write_number(damage, name, "cut", i, ending, part);
    }
}

static void flip(struct damage *damage, const char *name, const char *ending,
                 struct damage_bytes good, size_t count)
{
    uint32_t seed = (uint32_t)good.size;
    for (size_t i = 0; i < count; i++) {
        struct damage_bytes bad = copy_of(good);
        size_t within = i < count / 2 && good.size > HEAD_BYTES ? HEAD_BYTES : good.size;
        for (size_t f = 0; f < FLIPS_EACH; f++)
            bad.data[next_random(&seed) % within] ^= (unsigned char)(1U << (f % 8));
        write_number(damage, name, "flipped", i, ending, bad);
        free(bad.data);
    }
}

static void pierce(struct damage *damage, const char *name, const char *ending,
                   struct damage_bytes good, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct damage_bytes bad = copy_of(good);
        size_t from = good.size * (i + 1) / (count + 2);
        memset(bad.data + from, i % 2 == 0 ? 0 : 0xFF, good.size / (count + 2));
        write_number(damage, name, "holed", i, ending, bad);
        free(bad.data);
    }
}

void damage_make(struct damage *damage, const char *name, const char *ending,
                 struct damage_bytes good, const struct damage_plan *plan)
{
    static const char words[] = "This is none of its kind.\n";
    char other[NAME_BYTES];
    cut(damage, name, ending, good, plan->cuts);
    flip(damage, name, ending, good, plan->flips);
    pierce(damage, name, ending, good, plan->holes);
    (void)snprintf(other, sizeof other, "%s-nothing.%s", name, ending);
    damage_write(damage, other, good.data, 0);
    (void)snprintf(other, sizeof other, "%s-words.%s", name, ending);
    damage_write(damage, other, words, sizeof words - 1);
}

void damage_rename(struct damage *damage, const char *name, const char *ending,
                   struct damage_bytes good, const char *const *endings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char other[NAME_BYTES];
        (void)snprintf(other, sizeof other, "%s-in-truth-%s.%s", name, ending, endings[i]);
        damage_write(damage, other, good.data, good.size);
    }
}

size_t damage_said(const struct damage *damage, const char *line)
{
    for (const char *c = line; *c != '\0'; c++)
        assert_true((unsigned char)*c >= ' ');
    for (size_t i = 0; i < damage->count; i++) {
        size_t length = strlen(damage->paths[i]);
        if (strncmp(line, damage->paths[i], length) == 0 && line[length] == ':')
            return i;
    }
    fail_msg("said of no file: %s", line);
    return 0;
}
