/* What is written here survives a power loss: it is whole on the disk before it takes the place of
 * what was there, and the disk is told that it did. */
#include "support.h"

#include "disk_order.h"
#include "lacrima/shelf.h"

#define PATH_BYTES 160

int __wrap_fsync(int fd);

int __wrap_fsync(int fd)
{
    return disk_order_fsync(fd);
}

static void path_in(const struct room *room, const char *name, char path[PATH_BYTES])
{
    (void)snprintf(path, PATH_BYTES, "%s/state/%s", room->folder, name);
}

/* Written twice: where nothing was, and over it. */
#define ASSERT_ORDER(written)                                                                      \
    do {                                                                                           \
        for (int time = 0; time < 2; time++) {                                                     \
            struct error error = {.text = ""};                                                     \
            size_t placed = 0;                                                                     \
            disk_order_begin();                                                                    \
            if (!(written))                                                                        \
                fail_msg("%s", error.text);                                                        \
            assert_string_equal(disk_order_end(&placed), "");                                      \
            assert_int_equal(placed, 1);                                                           \
        }                                                                                          \
    } while (false)

static void what_keys_changed(void **state)
{
    struct room *room = *state;
    char path[PATH_BYTES];
    path_in(room, "state.ini", path);
    ASSERT_ORDER(config_state_write(&room->config, path, &error));
}

static void about_you(void **state)
{
    struct room *room = *state;
    char path[PATH_BYTES];
    path_in(room, "about-you.ini", path);
    ASSERT_ORDER(config_about_write(&room->config, path, &error));
}

static void places(void **state)
{
    struct room *room = *state;
    struct config_places places = {0};
    char path[PATH_BYTES];
    config_set_place(&places, "/texts/a", 12);
    path_in(room, "places", path);
    ASSERT_ORDER(config_places_write(&places, path, &error));
}

static void the_shelf(void **state)
{
    struct room *room = *state;
    struct shelf_entry song, text;
    const struct shelf_entry *entries[2] = {&song, &text};
    char path[PATH_BYTES];
    bool added = false;
    shelf_entry_init(&song, SHELF_SONG);
    shelf_entry_init(&text, SHELF_TEXT);
    (void)snprintf(song.path, sizeof song.path, "/m/a.flac");
    (void)snprintf(text.path, sizeof text.path, "/t/b.txt");
    path_in(room, "shelf.ini", path);
    ASSERT_ORDER(shelf_add(path, &entries[time], 1, false, &added, &error) && added);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(what_keys_changed),
        CONFIG_TEST(about_you),
        CONFIG_TEST(places),
        CONFIG_TEST(the_shelf),
    };
    return cmocka_run_group_tests_name("config, disk", tests, NULL, NULL);
}
