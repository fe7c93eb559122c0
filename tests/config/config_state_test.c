/* The state file: what keys changed comes back, and nobody ever reads half of it. */
#include "support.h"

#include "lacrima/base/text.h"

#include <errno.h>
#include <sys/wait.h>

#define RANDOM_SEED   20250101u
#define RANDOM_ROUNDS 300
#define WRITES_EACH   150

static uint32_t random_state;

static uint32_t random_below(uint32_t bound)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % bound;
}

/* Every setting that a key may change, anywhere in its range. */
static void change_all(struct config *config)
{
    struct settings *s = &config->settings;
#define INT(section, key, field, min, max, def, by_key)                                            \
    if (by_key)                                                                                    \
        s->field = (min) + (int32_t)random_below((uint32_t)((max) - (min) + 1));
    SETTINGS_INTS(INT)
#undef INT
#define BOOL(section, key, field, def, by_key)                                                     \
    if (by_key)                                                                                    \
        s->field = random_below(2) == 1;
    SETTINGS_BOOLS(BOOL)
#undef BOOL
    s->fixation = (enum fixation)random_below(FIXATION_BULLSEYE + 1);
    s->moving = (enum moving)random_below(MOVING_KINDS);
    s->read_pace = (enum pace)random_below(PACES);
    s->palette = (uint8_t)random_below((uint32_t)palette_count(s));
    s->pattern = (uint8_t)random_below((uint32_t)pattern_count(s));
    (void)snprintf(config->display, sizeof config->display, "%s%u",
                   random_below(2) == 0 ? "DP-" : "D\xC3\xA9ll = 4; ", random_below(9));
}

static void everything_a_key_changes_comes_back(void **state)
{
    struct room *room = *state;
    char path[160];
    (void)snprintf(path, sizeof path, "%s/a/b/state.ini", room->folder);
    read_text(room, "[patterns]\nmine = 5-0-7-0\n[palettes]\nmoss = #0a120c #c8d2c0\n"
                    "[sound]\nvolume = 33\n");
    random_state = RANDOM_SEED;
    for (int i = 0; i < RANDOM_ROUNDS; i++) {
        struct config changed = room->config;
        change_all(&changed);
        struct error error;
        assert_true(config_state_write(&changed, path, &error));
        struct config back = room->config;
        assert_int_equal(config_state_read(&back, path, keep_line, &room->said), 0);
        assert_memory_equal(&back.settings, &changed.settings, sizeof back.settings);
        assert_string_equal(back.display, changed.display);
    }
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    *strrchr(path, '/') = '\0';
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

static void a_pattern_given_by_its_lengths_comes_back(void **state)
{
    struct room *room = *state;
    static const char text[] = "[breathe]\npattern = 5.5-0-7.25-0\n";
    write_bytes(room->path, text, sizeof text - 1);
    assert_int_equal(config_state_read(&room->config, room->path, NULL, NULL), 0);
    struct error error;
    assert_true(config_state_write(&room->config, room->path, &error));
    config_init(&room->config);
    assert_int_equal(config_state_read(&room->config, room->path, NULL, NULL), 0);
    const struct settings *settings = &room->config.settings;
    assert_string_equal(pattern_get(settings, settings->pattern)->name, "5.5-0-7.25-0");
}

static void what_no_key_changed_stays_with_the_persons_own_file(void **state)
{
    struct room *room = *state;
    char path[160];
    (void)snprintf(path, sizeof path, "%s/state.ini", room->folder);
    read_text(room, "[sound]\nvolume = 33\n");
    room->config.settings.look_dim = 2;
    struct error error;
    assert_true(config_state_write(&room->config, path, &error));
    read_text(room, "[sound]\nvolume = 44\n");
    assert_int_equal(config_state_read(&room->config, path, NULL, NULL), 0);
    assert_int_equal(room->config.settings.sound_volume, 44);
    assert_int_equal(room->config.settings.look_dim, 2);
}

static void a_display_name_that_would_not_read_back_is_not_kept(void **state)
{
    static const char *const names[] = {"a ;b", " a", "a ", "\"a\"", "a\nb = 1", "\xFF", ";a"};
    struct room *room = *state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct error error;
        text_copy(room->config.display, sizeof room->config.display, names[i]);
        assert_true(config_state_write(&room->config, room->path, &error));
        struct config back;
        config_init(&back);
        assert_int_equal(config_state_read(&back, room->path, keep_line, &room->said), 0);
        assert_string_equal(back.display, "");
    }
}

static void what_does_not_belong_there_is_said(void **state)
{
    struct room *room = *state;
    static const char text[] = "[stare]\nseconds = 99\nrounds = 2\n[patterns]\nx = 5-0-5-0\n"
                               "[look]\npalette = gone\n";
    write_bytes(room->path, text, sizeof text - 1);
    assert_int_equal(config_state_read(&room->config, room->path, keep_line, &room->said), 4);
    assert_said(room, "lacrima.ini:2: stare.seconds: 99 is above 30; 30 is used\n"
                      "lacrima.ini:3: stare.rounds: there is no such key; it is left out\n"
                      "lacrima.ini:4: there is no section [patterns]; what is in it is left out\n"
                      "lacrima.ini:7: look.palette: there is no palette gone; night is used\n");
}

