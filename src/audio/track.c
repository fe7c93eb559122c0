#include "track.h"

#include "lacrima/base/text.h"

#include <SDL.h>
#include <SDL_mixer.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MODULE_MARK    1080 /* where a tracker module of the oldest kind says that it is one */
#define SCREAM_MARK    44
#define ENVELOPE_S_MAX (2.0 * 3600.0)

struct format {
    const char *ending;
    Mix_MusicType type;
    int flag; /* of Mix_Init; 0: always there */
};

static const struct format formats[] = {
    {"ogg", MUS_OGG, MIX_INIT_OGG},
    {"oga", MUS_OGG, MIX_INIT_OGG},
    {"opus", MUS_OPUS, MIX_INIT_OPUS},
    {"flac", MUS_FLAC, MIX_INIT_FLAC},
    {"mp3", MUS_MP3, MIX_INIT_MP3},
    {"wav", MUS_WAV, 0},
    {"aif", MUS_WAV, 0},
    {"aiff", MUS_WAV, 0},
    {"mod", MUS_MOD, MIX_INIT_MOD},
    {"xm", MUS_MOD, MIX_INIT_MOD},
    {"s3m", MUS_MOD, MIX_INIT_MOD},
    {"it", MUS_MOD, MIX_INIT_MOD},
    {"mid", MUS_MID, MIX_INIT_MID},
    {"midi", MUS_MID, MIX_INIT_MID},
};

static const char *ending_of(const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *base = slash != NULL ? slash + 1 : name;
    const char *dot = strrchr(base, '.');
    return dot != NULL && dot != base ? dot + 1 : "";
}

static bool can_decode(const struct format *format)
{
    /* Without a SoundFont of the person's choice MIDI would be silence or a long wait. */
    if (format->type == MUS_MID && SDL_getenv("SDL_SOUNDFONTS") == NULL)
        return false;
    return format->flag == 0 || (Mix_Init(format->flag) & format->flag) != 0;
}

static const struct format *format_of(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (text_equal_nocase(ending_of(name), formats[i].ending))
            return &formats[i];
    }
    return NULL;
}

bool track_name_accepted(const char *name)
{
    const struct format *format = format_of(name);
    return format != NULL && can_decode(format);
}

bool track_check(const char *path, struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return error_set(error, "%s", strerror(errno));
    if (!S_ISREG(status.st_mode))
        return error_set(error, "is not a file");
    if (status.st_size == 0)
        return error_set(error, "is empty");
    if (access(path, R_OK) != 0)
        return error_set(error, "%s", strerror(errno));
    return true;
}

static bool has(const unsigned char *head, size_t count, size_t at, const char *mark)
{
    size_t length = strlen(mark);
    return at + length <= count && memcmp(head + at, mark, length) == 0;
}

static bool contains(const unsigned char *head, size_t count, const char *mark)
{
    for (size_t i = 0; i < count; i++) {
        if (has(head, count, i, mark))
            return true;
    }
    return false;
}

static bool has_mp3_frame(const unsigned char *head, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++) {
        if (head[i] == 0xFF && (head[i + 1] & 0xE0U) == 0xE0U && (head[i + 1] & 0x06U) == 0x02U)
            return true;
    }
    return false;
}

/* What the file is by its first bytes.  SDL_mixer takes anything that it does not know for a
 * tracker module, and some decoders look for a beginning through the whole file, however long. */
static Mix_MusicType type_of(const unsigned char *head, size_t count, const char *path)
{
    const struct format *named = format_of(path);
    Mix_MusicType by_name = named != NULL ? named->type : MUS_NONE;
    if (has(head, count, 0, "OggS"))
        return contains(head, count, "OpusHead") ? MUS_OPUS
               : contains(head, count, "FLAC")   ? MUS_FLAC
                                                 : MUS_OGG;
    if (has(head, count, 0, "fLaC"))
        return MUS_FLAC;
    if ((has(head, count, 0, "RIFF") && has(head, count, 8, "WAVE")) || has(head, count, 0, "FORM"))
        return MUS_WAV;
    if (has(head, count, 0, "MThd"))
        return by_name == MUS_MID ? MUS_MID : MUS_NONE;
    if (has(head, count, 0, "ID3"))
        return by_name == MUS_FLAC ? MUS_FLAC : MUS_MP3;
    bool module = has(head, count, 0, "Extended Module: ") || has(head, count, 0, "IMPM") ||
                  has(head, count, SCREAM_MARK, "SCRM") || has(head, count, MODULE_MARK, "M.K.") ||
                  has(head, count, MODULE_MARK, "M!K!") || has(head, count, MODULE_MARK + 1, "CHN");
    if (module)
        return MUS_MOD;
    return by_name == MUS_MP3 && has_mp3_frame(head, count) ? MUS_MP3 : MUS_NONE;
}

bool track_is_music(const char *path)
{
    unsigned char head[TRACK_HEAD_BYTES];
    struct error error;
    SDL_RWops *file = track_check(path, &error) ? SDL_RWFromFile(path, "rb") : NULL;
    if (file == NULL)
        return false;
    size_t count = SDL_RWread(file, head, 1, sizeof head);
    (void)SDL_RWclose(file);
    return type_of(head, count, path) != MUS_NONE;
}

