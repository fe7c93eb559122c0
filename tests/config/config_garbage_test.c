/* Damaged files: thousands of them, each made from a good one, never break the reader, leave a
 * bound, or go unsaid. */
#include "support.h"

#include "lacrima/base/text.h"

#define RANDOM_SEED 7u
#define ROUNDS      3000
#define BYTES_MAX   4096

static const char good[] =
    "; the person's own\n[look]\npalette = moss\ntext_scale = 1.25\nreduced_motion = auto\n"
    "fixation = dot\ndisplay = HDMI-1\nfont = Serif\ndim = -2\nwords = no\n[sound]\nvolume=40\n"
    "[stare]\nseconds = 15\nceiling = 40\nrounds = 2\n[breathe]\npattern = slow\nminutes = 3\n"
    "[patterns]\nslow = 5-0-8-0\nheld = 4-2-6.25-0.5\n[palettes]\nmoss = #0a120c #c8d2c0\n"
    "[music]\npath = ~/Music\npath = /srv/songs ; on the server\n[care]\njaw = yes\n"
    "[people]\nAna = tel:+49 30 1, mailto:a@b\n\xD8\xA2\xD9\x86\xD8\xA7 = sms:12\n"
    "[talk]\nopener = Have you an hour for me?\nminutes = 20\n";

static uint32_t random_state = RANDOM_SEED;

static uint32_t random_below(uint32_t bound)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % bound;
}

/* One change: a byte, a removal, a doubling, or a piece that parsers trip over. */
static size_t damage(char *bytes, size_t size)
{
    static const char *const pieces[] = {"[",
                                         "]",
                                         "=",
                                         "\n",
                                         ";",
                                         "#",
                                         "\"",
                                         " ",
                                         "\t",
                                         "-",
                                         "\xC3",
                                         "\xF0\x9F",
                                         "99999999999999999999",
                                         "\r",
                                         "nan",
                                         "[patterns]\n",
                                         "[palettes]\n",
                                         "-0-",
                                         "tel:",
                                         ",",
                                         "[people]\n",
                                         "opener = ",
                                         ":"};
    size_t at = random_below((uint32_t)size + 1);
    size_t length = random_below(40);
    switch (random_below(4)) {
    case 0:
        if (at < size)
            bytes[at] = (char)random_below(256);
        return size;
    case 1:
        length = length > size - at ? size - at : length;
        memmove(bytes + at, bytes + at + length, size - at - length);
        return size - length;
    case 2:
        length = length > size - at ? size - at : length;
        if (size + length > BYTES_MAX)
            return size;
        memmove(bytes + at + length, bytes + at, size - at);
        return size + length;
    case 3: {
        const char *piece = pieces[random_below(sizeof pieces / sizeof pieces[0])];
        length = strlen(piece);
        if (size + length > BYTES_MAX)
            return size;
        memmove(bytes + at + length, bytes + at, size - at);
        memcpy(bytes + at, piece, length);
        return size + length;
    }
    }
    return size;
}

static bool is_text(const char *line)
{
    while (*line != '\0') {
        uint32_t c;
        size_t taken = text_decode(line, &c);
        if (c < ' ' || c == 0x7F || (c == 0xFFFD && taken == 1))
            return false;
        line += taken;
    }
    return true;
}

static void check_line(void *user, const char *line)
{
    const char *path = user;
    assert_true(strncmp(line, path, strlen(path)) == 0);
    const char *rest = line + strlen(path);
    assert_true(*rest == ':');
    unsigned number = 0;
    assert_int_equal(sscanf(rest, ":%u: ", &number), 1);
    assert_true(number > 0);
    assert_true(is_text(line));
}

