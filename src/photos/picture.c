#include "picture.h"

#include "png.h"
#include "size.h"

#include <SDL.h>
#include <SDL_image.h>
#include <errno.h>
#include <libexif/exif-data.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* While it is decoded a picture takes up to 4 bytes a pixel, and one is decoded at a time: at most
 * 480 MB.  Cameras make no more than this; a telephone can, if it is told to. */
#define PIXELS_MAX (UINT64_C(120) * 1000 * 1000)

#define CHANNELS   4
#define ALPHA      3
/* Sums of the squares of so many codes stay below 2^53. */
#define SHRINK_MAX 4096

/* How the picture lies in the file: EXIF's eight ways. */
struct turn {
    bool swapped;    /* rows are columns */
    bool from_right; /* first mirrored left to right */
    bool from_below; /* and upside down */
};

static struct turn turn_of(int orientation)
{
    static const struct turn turns[] = {
        {false, false, false}, {false, true, false}, {false, true, true}, {false, false, true},
        {true, false, false},  {true, false, true},  {true, true, true},  {true, true, false}};
    return turns[orientation >= 1 && orientation <= 8 ? orientation - 1 : 0];
}

static struct turn read_turn(const char *path)
{
    int orientation = 1;
    ExifData *data = exif_data_new_from_file(path);
    if (data != NULL) {
        const ExifEntry *entry =
            exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
        if (entry != NULL && entry->format == EXIF_FORMAT_SHORT && entry->size >= 2)
            orientation = exif_get_short(entry->data, exif_data_get_byte_order(data));
        exif_data_unref(data);
    }
    return turn_of(orientation);
}

static bool check_file(const char *path, struct error *error)
{
    struct stat status;
    uint32_t width = 0;
    uint32_t height = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return error_set(error, "%s: %s", path, strerror(errno));
    bool regular = fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode);
    bool known = regular && size_read(file, &width, &height);
    bool whole = known && size_has_end(file);
    bool moves = known && size_moves(file);
    (void)fclose(file);
    if (!known)
        return error_set(error, "%s: this is no JPEG, PNG or WebP picture", path);
    if (width == 0 || height == 0 || (uint64_t)width * height > PIXELS_MAX)
        return error_set(error, "%s: a picture of %ux%u is too large to be shown", path,
                         (unsigned)width, (unsigned)height);
    if (moves)
        return error_set(error, "%s: a WebP picture that moves; only still ones are shown", path);
    return whole || error_set(error, "%s: the picture is damaged (it breaks off)", path);
}

static SDL_Surface *load_png(const char *path, struct error *error)
{
    struct png png;
    SDL_Surface *surface = NULL;
    bool whole = png_read(&png, path, error);
    if (whole)
        surface = IMG_Load_RW(SDL_RWFromConstMem(png.bytes, (int)png.size), 1);
    png_finish(&png);
    if (whole && surface == NULL)
        (void)error_set(error, "%s: the picture is damaged (%s)", path, IMG_GetError());
    return surface;
}

static SDL_Surface *load_other(const char *path, struct error *error)
{
    SDL_Surface *surface = IMG_Load(path);
    if (surface == NULL)
        (void)error_set(error, "%s: the picture is damaged (%s)", path, IMG_GetError());
    return surface;
}

static SDL_Surface *load(const char *path, struct error *error)
{
    (void)IMG_Init(IMG_INIT_JPG | IMG_INIT_PNG | IMG_INIT_WEBP);
    SDL_Surface *surface = png_begins(path) ? load_png(path, error) : load_other(path, error);
    if (surface == NULL)
        return NULL;
    if (surface->format->palette == NULL)
        return surface;
    /* Few pictures of few colours are large. */
    SDL_Surface *plain = SDL_ConvertSurfaceFormat(surface, SDL_PIXELFORMAT_RGBA32, 0);
    SDL_FreeSurface(surface);
    if (plain == NULL)
        (void)error_set(error, "%s: %s", path, SDL_GetError());
    return plain;
}

