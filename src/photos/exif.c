/* libexif, opened when the first photograph is read and not when the program is loaded.  Its
 * functions stand here under its own names and hand on to the real ones; without the library a
 * photograph says nothing of which way up it was taken. */
#include <libexif/exif-data.h>

#define LATE_LIBRARY "libexif.so.12"

#define LATE_VALUES(X)                                                                             \
    X(ExifData *, exif_data_new_from_file, (const char *path), (path), NULL)                       \
    X(ExifByteOrder, exif_data_get_byte_order, (ExifData * data), (data), EXIF_BYTE_ORDER_INTEL)   \
    X(ExifEntry *, exif_content_get_entry, (ExifContent * content, ExifTag tag), (content, tag),   \
      NULL)                                                                                        \
    X(ExifShort, exif_get_short, (const unsigned char *bytes, ExifByteOrder order),                \
      (bytes, order), 0)

#define LATE_ACTS(X) X(exif_data_unref, (ExifData * data), (data))

#include "lacrima/base/late.h"
