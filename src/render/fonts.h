/* Fonts: the serif family the person or the desktop chose, and whatever else is installed for
 * the characters it lacks.  Nothing is searched before the first text is measured. */
#ifndef LACRIMA_RENDER_FONTS_H
#define LACRIMA_RENDER_FONTS_H

#include <SDL_ttf.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More than twice the scripts anyone mixes in one visit. */
#define FONT_FACES_MAX 24

/* No line that is shaped has more characters. */
#define FONT_LINE_CHARS 512

#define FONT_NONE       (-1)

struct fonts;

/* family, say, say_user: as in render_params; family is copied. */
struct fonts *fonts_create(const char *family, void (*say)(void *user, const char *line),
                           void *say_user);

/* The face that has the character: `preferred` (a face or FONT_NONE) if it does, else the
 * primary, else the best of the others; FONT_NONE if no font has it, which is said once. */
int fonts_find(struct fonts *fonts, uint32_t codepoint, int preferred);

/* The same, and nothing is said: the character may stand in a letter. */
int fonts_look(struct fonts *fonts, uint32_t codepoint, int preferred);

/* No font has the character: that is said of its script, once of each. */
void fonts_say_script(struct fonts *fonts, uint32_t codepoint);

/* How many faces are open; face 0 is the primary. */
size_t fonts_count(const struct fonts *fonts);

/* The face in a size, for the library's own functions; NULL if it cannot be scaled. */
TTF_Font *fonts_face(struct fonts *fonts, int face, int size_px);

/* Overwrites what the font library keeps of the last line it shaped in each face (the order of its
 * glyphs), and empties its cache of glyphs.  Out of reach, and freed without being overwritten: the
 * bitmaps of single glyphs, which tell letters but no order, and HarfBuzz's buffer for the line
 * last shaped, until its memory is used again; this shapes a longer line, which mostly does so. */
void fonts_forget(struct fonts *fonts);

void fonts_destroy(struct fonts **fonts);

#endif
