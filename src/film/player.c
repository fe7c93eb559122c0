#include "player_inner.h"

#include "lacrima/base/ease.h"
#include "lacrima/base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifdef LACRIMA_HAS_MPV

#define PIXEL_BYTES 4

enum { ABOUT_PLACE = 1, ABOUT_END, ABOUT_WIDTH, ABOUT_HEIGHT, ABOUT_VIDEO };

time_ns player_clock(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return SECONDS((time_ns)now.tv_sec) + (time_ns)now.tv_nsec;
}

/* Asked to choose by itself, libmpv tries VDPAU as well, which says on standard error that it is
 * not there; and libmpv 0.35 takes no list.  Where NVIDIA's driver is, only NVDEC works; elsewhere
 * VA-API does if anything does.  What cannot be had is decoded in software. */
static const char *hardware(void)
{
    return access("/dev/nvidiactl", F_OK) == 0 ? "nvdec-copy" : "vaapi-copy";
}

static bool set_options(struct player *player, const struct player_params *params,
                        struct error *error)
{
    bool quiet = params->offline || params->mute;
    const char *const options[][2] = {
        {"config", "no"},
        {"load-scripts", "no"},
        {"ytdl", "no"},
        /* Scripts of its own, each with a thread and an interpreter. */
        {"load-auto-profiles", "no"},
        {"load-osd-console", "no"},
        {"load-stats-overlay", "no"},
        {"resume-playback", "no"},
        {"save-position-on-quit", "no"},
        {"terminal", "no"},
        {"osc", "no"},
        {"osd-level", "0"},
        {"input-default-bindings", "no"},
        {"input-vo-keyboard", "no"},
        {"audio-display", "no"},
        {"audio-client-name", "Lacrima"},
        {"audio-fallback-to-null", "yes"},
        {"access-references", "no"},
        {"demuxer-lavf-o", "protocol_whitelist=[file,crypto,data]"},
        {"sub-auto", "fuzzy"},
        {"keep-open", "yes"},
        {"pause", "yes"},
        {"vo", "libmpv"},
        {"hwdec", params->offline ? "no" : hardware()},
        {"sw-fast", "no"},
        {"aid", params->offline ? "no" : "auto"},
        {"ao", quiet ? "null" : ""},
        /* A recording is the same each time, however late a picture comes, and waits for none.
         * What several threads decode of a damaged film is not the same each time, and a pause
         * until more is read would turn a step into playing on. */
        {"framedrop", params->offline ? "no" : "vo"},
        {"cache-pause", params->offline ? "no" : "yes"},
        {"vd-lavc-threads", params->offline ? "1" : "0"},
        {"untimed", params->offline ? "yes" : "no"},
        {"speed", params->offline ? "100" : "1"},
        {"volume", "0"},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        int code = player->mpv->set_option_string(player->handle, options[i][0], options[i][1]);
        if (code < 0 && code != MPV_ERROR_OPTION_NOT_FOUND)
            return error_set(error, "libmpv: %s=%s: %s", options[i][0], options[i][1],
                             player->mpv->error_string(code));
    }
    return true;
}

static void set_bound(struct player *player, const char *name, int64_t ms)
{
    char text[32];
    if (ms < 0)
        return;
    (void)snprintf(text, sizeof text, "%lld.%03lld", (long long)(ms / 1000),
                   (long long)(ms % 1000));
    (void)player->mpv->set_option_string(player->handle, name, text);
}

static bool make_renderer(struct player *player, const struct player_params *params,
                          struct error *error)
{
    mpv_render_param how[] = {{MPV_RENDER_PARAM_API_TYPE, (void *)MPV_RENDER_API_TYPE_SW},
                              {MPV_RENDER_PARAM_INVALID, NULL}};
    int code = player->mpv->render_context_create(&player->render, player->handle, how);
    if (code < 0)
        return error_set(error, "libmpv cannot draw: %s", player->mpv->error_string(code));
    player->mpv->render_context_set_update_callback(player->render, params->kick, params->user);
    player->mpv->set_wakeup_callback(player->handle, params->kick, params->user);
    return true;
}

static void observe(struct player *player)
{
    mpv_handle *handle = player->handle;
    (void)player->mpv->observe_property(handle, ABOUT_VIDEO, "vid", MPV_FORMAT_NONE);
    if (player->offline)
        return; /* the rest is asked for in its time */
    (void)player->mpv->observe_property(handle, ABOUT_END, "eof-reached", MPV_FORMAT_FLAG);
    (void)player->mpv->observe_property(handle, ABOUT_PLACE, "time-pos", MPV_FORMAT_DOUBLE);
    (void)player->mpv->observe_property(handle, ABOUT_WIDTH, "dwidth", MPV_FORMAT_INT64);
    (void)player->mpv->observe_property(handle, ABOUT_HEIGHT, "dheight", MPV_FORMAT_INT64);
}

