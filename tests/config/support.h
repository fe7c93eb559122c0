/* Support for the config tests: a folder of their own, files in it, and what was said. */
#ifndef LACRIMA_TESTS_CONFIG_SUPPORT_H
#define LACRIMA_TESTS_CONFIG_SUPPORT_H

#include "lacrima/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SAID_BYTES 16384

struct said {
    size_t count;
    char text[SAID_BYTES]; /* every line, with a newline */
};

struct room {
    char folder[64];
    char path[128]; /* folder/lacrima.ini */
    struct config config;
    struct said said;
};

static inline void keep_line(void *user, const char *line)
{
    struct said *said = user;
    said->count++;
    size_t used = strlen(said->text);
    (void)snprintf(said->text + used, sizeof said->text - used, "%s\n", line);
}

static inline int room_setup(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    assert_non_null(room);
    strcpy(room->folder, "/tmp/lacrima-config-XXXXXX");
    assert_non_null(mkdtemp(room->folder));
    (void)snprintf(room->path, sizeof room->path, "%s/lacrima.ini", room->folder);
    config_init(&room->config);
    *state = room;
    return 0;
}

static inline int room_teardown(void **state)
{
    struct room *room = *state;
    char command[160];
    config_finish(&room->config);
    (void)snprintf(command, sizeof command, "chmod -R u+rwx %s && rm -r %s", room->folder,
                   room->folder);
    int status = system(command);
    free(room);
    return status;
}

static inline void write_bytes(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Reads these bytes as the config file, over defaults. */
static inline void read_bytes(struct room *room, const void *bytes, size_t size)
{
    write_bytes(room->path, bytes, size);
    config_finish(&room->config);
    config_init(&room->config);
    memset(&room->said, 0, sizeof room->said);
    size_t count = config_read(&room->config, room->path, false, keep_line, &room->said);
    assert_int_equal(count, room->said.count);
}

static inline void read_text(struct room *room, const char *text)
{
    read_bytes(room, text, strlen(text));
}

/* That exactly these lines were said; each without the folder: "lacrima.ini:7: what". */
static inline void assert_said(const struct room *room, const char *expected)
{
    char whole[SAID_BYTES] = "";
    for (const char *line = expected; *line != '\0';) {
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        size_t used = strlen(whole);
        (void)snprintf(whole + used, sizeof whole - used, "%s/%.*s\n", room->folder,
                       (int)(end - line), line);
        line = end + 1;
    }
    assert_string_equal(room->said.text, whole);
}

#define CONFIG_TEST(function) cmocka_unit_test_setup_teardown(function, room_setup, room_teardown)

#endif
