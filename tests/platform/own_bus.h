/* A session bus of the test's own, which nobody else is on. */
#ifndef LACRIMA_TESTS_PLATFORM_OWN_BUS_H
#define LACRIMA_TESTS_PLATFORM_OWN_BUS_H

#include <dbus/dbus.h>
#include <sys/types.h>

/* Starts it and puts its address into the environment; -1 if it does not start. */
pid_t own_bus_start(void);
void own_bus_end(pid_t bus);

/* Somebody else on it, with this name; NULL if it cannot be had. */
DBusConnection *own_bus_join(const char *name);
void own_bus_leave(DBusConnection *connection);

/* Handles everything that has arrived for them. */
void own_bus_run(DBusConnection *connection);

#endif
