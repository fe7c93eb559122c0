/* Front: what a text says of itself before it begins. */
#ifndef LACRIMA_READING_FRONT_H
#define LACRIMA_READING_FRONT_H

#include "lacrima/reading.h"
#include "source.h"

struct front {
    char title[READING_TITLE_BYTES];
    char about[READING_ABOUT_BYTES];
};

/* Reads a front matter, if there is one, and moves source->begin behind it. */
void front_read(struct front *front, struct source *source);

/* The file's name without its folder and ending. */
void front_name(const char *path, char *title, size_t size);

/* Whether the file's ending says that it is Markdown. */
bool front_is_markdown(const char *path);

#endif
