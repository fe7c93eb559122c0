#include "fonts.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "script.h"

#include <fontconfig/fontconfig.h>

#include <fcntl.h>
#include <libintl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FAMILY_BYTES 160
#define SAY_BYTES    320

/* Sizes are set before every use; a face only has to be opened in some size. */
#define OPEN_SIZE_PX 32

struct face {
    TTF_Font *font;
    void *file; /* mapped: the font reads from it */
    size_t file_bytes;
    FcCharSet *characters; /* referenced */
    FcPattern *pattern;    /* referenced; tells faces apart */
    int size_px;
};

struct fonts {
    char family[FAMILY_BYTES];
    void (*say)(void *user, const char *line);
    void *say_user;
    bool searched;
    bool said_missing, said_broken, said_full;
    bool said_script[SCRIPT_NUMBERS];
    FcConfig *config;
    FcFontSet *sorted; /* every font, best first; NULL until a character is missing */
    bool sorted_searched;
    size_t face_count;
    struct face faces[FONT_FACES_MAX]; /* 0: the primary */
};

struct fonts *fonts_create(const char *family, void (*say)(void *user, const char *line),
                           void *say_user)
{
    struct fonts *fonts = calloc(1, sizeof *fonts);
    if (fonts == NULL)
        return NULL;
    (void)text_copy(fonts->family, sizeof fonts->family, family != NULL ? family : "serif");
    fonts->say = say;
    fonts->say_user = say_user;
    return fonts;
}

static void say_once(struct fonts *fonts, bool *said, const char *line)
{
    if (!*said && fonts->say != NULL)
        fonts->say(fonts->say_user, line);
    *said = true;
}

static void say_broken(struct fonts *fonts, const char *file)
{
    char line[SAY_BYTES];
    (void)snprintf(line, sizeof line, "The font %.200s cannot be opened; another is used.", file);
    say_once(fonts, &fonts->said_broken, line);
}

/* Has the library shape a line as long as any: what it keeps of the last line is overwritten, and
 * later lines find room without its being moved (moved memory is not overwritten). */
static void shape_blanks(TTF_Font *font)
{
    char blanks[FONT_LINE_CHARS + 1];
    memset(blanks, ' ', FONT_LINE_CHARS);
    blanks[FONT_LINE_CHARS] = '\0';
    (void)TTF_SizeUTF8(font, blanks, NULL, NULL);
}

/* The font's file in memory, as FreeType itself would have it: the library, left to open the file,
 * asks the system for every glyph that it draws. */