static void where_nothing_can_be_written_the_reason_is_given(void **state)
{
    struct room *room = *state;
    struct error error;
    assert_false(config_state_write(&room->config, "/proc/lacrima/state.ini", &error));
    assert_string_equal(error.text,
                        "/proc/lacrima: the folder cannot be made: No such file or directory");

    /* A file stands where a folder should. */
    char path[160], expected[256];
    write_bytes(room->path, "", 0);
    (void)snprintf(path, sizeof path, "%s/state.ini", room->path);
    assert_false(config_state_write(&room->config, path, &error));
    (void)snprintf(expected, sizeof expected, "%s: cannot be written: Not a directory", path);
    assert_string_equal(error.text, expected);

    /* A folder stands where the file should; no temporary file is left behind. */
    (void)snprintf(path, sizeof path, "%s/state.ini", room->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_false(config_state_write(&room->config, path, &error));
    (void)snprintf(expected, sizeof expected, "%s: cannot be written: Is a directory", path);
    assert_string_equal(error.text, expected);
    (void)snprintf(path, sizeof path, "test -z \"$(ls -A %s | grep '^[.]')\"", room->folder);
    assert_int_equal(system(path), 0);
}

/* Root may write anywhere, so a child without that right tries it. */
static void a_read_only_folder_is_an_error_and_changes_nothing(void **state)
{
    struct room *room = *state;
    char path[160];
    (void)snprintf(path, sizeof path, "%s/state.ini", room->folder);
    write_bytes(path, "kept", 4);
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(chmod(room->folder, 0555), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct error error = {.text = ""};
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(10);
        bool written = config_state_write(&room->config, path, &error);
        bool said = strstr(error.text, ": cannot be written: Permission denied") != NULL;
        _exit(written ? 1 : said ? 0 : 2);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(room->folder, 0755), 0);
    assert_int_equal(status, 0);
    struct said said = {0};
    assert_int_equal(config_state_read(&room->config, path, keep_line, &said), 1);
    assert_non_null(strstr(said.text, "kept"));
}

/* Whoever has the old file open goes on reading the old file. */
static void the_old_file_is_replaced_and_never_written_into(void **state)
{
    struct room *room = *state;
    static const char old[] = "[sound]\nvolume = 5\n";
    char seen[sizeof old] = "";
    struct error error;
    write_bytes(room->path, old, sizeof old - 1);
    FILE *reader = fopen(room->path, "rb");
    assert_non_null(reader);
    assert_true(config_state_write(&room->config, room->path, &error));
    assert_int_equal(fread(seen, 1, sizeof seen, reader), sizeof old - 1);
    assert_string_equal(seen, old);
    assert_int_equal(fclose(reader), 0);
    struct stat status;
    assert_int_equal(stat(room->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void write_many(const struct config *config, const char *path)
{
    struct error error;
    bool fine = true;
    for (int i = 0; i < WRITES_EACH; i++)
        fine = config_state_write(config, path, &error) && fine;
    _exit(fine ? 0 : 1);
}

static void two_writers_at_once_never_leave_half_a_file(void **state)
{
    struct room *room = *state;
    struct config two[2];
    pid_t child[2];
    for (int i = 0; i < 2; i++) {
        config_init(&two[i]);
        two[i].settings.sound_volume = 10 + i;
        two[i].settings.look_dim = 1 + i;
        two[i].settings.yawn_waves = 6 + i;
    }
    for (int i = 0; i < 2; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0)
            write_many(&two[i], room->path);
    }
    int running = 2, reads = 0;
    while (running > 0) {
        struct config back;
        config_init(&back);
        assert_int_equal(config_state_read(&back, room->path, NULL, NULL), 0);
        int from = back.settings.sound_volume - 10;
        if (from >= 0 && from < 2) {
            assert_memory_equal(&back.settings, &two[from].settings, sizeof back.settings);
            reads++;
        } else {
            assert_int_equal(reads, 0); /* only before the first file is there */
        }
        int status;
        if (waitpid(-1, &status, WNOHANG) > 0) {
            assert_int_equal(status, 0);
            running--;
        }
    }
    assert_true(reads > 0);
    char command[160];
    (void)snprintf(command, sizeof command, "test \"$(ls -A %s)\" = lacrima.ini", room->folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(everything_a_key_changes_comes_back),
        CONFIG_TEST(a_pattern_given_by_its_lengths_comes_back),
        CONFIG_TEST(what_no_key_changed_stays_with_the_persons_own_file),
        CONFIG_TEST(a_display_name_that_would_not_read_back_is_not_kept),
        CONFIG_TEST(what_does_not_belong_there_is_said),
        CONFIG_TEST(where_nothing_can_be_written_the_reason_is_given),
        CONFIG_TEST(a_read_only_folder_is_an_error_and_changes_nothing),
        CONFIG_TEST(the_old_file_is_replaced_and_never_written_into),
        CONFIG_TEST(two_writers_at_once_never_leave_half_a_file),
    };
    return cmocka_run_group_tests_name("config state", tests, NULL, NULL);
}
