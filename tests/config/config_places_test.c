/* Places: where texts were left, known by a hash; the one read last first, and no file but ours. */
#include "support.h"

#include "lacrima/base/hash.h"

#define PATH_BYTES 4096

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

/* A relative path is one from the folder that the program is in, and the text that it led to is one
 * text after it was deleted. */
static void a_text_that_is_gone_keeps_its_place(void **state)
{
    struct room *room = *state;
    struct config_places places = {0};
    char before[PATH_BYTES];
    char whole[PATH_BYTES];
    assert_non_null(getcwd(before, sizeof before));
    read_text(room, "");
    (void)snprintf(whole, sizeof whole, "%s/lacrima.ini", room->folder);
    assert_int_equal(chdir(room->folder), 0);
    config_set_place(&places, "lacrima.ini", 7);
    assert_int_equal(unlink("lacrima.ini"), 0);
    assert_int_equal(config_place(&places, "lacrima.ini"), 7);
    config_set_place(&places, "lacrima.ini", 9);
    assert_int_equal(places.count, 1);
    assert_int_equal(config_place(&places, whole), 9);
    assert_int_equal(config_place(&places, ".//nowhere/../lacrima.ini"), 9);
    /* Nor does its folder have to be there. */
    config_set_place(&places, "nowhere/at/./all.txt", 3);
    (void)snprintf(whole, sizeof whole, "%s/nowhere/at/all.txt", room->folder);
    assert_int_equal(config_place(&places, whole), 3);
    assert_int_equal(config_place(&places, "/../lacrima.ini"), 0);
    assert_int_equal(chdir(before), 0);
    assert_int_equal(config_place(&places, "lacrima.ini"), 0);
}

/* A line of the kind that was left behind goes with the next one of that text. */
static void what_was_left_behind_is_dropped(void **state)
{
    struct room *room = *state;
    char before[PATH_BYTES];
    struct config_places places = {.count = 2};
    assert_non_null(getcwd(before, sizeof before));
    places.places[0].text = hash_bytes(HASH_START, "gone.txt", strlen("gone.txt"));
    places.places[0].offset = 5;
    places.places[1].text = hash_bytes(HASH_START, "/a/text", strlen("/a/text"));
    places.places[1].offset = 6;
    assert_int_equal(chdir(room->folder), 0);
    assert_int_equal(config_place(&places, "gone.txt"), 0); /* of whichever folder it was */
    config_set_place(&places, "gone.txt", 8);
    assert_int_equal(places.count, 2);
    assert_int_equal(config_place(&places, "gone.txt"), 8);
    assert_int_equal(config_place(&places, "/a/text"), 6);
    assert_int_equal(chdir(before), 0);
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
        ROOM_TEST(a_text_that_is_gone_keeps_its_place),
        ROOM_TEST(what_was_left_behind_is_dropped),
        ROOM_TEST(a_damaged_file_is_no_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
