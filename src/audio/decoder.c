#include "decoder.h"

#include "engine.h"
#include "track.h"

#include "lacrima/base/check.h"

#include <SDL.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <samplerate.h>
#include <sndfile.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK        2048 /* frames of the file, read at once */
#define RATE_MAX     384000
#define CHANNELS_MAX 8
/* At both ends of a file the resampler is led on by so many frames and more, turned around the
 * last point (its filter is shorter): it then ends as if there were no end. */
#define LEAD     128
#define LEAD_MAX CHUNK

struct decoder {
    int descriptor;
    SNDFILE *file;
    int channels, rate;
    SDL_AudioCVT down; /* of more channels than two */
    sf_count_t begin, end, at;
    bool loop;
    SRC_STATE *resampler; /* NULL: the file has the engine's rate */
    double ratio;
    size_t lead;               /* frames of the file, which make a whole number of ours */
    uint64_t to_skip, to_come; /* frames of ours; of a loop no end of them comes */
    float *raw;                /* as many as come from the file at once, in its own channels */
    float in[(CHUNK + 2 * LEAD_MAX) * 2];
    size_t in_at, in_count;
    float last[(LEAD_MAX + 1) * 2]; /* what came last, to be turned around at the end */
    size_t last_count;
    bool first, drained; /* nothing has been read yet; nothing more comes from the file */
};