static void assert_people_within_bounds(const struct people_own *people)
{
    assert_in_range(people->count, 0, PEOPLE_OWN_MAX);
    assert_in_range(people->opener_count, 0, OPENERS_OWN_MAX);
    for (size_t i = 0; i < people->count; i++) {
        const struct person *person = &people->people[i];
        assert_true(is_text(person->name) && person->name[0] != '\0');
        assert_in_range(person->link_count, 0, PERSON_LINKS_MAX);
        for (size_t k = 0; k < person->link_count; k++) {
            char uri[LINK_URI_BYTES];
            assert_true(person_link_uri(&person->links[k], "A b?", uri, sizeof uri));
            assert_true(strcspn(uri, " \"'\\;&|<>`$\n") == strlen(uri));
        }
    }
    for (size_t i = 0; i < people->opener_count; i++)
        assert_true(is_text(people->openers[i]) && people->openers[i][0] != '\0');
}

static void assert_within_bounds(const struct config *config)
{
    const struct settings *s = &config->settings;
#define INT(section, key, field, min, max, def, by_key)                                            \
    assert_true(s->field >= (min) && s->field <= (max));
    SETTINGS_INTS(INT)
#undef INT
    assert_in_range(s->text_scale_percent, TEXT_SCALE_PERCENT_MIN, TEXT_SCALE_PERCENT_MAX);
    assert_in_range(s->motion, MOTION_DESKTOP, MOTION_REDUCED);
    assert_in_range(s->fixation, FIXATION_NONE, FIXATION_BULLSEYE);
    assert_true(s->palette < palette_count(s));
    assert_true(s->pattern < pattern_count(s));
    for (size_t i = 0; i < pattern_count(s); i++) {
        assert_true(is_text(pattern_get(s, i)->name));
        assert_in_range(pattern_cycle_ns(pattern_get(s, i)), SECONDS(3), SECONDS(60));
    }
    assert_people_within_bounds(&s->people);
    for (size_t i = 0; i < config->music.count; i++)
        assert_true(config->music.paths[i][0] == '/');
}

static void damaged_files_never_break_the_reader(void **state)
{
    struct room *room = *state;
    for (int i = 0; i < ROUNDS; i++) {
        char bytes[BYTES_MAX];
        size_t size = sizeof good - 1;
        memcpy(bytes, good, size);
        for (uint32_t n = 1 + random_below(12); n > 0; n--)
            size = damage(bytes, size);
        /* A file written over is put on the disk at once, a new one is not. */
        (void)unlink(room->path);
        write_bytes(room->path, bytes, size);
        struct config config;
        config_init(&config);
        config_read(&config, room->path, false, check_line, room->path);
        config_state_read(&config, room->path, check_line, room->path);
        assert_within_bounds(&config);
        config_finish(&config);
    }
}

static void noise_never_breaks_the_reader(void **state)
{
    struct room *room = *state;
    for (int i = 0; i < ROUNDS / 4; i++) {
        char bytes[BYTES_MAX];
        size_t size = random_below(BYTES_MAX);
        bool some_text = random_below(2) == 0;
        for (size_t b = 0; b < size; b++)
            bytes[b] =
                some_text ? "[]=\n; look\"#~-.:01"[random_below(19)] : (char)random_below(256);
        /* A file written over is put on the disk at once, a new one is not. */
        (void)unlink(room->path);
        write_bytes(room->path, bytes, size);
        struct config config;
        config_init(&config);
        config_read(&config, room->path, false, check_line, room->path);
        assert_within_bounds(&config);
        config_finish(&config);
    }
}

/* The undamaged file is as good as the test believes: the rest would prove little otherwise. */
static void the_good_file_has_no_fault(void **state)
{
    struct room *room = *state;
    read_text(room, good);
    assert_said(room, "");
    assert_int_equal(room->config.music.count, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(the_good_file_has_no_fault),
        CONFIG_TEST(damaged_files_never_break_the_reader),
        CONFIG_TEST(noise_never_breaks_the_reader),
    };
    return cmocka_run_group_tests_name("config garbage", tests, NULL, NULL);
}
