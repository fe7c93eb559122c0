#include "spd.h"

#ifdef LACRIMA_HAS_SPEECHD

#include "lacrima/base/loader.h"

#include <libspeechd.h>
#include <stdlib.h>

/* The major version of the interface is in its name. */
#define LIBRARY "libspeechd.so.2"
#define INSTALL "on Debian: apt install speech-dispatcher"

/* One row a function: found by its name, called by its type. */
#define SPD_FUNCTIONS(ROW)                                                                         \
    ROW(get_default_address)                                                                       \
    ROW(open2)                                                                                     \
    ROW(close)                                                                                     \
    ROW(set_language)                                                                              \
    ROW(say)                                                                                       \
    ROW(cancel)

static struct {
#define SPD_ROW(name) __typeof__(&spd_##name) name;
    SPD_FUNCTIONS(SPD_ROW)
#undef SPD_ROW
    __typeof__(&SPDConnectionAddress__free) free_address;
} found;

static bool load(struct error *error)
{
    static const struct loader_row rows[] = {
#define SPD_ROW(name) {"spd_" #name, &found.name},
        SPD_FUNCTIONS(SPD_ROW)
#undef SPD_ROW
            {"SPDConnectionAddress__free", &found.free_address}};
    static struct loader loader = {
        .file = LIBRARY, .rows = rows, .count = sizeof rows / sizeof rows[0]};
    switch (loader_open(&loader)) {
    case LOADED:
        return true;
    case LOADED_OTHER:
        return error_set(error, "no voice: %s has no %s", LIBRARY, loader.lacks);
    case LOADED_ABSENT:
    case LOADED_NOT_YET:
        break;
    }
    return error_set(error, "no voice: Speech Dispatcher is not here; " INSTALL);
}

/* The server of this machine; SPEECHD_ADDRESS may name one on a network, and nothing that is said
 * here leaves the machine. */
static SPDConnectionAddress *address_here(struct error *error)
{
    char *why = NULL;
    SPDConnectionAddress *address = found.get_default_address(&why);
    free(why);
    if (address != NULL && address->method == SPD_METHOD_UNIX_SOCKET)
        return address;
    found.free_address(address);
    (void)error_set(error, "no voice: SPEECHD_ADDRESS names no socket of this computer's");
    return NULL;
}

bool spd_begin(struct spd *spd, const char *language, struct error *error)
{
    if (!load(error))
        return false;
    SPDConnectionAddress *address = address_here(error);
    if (address == NULL)
        return false;
    char *why = NULL;
    /* One that is threaded could tell when it has finished, and waits for ever for a server that
     * has gone. */
    SPDConnection *connection =
        found.open2("lacrima", "prompts", NULL, SPD_MODE_SINGLE, address, 1, &why);
    free(why);
    found.free_address(address);
    if (connection == NULL)
        return error_set(error, "no voice: Speech Dispatcher does not start; " INSTALL);
    spd->connection = connection;
    (void)found.set_language(connection, language);
    return true;
}

bool spd_speak(struct spd *spd, const char *text)
{
    return found.say(spd->connection, SPD_TEXT, text) >= 0;
}

bool spd_be_quiet(struct spd *spd)
{
    return found.cancel(spd->connection) == 0;
}

void spd_end(struct spd *spd)
{
    if (spd->connection != NULL)
        found.close(spd->connection);
    spd->connection = NULL;
}

#else

bool spd_begin(struct spd *spd, const char *language, struct error *error)
{
    (void)spd;
    (void)language;
    return error_set(error, "no voice: this Lacrima was built without Speech Dispatcher "
                            "(libspeechd-dev)");
}

bool spd_speak(struct spd *spd, const char *text)
{
    (void)spd;
    (void)text;
    return false;
}

bool spd_be_quiet(struct spd *spd)
{
    (void)spd;
    return false;
}

void spd_end(struct spd *spd)
{
    (void)spd;
}

#endif