static size_t divisor(size_t a, size_t b)
{
    while (b != 0) {
        size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Reads at most so many frames, going round at the end of a loop; none: that was the end. */
static size_t read_raw(struct decoder *decoder, size_t frames)
{
    if (decoder->at >= decoder->end && decoder->loop) {
        if (sf_seek(decoder->file, decoder->begin, SEEK_SET) < 0)
            return 0;
        decoder->at = decoder->begin;
    }
    sf_count_t left = decoder->end - decoder->at;
    sf_count_t wanted = left < (sf_count_t)frames ? left : (sf_count_t)frames;
    sf_count_t got = wanted > 0 ? sf_readf_float(decoder->file, decoder->raw, wanted) : 0;
    if (got <= 0)
        return 0;
    decoder->at += got;
    /* A file that breaks off before the length it gives goes round there. */
    if (got < wanted && decoder->loop)
        decoder->end = decoder->at;
    return (size_t)got;
}

static void to_stereo(struct decoder *decoder, size_t frames, float *out)
{
    const float *raw = decoder->raw;
    if (decoder->channels > 2) {
        decoder->down.buf = (Uint8 *)decoder->raw;
        decoder->down.len = (int)(frames * (size_t)decoder->channels * sizeof *raw);
        (void)SDL_ConvertAudio(&decoder->down);
    }
    for (size_t i = 0; i < frames; i++) {
        out[2 * i] = decoder->channels == 1 ? raw[i] : raw[2 * i];
        out[2 * i + 1] = decoder->channels == 1 ? raw[i] : raw[2 * i + 1];
    }
    /* Numbers that are none come out of damaged files of floats. */
    for (size_t i = 0; i < 2 * frames; i++)
        out[i] = isfinite(out[i]) ? out[i] : 0.0F;
}

static void keep_last(struct decoder *decoder, const float *frames, size_t count)
{
    const size_t most = decoder->lead + 1;
    size_t kept = count >= most ? 0 : most - count;
    kept = kept < decoder->last_count ? kept : decoder->last_count;
    memmove(decoder->last, &decoder->last[2 * (decoder->last_count - kept)],
            2 * kept * sizeof *frames);
    size_t fresh = count < most ? count : most;
    memcpy(&decoder->last[2 * kept], &frames[2 * (count - fresh)], 2 * fresh * sizeof *frames);
    decoder->last_count = kept + fresh;
}

/* Before the first frames stand the same, turned around the first of them. */
static void lead_in(struct decoder *decoder)
{
    float *in = decoder->in;
    size_t count = decoder->in_count;
    if (!decoder->first || decoder->resampler == NULL || count == 0)
        return;
    size_t lead = decoder->lead;
    memmove(&in[2 * lead], in, 2 * count * sizeof *in);
    for (size_t i = 1; i <= lead; i++) {
        size_t from = lead + (i < count ? i : count - 1);
        for (size_t c = 0; c < 2; c++)
            in[2 * (lead - i) + c] = 2.0F * in[2 * lead + c] - in[2 * from + c];
    }
    decoder->in_count += lead;
    decoder->to_skip = (uint64_t)llround((double)lead * decoder->ratio);
}

static void lead_out(struct decoder *decoder)
{
    size_t count = decoder->last_count;
    if (decoder->resampler == NULL || count == 0)
        return;
    const float *end = &decoder->last[2 * (count - 1)];
    for (size_t i = 1; i <= decoder->lead; i++) {
        size_t back = i < count ? i : count - 1;
        for (size_t c = 0; c < 2; c++)
            decoder->in[2 * (i - 1) + c] = 2.0F * end[c] - end[(ptrdiff_t)c - 2 * (ptrdiff_t)back];
    }
    decoder->in_count = decoder->lead;
}

static void read_on(struct decoder *decoder)
{
    decoder->in_at = 0;
    decoder->in_count = read_raw(decoder, CHUNK);
    if (decoder->in_count == 0) {
        decoder->drained = true;
        lead_out(decoder);
        return;
    }
    to_stereo(decoder, decoder->in_count, decoder->in);
    keep_last(decoder, decoder->in, decoder->in_count);
    lead_in(decoder);
    decoder->first = false;
}

/* Frames of ours, straight or through the resampler; none: all has been handed out. */
static size_t hand_out(struct decoder *decoder, float *out, size_t frames)
{
    for (;;) {
        if (decoder->in_at == decoder->in_count && !decoder->drained)
            read_on(decoder);
        const float *in = &decoder->in[2 * decoder->in_at];
        size_t left = decoder->in_count - decoder->in_at;
        if (decoder->resampler == NULL) {
            size_t count = left < frames ? left : frames;
            memcpy(out, in, 2 * count * sizeof *out);
            decoder->in_at += count;
            return count;
        }
        SRC_DATA data = {.data_in = in,
                         .data_out = out,
                         .input_frames = (long)left,
                         .output_frames = (long)frames,
                         .src_ratio = decoder->ratio,
                         .end_of_input = decoder->drained};
        if (src_process(decoder->resampler, &data) != 0)
            return 0;
        decoder->in_at += (size_t)data.input_frames_used;
        bool still = data.output_frames_gen == 0 && data.input_frames_used == 0;
        if (data.output_frames_gen > 0 || (decoder->drained && still))
            return (size_t)data.output_frames_gen;
    }
}

size_t decoder_read(struct decoder *decoder, float *out, size_t frames)
{
    size_t done = 0;
    while (done < frames && decoder->to_come > 0) {
        float *into = &out[2 * done];
        size_t got = hand_out(decoder, into, frames - done);
        if (got == 0) {
            decoder->to_come = 0;
            break;
        }
        if (decoder->to_skip > 0) {
            size_t skipped = decoder->to_skip < got ? (size_t)decoder->to_skip : got;
            decoder->to_skip -= skipped;
            got -= skipped;
            memmove(into, &into[2 * skipped], 2 * got * sizeof *into);
        }
        got = got < decoder->to_come ? got : (size_t)decoder->to_come;
        decoder->to_come -= decoder->loop ? 0 : got;
        done += got;
    }
    return done;
}

static bool set_up_resampler(struct decoder *decoder)
{
    size_t rate = (size_t)decoder->rate;
    if (rate == ENGINE_RATE)
        return true;
    int failed;
    decoder->ratio = (double)ENGINE_RATE / (double)rate;
    decoder->resampler = src_new(SRC_SINC_FASTEST, ENGINE_CHANNELS, &failed);
    size_t step = rate / divisor(rate, ENGINE_RATE);
    decoder->lead = (LEAD + step - 1) / step * step;
    if (decoder->lead > LEAD_MAX)
        decoder->lead = 0; /* a rate that nothing is recorded at */
    return decoder->resampler != NULL;
}

static bool set_up_channels(struct decoder *decoder)
{
    size_t wide = (size_t)decoder->channels;
    if (wide > 2 && SDL_BuildAudioCVT(&decoder->down, AUDIO_F32SYS, (Uint8)wide, decoder->rate,
                                      AUDIO_F32SYS, ENGINE_CHANNELS, decoder->rate) < 0)
        return false;
    size_t times = wide > 2 ? (size_t)decoder->down.len_mult : 1;
    decoder->raw = calloc(CHUNK * wide * times, sizeof *decoder->raw);
    return decoder->raw != NULL;
}

/* Where it begins and ends, in frames of the file; false if that is nowhere in it. */
static bool set_up_part(struct decoder *decoder, const struct decoder_order *order,
                        sf_count_t frames, struct decoder_info *info)
{
    double rate = decoder->rate;
    info->length_s = (double)frames / rate;
    decoder->begin = order->from_s > 0.0 ? llround(order->from_s * rate) : 0;
    decoder->end = frames;
    if (order->to_s > 0.0 && llround(order->to_s * rate) < frames)
        decoder->end = llround(order->to_s * rate);
    if (decoder->begin >= decoder->end)
        return false;
    double place_s = fmin(fmax(order->place_s, 0.0), info->length_s);
    sf_count_t place = llround(place_s * rate);
    decoder->at = place > decoder->begin && place < decoder->end ? place : decoder->begin;
    if (decoder->at > 0 && sf_seek(decoder->file, decoder->at, SEEK_SET) < 0) {
        /* Some can only be played from the beginning. */
        if (sf_seek(decoder->file, 0, SEEK_SET) < 0)
            return false;
        decoder->at = 0;
    }
    info->place_s = (double)decoder->at / rate;
    double left = (double)(decoder->end - decoder->at) * ENGINE_RATE / rate;
    decoder->to_come = left < 1e15 ? (uint64_t)llround(left) : (uint64_t)1e15;
    return true;
}

static enum decoder_answer set_up(struct decoder *decoder, const SF_INFO *sound,
                                  const struct decoder_order *order, struct decoder_info *info,
                                  struct error *error)
{
    if (sound->frames <= 0 || sound->samplerate <= 0 || sound->samplerate > RATE_MAX ||
        sound->channels < 1 || sound->channels > CHANNELS_MAX)
        return DECODER_ELSEWHERE;
    decoder->channels = sound->channels;
    decoder->rate = sound->samplerate;
    decoder->loop = order->loop;
    decoder->first = true;
    if (!set_up_channels(decoder) || !set_up_resampler(decoder))
        return DECODER_ELSEWHERE;
    if (!set_up_part(decoder, order, sound->frames, info)) {
        (void)error_set(error, "ends before the part of it that is to be played");
        return DECODER_FAILED;
    }
    const char *title = sf_get_string(decoder->file, SF_STR_TITLE);
    text_clean(info->title, sizeof info->title, title != NULL ? title : "");
    return DECODER_OPEN;
}

/* Opened without waiting: a pipe whose other end nobody holds is no file. */
static int open_file(const char *path, struct error *error)
{
    if (!track_check(path, error))
        return -1;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode))
        return file;
    (void)error_set(error, "%s", file < 0 ? strerror(errno) : "is not a file");
    if (file >= 0)
        (void)close(file);
    return -1;
}

