/* Person: the people of the person's own, as the config names them, and the openers they would
 * say.  Plain data, part of the settings; nothing is opened or written from here. */
#ifndef LACRIMA_CORE_PERSON_H
#define LACRIMA_CORE_PERSON_H

#include <stdbool.h>
#include <stddef.h>

#define PEOPLE_OWN_MAX     16
#define PERSON_NAME_BYTES  64
#define PERSON_LINKS_MAX   4
#define LINK_ADDRESS_BYTES 128
#define OPENERS_OWN_MAX    16
#define OPENER_BYTES       160

/* No other scheme is ever opened. */
enum link_scheme { LINK_TEL, LINK_SMS, LINK_MAILTO, LINK_SCHEMES };

struct person_link {
    enum link_scheme scheme;
    char address[LINK_ADDRESS_BYTES]; /* as it was written, without the scheme: "+49 30 1234" */
};

struct person {
    char name[PERSON_NAME_BYTES]; /* UTF-8 in any script, never empty */
    size_t link_count;            /* 0: a name alone, to be spoken to */
    struct person_link links[PERSON_LINKS_MAX];
};

struct people_own {
    size_t count; /* in the file's order */
    struct person people[PEOPLE_OWN_MAX];
    size_t opener_count;
    char openers[OPENERS_OWN_MAX][OPENER_BYTES]; /* shown and copied as they were written */
};

/* "tel", "sms", "mailto". */
const char *link_scheme_name(enum link_scheme scheme);

/* Reads "tel:+49 30 1234", "sms:…" or "mailto:ana@example.org".  A number is digits with
 * + * # ( ) . / - and blanks between them; an address has one "@" with something on both sides
 * and nothing that would end it.  Returns NULL, or why it is no such link, leaving *link alone. */
const char *person_link_read(const char *text, struct person_link *link);

/* Room for any link with any text that can stand on the field. */
#define LINK_URI_BYTES 4096

/* The link as it is handed to the desktop, percent-encoded (RFC 3966, 5724, 6068): a number
 * without what only parts it for the eye, and with body (may be NULL) where the scheme takes one,
 * which tel does not.  False if it does not fit; uri is then empty. */
bool person_link_uri(const struct person_link *link, const char *body, char *uri, size_t size);

#endif
