#include "lacrima/core/settings.h"

#include "lacrima/base/text.h"

#include <string.h>

void settings_init(struct settings *settings)
{
    memset(settings, 0, sizeof *settings);
#define INT(section, key, field, min, max, def, by_key) settings->field = (def);
    SETTINGS_INTS(INT)
#undef INT
#define BOOL(section, key, field, def, by_key) settings->field = (def);
    SETTINGS_BOOLS(BOOL)
#undef BOOL
    settings->text_scale_percent = 100;
    settings->motion = MOTION_DESKTOP;
    settings->fixation = FIXATION_DOT;
    settings->walk_bells_min = WALK_BELLS_MIN_DEFAULT;
}

bool settings_reduced_motion(const struct settings *settings)
{
    switch (settings->motion) {
    case MOTION_FULL:
        return false;
    case MOTION_REDUCED:
        return true;
    case MOTION_DESKTOP:
        break;
    }
    return settings->desktop_reduced;
}

bool settings_country(char code[COUNTRY_BYTES], const char *text)
{
    char read[COUNTRY_BYTES] = "";
    if (strlen(text) + 1 != sizeof read)
        return false;
    for (size_t i = 0; text[i] != '\0'; i++) {
        bool small = text[i] >= 'a' && text[i] <= 'z';
        if (!small && !(text[i] >= 'A' && text[i] <= 'Z'))
            return false;
        read[i] = (char)(small ? text[i] - 'a' + 'A' : text[i]);
    }
    (void)text_copy(code, COUNTRY_BYTES, text_equal(read, "UK") ? "GB" : read);
    return true;
}
