/* Libraries read these tags too, but none for all kinds of file: libavformat, which does, brings a
 * hundred others with it, TagLib's C side leaves these tags out, and libsndfile drops them. */
#include "gain.h"

#include "lacrima/base/text.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define TAGS_BYTES_MAX                                                                             \
    (1 << 20)               /* what lies behind so many bytes of pictures is not looked for        \
                             */
#define BLOCKS_MAX      128 /* of a FLAC, before its sound */
#define PAGES_MAX       64  /* of an Ogg, before it */
#define LINE_BYTES      64
#define LOWEST_DB       (-40.0)
#define HIGHEST_DB      24.0
#define R128_TO_HERE_DB 5.0

struct bytes {
    unsigned char *at;
    size_t count;
};

static uint32_t little(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static uint32_t big(const unsigned char *at)
{
    return (uint32_t)at[3] | (uint32_t)at[2] << 8 | (uint32_t)at[1] << 16 | (uint32_t)at[0] << 24;
}

static bool read_at(int file, off_t at, unsigned char *into, size_t count)
{
    return pread(file, into, count, at) == (ssize_t)count;
}

static bool number_of(const char *text, double *number)
{
    char *end;
    *number = strtod(text, &end);
    return end != text && isfinite(*number);
}

static void say(struct gain_said *said, double db)
{
    *said = (struct gain_said){db >= LOWEST_DB && db <= HIGHEST_DB, db};
}

/* One tag, whatever the file; the program runs with a decimal point for numbers. */
static void take(struct track_gain *gain, const char *key, const char *value)
{
    double number;
    if (!number_of(value, &number))
        return;
    if (text_equal_nocase(key, "REPLAYGAIN_TRACK_GAIN"))
        say(&gain->track, number);
    else if (text_equal_nocase(key, "REPLAYGAIN_ALBUM_GAIN"))
        say(&gain->album, number);
    else if (text_equal_nocase(key, "REPLAYGAIN_TRACK_PEAK") && number > 0.0)
        gain->peak = number;
    else if (text_equal_nocase(key, "R128_TRACK_GAIN"))
        say(&gain->track, number / 256.0 + R128_TO_HERE_DB);
    else if (text_equal_nocase(key, "R128_ALBUM_GAIN"))
        say(&gain->album, number / 256.0 + R128_TO_HERE_DB);
}

/* "KEY=value", not ended by a zero. */
static void take_comment(struct track_gain *gain, const unsigned char *at, size_t count)
{
    char line[LINE_BYTES];
    if (count >= sizeof line)
        return; /* longer than any of these */
    memcpy(line, at, count);
    line[count] = '\0';
    char *equals = strchr(line, '=');
    if (equals == NULL)
        return;
    *equals = '\0';
    take(gain, line, equals + 1);
}

/* Vorbis comments, as in all but MP3. */
static void take_comments(struct track_gain *gain, const unsigned char *at, size_t count)
{
    if (count < 8 || little(at) > count - 8)
        return;
    size_t place = 4 + little(at);
    uint32_t comments = little(at + place);
    place += 4;
    for (; comments > 0 && count - place >= 4; comments--) {
        size_t length = little(at + place);
        place += 4;
        if (length > count - place)
            return;
        take_comment(gain, at + place, length);
        place += length;
    }
}

/* Adds what a page of an Ogg holds of its second packet; false: that was all, or it is broken. */
static bool add_page(int file, off_t *page, unsigned *packet, struct bytes *second)
{
    unsigned char head[27 + 255];
    if (!read_at(file, *page, head, 27) || memcmp(head, "OggS", 4) != 0 ||
        !read_at(file, *page + 27, head + 27, head[26]))
        return false;
    off_t at = *page + 27 + head[26];
    for (size_t i = 0; i < head[26]; i++) {
        size_t length = head[27 + i];
        if (*packet == 1) {
            if (length > TAGS_BYTES_MAX - second->count ||
                !read_at(file, at, second->at + second->count, length))
                return false;
            second->count += length;
        }
        at += (off_t)length;
        *packet += length < 255 ? 1 : 0;
        if (*packet > 1)
            return false;
    }
    *page = at;
    return true;
}

/* The second packet of Vorbis, Opus and FLAC alike holds the comments, after a mark. */
static void read_ogg(int file, struct track_gain *gain)
{
    static const struct {
        const char *mark;
        size_t length;
    } marks[] = {{"\x03vorbis", 7}, {"OpusTags", 8}, {"\x04", 4}};
    struct bytes second = {malloc(TAGS_BYTES_MAX), 0};
    if (second.at == NULL)
        return;
    off_t page = 0;
    unsigned packet = 0;
    for (int pages = 0; pages < PAGES_MAX && add_page(file, &page, &packet, &second); pages++)
        continue;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t length = marks[i].length;
        if (second.count > length && memcmp(second.at, marks[i].mark, strlen(marks[i].mark)) == 0) {
            take_comments(gain, second.at + length, second.count - length);
            break;
        }
    }
    free(second.at);
}

