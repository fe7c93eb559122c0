#include "voice.h"

#include "app.h"
#include "lacrima/base/text.h"
#include "lacrima/speech.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>

/* While something moves, new words are looked for this often where no frame is drawn. */
#define LOOK_NS MILLISECONDS(200)
/* Music makes room for about as long as the words take: nobody tells when they are over. */
#define SAID_LEAST_NS MILLISECONDS(600)
#define SAID_BYTE_NS  MILLISECONDS(65)
#define LINE_BYTES    1024
#define LEFT_TO_RIGHT "\u200E"

struct voice {
    struct speech *speech; /* NULL in a recording, which is silent */
    struct spoken now, heard, news;
    time_ns until; /* when the picture may change */
    bool wanted;   /* as it was followed last */
    bool speaks;   /* something was said since it was last quiet */
    bool gone;     /* it cannot speak; that was said */
    char text[SPEECH_TEXT_BYTES];
};

static void wake(void *user)
{
    struct app *app = user;
    platform_wake(app->platform);
}

/* The language that the words are in: a catalogue says its own; without one they are English. */
static void find_language(char *language, size_t size)
{
    static const char field[] = "Language: ";
    const char *head = gettext("");
    const char *found = strstr(head, field);
    (void)text_copy(language, size, "en");
    if (found == NULL)
        return;
    found += sizeof field - 1;
    size_t length = strcspn(found, "\n.@ ");
    if (length == 0 || length >= size)
        return;
    memcpy(language, found, length);
    language[length] = '\0';
    for (char *c = language; *c != '\0'; c++)
        *c = *c == '_' ? '-' : (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
}

static bool begin(struct app *app)
{
    struct error error;
    char language[SPEECH_LANGUAGE_BYTES];
    struct voice *voice = calloc(1, sizeof *voice);
    if (voice == NULL)
        return false;
    app->voice = voice;
    if (app->options->render != NULL)
        return true;
    find_language(language, sizeof language);
    const struct speech_params params = {.language = language, .wake = wake, .wake_user = app};
    if (!speech_create(&voice->speech, &params, &error))
        app_say(app, LOG_WARN, error.text);
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "0800 111" -> "0 8 0 0, 1 1 1": so that it can be dialled. */
static void spell(char *dst, size_t size, const char *src)
{
    for (const char *c = src; *c != '\0'; c++) {
        char one[] = {*c, '\0'};
        bool between =
            (*c == ' ' || *c == '-' || *c == '/') && c > src && is_digit(c[-1]) && is_digit(c[1]);
        (void)text_append(dst, size, between ? ", " : one);
        if (is_digit(*c) && is_digit(c[1]))
            (void)text_append(dst, size, " ");
    }
}

static bool ends_a_sentence(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && strchr(".!?:,;", text[length - 1]) != NULL;
}

/* One line as it is to be said. */
static void phrase(const struct spoken_line *line, char *dst, size_t size)
{
    char filled[LINE_BYTES];
    char key[SCENE_KEY_BYTES * 3] = "";
    char body[LINE_BYTES] = "";
    (void)text_fill(filled, sizeof filled, line->literal ? line->text : app_translate(line->text),
                    line->arg);
    if (line->digits && line->key[0] != '\0')
        spell(key, sizeof key, line->key);
    else
        (void)text_copy(key, sizeof key, app_translate(line->key));
    if (line->digits && line->key[0] == '\0')
        spell(body, sizeof body, filled);
    else
        (void)text_copy(body, sizeof body, filled);
    bool both = key[0] != '\0' && body[0] != '\0';
    (void)text_copy(dst, size, line->key_last ? body : key);
    (void)text_append(dst, size, both ? ": " : "");
    (void)text_append(dst, size, line->key_last ? key : body);
}

/* Marks of direction are for the eyes, and a line's end would be one of the server's. */
static void clean(char *text)
{
    static const char mark[] = LEFT_TO_RIGHT;
    char *to = text;
    for (const char *c = text; *c != '\0';) {
        if (strncmp(c, mark, sizeof mark - 1) == 0) {
            c += sizeof mark - 1;
            continue;
        }
        *to++ = (unsigned char)*c < ' ' ? ' ' : *c;
        c++;
    }
    *to = '\0';
}

static void compose(struct voice *voice)
{
    char *text = voice->text;
    size_t size = sizeof voice->text;
    char line[2 * LINE_BYTES];
    text[0] = '\0';
    for (size_t i = 0; i < voice->news.count; i++) {
        phrase(&voice->news.lines[i], line, sizeof line);
        if (line[0] == '\0')
            continue;
        if (text[0] != '\0')
            (void)text_append(text, size, ends_a_sentence(text) ? " " : ". ");
        (void)text_append(text, size, line);
    }
    clean(text);
}

static void say(struct app *app, const char *text, time_ns at)
{
    struct voice *voice = app->voice;
    bool speaks = text[0] != '\0';
    if (!speaks && !voice->speaks)
        return;
    voice->speaks = speaks;
    events_spoken(&app->log, at, text);
    if (voice->speech == NULL)
        return;
    if (speaks)
        speech_say(voice->speech, text);
    else
        speech_hush(voice->speech);
    audio_make_room(app->audio, speaks ? SAID_LEAST_NS + (time_ns)strlen(text) * SAID_BYTE_NS : 0);
}

static bool is_wanted(const struct app *app)
{
    const struct settings *settings = &app->session.settings;
    return settings->sound_voice && settings->sound_volume > 0 && !app->options->mute;
}

/* It was silent: all that stands there is new, and a server that has gone may be back. */
static void begin_anew(struct voice *voice)
{
    voice->gone = false;
    voice->heard.count = 0;
    voice->heard.place.held = UINT8_MAX;
    if (voice->speech != NULL)
        speech_again(voice->speech);
}

void voice_follow(struct app *app, time_ns now)
{
    bool wanted = is_wanted(app);
    if (app->voice == NULL && (!wanted || !begin(app)))
        return;
    struct voice *voice = app->voice;
    if (!wanted && voice->wanted)
        say(app, "", now);
    if (wanted && !voice->wanted)
        begin_anew(voice);
    voice->wanted = wanted;
    voice->until = TIME_NEVER;
    if (!wanted || voice->gone)
        return;
    voice->until = session_spoken(&app->session, now, &voice->now);
    enum spoken_news news = spoken_news(&voice->heard, &voice->now, &voice->news);
    voice->heard = voice->now;
    if (news == SPOKEN_NOTHING)
        return;
    voice->text[0] = '\0';
    if (news == SPOKEN_SAY)
        compose(voice);
    say(app, voice->text, now);
}

void voice_poll(struct app *app)
{
    struct error error;
    struct voice *voice = app->voice;
    if (voice == NULL || voice->speech == NULL || !speech_trouble(voice->speech, &error))
        return;
    voice->gone = true;
    voice->speaks = false;
    audio_make_room(app->audio, 0);
    app_say(app, LOG_WARN, error.text);
}

time_ns voice_deadline(const struct app *app, time_ns now)
{
    const struct voice *voice = app->voice;
    if (voice == NULL || !voice->wanted)
        return TIME_NEVER;
    return voice->until == TIME_NEVER ? TIME_NEVER : time_max(voice->until, now + LOOK_NS);
}

void voice_hush(struct app *app)
{
    if (app->voice != NULL)
        say(app, "", app->session.now);
}

void voice_destroy(struct app *app)
{
    if (app->voice == NULL)
        return;
    speech_destroy(&app->voice->speech);
    free(app->voice);
    app->voice = NULL;
}
