/* Asking: whom, what for and how, and the sentence they make together.  Pure functions over one
 * table; every sentence is whole, so that it can be translated as one. */
#ifndef LACRIMA_CORE_ASKING_H
#define LACRIMA_CORE_ASKING_H

#include "lacrima/core/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum whom {
    WHOM_PERSON, /* one of the person's own, called by name */
    WHOM_FRIEND,
    WHOM_FAMILY,
    WHOM_THERAPIST,
    WHOM_GROUP,
    WHOM_LISTENER,
    WHOM_LINE, /* a help line: its sentence needs nothing chosen */
    WHOMS
};

enum how { HOW_SAY, HOW_MESSAGE, HOW_CALL, HOWS };

/* Rows of the three lists: whom counts the person's own first, need the built-in ones first. */
struct asking {
    uint8_t whom;
    uint8_t need;
    enum how how;
};

/* A text as a scene line takes it. */
struct words {
    const char *text; /* a message id, or as it is */
    const char *arg;  /* for its "%s", or NULL */
    bool literal;
};

size_t asking_whom_count(const struct settings *settings);
enum whom asking_whom(const struct settings *settings, size_t whom);
struct words asking_whom_words(const struct settings *settings, size_t whom);

/* The needs that can be said to this one, and the person's own openers after them. */
size_t asking_need_count(const struct settings *settings, enum whom whom);
struct words asking_need_words(const struct settings *settings, enum whom whom, size_t need);

/* Whether this need can be said in this way; at least one way always is. */
bool asking_offers(const struct settings *settings, const struct asking *asking, enum how how);
struct words asking_how_words(enum how how);

/* The sentence.  asking.how is one that is offered. */
struct words asking_draft(const struct settings *settings, const struct asking *asking);

/* What the other person reads: two short sentences. */
struct listening {
    const char *first, *second; /* message ids */
};
struct listening asking_listening(const struct settings *settings, const struct asking *asking);

/* The person's link that carries the sentence in this way: the first one in the config that fits;
 * NULL if there is none. */
const struct person_link *asking_link(const struct settings *settings, const struct asking *asking);

#endif