/* By which whole number its sides are divided to come near to the room. */
static int shrink_of(int width, int height, int room_width, int room_height)
{
    double ratio = fmax((double)width / room_width, (double)height / room_height);
    double shrink = fmin(fmax(floor(ratio + 0.5), 1.0), SHRINK_MAX);
    return (int)shrink;
}

/* Sums light, not codes: a code's square stands for its light. */
static void add_row(double *sums, const uint8_t *row, int width, int shrink)
{
    for (int x = 0; x < width * shrink; x++) {
        const uint8_t *pixel = row + (size_t)x * CHANNELS;
        double *sum = sums + (size_t)(x / shrink) * CHANNELS;
        double alpha = pixel[ALPHA];
        for (int c = 0; c < ALPHA; c++)
            sum[c] += (double)pixel[c] * pixel[c] * alpha;
        sum[ALPHA] += alpha;
    }
}

static void put(uint8_t *pixel, const double *sum, int count)
{
    double alpha = sum[ALPHA];
    for (int c = 0; c < ALPHA; c++)
        pixel[c] = (uint8_t)(alpha > 0.0 ? sqrt(sum[c] / alpha) + 0.5 : 0.0);
    pixel[ALPHA] = (uint8_t)(alpha / count + 0.5);
}

/* Where the pixel that lies at (x, y) of the file's width x height stands when it is turned. */
static size_t turned(struct turn turn, int width, int height, int x, int y)
{
    x = turn.from_right ? width - 1 - x : x;
    y = turn.from_below ? height - 1 - y : y;
    return turn.swapped ? (size_t)x * (size_t)height + (size_t)y
                        : (size_t)y * (size_t)width + (size_t)x;
}

static bool shrink_into(struct photos_picture *picture, SDL_Surface *surface, struct turn turn,
                        int shrink)
{
    int width = surface->w / shrink;
    int height = surface->h / shrink;
    uint8_t *row = malloc((size_t)surface->w * CHANNELS);
    double *sums = malloc((size_t)width * CHANNELS * sizeof *sums);
    uint8_t *rgba = malloc((size_t)width * (size_t)height * CHANNELS);
    bool fine = row != NULL && sums != NULL && rgba != NULL;
    for (int y = 0; fine && y < height; y++) {
        memset(sums, 0, (size_t)width * CHANNELS * sizeof *sums);
        for (int i = 0; fine && i < shrink; i++) {
            const uint8_t *pixels = surface->pixels;
            fine = SDL_ConvertPixels(surface->w, 1, surface->format->format,
                                     pixels + (size_t)(y * shrink + i) * (size_t)surface->pitch,
                                     surface->pitch, SDL_PIXELFORMAT_RGBA32, row,
                                     surface->w * CHANNELS) == 0;
            add_row(sums, row, width, shrink);
        }
        for (int x = 0; x < width; x++)
            put(rgba + turned(turn, width, height, x, y) * CHANNELS, sums + (size_t)x * CHANNELS,
                shrink * shrink);
    }
    free(row);
    free(sums);
    *picture = (struct photos_picture){.width = turn.swapped ? height : width,
                                       .height = turn.swapped ? width : height,
                                       .rgba = rgba};
    return fine;
}

bool picture_read(struct photos_picture *picture, const char *path, int width, int height,
                  struct error *error)
{
    *picture = (struct photos_picture){0};
    if (!check_file(path, error))
        return false;
    SDL_Surface *surface = load(path, error);
    if (surface == NULL)
        return false;
    struct turn turn = read_turn(path);
    int shrink = turn.swapped ? shrink_of(surface->h, surface->w, width, height)
                              : shrink_of(surface->w, surface->h, width, height);
    /* A line of one pixel stays one. */
    shrink = shrink > surface->w ? surface->w : shrink;
    shrink = shrink > surface->h ? surface->h : shrink;
    bool fine = shrink_into(picture, surface, turn, shrink);
    SDL_FreeSurface(surface);
    if (fine)
        return true;
    free(picture->rgba);
    *picture = (struct photos_picture){0};
    return error_set(error, "%s: out of memory", path);
}