static enum decoder_answer open_with(struct decoder *decoder, const char *path,
                                     const struct decoder_order *order, struct decoder_info *info,
                                     struct error *error)
{
    int file = decoder->descriptor;
    unsigned char head[TRACK_HEAD_BYTES];
    ssize_t count = pread(file, head, sizeof head, 0);
    enum track_kind kind = track_kind_of(head, count > 0 ? (size_t)count : 0, path);
    if (kind == TRACK_NONE) {
        (void)error_set(error, "is not music that can be played");
        return DECODER_FAILED;
    }
    if (kind == TRACK_MIXED)
        return DECODER_ELSEWHERE;
    gain_read(file, &info->gain);
    SF_INFO sound = {0};
    decoder->file = sf_open_fd(file, SFM_READ, &sound, SF_FALSE);
    return decoder->file == NULL ? DECODER_ELSEWHERE : set_up(decoder, &sound, order, info, error);
}

enum decoder_answer decoder_open(struct decoder **decoder_out, const char *path,
                                 const struct decoder_order *order, struct decoder_info *info,
                                 struct error *error)
{
    *decoder_out = NULL;
    *info = (struct decoder_info){0};
    struct decoder *decoder = calloc(1, sizeof *decoder);
    if (decoder == NULL) {
        (void)error_set(error, "out of memory");
        return DECODER_FAILED;
    }
    decoder->descriptor = open_file(path, error);
    enum decoder_answer answer =
        decoder->descriptor < 0 ? DECODER_FAILED : open_with(decoder, path, order, info, error);
    if (answer != DECODER_OPEN)
        decoder_close(&decoder);
    *decoder_out = decoder;
    return answer;
}

void decoder_close(struct decoder **decoder_in)
{
    struct decoder *decoder = *decoder_in;
    if (decoder == NULL)
        return;
    *decoder_in = NULL;
    if (decoder->resampler != NULL)
        (void)src_delete(decoder->resampler);
    if (decoder->file != NULL)
        (void)sf_close(decoder->file);
    if (decoder->descriptor >= 0)
        (void)close(decoder->descriptor);
    free(decoder->raw);
    free(decoder);
}
