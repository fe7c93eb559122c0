/* Where the files are, by the XDG base directory rules. */
#include "support.h"

#include <pwd.h>
#include <sys/types.h>

static void set(const char *name, const char *value)
{
    if (value != NULL)
        assert_int_equal(setenv(name, value, 1), 0);
    else
        assert_int_equal(unsetenv(name), 0);
}

static void assert_paths(const char *config, const char *state)
{
    char path[CONFIG_PATH_BYTES];
    struct error error;
    assert_true(config_default_path(path, sizeof path, &error));
    assert_string_equal(path, config);
    assert_true(config_state_path(path, sizeof path, &error));
    assert_string_equal(path, state);
}

static void the_variables_are_followed_when_absolute(void **state)
{
    (void)state;
    set("HOME", "/home/ada");
    set("XDG_CONFIG_HOME", NULL);
    set("XDG_STATE_HOME", NULL);
    assert_paths("/home/ada/.config/lacrima/lacrima.ini",
                 "/home/ada/.local/state/lacrima/state.ini");
    set("XDG_CONFIG_HOME", "/c");
    set("XDG_STATE_HOME", "/s");
    assert_paths("/c/lacrima/lacrima.ini", "/s/lacrima/state.ini");
    set("XDG_CONFIG_HOME", "relative");
    set("XDG_STATE_HOME", "");
    assert_paths("/home/ada/.config/lacrima/lacrima.ini",
                 "/home/ada/.local/state/lacrima/state.ini");
}

static void without_home_the_system_is_asked(void **state)
{
    (void)state;
    set("XDG_CONFIG_HOME", NULL);
    const struct passwd *user = getpwuid(getuid());
    char path[CONFIG_PATH_BYTES], expected[CONFIG_PATH_BYTES];
    struct error error;
    static const char *const homes[] = {NULL, "", "not/absolute"};
    for (size_t i = 0; i < sizeof homes / sizeof homes[0]; i++) {
        set("HOME", homes[i]);
        bool found = config_default_path(path, sizeof path, &error);
        if (user != NULL && user->pw_dir != NULL && user->pw_dir[0] == '/') {
            assert_true(found);
            (void)snprintf(expected, sizeof expected, "%s/.config/lacrima/lacrima.ini",
                           strcmp(user->pw_dir, "/") == 0 ? "" : user->pw_dir);
            assert_string_equal(path, expected);
        } else {
            assert_false(found);
            assert_non_null(strstr(error.text, "no home folder"));
        }
    }
}

static void a_path_that_does_not_fit_is_an_error(void **state)
{
    (void)state;
    char path[16];
    struct error error;
    set("XDG_CONFIG_HOME", "/configuration");
    assert_false(config_default_path(path, sizeof path, &error));
    assert_string_equal(error.text, "the path is too long");
}

static void assert_music(const char *expected)
{
    char path[CONFIG_PATH_BYTES];
    bool found = config_music_folder(path, sizeof path);
    assert_true(found == (expected != NULL));
    if (found)
        assert_string_equal(path, expected);
}

static void the_music_folder_is_the_desktops(void **state)
{
    struct room *room = *state;
    char music[128], songs[128], dirs[128], text[512];
    (void)snprintf(music, sizeof music, "%s/Music", room->folder);
    (void)snprintf(songs, sizeof songs, "%s/my \"songs\"", room->folder);
    (void)snprintf(dirs, sizeof dirs, "%s/user-dirs.dirs", room->folder);
    set("HOME", room->folder);
    set("XDG_CONFIG_HOME", room->folder);
    assert_music(NULL);
    assert_int_equal(mkdir(music, 0700), 0);
    assert_music(music);

    write_bytes(dirs, "XDG_MUSIC_DIR=\"$HOME/my \\\"songs\\\"\"\n", 36);
    assert_music(NULL);
    assert_int_equal(mkdir(songs, 0700), 0);
    assert_music(songs);

    /* The last line counts, and an absolute path is as good. */
    (void)snprintf(text, sizeof text,
                   "# made by a tool\nXDG_MUSIC_DIR=\"$HOME/x\"\n XDG_MUSIC_DIR=\"%s/\"", music);
    write_bytes(dirs, text, strlen(text));
    assert_music(music);

    write_bytes(dirs, "XDG_MUSIC_DIR=\"$HOME/\"\n", 23);
    assert_music(NULL);
    static const char *const broken[] = {"XDG_MUSIC_DIR=$HOME/x\n", "XDG_MUSIC_DIR=\"$HOME/x\n\"",
                                         "XDG_MUSIC_DIR=\"\\", "XDG_MUSIC_DIR=\"relative\"", ""};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        write_bytes(dirs, broken[i], strlen(broken[i]));
        assert_music(music);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(the_variables_are_followed_when_absolute),
        CONFIG_TEST(without_home_the_system_is_asked),
        CONFIG_TEST(a_path_that_does_not_fit_is_an_error),
        CONFIG_TEST(the_music_folder_is_the_desktops),
    };
    return cmocka_run_group_tests_name("config paths", tests, NULL, NULL);
}
