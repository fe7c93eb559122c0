/* What the config, the state file and the command line say together becomes the settings. */
#include "app.h"

#include "lacrima/base/text.h"

#include <stdio.h>

static void say_fault(void *user, const char *line)
{
    app_say(user, LOG_WARN, line);
}

static void read_files(struct app *app)
{
    const struct options *options = app->options;
    char path[CONFIG_PATH_BYTES];
    struct error error;
    if (options->config != NULL)
        (void)config_read(&app->config, options->config, false, say_fault, app);
    /* A recording reads no file that is not named, and keeps nothing. */
    if (options->render != NULL)
        return;
    /* Without a home there is none for the state either, which is said below. */
    if (options->config == NULL && config_default_path(path, sizeof path, &error))
        (void)config_read(&app->config, path, true, say_fault, app);
    bool asked = true;
    if (config_state_path(app->state_path, sizeof app->state_path, &error) &&
        config_places_path(app->places_path, sizeof app->places_path, &error) &&
        config_heard_path(app->listened.path, sizeof app->listened.path, &error) &&
        config_about_path(app->about_path, sizeof app->about_path, &error)) {
        (void)config_state_read(&app->config, app->state_path, say_fault, app);
        (void)config_about_read(&app->config, app->about_path, &asked, say_fault, app);
        app->config.settings.about_due = !asked;
    } else {
        app->state_path[0] = app->listened.path[0] = '\0';
        app_say(app, LOG_WARN, error.text);
    }
}

static int32_t clamped(struct app *app, const char *option, int32_t value, int32_t low,
                       int32_t high)
{
    if (value >= low && value <= high)
        return value;
    char line[128];
    int32_t used = value < low ? low : high;
    (void)snprintf(line, sizeof line, "%s %d: the range is %d to %d; %d is used", option, value,
                   low, high, used);
    app_say(app, LOG_WARN, line);
    return used;
}

static void apply_breath(struct app *app, const char *text)
{
    struct settings *settings = &app->config.settings;
    char line[ERROR_TEXT_BYTES];
    int index = pattern_find(settings, text);
    struct pattern pattern;
    bool moved = false;
    if (index < 0 && pattern_parse(text, &pattern, &moved)) {
        /* A pattern from the command line joins the person's own; when they are full it takes
         * the last one's place, for this visit only. */
        if (settings->pattern_own_count == PATTERNS_OWN_MAX)
            settings->pattern_own_count--;
        (void)text_copy(pattern.name, sizeof pattern.name, text);
        settings->patterns_own[settings->pattern_own_count++] = pattern;
        index = (int)pattern_count(settings) - 1;
        if (moved) {
            (void)snprintf(line, sizeof line,
                           "--breath %s: a length is outside its range; the nearest is used", text);
            app_say(app, LOG_WARN, line);
        }
    }
    if (index < 0) {
        (void)snprintf(line, sizeof line, "--breath %s: no such pattern; %s is used", text,
                       pattern_get(settings, settings->pattern)->name);
        app_say(app, LOG_WARN, line);
        return;
    }
    settings->pattern = (uint8_t)index;
}

static void apply_palette(struct app *app, const char *name)
{
    struct settings *settings = &app->config.settings;
    int index = palette_find(settings, name);
    if (index >= 0) {
        settings->palette = (uint8_t)index;
        return;
    }
    char line[ERROR_TEXT_BYTES];
    (void)snprintf(line, sizeof line, "--palette %s: no such palette; %s is used", name,
                   palette_name(settings, settings->palette));
    app_say(app, LOG_WARN, line);
}

static void apply_rounds(struct app *app, int rounds)
{
    struct settings *settings = &app->config.settings;
    if (app->options->technique == TECHNIQUE_YAWN)
        settings->yawn_waves = clamped(app, "--rounds", rounds, 3, 8);
    else if (app->options->technique == TECHNIQUE_MOVE)
        settings->move_rounds = clamped(app, "--rounds", rounds, 1, 5);
    else
        settings->stare_rounds = clamped(app, "--rounds", rounds, 1, 5);
}

/* The breathing's, unless the way that is begun has minutes of its own. */
static void apply_minutes(struct app *app, int minutes)
{
    struct settings *settings = &app->config.settings;
    /* Nobody breathes along while a film is rendered, so a film may be longer than a visit. */
    int most = app->options->render != NULL ? RECORD_MINUTES_MAX : 30;
    if (app->options->technique == TECHNIQUE_WALK)
        settings->walk_min = clamped(app, "--minutes", minutes, 5, 90);
    else if (app->options->technique == TECHNIQUE_SHOWER)
        settings->shower_min = clamped(app, "--minutes", minutes, 2, 5);
    else
        settings->breathe_min = clamped(app, "--minutes", minutes, 1, most);
}

