#include "app.h"

#include "beside.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"
#include "paths.h"
#include "people.h"

#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The glow needs no finer steps than these; equal steps are equal scenes and cost nothing. */
#define LEVEL_STEPS 512.0

/* A cue that comes later than this does not belong to what is seen any more. */
#define CUE_LATE_NS MILLISECONDS(400)

/* Lines of a page that were never drawn before: about a millisecond each, and a page of them is
 * there within six frames. */
#define NEW_LINES_A_FRAME 4

#define RECORD_WIDTH      1920
#define RECORD_HEIGHT     1080

void app_say(struct app *app, enum log_level level, const char *line)
{
    if (level <= app->options->log_level) {
        (void)fprintf(stderr, "lacrima: %s\n", line);
        (void)fflush(stderr);
    }
    if (level <= LOG_WARN) {
        app->notice_waits = true;
        (void)text_shorten_paths(app->notice, sizeof app->notice, line, SHOWN_PATH_CHARS);
    }
}

static void say_warning(void *user, const char *line)
{
    app_say(user, LOG_WARN, line);
}

static void wake(void *user)
{
    struct app *app = user;
    if (app->platform != NULL)
        platform_wake(app->platform);
}

/* Other programs' music makes room for ours, and comes back after it if that is wanted. */
static void make_room(struct app *app, bool playing)
{
    const struct settings *settings = &app->session.settings;
    if (app->options->render != NULL || app->options->mute)
        return;
    if (playing && settings->sound_pause_others)
        platform_players_pause(app->platform);
    else if (!playing && settings->sound_resume_others)
        platform_players_resume(app->platform);
}

static void carry_out_music(struct app *app, const struct effect *effect)
{
    struct audio *audio = app->audio;
    if (effect->music != MUSIC_BED && effect->music != MUSIC_RISE)
        make_room(app, effect->music != MUSIC_PAUSE && effect->music != MUSIC_STOP);
    switch (effect->music) {
    case MUSIC_PLAY:
        kept_settle(app, effect->at);
        audio_music_play(audio, effect->at);
        break;
    case MUSIC_PAUSE:
        audio_music_pause(audio, effect->at);
        break;
    case MUSIC_STOP:
        audio_music_stop(audio, effect->at);
        break;
    case MUSIC_NEXT:
        audio_music_step(audio, +1, effect->at);
        break;
    case MUSIC_PREVIOUS:
        audio_music_step(audio, -1, effect->at);
        break;
    case MUSIC_BED:
        audio_music_bed(audio, true, effect->at);
        break;
    case MUSIC_RISE:
        audio_music_bed(audio, false, effect->at);
        break;
    }
}

static void next_display(struct app *app, time_ns at)
{
    const char *name = app->options->render != NULL ? NULL : platform_next_display(app->platform);
    if (name == NULL)
        return;
    (void)text_copy(app->config.display, sizeof app->config.display, name);
    app->state_dirty = true;
    events_setting(&app->log, at, "display", name);
}

static void toggle_fullscreen(struct app *app, time_ns at)
{
    if (app->options->render != NULL)
        return;
    platform_toggle_fullscreen(app->platform);
    events_setting(&app->log, at, "fullscreen", platform_fullscreen(app->platform) ? "on" : "off");
}

static void setting_changed(struct app *app, const char *name)
{
    /* That "about you" was seen is worth a file only where there is none: looking at it again
     * leaves what somebody may have written there as it is. */
    if (text_equal(name, "about"))
        app->about_dirty = app->about_dirty || app->kept.about_due;
    else if (strncmp(name, "care.", 5) == 0)
        app->about_dirty = true;
    else
        app->state_dirty = true;
    audio_volume(app->audio, app->session.settings.sound_volume);
    reader_settings(app->reader);
}

/* A swap can hold the loop up for seconds; what fell into that is not caught up in a burst. */
static void sound(struct app *app, const struct effect *effect)
{
    if (app->reached - effect->at > CUE_LATE_NS)
        app->belated = cue_belated(app->belated, effect->cue);
    else
        audio_cue(app->audio, effect->cue, effect->length_ns, effect->at);
}

