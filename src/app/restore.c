/* Drawing that begins anew where the context was lost.  The session knows nothing of it: its clock,
 * the sounds and the letter go on. */
#include "app.h"

#include "lacrima/base/text.h"

#include <libintl.h>

/* The same window twice, for a card may still be busy with its reset; then software. */
#define ATTEMPTS 3

static bool attempt(struct app *app, const struct scene *scene, bool in_software,
                    struct error *error)
{
    int width = 0;
    int height = 0;
    if (!platform_restore(app->platform, in_software, error) ||
        !render_restore(app->render, platform_gles(app->platform), error))
        return false;
    if (in_software)
        platform_set_title(app->platform,
                           app->session.screen == SCREEN_CURTAIN ? APP_NEUTRAL_TITLE : APP_TITLE);
    platform_drawable_size(app->platform, &width, &height);
    return (width < 1 || height < 1 || render_resize(app->render, width, height, error)) &&
           render_draw(app->render, scene, app->page, error);
}

bool app_restore_drawing(struct app *app, const struct scene *scene, struct error *error)
{
    char why[ERROR_TEXT_BYTES];
    (void)text_copy(why, sizeof why, error->text);
    app_say(app, LOG_INFO, why);
    struct error first;
    for (int i = 0; i < ATTEMPTS; i++) {
        if (!attempt(app, scene, i + 1 == ATTEMPTS, i == 0 ? &first : error))
            continue;
        reader_restore(app->reader);
        app_say(app, LOG_INFO, "drawing goes on in another context");
        return true;
    }
    render_lose(app->render);
    return error_set(error,
                     gettext("The graphics driver was lost and cannot be had again (%s; %s). "
                             "What is kept is safe; start Lacrima anew."),
                     why, first.text);
}