static void read_flac(int file, struct track_gain *gain)
{
    off_t at = 4;
    unsigned char head[4] = {0};
    for (int i = 0; i < BLOCKS_MAX && (head[0] & 0x80U) == 0; i++) {
        if (!read_at(file, at, head, sizeof head))
            return;
        size_t length = big(head) & 0xFFFFFFU;
        at += 4;
        unsigned char *block =
            (head[0] & 0x7FU) == 4 && length <= TAGS_BYTES_MAX ? malloc(length + 1) : NULL;
        if (block != NULL && read_at(file, at, block, length))
            take_comments(gain, block, length);
        free(block);
        at += (off_t)length;
    }
}

/* One text of an ID3 frame as ASCII, up to its zero; returns how many bytes it took. */
static size_t id3_text(unsigned encoding, const unsigned char *at, size_t count, char *text)
{
    size_t width = encoding == 1 || encoding == 2 ? 2 : 1;
    bool high_first = encoding == 2;
    size_t place = 0;
    size_t used = 0;
    if (encoding == 1 && count >= 2 && (at[0] ^ at[1]) == (0xFE ^ 0xFF)) {
        high_first = at[0] == 0xFE;
        place = 2;
    }
    while (count - place >= width) {
        unsigned high = width == 2 ? at[place + (high_first ? 0 : 1)] : 0;
        unsigned low = at[place + (width == 2 && high_first ? 1 : 0)];
        place += width;
        if (high == 0 && low == 0)
            break;
        if (used + 1 < LINE_BYTES)
            text[used++] = high == 0 && low < 0x80 ? (char)low : '?';
    }
    text[used] = '\0';
    return place;
}

static uint32_t sevens(const unsigned char *at)
{
    return (at[0] & 0x7FU) << 21 | (at[1] & 0x7FU) << 14 | (at[2] & 0x7FU) << 7 | (at[3] & 0x7FU);
}

/* The frames called TXXX of an ID3 2.3 or 2.4, which stand before the sound. */
static void take_id3(struct track_gain *gain, unsigned version, const unsigned char *at,
                     size_t count)
{
    size_t place = 0;
    while (count - place > 10 && at[place] != 0) {
        const unsigned char *frame = at + place;
        size_t length = version == 4 ? sevens(frame + 4) : big(frame + 4);
        place += 10;
        if (length > count - place)
            return;
        if (memcmp(frame, "TXXX", 4) == 0 && length > 1 && frame[10] <= 3) {
            char key[LINE_BYTES];
            char value[LINE_BYTES];
            size_t used = id3_text(frame[10], frame + 11, length - 1, key);
            (void)id3_text(frame[10], frame + 11 + used, length - 1 - used, value);
            take(gain, key, value);
        }
        place += length;
    }
}

static void read_id3(int file, const unsigned char *head, struct track_gain *gain)
{
    size_t length = sevens(head + 6);
    /* Unsynchronised, or with a second head: hardly ever written, and not read here. */
    if (head[3] < 3 || head[3] > 4 || (head[5] & 0xC0U) != 0)
        return;
    length = length < TAGS_BYTES_MAX ? length : TAGS_BYTES_MAX;
    unsigned char *tags = malloc(length + 1);
    ssize_t got = tags != NULL ? pread(file, tags, length, 10) : 0;
    if (got > 0)
        take_id3(gain, head[3], tags, (size_t)got);
    free(tags);
}

void gain_read(int file, struct track_gain *gain)
{
    *gain = (struct track_gain){0};
    unsigned char head[10];
    if (!read_at(file, 0, head, sizeof head))
        return;
    if (memcmp(head, "OggS", 4) == 0)
        read_ogg(file, gain);
    else if (memcmp(head, "fLaC", 4) == 0)
        read_flac(file, gain);
    else if (memcmp(head, "ID3", 3) == 0)
        read_id3(file, head, gain);
}

bool gain_factor(const struct track_gain *gain, bool album, double *factor)
{
    const struct gain_said *said =
        (album && gain->album.there) || !gain->track.there ? &gain->album : &gain->track;
    *factor = 1.0;
    if (!said->there)
        return false;
    double most = gain->peak > 0.0 ? fmax(1.0 / gain->peak, 0.0) : 1.0;
    *factor = fmin(pow(10.0, said->db / 20.0), most);
    return true;
}
