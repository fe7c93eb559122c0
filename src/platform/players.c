#include "players.h"

#include "bus.h"

#include "lacrima/base/text.h"
#include "lacrima/platform.h"

#include <stdlib.h>
#include <string.h>

#define PLAYER_PREFIX    "org.mpris.MediaPlayer2."
#define PLAYER_PATH      "/org/mpris/MediaPlayer2"
#define PLAYER_INTERFACE "org.mpris.MediaPlayer2.Player"
#define PLAYER_STATUS    "PlaybackStatus"
#define NAME_BYTES       256 /* the bus allows no longer one */
#define PATIENCE_NS      SECONDS(2)
#define FAREWELL_NS      MILLISECONDS(300)
#define FAREWELL_LOOK_MS 20

struct player {
    char name[NAME_BYTES];
    uint32_t asked; /* what its status was asked with; 0: no answer is awaited */
    bool paused;    /* from here */
};

struct players {
    DBusConnection *connection; /* NULL: none yet, or none at all */
    bool looked_for;
    bool resume; /* what is wanted of them: to go on, or to pause */
    uint32_t hello, listed;
    time_ns asked_at;
    size_t count;
    struct player player[PLAYERS_MAX];
};

static void call(struct players *players, const char *name, const char *method)
{
    DBusMessage *message =
        dbus_message_new_method_call(name, PLAYER_PATH, PLAYER_INTERFACE, method);
    if (message != NULL) {
        dbus_message_set_no_reply(message, TRUE);
        dbus_message_set_auto_start(message, FALSE);
    }
    (void)bus_post(players->connection, message);
}

static void ask_status(struct players *players, struct player *player)
{
    const char *interface = PLAYER_INTERFACE;
    const char *property = PLAYER_STATUS;
    DBusMessage *message =
        dbus_message_new_method_call(player->name, PLAYER_PATH, DBUS_INTERFACE_PROPERTIES, "Get");
    if (message != NULL) {
        dbus_message_set_auto_start(message, FALSE);
        dbus_message_append_args(message, DBUS_TYPE_STRING, &interface, DBUS_TYPE_STRING, &property,
                                 DBUS_TYPE_INVALID);
    }
    player->asked = bus_post(players->connection, message);
}

static struct player *find(struct players *players, const char *name)
{
    for (size_t i = 0; i < players->count; i++) {
        if (text_equal(players->player[i].name, name))
            return &players->player[i];
    }
    return NULL;
}

static void forget(struct players *players, struct player *player)
{
    *player = players->player[--players->count];
}

static void hear_names(struct players *players, DBusMessage *reply)
{
    char **names = NULL;
    int count = 0;
    players->listed = 0;
    if (players->resume || !dbus_message_get_args(reply, NULL, DBUS_TYPE_ARRAY, DBUS_TYPE_STRING,
                                                  &names, &count, DBUS_TYPE_INVALID))
        return;
    for (int i = 0; i < count; i++) {
        struct player *player = find(players, names[i]);
        if (strncmp(names[i], PLAYER_PREFIX, strlen(PLAYER_PREFIX)) != 0)
            continue;
        if (player == NULL && players->count < PLAYERS_MAX) {
            player = &players->player[players->count];
            *player = (struct player){0};
            if (text_copy(player->name, sizeof player->name, names[i]))
                players->count++;
            else
                player = NULL;
        }
        if (player != NULL)
            ask_status(players, player);
    }
    dbus_free_string_array(names);
}

/* "Playing", "Paused" or "Stopped"; NULL: it did not say. */
static const char *status_of(DBusMessage *reply)
{
    DBusMessageIter iter, inner;
    const char *status = NULL;
    if (dbus_message_get_type(reply) == DBUS_MESSAGE_TYPE_ERROR ||
        !dbus_message_iter_init(reply, &iter) ||
        dbus_message_iter_get_arg_type(&iter) != DBUS_TYPE_VARIANT)
        return NULL;
    dbus_message_iter_recurse(&iter, &inner);
    if (dbus_message_iter_get_arg_type(&inner) == DBUS_TYPE_STRING)
        dbus_message_iter_get_basic(&inner, &status);
    return status;
}

static void hear_status(struct players *players, struct player *player, const char *status)
{
    player->asked = 0;
    if (players->resume) {
        /* Whoever has gone on, or was stopped by hand meanwhile, is left as it is. */
        if (player->paused && status != NULL && text_equal(status, "Paused"))
            call(players, player->name, "Play");
        forget(players, player);
    } else if (status != NULL && text_equal(status, "Playing")) {
        call(players, player->name, "Pause");
        player->paused = true;
    } else if (!player->paused) {
        forget(players, player);
    }
}

static DBusHandlerResult hear(DBusConnection *connection, DBusMessage *message, void *user)
{
    struct players *players = user;
    uint32_t serial = dbus_message_get_reply_serial(message);
    if (serial == 0)
        return DBUS_HANDLER_RESULT_NOT_YET_HANDLED;
    if (serial == players->hello)
        bus_named(connection, message);
    if (serial == players->listed)
        hear_names(players, message);
    for (size_t i = 0; i < players->count; i++) {
        if (players->player[i].asked == serial) {
            hear_status(players, &players->player[i], status_of(message));
            break;
        }
    }
    return DBUS_HANDLER_RESULT_HANDLED;
}

static bool connected(struct players *players)
{
    if (players->looked_for)
        return players->connection != NULL;
    players->looked_for = true;
    players->connection = bus_open();
    if (players->connection == NULL)
        return false;
    dbus_connection_add_filter(players->connection, hear, players, NULL);
    players->hello = bus_hello(players->connection);
    return true;
}

struct players *players_create(void)
{
    return calloc(1, sizeof(struct players));
}

void players_pause(struct players *players, time_ns now)
{
    players->resume = false;
    if (!connected(players))
        return;
    players->asked_at = now;
    players->listed = bus_post(players->connection,
                               dbus_message_new_method_call(DBUS_SERVICE_DBUS, DBUS_PATH_DBUS,
                                                            DBUS_INTERFACE_DBUS, "ListNames"));
}

void players_resume(struct players *players, time_ns now)
{
    players->resume = true;
    players->asked_at = now;
    for (size_t i = 0; i < players->count; i++)
        ask_status(players, &players->player[i]);
}

void players_look(struct players *players)
{
    if (players->connection != NULL)
        bus_read(players->connection);
}

static bool awaits(const struct players *players)
{
    bool awaited = players->listed != 0;
    for (size_t i = 0; i < players->count; i++)
        awaited = awaited || players->player[i].asked != 0;
    return awaited && dbus_connection_get_is_connected(players->connection);
}

bool players_waiting(const struct players *players, time_ns now)
{
    return players->connection != NULL && now < players->asked_at + PATIENCE_NS && awaits(players);
}

void players_destroy(struct players *players)
{
    if (players == NULL)
        return;
    if (players->connection != NULL) {
        time_ns until = platform_now() + FAREWELL_NS;
        while (awaits(players) && platform_now() < until)
            (void)dbus_connection_read_write_dispatch(players->connection, FAREWELL_LOOK_MS);
        dbus_connection_flush(players->connection);
        dbus_connection_remove_filter(players->connection, hear, players);
        bus_close(players->connection);
    }
    free(players);
}
