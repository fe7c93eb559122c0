/* What is said while something takes its time. */
#include "app.h"

#include "lacrima/base/text.h"

#include <libintl.h>

/* A folder of any size on a disk at hand has been read by then. */
#define PATIENCE_NS MILLISECONDS(1500)

void app_poll_waiting(struct app *app, time_ns now)
{
    bool waits = audio_music_waits(app->audio) || reader_waits(app->reader);
    if (!waits) {
        app->waits_since = TIME_NEVER;
        app->waits_said = false;
        return;
    }
    if (app->waits_since == TIME_NEVER)
        app->waits_since = now;
    if (app->waits_said || now < app->waits_since + PATIENCE_NS)
        return;
    app->waits_said = true;
    struct event event = {.kind = EVENT_NOTICE, .at = now};
    (void)text_copy(event.text, sizeof event.text,
                    gettext("A folder is being read. Everything else goes on meanwhile."));
    app_say(app, LOG_INFO, event.text);
    app_event(app, &event);
}

time_ns app_waiting_deadline(const struct app *app)
{
    return app->waits_since == TIME_NEVER || app->waits_said ? TIME_NEVER
                                                             : app->waits_since + PATIENCE_NS;
}
