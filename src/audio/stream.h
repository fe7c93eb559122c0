/* Stream: one track, opened and decoded ahead on a thread of its own, however slow its disk is; the
 * mixing thread takes what is ready.  Nobody who orders ever waits: a stream that is closed while
 * its thread still waits for a disk is left to that thread. */
#ifndef LACRIMA_AUDIO_STREAM_H
#define LACRIMA_AUDIO_STREAM_H

#include "decoder.h"

enum stream_state {
    STREAM_OPENING,
    STREAM_READY,    /* what was found is known, and its beginning is decoded */
    STREAM_FAILED,   /* and why is known */
    STREAM_ELSEWHERE /* only SDL_mixer plays it */
};

struct stream; /* owned by who opened it */

/* NULL if memory or threads are out.  wake: called from the thread when the state has changed. */
struct stream *stream_open(const char *path, const struct decoder_order *order,
                           void (*wake)(void *user), void *wake_user);
enum stream_state stream_state(const struct stream *stream);

const struct decoder_info *stream_info(const struct stream *stream); /* once ready */
const char *stream_error(const struct stream *stream);               /* once failed */

/* On the mixing thread: takes at most so many frames of what is decoded; *over: after these there
 * are no more.  patient: waits for the decoder instead of coming away with less. */
size_t stream_take(struct stream *stream, float *out, size_t frames, bool patient, bool *over);

/* Only when nobody takes from it any more.  Accepts NULL; nulls the handle; does not wait. */
void stream_close(struct stream **stream);

#endif
