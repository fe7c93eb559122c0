/* fontconfig, opened with the first words for the same reason as SDL2_ttf (ttf.c).  Without the
 * library there is no configuration, so no font is found, and that is said. */
#include "lacrima/base/loader.h"

#include <fontconfig/fontconfig.h>
#include <stdbool.h>

#define LIBRARY "libfontconfig.so.1"

/* X(result, name, parameters, arguments, what is answered without the library) */
#define VALUES(X)                                                                                  \
    X(FcConfig *, FcInitLoadConfigAndFonts, (void), (), NULL)                                      \
    X(FcBool, FcConfigSubstitute, (FcConfig * config, FcPattern * pattern, FcMatchKind kind),      \
      (config, pattern, kind), FcFalse)                                                            \
    X(FcPattern *, FcFontMatch, (FcConfig * config, FcPattern * pattern, FcResult * result),       \
      (config, pattern, result), NULL)                                                             \
    X(FcFontSet *, FcFontSort,                                                                     \
      (FcConfig * config, FcPattern * pattern, FcBool trim, FcCharSet * *all, FcResult * result),  \
      (config, pattern, trim, all, result), NULL)                                                  \
    X(FcPattern *, FcNameParse, (const FcChar8 *name), (name), NULL)                               \
    X(FcPattern *, FcPatternCreate, (void), (), NULL)                                              \
    X(FcBool, FcPatternAddBool, (FcPattern * pattern, const char *object, FcBool value),           \
      (pattern, object, value), FcFalse)                                                           \
    X(FcBool, FcPatternAddString, (FcPattern * pattern, const char *object, const FcChar8 *value), \
      (pattern, object, value), FcFalse)                                                           \
    X(FcResult, FcPatternGetBool,                                                                  \
      (const FcPattern *pattern, const char *object, int n, FcBool *value),                        \
      (pattern, object, n, value), FcResultNoMatch)                                                \
    X(FcResult, FcPatternGetInteger,                                                               \
      (const FcPattern *pattern, const char *object, int n, int *value),                           \
      (pattern, object, n, value), FcResultNoMatch)                                                \
    X(FcResult, FcPatternGetString,                                                                \
      (const FcPattern *pattern, const char *object, int n, FcChar8 **value),                      \
      (pattern, object, n, value), FcResultNoMatch)                                                \
    X(FcResult, FcPatternGetCharSet,                                                               \
      (const FcPattern *pattern, const char *object, int n, FcCharSet **value),                    \
      (pattern, object, n, value), FcResultNoMatch)                                                \
    X(FcCharSet *, FcCharSetCopy, (FcCharSet * letters), (letters), NULL)                          \
    X(FcBool, FcCharSetHasChar, (const FcCharSet *letters, FcChar32 letter), (letters, letter),    \
      FcFalse)

#define ACTS(X)                                                                                    \
    X(FcDefaultSubstitute, (FcPattern * pattern), (pattern))                                       \
    X(FcPatternReference, (FcPattern * pattern), (pattern))                                        \
    X(FcPatternDestroy, (FcPattern * pattern), (pattern))                                          \
    X(FcCharSetDestroy, (FcCharSet * letters), (letters))                                          \
    X(FcFontSetDestroy, (FcFontSet * fonts), (fonts))                                              \
    X(FcConfigDestroy, (FcConfig * config), (config))

static struct {
#define X(result, name, parameters, arguments, otherwise) result(*name) parameters;
    VALUES(X)
#undef X
#define X(name, parameters, arguments) void(*name) parameters;
    ACTS(X)
#undef X
} fontconfig;

static bool is_there(void)
{
    static const struct loader_row rows[] = {
#define X(result, name, parameters, arguments, otherwise) {#name, &fontconfig.name},
        VALUES(X)
#undef X
#define X(name, parameters, arguments) {#name, &fontconfig.name},
            ACTS(X)
#undef X
    };
    static struct loader loader = {
        .file = LIBRARY, .rows = rows, .count = sizeof rows / sizeof rows[0]};
    return loader_open(&loader) == LOADED;
}

#define X(result, name, parameters, arguments, otherwise)                                          \
    result name parameters                                                                         \
    {                                                                                              \
        return is_there() ? fontconfig.name arguments : (otherwise);                               \
    }
VALUES(X)
#undef X
#define X(name, parameters, arguments)                                                             \
    void name parameters                                                                           \
    {                                                                                              \
        if (is_there())                                                                            \
            fontconfig.name arguments;                                                             \
    }
ACTS(X)
#undef X
