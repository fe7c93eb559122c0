/* X11: a window that is to be shown, and whose request was lost. */
#ifndef LACRIMA_PLATFORM_X11_MAP_H
#define LACRIMA_PLATFORM_X11_MAP_H

struct x11_map;

/* Between the two, every second that passes asks again for whatever window of this process is not
 * shown.  NULL where the video driver is not X11's, or nobody could be found to do it. */
struct x11_map *x11_map_begin(void);
void x11_map_end(struct x11_map *map);

#endif
