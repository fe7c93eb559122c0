/* fontconfig, opened with the first words for the same reason as SDL2_ttf (ttf.c).  Without the
 * library there is no configuration, so no font is found, and that is said. */
#include <SDL.h>
#include <fontconfig/fontconfig.h>

#include <stdbool.h>
#include <string.h>

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
    bool sought, there;
} fontconfig;

static void find(void *library, const char *name, void *function)
{
    void *found = SDL_LoadFunction(library, name);
    memcpy(function, &found, sizeof found);
    fontconfig.there = fontconfig.there && found != NULL;
}

static bool is_there(void)
{
    if (fontconfig.sought)
        return fontconfig.there;
    fontconfig.sought = true;
    void *library = SDL_LoadObject(LIBRARY);
    fontconfig.there = library != NULL;
    if (library == NULL)
        return false;
#define X(result, name, parameters, arguments, otherwise) find(library, #name, &fontconfig.name);
    VALUES(X)
#undef X
#define X(name, parameters, arguments) find(library, #name, &fontconfig.name);
    ACTS(X)
#undef X
    return fontconfig.there;
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