static void silence(struct app *app, const struct effect *effect)
{
    audio_silence(app->audio, effect->on, effect->at);
    reader_silence(app->reader, effect->on);
}

/* Of what the person has brought, or writes. */
static void ask_for_own(struct app *app, const struct effect *effect)
{
    if (effect->kind == EFFECT_SHELF) {
        kept_mark(app, effect);
        return;
    }
    if (effect->kind == EFFECT_LETTER) {
        app_ask_letter(app, effect);
        return;
    }
    if (effect->read == READ_TELL)
        kept_settle(app, effect->at);
    app_ask_reader(app, effect);
}

static void carry_out(struct app *app, const struct effect *effect)
{
    events_effect(&app->log, effect);
    switch (effect->kind) {
    case EFFECT_STATE:
        audio_state_begins(app->audio, effect->at);
        break;
    case EFFECT_SCREEN:
        if (text_equal(effect->name, "people"))
            app_tell_people(app);
        app_close_letters(app, effect->name);
        break;
    case EFFECT_CUE:
        sound(app, effect);
        break;
    case EFFECT_CUES_STOP:
        audio_cues_stop(app->audio, effect->at);
        app->belated = CUE_NONE;
        break;
    case EFFECT_AMBIENCE:
        audio_ambience(app->audio, effect->ambience, effect->at);
        break;
    case EFFECT_MUSIC:
        carry_out_music(app, effect);
        break;
    case EFFECT_SETTING:
        setting_changed(app, effect->name);
        break;
    case EFFECT_TITLE:
        platform_set_title(app->platform, effect->on ? APP_TITLE : APP_NEUTRAL_TITLE);
        platform_pointer_neutral(app->platform, !effect->on);
        break;
    case EFFECT_AWAKE:
        platform_keep_awake(app->platform, effect->on);
        break;
    case EFFECT_SILENCE:
        silence(app, effect);
        break;
    case EFFECT_FULLSCREEN:
        toggle_fullscreen(app, effect->at);
        break;
    case EFFECT_DISPLAY:
        next_display(app, effect->at);
        break;
    case EFFECT_CLIPBOARD:
        app_copy(app, effect);
        break;
    case EFFECT_LINK:
        app_open(app, effect);
        break;
    case EFFECT_READ:
    case EFFECT_SHELF:
    case EFFECT_LETTER:
        ask_for_own(app, effect);
        break;
    case EFFECT_QUIT:
        app->quit = true;
        break;
    }
}

void app_carry_out(struct app *app, struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++)
        carry_out(app, &effects->items[i]);
    effects->count = 0;
}

void app_begin(struct app *app)
{
    struct effects effects = {0};
    session_begin(&app->session, app->options->technique, 0, &effects);
    app_carry_out(app, &effects);
    app_take_read(app, 0);
    app_take_letter(app, 0);
    voice_follow(app, 0);
}

/* What audio has begun or ended becomes an event at its own time. */
static void take_audio(struct app *app, time_ns now)
{
    struct audio_event heard;
    while (audio_poll(app->audio, now, &heard)) {
        struct event event = {.at = time_max(time_min(heard.at, now), app->session.now)};
        event.kind = heard.kind == AUDIO_STARTED ? EVENT_MUSIC_STARTED : EVENT_MUSIC_ENDED;
        if (heard.kind == AUDIO_ENDED)
            make_room(app, false);
        (void)text_copy(event.text, sizeof event.text, heard.title);
        kept_started(app, heard.kind == AUDIO_STARTED ? heard.tag : 0, &event);
        if (heard.kind == AUDIO_STARTED)
            events_track(&app->log, event.at, heard.title);
        struct effects effects = {0};
        session_event(&app->session, &event, &effects);
        app_carry_out(app, &effects);
    }
}

/* What audio, the reader and the letter's keeper have to say. */
static void take_answers(struct app *app, time_ns now)
{
    take_audio(app, now);
    app_take_read(app, now);
    app_take_letter(app, now);
    app_settle_text(app);
    voice_follow(app, time_max(now, app->session.now));
}

