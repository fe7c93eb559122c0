/* lacrima-flash WIDTHxHEIGHT FPS [options]: reads RGB24 frames, as `lacrima --render -` writes
 * them, and says whether they flash: lacrima breathe --render - --size 640x360 --fps 60 --seconds
 * 60 | lacrima-flash 640x360 60
 * --reversals: how many a tile may have within a second, 1 if not said.
 * --resized FRAME WIDTHxHEIGHT: from that frame on (the first is 0) frames have this size, and are
 * stretched to the first size, as on a display; may be given several times, in order.
 * --light: the palette is not one of the dark ones.  --plot: seconds, field mean, brightest window
 * and reversals of every frame into FILE, with tabs between.
 * Exit status: 0 nothing flashes, 1 something does, 2 the frames could not be read. */
#include "flash.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZES_MAX 64

static const struct {
    unsigned fault;
    const char *says;
} faults[] = {
    {FLASH_GENERAL_231, "general flashes over more than a quarter of a window (WCAG 2.3.1)"},
    {FLASH_GENERAL_232, "more than three general flashes within a second (WCAG 2.3.2)"},
    {FLASH_RED_231, "red flashes over more than a quarter of a window (WCAG 2.3.1)"},
    {FLASH_RED_232, "more than three red flashes within a second (WCAG 2.3.2)"},
    {FLASH_REVERSALS, "more reversals of a tile within a second than may be"},
    {FLASH_FIELD, "the whole field changes by more than 0.10 within a second"},
    {FLASH_BRIGHT, "a large area is not below 0.10 in a dark palette"},
};

static void row(const char *name, const struct flash_at *at)
{
    printf("%s\t%.4f\tat %.3f s\t%d,%d\n", name, at->value, at->seconds, at->x, at->y);
}

static int say(const struct flash_report *report, bool dark, int reversals)
{
    printf("frames\t%zu\nseconds\t%.3f\n", report->frames, report->seconds);
    row("general changes in a second", &report->general);
    row("red changes in a second", &report->red);
    row("general area", &report->general_area);
    row("red area", &report->red_area);
    row("reversals in a second", &report->reversals);
    row("field change in a second", &report->field_change);
    row("brightest window", &report->brightest);
    unsigned found = flash_faults(report, dark);
    if (report->reversals.value <= reversals)
        found &= ~(unsigned)FLASH_REVERSALS;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        if ((found & faults[i].fault) != 0)
            printf("fault\t%s\n", faults[i].says);
    }
    return found == 0 ? 0 : 1;
}

struct size {
    unsigned long frame;
    int width, height;
};

static struct size sizes[SIZES_MAX + 1];
static size_t size_count;

static bool read_size(const char *text, int *width, int *height)
{
    char rest = 0;
    return sscanf(text, "%dx%d%c", width, height, &rest) == 2 && *width >= 1 && *height >= 1 &&
           *width <= FLASH_SIDE_MAX && *height <= FLASH_SIDE_MAX;
}

static bool add_size(const char *frame, const char *text)
{
    struct size *size = &sizes[size_count];
    char *end = NULL;
    if (size_count == SIZES_MAX)
        return false;
    size->frame = strtoul(frame, &end, 10);
    size_count++;
    return *frame != '\0' && *end == '\0' && size->frame > sizes[size_count - 2].frame &&
           read_size(text, &size->width, &size->height);
}

static void stretch(uint8_t *out, const uint8_t *in, const struct size *from)
{
    const struct size *to = &sizes[0];
    for (int y = 0; y < to->height; y++) {
        const uint8_t *row = in + (size_t)(y * from->height / to->height) * (size_t)from->width * 3;
        for (int x = 0; x < to->width; x++, out += 3)
            memcpy(out, row + (size_t)(x * from->width / to->width) * 3, 3);
    }
}

static size_t bytes_of(const struct size *size)
{
    return (size_t)size->width * (size_t)size->height * 3;
}

static bool take_frames(struct flash *flash, double fps, FILE *plot)
{
    size_t most = 0;
    for (size_t i = 0; i < size_count; i++)
        most = bytes_of(&sizes[i]) > most ? bytes_of(&sizes[i]) : most;
    uint8_t *frame = malloc(most);
    uint8_t *stretched = malloc(most);
    size_t got = 0;
    size_t size = 0;
    double seconds = 0.0;
    for (unsigned long i = 0; frame != NULL && stretched != NULL; i++) {
        if (size + 1 < size_count && i == sizes[size + 1].frame)
            size++;
        got = fread(frame, 1, bytes_of(&sizes[size]), stdin);
        if (got != bytes_of(&sizes[size]))
            break;
        if (size > 0)
            stretch(stretched, frame, &sizes[size]);
        flash_frame(flash, size > 0 ? stretched : frame);
        if (plot != NULL)
            (void)fprintf(plot, "%.4f\t%.6f\t%.6f\t%d\n", seconds, flash_field(flash),
                          flash_window(flash), flash_reversals(flash));
        seconds += 1.0 / fps;
    }
    bool fine = frame != NULL && stretched != NULL && ferror(stdin) == 0;
    free(frame);
    free(stretched);
    if (got != 0)
        (void)fprintf(stderr, "lacrima-flash: the last frame is not whole\n");
    return fine && got == 0;
}

int main(int argc, char **argv)
{
    double fps = 0.0;
    bool dark = true;
    int reversals = FLASH_HOUSE_REVERSALS_MAX;
    const char *plot_path = NULL;
    struct flash *flash = NULL;
    char rest = 0;
    size_count = 1;
    if (argc < 3 || !read_size(argv[1], &sizes[0].width, &sizes[0].height) ||
        sscanf(argv[2], "%lf%c", &fps, &rest) != 1 ||
        !flash_create(&flash, sizes[0].width, sizes[0].height, fps)) {
        (void)fprintf(
            stderr, "usage: lacrima-flash WIDTHxHEIGHT FPS [--light] [--reversals N] [--plot FILE]"
                    " [--resized FRAME WIDTHxHEIGHT]...\n");
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[i], "--light") == 0)
            dark = false;
        else if (strcmp(argv[i], "--reversals") == 0 && i + 1 < argc)
            reversals = atoi(argv[++i]);
        else if (strcmp(argv[i], "--plot") == 0 && i + 1 < argc)
            plot_path = argv[++i];
        else if (strcmp(argv[i], "--resized") == 0 && i + 2 < argc) {
            if (!add_size(argv[i + 1], argv[i + 2])) {
                (void)fprintf(stderr, "lacrima-flash: --resized: a frame and a size\n");
                flash_destroy(&flash);
                return 2;
            }
            i += 2;
        }
    }
    FILE *plot = plot_path != NULL ? fopen(plot_path, "w") : NULL;
    int status = 2;
    if (plot_path != NULL && plot == NULL) {
        perror(plot_path);
    } else if (take_frames(flash, fps, plot)) {
        struct flash_report report = flash_report(flash);
        status = report.frames > 0 ? say(&report, dark, reversals) : 2;
    }
    if (plot != NULL && fclose(plot) != 0)
        status = 2;
    flash_destroy(&flash);
    return status;
}
