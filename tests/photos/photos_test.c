#define _XOPEN_SOURCE 700 /* mkdtemp() */
/* Photographs on a real disk: made by the test itself, read by the real decoders. */
#include "../support/cm.h"

#include "folder.h"
#include "lacrima/base/text.h"
#include "lacrima/photos.h"

#include <SDL.h>
#include <SDL_image.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_BYTES 256
#define MANY       50000U /* a file system may refuse more than 65,000 names of one file */

/* In the file from the top left: red, green, blue, white. */
#define WIDTH  64
#define HEIGHT 32

struct room {
    char folder[64];
    char said[8][512];
    size_t said_count;
    sem_t answered;
};

static void hear(void *user, const char *line)
{
    struct room *room = user;
    assert_true(room->said_count < 8);
    (void)text_copy(room->said[room->said_count++], sizeof room->said[0], line);
}

static void answered(void *user)
{
    struct room *room = user;
    (void)sem_post(&room->answered);
}

static int begin(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    assert_non_null(room);
    (void)strcpy(room->folder, "/tmp/lacrima-photos-XXXXXX");
    assert_non_null(mkdtemp(room->folder));
    assert_int_equal(sem_init(&room->answered, 0, 0), 0);
    *state = room;
    return 0;
}

static int end(void **state)
{
    struct room *room = *state;
    char command[PATH_BYTES];
    (void)snprintf(command, sizeof command, "rm -r '%s'", room->folder);
    assert_int_equal(system(command), 0);
    (void)sem_destroy(&room->answered);
    free(room);
    return 0;
}

static void path_of(const struct room *room, const char *name, char path[PATH_BYTES])
{
    (void)snprintf(path, PATH_BYTES, "%s/%s", room->folder, name);
}

static void write_bytes(const struct room *room, const char *name, const uint8_t *bytes,
                        size_t size)
{
    char path[PATH_BYTES];
    path_of(room, name, path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static uint8_t *read_bytes(const struct room *room, const char *name, size_t *size)
{
    char path[PATH_BYTES];
    path_of(room, name, path);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint8_t *bytes = malloc(1 << 20);
    assert_non_null(bytes);
    *size = fread(bytes, 1, 1 << 20, file);
    (void)fclose(file);
    return bytes;
}

static SDL_Surface *four_colours(int width, int height)
{
    SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, width, height, 24, SDL_PIXELFORMAT_RGB24);
    assert_non_null(s);
    const Uint8 colours[4][3] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}};
    for (int i = 0; i < 4; i++) {
        const Uint8 *c = colours[i];
        SDL_Rect part = {i % 2 * width / 2, i / 2 * height / 2, width / 2, height / 2};
        assert_int_equal(SDL_FillRect(s, &part, SDL_MapRGB(s->format, c[0], c[1], c[2])), 0);
    }
    return s;
}

static void save(const struct room *room, const char *name, int width, int height)
{
    char path[PATH_BYTES];
    SDL_Surface *s = four_colours(width, height);
    path_of(room, name, path);
    bool jpeg = strstr(name, ".jp") != NULL;
    assert_int_equal(jpeg ? IMG_SaveJPG(s, path, 95) : IMG_SavePNG(s, path), 0);
    SDL_FreeSurface(s);
}

/* Puts an EXIF segment with this orientation behind the JPEG's first two bytes. */
static void orient(const struct room *room, const char *name, uint8_t orientation)
{
    const uint8_t segment[] = {0xFF, 0xE1, 0, 34, 'E', 'x',         'i', 'f', 0, 0,    'M', 'M',
                               0,    42,   0, 0,  0,   8,           0,   1,   1, 0x12, 0,   3,
                               0,    0,    0, 1,  0,   orientation, 0,   0,   0, 0,    0,   0};
    size_t size = 0;
    uint8_t *bytes = read_bytes(room, name, &size);
    uint8_t *more = malloc(size + sizeof segment);
    assert_non_null(more);
    memcpy(more, bytes, 2);
    memcpy(more + 2, segment, sizeof segment);
    memcpy(more + 2 + sizeof segment, bytes + 2, size - 2);
    write_bytes(room, name, more, size + sizeof segment);
    free(bytes);
    free(more);
}

