#include "own_bus.h"

#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ADDRESS_BYTES 512

pid_t own_bus_start(void)
{
    extern char **environ;
    char *arguments[] = {"dbus-daemon", "--session", "--nofork", "--print-address=1", NULL};
    char address[ADDRESS_BYTES] = "";
    posix_spawn_file_actions_t actions;
    pid_t bus = -1;
    int out[2];
    if (pipe(out) != 0)
        return -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, out[0]);
    int failed = posix_spawnp(&bus, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(out[1]);
    ssize_t length = failed ? -1 : read(out[0], address, sizeof address - 1);
    close(out[0]);
    if (length <= 0) {
        (void)fprintf(stderr, "dbus-daemon did not start\n");
        return -1;
    }
    address[strcspn(address, "\n")] = '\0';
    setenv("DBUS_SESSION_BUS_ADDRESS", address, 1);
    return bus;
}

void own_bus_end(pid_t bus)
{
    if (bus <= 0)
        return;
    kill(bus, SIGTERM);
    waitpid(bus, NULL, 0);
}

DBusConnection *own_bus_join(const char *name)
{
    DBusConnection *connection = dbus_bus_get_private(DBUS_BUS_SESSION, NULL);
    if (connection == NULL)
        return NULL;
    dbus_connection_set_exit_on_disconnect(connection, FALSE);
    if (dbus_bus_request_name(connection, name, 0, NULL) >= 0)
        return connection;
    own_bus_leave(connection);
    return NULL;
}

void own_bus_leave(DBusConnection *connection)
{
    dbus_connection_close(connection);
    dbus_connection_unref(connection);
}

void own_bus_run(DBusConnection *connection)
{
    do {
        dbus_connection_read_write_dispatch(connection, 0);
    } while (dbus_connection_get_dispatch_status(connection) == DBUS_DISPATCH_DATA_REMAINS);
}
