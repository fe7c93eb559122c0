/* Other players: two of them made here, and one that is none, on a bus made here. */
#include "../support/cm.h"

#include "own_bus.h"
#include "players.h"

#include "lacrima/platform.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE_NS SECONDS(60) /* several such waits fit into the test's own bound */
#define PLAYER      "org.mpris.MediaPlayer2.Player"
#define SETTLED_NS  SECONDS(-1000) /* a time so long ago that no answer is awaited any more */

struct fake {
    const char *name;
    DBusConnection *connection;
    const char *status;
    int asked, paused, played;
};

enum { SINGER, QUIET, OTHER, FAKES };

static struct fake fakes[FAKES];
static struct players *players;
static pid_t bus;

static void answer_status(struct fake *fake, DBusMessage *message)
{
    DBusMessageIter iter, inner;
    DBusMessage *reply = dbus_message_new_method_return(message);
    dbus_message_iter_init_append(reply, &iter);
    dbus_message_iter_open_container(&iter, DBUS_TYPE_VARIANT, "s", &inner);
    dbus_message_iter_append_basic(&inner, DBUS_TYPE_STRING, &fake->status);
    dbus_message_iter_close_container(&iter, &inner);
    dbus_connection_send(fake->connection, reply, NULL);
    dbus_message_unref(reply);
    fake->asked++;
}

static DBusHandlerResult answer(DBusConnection *connection, DBusMessage *message, void *user)
{
    struct fake *fake = user;
    (void)connection;
    if (dbus_message_is_method_call(message, DBUS_INTERFACE_PROPERTIES, "Get")) {
        answer_status(fake, message);
    } else if (dbus_message_is_method_call(message, PLAYER, "Pause")) {
        fake->status = "Paused";
        fake->paused++;
    } else if (dbus_message_is_method_call(message, PLAYER, "Play")) {
        fake->status = "Playing";
        fake->played++;
    } else {
        return DBUS_HANDLER_RESULT_NOT_YET_HANDLED;
    }
    return DBUS_HANDLER_RESULT_HANDLED;
}

static void run_fakes(void)
{
    for (size_t i = 0; i < FAKES; i++) {
        if (fakes[i].connection != NULL)
            own_bus_run(fakes[i].connection);
    }
}

/* Until no answer is awaited and every fake has had what was sent to it. */
static void run(void)
{
    time_ns begun = platform_now();
    while (players_waiting(players, begun)) {
        assert_true(platform_now() - begun < PATIENCE_NS);
        players_look(players);
        run_fakes();
    }
}

/* Until the singer is as it is meant to be. */
static void run_until(const char *status)
{
    time_ns begun = platform_now();
    while (strcmp(fakes[SINGER].status, status) != 0) {
        assert_true(platform_now() - begun < PATIENCE_NS);
        players_look(players);
        run_fakes();
    }
}

static void join(size_t index, const char *name, const char *status)
{
    struct fake *fake = &fakes[index];
    *fake = (struct fake){.name = name, .status = status, .connection = own_bus_join(name)};
    assert_non_null(fake->connection);
    dbus_connection_add_filter(fake->connection, answer, fake, NULL);
}

static int come(void **state)
{
    (void)state;
    join(SINGER, "org.mpris.MediaPlayer2.singer", "Playing");
    join(QUIET, "org.mpris.MediaPlayer2.quiet.instance7", "Paused");
    join(OTHER, "org.example.MediaPlayer2.other", "Playing");
    players = players_create();
    assert_non_null(players);
    return 0;
}

static int go(void **state)
{
    (void)state;
    players_destroy(players);
    for (size_t i = 0; i < FAKES; i++) {
        if (fakes[i].connection != NULL)
            own_bus_leave(fakes[i].connection);
    }
    return 0;
}

static void who_plays_pauses_and_goes_on(void **state)
{
    (void)state;
    players_pause(players, platform_now());
    run();
    run_until("Paused");
    players_resume(players, platform_now());
    run();
    run_until("Playing");
    assert_int_equal(fakes[SINGER].paused, 1);
    assert_int_equal(fakes[SINGER].played, 1);
    assert_int_equal(fakes[QUIET].asked, 1);
    assert_int_equal(fakes[QUIET].paused, 0);
    assert_int_equal(fakes[QUIET].played, 0);
    assert_int_equal(fakes[OTHER].asked, 0);
}

static void who_was_stopped_by_hand_stays_so(void **state)
{
    (void)state;
    players_pause(players, platform_now());
    run();
    run_until("Paused");
    fakes[SINGER].status = "Stopped";
    players_resume(players, platform_now());
    run();
    assert_int_equal(fakes[SINGER].asked, 2);
    players_pause(players, platform_now()); /* and is asked anew, which comes behind any Play */
    run();
    assert_int_equal(fakes[SINGER].asked, 3);
    assert_int_equal(fakes[SINGER].played, 0);
}

static void who_goes_on_by_hand_pauses_again(void **state)
{
    (void)state;
    for (int i = 1; i <= 3; i++) {
        players_pause(players, platform_now());
        run();
        run_until("Paused");
        assert_int_equal(fakes[SINGER].paused, i);
        fakes[SINGER].status = "Playing";
    }
    players_resume(players, platform_now());
    run();
    assert_int_equal(fakes[SINGER].asked, 4);
    assert_int_equal(fakes[SINGER].played, 0);
}

static void who_leaves_the_bus_is_not_waited_for(void **state)
{
    (void)state;
    players_pause(players, platform_now());
    run();
    run_until("Paused");
    own_bus_leave(fakes[SINGER].connection);
    fakes[SINGER].connection = NULL;
    players_resume(players, platform_now());
    run();
    assert_false(players_waiting(players, SETTLED_NS));
}

static void without_a_bus_nobody_is_asked(void **state)
{
    (void)state;
    char *address = strdup(getenv("DBUS_SESSION_BUS_ADDRESS"));
    assert_non_null(address);
    struct players *alone = players_create();
    assert_non_null(alone);
    setenv("DBUS_SESSION_BUS_ADDRESS", "tcp:host=127.0.0.1,port=9", 1);
    players_pause(alone, platform_now());
    players_look(alone);
    assert_false(players_waiting(alone, platform_now()));
    players_resume(alone, platform_now());
    players_destroy(alone);
    setenv("DBUS_SESSION_BUS_ADDRESS", address, 1);
    free(address);
}

static int start(void **state)
{
    (void)state;
    bus = own_bus_start();
    return bus > 0 ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    own_bus_end(bus);
    return 0;
}

#define PLAYERS_TEST(f) cmocka_unit_test_setup_teardown(f, come, go)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAYERS_TEST(who_plays_pauses_and_goes_on),
        PLAYERS_TEST(who_was_stopped_by_hand_stays_so),
        PLAYERS_TEST(who_goes_on_by_hand_pauses_again),
        PLAYERS_TEST(who_leaves_the_bus_is_not_waited_for),
        PLAYERS_TEST(without_a_bus_nobody_is_asked),
    };
    return cmocka_run_group_tests(tests, start, end);
}