static char letter(const uint8_t *pixel)
{
    bool r = pixel[0] > 128;
    bool g = pixel[1] > 128;
    bool b = pixel[2] > 128;
    return r && g && b ? 'W' : r ? 'R' : g ? 'G' : b ? 'B' : '-';
}

/* The colours of the quarters, from the top left. */
static void quarters(const struct photos_picture *picture, char said[5])
{
    for (int i = 0; i < 4; i++) {
        int x = picture->width * (1 + 2 * (i % 2)) / 4;
        int y = picture->height * (1 + 2 * (i / 2)) / 4;
        said[i] = letter(picture->rgba + 4 * ((size_t)y * (size_t)picture->width + (size_t)x));
    }
    said[4] = '\0';
}

static struct photos *open_room(struct room *room, bool offline)
{
    struct photos *photos = NULL;
    struct error error;
    const struct photos_params params = {
        .offline = offline, .say = hear, .say_user = room, .wake = answered, .wake_user = room};
    assert_true(photos_open(&photos, room->folder, &params, &error));
    return photos;
}

static void every_way_a_camera_is_held(void **state)
{
    static const char *const seen[] = {"RGBW", "GRWB", "WBGR", "BWRG",
                                       "RBGW", "BRWG", "WGBR", "GWRB"};
    struct room *room = *state;
    char name[16];
    for (uint8_t i = 1; i <= 8; i++) {
        (void)snprintf(name, sizeof name, "%d.jpg", i);
        save(room, name, WIDTH, HEIGHT);
        orient(room, name, i);
    }
    struct photos *photos = open_room(room, true);
    for (int i = 0; i < 8; i++) {
        struct photos_picture picture;
        char said[5];
        photos_ask(photos, i > 0 ? +1 : 0, 1000, 1000);
        assert_int_equal(photos_poll(photos, &picture), PHOTOS_PICTURE);
        quarters(&picture, said);
        assert_string_equal(said, seen[i]);
        assert_int_equal(picture.width, i < 4 ? WIDTH : HEIGHT);
        assert_int_equal(picture.height, i < 4 ? HEIGHT : WIDTH);
    }
    photos_close(&photos);
    assert_int_equal(room->said_count, 0);
}

static void webp_and_png_are_read_and_made_small(void **state)
{
    static const uint8_t webp[] = {0x52, 0x49, 0x46, 0x46, 0x22, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42,
                                   0x50, 0x56, 0x50, 0x38, 0x4c, 0x16, 0x00, 0x00, 0x00, 0x2f, 0x03,
                                   0x40, 0x00, 0x00, 0x0f, 0x10, 0xf3, 0xbf, 0xff, 0xf3, 0x1f, 0x0e,
                                   0x14, 0x02, 0x08, 0x80, 0x82, 0x26, 0xa2, 0xff, 0xf1};
    struct room *room = *state;
    struct photos_picture picture;
    write_bytes(room, "a.webp", webp, sizeof webp);
    save(room, "b.png", 600, 400);
    struct photos *photos = open_room(room, true);
    photos_ask(photos, 0, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_PICTURE);
    assert_int_equal(picture.width, 4);
    assert_int_equal(picture.height, 2);
    assert_int_equal(letter(picture.rgba), 'R');
    assert_int_equal(letter(picture.rgba + 12), 'B');
    photos_ask(photos, +1, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_PICTURE);
    assert_int_equal(picture.width, 100);
    assert_int_equal(picture.height, 66);
    char said[5];
    quarters(&picture, said);
    assert_string_equal(said, "RGBW");
    photos_close(&photos);
}

