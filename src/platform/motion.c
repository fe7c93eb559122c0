#include "motion.h"

#include "bus.h"

#include <dbus/dbus.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PORTAL_NAME     "org.freedesktop.portal.Desktop"
#define PORTAL_PATH     "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"

/* A value of the portal lies in at most this many variants. */
#define VARIANTS_MAX 4

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
        bus_named(motion->connection, message);
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

/* All at once: the bus answers in order, and nothing here waits for it. */
static void ask(struct motion *motion)
{
    const char *rule = "type='signal',interface='" PORTAL_SETTINGS "',member='SettingChanged',"
                       "path='" PORTAL_PATH "'";
    motion->hello = bus_hello(motion->connection);
    DBusMessage *match = dbus_message_new_method_call(DBUS_SERVICE_DBUS, DBUS_PATH_DBUS,
                                                      DBUS_INTERFACE_DBUS, "AddMatch");
    if (match != NULL) {
        dbus_message_append_args(match, DBUS_TYPE_STRING, &rule, DBUS_TYPE_INVALID);
        dbus_message_set_no_reply(match, TRUE);
    }
    (void)bus_post(motion->connection, match);
    for (int i = 0; i < SOURCE_COUNT; i++) {
        /* Read is the older of the portal's two ways to ask; every version has it. */
        DBusMessage *read =
            dbus_message_new_method_call(PORTAL_NAME, PORTAL_PATH, PORTAL_SETTINGS, "Read");
        if (read != NULL)
            dbus_message_append_args(read, DBUS_TYPE_STRING, &settings[i].group, DBUS_TYPE_STRING,
                                     &settings[i].key, DBUS_TYPE_INVALID);
        motion->asked[i] = bus_post(motion->connection, read);
    }
}

struct motion *motion_create(void)
{
    DBusConnection *connection = bus_open();
    struct motion *motion = connection != NULL ? calloc(1, sizeof *motion) : NULL;
    if (motion == NULL) {
        bus_close(connection);
        return NULL;
    }
    motion->connection = connection;
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
    bus_read(motion->connection);
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
    bus_close(motion->connection);
    free(motion);
}