bool player_open(struct player **out, const struct player_params *params, struct error *error)
{
    *out = NULL;
    const struct mpv_functions *mpv = mpv_functions(error);
    if (mpv == NULL)
        return false;
    struct player *player = calloc(1, sizeof *player);
    if (player == NULL)
        return error_set(error, "out of memory");
    *player = (struct player){.mpv = mpv,
                              .offline = params->offline,
                              .from_ms = params->from_ms,
                              .to_ms = params->to_ms,
                              .subtitles = true,
                              .draw = params->draw,
                              .user = params->user,
                              .since = TIME_NEVER};
    player->handle = mpv->create();
    if (player->handle == NULL) {
        free(player);
        return error_set(error, "libmpv cannot begin");
    }
    *out = player;
    if (!set_options(player, params, error))
        return false;
    set_bound(player, "start", params->from_ms);
    set_bound(player, "end", params->to_ms);
    int code = mpv->initialize(player->handle);
    if (code < 0)
        return error_set(error, "libmpv cannot begin: %s", mpv->error_string(code));
    observe(player);
    if (!make_renderer(player, params, error))
        return false;
    const char *load[] = {"loadfile", params->path, NULL};
    code = mpv->command(player->handle, load);
    return code >= 0 || error_set(error, "libmpv: %s", mpv->error_string(code));
}

static void set_flag(struct player *player, const char *name, bool on)
{
    int flag = on ? 1 : 0;
    (void)player->mpv->set_property(player->handle, name, MPV_FORMAT_FLAG, &flag);
}

/* libmpv takes the cube of what it calls a volume. */
static void set_volume(struct player *player, int percent)
{
    double volume = (double)percent * cbrt(player->gain);
    if (volume == player->volume)
        return;
    player->volume = volume;
    (void)player->mpv->set_property(player->handle, "volume", MPV_FORMAT_DOUBLE, &volume);
}

static void fade_to(struct player *player, double gain)
{
    if (player->gain_to == gain)
        return;
    player->gain_from = player->gain;
    player->gain_to = gain;
    player->since = player_clock();
}

/* Whether its end is one that was asked for, so that the sound must go before it. */
static bool is_ending(const struct player *player)
{
    double left = (double)player->to_ms / 1e3 - player->place_s;
    return player->to_ms >= 0 && left < time_seconds(PLAYER_FADE_NS);
}

static void follow_fade(struct player *player)
{
    if (player->since == TIME_NEVER)
        return;
    double part = (double)(player_clock() - player->since) / (double)PLAYER_FADE_NS;
    player->gain = player->gain_from +
                   (player->gain_to - player->gain_from) * ease_cosine(ease_clamp(part, 0.0, 1.0));
    if (part < 1.0)
        return;
    player->gain = player->gain_to;
    player->since = TIME_NEVER;
}

static void skip(struct player *player, int seconds)
{
    char by[16];
    (void)snprintf(by, sizeof by, "%d", seconds);
    const char *seek[] = {"seek", by, "relative", NULL};
    (void)player->mpv->command(player->handle, seek);
}

/* At once behind the curtain; else the picture goes on for as long as its sound goes. */
static void follow_play(struct player *player, const struct wants *wants)
{
    bool plays = wants->play && !wants->silent;
    fade_to(player, plays && !is_ending(player) ? 1.0 : 0.0);
    follow_fade(player);
    if (wants->silent && player->plays) {
        player->gain = 0.0;
        player->since = TIME_NEVER;
    }
    bool moves = plays || (player->plays && player->since != TIME_NEVER && !player->ended);
    if (moves == player->plays)
        return;
    player->plays = moves;
    set_flag(player, "pause", !moves);
}

time_ns player_follow(struct player *player, const struct wants *wants)
{
    if (wants->silent != player->silent) {
        player->silent = wants->silent;
        set_flag(player, "mute", wants->silent);
    }
    if (wants->subtitles != player->subtitles) {
        player->subtitles = wants->subtitles;
        set_flag(player, "sub-visibility", wants->subtitles);
    }
    if (player->offline || !player->loaded)
        return TIME_NEVER;
    if (wants->skip_s != 0)
        skip(player, wants->skip_s);
    follow_play(player, wants);
    set_volume(player, wants->volume_percent);
    return player->since == TIME_NEVER ? TIME_NEVER : PLAYER_FADE_NS / PLAYER_RAMP_STEPS;
}

/* The answer is not waited for: libmpv may be waiting for its first picture to be taken. */
static void ask_for_video(struct player *player)
{
    (void)player->mpv->get_property_async(player->handle, ABOUT_VIDEO, "vid", MPV_FORMAT_INT64);
}

