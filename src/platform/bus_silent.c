#include "bus.h"

#include <SDL.h>

#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Counted in looks, so that where the whole machine stood still a bus has its time too. */
#define LOOK_MS        100
#define LOOKS_MAX      50
#define BUSES          2

#define SYSTEM_ADDRESS "unix:path=/run/dbus/system_bus_socket"
#define NO_ADDRESS     "disabled:" /* to libdbus a kind of address that it does not know */

struct asked {
    const char *variable;
    char address[PATH_MAX];
    atomic_bool heard;
};

/* Who asks a bus that never answers stays, and so does what it was asked with. */
static struct asked buses[BUSES];
static SDL_sem *heard;

/* Even to be let in may take for ever.  Whatever comes of it, be it that nobody is there, is an
 * answer. */
static int SDLCALL ask(void *user)
{
    struct asked *asked = user;
    DBusConnection *connection = dbus_connection_open_private(asked->address, NULL);
    DBusMessage *hello = dbus_message_new_method_call(DBUS_SERVICE_DBUS, DBUS_PATH_DBUS,
                                                      DBUS_INTERFACE_DBUS, "Hello");
    if (connection != NULL && hello != NULL) {
        dbus_connection_set_exit_on_disconnect(connection, FALSE);
        DBusMessage *reply = dbus_connection_send_with_reply_and_block(connection, hello,
                                                                       DBUS_TIMEOUT_INFINITE, NULL);
        if (reply != NULL)
            dbus_message_unref(reply);
    }
    if (hello != NULL)
        dbus_message_unref(hello);
    bus_close(connection);
    atomic_store(&asked->heard, true);
    SDL_SemPost(heard);
    return 0;
}

static void begin(struct asked *asked)
{
    SDL_Thread *thread = SDL_CreateThread(ask, "bus-ask", asked);
    if (thread == NULL)
        atomic_store(&asked->heard, true);
    else
        SDL_DetachThread(thread);
}

static bool all_heard(void)
{
    bool all = true;
    for (int i = 0; i < BUSES; i++)
        all = all && atomic_load(&buses[i].heard);
    return all;
}

/* Only what is a local socket is asked; SDL may still start another one by itself. */
static void find_addresses(void)
{
    const char *system = getenv("DBUS_SYSTEM_BUS_ADDRESS");
    bool local = system == NULL || SDL_strncmp(system, "unix:", SDL_strlen("unix:")) == 0;
    buses[0].variable = "DBUS_SESSION_BUS_ADDRESS";
    buses[1].variable = "DBUS_SYSTEM_BUS_ADDRESS";
    atomic_store(&buses[0].heard, !bus_address(buses[0].address, sizeof buses[0].address));
    atomic_store(&buses[1].heard, !local);
    (void)SDL_strlcpy(buses[1].address, system != NULL ? system : SYSTEM_ADDRESS,
                      sizeof buses[1].address);
}

bool bus_leave_silent(void)
{
    bool silent = false;
    if (heard != NULL || (heard = SDL_CreateSemaphore(0)) == NULL)
        return false;
    (void)dbus_threads_init_default();
    find_addresses();
    for (int i = 0; i < BUSES; i++) {
        if (!atomic_load(&buses[i].heard))
            begin(&buses[i]);
    }
    for (int i = 0; i < LOOKS_MAX && !all_heard(); i++)
        (void)SDL_SemWaitTimeout(heard, LOOK_MS);
    for (int i = 0; i < BUSES; i++) {
        if (!atomic_load(&buses[i].heard))
            silent = setenv(buses[i].variable, NO_ADDRESS, 1) == 0 || silent;
    }
    return silent;
}
