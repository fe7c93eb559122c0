/* The answers of "about you": one small file that can be read and edited. */
#include "support.h"

#include "lacrima/base/text.h"

#include <sys/wait.h>

#define WRITES_EACH 120

static void about_path(const struct room *room, char *path, size_t size)
{
    (void)snprintf(path, size, "%s/state/about-you.ini", room->folder);
}

static void read_file(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    assert_int_equal(fclose(file), 0);
}

static void every_answer_comes_back_alone(void **state)
{
    struct room *room = *state;
    char path[128];
    about_path(room, path, sizeof path);
#define BOOL(section, key, field, def, by_key)                                                     \
    if (strcmp(#section, "care") == 0) {                                                           \
        struct config changed = room->config;                                                      \
        changed.settings.field = true;                                                             \
        struct error error;                                                                        \
        assert_true(config_about_write(&changed, path, &error));                                   \
        struct config back = room->config;                                                         \
        bool there = false;                                                                        \
        assert_int_equal(config_about_read(&back, path, &there, keep_line, &room->said), 0);       \
        assert_true(there);                                                                        \
        assert_memory_equal(&back.settings, &changed.settings, sizeof back.settings);              \
    }
    SETTINGS_BOOLS(BOOL)
#undef BOOL
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

/* An answer goes before lacrima.ini; what was never changed leaves lacrima.ini its say. */
static void it_goes_before_the_config_and_hides_nothing(void **state)
{
    struct room *room = *state;
    char path[128];
    char text[2048];
    bool there = true;
    about_path(room, path, sizeof path);
    read_text(room, "[care]\nlenses = yes\njaw = yes\n");
    assert_int_equal(config_about_read(&room->config, path, &there, keep_line, &room->said), 0);
    assert_false(there); /* so the person is asked */
    room->config.settings.care_jaw = false;
    room->config.settings.care_panic = true;
    struct error error;
    assert_true(config_about_write(&room->config, path, &error));
    read_file(path, text, sizeof text);
    assert_non_null(strstr(text, "\njaw = no\n"));
    assert_non_null(strstr(text, "\npanic = yes\n"));
    assert_non_null(strstr(text, "\n# lenses = yes\n"));
    assert_non_null(strstr(text, "\n# asthma = no\n"));
    read_text(room, "[care]\nlenses = no\njaw = yes\nasthma = yes\n");
    assert_int_equal(config_about_read(&room->config, path, &there, keep_line, &room->said), 0);
    assert_true(there);
    const struct settings *settings = &room->config.settings;
    assert_true(!settings->care_lenses && settings->care_asthma);
    assert_true(!settings->care_jaw && settings->care_panic);
}

static void only_care_may_stand_in_it(void **state)
{
    struct room *room = *state;
    static const char text[] = "[care]\nlenses = perhaps\nwings = yes\n[sound]\nvolume = 3\n";
    bool there = false;
    write_bytes(room->path, text, sizeof text - 1);
    assert_int_equal(config_about_read(&room->config, room->path, &there, keep_line, &room->said),
                     3);
    assert_said(room, "lacrima.ini:2: care.lenses: perhaps is neither yes nor no; no is used\n"
                      "lacrima.ini:3: care.wings: there is no such key; it is left out\n"
                      "lacrima.ini:4: there is no section [sound]; what is in it is left out\n");
    assert_int_equal(room->config.settings.sound_volume, 70);
}

static void the_country_is_two_letters(void **state)
{
    struct room *room = *state;
    read_text(room, "[helplines]\ncountry = de\n");
    assert_said(room, "");
    assert_string_equal(room->config.settings.country, "DE");
    static const char *const bad[] = {"Germany", "D", "", "1A", "D\xC3\x84", "DEU", "--"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "[helplines]\ncountry = %s\n", bad[i]);
        read_text(room, text);
        assert_int_equal(room->said.count, 1);
        assert_non_null(strstr(room->said.text, "lacrima.ini:2: helplines.country: "));
        assert_string_equal(room->config.settings.country, "");
    }
    /* What somebody in Britain would write. */
    read_text(room, "[helplines]\ncountry = uk\n");
    assert_said(room, "lacrima.ini:2: helplines.country: uk is GB in ISO 3166-1; GB is used\n");
    assert_string_equal(room->config.settings.country, "GB");
    char path[128];
    struct error error;
    (void)snprintf(path, sizeof path, "%s/state.ini", room->folder);
    (void)text_copy(room->config.settings.country, COUNTRY_BYTES, "KR");
    assert_true(config_state_write(&room->config, path, &error));
    config_init(&room->config);
    assert_int_equal(config_state_read(&room->config, path, keep_line, &room->said), 0);
    assert_string_equal(room->config.settings.country, "KR");
}

/* One of two copies of the program: both write both files again and again. */
static _Noreturn void write_much(const struct room *room, bool one)
{
    char about[128];
    char kept[128];
    struct config config = room->config;
    struct error error;
    bool fine = true;
    about_path(room, about, sizeof about);
    (void)snprintf(kept, sizeof kept, "%s/state/state.ini", room->folder);
    config.settings.care_lenses = one;
    config.settings.care_panic = !one;
    config.settings.sound_volume = one ? 11 : 22;
    for (int i = 0; i < WRITES_EACH; i++)
        fine = config_about_write(&config, about, &error) &&
               config_state_write(&config, kept, &error) && fine;
    _exit(fine ? 0 : 1);
}

static void two_copies_do_not_damage_each_other(void **state)
{
    struct room *room = *state;
    char about[128];
    char kept[128];
    about_path(room, about, sizeof about);
    (void)snprintf(kept, sizeof kept, "%s/state/state.ini", room->folder);
    pid_t children[2];
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0)
            write_much(room, i == 0);
    }
    int running = 2;
    while (running > 0) {
        int status = 0;
        pid_t ended = waitpid(-1, &status, WNOHANG);
        assert_true(ended >= 0);
        running -= ended > 0 ? 1 : 0;
        assert_true(ended == 0 || status == 0);
        struct config config;
        bool there = false;
        config_init(&config);
        assert_int_equal(config_about_read(&config, about, &there, keep_line, &room->said), 0);
        assert_int_equal(config_state_read(&config, kept, keep_line, &room->said), 0);
        int32_t volume = config.settings.sound_volume;
        assert_true(volume == 11 || volume == 22 || volume == 70);
        if (there)
            assert_true(config.settings.care_lenses != config.settings.care_panic);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(every_answer_comes_back_alone),
        CONFIG_TEST(it_goes_before_the_config_and_hides_nothing),
        CONFIG_TEST(only_care_may_stand_in_it),
        CONFIG_TEST(the_country_is_two_letters),
        CONFIG_TEST(two_copies_do_not_damage_each_other),
    };
    return cmocka_run_group_tests_name("config about", tests, NULL, NULL);
}
