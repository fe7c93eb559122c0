/* Picture: one file, decoded, turned the way up it was taken, and made small enough. */
#ifndef LACRIMA_PHOTOS_PICTURE_H
#define LACRIMA_PHOTOS_PICTURE_H

#include "lacrima/photos.h"

/* The picture, at most half as large again as fits into width x height (the renderer does the
 * rest).  False with "file: why".  picture->rgba is then the caller's to free. */
bool picture_read(struct photos_picture *picture, const char *path, int width, int height,
                  struct error *error);

#endif
