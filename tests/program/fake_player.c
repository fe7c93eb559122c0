/* A player on the session bus that says it plays, until it is told otherwise; what it is told it
 * writes to standard output, a word a line. */
#include <dbus/dbus.h>
#include <stdio.h>

#define NAME   "org.mpris.MediaPlayer2.fake"
#define PLAYER "org.mpris.MediaPlayer2.Player"

static const char *status = "Playing";

static void say(const char *word)
{
    (void)puts(word);
    (void)fflush(stdout);
}

static void answer(DBusConnection *connection, DBusMessage *message)
{
    DBusMessageIter iter, inner;
    DBusMessage *reply = dbus_message_new_method_return(message);
    dbus_message_iter_init_append(reply, &iter);
    dbus_message_iter_open_container(&iter, DBUS_TYPE_VARIANT, "s", &inner);
    dbus_message_iter_append_basic(&inner, DBUS_TYPE_STRING, &status);
    dbus_message_iter_close_container(&iter, &inner);
    dbus_connection_send(connection, reply, NULL);
    dbus_message_unref(reply);
}

static DBusHandlerResult hear(DBusConnection *connection, DBusMessage *message, void *user)
{
    (void)user;
    if (dbus_message_is_method_call(message, DBUS_INTERFACE_PROPERTIES, "Get"))
        answer(connection, message);
    else if (dbus_message_is_method_call(message, PLAYER, "Pause"))
        say(status = "Paused");
    else if (dbus_message_is_method_call(message, PLAYER, "Play"))
        say(status = "Playing");
    else
        return DBUS_HANDLER_RESULT_NOT_YET_HANDLED;
    return DBUS_HANDLER_RESULT_HANDLED;
}

int main(void)
{
    DBusConnection *connection = dbus_bus_get_private(DBUS_BUS_SESSION, NULL);
    if (connection == NULL || dbus_bus_request_name(connection, NAME, 0, NULL) < 0)
        return 1;
    dbus_connection_set_exit_on_disconnect(connection, FALSE);
    dbus_connection_add_filter(connection, hear, NULL, NULL);
    say("here");
    while (dbus_connection_read_write_dispatch(connection, -1))
        continue;
    dbus_connection_close(connection);
    dbus_connection_unref(connection);
    return 0;
}
