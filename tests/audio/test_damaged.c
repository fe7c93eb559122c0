/* Some hundreds of damaged and odd files, one after another, and a good one behind them: none ends
 * the program, none is spoken of twice, and the good one is heard. */
#include "media.h"

#include "../support/cm.h"

#include "lacrima/audio.h"

#include <SDL.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LAST       "the-good-one"
#define LEAST      300
#define GOOD_S     3.0
#define PATIENCE_S 240 /* far more than all of it takes */
#define LOOK_MS    20
#define STEP_NS    SECONDS(2)
#define STEPS_MAX  200000 /* of STEP_NS: one file says that it goes on for ten hours */

static struct damage media;
static int said[DAMAGE_FILES_MAX];
static sem_t woken;

static void wake(void *user)
{
    (void)user;
    (void)sem_post(&woken);
}

/* Every line names one of the files, is one line, and comes once for each. */
static void hear(void *user, const char *line)
{
    (void)user;
    if (++said[damage_said(&media, line)] > 1)
        fail_msg("said twice: %s", line);
}

static bool good_one_begins(struct audio *audio, time_ns now)
{
    struct audio_event event;
    while (audio_poll(audio, now, &event)) {
        if (event.kind == AUDIO_STARTED && strcmp(event.title, LAST) == 0)
            return true;
    }
    return false;
}

static struct audio *open_with_all(bool offline)
{
    struct audio *audio;
    struct error error;
    const struct audio_params params = {
        .offline = offline, .volume_percent = 100, .say = hear, .wake = wake};
    memset(said, 0, sizeof said);
    assert_true(audio_create(&audio, &params, &error));
    for (size_t i = 0; i < media.count; i++)
        (void)audio_music_add(audio, media.paths[i]);
    return audio;
}

static void check_said(void)
{
    size_t spoken = 0;
    for (size_t i = 0; i < media.count; i++) {
        const char *name = strrchr(media.paths[i], '/') + 1;
        spoken += (size_t)said[i];
        if (strstr(name, "-nothing.") != NULL || strstr(name, "-words.") != NULL)
            assert_int_equal(said[i], 1);
        if (strncmp(name, "good.", 5) == 0)
            assert_int_equal(said[i], 0);
    }
    assert_true(spoken > media.count / 8);
    assert_true(spoken < media.count);
}

static void none_ends_a_visit(void **state)
{
    (void)state;
    struct audio *audio = open_with_all(false);
    uint64_t begun = SDL_GetTicks64();
    audio_music_play(audio, (time_ns)begun * NS_PER_MS);
    bool good = false;
    while (!good) {
        uint64_t ms = SDL_GetTicks64();
        assert_true(ms - begun < PATIENCE_S * 1000U);
        good = good_one_begins(audio, (time_ns)ms * NS_PER_MS);
        struct timespec until;
        (void)clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += LOOK_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        if (!good && audio_deadline(audio) > (time_ns)ms * NS_PER_MS)
            (void)sem_timedwait(&woken, &until);
    }
    audio_destroy(&audio);
    check_said();
}

static void none_ends_a_recording(void **state)
{
    (void)state;
    struct audio *audio = open_with_all(true);
    audio_music_play(audio, 0);
    bool good = false;
    for (int i = 1; !good; i++) {
        assert_true(i < STEPS_MAX);
        good = good_one_begins(audio, i * STEP_NS);
    }
    audio_destroy(&audio);
    check_said();
}

static int make(void **state)
{
    (void)state;
    (void)setenv("SDL_AUDIODRIVER", "disk", 1);
    (void)setenv("SDL_DISKAUDIOFILE", "/dev/null", 1);
    (void)setenv("SDL_DISKAUDIODELAY", "1", 1); /* twenty times faster than time */
    SDL_LogSetAllPriority(SDL_NUM_LOG_PRIORITIES);
    media_make(&media);
    assert_true(media.count > LEAST);
    (void)media_add_good(&media, LAST ".wav", GOOD_S);
    return sem_init(&woken, 0, 0);
}

static int clear(void **state)
{
    (void)state;
    damage_remove(&media);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(none_ends_a_recording),
        cmocka_unit_test(none_ends_a_visit),
    };
    return cmocka_run_group_tests(tests, make, clear);
}
