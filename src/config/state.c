/* State: what keys changed, and what was answered in "about you". */
#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "lacrima/config.h"
#include "reading.h"
#include "write.h"

#include <stdio.h>
#include <string.h>

#define STATE_BYTES 4096

static const char heading[] =
    "# What Lacrima's keys changed. It is read after lacrima.ini and goes before it; delete this\n"
    "# file to go back to what lacrima.ini says.\n";

/* An answer that says what lacrima.ini says as well stands as a remark, so that it never hides a
 * later edit there. */
static const char about_heading[] = "# What you asked Lacrima to take care of. F3 in Lacrima "
                                    "changes it; so can you, here: take the\n"
                                    "# \"# \" away before a line and write yes or no. It goes "
                                    "before [care] in lacrima.ini. Delete\n"
                                    "# this file, and Lacrima asks once more.\n\n"
                                    "[" CARE_SECTION "]\n";

static bool same_section(const struct row *a, const struct row *b)
{
    return text_equal(a->section, b->section);
}

/* Adds the section of rows[first] with what changed in it; a section that an earlier row began
 * has been added already. */
static bool add_section(const struct config *config, size_t first, char *text, size_t size)
{
    for (size_t i = 0; i < first; i++) {
        if (same_section(&rows[i], &rows[first]))
            return true;
    }
    bool begun = false, fits = true;
    for (size_t i = first; i < ROW_COUNT; i++) {
        char value[256];
        char line[384];
        if (!same_section(&rows[i], &rows[first]) || rows[i].print == NULL ||
            !rows[i].print(config, &rows[i], value, sizeof value))
            continue;
        (void)snprintf(line, sizeof line, "%s%s%s%s = %s\n", begun ? "" : "\n[",
                       begun ? "" : rows[i].section, begun ? "" : "]\n", rows[i].key, value);
        fits = text_append(text, size, line) && fits;
        begun = true;
    }
    return fits;
}

bool config_state_write(const struct config *config, const char *path, struct error *error)
{
    check(config != NULL && path != NULL);
    char text[STATE_BYTES];
    text_copy(text, sizeof text, heading);
    bool fits = true;
    for (size_t i = 0; i < ROW_COUNT; i++)
        fits = add_section(config, i, text, sizeof text) && fits;
    check(fits);
    return write_whole(path, text, error);
}

bool config_about_write(const struct config *config, const char *path, struct error *error)
{
    check(config != NULL && path != NULL);
    char text[STATE_BYTES];
    char line[KEY_NAME_BYTES];
    text_copy(text, sizeof text, about_heading);
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (!text_equal(rows[i].section, CARE_SECTION))
            continue;
        bool now, before;
        memcpy(&now, (const char *)&config->settings + rows[i].offset, sizeof now);
        memcpy(&before, (const char *)&config->given + rows[i].offset, sizeof before);
        (void)snprintf(line, sizeof line, "%s%s = %s\n", now == before ? "# " : "", rows[i].key,
                       now ? "yes" : "no");
        check(text_append(text, sizeof text, line));
    }
    return write_whole(path, text, error);
}
