/* Reduced motion: a settings portal made here, on a bus made here. */
#include "motion.h"
#include "own_bus.h"

#include "lacrima/platform.h"

#include <dbus/dbus.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>

#include <cmocka.h>

#define PORTAL        "org.freedesktop.portal.Desktop"
#define ADDRESS_BYTES 512
#define PORTAL_PATH   "/org/freedesktop/portal/desktop"
#define SETTINGS      "org.freedesktop.portal.Settings"
#define PATIENCE_NS   SECONDS(120)
#define UNKNOWN       (-1)

/* What the portal answers; UNKNOWN: an error, as an older portal does. */
static int appearance = UNKNOWN;
static int animations = UNKNOWN;
static int asked;

static pid_t bus;
static DBusConnection *portal;

static void append_value(DBusMessageIter *to, bool nested, int type, const void *value)
{
    DBusMessageIter outer, inner;
    const char signature[2] = {(char)type, '\0'};
    /* The older way to ask gives a variant in a variant; the signal gives one. */
    if (nested) {
        dbus_message_iter_open_container(to, DBUS_TYPE_VARIANT, "v", &outer);
        append_value(&outer, false, type, value);
        dbus_message_iter_close_container(to, &outer);
        return;
    }
    dbus_message_iter_open_container(to, DBUS_TYPE_VARIANT, signature, &inner);
    dbus_message_iter_append_basic(&inner, type, value);
    dbus_message_iter_close_container(to, &inner);
}

static void append_setting(DBusMessage *message, bool nested, bool gnome, int value)
{
    DBusMessageIter iter;
    dbus_uint32_t number = (dbus_uint32_t)value;
    dbus_bool_t truth = value != 0;
    dbus_message_iter_init_append(message, &iter);
    if (gnome)
        append_value(&iter, nested, DBUS_TYPE_BOOLEAN, &truth);
    else
        append_value(&iter, nested, DBUS_TYPE_UINT32, &number);
}

static DBusHandlerResult answer(DBusConnection *connection, DBusMessage *message, void *user)
{
    const char *group = NULL, *key = NULL;
    (void)user;
    if (!dbus_message_is_method_call(message, SETTINGS, "Read"))
        return DBUS_HANDLER_RESULT_NOT_YET_HANDLED;
    assert_true(dbus_message_get_args(message, NULL, DBUS_TYPE_STRING, &group, DBUS_TYPE_STRING,
                                      &key, DBUS_TYPE_INVALID));
    bool gnome = strcmp(group, "org.gnome.desktop.interface") == 0;
    assert_string_equal(key, gnome ? "enable-animations" : "reduced-motion");
    int value = gnome ? animations : appearance;
    DBusMessage *reply =
        value == UNKNOWN
            ? dbus_message_new_error(message, "org.freedesktop.portal.Error.NotFound", "none")
            : dbus_message_new_method_return(message);
    if (value != UNKNOWN)
        append_setting(reply, true, gnome, value);
    dbus_connection_send(connection, reply, NULL);
    dbus_message_unref(reply);
    asked++;
    return DBUS_HANDLER_RESULT_HANDLED;
}

static void run_portal(void)
{
    own_bus_run(portal);
}

static void change(const char *group, const char *key, bool gnome, int value)
{
    DBusMessage *signal = dbus_message_new_signal(PORTAL_PATH, SETTINGS, "SettingChanged");
    dbus_message_append_args(signal, DBUS_TYPE_STRING, &group, DBUS_TYPE_STRING, &key,
                             DBUS_TYPE_INVALID);
    append_setting(signal, false, gnome, value);
    dbus_connection_send(portal, signal, NULL);
    dbus_connection_flush(portal);
    dbus_message_unref(signal);
}

/* Until the setting is told, or (told NULL) until every question is answered. */
static bool run_until_told(struct motion *motion, bool *told)
{
    time_ns until = platform_now() + PATIENCE_NS;
    while (platform_now() < until) {
        bool reduced = false;
        run_portal();
        if (motion_changed(motion, &reduced)) {
            assert_non_null(told);
            *told = reduced;
            return true;
        }
        if (told == NULL && !motion_waiting(motion))
            return true;
    }
    return false;
}

