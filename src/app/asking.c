/* What a person asked to be copied or opened.  A recording does neither: it leaves nothing on
 * anybody's desktop. */
#include "app.h"

#include "lacrima/base/text.h"

#include <libintl.h>
#include <stdio.h>

#define ASKING_BYTES 1024

static void read_text(const struct effect *effect, char text[ASKING_BYTES])
{
    if (effect->on)
        (void)text_copy(text, ASKING_BYTES, effect->name);
    else
        (void)text_fill(text, ASKING_BYTES, gettext(effect->name), effect->state);
}

const char *app_translate(const char *message_id)
{
    return *message_id == '\0' ? message_id : gettext(message_id);
}

void app_copy(struct app *app, const struct effect *effect)
{
    char text[ASKING_BYTES];
    struct error error;
    if (app->options->render != NULL)
        return;
    read_text(effect, text);
    if (!platform_clipboard_set(app->platform, text, &error))
        app_say(app, LOG_WARN, error.text);
}

void app_open(struct app *app, const struct effect *effect)
{
    char text[ASKING_BYTES];
    char uri[LINK_URI_BYTES];
    struct error error;
    if (app->options->render != NULL)
        return;
    read_text(effect, text);
    if (!person_link_uri(effect->link, text, uri, sizeof uri)) {
        app_say(app, LOG_WARN, gettext("The sentence is too long for this link; copy it instead."));
        return;
    }
    if (!platform_open_link(app->platform, uri, &error))
        app_say(app, LOG_WARN, error.text);
}
