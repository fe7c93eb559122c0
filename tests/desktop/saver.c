/* What a desktop's screen saver and its portal answer to a program that keeps the screen on: it
 * says what it is asked, a line of JSON each. */
#include <dbus/dbus.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAVER   "org.freedesktop.ScreenSaver"
#define PORTAL  "org.freedesktop.portal.Desktop"
#define INHIBIT "org.freedesktop.portal.Inhibit"
#define REQUEST "org.freedesktop.portal.Request"
#define HANDLE  "/org/freedesktop/portal/desktop/request/1"
#define COOKIE  7

static DBusMessage *saver_inhibit(DBusMessage *message)
{
    const char *program = "";
    const char *reason = "";
    dbus_uint32_t cookie = COOKIE;
    DBusMessage *reply = dbus_message_new_method_return(message);
    (void)dbus_message_get_args(message, NULL, DBUS_TYPE_STRING, &program, DBUS_TYPE_STRING,
                                &reason, DBUS_TYPE_INVALID);
    (void)printf("\"" SAVER " Inhibit %s\"\n", reason);
    dbus_message_append_args(reply, DBUS_TYPE_UINT32, &cookie, DBUS_TYPE_INVALID);
    return reply;
}

static DBusMessage *saver_release(DBusMessage *message)
{
    dbus_uint32_t cookie = 0;
    (void)dbus_message_get_args(message, NULL, DBUS_TYPE_UINT32, &cookie, DBUS_TYPE_INVALID);
    (void)printf("\"" SAVER " UnInhibit%s\"\n", cookie == COOKIE ? "" : " another");
    return dbus_message_new_method_return(message);
}

static DBusMessage *portal_inhibit(DBusMessage *message)
{
    DBusMessageIter iter;
    dbus_uint32_t flags = 0;
    const char *handle = HANDLE;
    DBusMessage *reply = dbus_message_new_method_return(message);
    /* The window, what is kept from happening, and more. */
    if (dbus_message_iter_init(message, &iter) && dbus_message_iter_next(&iter) &&
        dbus_message_iter_get_arg_type(&iter) == DBUS_TYPE_UINT32)
        dbus_message_iter_get_basic(&iter, &flags);
    (void)printf("\"" INHIBIT " Inhibit %u\"\n", flags);
    dbus_message_append_args(reply, DBUS_TYPE_OBJECT_PATH, &handle, DBUS_TYPE_INVALID);
    return reply;
}

static DBusMessage *portal_release(DBusMessage *message)
{
    const char *path = dbus_message_get_path(message);
    int same = path != NULL && strcmp(path, HANDLE) == 0;
    (void)printf("\"" REQUEST " Close%s\"\n", same ? "" : " another");
    return dbus_message_new_method_return(message);
}

static const struct {
    const char *interface;
    const char *member;
    DBusMessage *(*answer)(DBusMessage *message);
} methods[] = {
    {SAVER, "Inhibit", saver_inhibit},
    {SAVER, "UnInhibit", saver_release},
    {INHIBIT, "Inhibit", portal_inhibit},
    {REQUEST, "Close", portal_release},
};

static void answer(DBusConnection *bus, DBusMessage *message)
{
    DBusMessage *reply = NULL;
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (dbus_message_is_method_call(message, methods[i].interface, methods[i].member))
            reply = methods[i].answer(message);
    }
    if (reply == NULL && dbus_message_get_type(message) == DBUS_MESSAGE_TYPE_METHOD_CALL)
        reply = dbus_message_new_error(message, DBUS_ERROR_UNKNOWN_METHOD, "none");
    if (reply == NULL)
        return;
    (void)dbus_connection_send(bus, reply, NULL);
    dbus_message_unref(reply);
}

int main(void)
{
    DBusError error = DBUS_ERROR_INIT;
    DBusConnection *bus = dbus_bus_get(DBUS_BUS_SESSION, &error);
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (bus == NULL || dbus_bus_request_name(bus, SAVER, 0, &error) < 0 ||
        dbus_bus_request_name(bus, PORTAL, 0, &error) < 0) {
        (void)fprintf(stderr, "saver: %s\n", error.message);
        return EXIT_FAILURE;
    }
    (void)puts("\"ready\"");
    while (dbus_connection_read_write(bus, -1)) {
        for (DBusMessage *message = dbus_connection_pop_message(bus); message != NULL;
             message = dbus_connection_pop_message(bus)) {
            answer(bus, message);
            dbus_message_unref(message);
        }
    }
    return EXIT_SUCCESS;
}
