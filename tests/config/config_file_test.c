/* lacrima.ini: every key, every fault, in the file's order. */
#include "support.h"

#include "lacrima/base/text.h"

static void every_number_at_its_bounds_is_taken_silently(void **state)
{
    struct room *room = *state;
    char text[4096] = "", low[4096] = "";
    size_t used = 0, low_used = 0;
#define INT(section, key, field, min, max, def, by_key)                                            \
    used +=                                                                                        \
        (size_t)snprintf(text + used, sizeof text - used, "[%s]\n%s = %d\n", #section, #key, max); \
    low_used += (size_t)snprintf(low + low_used, sizeof low - low_used, "[%s]\n%s = %d\n",         \
                                 #section, #key, min);
    SETTINGS_INTS(INT)
#undef INT
    read_text(room, text);
    assert_said(room, "");
#define INT(section, key, field, min, max, def, by_key)                                            \
    assert_int_equal(room->config.settings.field, max);
    SETTINGS_INTS(INT)
#undef INT
    read_text(room, low);
    /* The least ceiling is below the least stare only if the stare says more. */
    assert_said(room, "");
#define INT(section, key, field, min, max, def, by_key)                                            \
    assert_int_equal(room->config.settings.field, min);
    SETTINGS_INTS(INT)
#undef INT
}

static void every_number_outside_its_bounds_is_said_and_bound(void **state)
{
    struct room *room = *state;
    char text[4096], expected[1024];
#define INT(section, key, field, min, max, def, by_key)                                            \
    (void)snprintf(text, sizeof text, "# one line before\n[%s]\n%s = %d\n", #section, #key,        \
                   (max) + 1);                                                                     \
    read_text(room, text);                                                                         \
    (void)snprintf(expected, sizeof expected,                                                      \
                   "lacrima.ini:3: %s.%s: %d is above %d; %d is used\n", #section, #key,           \
                   (max) + 1, max, max);                                                           \
    assert_said(room, expected);                                                                   \
    assert_int_equal(room->config.settings.field, max);                                            \
    (void)snprintf(text, sizeof text, "[%s]\n%s = %d\n", #section, #key, (min)-1);                 \
    read_text(room, text);                                                                         \
    (void)snprintf(expected, sizeof expected,                                                      \
                   "lacrima.ini:2: %s.%s: %d is below %d; %d is used\n", #section, #key, (min)-1,  \
                   min, min);                                                                      \
    if (strcmp(#key, "ceiling") != 0)                                                              \
        assert_said(room, expected);                                                               \
    (void)snprintf(text, sizeof text, "[%s]\n%s = soon\n", #section, #key);                        \
    read_text(room, text);                                                                         \
    (void)snprintf(expected, sizeof expected,                                                      \
                   "lacrima.ini:2: %s.%s: soon is not a whole number; %d is used\n", #section,     \
                   #key, def);                                                                     \
    assert_said(room, expected);                                                                   \
    assert_int_equal(room->config.settings.field, def);
    SETTINGS_INTS(INT)
#undef INT
}

static void every_switch_takes_its_words(void **state)
{
    struct room *room = *state;
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"yes", true}, {"TRUE", true},   {"on", true},   {"1", true},
                 {"no", false}, {"False", false}, {"off", false}, {"0", false}};
    char text[256], expected[256];
#define BOOL(section, key, field, def, by_key)                                                     \
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {                                  \
        (void)snprintf(text, sizeof text, "[%s]\n%s = %s\n", #section, #key, words[i].word);       \
        read_text(room, text);                                                                     \
        assert_said(room, "");                                                                     \
        assert_true(room->config.settings.field == words[i].value);                                \
    }                                                                                              \
    (void)snprintf(text, sizeof text, "[%s]\n%s = maybe\n", #section, #key);                       \
    read_text(room, text);                                                                         \
    (void)snprintf(expected, sizeof expected,                                                      \
                   "lacrima.ini:2: %s.%s: maybe is neither yes nor no; %s is used\n", #section,    \
                   #key, (def) ? "yes" : "no");                                                    \
    assert_said(room, expected);                                                                   \
    assert_true(room->config.settings.field == (def));
    SETTINGS_BOOLS(BOOL)
#undef BOOL
}

static void the_example_of_the_contract(void **state)
{
    struct room *room = *state;
    read_text(room, "\n\n\n\n\n[stare]\nseconds = 45\n");
    assert_said(room, "lacrima.ini:7: stare.seconds: 45 is above 30; 30 is used\n");
    assert_int_equal(room->config.settings.stare_s, 30);
}

static void the_bell_of_a_letter_is_off_or_does_not_hurry(void **state)
{
    struct room *room = *state;
    read_text(room, "[write]\nbell = 4\n");
    assert_said(room, "lacrima.ini:2: write.bell: 4 is below 5; 5 is used\n");
    assert_int_equal(room->config.settings.write_bell_min, 5);
    static const char *const off[] = {"off", "OFF", "0"};
    for (size_t i = 0; i < sizeof off / sizeof off[0]; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "[write]\nbell = %s\n", off[i]);
        read_text(room, text);
        assert_said(room, "");
        assert_int_equal(room->config.settings.write_bell_min, 0);
    }
}

static void a_ceiling_below_the_stare_yields_wherever_it_stands(void **state)
{
    struct room *room = *state;
    read_text(room, "[stare]\nceiling = 15\nseconds = 25\n");
    assert_said(room, "lacrima.ini:2: stare.ceiling: 15 is below stare.seconds, 25; 25 is used\n");
    assert_int_equal(room->config.settings.stare_ceiling_s, 25);
    assert_int_equal(room->config.settings.stare_s, 25);
}

static void words_and_scales(void **state)
{
    struct room *room = *state;
    read_text(room, "[look]\ntext_scale = 1.25\nreduced_motion = yes\nfixation = Bullseye\n"
                    "display = HDMI-1\nfont = Gentium Plus ; my own\npalette = SEA\n");
    assert_said(room, "");
    assert_int_equal(room->config.settings.text_scale_percent, 125);
    assert_int_equal(room->config.settings.motion, MOTION_REDUCED);
    assert_int_equal(room->config.settings.fixation, FIXATION_BULLSEYE);
    assert_string_equal(room->config.display, "HDMI-1");
    assert_string_equal(room->config.font, "Gentium Plus");
    assert_int_equal(room->config.settings.palette, palette_find(&room->config.settings, "sea"));

    read_text(room, "[look]\ntext_scale = 9\nreduced_motion = a bit\nfixation = cat\n"
                    "palette = mauve\nfont = \"Two Words\"\n");
    assert_said(room, "lacrima.ini:2: look.text_scale: 9 is above 2.5; 2.5 is used\n"
                      "lacrima.ini:3: look.reduced_motion: a bit is not auto, yes or no; auto is "
                      "used\n"
                      "lacrima.ini:4: look.fixation: cat is not none, dot or bullseye; dot is "
                      "used\n"
                      "lacrima.ini:5: look.palette: there is no palette mauve; night is used\n");
    assert_string_equal(room->config.font, "Two Words");

    read_text(room, "[look]\ntext_scale = 1,5\nfixation =\n");
    assert_said(room, "lacrima.ini:2: look.text_scale: 1,5 is not a number; 1 is used\n"
                      "lacrima.ini:3: look.fixation: nothing is not none, dot or bullseye; dot is "
                      "used\n");
}

static void own_patterns_may_come_after_the_line_that_names_them(void **state)
{
    struct room *room = *state;
    read_text(room, "[breathe]\npattern = evening\n[look]\npalette = moss\n"
                    "[patterns]\nmorning = 5-0-5-0\nevening = 3.5-0-7-0.75\n"
                    "[palettes]\nmoss = #0A120c #C8D2C0\n");
    assert_said(room, "");
    const struct settings *settings = &room->config.settings;
    assert_string_equal(pattern_get(settings, settings->pattern)->name, "evening");
    assert_int_equal(pattern_get(settings, settings->pattern)->in_ns[0], MILLISECONDS(3500));
    assert_int_equal(pattern_get(settings, settings->pattern)->hold_out_ns, MILLISECONDS(750));
    assert_string_equal(palette_name(settings, settings->palette), "moss");
}

static void a_pattern_can_be_given_by_its_lengths(void **state)
{
    struct room *room = *state;
    read_text(room, "[breathe]\npattern = 3.50-0-7-0\n[patterns]\nother = 5-0-5-0\n");
    assert_said(room, "");
    const struct settings *settings = &room->config.settings;
    assert_string_equal(pattern_get(settings, settings->pattern)->name, "3.5-0-7-0");
    assert_int_equal(settings->pattern_own_count, 2);
    read_text(room, "[breathe]\npattern = 4-0-90-0\n");
    assert_said(room, "lacrima.ini:2: breathe.pattern: 4-0-90-0 is outside what is safe; 4-0-20-0 "
                      "is used\n");
    read_text(room, "[breathe]\npattern = 4-0-6\n");
    assert_said(room, "lacrima.ini:2: breathe.pattern: 4-0-6 is no pattern's name, nor "
                      "in-hold-out-hold in seconds; six is used\n");
}

static void bad_patterns_and_palettes_are_said_one_by_one(void **state)
{
    struct room *room = *state;
    read_text(room, "[patterns]\nfast = 1-0-1-0\nSix = 5-0-5-0\nbad = 5-0-x-0\n"
                    "a name that is longer than thirty-one bytes = 5-0-5-0\n"
                    "mine = 5-0-5-0\nMINE = 6-0-6-0\n"
                    "[palettes]\nnight = #000000 #ffffff\nplain = black white\n"
                    "low = #101010 #404040\nmiddle = #707070 #ffffff\npale = #f0f0e8 #888888\n");
    assert_said(
        room,
        "lacrima.ini:2: patterns.fast: 1-0-1-0 is outside what is safe; 1-0-2-0 is used\n"
        "lacrima.ini:3: patterns.Six: a built-in one has this name; yours is left out\n"
        "lacrima.ini:4: patterns.bad: 5-0-x-0 is not in-hold-out-hold in seconds; it is left "
        "out\n"
        "lacrima.ini:5: patterns.a name that is longer than thirty-one bytes: the name is longer "
        "than 31 bytes; it is left out\n"
        "lacrima.ini:7: patterns.MINE: also given on line 6; this one is used\n"
        "lacrima.ini:9: palettes.night: a built-in one has this name; yours is left out\n"
        "lacrima.ini:10: palettes.plain: black white is not two colours #rrggbb #rrggbb; it is "
        "left out\n"
        "lacrima.ini:11: palettes.low: the contrast is 1.8:1, below 7:1; the ink is made "
        "lighter\n"
        "lacrima.ini:12: palettes.middle: the field is between dark and pale; it is made darker\n"
        "lacrima.ini:13: palettes.pale: the contrast is 3.1:1, below 7:1; the ink is made "
        "darker\n");
    assert_int_equal(room->config.settings.pattern_own_count, 2);
    assert_int_equal(room->config.settings.palette_own_count, 3);
    assert_int_equal(room->config.settings.patterns_own[1].in_ns[0], SECONDS(6));
}

static void own_things_have_their_bounds(void **state)
{
    struct room *room = *state;
    char text[4096] = "[patterns]\n";
    for (int i = 0; i <= PATTERNS_OWN_MAX; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, "p%d = 5-0-5-0\n", i);
        strcat(text, line);
    }
    strcat(text, "[palettes]\n");
    for (int i = 0; i <= PALETTES_OWN_MAX; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, "c%d = #000000 #ffffff\n", i);
        strcat(text, line);
    }
    strcat(text, "[breathe]\npattern = 7-0-7-0\n");
    read_text(room, text);
    assert_said(room, "lacrima.ini:18: patterns.p16: there is room for 16 only; it is left out\n"
                      "lacrima.ini:28: palettes.c8: there is room for 8 only; it is left out\n"
                      "lacrima.ini:30: breathe.pattern: there is no room for one more pattern; six "
                      "is used\n");
}

static void music_paths_are_the_persons_own_way_of_writing(void **state)
{
    struct room *room = *state;
    assert_int_equal(setenv("HOME", "/home/ada/", 1), 0);
    read_text(room, "[music]\npath = ~/Sad songs\npath = /srv/a;b.ogg\npath = beside\npath = ~\n"
                    "path =\npath = \"~/q\" ; said\n");
    char beside[128];
    (void)snprintf(beside, sizeof beside, "%s/beside", room->folder);
    assert_said(room, "lacrima.ini:6: music.path: no path is given; it is left out\n");
    assert_int_equal(room->config.music.count, 5);
    assert_string_equal(room->config.music.paths[0], "/home/ada/Sad songs");
    assert_string_equal(room->config.music.paths[1], "/srv/a;b.ogg");
    assert_string_equal(room->config.music.paths[2], beside);
    assert_string_equal(room->config.music.paths[3], "/home/ada");
    assert_string_equal(room->config.music.paths[4], "/home/ada/q");

    char text[4096] = "[music]\n";
    for (int i = 0; i <= CONFIG_PATHS_MAX; i++)
        strcat(text, "path = /music/somewhere\n");
    read_text(room, text);
    assert_said(room,
                "lacrima.ini:66: music.path: there is room for 64 paths only; it is left out\n");
}

static void a_long_path_is_kept_whole(void **state)
{
    struct room *room = *state;
    char path[2001], text[2100];
    memset(path, 'x', sizeof path - 1);
    path[0] = '/';
    path[sizeof path - 1] = '\0';
    for (size_t i = 180; i < sizeof path - 2; i += 97)
        memcpy(path + i, "\xC3\xA4", 2); /* wherever inih's room ends, no letter is cut */
    (void)snprintf(text, sizeof text, "[music]\n\tpath =  %s \t ; a remark\npath: /b\n", path);
    read_text(room, text);
    assert_said(room, "");
    assert_int_equal(room->config.music.count, 2);
    assert_string_equal(room->config.music.paths[0], path);
    assert_string_equal(room->config.music.paths[1], "/b");
}

static void what_is_no_line_is_said(void **state)
{
    struct room *room = *state;
    static const char text[] = "\xEF\xBB\xBF; a remark \xFF with anything in it\n"
                               "early = 1\n"
                               "[sound]\r\n"
                               "volume 40\r\n"
                               "  volume = 30\r\n"
                               "= 5\n"
                               "volume = 3\0 5\n"
                               "volume = \xFF\n"
                               "volume = \x1b[2J\n"
                               "volme = 5\n"
                               "[sond]\n"
                               "volume = 1\n"
                               "[sound\n"
                               "volume = 2\n"
                               "[sound] volume = 9\n"
                               "cues = no\n"
                               "volume = 31";
    read_bytes(room, text, sizeof text - 1);
    assert_said(room, "lacrima.ini:2: early = 1 stands before any [section]; it is left out\n"
                      "lacrima.ini:4: volume 40 is not \"key = value\"; it is left out\n"
                      "lacrima.ini:6: = 5 is not \"key = value\"; it is left out\n"
                      "lacrima.ini:7: the line holds a zero byte; it is left out\n"
                      "lacrima.ini:8: the line is not UTF-8; it is left out\n"
                      "lacrima.ini:9: the line holds a control character; it is left out\n"
                      "lacrima.ini:10: sound.volme: there is no such key; it is left out\n"
                      "lacrima.ini:11: there is no section [sond]; what is in it is left out\n"
                      "lacrima.ini:13: [sound has no closing bracket; what follows it is left out\n"
                      "lacrima.ini:15: volume = 9 after the heading is left out\n"
                      "lacrima.ini:17: sound.volume: also given on line 5; this one is used\n");
    assert_int_equal(room->config.settings.sound_volume, 31);
    assert_false(room->config.settings.sound_cues);
}

static void a_line_longer_than_any_path_is_left_out(void **state)
{
    struct room *room = *state;
    char *text = calloc(1, 10000);
    assert_non_null(text);
    strcpy(text, "[look]\nfont = ");
    memset(text + strlen(text), 'a', 9000);
    strcat(text, "\npalette = dusk\nfont = ");
    memset(text + strlen(text), 'b', 128);
    read_text(room, text);
    free(text);
    assert_said(room, "lacrima.ini:2: the line is too long; it is left out\n"
                      "lacrima.ini:4: look.font: longer than 127 bytes; the default is used\n");
    assert_int_equal(room->config.settings.palette, palette_find(&room->config.settings, "dusk"));
}

static void what_a_file_says_cannot_play_with_the_terminal(void **state)
{
    struct room *room = *state;
    read_text(room, "[look]\n\xC2\x9B"
                    "2J\xE2\x80\xAE = 1\n");
    assert_said(room, "lacrima.ini:2: look.?2J?: there is no such key; it is left out\n");
}

static void files_that_cannot_be_read_leave_the_defaults(void **state)
{
    struct room *room = *state;
    struct said *said = &room->said;
    struct settings defaults;
    settings_init(&defaults);
    assert_int_equal(config_read(&room->config, room->path, true, keep_line, said), 0);
    assert_int_equal(config_read(&room->config, room->path, false, keep_line, said), 1);
    assert_said(room, "lacrima.ini: cannot be read: No such file or directory\n");

    memset(said, 0, sizeof *said);
    assert_int_equal(mkdir(room->path, 0700), 0);
    assert_int_equal(config_read(&room->config, room->path, true, keep_line, said), 1);
    assert_said(room, "lacrima.ini: is a folder, not a file\n");
    assert_int_equal(rmdir(room->path), 0);

    memset(said, 0, sizeof *said);
    assert_int_equal(mkfifo(room->path, 0600), 0);
    assert_int_equal(config_read(&room->config, room->path, true, keep_line, said), 0);
    assert_int_equal(unlink(room->path), 0);

    memset(said, 0, sizeof *said);
    assert_int_equal(symlink("lacrima.ini", room->path), 0);
    assert_int_equal(config_read(&room->config, room->path, true, keep_line, said), 1);
    assert_int_equal(unlink(room->path), 0);

    size_t size = CONFIG_FILE_BYTES_MAX + 1;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, '\n', size);
    read_bytes(room, text, size);
    assert_said(room, "lacrima.ini: is larger than 1 MiB\n");
    read_bytes(room, text, size - 1);
    assert_said(room, "");
    free(text);
    assert_memory_equal(&room->config.settings, &defaults, sizeof defaults);
    assert_int_equal(config_read(&room->config, "/dev/null", false, NULL, NULL), 0);
}

static void faults_are_counted_without_a_listener(void **state)
{
    struct room *room = *state;
    read_text(room, "[look]\na = 1\nb = 2\n");
    assert_int_equal(config_read(&room->config, room->path, false, NULL, NULL), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(every_number_at_its_bounds_is_taken_silently),
        CONFIG_TEST(every_number_outside_its_bounds_is_said_and_bound),
        CONFIG_TEST(every_switch_takes_its_words),
        CONFIG_TEST(the_example_of_the_contract),
        CONFIG_TEST(the_bell_of_a_letter_is_off_or_does_not_hurry),
        CONFIG_TEST(a_ceiling_below_the_stare_yields_wherever_it_stands),
        CONFIG_TEST(words_and_scales),
        CONFIG_TEST(own_patterns_may_come_after_the_line_that_names_them),
        CONFIG_TEST(a_pattern_can_be_given_by_its_lengths),
        CONFIG_TEST(bad_patterns_and_palettes_are_said_one_by_one),
        CONFIG_TEST(own_things_have_their_bounds),
        CONFIG_TEST(music_paths_are_the_persons_own_way_of_writing),
        CONFIG_TEST(a_long_path_is_kept_whole),
        CONFIG_TEST(what_is_no_line_is_said),
        CONFIG_TEST(a_line_longer_than_any_path_is_left_out),
        CONFIG_TEST(what_a_file_says_cannot_play_with_the_terminal),
        CONFIG_TEST(files_that_cannot_be_read_leave_the_defaults),
        CONFIG_TEST(faults_are_counted_without_a_listener),
    };
    return cmocka_run_group_tests_name("config file", tests, NULL, NULL);
}
