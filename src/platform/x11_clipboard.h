/* X11 clipboard: what another program holds there. */
#ifndef LACRIMA_PLATFORM_X11_CLIPBOARD_H
#define LACRIMA_PLATFORM_X11_CLIPBOARD_H

#include "inner.h"

/* False: it is not X11, or no other program holds the clipboard, so SDL is to be asked.  Else *text
 * is what it holds, at most so many bytes, cut anywhere and ended with a NUL, for the caller to
 * free; NULL if it gave nothing. */
bool x11_clipboard_get(const struct platform *platform, size_t bytes_max, char **text);

#endif
