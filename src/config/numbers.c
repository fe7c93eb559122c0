#include "numbers.h"

#include "lacrima/base/text.h"

#include <stddef.h>
#include <string.h>

/* Beyond every range there is; keeps the sums far from overflow. */
#define ABSURD INT64_C(1000000000)

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_sign(const char **text)
{
    bool minus = **text == '-';
    if (minus || **text == '+')
        ++*text;
    return minus;
}

static int64_t read_digits(const char **text)
{
    int64_t value = 0;
    for (; digit(**text); ++*text)
        value = value >= ABSURD ? ABSURD : value * 10 + (**text - '0');
    return value;
}

bool number_whole(const char *text, int64_t *value)
{
    bool minus = read_sign(&text);
    if (!digit(*text))
        return false;
    int64_t read = read_digits(&text);
    *value = minus ? -read : read;
    return *text == '\0';
}

bool number_hundredths(const char *text, int64_t *value)
{
    bool minus = read_sign(&text);
    if (!digit(*text) && !(*text == '.' && digit(text[1])))
        return false;
    int64_t read = read_digits(&text) * 100;
    if (*text == '.') {
        text++;
        for (int64_t unit = 10; digit(*text); text++, unit /= 10)
            read += unit * (*text - '0');
    }
    *value = minus ? -read : read;
    return *text == '\0';
}

bool number_bool(const char *text, bool *value)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"yes", true}, {"true", true},   {"on", true},   {"1", true},
                 {"no", false}, {"false", false}, {"off", false}, {"0", false}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (text_equal_nocase(text, words[i].word)) {
            *value = words[i].value;
            return true;
        }
    }
    return false;
}

bool number_colour(const char **text, struct colour *colour)
{
    static const char digits[] = "0123456789abcdef";
    const char *c = *text;
    if (*c++ != '#')
        return false;
    int codes[3] = {0};
    for (size_t i = 0; i < 6; i++, c++) {
        char low = *c >= 'A' && *c <= 'F' ? (char)(*c - 'A' + 'a') : *c;
        const char *at = low != '\0' ? strchr(digits, low) : NULL;
        if (at == NULL)
            return false;
        codes[i / 2] = codes[i / 2] * 16 + (int)(at - digits);
    }
    *text = c;
    *colour = colour_from_codes(codes[0], codes[1], codes[2]);
    return true;
}
