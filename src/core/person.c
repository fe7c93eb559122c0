#include "lacrima/core/person.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <string.h>

#define DIGITS_MIN 2 /* some emergency numbers have no more */

static const char *const names[LINK_SCHEMES] = {
    [LINK_TEL] = "tel", [LINK_SMS] = "sms", [LINK_MAILTO] = "mailto"};

const char *link_scheme_name(enum link_scheme scheme)
{
    check(scheme < LINK_SCHEMES);
    return names[scheme];
}

static bool one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_number(const char *text)
{
    size_t digits = 0;
    for (const char *c = text; *c != '\0'; c++) {
        digits += is_digit(*c) ? 1 : 0;
        if (!is_digit(*c) && !one_of(*c, "*#().-/ ") && !(*c == '+' && c == text))
            return false;
    }
    return digits >= DIGITS_MIN;
}

/* Whatever is not a letter of some script, a digit or one of these could end the address and
 * begin something else ("?bcc="). */
static bool is_mail(const char *text)
{
    const char *at = strchr(text, '@');
    if (at == NULL || at == text || at[1] == '\0' || strchr(at + 1, '@') != NULL)
        return false;
    for (const char *c = text; *c != '\0'; c++) {
        bool ascii = (unsigned char)*c < 0x80;
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
        if (ascii && !letter && !is_digit(*c) && !one_of(*c, "@.+-_!#$*'/=^{}~"))
            return false;
    }
    return true;
}

/* The length of "tel:" at the beginning, in any case; 0 if this is another scheme. */
static size_t scheme_length(const char *text, enum link_scheme scheme)
{
    size_t length = strlen(names[scheme]);
    char given[sizeof "mailto"];
    if (strlen(text) <= length || text[length] != ':')
        return 0;
    memcpy(given, text, length);
    given[length] = '\0';
    return text_equal_nocase(given, names[scheme]) ? length + 1 : 0;
}

const char *person_link_read(const char *text, struct person_link *link)
{
    enum link_scheme scheme = LINK_TEL;
    while (scheme < LINK_SCHEMES && scheme_length(text, scheme) == 0)
        scheme++;
    if (scheme == LINK_SCHEMES)
        return "is not tel:, sms: or mailto:";
    const char *address = text + scheme_length(text, scheme);
    while (*address == ' ')
        address++;
    if (strlen(address) >= sizeof link->address)
        return "is longer than 127 bytes";
    if (scheme == LINK_MAILTO && !is_mail(address))
        return "is no mail address";
    if (scheme != LINK_MAILTO && !is_number(address))
        return "is no telephone number";
    link->scheme = scheme;
    (void)text_copy(link->address, sizeof link->address, address);
    return NULL;
}

/* Appends one byte; false if there is no room. */
static bool put(char *uri, size_t size, size_t *used, char c)
{
    if (*used + 1 >= size)
        return false;
    uri[(*used)++] = c;
    uri[*used] = '\0';
    return true;
}

/* Appends a text whose every byte but letters, digits and `plain` is percent-encoded. */
static bool put_encoded(char *uri, size_t size, size_t *used, const char *text, const char *plain)
{
    static const char hex[] = "0123456789ABCDEF";
    for (const char *c = text; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
        if (letter || is_digit(*c) || one_of(*c, plain)) {
            if (!put(uri, size, used, *c))
                return false;
        } else if (!put(uri, size, used, '%') || !put(uri, size, used, hex[byte >> 4]) ||
                   !put(uri, size, used, hex[byte & 15])) {
            return false;
        }
    }
    return true;
}

/* A number without what only parts it for the eye. */
static void bare_number(char *number, const char *address)
{
    size_t used = 0;
    for (const char *c = address; *c != '\0'; c++) {
        if (is_digit(*c) || one_of(*c, "+*#"))
            number[used++] = *c;
    }
    number[used] = '\0';
}

bool person_link_uri(const struct person_link *link, const char *body, char *uri, size_t size)
{
    char address[LINK_ADDRESS_BYTES];
    size_t used = 0;
    check(size > 0);
    uri[0] = '\0';
    if (link->scheme == LINK_MAILTO)
        (void)text_copy(address, sizeof address, link->address);
    else
        bare_number(address, link->address);
    bool fits = put_encoded(uri, size, &used, link_scheme_name(link->scheme), "") &&
                put(uri, size, &used, ':') && put_encoded(uri, size, &used, address, "+*@.-_~");
    if (fits && body != NULL && body[0] != '\0' && link->scheme != LINK_TEL)
        fits = put_encoded(uri, size, &used, "?body=", "?=") &&
               put_encoded(uri, size, &used, body, "-._~");
    if (!fits)
        uri[0] = '\0';
    return fits;
}
