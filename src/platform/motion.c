#include "motion.h"

#include "lacrima/base/text.h"

#include <dbus/dbus.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PORTAL_NAME     "org.freedesktop.portal.Desktop"
#define PORTAL_PATH     "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"

/* A value of the portal lies in at most this many variants. */
#define VARIANTS_MAX 4
/* Messages handled in one look, so that a chatty bus cannot hold a frame up. */
#define MESSAGES_MAX 32

/* The two settings, the one made for this first. */
enum source {
    SOURCE_APPEARANCE, /* 0: no preference, 1: reduce */
    SOURCE_GNOME,      /* whether animations are on; older desktops know only this one */
    SOURCE_COUNT
};

static const struct {
    const char *group;
    const char *key;
} settings[SOURCE_COUNT] = {
    [SOURCE_APPEARANCE] = {"org.freedesktop.appearance", "reduced-motion"},
    [SOURCE_GNOME] = {"org.gnome.desktop.interface", "enable-animations"},
};

struct motion {
    DBusConnection *connection;
    uint32_t hello; /* serial numbers of what was asked */
    uint32_t asked[SOURCE_COUNT];
    bool answered[SOURCE_COUNT]; /* with a value or with a refusal */
    bool known[SOURCE_COUNT];
    bool reduced[SOURCE_COUNT];
    bool told, told_reduced;
};

/* The value inside its variants, if it is one this module asks for. */
static bool read_value(DBusMessageIter *iter, enum source source, bool *reduced)
{
    DBusMessageIter inner;
    for (int i = 0; i < VARIANTS_MAX; i++) {
        int type = dbus_message_iter_get_arg_type(iter);
        if (type == DBUS_TYPE_VARIANT) {
            dbus_message_iter_recurse(iter, &inner);
            *iter = inner;
        } else if (type == DBUS_TYPE_UINT32 && source == SOURCE_APPEARANCE) {
            dbus_uint32_t value = 0;
            dbus_message_iter_get_basic(iter, &value);
            *reduced = value == 1;
            return true;
        } else if (type == DBUS_TYPE_BOOLEAN && source == SOURCE_GNOME) {
            dbus_bool_t value = TRUE;
            dbus_message_iter_get_basic(iter, &value);
            *reduced = !value;
            return true;
        } else {
            return false;
        }
    }
    return false;
}

static void learn(struct motion *motion, enum source source, DBusMessageIter *iter)
{
    bool reduced = false;
    if (read_value(iter, source, &reduced)) {
        motion->known[source] = true;
        motion->reduced[source] = reduced;
    }
}

static void hear_reply(struct motion *motion, DBusMessage *message)
{
    DBusMessageIter iter;
    uint32_t serial = dbus_message_get_reply_serial(message);
    for (int i = 0; i < SOURCE_COUNT; i++)
        motion->answered[i] = motion->answered[i] || serial == motion->asked[i];
    if (dbus_message_get_type(message) == DBUS_MESSAGE_TYPE_ERROR ||
        !dbus_message_iter_init(message, &iter))
        return;
    if (serial == motion->hello) {
        const char *name = NULL;
        if (dbus_message_iter_get_arg_type(&iter) == DBUS_TYPE_STRING) {
            dbus_message_iter_get_basic(&iter, &name);
            dbus_bus_set_unique_name(motion->connection, name);
        }
        return;
    }
    for (int i = 0; i < SOURCE_COUNT; i++) {
        if (serial == motion->asked[i])
            learn(motion, (enum source)i, &iter);
    }
}

static void hear_change(struct motion *motion, DBusMessage *message)
{
    DBusMessageIter iter;
    const char *group = NULL, *key = NULL;
    if (!dbus_message_iter_init(message, &iter) ||
        dbus_message_iter_get_arg_type(&iter) != DBUS_TYPE_STRING)
        return;
    dbus_message_iter_get_basic(&iter, &group);
    if (!dbus_message_iter_next(&iter) || dbus_message_iter_get_arg_type(&iter) != DBUS_TYPE_STRING)
        return;
    dbus_message_iter_get_basic(&iter, &key);
    if (!dbus_message_iter_next(&iter))
        return;
    for (int i = 0; i < SOURCE_COUNT; i++) {
        if (strcmp(group, settings[i].group) == 0 && strcmp(key, settings[i].key) == 0)
            learn(motion, (enum source)i, &iter);
    }
}

