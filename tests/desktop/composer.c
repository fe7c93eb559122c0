/* An input method for the desktop tests, as SDL sees one: it answers to the name and in the words
 * of Fcitx on the session's bus.  Letters are composed, Space writes them down in capitals, Esc
 * drops them, Return and digits write them down and are the window's, as is every other key.  What
 * it is told it says, a line of JSON each.
 */
#include <dbus/dbus.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERVICE      "org.freedesktop.portal.Fcitx"
#define CONTEXT      "org.fcitx.Fcitx.InputContext1"
#define CONTEXT_PATH "/org/freedesktop/portal/inputcontext/1"
#define TEXT_MAX     200
#define KEY_SPACE    0x20
#define KEY_ESC      0xFF1B
#define KEY_RETURN   0xFF0D
#define WITH_CTRL    4

static char composed[TEXT_MAX + 1];

static void send_signal(DBusConnection *bus, DBusMessage *signal)
{
    (void)dbus_connection_send(bus, signal, NULL);
    dbus_message_unref(signal);
}

static void send_preedit(DBusConnection *bus)
{
    DBusMessage *signal = dbus_message_new_signal(CONTEXT_PATH, CONTEXT, "UpdateFormattedPreedit");
    DBusMessageIter iter;
    DBusMessageIter parts;
    DBusMessageIter part;
    const char *text = composed;
    dbus_int32_t format = 0;
    dbus_int32_t cursor = (dbus_int32_t)strlen(composed);
    dbus_message_iter_init_append(signal, &iter);
    dbus_message_iter_open_container(&iter, DBUS_TYPE_ARRAY, "(si)", &parts);
    dbus_message_iter_open_container(&parts, DBUS_TYPE_STRUCT, NULL, &part);
    dbus_message_iter_append_basic(&part, DBUS_TYPE_STRING, &text);
    dbus_message_iter_append_basic(&part, DBUS_TYPE_INT32, &format);
    dbus_message_iter_close_container(&parts, &part);
    dbus_message_iter_close_container(&iter, &parts);
    dbus_message_iter_append_basic(&iter, DBUS_TYPE_INT32, &cursor);
    send_signal(bus, signal);
    (void)printf("{\"composed\": \"%s\"}\n", composed);
}

static void send_commit(DBusConnection *bus)
{
    char text[TEXT_MAX + 1];
    const char *given = text;
    DBusMessage *signal = dbus_message_new_signal(CONTEXT_PATH, CONTEXT, "CommitString");
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = composed[i] >= 'a' ? (char)(composed[i] - 'a' + 'A') : composed[i];
    dbus_message_append_args(signal, DBUS_TYPE_STRING, &given, DBUS_TYPE_INVALID);
    send_signal(bus, signal);
    (void)printf("{\"committed\": \"%s\"}\n", text);
}

static bool take_key(DBusConnection *bus, dbus_uint32_t key, dbus_uint32_t modifiers)
{
    size_t length = strlen(composed);
    if ((modifiers & WITH_CTRL) != 0)
        return false;
    if (key >= 'a' && key <= 'z' && length < TEXT_MAX) {
        composed[length] = (char)key;
        send_preedit(bus);
        return true;
    }
    bool passes = key == KEY_RETURN || (key >= '0' && key <= '9');
    if (length == 0 || (key != KEY_SPACE && key != KEY_ESC && !passes))
        return false;
    if (key != KEY_ESC)
        send_commit(bus);
    memset(composed, 0, sizeof composed);
    send_preedit(bus);
    return !passes;
}

static void process_key(DBusConnection *bus, DBusMessage *message, DBusMessage *reply)
{
    dbus_uint32_t key = 0;
    dbus_uint32_t code = 0;
    dbus_uint32_t modifiers = 0;
    dbus_bool_t released = FALSE;
    dbus_uint32_t when = 0;
    dbus_bool_t taken = FALSE;
    if (dbus_message_get_args(message, NULL, DBUS_TYPE_UINT32, &key, DBUS_TYPE_UINT32, &code,
                              DBUS_TYPE_UINT32, &modifiers, DBUS_TYPE_BOOLEAN, &released,
                              DBUS_TYPE_UINT32, &when, DBUS_TYPE_INVALID))
        taken = !released && take_key(bus, key, modifiers);
    dbus_message_append_args(reply, DBUS_TYPE_BOOLEAN, &taken, DBUS_TYPE_INVALID);
}

static void say_box(DBusMessage *message)
{
    dbus_int32_t box[4] = {0};
    if (dbus_message_get_args(message, NULL, DBUS_TYPE_INT32, &box[0], DBUS_TYPE_INT32, &box[1],
                              DBUS_TYPE_INT32, &box[2], DBUS_TYPE_INT32, &box[3],
                              DBUS_TYPE_INVALID))
        (void)printf("{\"box\": [%d, %d, %d, %d]}\n", box[0], box[1], box[2], box[3]);
}

static void append_context(DBusMessage *reply)
{
    static const unsigned char id[] = {1};
    const char *path = CONTEXT_PATH;
    const unsigned char *bytes = id;
    dbus_message_append_args(reply, DBUS_TYPE_OBJECT_PATH, &path, DBUS_TYPE_ARRAY, DBUS_TYPE_BYTE,
                             &bytes, (int)sizeof id, DBUS_TYPE_INVALID);
}

static void answer(DBusConnection *bus, DBusMessage *message)
{
    const char *member = dbus_message_get_member(message);
    if (dbus_message_get_type(message) != DBUS_MESSAGE_TYPE_METHOD_CALL || member == NULL)
        return;
    DBusMessage *reply = dbus_message_new_method_return(message);
    if (strcmp(member, "CreateInputContext") == 0)
        append_context(reply);
    else if (strcmp(member, "ProcessKeyEvent") == 0)
        process_key(bus, message, reply);
    else if (strcmp(member, "SetCursorRect") == 0)
        say_box(message);
    send_signal(bus, reply);
}

int main(void)
{
    DBusError error = DBUS_ERROR_INIT;
    DBusConnection *bus = dbus_bus_get(DBUS_BUS_SESSION, &error);
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (bus == NULL || dbus_bus_request_name(bus, SERVICE, 0, &error) < 0) {
        (void)fprintf(stderr, "composer: %s\n", error.message);
        return EXIT_FAILURE;
    }
    (void)puts("{\"composer\": \"ready\"}");
    while (dbus_connection_read_write(bus, -1)) {
        for (DBusMessage *message = dbus_connection_pop_message(bus); message != NULL;
             message = dbus_connection_pop_message(bus)) {
            answer(bus, message);
            dbus_message_unref(message);
        }
    }
    return EXIT_SUCCESS;
}
