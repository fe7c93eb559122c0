/* Some hundreds of damaged, odd and oversized pictures in one folder, and a good one behind them:
 * none ends the program, none is spoken of twice, none takes more memory than a photograph, and the
 * good one is seen. */
#include "../support/cm.h"
#include "../support/damage.h"

#include "lacrima/photos.h"

#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LAST        "zz-the-good-one.png"
#define ROOM_PX     64
#define NAME_BYTES  128
#define PATIENCE_S  240 /* far more than all of it takes */
#define EXIF_DAMAGE 24
#define EXIF_AT     2
#define EXIF_HEAD   4 /* up to its length */
#define LEAST       280

/* What is behind each: another way for a decoder. */
static const struct {
    const char *name, *ending, *how;
} kinds[] = {
    {"photo", "jpg", "-c:v mjpeg -q:v 3"},
    {"grey", "jpg", "-c:v mjpeg -pix_fmt gray -q:v 3"},
    {"plain", "png", "-c:v png"},
    {"deep", "png", "-c:v png -pix_fmt rgba64be"},
    {"few", "png", "-c:v png -pix_fmt pal8"},
    {"lossy", "webp", "-c:v libwebp -lossless 0"},
    {"lossless", "webp", "-c:v libwebp -lossless 1 -pix_fmt bgra"},
};
#define KINDS (sizeof kinds / sizeof kinds[0])

static struct damage damage;
static int said[DAMAGE_FILES_MAX];
static sem_t answered;

static void hear(void *user, const char *line)
{
    (void)user;
    if (++said[damage_said(&damage, line)] > 1)
        fail_msg("said twice: %s", line);
}

static void wake(void *user)
{
    (void)user;
    (void)sem_post(&answered);
}

static void make(const char *path, const char *how)
{
    char command[512];
    (void)snprintf(command, sizeof command,
                   "ffmpeg -v error -f lavfi -i testsrc=s=48x32:r=1:d=1 %s -frames:v 1 -f %s '%s' "
                   "</dev/null",
                   how, strstr(how, "webp") != NULL ? "webp" : "image2", path);
    if (system(command) != 0)
        fail_msg("%s", command);
}

/* The EXIF block of a camera that was held upside down, behind a JPEG's first two bytes: damaged,
 * it says nothing of which way up, and the picture is as good as before. */
static void damage_exif(struct damage_bytes good)
{
    static const unsigned char block[] = {0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,    'M', 'M',
                                          0,    42,   0, 0,  0,   8,   0,   1,   1, 0x12, 0,   3,
                                          0,    0,    0, 1,  0,   3,   0,   0,   0, 0,    0,   0};
    size_t size = good.size + sizeof block;
    unsigned char *bytes = malloc(size);
    assert_non_null(bytes);
    for (size_t i = 0; i < EXIF_DAMAGE; i++) {
        char name[NAME_BYTES];
        memcpy(bytes, good.data, EXIF_AT);
        memcpy(bytes + EXIF_AT, block, sizeof block);
        memcpy(bytes + EXIF_AT + sizeof block, good.data + EXIF_AT, good.size - EXIF_AT);
        bytes[EXIF_AT + EXIF_HEAD + i] ^= (unsigned char)(i % 2 == 0 ? 0xFF : 1U << (i % 8));
        (void)snprintf(name, sizeof name, "exif-%02zu.jpg", i);
        damage_write(&damage, name, bytes, size);
    }
    /* A length that leads into the picture. */
    bytes[EXIF_AT + EXIF_HEAD - 1] = 0xFF;
    damage_write(&damage, "long-exif.jpg", bytes, size);
    free(bytes);
}

