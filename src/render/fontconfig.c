/* fontconfig, opened with the first words for the same reason as SDL2_ttf (ttf.c).  Without the
 * library there is no configuration, so no font is found, and that is said. */
#include <fontconfig/fontconfig.h>

#define LATE_LIBRARY "libfontconfig.so.1"

#define LATE_VALUES(X)                                                                             \
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

#define LATE_ACTS(X)                                                                               \
    X(FcDefaultSubstitute, (FcPattern * pattern), (pattern))                                       \
    X(FcPatternReference, (FcPattern * pattern), (pattern))                                        \
    X(FcPatternDestroy, (FcPattern * pattern), (pattern))                                          \
    X(FcCharSetDestroy, (FcCharSet * letters), (letters))                                          \
    X(FcFontSetDestroy, (FcFontSet * fonts), (fonts))                                              \
    X(FcConfigDestroy, (FcConfig * config), (config))

#include "lacrima/base/late.h"
