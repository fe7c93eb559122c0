#include "bus.h"

#include "lacrima/base/text.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Messages handled in one look, so that a chatty bus cannot hold a frame up. */
#define MESSAGES_MAX 32

bool bus_address(char *address, size_t size)
{
    const char *set = getenv("DBUS_SESSION_BUS_ADDRESS");
    if (set != NULL && set[0] != '\0') {
        /* A list may go on with addresses on a network; the first alone is used. */
        bool fits = strncmp(set, "unix:", strlen("unix:")) == 0 && text_copy(address, size, set);
        address[fits ? strcspn(address, ";") : 0] = '\0';
        return fits;
    }
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    char path[PATH_MAX];
    struct stat status;
    if (runtime == NULL || runtime[0] == '\0')
        return false;
    int length = snprintf(path, sizeof path, "%s/bus", runtime);
    if (length < 0 || (size_t)length >= sizeof path || stat(path, &status) != 0 ||
        !S_ISSOCK(status.st_mode))
        return false;
    char *escaped = dbus_address_escape_value(path);
    bool fits = escaped != NULL && text_copy(address, size, "unix:path=") &&
                text_append(address, size, escaped);
    dbus_free(escaped);
    return fits;
}

DBusConnection *bus_open(void)
{
    char address[PATH_MAX];
    if (!bus_address(address, sizeof address))
        return NULL;
    DBusError error;
    dbus_error_init(&error);
    DBusConnection *connection = dbus_connection_open_private(address, &error);
    dbus_error_free(&error);
    if (connection != NULL)
        dbus_connection_set_exit_on_disconnect(connection, FALSE);
    return connection;
}

void bus_close(DBusConnection *connection)
{
    if (connection == NULL)
        return;
    dbus_connection_close(connection);
    dbus_connection_unref(connection);
}

uint32_t bus_post(DBusConnection *connection, DBusMessage *message)
{
    dbus_uint32_t serial = 0;
    if (message == NULL)
        return 0;
    dbus_connection_send(connection, message, &serial);
    dbus_message_unref(message);
    return serial;
}

uint32_t bus_hello(DBusConnection *connection)
{
    return bus_post(connection, dbus_message_new_method_call(DBUS_SERVICE_DBUS, DBUS_PATH_DBUS,
                                                             DBUS_INTERFACE_DBUS, "Hello"));
}

void bus_named(DBusConnection *connection, DBusMessage *reply)
{
    const char *name = NULL;
    if (dbus_message_get_args(reply, NULL, DBUS_TYPE_STRING, &name, DBUS_TYPE_INVALID))
        dbus_bus_set_unique_name(connection, name);
}

void bus_read(DBusConnection *connection)
{
    for (int i = 0; i < MESSAGES_MAX; i++) {
        bool open = dbus_connection_read_write_dispatch(connection, 0);
        if (!open || dbus_connection_get_dispatch_status(connection) != DBUS_DISPATCH_DATA_REMAINS)
            return;
    }
}
