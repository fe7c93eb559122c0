/* Bus: a connection of our own to the session bus.  The bus is a local socket: any other kind of
 * address is left alone, and none is started. */
#ifndef LACRIMA_PLATFORM_BUS_H
#define LACRIMA_PLATFORM_BUS_H

#include <dbus/dbus.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where the session bus is, without starting one: only a local socket counts. */
bool bus_address(char *address, size_t size);

/* Asks the session's bus and the system's for a sign of life, and waits for it for seconds.  One
 * that gives none is left alone by all of this process, for whoever else speaks to it waits for
 * ever: SDL does, before there is a window.  True if there was such a one.  Once in a process. */
bool bus_leave_silent(void);

/* NULL if there is no bus.  The caller says Hello (bus_hello) and closes it (bus_close). */
DBusConnection *bus_open(void);
void bus_close(DBusConnection *connection);

/* Sends it without waiting for an answer, and takes it over (NULL: there was no memory).  Returns
 * its serial number; 0: it was not sent. */
uint32_t bus_post(DBusConnection *connection, DBusMessage *message);

/* The first thing to say; returns its serial number. */
uint32_t bus_hello(DBusConnection *connection);

/* What Hello was answered. */
void bus_named(DBusConnection *connection, DBusMessage *reply);

/* Reads what has arrived and hands a bounded number of messages to the connection's filter. */
void bus_read(DBusConnection *connection);

#endif
