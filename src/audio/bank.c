#include "bank.h"

#include "cues.h"
#include "pcm.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_BYTES 4096

void bank_init(struct cue_bank *bank, const char *dir, void (*wake)(void *), void *wake_user)
{
    memset(bank, 0, sizeof *bank);
    bank->dir = dir;
    bank->wake = wake;
    bank->wake_user = wake_user;
}

/* The next one to be read, or NULL. */
static struct bank_sound *next_wanted(struct cue_bank *bank, size_t *cue, size_t *layer)
{
    for (size_t c = 0; c < CUE_COUNT; c++) {
        for (size_t l = 0; l < ENGINE_LAYERS; l++) {
            if (atomic_load(&bank->sounds[c][l].state) != BANK_WANTED)
                continue;
            *cue = c;
            *layer = l;
            return &bank->sounds[c][l];
        }
    }
    return NULL;
}

static void read_one(struct cue_bank *bank, struct bank_sound *slot, enum cue cue, size_t layer)
{
    char path[PATH_BYTES];
    const char *file = cues_file(cue, layer);
    int length = snprintf(path, sizeof path, "%s/%s", bank->dir, file);
    bool good = false;
    if (length < 0 || (size_t)length >= sizeof path)
        (void)error_set(&slot->error, "%s: the path is too long", file);
    else
        good = pcm_read(&slot->sound, path, cues_is_texture(cue), &bank->cancelled, &slot->error);
    atomic_store(&slot->state, good ? BANK_READ : BANK_UNREADABLE);
    atomic_store(&slot->sound.awaited, false);
}

static int SDLCALL read_job(void *user)
{
    struct cue_bank *bank = user;
    size_t cue;
    size_t layer;
    struct bank_sound *slot;
    while (!atomic_load(&bank->cancelled) && (slot = next_wanted(bank, &cue, &layer)) != NULL)
        read_one(bank, slot, (enum cue)cue, layer);
    atomic_store(&bank->done, true);
    if (bank->wake != NULL && !atomic_load(&bank->cancelled))
        bank->wake(bank->wake_user);
    return 0;
}

static void read_on(struct cue_bank *bank)
{
    size_t cue;
    size_t layer;
    if (bank->thread != NULL || next_wanted(bank, &cue, &layer) == NULL)
        return;
    atomic_store(&bank->done, false);
    bank->thread = SDL_CreateThread(read_job, "cues", bank);
    if (bank->thread == NULL)
        (void)read_job(bank);
}

static void want_layer(struct cue_bank *bank, enum cue cue, size_t layer, time_ns at)
{
    struct bank_sound *slot = &bank->sounds[cue][layer];
    if (cues_file(cue, layer) == NULL)
        return;
    slot->wanted_at = time_max(slot->wanted_at, at);
    if (atomic_load(&slot->state) != BANK_UNREAD)
        return;
    /* Without the folder one line says it all. */
    if (access(bank->dir, R_OK | X_OK) != 0) {
        (void)error_set(&slot->error, "%s: the sounds cannot be read: %s; going on without them",
                        bank->dir, strerror(errno));
        slot->said = bank->dir_missing;
        bank->dir_missing = true;
        atomic_store(&slot->state, BANK_UNREADABLE);
        return;
    }
    atomic_store(&slot->sound.awaited, true);
    atomic_store(&slot->state, BANK_WANTED);
}

void bank_want(struct cue_bank *bank, enum cue cue, time_ns at)
{
    enum cue source = cues_source(cue);
    for (size_t l = 0; l < ENGINE_LAYERS; l++)
        want_layer(bank, source, l, at);
    read_on(bank);
}

static void give_back(struct bank_sound *slot)
{
    free(slot->sound.samples);
    slot->sound.samples = NULL;
    slot->sound.frames = 0;
    atomic_store(&slot->state, BANK_UNREAD);
}

bool bank_advance(struct cue_bank *bank, const struct engine *engine, time_ns now,
                  struct error *error)
{
    if (bank->thread != NULL && atomic_load(&bank->done)) {
        SDL_WaitThread(bank->thread, NULL);
        bank->thread = NULL;
    }
    read_on(bank); /* what was wanted as the thread was about to end */
    bool good = true;
    for (size_t c = 0; c < CUE_COUNT; c++) {
        for (size_t l = 0; l < ENGINE_LAYERS; l++) {
            struct bank_sound *slot = &bank->sounds[c][l];
            int state = atomic_load(&slot->state);
            if (state == BANK_UNREADABLE && !slot->said && good) {
                slot->said = true;
                *error = slot->error;
                good = false;
            }
            if (state == BANK_READ && now - slot->wanted_at >= BANK_KEEP_NS &&
                !engine_uses(engine, &slot->sound))
                give_back(slot);
        }
    }
    return good;
}

bool bank_reads(const struct cue_bank *bank)
{
    for (size_t c = 0; c < CUE_COUNT; c++) {
        for (size_t l = 0; l < ENGINE_LAYERS; l++) {
            if (atomic_load(&bank->sounds[c][l].state) == BANK_WANTED)
                return true;
        }
    }
    return false;
}

time_ns bank_deadline(const struct cue_bank *bank)
{
    time_ns at = TIME_NEVER;
    for (size_t c = 0; c < CUE_COUNT; c++) {
        for (size_t l = 0; l < ENGINE_LAYERS; l++) {
            if (atomic_load(&bank->sounds[c][l].state) == BANK_READ)
                at = time_min(at, bank->sounds[c][l].wanted_at + BANK_KEEP_NS);
        }
    }
    return at;
}

void bank_finish(struct cue_bank *bank)
{
    atomic_store(&bank->cancelled, true);
    if (bank->thread != NULL)
        SDL_WaitThread(bank->thread, NULL);
    bank->thread = NULL;
    for (size_t c = 0; c < CUE_COUNT; c++) {
        for (size_t l = 0; l < ENGINE_LAYERS; l++)
            give_back(&bank->sounds[c][l]);
    }
}
