#include "device.h"

#include "lacrima/base/check.h"
#include "lacrima/base/text.h"

#include <SDL_mixer.h>

#define CLOSE_AFTER_NS SECONDS(2)
#define RETRY_FIRST_NS SECONDS(10)
#define RETRY_LAST_NS  SECONDS(60)
#define STAYS_NS       SECONDS(2)
#define QUIT_WAIT_MS   1000
#define IDS            17 /* SDL2 counts its open devices from 2 and has 16 of them */

static const char *const silent_driver = "dummy";

/* Each opening of this one begins its file anew, so closing would cut the recording. */
static const char *const recording_driver = "disk";

void device_init(struct device *device, struct engine *engine, bool muted)
{
    *device = (struct device){.engine = engine, .muted = muted, .retry_after = RETRY_FIRST_NS};
}

static void SDLCALL mix(void *user, Uint8 *stream, int bytes)
{
    size_t frames = (size_t)bytes / (sizeof(float) * ENGINE_CHANNELS);
    /* SDL hands out its buffers aligned for the format that was asked for. */
    engine_mix(user, (float *)(void *)stream, frames, SDL_GetTicks64());
}

/* SDL_mixer's hook has no argument of its own, and there is one mixer in a process. */
static struct engine *hooked;

static void SDLCALL music_over(void)
{
    engine_music_over(hooked);
}

/* SDL_mixer does not tell which device it opened: it is the one that plays and did not before. */
static SDL_AudioDeviceID find_opened(const bool played[IDS])
{
    for (SDL_AudioDeviceID id = 2; id < IDS; id++) {
        if (!played[id] && SDL_GetAudioDeviceStatus(id) == SDL_AUDIO_PLAYING)
            return id;
    }
    return 0;
}

static bool open_mixer(struct device *device, struct error *error)
{
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0)
        return error_set(error, "%s", SDL_GetError());
    bool played[IDS] = {false};
    for (SDL_AudioDeviceID id = 2; id < IDS; id++)
        played[id] = SDL_GetAudioDeviceStatus(id) == SDL_AUDIO_PLAYING;
    /* No change is allowed: SDL converts, and what is made here is right on every device. */
    if (Mix_OpenAudioDevice(ENGINE_RATE, AUDIO_F32SYS, ENGINE_CHANNELS, DEVICE_FRAMES, NULL, 0) !=
        0) {
        (void)error_set(error, "%s", Mix_GetError());
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
        return false;
    }
    device->id = find_opened(played);
    const char *driver = SDL_GetCurrentAudioDriver();
    device->engine->patient = driver != NULL && text_equal(driver, recording_driver);
    hooked = device->engine;
    Mix_HookMusicFinished(music_over);
    Mix_SetPostMix(mix, device->engine);
    return true;
}

static void finished(struct device *device)
{
    atomic_store(&device->done, true);
    if (device->wake != NULL && !atomic_load(&device->deaf))
        device->wake(device->wake_user);
}

static int SDLCALL open_job(void *user)
{
    struct device *device = user;
    device->opened = open_mixer(device, &device->error);
    finished(device);
    return 0;
}

static int SDLCALL close_job(void *user)
{
    struct device *device = user;
    Mix_SetPostMix(NULL, NULL);
    Mix_HookMusicFinished(NULL);
    Mix_CloseAudio();
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    /* On another device it is let in anew, softly. */
    engine_lasting_drop(device->engine);
    finished(device);
    return 0;
}

static void run_job(struct device *device, SDL_ThreadFunction job, const char *name)
{
    atomic_store(&device->done, false);
    device->thread = SDL_CreateThread(job, name, device);
    if (device->thread == NULL)
        (void)job(device);
}

/* Hints are set on the caller's thread only: SDL does not guard them. */
static void choose_driver(bool silent)
{
    if (silent)
        (void)SDL_SetHintWithPriority(SDL_HINT_AUDIODRIVER, silent_driver, SDL_HINT_OVERRIDE);
    else
        (void)SDL_ResetHint(SDL_HINT_AUDIODRIVER);
}

static void open_device(struct device *device, bool silent)
{
    check(device->state == DEVICE_CLOSED && device->thread == NULL);
    silent = silent || device->no_real;
    device->no_real = false;
    choose_driver(silent);
    device->real = !silent;
    device->state = DEVICE_OPENING;
    run_job(device, open_job, "audio-open");
}

/* Whether there was no device a moment ago; it is looked for again after a while. */
static bool known_silent(const struct device *device, time_ns now)
{
    return device->muted || now < device->retry_at;
}

void device_sound(struct device *device, time_ns at, time_ns now)
{
    device->last_sound = time_max(device->last_sound, time_max(at, now));
    if (device->state == DEVICE_CLOSED)
        open_device(device, known_silent(device, now));
    else if (device->state == DEVICE_CLOSING)
        device->reopen = true;
}

