/* Late: a library whose functions stand in one file under their own names, as its own header
 * declares them, and hand on to the real ones; it is opened by the first that is called.  So
 * nothing else has to know that it is not loaded with the program.  Without it each function
 * answers what its row says.  A text to be included once in such a file, after these are defined:
 *
 *     LATE_LIBRARY   its file, as loader.h asks
 *     LATE_VALUES(X) X(result, name, parameters, arguments, what is answered without the library)
 *     LATE_ACTS(X)   X(name, parameters, arguments); may be left out
 *     LATE_OTHERS(X) X(name, declaration of a pointer to it): written out below the include, for
 *                    those that take any number of arguments; may be left out
 *     LATE_CALL      how they are called; may be left out
 *     LATE_MISSING   what is done when it is missing; may be left out */
#include "lacrima/base/loader.h"

#include <stdbool.h>

#ifdef LATE_LIBRARY
#ifndef LATE_ACTS
#define LATE_ACTS(X)
#endif
#ifndef LATE_OTHERS
#define LATE_OTHERS(X)
#endif
#ifndef LATE_CALL
#define LATE_CALL
#endif
#ifndef LATE_MISSING
#define LATE_MISSING ((void)0)
#endif

static struct {
#define X(result, name, parameters, arguments, otherwise) result(LATE_CALL *name) parameters;
    LATE_VALUES(X)
#undef X
#define X(name, parameters, arguments) void(LATE_CALL * name) parameters;
    LATE_ACTS(X)
#undef X
#define X(name, pointer) pointer;
    LATE_OTHERS(X)
#undef X
} late;

/* May be asked on any thread. */
static bool late_is_there(void)
{
    static const struct loader_row rows[] = {
#define X(result, name, parameters, arguments, otherwise) {#name, &late.name},
        LATE_VALUES(X)
#undef X
#define X(name, parameters, arguments) {#name, &late.name},
            LATE_ACTS(X)
#undef X
#define X(name, pointer) {#name, &late.name},
                LATE_OTHERS(X)
#undef X
    };
    static struct loader loader = {
        .file = LATE_LIBRARY, .rows = rows, .count = sizeof rows / sizeof rows[0]};
    if (loader_open(&loader) == LOADED)
        return true;
    LATE_MISSING;
    return false;
}

#define X(result, name, parameters, arguments, otherwise)                                          \
    result LATE_CALL name parameters                                                               \
    {                                                                                              \
        return late_is_there() ? late.name arguments : (otherwise);                                \
    }
LATE_VALUES(X)
#undef X
#define X(name, parameters, arguments)                                                             \
    void LATE_CALL name parameters                                                                 \
    {                                                                                              \
        if (late_is_there())                                                                       \
            late.name arguments;                                                                   \
    }
LATE_ACTS(X)
#undef X
#endif