static DBusHandlerResult hear(DBusConnection *connection, DBusMessage *message, void *user)
{
    struct motion *motion = user;
    (void)connection;
    if (dbus_message_get_reply_serial(message) != 0)
        hear_reply(motion, message);
    else if (dbus_message_is_signal(message, PORTAL_SETTINGS, "SettingChanged"))
        hear_change(motion, message);
    else
        return DBUS_HANDLER_RESULT_NOT_YET_HANDLED;
    return DBUS_HANDLER_RESULT_HANDLED;
}

/* Takes over message (NULL: there was no memory). */
static uint32_t post(struct motion *motion, DBusMessage *message)
{
    dbus_uint32_t serial = 0;
    if (message == NULL)
        return 0;
    dbus_connection_send(motion->connection, message, &serial);
    dbus_message_unref(message);
    return serial;
}

/* All at once: the bus answers in order, and nothing here waits for it. */
static void ask(struct motion *motion)
{
    const char *rule = "type='signal',interface='" PORTAL_SETTINGS "',member='SettingChanged',"
                       "path='" PORTAL_PATH "'";
    motion->hello = post(motion, dbus_message_new_method_call(DBUS_SERVICE_DBUS, DBUS_PATH_DBUS,
                                                              DBUS_INTERFACE_DBUS, "Hello"));
    DBusMessage *match = dbus_message_new_method_call(DBUS_SERVICE_DBUS, DBUS_PATH_DBUS,
                                                      DBUS_INTERFACE_DBUS, "AddMatch");
    if (match != NULL) {
        dbus_message_append_args(match, DBUS_TYPE_STRING, &rule, DBUS_TYPE_INVALID);
        dbus_message_set_no_reply(match, TRUE);
    }
    post(motion, match);
    for (int i = 0; i < SOURCE_COUNT; i++) {
        /* Read is the older of the portal's two ways to ask; every version has it. */
        DBusMessage *read =
            dbus_message_new_method_call(PORTAL_NAME, PORTAL_PATH, PORTAL_SETTINGS, "Read");
        if (read != NULL)
            dbus_message_append_args(read, DBUS_TYPE_STRING, &settings[i].group, DBUS_TYPE_STRING,
                                     &settings[i].key, DBUS_TYPE_INVALID);
        motion->asked[i] = post(motion, read);
    }
}

/* Where the session bus is, without starting one: only a local socket counts. */
static bool find_address(char *address, size_t size)
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

struct motion *motion_create(void)
{
    char address[PATH_MAX];
    if (!find_address(address, sizeof address))
        return NULL;
    struct motion *motion = calloc(1, sizeof *motion);
    if (motion == NULL)
        return NULL;
    DBusError error;
    dbus_error_init(&error);
    motion->connection = dbus_connection_open_private(address, &error);
    dbus_error_free(&error);
    if (motion->connection == NULL) {
        free(motion);
        return NULL;
    }
    dbus_connection_set_exit_on_disconnect(motion->connection, FALSE);
    dbus_connection_add_filter(motion->connection, hear, motion, NULL);
    ask(motion);
    return motion;
}

bool motion_waiting(const struct motion *motion)
{
    for (int i = 0; i < SOURCE_COUNT; i++) {
        if (!motion->answered[i])
            return true;
    }
    return false;
}

bool motion_changed(struct motion *motion, bool *reduced)
{
    for (int i = 0; i < MESSAGES_MAX; i++) {
        bool open = dbus_connection_read_write_dispatch(motion->connection, 0);
        if (!open ||
            dbus_connection_get_dispatch_status(motion->connection) != DBUS_DISPATCH_DATA_REMAINS)
            break;
    }
    bool known = motion->known[SOURCE_APPEARANCE] || motion->known[SOURCE_GNOME];
    enum source best = motion->known[SOURCE_APPEARANCE] ? SOURCE_APPEARANCE : SOURCE_GNOME;
    if (!known || (motion->told && motion->told_reduced == motion->reduced[best]))
        return false;
    motion->told = true;
    motion->told_reduced = motion->reduced[best];
    *reduced = motion->told_reduced;
    return true;
}

void motion_destroy(struct motion *motion)
{
    if (motion == NULL)
        return;
    dbus_connection_remove_filter(motion->connection, hear, motion);
    dbus_connection_close(motion->connection);
    dbus_connection_unref(motion->connection);
    free(motion);
}
