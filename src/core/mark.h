/* N_("…") marks a message for translation where it stands in a table; the renderer's translate
 * function looks it up when it is drawn. */
#ifndef LACRIMA_CORE_MARK_H
#define LACRIMA_CORE_MARK_H

#define N_(text) (text)

#endif