static enum device_news opening_done(struct device *device, time_ns now)
{
    device->state = DEVICE_CLOSED;
    if (!device->opened && device->real) {
        open_device(device, true);
        return DEVICE_SAME;
    }
    if (!device->opened)
        return DEVICE_SILENT; /* not even the silent one: stays closed until the next sound */
    device->state = DEVICE_OPEN;
    device->last_sound = time_max(device->last_sound, now);
    device->opened_at = now;
    const char *driver = SDL_GetCurrentAudioDriver();
    device->stays = driver != NULL && text_equal(driver, recording_driver);
    if (device->real || device->muted) {
        device->retry_after = RETRY_FIRST_NS;
        device->retry_at = 0;
        return DEVICE_OPENED;
    }
    if (now >= device->retry_at) {
        device->retry_at = now + device->retry_after;
        device->retry_after = time_min(2 * device->retry_after, RETRY_LAST_NS);
    }
    return DEVICE_SILENT;
}

static enum device_news job_done(struct device *device, time_ns now)
{
    if (device->thread != NULL)
        SDL_WaitThread(device->thread, NULL);
    device->thread = NULL;
    if (device->state == DEVICE_OPENING)
        return opening_done(device, now);
    device->state = DEVICE_CLOSED;
    device->id = 0;
    if (device->reopen) {
        device->reopen = false;
        open_device(device, known_silent(device, now));
    }
    return DEVICE_SAME;
}

enum device_news device_poll(struct device *device, bool sounding, time_ns now)
{
    bool at_work = device->state == DEVICE_OPENING || device->state == DEVICE_CLOSING;
    if (at_work)
        return atomic_load(&device->done) ? job_done(device, now) : DEVICE_SAME;
    if (device->state == DEVICE_CLOSED)
        return DEVICE_SAME;
    if (sounding)
        device_sound(device, now, now);
    if (device->id != 0 && SDL_GetAudioDeviceStatus(device->id) == SDL_AUDIO_STOPPED) {
        /* One that opens but does not stay is not to be tried again and again. */
        device->no_real = now - device->opened_at < STAYS_NS;
        return DEVICE_LOST;
    }
    return DEVICE_SAME;
}

bool device_retries(const struct device *device, time_ns now)
{
    return device->state == DEVICE_OPEN && !device->real && !device->muted &&
           now >= device->retry_at;
}

bool device_idle(const struct device *device, time_ns now)
{
    return device->state == DEVICE_OPEN && !device->stays &&
           now - device->last_sound >= CLOSE_AFTER_NS;
}

void device_close(struct device *device, bool reopen, time_ns now)
{
    check(device->state == DEVICE_OPEN);
    device->state = DEVICE_CLOSING;
    device->reopen = reopen;
    device->last_sound = time_max(device->last_sound, now);
    run_job(device, close_job, "audio-close");
}

bool device_runs(const struct device *device)
{
    return device->state == DEVICE_OPEN;
}

time_ns device_deadline(const struct device *device)
{
    if (device->state != DEVICE_OPEN)
        return TIME_NEVER;
    time_ns at = device->stays ? TIME_NEVER : device->last_sound + CLOSE_AFTER_NS;
    return !device->real && !device->muted ? time_min(at, device->retry_at) : at;
}

/* A thread that a sound server keeps waiting cannot be ended: it is left behind. */
static bool wait_for_job(struct device *device)
{
    uint64_t start_ms = SDL_GetTicks64();
    while (!atomic_load(&device->done) && SDL_GetTicks64() - start_ms < QUIT_WAIT_MS)
        SDL_Delay(1);
    if (!atomic_load(&device->done)) {
        SDL_DetachThread(device->thread);
        return false;
    }
    if (device->thread != NULL)
        SDL_WaitThread(device->thread, NULL);
    device->thread = NULL;
    return true;
}

bool device_finish(struct device *device)
{
    atomic_store(&device->deaf, true);
    if (device->state == DEVICE_OPENING || device->state == DEVICE_CLOSING) {
        if (!wait_for_job(device))
            return false;
        device->unheard =
            device->state == DEVICE_OPENING && !device->muted && !(device->real && device->opened);
        device->state =
            device->state == DEVICE_OPENING && device->opened ? DEVICE_OPEN : DEVICE_CLOSED;
    }
    if (device->state == DEVICE_OPEN)
        (void)close_job(device);
    device->state = DEVICE_CLOSED;
    choose_driver(false);
    return true;
}

bool device_offline_open(int rate, struct error *error)
{
    choose_driver(true);
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0)
        return error_set(error, "%s", SDL_GetError());
    if (Mix_OpenAudioDevice(rate, AUDIO_S16SYS, 1, 4096, NULL, 0) != 0) {
        (void)error_set(error, "%s", Mix_GetError());
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
        return false;
    }
    return true;
}

void device_offline_close(void)
{
    Mix_CloseAudio();
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    choose_driver(false);
}
