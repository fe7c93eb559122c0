/* Music and the engine that mixes it, run by turns on one thread, so that what is heard does not
 * depend on the machine.  Only decoding has a thread, and that is waited for. */
#ifndef LACRIMA_TESTS_AUDIO_BY_TURNS_H
#define LACRIMA_TESTS_AUDIO_BY_TURNS_H

#include "engine.h"
#include "music.h"

#include <stddef.h>
#include <stdint.h>

#define SCENE_PI 3.14159265358979

struct scene {
    char folder[64];
    struct engine engine;
    struct music music;
    float *heard; /* stereo */
    size_t frames;
    char titles[16][AUDIO_TITLE_BYTES];
    size_t began[16];
    size_t count;
    char line[256];
    double kept_s, known_s;
    int kept;
};
extern struct scene scene;

/* For cmocka. */
int set_up(void **state);
int tear_down(void **state);

void begin(const struct audio_playing *playing);
const char *path_of(const char *name);

/* What a file holds at a frame, -1 to 1. */
struct sound {
    double hertz, peak;
    double from; /* of a turn */
    uint32_t noise;
};

/* Writes a file of 24 bits and adds it to the list. */
void add(const char *name, struct sound sound, unsigned rate, unsigned frames);

time_ns now(void);
void take_events(void);

/* One buffer, whatever is being opened. */
void mix(void);

/* Waits until a file has been opened, or has failed to; fails if none does. */
void wait_for_disk(void);

/* No time passes while a file is being opened. */
void run(double seconds);

double rms(double from_s, double to_s);
double db(double of, double to);

/* How strong one pitch is (its peak), by its Fourier sum. */
double strength(double hertz, double from_s, double to_s);

/* The largest second difference, out of which a step, a corner or a gap in a sine stands, and what
 * it is in a whole one. */
double roughest(double from_s, double to_s);
double roughness_of(double hertz, double peak);

/* The scene's, for struct audio_playing. */
double place_of(void *user, const char *path);
void keep_place(void *user, const char *path, double place_s, double length_s);

#endif