static void put_32(unsigned char *at, uint32_t value)
{
    for (size_t i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

/* Small files that say of themselves that they are huge. */
static void make_bombs(struct damage_bytes png, struct damage_bytes jpeg)
{
    static const uint32_t sides[][2] = {{60000, 60000},   {UINT32_MAX, UINT32_MAX},
                                        {UINT32_MAX, 1},  {1, UINT32_MAX},
                                        {0x80000000u, 2}, {0, 1},
                                        {1, 0},           {65536, 65536}};
    unsigned char webp[30] = "RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF";
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        char name[NAME_BYTES];
        put_32(png.data + 16, sides[i][0]);
        put_32(png.data + 20, sides[i][1]);
        (void)snprintf(name, sizeof name, "huge-%zu.png", i);
        damage_write(&damage, name, png.data, png.size);
    }
    for (size_t at = 0; at + 9 < jpeg.size; at++) {
        if (jpeg.data[at] == 0xFF && jpeg.data[at + 1] == 0xC0)
            memset(jpeg.data + at + 5, 0xFF, 4);
    }
    damage_write(&damage, "huge.jpg", jpeg.data, jpeg.size);
    damage_write(&damage, "huge.webp", webp, sizeof webp);
}

static int make_all(void **state)
{
    static const struct damage_plan plan = {.cuts = 14, .flips = 14, .holes = 6};
    static const char *const endings[] = {"jpg", "png", "webp"};
    struct damage_bytes good[KINDS];
    (void)state;
    damage_begin(&damage, "pictures");
    for (size_t k = 0; k < KINDS; k++) {
        char name[NAME_BYTES];
        (void)snprintf(name, sizeof name, "good-%s.%s", kinds[k].name, kinds[k].ending);
        const char *path = damage_path(&damage, name);
        make(path, kinds[k].how);
        good[k] = damage_read(path);
        damage_make(&damage, kinds[k].name, kinds[k].ending, good[k], &plan);
        damage_rename(&damage, kinds[k].name, kinds[k].ending, good[k], endings, 3);
    }
    damage_exif(good[0]);
    make_bombs(good[2], good[0]);
    static const char *const others[] = {"gif", "bmp", "tiff"};
    for (size_t i = 0; i < 3; i++) {
        char name[NAME_BYTES];
        char how[NAME_BYTES];
        (void)snprintf(name, sizeof name, "in-truth-%s.png", others[i]);
        (void)snprintf(how, sizeof how, "-c:v %s", others[i]);
        make(damage_path(&damage, name), how);
    }
    make(damage_path(&damage, LAST), kinds[2].how);
    for (size_t k = 0; k < KINDS; k++)
        free(good[k].data);
    assert_true(damage.count > LEAST);
    return sem_init(&answered, 0, 0);
}

static int clear(void **state)
{
    (void)state;
    damage_remove(&damage);
    return 0;
}

/* Until there is one. */
static enum photos_news next(struct photos *photos)
{
    struct photos_picture picture;
    struct timespec until;
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_S;
    for (;;) {
        enum photos_news news = photos_poll(photos, &picture);
        if (news == PHOTOS_PICTURE)
            assert_true(picture.width > 0 && picture.height > 0 && picture.rgba != NULL);
        if (news != PHOTOS_NONE)
            return news;
        if (sem_timedwait(&answered, &until) != 0)
            fail_msg("no picture comes");
    }
}

static void check_said(size_t seen)
{
    size_t spoken = 0;
    for (size_t i = 0; i < damage.count; i++) {
        const char *name = strrchr(damage.paths[i], '/') + 1;
        spoken += (size_t)said[i];
        if (strstr(name, "-nothing.") != NULL || strstr(name, "-words.") != NULL ||
            strncmp(name, "huge", 4) == 0 || strncmp(name, "in-truth-", 9) == 0)
            assert_int_equal(said[i], 1);
        /* A camera's own remarks are no part of the picture. */
        if (strncmp(name, "good-", 5) == 0 || strncmp(name, "exif-", 5) == 0 ||
            strcmp(name, LAST) == 0)
            assert_int_equal(said[i], 0);
    }
    assert_int_equal(spoken + seen, damage.count);
    assert_true(spoken > damage.count / 4);
}

static void look_at_all(bool offline)
{
    const struct photos_params params = {.offline = offline, .say = hear, .wake = wake};
    struct photos *photos = NULL;
    struct error error;
    size_t seen = 0;
    memset(said, 0, sizeof said);
    assert_true(photos_open(&photos, damage.folder, &params, &error));
    for (int step = 0;; step = 1) {
        photos_ask(photos, step, ROOM_PX, ROOM_PX);
        if (next(photos) != PHOTOS_PICTURE)
            break;
        seen++;
    }
    photos_close(&photos);
    check_said(seen);
}

static void none_ends_a_visit(void **state)
{
    (void)state;
    look_at_all(false);
}

static void none_ends_a_recording(void **state)
{
    (void)state;
    look_at_all(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(none_ends_a_recording),
        cmocka_unit_test(none_ends_a_visit),
    };
    return cmocka_run_group_tests(tests, make_all, clear);
}