static void hear_property(struct player *player, const mpv_event *event, struct seen *seen)
{
    const mpv_event_property *about = event->data;
    if (event->reply_userdata == ABOUT_VIDEO && player->loaded)
        ask_for_video(player);
    if (about->format == MPV_FORMAT_NONE)
        return;
    switch (event->reply_userdata) {
    case ABOUT_PLACE:
        player->place_s = *(const double *)about->data;
        break;
    case ABOUT_WIDTH:
        player->width = *(const int64_t *)about->data;
        break;
    case ABOUT_HEIGHT:
        player->height = *(const int64_t *)about->data;
        break;
    case ABOUT_END:
        seen->ended = seen->ended || *(const int *)about->data != 0;
        break;
    default:
        break;
    }
}

static void hear_answer(struct player *player, const mpv_event *event)
{
    if (event->reply_userdata == ABOUT_VIDEO)
        player->video_lost = event->error < 0;
    else
        player->answered = true;
}

struct seen player_look(struct player *player, struct error *error)
{
    struct seen seen = {0};
    for (;;) {
        const mpv_event *event = player->mpv->wait_event(player->handle, 0.0);
        if (event->event_id == MPV_EVENT_NONE)
            break;
        if (event->event_id == MPV_EVENT_PROPERTY_CHANGE)
            hear_property(player, event, &seen);
        else if (event->event_id == MPV_EVENT_FILE_LOADED) {
            player->loaded = true;
            ask_for_video(player);
        } else if (event->event_id == MPV_EVENT_PLAYBACK_RESTART)
            player->begun = true;
        else if (event->event_id == MPV_EVENT_GET_PROPERTY_REPLY)
            hear_answer(player, event);
        else if (event->event_id == MPV_EVENT_END_FILE) {
            const mpv_event_end_file *end = event->data;
            seen.failed = end->reason == MPV_END_FILE_REASON_ERROR;
            if (seen.failed)
                (void)error_set(error, "cannot be shown: %s",
                                player->mpv->error_string(end->error));
        }
    }
    if (!player->drawn && !seen.failed && (player->video_lost || seen.ended)) {
        seen.failed = true;
        (void)error_set(error, "cannot be shown: there is no picture in it");
    }
    player->ended = player->ended || seen.ended;
    seen.picture =
        (player->mpv->render_context_update(player->render) & MPV_RENDER_UPDATE_FRAME) != 0;
    player->stands = player->stands || seen.picture;
    seen.stands = player->stands;
    return seen;
}

bool player_size(struct player *player, const struct wants *wants, int *width, int *height)
{
    if (player->width <= 0 || player->height <= 0 || wants->width < PLAYER_STEP_PX)
        return false;
    double w = (double)player->width;
    double h = (double)player->height;
    double scale = fmin((double)wants->width / w, (double)wants->height / h);
    int columns = (int)(w * scale) / PLAYER_STEP_PX * PLAYER_STEP_PX;
    columns = columns < PLAYER_STEP_PX ? PLAYER_STEP_PX : columns;
    columns = columns > PLAYER_SIDE_MAX ? PLAYER_SIDE_MAX : columns;
    int rows = (int)lround((double)columns * h / w);
    *width = columns;
    *height = rows < 1 ? 1 : rows > PLAYER_SIDE_MAX ? PLAYER_SIDE_MAX : rows;
    return true;
}

bool player_draw(struct player *player, uint8_t *rgba, int width, int height)
{
    int size[2] = {width, height};
    size_t stride = (size_t)width * PIXEL_BYTES;
    int wait = player->offline ? 0 : 1;
    mpv_render_param how[] = {{MPV_RENDER_PARAM_SW_SIZE, size},
                              {MPV_RENDER_PARAM_SW_FORMAT, (void *)"rgb0"},
                              {MPV_RENDER_PARAM_SW_STRIDE, &stride},
                              {MPV_RENDER_PARAM_SW_POINTER, rgba},
                              {MPV_RENDER_PARAM_BLOCK_FOR_TARGET_TIME, &wait},
                              {MPV_RENDER_PARAM_INVALID, NULL}};
    if (player->mpv->render_context_render(player->render, how) < 0)
        return false;
    /* What the fourth byte holds is not said. */
    for (size_t i = 3; i < stride * (size_t)height; i += PIXEL_BYTES)
        rgba[i] = UINT8_MAX;
    player->drawn = true;
    return true;
}

int64_t player_place_ms(const struct player *player)
{
    return player->ended ? 0 : (int64_t)(player->place_s * 1e3);
}

void player_pass(struct player *player)
{
    int on = 1;
    int off = 0;
    mpv_render_param how[] = {{MPV_RENDER_PARAM_SKIP_RENDERING, &on},
                              {MPV_RENDER_PARAM_BLOCK_FOR_TARGET_TIME, &off},
                              {MPV_RENDER_PARAM_INVALID, NULL}};
    (void)player->mpv->render_context_render(player->render, how);
}

void player_close(struct player *player)
{
    if (player == NULL)
        return;
    if (player->render != NULL) {
        player_pass(player);
        player->mpv->render_context_free(player->render);
    }
    player->mpv->terminate_destroy(player->handle);
    free(player);
}

#endif