void app_run_until(struct app *app, time_ns now)
{
    struct effects effects = {0};
    now = time_max(now, app->session.now);
    app->reached = now;
    while (!app->quit && session_run_next(&app->session, now, &effects)) {
        app_carry_out(app, &effects);
        take_answers(app, app->session.now);
    }
    if (app->belated != CUE_NONE)
        audio_cue(app->audio, app->belated, 0, now);
    app->belated = CUE_NONE;
}

void app_event(struct app *app, const struct event *event)
{
    /* What fell into a gap is not run: the session decides what the gap means. */
    app_run_until(app, event->at - event->gap_ns);
    if (event->kind == EVENT_KEY_DOWN && session_takes_text(&app->session) &&
        letter_key(app->letter, &event->key, event->at)) {
        take_answers(app, app->session.now);
        return;
    }
    if (event->kind == EVENT_KEY_DOWN)
        app_plan_letter(app);
    struct effects effects = {0};
    session_event(&app->session, event, &effects);
    app_carry_out(app, &effects);
    app->foreseen = 0;
    take_answers(app, app->session.now);
}

void app_poll(struct app *app, time_ns now)
{
    struct error error;
    take_answers(app, now);
    app_poll_waiting(app, now);
    voice_poll(app);
    if (events_failed(&app->log, &error))
        app_say(app, LOG_WARN, error.text);
    if (app->notice_waits) {
        app->notice_waits = false;
        struct event event = {.kind = EVENT_NOTICE, .at = now};
        (void)text_copy(event.text, sizeof event.text, app->notice);
        app_event(app, &event);
    }
    if (audio_music_playing(app->audio)) {
        double level = audio_level(app->audio, now);
        struct event event = {.kind = EVENT_LEVEL, .at = now};
        event.level = (double)(int)(level * LEVEL_STEPS + 0.5) / LEVEL_STEPS;
        app_event(app, &event);
    }
}

static void play_key(struct app *app, const struct script_line *line, time_ns at)
{
    struct event event = {.kind = EVENT_KEY_DOWN, .at = at, .key = line->key};
    if (line->action != SCRIPT_UP)
        app_event(app, &event);
    event.kind = EVENT_KEY_UP;
    if (line->action != SCRIPT_DOWN)
        app_event(app, &event);
}

void app_resize(struct app *app, int width_px, int height_px, time_ns at)
{
    struct error error;
    if (!render_resize(app->render, width_px, height_px, &error)) {
        app_say(app, LOG_WARN, error.text);
        return;
    }
    if (width_px != app->render_width || height_px != app->render_height) {
        struct event event = {.kind = EVENT_RESIZED, .at = at};
        app_event(app, &event);
    }
    app->render_width = width_px;
    app->render_height = height_px;
    app->drawn = false;
    reader_resize(app->reader);
    letter_resize(app->letter);
}

time_ns app_play_script(struct app *app, time_ns script_now, time_ns now)
{
    time_ns added = 0;
    while (!app->quit && script_due(&app->script) <= script_now) {
        const struct script_line *line = &app->script.lines[app->script.next++];
        time_ns at = now - (script_now - line->at) + added;
        struct event event = {.kind = EVENT_GAP, .at = at};
        switch (line->action) {
        case SCRIPT_KEY:
        case SCRIPT_DOWN:
        case SCRIPT_UP:
            play_key(app, line, at);
            break;
        case SCRIPT_SUSPEND:
            app_run_until(app, at);
            event.gap_ns = line->suspend_ns;
            event.at = at + line->suspend_ns;
            added += line->suspend_ns;
            app_event(app, &event);
            break;
        case SCRIPT_RESIZE:
            /* A real window has the size that its desktop gives it. */
            if (app->options->render != NULL)
                app_resize(app, line->width, line->height, at);
            break;
        case SCRIPT_QUIT:
            event.kind = EVENT_QUIT;
            app_event(app, &event);
            break;
        case SCRIPT_TEXT:
            app_text(app, line->text, at);
            break;
        case SCRIPT_FOCUS:
            break;
        }
    }
    return added;
}