static bool map_file(const char *path, struct face *face)
{
    struct stat stat;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    face->file = MAP_FAILED;
    if (fd >= 0 && fstat(fd, &stat) == 0 && stat.st_size > 0 && stat.st_size <= INT_MAX) {
        face->file_bytes = (size_t)stat.st_size;
        face->file = mmap(NULL, face->file_bytes, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    if (fd >= 0)
        (void)close(fd);
    return face->file != MAP_FAILED;
}

static void close_face(struct face *face)
{
    if (face->font != NULL)
        TTF_CloseFont(face->font);
    if (face->file != MAP_FAILED)
        (void)munmap(face->file, face->file_bytes);
}

/* Opens the font of a fontconfig pattern as the next face; FONT_NONE if it cannot be. */
static int open_face(struct fonts *fonts, FcPattern *pattern)
{
    FcChar8 *file = NULL;
    int index = 0;
    FcCharSet *characters = NULL;
    if (FcPatternGetString(pattern, FC_FILE, 0, &file) != FcResultMatch ||
        FcPatternGetCharSet(pattern, FC_CHARSET, 0, &characters) != FcResultMatch)
        return FONT_NONE;
    (void)FcPatternGetInteger(pattern, FC_INDEX, 0, &index);
    if (fonts->face_count == FONT_FACES_MAX) {
        say_once(fonts, &fonts->said_full, "Too many fonts are in use; some letters are left out.");
        return FONT_NONE;
    }
    struct face *face = &fonts->faces[fonts->face_count];
    *face = (struct face){.size_px = OPEN_SIZE_PX};
    if (map_file((const char *)file, face))
        face->font = TTF_OpenFontIndexRW(SDL_RWFromConstMem(face->file, (int)face->file_bytes), 1,
                                         OPEN_SIZE_PX, index);
    if (face->font == NULL) {
        close_face(face);
        say_broken(fonts, (const char *)file);
        return FONT_NONE;
    }
    /* Hinted in height only, letters placed between pixels: even rhythm, still lines. */
    TTF_SetFontHinting(face->font, TTF_HINTING_LIGHT_SUBPIXEL);
    shape_blanks(face->font);
    FcPatternReference(pattern);
    face->characters = FcCharSetCopy(characters);
    face->pattern = pattern;
    return (int)fonts->face_count++;
}

static FcPattern *wanted_pattern(const struct fonts *fonts)
{
    FcPattern *pattern = FcNameParse((const FcChar8 *)fonts->family);
    if (pattern == NULL)
        pattern = FcPatternCreate();
    if (pattern == NULL)
        return NULL;
    /* The family after the person's own, so that what is missing there is still a serif. */
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)"serif");
    FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
    FcPatternAddBool(pattern, FC_COLOR, FcFalse);
    (void)FcConfigSubstitute(fonts->config, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    return pattern;
}

static bool is_scalable(FcPattern *pattern)
{
    FcBool scalable = FcTrue;
    FcBool colour = FcFalse;
    (void)FcPatternGetBool(pattern, FC_SCALABLE, 0, &scalable);
    (void)FcPatternGetBool(pattern, FC_COLOR, 0, &colour);
    return scalable && !colour;
}

/* Every installed font, best first, without those that add no character. */
static void search_all(struct fonts *fonts)
{
    if (fonts->sorted_searched || fonts->config == NULL)
        return;
    fonts->sorted_searched = true;
    FcPattern *pattern = wanted_pattern(fonts);
    FcResult result = FcResultNoMatch;
    if (pattern != NULL) {
        fonts->sorted = FcFontSort(fonts->config, pattern, FcTrue, NULL, &result);
        FcPatternDestroy(pattern);
    }
}

static void search_primary(struct fonts *fonts)
{
    if (fonts->searched)
        return;
    fonts->searched = true;
    fonts->config = TTF_Init() == 0 ? FcInitLoadConfigAndFonts() : NULL;
    FcPattern *pattern = fonts->config != NULL ? wanted_pattern(fonts) : NULL;
    if (pattern != NULL) {
        FcResult result = FcResultNoMatch;
        FcPattern *match = FcFontMatch(fonts->config, pattern, &result);
        FcPatternDestroy(pattern);
        if (match != NULL) {
            (void)open_face(fonts, match);
            FcPatternDestroy(match);
        }
    }
    if (fonts->face_count > 0)
        return;
    search_all(fonts);
    for (int i = 0; fonts->sorted != NULL && i < fonts->sorted->nfont; i++) {
        if (is_scalable(fonts->sorted->fonts[i]) &&
            open_face(fonts, fonts->sorted->fonts[i]) != FONT_NONE)
            return;
    }
    say_once(fonts, &fonts->said_missing,
             "No font was found, so no words are shown; install one, for example the package "
             "fonts-dejavu-core.");
}

static bool face_has(const struct fonts *fonts, int face, uint32_t codepoint)
{
    return face >= 0 && (size_t)face < fonts->face_count &&
           FcCharSetHasChar(fonts->faces[face].characters, codepoint);
}

/* A font of the sorted list that is not open yet. */
static int open_fallback(struct fonts *fonts, uint32_t codepoint)
{
    search_all(fonts);
    for (int i = 0; fonts->sorted != NULL && i < fonts->sorted->nfont; i++) {
        FcPattern *pattern = fonts->sorted->fonts[i];
        FcCharSet *characters = NULL;
        if (!is_scalable(pattern) ||
            FcPatternGetCharSet(pattern, FC_CHARSET, 0, &characters) != FcResultMatch ||
            !FcCharSetHasChar(characters, codepoint))
            continue;
        int face = open_face(fonts, pattern);
        if (face != FONT_NONE || fonts->face_count == FONT_FACES_MAX)
            return face;
    }
    return FONT_NONE;
}

int fonts_look(struct fonts *fonts, uint32_t codepoint, int preferred)
{
    search_primary(fonts);
    if (face_has(fonts, preferred, codepoint))
        return preferred;
    for (int face = 0; (size_t)face < fonts->face_count; face++) {
        if (face_has(fonts, face, codepoint))
            return face;
    }
    if (fonts->face_count == 0)
        return FONT_NONE;
    return open_fallback(fonts, codepoint);
}

int fonts_find(struct fonts *fonts, uint32_t codepoint, int preferred)
{
    int face = fonts_look(fonts, codepoint, preferred);
    if (face == FONT_NONE && !fonts->said_missing) {
        char line[SAY_BYTES];
        (void)snprintf(line, sizeof line,
                       "No installed font has the character U+%04X; it is left out.",
                       (unsigned)codepoint);
        say_once(fonts, &fonts->said_missing, line);
    }
    return face;
}

void fonts_say_script(struct fonts *fonts, uint32_t codepoint)
{
    char line[SAY_BYTES];
    size_t number = 0;
    const char *name = script_name(codepoint, &number);
    if (name == NULL || fonts->said_script[number])
        return;
    (void)text_fill(line, sizeof line,
                    gettext("No font on this computer has the letters of the script %s. With a "
                            "font that has them they are seen."),
                    name);
    for (char *c = line; *c != '\0'; c++) {
        if (*c == '_')
            *c = ' ';
    }
    say_once(fonts, &fonts->said_script[number], line);
}

size_t fonts_count(const struct fonts *fonts)
{
    return fonts->face_count;
}

TTF_Font *fonts_face(struct fonts *fonts, int face, int size_px)
{
    check(face >= 0 && (size_t)face < fonts->face_count);
    struct face *f = &fonts->faces[face];
    if (f->size_px != size_px) {
        if (TTF_SetFontSize(f->font, size_px) != 0)
            return NULL;
        f->size_px = size_px;
    }
    return f->font;
}

void fonts_forget(struct fonts *fonts)
{
    for (size_t i = 0; i < fonts->face_count; i++) {
        struct face *face = &fonts->faces[i];
        shape_blanks(face->font);
        /* Another size empties the library's cache of glyphs. */
        face->size_px = face->size_px == OPEN_SIZE_PX ? OPEN_SIZE_PX + 1 : OPEN_SIZE_PX;
        (void)TTF_SetFontSize(face->font, face->size_px);
    }
}

void fonts_destroy(struct fonts **fonts)
{
    if (fonts == NULL || *fonts == NULL)
        return;
    struct fonts *f = *fonts;
    for (size_t i = 0; i < f->face_count; i++) {
        close_face(&f->faces[i]);
        FcCharSetDestroy(f->faces[i].characters);
        FcPatternDestroy(f->faces[i].pattern);
    }
    if (f->sorted != NULL)
        FcFontSetDestroy(f->sorted);
    if (f->config != NULL)
        FcConfigDestroy(f->config);
    if (f->searched)
        TTF_Quit();
    free(f);
    *fonts = NULL;
}