enum track_kind track_kind_of(const unsigned char *head, size_t count, const char *path)
{
    Mix_MusicType type = type_of(head, count, path);
    if (type == MUS_NONE)
        return TRACK_NONE;
    return type == MUS_MOD || type == MUS_MID ? TRACK_MIXED : TRACK_READ;
}

void text_clean(char *dst, size_t size, const char *src)
{
    (void)text_copy(dst, size, "");
    while (*src == ' ')
        src++;
    size_t used = 0;
    while (*src != '\0') {
        uint32_t codepoint;
        size_t length = text_decode(src, &codepoint);
        char piece[8] = {0};
        if (codepoint == 0xFFFD)
            memcpy(piece, "\xEF\xBF\xBD", 3);
        else if (codepoint < 0x20 || codepoint == 0x7F)
            piece[0] = ' ';
        else
            memcpy(piece, src, length);
        if (!text_append(dst + used, size - used, piece))
            break;
        used += strlen(dst + used);
        src += length;
    }
    while (used > 0 && dst[used - 1] == ' ')
        dst[--used] = '\0';
}

void track_name(char title[AUDIO_TITLE_BYTES], const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    const char *ending = ending_of(base);
    char *copy = strdup(base);
    if (copy == NULL)
        return;
    if (ending[0] != '\0')
        copy[ending - base - 1] = '\0';
    text_clean(title, AUDIO_TITLE_BYTES, copy);
    free(copy);
}

bool track_open(struct track *track, const char *path, struct error *error)
{
    *track = (struct track){0};
    if (!track_check(path, error))
        return false;
    SDL_RWops *file = SDL_RWFromFile(path, "rb");
    if (file == NULL)
        return error_set(error, "%s", SDL_GetError());
    unsigned char head[TRACK_HEAD_BYTES];
    size_t count = SDL_RWread(file, head, 1, sizeof head);
    Mix_MusicType type = type_of(head, count, path);
    if (type == MUS_NONE || SDL_RWseek(file, 0, RW_SEEK_SET) < 0) {
        (void)SDL_RWclose(file);
        return error_set(error, "is not music that can be played");
    }
    Mix_Music *music = Mix_LoadMUSType_RW(file, type, SDL_TRUE);
    if (music == NULL)
        return error_set(error, "cannot be played (%s)", Mix_GetError());
    track->music = music;
    track->length_s = Mix_MusicDuration(music);
    const char *tag = Mix_GetMusicTitleTag(music);
    if (tag != NULL)
        text_clean(track->title, sizeof track->title, tag);
    if (track->title[0] == '\0')
        track_name(track->title, path);
    return true;
}

void track_close(struct track *track)
{
    if (track->music != NULL)
        Mix_FreeMusic(track->music);
    track->music = NULL;
}

bool envelope_read(struct envelope *envelope, const char *path, int rate, struct error *error)
{
    *envelope = (struct envelope){0};
    struct track track;
    if (!track_open(&track, path, error))
        return false;
    double length_s = track.length_s;
    track_close(&track);
    /* Hours of music would fill the memory: they play for their length, without a glow. */
    envelope->length_s = length_s;
    if (length_s > ENVELOPE_S_MAX)
        return true;
    Mix_Chunk *chunk = Mix_LoadWAV(path);
    if (chunk == NULL)
        return error_set(error, "cannot be played (%s)", Mix_GetError());
    size_t frames = chunk->alen / sizeof(int16_t);
    size_t step = (size_t)(rate * ENVELOPE_STEP_S);
    size_t count = (frames + step - 1) / step;
    bool good = false;
    if (count == 0) {
        (void)error_set(error, "holds no sound");
        goto free_chunk;
    }
    envelope->mean_square = malloc(count * sizeof *envelope->mean_square);
    if (envelope->mean_square == NULL) {
        (void)error_set(error, "is too long to be measured");
        goto free_chunk;
    }
    envelope->count = count;
    /* SDL_mixer's loader stops early where it must resample by three or more; the file's own
     * length is then the truth, and what was not decoded counts as silence. */
    double decoded_s = (double)frames / rate;
    envelope->length_s = length_s > decoded_s ? length_s : decoded_s;
    for (size_t i = 0; i < count; i++) {
        size_t last = (i + 1) * step < frames ? (i + 1) * step : frames;
        double sum = 0.0;
        for (size_t f = i * step; f < last; f++) {
            int16_t sample;
            memcpy(&sample, chunk->abuf + f * sizeof sample, sizeof sample);
            sum += (double)sample * (double)sample;
        }
        envelope->mean_square[i] = (float)(sum / (double)step / (32768.0 * 32768.0));
    }
    good = true;
free_chunk:
    Mix_FreeChunk(chunk);
    return good;
}

void envelope_free(struct envelope *envelope)
{
    free(envelope->mean_square);
    *envelope = (struct envelope){0};
}
