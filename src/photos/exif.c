/* libexif, opened when the first photograph is read and not when the program is loaded.  Its
 * functions stand here under its own names and hand on to the real ones; without the library a
 * photograph says nothing of which way up it was taken. */
#include "lacrima/base/loader.h"

#include <libexif/exif-data.h>
#include <stdbool.h>

#define LIBRARY "libexif.so.12"

/* X(result, name, parameters, arguments, what is answered without the library) */
#define VALUES(X)                                                                                  \
    X(ExifData *, exif_data_new_from_file, (const char *path), (path), NULL)                       \
    X(ExifByteOrder, exif_data_get_byte_order, (ExifData * data), (data), EXIF_BYTE_ORDER_INTEL)   \
    X(ExifEntry *, exif_content_get_entry, (ExifContent * content, ExifTag tag), (content, tag),   \
      NULL)                                                                                        \
    X(ExifShort, exif_get_short, (const unsigned char *bytes, ExifByteOrder order),                \
      (bytes, order), 0)

static struct {
#define X(result, name, parameters, arguments, otherwise) result(*name) parameters;
    VALUES(X)
#undef X
    void (*exif_data_unref)(ExifData *data);
} exif;

/* Photographs are read on a thread of their own. */
static bool is_there(void)
{
    static const struct loader_row rows[] = {
#define X(result, name, parameters, arguments, otherwise) {#name, &exif.name},
        VALUES(X)
#undef X
            {"exif_data_unref", &exif.exif_data_unref},
    };
    static struct loader loader = {
        .file = LIBRARY, .rows = rows, .count = sizeof rows / sizeof rows[0]};
    return loader_open(&loader) == LOADED;
}

#define X(result, name, parameters, arguments, otherwise)                                          \
    result name parameters                                                                         \
    {                                                                                              \
        return is_there() ? exif.name arguments : (otherwise);                                     \
    }
VALUES(X)
#undef X

void exif_data_unref(ExifData *data)
{
    if (is_there())
        exif.exif_data_unref(data);
}