static int start_bus(void **state)
{
    (void)state;
    bus = own_bus_start();
    portal = bus > 0 ? own_bus_join(PORTAL) : NULL;
    if (portal == NULL)
        return -1;
    dbus_connection_add_filter(portal, answer, NULL, NULL);
    return 0;
}

static int stop_bus(void **state)
{
    (void)state;
    own_bus_leave(portal);
    own_bus_end(bus);
    return 0;
}

static void the_setting_is_read_and_followed(void **state)
{
    bool reduced = false;
    (void)state;
    appearance = 1;
    animations = 1;
    struct motion *motion = motion_create();
    assert_non_null(motion);
    assert_true(motion_waiting(motion));
    assert_true(run_until_told(motion, &reduced));
    assert_true(reduced);
    change("org.freedesktop.appearance", "color-scheme", false, 0);
    change("org.freedesktop.appearance", "reduced-motion", false, 0);
    assert_true(run_until_told(motion, &reduced));
    assert_false(reduced);
    motion_destroy(motion);
}

static void the_older_setting_counts_where_it_is_the_only_one(void **state)
{
    bool reduced = false;
    (void)state;
    appearance = UNKNOWN;
    animations = 0;
    struct motion *motion = motion_create();
    assert_non_null(motion);
    assert_true(run_until_told(motion, &reduced));
    assert_true(reduced);
    change("org.gnome.desktop.interface", "enable-animations", true, 1);
    assert_true(run_until_told(motion, &reduced));
    assert_false(reduced);
    motion_destroy(motion);
}

static void a_portal_that_knows_nothing_is_silence(void **state)
{
    (void)state;
    appearance = UNKNOWN;
    animations = UNKNOWN;
    asked = 0;
    struct motion *motion = motion_create();
    assert_non_null(motion);
    assert_true(run_until_told(motion, NULL));
    assert_int_equal(asked, 2);
    motion_destroy(motion);
}

static void creating_waits_for_nobody(void **state)
{
    (void)state;
    /* The portal is not run here at all, so an answer cannot come. */
    time_ns before = platform_now();
    struct motion *motion = motion_create();
    bool reduced = false;
    assert_non_null(motion);
    assert_false(motion_changed(motion, &reduced));
    /* Less than the bus itself waits for an answer, and enough for a machine that stands still. */
    assert_true(platform_now() - before < SECONDS(20));
    motion_destroy(motion);
    run_portal();
}

static void only_a_local_bus_is_asked(void **state)
{
    char kept[ADDRESS_BYTES];
    static const char *const others[] = {"tcp:host=localhost,port=1", "unixexec:path=/bin/false",
                                         "autolaunch:", "unix:path=/no/such/socket"};
    (void)state;
    (void)snprintf(kept, sizeof kept, "%s", getenv("DBUS_SESSION_BUS_ADDRESS"));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        setenv("DBUS_SESSION_BUS_ADDRESS", others[i], 1);
        assert_null(motion_create());
    }
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    unsetenv("XDG_RUNTIME_DIR");
    assert_null(motion_create());
    setenv("XDG_RUNTIME_DIR", "/no/such/folder", 1);
    assert_null(motion_create());
    setenv("DBUS_SESSION_BUS_ADDRESS", kept, 1);
}

/* Last: it ends the bus. */
static void a_bus_that_goes_away_is_silence(void **state)
{
    bool reduced = false;
    (void)state;
    appearance = 1;
    struct motion *motion = motion_create();
    assert_non_null(motion);
    assert_true(run_until_told(motion, &reduced));
    kill(bus, SIGTERM);
    waitpid(bus, NULL, 0);
    bus = 0;
    for (int i = 0; i < 100; i++)
        assert_false(motion_changed(motion, &reduced));
    motion_destroy(motion);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_setting_is_read_and_followed),
        cmocka_unit_test(the_older_setting_counts_where_it_is_the_only_one),
        cmocka_unit_test(a_portal_that_knows_nothing_is_silence),
        cmocka_unit_test(creating_waits_for_nobody),
        cmocka_unit_test(only_a_local_bus_is_asked),
        cmocka_unit_test(a_bus_that_goes_away_is_silence),
    };
    return cmocka_run_group_tests(tests, start_bus, stop_bus);
}
