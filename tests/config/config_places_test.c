/* Places: where texts were left, known by a hash; the one read last first, and no file but ours. */
#include "support.h"

static void path_in(const struct room *room, const char *name, char path[160])
{
    (void)snprintf(path, 160, "%s/%s", room->folder, name);
}

static void places_come_back(void **state)
{
    struct room *room = *state;
    struct config_places places = {0};
    struct config_places back = {0};
    struct error error;
    char file[160];
    path_in(room, "state/places", file);
    config_set_place(&places, "/texts/a", 12);
    config_set_place(&places, "/texts/b", UINT64_C(9000000000));
    config_set_place(&places, "/texts/a", 15);
    assert_true(config_places_write(&places, file, &error));
    config_places_read(&back, file);
    assert_int_equal(back.count, 2);
    assert_int_equal(config_place(&back, "/texts/a"), 15);
    assert_int_equal(config_place(&back, "/texts/b"), UINT64_C(9000000000));
    assert_int_equal(config_place(&back, "/texts/c"), 0);
    config_set_place(&back, "/texts/a", 0);
    assert_int_equal(back.count, 1);
    assert_int_equal(config_place(&back, "/texts/a"), 0);
    struct stat status;
    assert_int_equal(stat(file, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void the_oldest_is_forgotten(void **state)
{
    (void)state;
    struct config_places places = {0};
    char path[32];
    for (unsigned i = 0; i <= CONFIG_PLACES_MAX; i++) {
        (void)snprintf(path, sizeof path, "/texts/%u", i);
        config_set_place(&places, path, i + 1);
    }
    assert_int_equal(places.count, CONFIG_PLACES_MAX);
    assert_int_equal(config_place(&places, "/texts/0"), 0);
    assert_int_equal(config_place(&places, "/texts/1"), 2);
    assert_int_equal(config_place(&places, path), CONFIG_PLACES_MAX + 1);
}

/* However its path is written, a text is one text. */
static void one_text_has_one_place(void **state)
{
    struct room *room = *state;
    struct config_places places = {0};
    char straight[160];
    char round[160];
    read_text(room, "");
    path_in(room, "lacrima.ini", straight);
    (void)snprintf(round, sizeof round, "%s/.//lacrima.ini", room->folder);
    config_set_place(&places, straight, 7);
    assert_int_equal(config_place(&places, round), 7);
}

static void a_damaged_file_is_no_place(void **state)
{
    static const char *const damaged[] = {"",
                                          "words\n",
                                          "0000000000000001\n",
                                          "0000000000000001 2 3\n",
                                          "\xff\xfe\n# remark\n",
                                          "0000000000000001 99999999999999999999999x\n"};
    struct room *room = *state;
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        struct config_places places = {.count = 3};
        read_text(room, damaged[i]);
        config_places_read(&places, room->path);
        assert_int_equal(places.count, 0);
    }
    struct config_places none = {.count = 3};
    config_places_read(&none, "/nowhere/at/all");
    assert_int_equal(none.count, 0);
}

#define ROOM_TEST(function) cmocka_unit_test_setup_teardown(function, room_setup, room_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROOM_TEST(places_come_back),
        cmocka_unit_test(the_oldest_is_forgotten),
        ROOM_TEST(one_text_has_one_place),
        ROOM_TEST(a_damaged_file_is_no_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
