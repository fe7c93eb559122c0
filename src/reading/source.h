/* Source: the file, seen through stretches that begin where a paragraph does. */
#ifndef LACRIMA_READING_SOURCE_H
#define LACRIMA_READING_SOURCE_H

#include "lacrima/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SOURCE_CHUNK      16384
#define SOURCE_STRETCH    (2 * SOURCE_CHUNK) /* no stretch is longer */
#define SOURCE_PATH_BYTES 4096

struct source {
    int fd;
    uint64_t size;  /* as it was when opened */
    uint64_t begin; /* behind a byte order mark and the front matter */
    char path[SOURCE_PATH_BYTES];
};

bool source_open(struct source *source, const char *path, struct error *error);
void source_close(struct source *source);

/* Reads as much of the file as there is at offset; fewer bytes at its end, 0 if it cannot. */
size_t source_read(const struct source *source, uint64_t offset, char *bytes, size_t size);

uint64_t source_count(const struct source *source);

/* The stretch that holds this byte. */
uint64_t source_find(const struct source *source, uint64_t offset);

/* Reads stretch `index` into SOURCE_STRETCH + 1 bytes with a zero behind them; returns how many
 * there are, and where in the file they begin. */
size_t source_stretch(const struct source *source, uint64_t index, char *bytes, uint64_t *at);

/* The line this byte is on, from 1; 0 where looking would take too long. */
uint64_t source_line_of(const struct source *source, uint64_t offset);

#endif