static bool create_audio(struct app *app, struct error *error)
{
    static char pieces[CONFIG_PATH_BYTES];
    static char folder[CONFIG_PATH_BYTES];
    const struct options *options = app->options;
    bool recording = options->render != NULL;
    assets_path(pieces, sizeof pieces, "music");
    /* A recording depends on nothing that is not named on its command line. */
    bool has_folder = !recording && config_music_folder(folder, sizeof folder);
    const struct audio_params params = {
        .offline = recording,
        .muted = options->mute,
        .volume_percent = app->session.settings.sound_volume,
        .own_dir = pieces,
        .xdg_music_dir = has_folder ? folder : NULL,
        .say = say_warning,
        .say_user = app,
        .wake = wake,
        .wake_user = app,
        .playing = listened_playing(app),
    };
    if (!audio_create(&app->audio, &params, error))
        return false;
    const struct settings *settings = &app->session.settings;
    audio_balance(app->audio, settings->sound_music, settings->sound_cue_volume,
                  settings->sound_water);
    listened_add(app);
    return true;
}

static bool create_window(struct app *app, struct error *error)
{
    const struct options *options = app->options;
    bool recording = options->render != NULL;
    /* A recording is full HD unless it is told otherwise. */
    int width = recording && options->width == 0 ? RECORD_WIDTH : options->width;
    int height = recording && options->width == 0 ? RECORD_HEIGHT : options->height;
    const char *display = options->display;
    if (display == NULL && app->config.display[0] != '\0')
        display = app->config.display;
    struct platform_params window = {
        .title = APP_TITLE,
        .offscreen = recording,
        .windowed = options->windowed || options->width > 0,
        .width = width,
        .height = height,
        .display = display,
        .others_dark = app->session.settings.look_others_dark,
        .say = say_warning,
        .say_user = app,
    };
    farewell_lost(app, &window);
    if (!platform_create(&app->platform, &window, error))
        return false;
    struct render_params params = {
        .gles = platform_gles(app->platform),
        .offscreen = recording,
        .font_family = app->config.font[0] != '\0' ? app->config.font : NULL,
        .translate = app_translate,
        .say = say_warning,
        .say_user = app,
    };
    platform_drawable_size(app->platform, &params.width_px, &params.height_px);
    app->render_width = params.width_px;
    app->render_height = params.height_px;
    if (!render_create(&app->render, &params, error))
        return false;
    /* A picture of a recording is whole. */
    if (!recording)
        render_page_budget(app->render, NEW_LINES_A_FRAME);
    return true;
}

bool app_create(struct app *app, const struct options *options, int *exit_status,
                struct error *error)
{
    app->options = options;
    *exit_status = 1;
    app_settings(app);
    kept_begin(app);
    if (options->script != NULL && !script_read(&app->script, options->script, error)) {
        *exit_status = 2;
        return false;
    }
    if (!events_open(&app->log, options->events, error))
        return false;
    if (options->render == NULL && beside_another())
        app_say(app, LOG_WARN, gettext("Lacrima is open already; this is one more, beside it."));
    if (!create_window(app, error)) {
        (void)text_append(error->text, sizeof error->text,
                          " lacrima --people prints whom to call, without a screen");
        return false;
    }
    return create_audio(app, error) && app_create_reader(app, error) &&
           app_create_letter(app, error);
}

void app_destroy(struct app *app)
{
    voice_destroy(app);
    audio_destroy(&app->audio); /* which tells where the music was left */
    listened_write(app);
    if (app->platform != NULL)
        make_room(app, false);
    reader_destroy(&app->reader);
    letter_destroy(&app->letter);
    render_destroy(&app->render);
    platform_destroy(&app->platform);
    events_close(&app->log);
    script_finish(&app->script);
    kept_finish(&app->kept_shelf);
    config_finish(&app->config);
}
