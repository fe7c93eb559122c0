/* What stands in the program itself: it holds where a file is damaged or missing.  A test compares
 * it with the files. */
#include "inner.h"

#include "lacrima/base/text.h"

#include <string.h>

static const struct known countries[] = {
    {"AR", "Argentina", "911, 107"},
    {"AT", "Austria", "112, 144"},
    {"AU", "Australia", "000"},
    {"BE", "Belgium", "112"},
    {"BR", "Brazil", "192, 190"},
    {"CA", "Canada", "911"},
    {"CH", "Switzerland", "112, 144"},
    {"DE", "Germany", "112"},
    {"DK", "Denmark", "112"},
    {"ES", "Spain", "112"},
    {"FI", "Finland", "112"},
    {"FR", "France", "112, 15"},
    {"GB", "United Kingdom", "999, 112"},
    {"IE", "Ireland", "112, 999"},
    {"IL", "Israel", "101, 100"},
    {"IN", "India", "112"},
    {"IT", "Italy", "112"},
    {"JP", "Japan", "119, 110"},
    {"KR", "South Korea", "119, 112"},
    {"MX", "Mexico", "911"},
    {"NL", "Netherlands", "112"},
    {"NO", "Norway", "113, 112"},
    {"NZ", "New Zealand", "111"},
    {"PL", "Poland", "112"},
    {"PT", "Portugal", "112"},
    {"SE", "Sweden", "112"},
    {"SG", "Singapore", "995, 999"},
    {"US", "United States", "911"},
    {"ZA", "South Africa", "112, 10177"},
};

#define COUNT (sizeof countries / sizeof countries[0])

const struct known *known_countries(size_t *count)
{
    *count = COUNT;
    return countries;
}

bool known_country(struct people_country *country, const char *code)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (!text_equal(countries[i].code, code))
            continue;
        memset(country, 0, sizeof *country);
        (void)text_copy(country->code, sizeof country->code, countries[i].code);
        (void)text_copy(country->name, sizeof country->name, countries[i].name);
        (void)text_copy(country->emergency, sizeof country->emergency, countries[i].emergency);
        return true;
    }
    return false;
}

static const struct {
    const char *code, *name;
} languages[] = {
    {"ar", "العربية"},  {"bn", "বাংলা"},   {"da", "Dansk"},     {"de", "Deutsch"},
    {"en", "English"},  {"es", "Español"}, {"fi", "Suomi"},     {"fr", "Français"},
    {"gu", "ગુજરાતી"},   {"he", "עברית"},   {"hi", "हिन्दी"},     {"id", "Bahasa Indonesia"},
    {"it", "Italiano"}, {"ja", "日本語"},  {"ko", "한국어"},    {"nl", "Nederlands"},
    {"no", "Norsk"},    {"pl", "Polski"},  {"pt", "Português"}, {"ru", "Русский"},
    {"sv", "Svenska"},  {"ta", "தமிழ்"},    {"zh", "中文"},
};

const char *language_name(const char *code)
{
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        if (text_equal(languages[i].code, code))
            return languages[i].name;
    }
    return code;
}
