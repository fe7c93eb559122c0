/* Text: while somebody takes text, keys that type arrive as what they type, and the mouse as where
 * it points. */
#ifndef LACRIMA_PLATFORM_TEXT_H
#define LACRIMA_PLATFORM_TEXT_H

#include "inner.h"

/* A press of a key while text is taken.  True: it types, and is no key event. */
bool text_takes_key(struct platform *platform, const SDL_KeyboardEvent *from, const struct key *key,
                    bool fresh);

/* A key that an input method leaves to the window, while something is composed: what was composed
 * is written down first.  True: all of it is in SDL's queue again, in that order. */
bool text_waits(struct platform *platform, const SDL_Event *key);

/* True if the event is filled.  What was in `from` is overwritten. */
bool text_take_typed(struct platform *platform, SDL_Event *from, struct platform_event *event);
bool text_take_edited(struct platform *platform, SDL_Event *from, struct platform_event *event);
bool text_take_mouse(struct platform *platform, SDL_Event *from, struct platform_event *event);

#endif
