/* Writes what one cue, or a stretch of one ambience, sounds like: raw floats, stereo at 48 kHz, on
 * standard output.
 *
 * usage: cue_out NAME SECONDS     (SECONDS 0: the cue's own length) */
#include "cues.h"
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUFFER 1024
#define TAIL_S 0.3

static struct engine engine;

static bool begin(const char *name, double *length_s)
{
    for (int i = 1; i < AMBIENCE_COUNT; i++) {
        if (strcmp(ambience_name((enum ambience)i), name) == 0)
            return engine_lasting_begin(&engine, cues_texture((enum ambience)i), 0, 0);
    }
    for (int i = 1; i < CUE_COUNT; i++) {
        if (strcmp(cue_name((enum cue)i), name) != 0)
            continue;
        struct voice_plan plan;
        cues_plan((enum cue)i, (time_ns)(*length_s * 1e9), &plan);
        *length_s = plan.length_s;
        engine_voice(&engine, &plan, 0);
        return true;
    }
    return false;
}

int main(int count, char **words)
{
    double length_s = count == 3 ? strtod(words[2], NULL) : -1.0;
    engine_init(&engine, NULL, NULL);
    if (length_s < 0.0 || !begin(words[1], &length_s)) {
        (void)fprintf(stderr, "usage: cue_out NAME SECONDS\n");
        return 2;
    }
    size_t frames = (size_t)((length_s + TAIL_S) * ENGINE_RATE);
    for (size_t at = 0; at < frames; at += BUFFER) {
        float io[ENGINE_CHANNELS * BUFFER] = {0.0F};
        size_t here = frames - at < BUFFER ? frames - at : BUFFER;
        engine_mix(&engine, io, BUFFER, 0);
        if (fwrite(io, sizeof io[0] * ENGINE_CHANNELS, here, stdout) != here)
            return 1;
    }
    return 0;
}
