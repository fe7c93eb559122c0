/* Speech: says a text through the desktop's Speech Dispatcher, in the voice, rate and loudness that
 * the person has set there.
 *
 * libspeechd is looked for when the first text is said, on a thread of its own: opening may start
 * the server, and no answer of it is waited for anywhere else.  It is spoken to over its socket on
 * this machine and nowhere else.  A server that goes away must not end the program: SIGPIPE is the
 * caller's to catch. */
#ifndef LACRIMA_SPEECH_H
#define LACRIMA_SPEECH_H

#include "lacrima/base/error.h"

#include <stdbool.h>

struct speech; /* owned by who created it */

#define SPEECH_TEXT_BYTES     8192
#define SPEECH_LANGUAGE_BYTES 16

struct speech_params {
    const char *language;     /* of all texts: "de", "pt-br" */
    void (*wake)(void *user); /* a trouble waits; from any thread; may be NULL */
    void *wake_user;
};

/* Starts its thread. */
bool speech_create(struct speech **speech, const struct speech_params *params, struct error *error);

/* Says this (UTF-8, cut at SPEECH_TEXT_BYTES) instead of whatever was to be said or is being said.
 * After a trouble nothing is said. */
void speech_say(struct speech *speech, const char *text);

/* What is being said breaks off, and nothing waits any more. */
void speech_hush(struct speech *speech);

/* After a trouble, tries anew from now on. */
void speech_again(struct speech *speech);

/* True once for each trouble, with what it is and what helps. */
bool speech_trouble(struct speech *speech, struct error *error);

/* Falls silent.  A server that does not answer is not waited for.  Accepts NULL; nulls the handle.
 */
void speech_destroy(struct speech **speech);

#endif