/* Said as it is written there: 2.5, not 250 percent. */
static void apply_text_scale(struct app *app, int32_t percent)
{
    enum { GIVEN, LEAST, MOST, USED, NUMBERS };
    int32_t used = percent < TEXT_SCALE_PERCENT_MIN   ? TEXT_SCALE_PERCENT_MIN
                   : percent > TEXT_SCALE_PERCENT_MAX ? TEXT_SCALE_PERCENT_MAX
                                                      : percent;
    app->config.settings.text_scale_percent = used;
    if (used == percent)
        return;
    const int32_t numbers[NUMBERS] = {percent, TEXT_SCALE_PERCENT_MIN, TEXT_SCALE_PERCENT_MAX,
                                      used};
    char texts[NUMBERS][16];
    for (int i = 0; i < NUMBERS; i++)
        text_from_milli(texts[i], sizeof texts[i], numbers[i] * INT64_C(10));
    char line[128];
    (void)snprintf(line, sizeof line, "--text-scale %s: the range is %s to %s; %s is used",
                   texts[GIVEN], texts[LEAST], texts[MOST], texts[USED]);
    app_say(app, LOG_WARN, line);
}

static void apply_options(struct app *app)
{
    const struct options *options = app->options;
    struct settings *settings = &app->config.settings;
    if (options->breath != NULL)
        apply_breath(app, options->breath);
    if (options->palette != NULL)
        apply_palette(app, options->palette);
    if (options->minutes > 0)
        apply_minutes(app, options->minutes);
    if (options->rounds > 0)
        apply_rounds(app, options->rounds);
    if (options->text_scale_percent != TEXT_SCALE_ANY)
        apply_text_scale(app, options->text_scale_percent);
    if (options->voice)
        settings->sound_voice = true;
    if (options->reduced_motion)
        settings->motion = MOTION_REDUCED;
}

/* Another copy of the program may have written answers since this one read them; they stay. */
void app_refresh_answers(struct app *app)
{
    static struct config latest;
    bool there = false;
    latest = app->config;
    latest.settings = app->config.given;
    (void)config_about_read(&latest, app->about_path, &there, NULL, NULL);
#define BOOL(section, key, field, def, by_key)                                                     \
    if (there && text_equal(#section, "care"))                                                     \
        app->kept.field = latest.settings.field;
    SETTINGS_BOOLS(BOOL)
#undef BOOL
}

/* As the answers: what another copy has kept since stays, but for what was changed here. */
void app_refresh_state(struct app *app)
{
    static struct config latest;
    latest = app->config;
    latest.settings = app->kept;
    (void)config_state_read(&latest, app->state_path, NULL, NULL);
    app->kept = latest.settings;
}

/* What the command line asked for is for this visit; only what a key changed is kept. */
void app_changed_settings(const struct app *app, struct settings *settings)
{
    const struct settings *now = &app->session.settings;
    const struct settings *then = &app->started;
    *settings = app->kept;
#define INT(section, key, field, min, max, def, by_key)                                            \
    if (now->field != then->field)                                                                 \
        settings->field = now->field;
    SETTINGS_INTS(INT)
#undef INT
#define BOOL(section, key, field, def, by_key)                                                     \
    if (now->field != then->field)                                                                 \
        settings->field = now->field;
    SETTINGS_BOOLS(BOOL)
#undef BOOL
    if (now->fixation != then->fixation)
        settings->fixation = now->fixation;
    (void)text_copy(settings->country, sizeof settings->country,
                    text_equal(now->country, then->country) ? app->kept.country : now->country);
    if (now->moving != then->moving)
        settings->moving = now->moving;
    if (now->read_pace != then->read_pace)
        settings->read_pace = now->read_pace;
    if (now->palette != then->palette)
        settings->palette = now->palette;
    /* A pattern given on the command line is in no file, so its name could not be kept. */
    if (now->pattern != then->pattern && now->pattern < pattern_count(settings))
        settings->pattern = now->pattern;
}

void app_keep_state(struct app *app)
{
    struct error error;
    bool about = app->about_dirty;
    bool state = app->state_dirty;
    reader_keep(app->reader);
    kept_write(app);
    listened_write(app);
    if (!(about || state) || app->state_path[0] == '\0')
        return;
    app->about_dirty = false;
    app->state_dirty = false;
    if (about)
        app_refresh_answers(app);
    if (state)
        app_refresh_state(app);
    app_changed_settings(app, &app->config.settings);
    bool kept = !about || config_about_write(&app->config, app->about_path, &error);
    app->kept.about_due = app->kept.about_due && !(about && kept);
    if (kept)
        kept = !state || config_state_write(&app->config, app->state_path, &error);
    if (kept)
        app->started = app->session.settings;
    if (!kept && !app->state_failed) {
        app->state_failed = true;
        app_say(app, LOG_WARN, error.text);
    }
}

void app_settings(struct app *app)
{
    config_init(&app->config);
    read_files(app);
    app->kept = app->config.settings;
    apply_options(app);
    app->started = app->config.settings;
    session_init(&app->session, &app->config.settings);
}