static void put_32(uint8_t *at, uint32_t value)
{
    for (size_t i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* Of what would take more memory than there ought to be the first bytes alone are read. */
static void what_is_too_large_is_passed_over(void **state)
{
    uint8_t head[26] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0\x08\x06";
    struct room *room = *state;
    struct photos_picture picture;
    put_32(head + 16, 20000);
    put_32(head + 20, 10000);
    write_bytes(room, "1.png", head, sizeof head);
    put_32(head + 16, 12001);
    write_bytes(room, "2.png", head, sizeof head);
    put_32(head + 16, 12000);
    write_bytes(room, "3.png", head, sizeof head);
    save(room, "4.png", WIDTH, HEIGHT);
    struct photos *photos = open_room(room, true);
    photos_ask(photos, 0, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_PICTURE);
    assert_int_equal(picture.width, WIDTH);
    assert_int_equal(room->said_count, 3);
    assert_non_null(
        strstr(room->said[0], "1.png: a picture of 20000x10000 is too large to be shown"));
    assert_non_null(
        strstr(room->said[1], "2.png: a picture of 12001x10000 is too large to be shown"));
    assert_non_null(strstr(room->said[2], "3.png: the picture is damaged"));
    photos_close(&photos);
}

/* What is broken is said, each once, and the next one comes, in either direction. */
static void what_cannot_be_read_is_passed_over(void **state)
{
    static const uint8_t huge[] = {0x89, 'P',  'N', 'G', '\r', '\n', 0x1A, '\n', 0,
                                   0,    0,    13,  'I', 'H',  'D',  'R',  0,    0,
                                   0xFF, 0xFF, 0,   0,   0xFF, 0xFF, 8,    2};
    struct room *room = *state;
    struct photos_picture picture;
    save(room, "1.jpg", WIDTH, HEIGHT);
    write_bytes(room, "2.jpg", (const uint8_t *)"", 0);
    write_bytes(room, "3.png", (const uint8_t *)"these are words", 15);
    write_bytes(room, "4.png", huge, sizeof huge);
    save(room, "5.jpg", WIDTH, HEIGHT);
    size_t size = 0;
    uint8_t *bytes = read_bytes(room, "5.jpg", &size);
    write_bytes(room, "5.jpg", bytes, size - 20);
    free(bytes);
    write_bytes(room, "6.webp",
                (const uint8_t *)"RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\x02\0\0\0\x0F\0\0\x0F\0", 30);
    save(room, "7.png", WIDTH, HEIGHT);
    struct photos *photos = open_room(room, true);
    photos_ask(photos, 0, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_PICTURE);
    assert_int_equal(room->said_count, 0);
    photos_ask(photos, +1, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_PICTURE);
    assert_int_equal(room->said_count, 5);
    static const char *const said[] = {
        "2.jpg: this is no", "3.png: this is no", "4.png: a picture of 65535x65535 is too large",
        "5.jpg: the picture is damaged", "6.webp: a WebP picture that moves"};
    for (size_t i = 0; i < 5; i++)
        assert_non_null(strstr(room->said[i], said[i]));
    photos_ask(photos, +1, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_END);
    photos_ask(photos, -1, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_PICTURE);
    photos_ask(photos, -1, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_BEGIN);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_NONE);
    assert_int_equal(room->said_count, 5);
    photos_close(&photos);
}

static void only_broken_ones_are_an_end(void **state)
{
    struct room *room = *state;
    struct photos_picture picture;
    write_bytes(room, "1.jpg", (const uint8_t *)"x", 1);
    write_bytes(room, "2.jpg", (const uint8_t *)"y", 1);
    struct photos *photos = open_room(room, true);
    photos_ask(photos, 0, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_END);
    photos_ask(photos, 0, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_END);
    photos_ask(photos, -1, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_BEGIN);
    assert_int_equal(room->said_count, 2);
    photos_close(&photos);
}

/* With its thread: the answer wakes, a question that is asked over another is the one answered,
 * and nobody is waited for who is not there. */
static void the_thread_answers(void **state)
{
    struct room *room = *state;
    struct photos_picture picture;
    save(room, "1.png", 8, 8);
    save(room, "2.png", 16, 16);
    struct photos *photos = open_room(room, false);
    enum photos_news news = PHOTOS_NONE;
    photos_ask(photos, 0, 100, 100);
    photos_ask(photos, +1, 100, 100);
    while (news == PHOTOS_NONE) {
        assert_int_equal(sem_wait(&room->answered), 0);
        news = photos_poll(photos, &picture);
    }
    assert_int_equal(news, PHOTOS_PICTURE);
    assert_int_equal(picture.width, 16);
    photos_ask(photos, 0, 100, 100);
    photos_close(&photos);
    assert_null(photos);
}

static void folders_say_what_they_are(void **state)
{
    struct room *room = *state;
    struct photos *photos = NULL;
    struct error error;
    const struct photos_params params = {.offline = true};
    char path[PATH_BYTES];
    assert_false(photos_open(&photos, room->folder, &params, &error));
    assert_non_null(strstr(error.text, "there is no JPEG, PNG or WebP picture in it"));
    path_of(room, "none", path);
    assert_false(photos_open(&photos, path, &params, &error));
    assert_non_null(strstr(error.text, "none: No such file"));
    write_bytes(room, "words.txt", (const uint8_t *)"x", 1);
    path_of(room, "words.txt", path);
    assert_false(photos_open(&photos, path, &params, &error));
    assert_non_null(strstr(error.text, "words.txt: this is neither"));
    save(room, "one.PNG", 8, 8);
    (void)snprintf(path, sizeof path, "%s//", room->folder);
    assert_true(photos_open(&photos, path, &params, &error));
    assert_string_equal(photos_title(photos), strrchr(room->folder, '/') + 1);
    photos_close(&photos);
    photos_close(&photos);
}

static void names_are_in_the_order_people_mean(void **state)
{
    (void)state;
    assert_true(folder_compare("2.jpg", "10.jpg") < 0);
    assert_true(folder_compare("IMG_9.jpg", "img_10.JPG") < 0);
    assert_true(folder_compare("a.jpg", "B.jpg") < 0);
    assert_true(folder_compare("a.jpg", "a.jpg") == 0);
    assert_true(folder_compare("a007.jpg", "a7.jpg") != 0);
    assert_true(folder_compare("a", "ab") < 0);
}

/* A folder of 50,000: opening it reads none of them but the first few names, the first that comes
 * is the first in order, and one that is left while it is still being read is left at once. */
static void a_large_folder_is_read_elsewhere(void **state)
{
    struct room *room = *state;
    struct photos_picture picture;
    char first[PATH_BYTES];
    save(room, "x.jpg", WIDTH, HEIGHT);
    path_of(room, "x.jpg", first);
    for (unsigned i = 0; i < MANY; i++) {
        char name[32];
        char path[PATH_BYTES];
        (void)snprintf(name, sizeof name, "img_%u.jpg", (i * 7919U) % MANY);
        path_of(room, name, path);
        assert_int_equal(link(first, path), 0);
    }
    (void)unlink(first);
    path_of(room, "img_0.jpg", first);
    (void)unlink(first);
    save(room, "img_0.jpg", HEIGHT, WIDTH);
    struct photos *left = open_room(room, false);
    photos_ask(left, 0, 1000, 1000);
    photos_close(&left);
    struct photos *photos = open_room(room, false);
    for (unsigned i = 0; i < 3; i++) {
        enum photos_news news = PHOTOS_NONE;
        photos_ask(photos, i > 0 ? +1 : 0, 1000, 1000);
        while ((news = photos_poll(photos, &picture)) == PHOTOS_NONE)
            (void)sem_wait(&room->answered);
        assert_int_equal(news, PHOTOS_PICTURE);
        assert_int_equal(picture.width, i == 0 ? HEIGHT : WIDTH);
    }
    photos_close(&photos);
    assert_int_equal(room->said_count, 0);
}

/* What a look at the first entries cannot tell is told when it has been read. */
static void a_folder_that_was_emptied_says_so(void **state)
{
    struct room *room = *state;
    struct photos_picture picture;
    char path[PATH_BYTES];
    save(room, "one.jpg", WIDTH, HEIGHT);
    struct photos *photos = open_room(room, true);
    path_of(room, "one.jpg", path);
    (void)unlink(path);
    photos_ask(photos, 0, 100, 100);
    assert_int_equal(photos_poll(photos, &picture), PHOTOS_END);
    assert_int_equal(room->said_count, 1);
    assert_non_null(strstr(room->said[0], "there is no JPEG, PNG or WebP picture in it"));
    photos_close(&photos);
}

#define ROOM_TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROOM_TEST(every_way_a_camera_is_held),
        ROOM_TEST(webp_and_png_are_read_and_made_small),
        ROOM_TEST(what_cannot_be_read_is_passed_over),
        ROOM_TEST(what_is_too_large_is_passed_over),
        ROOM_TEST(only_broken_ones_are_an_end),
        ROOM_TEST(the_thread_answers),
        ROOM_TEST(folders_say_what_they_are),
        ROOM_TEST(a_large_folder_is_read_elsewhere),
        ROOM_TEST(a_folder_that_was_emptied_says_so),
        cmocka_unit_test(names_are_in_the_order_people_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
