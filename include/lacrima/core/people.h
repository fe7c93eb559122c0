/* People: whom a person can call, as a value.  The app fills it from the help lines' files; the
 * session shows it.  Every text is UTF-8 and shown as it is; a number is shown as it is dialled
 * and never changed: 116 123 with a + before it reaches nobody. */
#ifndef LACRIMA_CORE_PEOPLE_H
#define LACRIMA_CORE_PEOPLE_H

#include "lacrima/core/scene.h"
#include "lacrima/core/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PEOPLE_COUNTRIES_MAX 48
#define PEOPLE_CONTACTS_MAX  8
#define PEOPLE_NAME_BYTES    112
#define PEOPLE_NOTE_BYTES    SCENE_ARG_BYTES
#define PEOPLE_SOURCE_BYTES  (SCENE_ARG_BYTES - 16) /* with its date it is one argument */

enum people_method { PEOPLE_CALL = 1, PEOPLE_TEXT = 2, PEOPLE_CHAT = 4 };

struct people_contact {
    uint8_t methods;              /* enum people_method, at least one */
    char number[SCENE_KEY_BYTES]; /* "0800 111 0 111"; "" for a chat */
    char name[PEOPLE_NAME_BYTES]; /* who answers */
    char note[PEOPLE_NOTE_BYTES]; /* what to send or where to go, when, in which languages */
};

struct people_country {
    char code[COUNTRY_BYTES];
    char name[PEOPLE_NAME_BYTES];           /* as its people write it, then in English */
    char emergency[SCENE_KEY_BYTES];        /* "112"; never empty */
    char emergency_note[PEOPLE_NOTE_BYTES]; /* "119 ambulance, 110 police"; may be empty */
    uint8_t contact_count;                  /* 0: only the emergency number is known */
    struct people_contact contacts[PEOPLE_CONTACTS_MAX];
    char checked[16]; /* the oldest check, "2026-06-02"; "" if there is no contact */
    char source[PEOPLE_SOURCE_BYTES];
    bool old; /* that check is more than a year ago */
};

struct people {
    char proposed[COUNTRY_BYTES]; /* what the system's language says; "": nothing */
    uint8_t country_count;
    struct people_country countries[PEOPLE_COUNTRIES_MAX]; /* by their English names */
};

/* The country with this code, or NULL. */
const struct people_country *people_find(const struct people *people, const char *code);

#endif
