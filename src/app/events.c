#include "events.h"

#include "lacrima/base/text.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

bool events_open(struct events_log *log, const char *path, struct error *error)
{
    *log = (struct events_log){0};
    if (path == NULL)
        return true;
    log->out = text_equal(path, "-") ? stdout : fopen(path, "w");
    return log->out != NULL || error_set(error, "%s: %s", path, strerror(errno));
}

void events_close(struct events_log *log)
{
    if (log->out != NULL && log->out != stdout)
        (void)fclose(log->out);
    log->out = NULL;
}

/* Seconds with three decimals, rounded to the nearest millisecond. */
static void seconds(const struct events_log *log, const char *before, time_ns at)
{
    int64_t ms = (at + NS_PER_MS / 2) / NS_PER_MS;
    (void)fprintf(log->out, "%s%" PRId64 ".%03" PRId64, before, ms / 1000, ms % 1000);
}

static void begin(const struct events_log *log, time_ns at)
{
    seconds(log, "{\"t\":", at);
}

/* A reader that has gone away, or a full disk, does not end the visit. */
static void end(struct events_log *log)
{
    (void)fputs("}\n", log->out);
    if (fflush(log->out) == 0)
        return;
    log->trouble = errno;
    events_close(log);
}

bool events_failed(struct events_log *log, struct error *error)
{
    if (log->trouble == 0)
        return false;
    (void)error_set(error, "--events: %s; nothing more is written there", strerror(log->trouble));
    log->trouble = 0;
    return true;
}

static void string(const struct events_log *log, const char *name, const char *value)
{
    (void)fprintf(log->out, ",\"%s\":\"", name);
    for (const unsigned char *c = (const unsigned char *)value; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            (void)fprintf(log->out, "\\%c", *c);
        else if (*c < 0x20)
            (void)fprintf(log->out, "\\u%04x", *c);
        else
            (void)fputc(*c, log->out);
    }
    (void)fputc('"', log->out);
}

static const char *music_name(enum music music)
{
    switch (music) {
    case MUSIC_PLAY:
        return "on";
    case MUSIC_PAUSE:
        return "pause";
    case MUSIC_STOP:
        return "stop";
    case MUSIC_NEXT:
        return "next";
    case MUSIC_PREVIOUS:
        return "previous";
    case MUSIC_BED:
        return "bed";
    case MUSIC_RISE:
        break;
    }
    return "rise";
}

static void write_setting(struct events_log *log, const struct effect *effect)
{
    begin(log, effect->at);
    string(log, "setting", effect->name);
    if (effect->state != NULL)
        string(log, "value", effect->state);
    else
        (void)fprintf(log->out, ",\"value\":%" PRId32, effect->value);
    end(log);
}

static void write_pair(struct events_log *log, time_ns at, const char *name, const char *value)
{
    begin(log, at);
    string(log, name, value);
    end(log);
}

void events_effect(struct events_log *log, const struct effect *effect)
{
    if (log->out == NULL)
        return;
    switch (effect->kind) {
    case EFFECT_STATE:
        begin(log, effect->at);
        string(log, "technique", effect->name);
        string(log, "state", effect->state);
        string(log, "cause", effect->cause);
        end(log);
        break;
    case EFFECT_SCREEN:
        write_pair(log, effect->at, "screen", effect->name);
        break;
    case EFFECT_CUE:
        write_pair(log, effect->at, "cue", cue_name(effect->cue));
        break;
    case EFFECT_AMBIENCE:
        write_pair(log, effect->at, "ambience", ambience_name(effect->ambience));
        break;
    case EFFECT_MUSIC:
        write_pair(log, effect->at, "music", music_name(effect->music));
        break;
    case EFFECT_SETTING:
        write_setting(log, effect);
        break;
    case EFFECT_QUIT:
        write_pair(log, effect->at, "screen", "quit");
        break;
    case EFFECT_CLIPBOARD:
        write_pair(log, effect->at, "clipboard", "set");
        break;
    case EFFECT_LINK:
        write_pair(log, effect->at, "link", link_scheme_name(effect->link->scheme));
        break;
    case EFFECT_AWAKE:
        write_pair(log, effect->at, "awake", effect->on ? "on" : "off");
        break;
    case EFFECT_SHELF:
        begin(log, effect->at);
        string(log, "shelf", effect->name);
        string(log, "value",
               effect->on                         ? "not-today"
               : text_equal(effect->name, "drop") ? "off"
                                                  : "all");
        end(log);
        break;
    case EFFECT_READ:
    case EFFECT_LETTER:
    case EFFECT_CUES_STOP:
    case EFFECT_TITLE:
    case EFFECT_SILENCE:
    case EFFECT_FULLSCREEN:
    case EFFECT_DISPLAY:
        break;
    }
}

void events_track(struct events_log *log, time_ns at, const char *title)
{
    if (log->out == NULL)
        return;
    begin(log, at);
    string(log, "music", "play");
    string(log, "track", title);
    end(log);
}

void events_keyboard(struct events_log *log, time_ns at, bool here)
{
    if (log->out != NULL)
        write_pair(log, at, "keyboard", here ? "here" : "elsewhere");
}

void events_spoken(struct events_log *log, time_ns at, const char *text)
{
    if (log->out != NULL)
        write_pair(log, at, "say", text);
}

void events_setting(struct events_log *log, time_ns at, const char *name, const char *value)
{
    if (log->out == NULL)
        return;
    begin(log, at);
    string(log, "setting", name);
    string(log, "value", value);
    end(log);
}

void events_kept(struct events_log *log, time_ns at, time_ns until)
{
    if (log->out == NULL)
        return;
    begin(log, at);
    string(log, "letter", "kept");
    seconds(log, ",\"until\":", until);
    end(log);
}
