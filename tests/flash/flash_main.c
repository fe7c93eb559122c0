/* lacrima-flash WIDTHxHEIGHT FPS [--light] [--plot FILE]: reads RGB24 frames, as `lacrima --render
 * -` writes them, and says whether they flash. lacrima breathe --render - --size 640x360 --fps 60
 * --seconds 60 | lacrima-flash 640x360 60
 * --reversals: how many a tile may have within a second, 1 if not said.
 * --light: the palette is not one of the dark ones.  --plot: seconds, field mean, brightest window
 * and reversals of every frame into FILE, with tabs between.
 * Exit status: 0 nothing flashes, 1 something does, 2 the frames could not be read. */
#include "flash.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static bool take_frames(struct flash *flash, size_t bytes, double fps, FILE *plot)
{
    uint8_t *frame = malloc(bytes);
    size_t got = 0;
    double seconds = 0.0;
    if (frame == NULL)
        return false;
    while ((got = fread(frame, 1, bytes, stdin)) == bytes) {
        flash_frame(flash, frame);
        if (plot != NULL)
            (void)fprintf(plot, "%.4f\t%.6f\t%.6f\t%d\n", seconds, flash_field(flash),
                          flash_window(flash), flash_reversals(flash));
        seconds += 1.0 / fps;
    }
    free(frame);
    if (got != 0)
        (void)fprintf(stderr, "lacrima-flash: the last frame is not whole\n");
    return got == 0 && ferror(stdin) == 0;
}

int main(int argc, char **argv)
{
    int width = 0;
    int height = 0;
    double fps = 0.0;
    bool dark = true;
    int reversals = FLASH_HOUSE_REVERSALS_MAX;
    const char *plot_path = NULL;
    struct flash *flash = NULL;
    char rest = 0;
    if (argc < 3 || sscanf(argv[1], "%dx%d%c", &width, &height, &rest) != 2 ||
        sscanf(argv[2], "%lf%c", &fps, &rest) != 1 || !flash_create(&flash, width, height, fps)) {
        (void)fprintf(
            stderr,
            "usage: lacrima-flash WIDTHxHEIGHT FPS [--light] [--reversals N] [--plot FILE]\n");
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        if (strcmp(argv[i], "--light") == 0)
            dark = false;
        else if (strcmp(argv[i], "--reversals") == 0 && i + 1 < argc)
            reversals = atoi(argv[++i]);
        else if (strcmp(argv[i], "--plot") == 0 && i + 1 < argc)
            plot_path = argv[++i];
    }
    FILE *plot = plot_path != NULL ? fopen(plot_path, "w") : NULL;
    int status = 2;
    if (plot_path != NULL && plot == NULL) {
        perror(plot_path);
    } else if (take_frames(flash, (size_t)width * (size_t)height * 3, fps, plot)) {
        struct flash_report report = flash_report(flash);
        status = report.frames > 0 ? say(&report, dark, reversals) : 2;
    }
    if (plot != NULL && fclose(plot) != 0)
        status = 2;
    flash_destroy(&flash);
    return status;
}
